/* interval.c: bisection over whole numbers, and closed formulas. */
#include "kiosk/interval.h"

#include "kiosk/special.h"
#include "kiosk/tails.h"

#include <math.h>
#include <stdbool.h>

double confidence_tail(int confidence_bp)
{
    return (10000 - confidence_bp) / 20000.;
}

/* True if x or more of n would not be a surprise with so many satisfied people. */
static bool could_be(
    int64_t satisfied, int64_t x, int64_t n, int64_t population, double limit)
{
    struct draw draw = {population, satisfied, n};
    return tail_exceeds(draw_at_least(&draw, x), limit);
}

/* The smallest K for which x or more of n would not be a surprise. P(X ≥ x | K) never
   falls as K grows, and is 1 at the upper end: so whatever the steps, one K is found.
   Wilson's end is near it; from there steps grow until they have passed it, and only what
   lies between is halved. */
static int64_t draw_lowest(int64_t x, int64_t n, int64_t population, int confidence_bp)
{
    double limit = confidence_tail(confidence_bp);
    int64_t low = x, high = x + population - n;
    int64_t step = n == 0 ? population : population / n + 1;
    int64_t at = low;
    if (n > 0 && n < population)
        at = (int64_t)((double)population * wilson_interval((double)x / (double)n,
                                                draw_effective(n, population),
                                                confidence_bp)
                                                .lo);
    bool has_passed = false, was_possible = false;
    for (bool is_first = true; low < high && !has_passed; is_first = false) {
        at = at < low ? low : at >= high ? high - 1 : at;
        bool is_possible = could_be(at, x, n, population, limit);
        *(is_possible ? &high : &low) = is_possible ? at : at + 1;
        has_passed = !is_first && is_possible != was_possible;
        was_possible = is_possible;
        at += is_possible ? -step : step;
        step *= 2;
    }
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        bool is_possible = could_be(middle, x, n, population, limit);
        *(is_possible ? &high : &low) = is_possible ? middle : middle + 1;
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
