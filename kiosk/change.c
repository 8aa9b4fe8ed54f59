/* change.c: two periods, and several. */
#include "kiosk/change.h"

#include "kiosk/rate.h"

#include <assert.h>
#include <math.h>

static const char *const words[CHANGE_DECISION_COUNT] = {[CHANGE_NO_DATA] = "no_data",
    [CHANGE_IMPROVED] = "improved",
    [CHANGE_DECLINED] = "declined",
    [CHANGE_NO_EVIDENCE] = "no_evidence",
    [CHANGE_HIGHER] = "higher",
    [CHANGE_LOWER] = "lower",
    [CHANGE_EQUAL] = "equal"};

const char *change_word(enum change_decision decision)
{
    assert(decision < CHANGE_DECISION_COUNT);
    return words[decision];
}

static bool is_valid(const struct change_side *side)
{
    return side->x >= 0 && side->x <= side->n && side->n <= FIGURE_COUNT_MAX &&
           side->population >= POPULATION_UNKNOWN && side->population <= FIGURE_COUNT_MAX;
}

/* P(X² > chisq) with one degree of freedom. */
static double p_of(double chisq)
{
    return erfc(sqrt(chisq / 2));
}

/* ---- two periods ---- */

struct share {
    double p;
    double n; /* what the answers are worth */
    struct interval wilson;
};

static double together(double a, double b)
{
    return sqrt(a * a + b * b);
}

static struct share share_of(const struct change_side *side, int confidence_bp)
{
    struct share share = {.p = (double)side->x / (double)side->n, .n = (double)side->n};
    if (side->population >= side->n)
        share.n = draw_effective(side->n, side->population);
    share.wilson = wilson_interval(share.p, share.n, confidence_bp);
    return share;
}

static enum change_decision decide(const struct change_side *first,
    const struct change_side *second, const struct change *change)
{
    if (first->n == first->population && second->n == second->population) {
        int order = shares_compare(first->x, first->n, second->x, second->n);
        return order == 0 ? CHANGE_EQUAL : order < 0 ? CHANGE_HIGHER : CHANGE_LOWER;
    }
    if (change->interval.lo > 0)
        return CHANGE_IMPROVED;
    return change->interval.hi < 0 ? CHANGE_DECLINED : CHANGE_NO_EVIDENCE;
}

/* The score test: both shares estimated as one. */
static void set_test(
    const struct share *first, const struct share *second, struct change *out)
{
    if (isinf(first->n) || isinf(second->n))
        return;
    double pooled =
        (first->p * first->n + second->p * second->n) / (first->n + second->n);
    double variance = pooled * (1 - pooled) * (1 / first->n + 1 / second->n);
    double squared = out->difference * out->difference;
    out->chisq = variance > 0 ? squared / variance : 0;
    out->p_value = p_of(out->chisq);
}

enum status change_compute(const struct change_side *first,
    const struct change_side *second, int confidence_bp, struct change *out)
{
    if (!is_valid(first) || !is_valid(second) || confidence_bp < 5000 ||
        confidence_bp >= 10000)
        return STATUS_INVALID;
    struct change change = {
        .difference = NAN, .interval = {NAN, NAN}, .chisq = NAN, .p_value = NAN};
    if (first->n > 0 && second->n > 0) {
        struct share a = share_of(first, confidence_bp);
        struct share b = share_of(second, confidence_bp);
        double d = b.p - a.p;
        change.difference = d;
        change.interval.lo = d - together(b.p - b.wilson.lo, a.wilson.hi - a.p);
        change.interval.hi = d + together(b.wilson.hi - b.p, a.p - a.wilson.lo);
        set_test(&a, &b, &change);
        change.decision = decide(first, second, &change);
    }
    *out = change;
    return STATUS_OK;
}

/* ---- several periods ---- */

/* Sums over the periods, whose scores are 1, 2, 3, … */
struct sums {
    double n;
    double x;
    double scores;  /* score times n */
    size_t periods; /* with answers */
};

static struct sums sum_up(const struct change_side *periods, size_t count)
{
    struct sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        sums.n += (double)periods[i].n;
        sums.x += (double)periods[i].x;
        sums.scores += (double)(i + 1) * (double)periods[i].n;
        sums.periods += periods[i].n > 0;
    }
    return sums;
}

enum status trend_compute(
    const struct change_side *periods, size_t count, struct trend *out)
{
    for (size_t i = 0; i < count; i++)
        if (!is_valid(&periods[i]))
            return STATUS_INVALID;
    struct sums sums = sum_up(periods, count);
    *out = (struct trend){.chisq = NAN, .p_value = NAN};
    if (sums.periods < 2)
        return STATUS_OK;
    double middle = sums.scores / sums.n, p = sums.x / sums.n;
    double slope = 0, spread = 0;
    for (size_t i = 0; i < count; i++) {
        double distance = (double)(i + 1) - middle, n = (double)periods[i].n;
        slope += distance * ((double)periods[i].x - n * p);
        spread += n * distance * distance;
    }
    double variance = p * (1 - p) * spread;
    out->chisq = variance > 0 ? slope * slope / variance : 0;
    out->p_value = p_of(out->chisq);
    out->direction = variance > 0 ? (slope > 0) - (slope < 0) : 0;
    return STATUS_OK;
}
