/* strata.c: the post-stratified rate and mean. Variances come from the strata, the
   interval from Wilson's formula with the answers that they are worth together: a
   stratum in which all agree would give a variance of 0, and a wrong certainty. */
#include "kiosk/strata_parts.h"

#include "kiosk/special.h"

#include <math.h>

static const struct mean_figure no_mean = {NAN, NAN, NAN, NAN};

static double weight(const struct parts *parts, const struct part *part)
{
    return (double)part->people / (double)parts->people;
}

/* The share of a part's people who did not answer; 1 where that bounds nothing. */
static double unseen(const struct part *part)
{
    if (!part->is_bounded)
        return 1;
    return (double)(part->people - part->n) / (double)part->people;
}

/* W²/n*, the variance that a part's answers cost; 0 in a census. */
static double cost(const struct parts *parts, const struct part *part)
{
    double w = weight(parts, part);
    double worth =
        part->is_bounded ? draw_effective(part->n, part->people) : (double)part->n;
    return w * w / worth;
}

static bool are_all_census(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (!part_is_census(&parts->list[i]))
            return false;
    return true;
}

/* ---- the rate ---- */

static void set_rate(const struct parts *parts, struct strata *out)
{
    double variance = 0;
    out->p = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->list[i];
        double w = weight(parts, part);
        double p = (double)part->x / (double)part->n;
        out->p += w * p;
        if (!part_is_census(part))
            variance += w * w * unseen(part) * p * (1 - p) / (double)(part->n - 1);
    }
    out->p = fmin(out->p, 1); /* the weights' sum may round over 1 */
    out->se = sqrt(variance);
}

/* Shares are drawn towards the common one first, so that a stratum in which all agree
   keeps a variance. Never more than Kish's 1/Σa. */
static void set_worth(const struct parts *parts, struct strata *out)
{
    double common = ((double)parts->x + 1) / ((double)parts->n + 2);
    double mean = 0;
    double costs = 0;
    double variance = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->list[i];
        double p = ((double)part->x + 2 * common) / ((double)part->n + 2);
        double a = cost(parts, part);
        mean += weight(parts, part) * p;
        costs += a;
        variance += a * p * (1 - p);
    }
    out->n_eff = fmin(mean * (1 - mean) / variance, 1 / costs);
    out->deff_kish = (double)parts->n * costs;
}

/* People who are satisfied, and who may be, for certain. */
struct certainty {
    int64_t least;
    int64_t most;
};

static struct certainty certainty_of(const struct parts *parts)
{
    struct certainty people = {0, 0};
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->list[i];
        people.least += part->is_bounded ? part->x : 0;
        people.most += part->is_bounded ? part->x + part->people - part->n : part->people;
    }
    return people;
}

static enum verdict verdict_of(const struct strata_input *in, const struct strata *out)
{
    double target = in->target_bp / 10000.;
    if (out->n < FIGURE_SMALL)
        return VERDICT_INSUFFICIENT;
    if (figure_reaches(out->p, target))
        return figure_reaches(out->interval.lo, target) ? VERDICT_MET
                                                        : VERDICT_LIKELY_MET;
    return figure_reaches(out->interval.hi, target) ? VERDICT_LIKELY_MISSED
                                                    : VERDICT_MISSED;
}

static bool is_certain(
    const struct strata_input *in, const struct parts *parts, const struct strata *out)
{
    struct certainty people = certainty_of(parts);
    int64_t needed = in->target_bp * parts->people;
    if (out->verdict == VERDICT_MET)
        return 10000 * people.least >= needed;
    return out->verdict == VERDICT_MISSED && 10000 * people.most < needed;
}

static void set_interval(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    struct certainty people = certainty_of(parts);
    double total = (double)parts->people;
    out->bound =
        (struct interval){(double)people.least / total, (double)people.most / total};
    struct interval wilson = wilson_interval(out->p, out->n_eff, in->confidence_bp);
    out->interval = interval_clip(wilson, out->bound);
    out->rate_bp = printed_rate(out->p, in->target_bp);
    out->lo_bp = printed_low(out->interval.lo);
    out->hi_bp = printed_high(out->interval.hi);
}

/* Everybody answered everywhere: the sums are the truth. */
static void set_census(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    bool is_met = 10000 * parts->x >= in->target_bp * parts->people;
    out->p = (double)parts->x / (double)parts->people;
    out->se = 0;
    out->n_eff = INFINITY;
    out->interval = out->bound = (struct interval){out->p, out->p};
    out->rate_bp = printed_share(parts->x, parts->people, in->target_bp);
    out->lo_bp = out->hi_bp = out->rate_bp;
    out->verdict = is_met ? VERDICT_MET : VERDICT_MISSED;
    out->certain = true;
    out->flags |= FLAG_CENSUS;
}

static void set_sample(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    set_rate(parts, out);
    set_worth(parts, out);
    set_interval(in, parts, out);
    out->verdict = verdict_of(in, out);
    out->certain = is_certain(in, parts, out);
    if (out->n < FIGURE_SMALL)
        out->flags |= FLAG_SMALL_N;
}

