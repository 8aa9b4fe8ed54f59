/* tails.c: the term at x by Loader's formula, the rest of its tail by the ratio of
   neighbours, outwards until a term no longer counts. */
#include "kiosk/tails.h"

#include "kiosk/special.h"

#include <math.h>

static int64_t at_least(int64_t number, int64_t least)
{
    return number > least ? number : least;
}

/* P(X = k) for k in X's range: with p = n/N it is a product of binomial terms, none of
   which is far from its mode where it matters. */
static double draw_term(const struct draw *draw, int64_t k)
{
    double n = (double)draw->answers;
    double total = (double)draw->population;
    double satisfied = (double)draw->satisfied;
    double p = n / total;
    double q = (double)(draw->population - draw->answers) / total;
    double x = (double)k;
    return binomial_term(x, satisfied, p, q) *
           binomial_term(n - x, total - satisfied, p, q) / binomial_term(n, total, p, q);
}

/* P(X ≥ x) for x above the mean: each term is smaller than the one before. */
static double sum_upwards(const struct draw *draw, int64_t x)
{
    int64_t last = draw->satisfied < draw->answers ? draw->satisfied : draw->answers;
    double satisfied = (double)draw->satisfied;
    double n = (double)draw->answers;
    double rest = (double)(draw->population - draw->satisfied - draw->answers);
    double term = draw_term(draw, x);
    double sum = term;
    for (int64_t at = x; at < last && term > sum * 1e-18; at++) {
        double k = (double)at;
        term *= (satisfied - k) * (n - k) / ((k + 1) * (rest + k + 1));
        sum += term;
    }
    return sum;
}

/* The same people, the dissatisfied counted: X becomes n − X. */
static struct draw mirrored(const struct draw *draw)
{
    struct draw other = *draw;
    other.satisfied = draw->population - draw->satisfied;
    return other;
}

static bool is_above_mean(const struct draw *draw, int64_t x)
{
    return (double)x * (double)draw->population >
           (double)draw->answers * (double)draw->satisfied;
}

double draw_at_least(const struct draw *draw, int64_t x)
{
    int64_t first = at_least(0, draw->answers + draw->satisfied - draw->population);
    if (x <= first)
        return 1;
    if (x > draw->answers || x > draw->satisfied)
        return 0;
    if (is_above_mean(draw, x))
        return sum_upwards(draw, x);
    struct draw other = mirrored(draw);
    return 1 - sum_upwards(&other, draw->answers - (x - 1));
}

double draw_at_most(const struct draw *draw, int64_t x)
{
    struct draw other = mirrored(draw);
    return draw_at_least(&other, draw->answers - x);
}

double binomial_at_least(int64_t x, int64_t n, double p)
{
    if (x <= 0)
        return 1;
    return beta_below(p, 1 - p, (double)x, (double)(n - x) + 1);
}

double binomial_at_most(int64_t x, int64_t n, double p)
{
    return binomial_at_least(n - x, n, 1 - p);
}

bool tail_exceeds(double tail, double limit)
{
    return tail > limit * (1 + 1e-12);
}
