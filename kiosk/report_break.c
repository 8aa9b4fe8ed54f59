/* report_break.c: the breakdowns beneath an indicator. Each walks over the cells once; a
   cell belongs to the row with its key, made when it is first met. */
#include "kiosk/report_sum.h"

typedef bool (*same_row_fn)(const struct report_row *a, const struct report_row *b);

/* A breakdown being made: rows and, beside each, its sum. */
struct breakdown {
    struct arena *arena;
    const struct report_input *input;
    const struct plan_indicator *indicator;
    same_row_fn is_same;
    enum report_scope scope;
    struct report_row wanted; /* the row of the cell at hand */
    struct report_row *rows;
    struct report_sum *sums;
    size_t count;
    size_t capacity;
    size_t last; /* the row that was met last: most likely it or the next is met again */
};

/* The sum of the row that is the same as wanted, which is added if there is none. NULL
   when the arena is full. */
static struct report_sum *sum_of(struct breakdown *breakdown)
{
    size_t at = breakdown->last;
    for (size_t i = 0; i < breakdown->count; i++, at++) {
        at = at < breakdown->count ? at : 0;
        if (breakdown->is_same(&breakdown->rows[at], &breakdown->wanted)) {
            breakdown->last = at;
            return &breakdown->sums[at];
        }
    }
    if (breakdown->count == breakdown->capacity) {
        size_t capacity = breakdown->capacity == 0 ? 16 : breakdown->capacity * 2;
        struct report_row *rows = arena_grow(breakdown->arena, breakdown->rows,
            breakdown->capacity * sizeof *rows, capacity * sizeof *rows);
        struct report_sum *sums = arena_grow(breakdown->arena, breakdown->sums,
            breakdown->capacity * sizeof *sums, capacity * sizeof *sums);
        if (rows == NULL || sums == NULL)
            return NULL;
        breakdown->rows = rows;
        breakdown->sums = sums;
        breakdown->capacity = capacity;
    }
    breakdown->last = breakdown->count;
    breakdown->rows[breakdown->count] = breakdown->wanted;
    return &breakdown->sums[breakdown->count++];
}

static enum status finish(struct breakdown *breakdown, struct report_rows *out)
{
    for (size_t i = 0; i < breakdown->count; i++) {
        enum status status = report_row_fill(
            breakdown->indicator, &breakdown->sums[i], NO_COUNT, &breakdown->rows[i]);
        if (status != STATUS_OK)
            return status;
    }
    *out = (struct report_rows){breakdown->rows, breakdown->count};
    return STATUS_OK;
}

/* ---- by centre, channel and period ---- */

static bool same_centre(const struct report_row *a, const struct report_row *b)
{
    return text_equals(a->centre, b->centre);
}

static bool same_channel(const struct report_row *a, const struct report_row *b)
{
    return a->channel == b->channel && a->mode == b->mode && a->counts == b->counts;
}

static bool same_period(const struct report_row *a, const struct report_row *b)
{
    return a->period == b->period;
}

static enum status add_cell(struct breakdown *breakdown,
    const struct plan_programme *programme, const struct tally_cell *cell)
{
    const struct plan *plan = breakdown->input->plan;
    struct report_row *wanted = &breakdown->wanted;
    wanted->centre = cell->centre;
    wanted->channel = cell->channel;
    wanted->mode = cell->mode;
    wanted->period = report_period(programme, cell->period);
    wanted->counts = breakdown->scope == SCOPE_FIGURE ||
                     report_channel_counts(programme, cell->channel);
    struct report_sum *sum = sum_of(breakdown);
    if (sum == NULL)
        return STATUS_NO_MEMORY;
    size_t overall = programme_questionnaire(plan, programme)->overall;
    report_sum_add(plan, programme, cell, overall, breakdown->scope, sum);
    return STATUS_OK;
}

static void sort_by_period(struct report_rows *rows)
{
    for (size_t i = 1; i < rows->count; i++) {
        struct report_row moving = rows->list[i];
        size_t at = i;
        for (; at > 0 && rows->list[at - 1].period > moving.period; at--)
            rows->list[at] = rows->list[at - 1];
        rows->list[at] = moving;
    }
}

/* ---- items ---- */

/* The same question in several questionnaires: equal id, and evidence for the same line.
 */
static bool same_item(const struct report_row *a, const struct report_row *b)
{
    return text_equals(a->item->id, b->item->id) &&
           text_equals(a->item->supports, b->item->supports);
}

static enum status add_items(struct breakdown *breakdown,
    const struct plan_programme *programme, const struct tally_cell *cell)
{
    const struct plan *plan = breakdown->input->plan;
    const struct plan_questionnaire *asked = programme_questionnaire(plan, programme);
    for (size_t i = 0; i < asked->item_count; i++) {
        if (asked->items[i].kind != ITEM_RATING)
            continue;
        breakdown->wanted.item = &asked->items[i];
        struct report_sum *sum = sum_of(breakdown);
        if (sum == NULL)
            return STATUS_NO_MEMORY;
        report_sum_add(plan, programme, cell, i, SCOPE_FIGURE, sum);
    }
    return STATUS_OK;
}

/* ---- all of them ---- */

struct breaking {
    struct breakdown breakdown;
    enum status (*add)(struct breakdown *breakdown,
        const struct plan_programme *programme, const struct tally_cell *cell);
    struct report_rows *out;
};

/* What each cell of an opened wave of the indicator adds to some breakdowns. */
static enum status walk(const struct tally_cell *cells, size_t cell_count,
    struct breaking *breaking, size_t count)
{
    const struct report_input *input = breaking->breakdown.input;
    struct report_finder finder = {
        .plan = input->plan, .indicator = breaking->breakdown.indicator};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < cell_count; i++) {
        report_find(&finder, &cells[i]);
        if (finder.wave == NULL || finder.wave->opens > input->as_of)
            continue;
        for (size_t j = 0; j < count && status == STATUS_OK; j++)
            status = breaking[j].add(&breaking[j].breakdown, finder.programme, &cells[i]);
        if (status != STATUS_OK)
            return status;
    }
    for (size_t j = 0; j < count && status == STATUS_OK; j++)
        status = finish(&breaking[j].breakdown, breaking[j].out);
    return status;
}

enum status report_break_down(
    struct arena *arena, const struct report_input *input, struct report_indicator *out)
{
    const struct breakdown fresh = {.arena = arena,
        .input = input,
        .indicator = out->indicator,
        .wanted = {.counts = true, .population = NO_COUNT, .asked = NO_COUNT}};
    struct breaking of_waves[] = {{fresh, add_cell, &out->by_centre},
        {fresh, add_cell, &out->by_channel}, {fresh, add_items, &out->items}};
    struct breaking of_periods = {fresh, add_cell, &out->by_period};
    of_waves[0].breakdown.is_same = same_centre;
    of_waves[1].breakdown.is_same = same_channel;
    of_waves[1].breakdown.scope = SCOPE_ALL; /* what does not count stands beside */
    of_waves[2].breakdown.is_same = same_item;
    of_periods.breakdown.is_same = same_period;
    enum status status = walk(
        input->waves, input->wave_count, of_waves, sizeof of_waves / sizeof *of_waves);
    if (status == STATUS_OK)
        status = walk(input->periods, input->period_count, &of_periods, 1);
    sort_by_period(&out->by_period);
    return status;
}