/* ---- the mean ---- */

/* Means of the parts, their variance, and what is possible, added up. */
struct mean_sums {
    double value;
    double variance;
    double least;
    double most;
};

static struct mean_sums mean_sums_of(
    const struct strata_input *in, const struct parts *parts)
{
    struct mean_sums sums = {0, 0, 0, 0};
    struct score_range range = weights_range(in->weights);
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->list[i];
        double w = weight(parts, part);
        double mean = levels_mean(part->levels, in->weights);
        double rest = unseen(part);
        sums.value += w * mean;
        sums.least += w * ((1 - rest) * mean + rest * range.least);
        sums.most += w * ((1 - rest) * mean + rest * range.most);
        if (part_is_census(part) || !levels_vary(part->levels, in->weights))
            continue;
        double n = (double)part->n;
        sums.variance +=
            w * w * rest * levels_squares(part->levels, in->weights) / (n - 1) / n;
    }
    return sums;
}

static void set_mean(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    bool is_census = (out->flags & FLAG_CENSUS) != 0;
    struct mean_sums sums = mean_sums_of(in, parts);
    out->mean = (struct mean_figure){sums.value, sqrt(sums.variance), NAN, NAN};
    if (is_census) {
        out->mean.lo = out->mean.hi = sums.value;
    } else if (sums.variance > 0) {
        double degrees = (double)(parts->n - (int64_t)parts->count);
        double reach =
            out->mean.se * student_critical(degrees, confidence_tail(in->confidence_bp));
        out->mean.lo = fmax(sums.value - reach, sums.least);
        out->mean.hi = fmin(sums.value + reach, sums.most);
    } else {
        out->flags |= FLAG_MEAN_DEGENERATE;
    }
    out->mean_verdict = mean_verdict(&out->mean, parts->n, is_census, in->target_mean);
}

/* ---- one population ---- */

/* The figures of one population, given as a part: exact. */
static enum status set_single(const struct strata_input *in, const struct part *part,
    int64_t population, struct strata *out)
{
    struct rate_input rate = {.x = part->x,
        .n = part->n,
        .population = population,
        .is_walk_in = !part->is_bounded,
        .confidence_bp = in->confidence_bp,
        .target_bp = in->target_bp};
    struct mean_input answers = {.population = population,
        .is_walk_in = !part->is_bounded,
        .confidence_bp = in->confidence_bp,
        .target = in->target_mean};
    struct mean mean;
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        answers.levels[i] = part->levels[i];
        answers.weights[i] = in->weights[i];
    }
    if (rate_compute(&rate, &out->single) != STATUS_OK ||
        mean_compute(&answers, &mean) != STATUS_OK)
        return STATUS_INVALID;
    out->is_single = true;
    out->used = part->n > 0 ? 1 : 0;
    out->p = out->single.p;
    out->n_eff = out->single.n_eff;
    out->interval = out->single.exact;
    out->bound = out->single.bound;
    out->rate_bp = out->single.rate_bp;
    out->lo_bp = out->single.lo_bp;
    out->hi_bp = out->single.hi_bp;
    out->verdict = out->single.verdict;
    out->certain = out->single.certain;
    out->mean = mean.score;
    out->mean_verdict = mean.verdict;
    out->flags |= out->single.flags | (mean.flags & (FLAG_DEGENERATE | FLAG_NO_VARIANCE));
    return STATUS_OK;
}

static enum status set_left_one(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    const struct part *part = &parts->list[0];
    double p = (double)part->x / (double)part->n;
    enum status status = set_single(in, part, part->people, out);
    if (status != STATUS_OK)
        return status;
    out->flags |= FLAG_SINGLE_EXACT;
    out->se = part_is_census(part)
                  ? 0
                  : sqrt(unseen(part) * p * (1 - p) / (double)(part->n - 1));
    if (part->n == 1 && !part_is_census(part))
        out->se = NAN;
    if (!part_is_census(part))
        out->deff_kish = (double)part->n * cost(parts, part);
    return STATUS_OK;
}

/* A population is unknown: no weights, all answers in one heap. */
static enum status set_pooled(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    struct part heap = {.n = parts->n, .x = parts->x, .is_bounded = true};
    for (size_t i = 0; i < parts->count; i++)
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            heap.levels[level] += parts->list[i].levels[level];
    out->population = NO_COUNT;
    out->uncovered = NAN;
    out->flags = FLAG_UNWEIGHTED;
    return set_single(in, &heap, POPULATION_UNKNOWN, out);
}

/* ---- the pool ---- */

static void widen_rate(const struct strata_input *in, struct strata *out)
{
    double target = in->target_bp / 10000.;
    out->interval.lo = fmax(out->interval.lo - out->shift, out->bound.lo);
    out->interval.hi = fmin(out->interval.hi + out->shift, out->bound.hi);
    out->lo_bp = printed_low(out->interval.lo);
    out->hi_bp = printed_high(out->interval.hi);
    bool is_open = out->verdict == VERDICT_MET ? !figure_reaches(out->interval.lo, target)
                                               : figure_reaches(out->interval.hi, target);
    if (is_open)
        out->verdict = verdict_weakened(out->verdict);
}

