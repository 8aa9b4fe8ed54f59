/* rate.c: the figures of one population. */
#include "kiosk/rate.h"

#include "kiosk/posterior.h"
#include "kiosk/tails.h"

#include <math.h>

/* The input, looked at: with a population that answers were drawn from, or without. */
struct sample {
    const struct rate_input *in;
    int64_t population; /* POPULATION_UNKNOWN where it bounds nothing */
    double target;
};

static bool is_count(int64_t number)
{
    return number >= 0 && number <= FIGURE_COUNT_MAX;
}

static bool is_valid(const struct rate_input *in)
{
    return is_count(in->x) && is_count(in->n) && in->x <= in->n &&
           (is_count(in->population) || in->population == POPULATION_UNKNOWN) &&
           in->confidence_bp >= 5000 && in->confidence_bp < 10000 && in->target_bp >= 1 &&
           in->target_bp <= 10000;
}

static struct sample sample_of(const struct rate_input *in)
{
    bool is_drawn = !in->is_walk_in && in->population >= in->n;
    return (struct sample){
        .in = in,
        .population = is_drawn ? in->population : POPULATION_UNKNOWN,
        .target = in->target_bp / 10000.,
    };
}

static bool is_known(const struct sample *sample)
{
    return sample->population != POPULATION_UNKNOWN;
}

static bool is_census(const struct sample *sample)
{
    return sample->in->n > 0 && sample->in->n == sample->population;
}

static unsigned flags_of(const struct sample *sample)
{
    const struct rate_input *in = sample->in;
    unsigned flags = 0;
    if (is_census(sample))
        flags |= FLAG_CENSUS;
    if (in->population == POPULATION_UNKNOWN)
        flags |= FLAG_POP_UNKNOWN;
    else if (in->population < in->n)
        flags |= FLAG_POP_LT_N;
    if (in->n == 0)
        flags |= FLAG_NO_DATA;
    else if (in->n < FIGURE_SMALL && !is_census(sample))
        flags |= FLAG_SMALL_N;
    return flags;
}

/* ---- intervals ---- */

static void set_bound(const struct sample *sample, struct rate *out)
{
    const struct rate_input *in = sample->in;
    double total = (double)sample->population;
    if (is_known(sample) && sample->population > 0)
        out->bound = (struct interval){.lo = (double)in->x / total,
            .hi = (double)(in->x + sample->population - in->n) / total};
    else
        out->bound = (struct interval){0, 1};
}

static void set_exact(const struct sample *sample, struct rate *out)
{
    const struct rate_input *in = sample->in;
    if (!is_known(sample)) {
        out->exact = (struct interval){0, 1};
        if (in->n > 0)
            out->exact = binomial_interval(in->x, in->n, in->confidence_bp);
        out->lo_bp = printed_low(out->exact.lo);
        out->hi_bp = printed_high(out->exact.hi);
        return;
    }
    struct whole_interval people =
        draw_interval(in->x, in->n, sample->population, in->confidence_bp);
    int64_t total = sample->population > 0 ? sample->population : 1;
    out->k_lo = people.lo;
    out->k_hi = people.hi;
    if (in->n == 0)
        people = (struct whole_interval){0, total};
    out->exact = (struct interval){
        (double)people.lo / (double)total, (double)people.hi / (double)total};
    out->lo_bp = printed_low_share(people.lo, total);
    out->hi_bp = printed_high_share(people.hi, total);
}

static void set_wilson(const struct sample *sample, struct rate *out)
{
    const struct rate_input *in = sample->in;
    if (in->n == 0)
        return;
    out->n_eff =
        is_known(sample) ? draw_effective(in->n, sample->population) : (double)in->n;
    out->wilson =
        interval_clip(wilson_interval(out->p, out->n_eff, in->confidence_bp), out->bound);
}

/* ---- evidence and verdict ---- */

static void set_evidence(const struct sample *sample, struct rate *out)
{
    const struct rate_input *in = sample->in;
    if (in->n == 0 || in->is_row)
        return;
    if (!is_known(sample)) {
        out->p_met = binomial_at_least(in->x, in->n, sample->target);
        out->p_missed = binomial_at_most(in->x, in->n, sample->target);
        out->prob_ge = posterior_share_reaches(in->x, in->n, sample->target);
        return;
    }
    struct draw just_missed = {sample->population, out->k_req - 1, in->n};
    struct draw just_met = {sample->population, out->k_req, in->n};
    out->p_met = draw_at_least(&just_missed, in->x);
    out->p_missed = draw_at_most(&just_met, in->x);
    out->prob_ge = posterior_reaches(in->x, in->n, sample->population, out->k_req);
}

/* True if the interval lies at or above the target, or all below it. With a population
   the whole numbers of the interval say so; without one the tail does, since its ends are
   doubles. Both say the same. */
static bool is_proven(
    const struct sample *sample, const struct rate *rate, bool is_reached)
{
    const struct rate_input *in = sample->in;
    if (is_known(sample))
        return is_reached ? rate->k_lo >= rate->k_req : rate->k_hi < rate->k_req;
    double tail = is_reached ? binomial_at_least(in->x, in->n, sample->target)
                             : binomial_at_most(in->x, in->n, sample->target);
    return !tail_exceeds(tail, confidence_tail(in->confidence_bp));
}

static enum verdict verdict_of(const struct sample *sample, const struct rate *rate)
{
    const struct rate_input *in = sample->in;
    bool is_reached = 10000 * in->x >= in->target_bp * in->n;
    if (in->n == 0)
        return VERDICT_NO_DATA;
    if (is_census(sample))
        return is_reached ? VERDICT_MET : VERDICT_MISSED;
    if (in->n < FIGURE_SMALL)
        return VERDICT_INSUFFICIENT;
    if (!is_proven(sample, rate, is_reached))
        return is_reached ? VERDICT_LIKELY_MET : VERDICT_LIKELY_MISSED;
    return is_reached ? VERDICT_MET : VERDICT_MISSED;
}

static bool is_certain(const struct sample *sample, enum verdict verdict)
{
    const struct rate_input *in = sample->in;
    int64_t needed = in->target_bp * sample->population;
    if (!is_known(sample))
        return false;
    if (verdict == VERDICT_MET)
        return 10000 * in->x >= needed;
    int64_t best = in->x + sample->population - in->n;
    return verdict == VERDICT_MISSED && 10000 * best < needed;
}

enum status rate_compute(const struct rate_input *input, struct rate *out)
{
    if (!is_valid(input))
        return STATUS_INVALID;
    struct sample sample = sample_of(input);
    struct rate rate = {.p = NAN,
        .n_eff = NAN,
        .wilson = {0, 1},
        .k_lo = NO_COUNT,
        .k_hi = NO_COUNT,
        .k_req = NO_COUNT,
        .p_met = NAN,
        .p_missed = NAN,
        .prob_ge = NAN,
        .rate_bp = NO_COUNT,
        .flags = flags_of(&sample)};
    if (is_known(&sample))
        rate.k_req = (input->target_bp * sample.population + 9999) / 10000;
    if (input->n > 0) {
        rate.p = (double)input->x / (double)input->n;
        rate.rate_bp = printed_share(input->x, input->n, input->target_bp);
    }
    set_bound(&sample, &rate);
    set_exact(&sample, &rate);
    set_wilson(&sample, &rate);
    set_evidence(&sample, &rate);
    rate.verdict = verdict_of(&sample, &rate);
    rate.certain = is_certain(&sample, rate.verdict);
    if (is_census(&sample))
        rate.lo_bp = rate.hi_bp = rate.rate_bp;
    *out = rate;
    return STATUS_OK;
}
