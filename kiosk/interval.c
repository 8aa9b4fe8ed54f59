/* interval.c: bisection over whole numbers, and closed formulas. */
#include "kiosk/interval.h"

#include "kiosk/special.h"
#include "kiosk/tails.h"

#include <math.h>

double confidence_tail(int confidence_bp)
{
    return (10000 - confidence_bp) / 20000.;
}

/* The smallest K for which x or more of n would not be a surprise. P(X ≥ x | K) never
   falls as K grows, and is 1 at the upper end. */
static int64_t draw_lowest(int64_t x, int64_t n, int64_t population, int confidence_bp)
{
    double limit = confidence_tail(confidence_bp);
    int64_t low = x;
    int64_t high = x + population - n;
    while (low < high) {
        struct draw middle = {population, low + (high - low) / 2, n};
        if (tail_exceeds(draw_at_least(&middle, x), limit))
            high = middle.satisfied;
        else
            low = middle.satisfied + 1;
    }
    return low;
}

struct whole_interval draw_interval(
    int64_t x, int64_t n, int64_t population, int confidence_bp)
{
    return (struct whole_interval){
        .lo = draw_lowest(x, n, population, confidence_bp),
        .hi = population - draw_lowest(n - x, n, population, confidence_bp),
    };
}

static double binomial_lowest(int64_t x, int64_t n, int confidence_bp)
{
    if (x == 0)
        return 0;
    return beta_quantile(confidence_tail(confidence_bp), (double)x, (double)(n - x) + 1);
}

struct interval binomial_interval(int64_t x, int64_t n, int confidence_bp)
{
    return (struct interval){
        .lo = binomial_lowest(x, n, confidence_bp),
        .hi = 1 - binomial_lowest(n - x, n, confidence_bp),
    };
}

/* The limits are the roots of (1 + z²/n)P² − (2p + z²/n)P + p² = 0. The lower one comes
   from their product, p²/(1 + z²/n): nothing cancels, and p = 0 gives 0. */
static double wilson_lowest(double p, double q, double n, double z)
{
    double middle = p + z * z / (2 * n);
    double half = z * sqrt(p * q / n + z * z / (4 * n * n));
    return p * p / (middle + half);
}

struct interval wilson_interval(double p, double n_eff, int confidence_bp)
{
    double q = 1 - p;
    if (isinf(n_eff))
        return (struct interval){p, p};
    double z = normal_critical(confidence_tail(confidence_bp));
    return (struct interval){
        .lo = fmin(wilson_lowest(p, q, n_eff, z), p),
        .hi = fmax(1 - wilson_lowest(q, p, n_eff, z), p),
    };
}

double draw_effective(int64_t n, int64_t population)
{
    if (n == population)
        return INFINITY;
    return (double)n * (double)(population - 1) / (double)(population - n);
}

struct interval interval_clip(struct interval inner, struct interval outer)
{
    return (struct interval){fmax(inner.lo, outer.lo), fmin(inner.hi, outer.hi)};
}
