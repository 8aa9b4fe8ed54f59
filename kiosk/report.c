/* report.c: strata and the figure of each indicator. The wave decides: waves with a
   population make the figure, those without stand beside it; only if none has one are
   they pooled. */
#include "kiosk/report.h"

#include "kiosk/limits.h"
#include "kiosk/report_sum.h"
#include "kiosk/suppress.h"

#include <math.h>

/* ---- strata ---- */

static int64_t asked_in(
    const struct report_input *input, struct text programme, struct text wave)
{
    for (size_t i = 0; i < input->asked_count; i++)
        if (text_equals(input->asked[i].programme, programme) &&
            text_equals(input->asked[i].wave, wave))
            return input->asked[i].asked;
    return NO_COUNT;
}

/* Adds a part that may be unknown to a sum that is unknown until its first part. */
static void add_known(int64_t *sum, int64_t part)
{
    if (part != NO_COUNT)
        *sum = *sum == NO_COUNT ? part : *sum + part;
}

/* The strata of an indicator with, beside each, its sum. */
struct gathering {
    struct report_rows rows;
    struct report_sum *sums;
    bool has_population; /* at least one wave states it */
};

static void gather_wave(const struct report_input *input,
    const struct plan_programme *programme, const struct plan_wave *wave,
    struct gathering *gathering)
{
    gathering->rows.list[gathering->rows.count++] = (struct report_row){
        .programme = programme,
        .wave = wave,
        .population = wave->population,
        .asked = asked_in(input, programme->id, wave->id),
    };
    gathering->has_population |= wave->population >= 0;
}

/* All cells into the sums of their strata; what came in, of the strata not opened too. */
static void sum_cells(const struct report_input *input, struct gathering *gathering,
    struct report_indicator *out)
{
    struct report_finder finder = {.plan = input->plan, .indicator = out->indicator};
    const struct plan_wave *wave = NULL;
    struct report_sum *sum = NULL;
    for (size_t i = 0; i < input->wave_count; i++) {
        const struct tally_cell *cell = &input->waves[i];
        report_find(&finder, cell);
        if (finder.programme == NULL)
            continue;
        out->received += cell->received;
        for (size_t j = 0; j < gathering->rows.count && wave != finder.wave; j++)
            if (gathering->rows.list[j].wave == finder.wave) {
                wave = finder.wave;
                sum = &gathering->sums[j];
            }
        if (finder.wave != NULL && wave == finder.wave && sum != NULL)
            report_sum_add(input->plan, finder.programme, cell,
                programme_questionnaire(input->plan, finder.programme)->overall,
                SCOPE_FIGURE, sum);
    }
}

static size_t count_waves(const struct plan *plan, const struct plan_indicator *indicator)
{
    size_t count = 0;
    for (size_t i = 0; i < indicator->programme_count; i++)
        count += plan->programmes[indicator->programmes[i]].wave_count;
    return count;
}

static enum status gather(struct arena *arena, const struct report_input *input,
    const struct plan_indicator *indicator, struct gathering *out)
{
    size_t room = count_waves(input->plan, indicator);
    out->rows.list = arena_take_array(arena, room, sizeof *out->rows.list);
    out->sums = arena_take_array(arena, room, sizeof *out->sums);
    if (out->rows.list == NULL || out->sums == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < indicator->programme_count; i++) {
        const struct plan_programme *programme =
            &input->plan->programmes[indicator->programmes[i]];
        for (size_t j = 0; j < programme->wave_count; j++)
            if (programme->waves[j].opens <= input->as_of)
                gather_wave(input, programme, &programme->waves[j], out);
    }
    return STATUS_OK;
}

static enum status fill_strata(struct gathering *gathering, struct report_indicator *out)
{
    for (size_t i = 0; i < gathering->rows.count; i++) {
        struct report_row *row = &gathering->rows.list[i];
        row->counts = !gathering->has_population || row->population >= 0;
        enum status status =
            report_row_fill(out->indicator, &gathering->sums[i], row->population, row);
        if (status != STATUS_OK)
            return status;
        add_known(&out->asked, row->asked);
        out->answered += row->answered;
        if (row->counts)
            add_known(&out->population, row->population);
    }
    out->strata = gathering->rows;
    return STATUS_OK;
}

/* ---- the figure ---- */

static struct strata_input strata_input_of(const struct plan_indicator *indicator)
{
    struct strata_input input = {
        .measure = indicator->measure,
        .confidence_bp = indicator->confidence_bp,
        .target_bp = indicator->target_bp,
        .target_mean = indicator->target_bp / 100.0, /* 90 % of a score of 100 */
    };
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        input.weights[i] = indicator->weights[i];
    return input;
}

