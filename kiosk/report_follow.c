/* report_follow.c: what follows from rows that are shown: nothing here reads a cell, so
   nothing here can tell more than they do. */
#include "kiosk/report_sum.h"

#include <math.h>

/* ---- quarters ---- */

day_t report_quarter(day_t day)
{
    struct date date = day_date(day);
    return day_of((struct date){date.year, (date.month - 1) / 3 * 3 + 1, 1});
}

/* Adds up the periods of one quarter, from number first on; returns how many they are. */
static size_t add_up(const struct report_rows *periods, size_t first,
    struct report_sum *sum, int64_t *x, bool *is_hidden)
{
    size_t count = 0;
    day_t quarter = report_quarter(periods->list[first].period);
    for (size_t i = first; i < periods->count; i++, count++) {
        const struct report_row *row = &periods->list[i];
        if (report_quarter(row->period) != quarter)
            break;
        sum->received += row->received;
        sum->levels[0] += row->is_hidden ? 0 : row->n;
        *x += row->is_hidden ? 0 : row->x;
        sum->walk_in += row->has_walk_in;
        *is_hidden |= row->is_hidden;
    }
    return count;
}

static enum status fill_quarter(const struct plan_indicator *indicator,
    const struct report_sum *sum, int64_t x, bool is_hidden, struct report_row *row)
{
    struct report_sum shown = *sum; /* level 5 for the satisfied, 1 for the others */
    shown.levels[LEVEL_COUNT - 1] = shown.levels[0] - x;
    shown.levels[0] = x;
    enum status status = report_row_fill(indicator, &shown, NO_COUNT, row);
    if (is_hidden)
        report_row_hide(row);
    return status;
}

/* A quarter is hidden with any of its periods: shown, it would be one more sum. */
static enum status add_quarters(struct arena *arena, struct report_indicator *of)
{
    const struct report_rows *periods = &of->by_period;
    struct report_rows *out = &of->by_quarter;
    out->list = arena_take_array(arena, periods->count, sizeof *out->list);
    if (out->list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < periods->count;) {
        struct report_sum sum = {0};
        int64_t x = 0;
        bool is_hidden = false;
        struct report_row *row = &out->list[out->count++];
        *row = (struct report_row){.period = report_quarter(periods->list[i].period),
            .counts = true,
            .population = NO_COUNT,
            .asked = NO_COUNT};
        i += add_up(periods, i, &sum, &x, &is_hidden);
        enum status status = fill_quarter(of->indicator, &sum, x, is_hidden, row);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* ---- changes ---- */

static bool is_step(const struct report_row *row, const struct plan_programme *programme)
{
    return row->programme == programme && !row->is_hidden && row->n > 0;
}

/* Without a population: the question is whether the service changed. */
static struct change_side side_of(const struct report_row *row)
{
    return (struct change_side){row->x, row->n, POPULATION_UNKNOWN};
}

/* Of the rows of one programme (NULL: of quarters, which have none). */
static enum status add_change(struct arena *arena, const struct report_rows *rows,
    const struct plan_programme *programme, struct report_indicator *of)
{
    struct report_change change = {.programme = programme};
    struct change_side *sides = arena_take_array(arena, rows->count, sizeof *sides);
    if (sides == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++) {
        if (!is_step(&rows->list[i], programme))
            continue;
        change.from = change.to;
        change.to = &rows->list[i];
        sides[change.steps++] = side_of(change.to);
    }
    if (change.steps < 2)
        return STATUS_OK;
    struct change_side from = sides[change.steps - 2], to = sides[change.steps - 1];
    if (change_compute(&from, &to, of->indicator->confidence_bp, &change.change) !=
            STATUS_OK ||
        trend_compute(sides, change.steps, &change.trend) != STATUS_OK)
        return STATUS_INTERNAL;
    of->changes[of->change_count++] = change;
    return STATUS_OK;
}

static enum status add_changes(struct arena *arena, struct report_indicator *of)
{
    const struct plan_programme *last = NULL;
    of->changes = arena_take_array(arena, of->strata.count + 1, sizeof *of->changes);
    if (of->changes == NULL)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_OK;
    if (of->indicator->programme_count ==
        1) /* else quarters differ by their programmes */
        status = add_change(arena, &of->by_quarter, NULL, of);
    for (size_t i = 0; i < of->strata.count && status == STATUS_OK; i++) {
        const struct plan_programme *programme = of->strata.list[i].programme;
        if (programme != last)
            status = add_change(arena, &of->strata, programme, of);
        last = programme;
    }
    return status;
}

enum status report_follow(struct arena *arena, struct report_indicator *of)
{
    enum status status = add_quarters(arena, of);
    return status == STATUS_OK ? add_changes(arena, of) : status;
}