/* An interval that does not exist stays so: no comparison with NAN holds. */
static void widen_mean(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    struct mean_sums sums = mean_sums_of(in, parts);
    struct score_range range = weights_range(in->weights);
    double shift = out->shift * (range.most - range.least);
    if (isnan(out->mean.lo) || isnan(out->mean.hi))
        return;
    out->mean.lo = fmax(out->mean.lo - shift, sums.least);
    out->mean.hi = fmin(out->mean.hi + shift, sums.most);
    bool is_open = out->mean_verdict == VERDICT_MET
                       ? !figure_reaches(out->mean.lo, in->target_mean)
                       : figure_reaches(out->mean.hi, in->target_mean);
    if (is_open)
        out->mean_verdict = verdict_weakened(out->mean_verdict);
}

/* What is said of a pool holds however its answers are mixed; nothing is said of it that
   only one population has. */
static void widen(
    const struct strata_input *in, const struct parts *parts, struct strata *out)
{
    bool has_pool = false;
    for (size_t i = 0; i < parts->count; i++) {
        has_pool |= parts->list[i].is_pool;
        out->shift += weight(parts, &parts->list[i]) * parts->list[i].shift;
    }
    if (has_pool)
        out->is_single = false;
    if (out->shift <= 0)
        return;
    widen_rate(in, out);
    widen_mean(in, parts, out);
}

/* ---- all together ---- */

static bool has_unknown_population(const struct strata_input *in)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->strata[i].population == POPULATION_UNKNOWN)
            return true;
    return false;
}

static bool list_collapsed(
    struct arena *arena, const struct parts *parts, struct text *out)
{
    struct buffer names;
    buffer_init(&names, arena, SIZE_MAX);
    for (size_t i = 0; i < parts->count; i++) {
        if (!parts->list[i].is_merged)
            continue;
        if (names.len > 0)
            buffer_add_char(&names, ';');
        buffer_add_text(&names, parts->list[i].name);
    }
    *out = buffer_text(&names);
    return !names.is_full;
}

/* Five times the uncovered over all: more than 20 %. */
static void weaken(const struct parts *parts, struct strata *out)
{
    if (5 * parts->uncovered <= parts->people)
        return;
    out->flags |= FLAG_LOW_COVERAGE;
    out->verdict = verdict_weakened(out->verdict);
    out->mean_verdict = verdict_weakened(out->mean_verdict);
    out->certain = false;
}

static enum status set_weighted(struct arena *arena, const struct strata_input *in,
    struct parts *parts, struct strata *out)
{
    enum status status = parts_collapse(arena, parts);
    if (status != STATUS_OK)
        return status;
    if (!list_collapsed(arena, parts, &out->collapsed))
        return STATUS_NO_MEMORY;
    out->flags = parts->flags;
    out->used = parts->count;
    if (parts->count == 1) {
        status = set_left_one(in, parts, out);
        if (status != STATUS_OK)
            return status;
    } else {
        if (are_all_census(parts))
            set_census(in, parts, out);
        else
            set_sample(in, parts, out);
        set_mean(in, parts, out);
    }
    widen(in, parts, out);
    weaken(parts, out);
    return STATUS_OK;
}

static bool are_settings_valid(const struct strata_input *in)
{
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        if (!isfinite(in->weights[i]))
            return false;
    return in->confidence_bp >= 5000 && in->confidence_bp < 10000 && in->target_bp >= 1 &&
           in->target_bp <= 10000 && isfinite(in->target_mean);
}

enum status strata_compute(
    struct arena *arena, const struct strata_input *input, struct strata *out)
{
    struct parts parts;
    enum status status = parts_make(arena, input, &parts);
    if (status != STATUS_OK)
        return status;
    if (!are_settings_valid(input))
        return STATUS_INVALID;
    struct strata strata = {.population = parts.people,
        .n = parts.n,
        .x = parts.x,
        .collapsed = TEXT(""),
        .p = NAN,
        .se = NAN,
        .n_eff = NAN,
        .interval = {0, 1},
        .bound = {0, 1},
        .rate_bp = NO_COUNT,
        .lo_bp = 0,
        .hi_bp = 10000,
        .mean = no_mean,
        .p_pooled = NAN,
        .deff_kish = NAN,
        .uncovered = NAN,
        .flags = FLAG_NO_DATA};
    if (parts.people > 0)
        strata.uncovered = (double)parts.uncovered / (double)parts.people;
    if (parts.n > 0)
        strata.p_pooled = (double)parts.x / (double)parts.n;
    if (has_unknown_population(input))
        status = set_pooled(input, &parts, &strata);
    else if (parts.n > 0)
        status = set_weighted(arena, input, &parts, &strata);
    if (status == STATUS_OK)
        *out = strata;
    return status;
}