/* What is hidden is one stratum in the figure: of a rate that is weighted by each, what
   they said could be found by trying all small numbers. is_clean: without flagged
   answers. */
static enum status list_strata(struct arena *arena, const struct gathering *gathering,
    bool is_clean, struct strata_input *input, size_t *pooled)
{
    struct stratum *strata =
        arena_take_array(arena, gathering->rows.count, sizeof *strata);
    if (strata == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < gathering->rows.count; i++) {
        const struct report_row *row = &gathering->rows.list[i];
        const struct report_sum *sum = &gathering->sums[i];
        if (!row->counts)
            continue;
        struct stratum *stratum = &strata[input->count++];
        *stratum = (struct stratum){
            .name = row->wave->id,
            .group = row->programme->group,
            .population = row->population,
            .is_walk_in = (is_clean ? sum->clean_walk_in : sum->walk_in) > 0,
            .is_pooled = row->is_hidden,
            .received = row->received,
        };
        *pooled += row->is_hidden;
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            stratum->levels[level] = (is_clean ? sum->clean : sum->levels)[level];
    }
    input->strata = strata;
    return STATUS_OK;
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

/* The other two measures of the same answers, each with the verdict it would have given.
 */
static enum status add_other_measures(
    struct arena *arena, struct strata_input input, struct report_indicator *out)
{
    size_t count = 0;
    for (int measure = MEASURE_TOP2; measure <= MEASURE_SCORE; measure++) {
        struct strata other;
        if (measure == (int)out->indicator->measure)
            continue;
        input.measure = (enum measure)measure;
        enum status status = strata_compute(arena, &input, &other);
        if (status != STATUS_OK)
            return status;
        bool is_score = measure == MEASURE_SCORE;
        out->others[count] = (struct report_measure){
            .measure = (enum measure)measure,
            .value = is_score ? other.mean.value : other.p,
            .verdict = is_score ? other.mean_verdict : other.verdict,
        };
        out->is_formula_sensitive |= out->others[count++].verdict != out->verdict;
    }
    out->has_score = true;
    return STATUS_OK;
}

/* The smallest number of satisfied people that meets the target, and how many more must
   say so before nobody else can change it. */
static void settle(const struct strata_input *input, struct report_indicator *out)
{
    bool has_walk_in = false;
    for (size_t i = 0; i < input->count; i++)
        has_walk_in |= input->strata[i].is_walk_in;
    if (out->population <= 0 || (out->figure.flags & FLAG_POP_LT_N) != 0 ||
        is_scored(out))
        return;
    out->k_req = (input->target_bp * out->population + 9999) / 10000;
    int64_t more = out->k_req - out->x;
    if (!has_walk_in && !out->figure.certain && out->n > 0 && more > 0 &&
        more <= out->population - out->n)
        out->to_settle = more;
}

/* True if n answers with the rate of the present ones would prove what is likely now. The
   satisfied are rounded towards the target, so that it is not promised too early. */
static bool would_decide(const struct rate_input *now, bool is_above, int64_t n)
{
    struct rate rate;
    struct rate_input then = *now;
    double satisfied = (double)now->x / (double)now->n * (double)n;
    then.is_row = true; /* only the verdict is asked for */
    then.n = n;
    then.x = (int64_t)(is_above ? floor(satisfied) : ceil(satisfied));
    if (rate_compute(&then, &rate) != STATUS_OK)
        return false;
    return rate.verdict == (is_above ? VERDICT_MET : VERDICT_MISSED);
}

static int64_t answers_to_decide(const struct rate_input *now, enum verdict verdict)
{
    enum { OPEN_END = 100 }; /* times the answers, where nobody knows how many people */
    bool is_above = verdict == VERDICT_LIKELY_MET;
    if ((!is_above && verdict != VERDICT_LIKELY_MISSED) || now->n == 0)
        return NO_COUNT;
    int64_t few = now->n;
    int64_t enough =
        now->population >= 0 && !now->is_walk_in ? now->population : now->n * OPEN_END;
    if (enough <= few || !would_decide(now, is_above, enough))
        return NO_COUNT;
    while (enough - few > 1) {
        int64_t middle = few + (enough - few) / 2;
        *(would_decide(now, is_above, middle) ? &enough : &few) = middle;
    }
    return enough - now->n;
}

static void decide(const struct strata_input *input, struct report_indicator *out)
{
    if (!out->figure.is_single || input->count != 1 || is_scored(out))
        return;
    struct rate_input now = {
        .x = out->x,
        .n = out->n,
        .population = input->strata[0].population,
        .is_walk_in = input->strata[0].is_walk_in,
        .confidence_bp = input->confidence_bp,
        .target_bp = input->target_bp,
    };
    out->to_decide = answers_to_decide(&now, out->verdict);
}

static enum status add_points(struct report_indicator *out)
{
    if (out->rate_bp == NO_COUNT)
        return STATUS_OK;
    struct score_input input = {
        .actual_bp = out->rate_bp,
        .target_bp = out->indicator->target_bp,
        .full_cp = out->indicator->points_cp,
    };
    out->has_points = true;
    return score_compute(&input, &out->points);
}

static void take_verdict(struct report_indicator *out)
{
    const struct strata *figure = &out->figure;
    bool is_score = is_scored(out);
    out->n = figure->n;
    out->x = figure->x;
    out->verdict = is_score ? figure->mean_verdict : figure->verdict;
    out->rate_bp = figure->rate_bp;
    if (is_score)
        out->rate_bp = isnan(figure->mean.value) ? NO_COUNT
                                                 : printed_rate(figure->mean.value / 100,
                                                       out->indicator->target_bp);
}

/* No number that could be computed from the hidden ones stays. The verdict is the same
   whatever they said, and so are the flags: of fewer than k. */
static void hide(int64_t k, struct report_indicator *out)
{
    out->is_hidden = true;
    out->n = NO_COUNT;
    out->x = NO_COUNT;
    out->missing = NO_COUNT;
    out->rate_bp = NO_COUNT;
    out->to_settle = NO_COUNT;
    out->to_decide = NO_COUNT;
    out->has_points = false;
    out->has_score = false;
    out->verdict = VERDICT_INSUFFICIENT;
    out->pooled = 0;
    out->is_formula_sensitive = false;
    out->figure = (struct strata){
        .flags = k <= FIGURE_SMALL && !out->is_withheld ? FLAG_SMALL_N : 0};
}

static enum status build_figure(
    struct arena *arena, const struct gathering *gathering, struct report_indicator *out)
{
    struct strata_input strata = strata_input_of(out->indicator);
    enum status status = list_strata(arena, gathering, false, &strata, &out->pooled);
    if (status == STATUS_OK)
        status = strata_compute(arena, &strata, &out->figure);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status : STATUS_INTERNAL;
    take_verdict(out);
    settle(&strata, out);
    decide(&strata, out);
    if (out->n >= LEVELS_SHOWN_MIN && !out->tells_levels)
        status = add_other_measures(arena, strata, out);
    if (status == STATUS_OK)
        status = add_points(out);
    return status;
}

static enum status build_without(struct arena *arena, const struct report_input *input,
    const struct gathering *gathering, int64_t flagged, struct report_indicator *out)
{
    struct strata_input clean = strata_input_of(out->indicator);
    size_t pooled = 0;
    enum status status = list_strata(arena, gathering, true, &clean, &pooled);
    return status == STATUS_OK ? report_add_without(arena, input, &clean, flagged, out)
                               : status;
}

/* ---- an indicator ---- */

/* True if answers have come and none of them is in the figure yet. */
static bool all_wait(const struct report_indicator *of)
{
    bool waits = false;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        if (row->counts && row->received > 0 && !row->waits)
            return false;
        waits |= row->counts && row->waits;
    }
    return waits;
}

