/* mean.c: mean and net score, one computation with two sets of weights. */
#include "kiosk/mean.h"

#include "kiosk/interval.h"
#include "kiosk/rate.h"
#include "kiosk/special.h"

#include <math.h>

static const double net_weights[LEVEL_COUNT] = {100, 100, 0, -100, -100};

/* The answers, with what bounds them. */
struct sample {
    const struct mean_input *in;
    int64_t n;
    int64_t population; /* POPULATION_UNKNOWN where it bounds nothing */
};

/* ---- sums over the levels ---- */

int64_t levels_sum(const int64_t levels[LEVEL_COUNT])
{
    int64_t sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        sum += levels[i];
    return sum;
}

int64_t levels_top(const int64_t levels[LEVEL_COUNT], enum measure measure)
{
    return levels[0] + levels[1] + (measure == MEASURE_TOP3 ? levels[2] : 0);
}

double levels_mean(const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT])
{
    double sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        sum += (double)levels[i] * weights[i];
    return sum / (double)levels_sum(levels);
}

double levels_squares(
    const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT])
{
    double mean = levels_mean(levels, weights);
    double sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        sum += (double)levels[i] * (weights[i] - mean) * (weights[i] - mean);
    return sum;
}

/* The first level that was answered, from one on; LEVEL_COUNT if none was. */
static size_t next_answered(const int64_t levels[LEVEL_COUNT], size_t from)
{
    while (from < LEVEL_COUNT && levels[from] == 0)
        from++;
    return from;
}

bool levels_vary(const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT])
{
    size_t first = next_answered(levels, 0);
    for (size_t i = first; i < LEVEL_COUNT; i = next_answered(levels, i + 1))
        if (weights[i] < weights[first] || weights[i] > weights[first])
            return true;
    return false;
}

struct score_range weights_range(const double weights[LEVEL_COUNT])
{
    struct score_range range = {weights[0], weights[0]};
    for (size_t i = 1; i < LEVEL_COUNT; i++) {
        range.least = fmin(range.least, weights[i]);
        range.most = fmax(range.most, weights[i]);
    }
    return range;
}

/* ---- one figure ---- */

static bool is_known(const struct sample *sample)
{
    return sample->population != POPULATION_UNKNOWN;
}

static bool is_census(const struct sample *sample)
{
    return sample->n > 0 && sample->n == sample->population;
}

/* The greatest share of people who may think otherwise although all n agree. */
static double dissent(const struct sample *sample)
{
    int confidence_bp = sample->in->confidence_bp;
    if (!is_known(sample))
        return 1 - binomial_interval(sample->n, sample->n, confidence_bp).lo;
    struct whole_interval people =
        draw_interval(sample->n, sample->n, sample->population, confidence_bp);
    return 1 - (double)people.lo / (double)sample->population;
}

static double standard_error(const struct sample *sample, const double *weights)
{
    double n = (double)sample->n;
    double variance = levels_squares(sample->in->levels, weights) / (n - 1);
    double unseen = 1;
    if (is_known(sample))
        unseen = (double)(sample->population - sample->n) / (double)sample->population;
    return sqrt(unseen * variance / n);
}

/* Cut to what is possible: the others may all think the worst, or the best. */
static void clip(
    const struct sample *sample, struct score_range range, struct mean_figure *figure)
{
    double seen = 0;
    if (is_known(sample))
        seen = (double)sample->n / (double)sample->population;
    figure->lo = fmax(figure->lo, seen * figure->value + (1 - seen) * range.least);
    figure->hi = fmin(figure->hi, seen * figure->value + (1 - seen) * range.most);
}

static struct mean_figure figure_of(const struct sample *sample, const double *weights)
{
    struct mean_figure figure = {levels_mean(sample->in->levels, weights), NAN, NAN, NAN};
    struct score_range range = weights_range(weights);
    if (is_census(sample))
        return (struct mean_figure){figure.value, 0, figure.value, figure.value};
    if (sample->n == 1)
        return figure;
    figure.se = 0;
    if (!levels_vary(sample->in->levels, weights)) {
        double share = dissent(sample);
        figure.lo = figure.value - share * (figure.value - range.least);
        figure.hi = figure.value + share * (range.most - figure.value);
        return figure;
    }
    figure.se = standard_error(sample, weights);
    double reach = figure.se * student_critical((double)(sample->n - 1),
                                   confidence_tail(sample->in->confidence_bp));
    figure.lo = figure.value - reach;
    figure.hi = figure.value + reach;
    clip(sample, range, &figure);
    return figure;
}

/* ---- flags, verdict ---- */

static unsigned flags_of(const struct sample *sample)
{
    const struct mean_input *in = sample->in;
    unsigned flags = 0;
    if (in->population == POPULATION_UNKNOWN)
        flags |= FLAG_POP_UNKNOWN;
    else if (in->population < sample->n)
        flags |= FLAG_POP_LT_N;
    if (sample->n == 0)
        return flags | FLAG_NO_DATA;
    if (is_census(sample))
        return flags | FLAG_CENSUS;
    if (sample->n == 1)
        return flags | FLAG_NO_VARIANCE;
    if (!levels_vary(in->levels, in->weights))
        flags |= FLAG_DEGENERATE;
    if (!levels_vary(in->levels, net_weights))
        flags |= FLAG_NET_DEGENERATE;
    return flags;
}

enum verdict mean_verdict(
    const struct mean_figure *figure, int64_t n, bool is_census, double target)
{
    if (n == 0)
        return VERDICT_NO_DATA;
    bool is_reached = figure_reaches(figure->value, target);
    if (is_census)
        return is_reached ? VERDICT_MET : VERDICT_MISSED;
    if (n < FIGURE_SMALL)
        return VERDICT_INSUFFICIENT;
    bool has_interval = !isnan(figure->lo);
    if (is_reached)
        return has_interval && figure_reaches(figure->lo, target) ? VERDICT_MET
                                                                  : VERDICT_LIKELY_MET;
    return has_interval && !figure_reaches(figure->hi, target) ? VERDICT_MISSED
                                                               : VERDICT_LIKELY_MISSED;
}

static bool is_valid(const struct mean_input *in)
{
    int64_t sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        if (in->levels[i] < 0 || in->levels[i] > FIGURE_COUNT_MAX)
            return false;
        sum += in->levels[i];
        if (!isfinite(in->weights[i]))
            return false;
    }
    return sum <= FIGURE_COUNT_MAX && in->population >= POPULATION_UNKNOWN &&
           in->population <= FIGURE_COUNT_MAX && in->confidence_bp >= 5000 &&
           in->confidence_bp < 10000 && isfinite(in->target);
}

enum status mean_compute(const struct mean_input *input, struct mean *out)
{
    static const struct mean_figure none = {NAN, NAN, NAN, NAN};
    if (!is_valid(input))
        return STATUS_INVALID;
    int64_t n = levels_sum(input->levels);
    bool is_drawn = !input->is_walk_in && input->population >= n;
    struct sample sample = {input, n, is_drawn ? input->population : POPULATION_UNKNOWN};
    *out = (struct mean){.n = n,
        .score = none,
        .net = none,
        .sd = NAN,
        .df = n - 1,
        .flags = flags_of(&sample)};
    if (n > 0) {
        out->score = figure_of(&sample, input->weights);
        out->net = figure_of(&sample, net_weights);
    }
    if (n > 1)
        out->sd = sqrt(levels_squares(input->levels, input->weights) / (double)(n - 1));
    out->verdict = mean_verdict(&out->score, n, is_census(&sample), input->target);
    return STATUS_OK;
}
