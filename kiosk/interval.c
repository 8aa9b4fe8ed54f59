/* interval.c: a search over whole numbers, and closed formulas. */
#include "kiosk/interval.h"

#include "kiosk/special.h"
#include "kiosk/tails.h"

#include <math.h>

double confidence_tail(int confidence_bp)
{
    return (10000 - confidence_bp) / 20000.;
}

/* The search for the smallest K for which x or more of n would not be a surprise. P(X ≥ x
   | K) never falls as K grows, and is 1 at the upper end. */
struct search {
    int64_t x;
    int64_t n;
    int64_t population;
    double limit;
    int64_t low;  /* K is not below … */
    int64_t high; /* … and not above */
};

/* Looks at one K, at least low and below high: what it shows halves the search, or ends
   it. */
static double look(struct search *search, int64_t satisfied)
{
    struct draw draw = {search->population, satisfied, search->n};
    double tail = draw_at_least(&draw, search->x);
    if (tail_exceeds(tail, search->limit))
        search->high = satisfied;
    else
        search->low = satisfied + 1;
    return tail;
}

static int64_t between(int64_t low, double wanted, int64_t high)
{
    if (!(wanted > (double)low))
        return low;
    return wanted < (double)high ? (int64_t)wanted : high;
}

/* Newton's steps from where a normal distribution has it: with millions of answers each
   look adds up thousands of terms, and bisection alone takes some twenty-five. Returns
   the last K looked at. */
static int64_t approach(struct search *search)
{
    enum { STEPS = 4, NARROW = 8 };
    static const double pi = 3.14159265358979323846;
    double n = (double)search->n;
    double total = (double)search->population;
    double p = (double)search->x / n;
    double z = normal_critical(search->limit);
    double spread = total * sqrt(p * (1 - p) / n * (1 - n / total));
    double rise = exp(-z * z / 2) / sqrt(2 * pi) / spread;
    double wanted = p * total - z * spread;
    int64_t at = search->low;
    for (int i = 0; i < STEPS && spread >= NARROW && search->low < search->high; i++) {
        at = between(search->low, wanted, search->high - 1);
        wanted = (double)at + (search->limit - look(search, at)) / rise;
    }
    return at;
}

/* From there outwards in steps that double, until the smallest K is passed. */
static void encircle(struct search *search, int64_t from)
{
    bool is_above = search->high == from;
    int64_t low = search->low;
    int64_t high = search->high;
    for (int64_t width = 1; low < high; width *= 2) {
        (void)look(search, is_above ? between(low, (double)(high - width), high - 1)
                                    : between(low, (double)(low + width - 1), high - 1));
        bool has_passed = is_above ? search->low > low : search->high < high;
        low = search->low;
        high = search->high;
        if (has_passed)
            break;
    }
}

static int64_t draw_lowest(int64_t x, int64_t n, int64_t population, int confidence_bp)
{
    struct search search = {
        x, n, population, confidence_tail(confidence_bp), x, x + population - n};
    if (search.low < search.high)
        encircle(&search, approach(&search));
    while (search.low < search.high)
        (void)look(&search, search.low + (search.high - search.low) / 2);
    return search.low;
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