static void sum_all(const struct gathering *gathering, const struct report_row *rows,
    struct report_sum *all)
{
    for (size_t i = 0; i < gathering->rows.count; i++) {
        const struct report_sum *sum = &gathering->sums[i];
        all->walk_in_beside += sum->walk_in_beside;
        if (!rows[i].counts)
            continue;
        all->walk_in += sum->walk_in;
        all->missing += sum->missing;
        all->flagged += sum->flagged;
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            all->levels[level] += sum->levels[level];
    }
}

/* All numbers as of the input's day, nothing hidden yet, and not the figure. */
static enum status tabulate(struct arena *arena, const struct report_input *input,
    const struct plan_indicator *indicator, struct gathering *gathering,
    struct report_sum *all, struct report_indicator *out)
{
    *gathering = (struct gathering){0};
    *all = (struct report_sum){0};
    *out = (struct report_indicator){
        .indicator = indicator,
        .population = NO_COUNT,
        .asked = NO_COUNT,
        .k_req = NO_COUNT,
        .to_settle = NO_COUNT,
        .to_decide = NO_COUNT,
        .rate_bp = NO_COUNT,
    };
    if (indicator->kind == INDICATOR_APPRAISAL)
        return STATUS_OK;
    enum status status = gather(arena, input, indicator, gathering);
    if (status == STATUS_OK)
        sum_cells(input, gathering, out);
    if (status == STATUS_OK)
        status = fill_strata(gathering, out);
    if (status == STATUS_OK)
        status = report_break_down(arena, input, out);
    sum_all(gathering, gathering->rows.list, all);
    out->missing = all->missing;
    out->n = levels_sum(all->levels);
    return status;
}

