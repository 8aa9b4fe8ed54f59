/* report_break.c: the breakdowns beneath an indicator. Each walks over the cells once; a
   cell belongs to the row with its key, made when it is first met. */
#include "kiosk/report_sum.h"

/* A breakdown being made: rows and, beside each, its sum. */
struct breakdown {
    struct arena *arena;
    const struct report_input *input;
    const struct plan_indicator *indicator;
    struct report_row *rows;
    struct report_sum *sums;
    size_t count;
    size_t capacity;
    size_t last; /* the row that was met last: most likely it or the next is met again */
    struct report_finder finder;
};

typedef bool (*same_row_fn)(const struct report_row *a, const struct report_row *b);

/* The sum of the row that is the same as wanted, which is added if there is none. NULL
   when the arena is full. */
static struct report_sum *sum_of(
    struct breakdown *breakdown, const struct report_row *wanted, same_row_fn is_same)
{
    for (size_t i = 0; i < breakdown->count; i++) {
        size_t at = (breakdown->last + i) % breakdown->count;
        if (is_same(&breakdown->rows[at], wanted)) {
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
    breakdown->rows[breakdown->count] = *wanted;
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

/* The indicator's programme that a cell belongs to, if its wave has opened; else NULL. */
static const struct plan_programme *programme_of(
    struct breakdown *breakdown, const struct tally_cell *cell)
{
    const struct report_finder *finder = &breakdown->finder;
    report_find(&breakdown->finder, cell);
    bool is_open = finder->wave != NULL && finder->wave->opens <= breakdown->input->as_of;
    return is_open ? finder->programme : NULL;
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

static enum status break_cells(struct breakdown *breakdown,
    const struct tally_cell *cells, size_t cell_count, same_row_fn is_same,
    enum report_scope scope, struct report_rows *out)
{
    const struct plan *plan = breakdown->input->plan;
    for (size_t i = 0; i < cell_count; i++) {
        const struct tally_cell *cell = &cells[i];
        const struct plan_programme *programme = programme_of(breakdown, cell);
        if (programme == NULL)
            continue;
        struct report_row wanted = {
            .centre = cell->centre,
            .channel = cell->channel,
            .mode = cell->mode,
            .period = report_period(programme, cell->period),
            .counts =
                scope == SCOPE_FIGURE || report_channel_counts(programme, cell->channel),
            .population = NO_COUNT,
            .asked = NO_COUNT,
        };
        struct report_sum *sum = sum_of(breakdown, &wanted, is_same);
        if (sum == NULL)
            return STATUS_NO_MEMORY;
        size_t overall = programme_questionnaire(plan, programme)->overall;
        report_sum_add(plan, programme, cell, overall, scope, sum);
    }
    return finish(breakdown, out);
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

static enum status add_items(struct breakdown *breakdown, const struct tally_cell *cell)
{
    const struct plan *plan = breakdown->input->plan;
    const struct plan_programme *programme = programme_of(breakdown, cell);
    if (programme == NULL)
        return STATUS_OK;
    const struct plan_questionnaire *asked = programme_questionnaire(plan, programme);
    for (size_t i = 0; i < asked->item_count; i++) {
        if (asked->items[i].kind != ITEM_RATING)
            continue;
        struct report_row wanted = {.item = &asked->items[i],
            .counts = true,
            .population = NO_COUNT,
            .asked = NO_COUNT};
        struct report_sum *sum = sum_of(breakdown, &wanted, same_item);
        if (sum == NULL)
            return STATUS_NO_MEMORY;
        report_sum_add(plan, programme, cell, i, SCOPE_FIGURE, sum);
    }
    return STATUS_OK;
}

static enum status break_items(struct breakdown *breakdown, struct report_rows *out)
{
    for (size_t i = 0; i < breakdown->input->wave_count; i++) {
        enum status status = add_items(breakdown, &breakdown->input->waves[i]);
        if (status != STATUS_OK)
            return status;
    }
    return finish(breakdown, out);
}

enum status report_break_down(
    struct arena *arena, const struct report_input *input, struct report_indicator *out)
{
    const struct breakdown fresh = {.arena = arena,
        .input = input,
        .indicator = out->indicator,
        .finder = {.plan = input->plan, .indicator = out->indicator}};
    struct breakdown centres = fresh, channels = fresh, periods = fresh, items = fresh;
    enum status status = break_cells(&centres, input->waves, input->wave_count,
        same_centre, SCOPE_FIGURE, &out->by_centre);
    if (status == STATUS_OK) /* a channel that does not count stands beside the figure */
        status = break_cells(&channels, input->waves, input->wave_count, same_channel,
            SCOPE_ALL, &out->by_channel);
    if (status == STATUS_OK)
        status = break_cells(&periods, input->periods, input->period_count, same_period,
            SCOPE_FIGURE, &out->by_period);
    if (status == STATUS_OK)
        status = break_items(&items, &out->items);
    sort_by_period(&out->by_period);
    return status;
}