/* Today's rows are only looked at, so they have an arena of their own. */
static enum status hide_earlier_rows(
    const struct report_input *input, struct report_indicator *out)
{
    struct gathering gathering;
    struct report_sum all;
    struct report_indicator today;
    struct report_input now = *input;
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    now.as_of = input->today;
    enum status status = tabulate(arena, &now, out->indicator, &gathering, &all, &today);
    if (status == STATUS_OK)
        status = report_hide_rows(arena, &now, &today);
    if (status == STATUS_OK && !group_is_small(today.n, input->plan->k))
        status = report_cross(arena, &now, &today);
    if (status == STATUS_OK)
        report_hide_earlier(&today, input->plan->k, out);
    arena_free(arena);
    return status;
}

static enum status add_further(
    struct arena *arena, const struct report_input *input, struct report_indicator *out)
{
    enum status status = STATUS_OK;
    if (!out->is_earlier) /* first: it may hide further rows */
        status = report_cross(arena, input, out);
    if (status == STATUS_OK)
        status = report_follow(arena, out);
    if (status == STATUS_OK && !out->is_earlier)
        status = report_add_reasons(arena, input, out);
    return status;
}

static enum status build_indicator(struct arena *arena, const struct report_input *input,
    const struct plan_indicator *indicator, struct report_indicator *out)
{
    struct gathering gathering;
    struct report_sum all;
    enum status status = tabulate(arena, input, indicator, &gathering, &all, out);
    if (status != STATUS_OK || indicator->kind == INDICATOR_APPRAISAL)
        return status;
    out->is_earlier = input->as_of < input->today;
    out->is_hidden = group_is_small(out->n, input->plan->k) || all_wait(out);
    status = out->is_earlier ? hide_earlier_rows(input, out)
                             : report_hide_rows(arena, input, out);
    if (status == STATUS_OK)
        status = build_figure(arena, &gathering, out);
    if (status == STATUS_OK && !out->is_hidden)
        status = add_further(arena, input, out);
    if (status == STATUS_OK)
        report_hide_waiting(out);
    if (out->is_hidden)
        hide(input->plan->k, out);
    if (status == STATUS_OK)
        status = build_without(arena, input, &gathering, all.flagged, out);
    if (status == STATUS_OK)
        status = report_add_invited(out);
    if (status == STATUS_OK)
        status = report_add_comments(arena, input, out);
    if (status == STATUS_OK)
        status = report_add_notices(arena, input->plan, &all, out);
    return status;
}

/* ---- seals ---- */

static bool is_about(
    const struct report_input *input, struct text programme, struct text wave)
{
    const struct plan_programme *of = plan_find_programme(input->plan, programme);
    const struct plan_wave *in = of == NULL ? NULL : programme_find_wave(of, wave);
    return in != NULL && in->opens <= input->as_of;
}

/* Every period of the report's waves, also of answers that stand beside a figure: they
   are in the report's tables. */
static enum status add_seals(
    struct arena *arena, const struct report_input *input, struct report *out)
{
    struct seal_period *sets = arena_take_array(arena, input->set_count, sizeof *sets);
    struct seal *seals = arena_take_array(arena, input->seal_count, sizeof *seals);
    size_t count = 0;
    if (sets == NULL || seals == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < input->set_count; i++)
        if (is_about(input, input->sets[i].programme, input->sets[i].wave))
            sets[count++] = input->sets[i];
    out->seal = seal_report(sets, count);
    for (size_t i = 0; i < input->seal_count; i++)
        if (is_about(input, input->seals[i].programme, input->seals[i].wave))
            seals[out->seal_count++] = input->seals[i];
    out->seals = seals;
    return STATUS_OK;
}

enum status report_build(
    struct arena *arena, const struct report_input *input, struct report *out)
{
    const struct plan *plan = input->plan;
    struct report report = {.plan = plan,
        .plan_version = input->plan_version,
        .as_of = input->as_of,
        .is_demo = input->is_demo};
    report.indicators =
        arena_take_array(arena, plan->indicator_count, sizeof *report.indicators);
    if (report.indicators == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->indicator_count; i++) {
        enum status status =
            build_indicator(arena, input, &plan->indicators[i], &report.indicators[i]);
        if (status != STATUS_OK)
            return status;
    }
    enum status status = add_seals(arena, input, &report);
    if (status == STATUS_OK)
        *out = report;
    return status;
}
