/* report_places.c: where answers can be, and which numbers they are part of. Within one
   wave and centre (a block) every channel and every period may meet, as report_parts.c
   has it. A number adds up channels there, or periods, never pairs: so the pairs of the
   first period with each channel, and of the first channel with each period, stand for
   all. Instead of them there is one place for the block, which is in the numbers of its
   first channel and period, and an exchange for each further one: it takes answers out of
   the numbers of the one before. That spans the same, and an exchange of the same two is
   one place for all blocks, since numbers never tell these apart. */
#include "kiosk/report_cross.h"
#include "kiosk/report_span.h"

#include "kiosk/suppress.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS = 5 }; /* strata, centres, channels, periods, items */

/* Where the directions of each kind begin; number 0 is the figure. */
struct places {
    struct cross *cross;
    struct arena *scratch;
    struct span span;
    uint32_t *directions;
    uint32_t *place; /* the direction of one place */
    uint32_t *run;   /* of the blocks that differ in nothing but the centre */
    size_t place_count;
    struct exchange *exchanges;
    size_t exchange_count;
    size_t firsts[KINDS + 1];
    size_t last[KINDS]; /* row of each that was found last */
    size_t first_week;  /* of all programmes, one after the other */
    size_t first_point; /* likewise */
    size_t count;
};

static uint32_t *direction_of(const struct places *places, size_t number)
{
    return &places->directions[number * places->span.width];
}

static const struct report_rows *rows_of(const struct places *places, size_t kind)
{
    const struct report_indicator *of = places->cross->of;
    const struct report_rows *const rows[KINDS] = {
        &of->strata, &of->by_centre, &of->by_channel, &of->by_period, &of->items};
    return rows[kind];
}

enum { STRATA, CENTRES, CHANNELS, PERIODS, ITEMS };

static void number_all(struct places *places)
{
    const struct cross *cross = places->cross;
    places->count = 1;
    for (size_t kind = 0; kind < KINDS; kind++) {
        places->firsts[kind] = places->count;
        places->count += rows_of(places, kind)->count;
    }
    places->firsts[KINDS] = places->count;
    places->count += cross->of->cells.count;
    places->first_week = places->count;
    for (size_t i = 0; i < cross->weeks_count; i++)
        places->count += cross->weeks[i].count;
    places->first_point = places->count;
    for (size_t i = 0; i < cross->weeks_count; i++)
        places->count += cross->weeks[i].out->chart.count;
}

/* ---- which numbers a place is part of ---- */

/* A cell of the period slice, by what it counts in; numbers up to SPAN_VECTORS_MAX, 0:
   none. Small, since they are sorted. */
struct spot {
    uint16_t stratum;
    uint16_t centre;
    uint16_t channel;
    uint16_t period;
    uint16_t item;
    uint16_t cell;
    uint16_t week;
    uint16_t point;
    bool counts; /* its wave makes the figure */
};

/* Answers that are in numbers of one channel, or of one period with its week and point,
   instead of in those of another. */
enum { EXCHANGED = 3 };
struct exchange {
    uint16_t from[EXCHANGED];
    uint16_t to[EXCHANGED];
};
enum { EXCHANGES_OF_SPOT = 2 }; /* at most: a channel and a period */

static bool is_row_of(const struct report_row *row, size_t kind,
    const struct report_finder *finder, const struct tally_cell *cell)
{
    const struct plan_questionnaire *asked =
        programme_questionnaire(finder->plan, finder->programme);
    const struct plan_item *overall = &asked->items[asked->overall];
    switch (kind) {
    case STRATA:
        return row->wave == finder->wave;
    case CENTRES:
        return text_equals(row->centre, cell->centre);
    case CHANNELS:
        return row->counts && row->channel == cell->channel && row->mode == cell->mode;
    case PERIODS:
        return row->period == report_period(finder->programme, cell->period);
    case ITEMS:
        return text_equals(row->item->id, overall->id) &&
               text_equals(row->item->supports, overall->supports);
    default:
        return false;
    }
}

/* Neighbouring cells are mostly of the same row: begins with the last that was found. */
static uint16_t number_of(struct places *places, size_t kind,
    const struct report_finder *finder, const struct tally_cell *cell)
{
    const struct report_rows *rows = rows_of(places, kind);
    for (size_t i = 0; i < rows->count; i++) {
        size_t at = places->last[kind] + i;
        at -= at >= rows->count ? rows->count : 0;
        if (!is_row_of(&rows->list[at], kind, finder, cell))
            continue;
        places->last[kind] = at;
        return (uint16_t)(places->firsts[kind] + at);
    }
    return 0;
}

/* Cells are by programme, then by centre, as by_centre is. */
static uint16_t cell_of(
    const struct places *places, const struct plan_programme *programme, size_t centre)
{
    const struct report_rows *cells = &places->cross->of->cells;
    size_t columns = places->cross->of->by_centre.count;
    for (size_t i = 0; i < cells->count; i += columns)
        if (cells->list[i].programme == programme)
            return (
                uint16_t)(places->firsts[KINDS] + i + centre - places->firsts[CENTRES]);
    return 0;
}

/* The point that holds a week: the first that ends with it or later. */
static size_t point_of(const struct pchart *chart, size_t week)
{
    size_t at = 0;
    while (at + 1 < chart->count && chart->points[at].last_week < week)
        at++;
    return at;
}

static void find_week(const struct places *places, const struct report_finder *finder,
    const struct tally_cell *cell, struct spot *spot)
{
    size_t week = places->first_week, point = places->first_point;
    for (size_t i = 0; i < places->cross->weeks_count; i++) {
        const struct cross_weeks *weeks = &places->cross->weeks[i];
        size_t at = (size_t)(cross_monday(cell->period) - weeks->first) / 7;
        if (weeks->programme == finder->programme) {
            spot->week = (uint16_t)(week + at);
            spot->point =
                (uint16_t)(point + point_of(&weeks->out->chart, weeks->joined[at]));
        }
        week += weeks->count;
        point += weeks->out->chart.count;
    }
}

static bool find_spot(struct places *places, struct report_finder *finder,
    const struct tally_cell *cell, struct spot *out)
{
    const struct report_input *input = places->cross->input;
    report_find(finder, cell);
    if (finder->wave == NULL || finder->wave->opens > input->as_of ||
        report_valid(input->plan, finder->programme, cell) == 0)
        return false;
    *out = (struct spot){.stratum = number_of(places, STRATA, finder, cell),
        .centre = number_of(places, CENTRES, finder, cell),
        .channel = number_of(places, CHANNELS, finder, cell),
        .period = number_of(places, PERIODS, finder, cell),
        .item = number_of(places, ITEMS, finder, cell)};
    out->cell = cell_of(places, finder->programme, out->centre);
    out->counts =
        places->cross->of->strata.list[out->stratum - places->firsts[STRATA]].counts;
    find_week(places, finder, cell, out);
    return true;
}

/* ---- directions ---- */

static int compare_spots(const void *left, const void *right)
{
    const struct spot *a = left, *b = right;
    const int differences[] = {a->stratum - b->stratum, a->centre - b->centre,
        a->week - b->week, a->period - b->period, a->channel - b->channel};
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (differences[i] != 0)
            return differences[i];
    return 0;
}

static bool is_one_block(const struct spot *a, const struct spot *b)
{
    return a->stratum == b->stratum && a->centre == b->centre;
}

/* As the first spots of their blocks; the item follows from the stratum, the point from
   the week. */
static bool is_one_run(const struct spot *a, const struct spot *b)
{
    return a->stratum == b->stratum && a->channel == b->channel &&
           a->period == b->period && a->week == b->week;
}

static void add_to(struct places *places, const uint32_t *place, size_t number)
{
    if (number != 0)
        span_add(&places->span, place, direction_of(places, number));
}

static void exchange(struct places *places, struct exchange exchange)
{
    for (size_t i = places->exchange_count; i > 0; i--)
        if (memcmp(&places->exchanges[i - 1], &exchange, sizeof exchange) == 0)
            return;
    places->exchanges[places->exchange_count++] = exchange;
    span_place(&places->span, places->place_count++, places->place);
    for (size_t i = 0; i < EXCHANGED; i++)
        add_to(places, places->place, exchange.to[i]);
    span_negate(&places->span, places->place);
    for (size_t i = 0; i < EXCHANGED; i++)
        add_to(places, places->place, exchange.from[i]);
}

static bool has_channel(const struct spot *spots, size_t count, size_t channel)
{
    for (size_t i = 0; i < count; i++)
        if (spots[i].channel == channel)
            return true;
    return false;
}

/* Days of one week and month are one period here. */
static void add_exchanges(struct places *places, const struct spot *spots, size_t count)
{
    size_t channel = spots[0].channel;
    for (size_t i = 1; i < count; i++) {
        const struct spot *last = &spots[i - 1], *spot = &spots[i];
        if (spot->period != last->period || spot->week != last->week)
            exchange(places, (struct exchange){{last->period, last->week, last->point},
                                 {spot->period, spot->week, spot->point}});
        if (has_channel(spots, i, spot->channel))
            continue;
        exchange(places, (struct exchange){{(uint16_t)channel}, {spot->channel}});
        channel = spot->channel;
    }
}

static void add_block(struct places *places, const struct spot *spots, size_t count)
{
    span_place(&places->span, places->place_count++, places->place);
    span_add(&places->span, places->place, places->run);
    add_to(places, places->place, spots->centre);
    add_to(places, places->place, spots->cell);
    add_exchanges(places, spots, count);
}

static void end_run(struct places *places, const struct spot *of)
{
    const size_t numbers[] = {
        of->stratum, of->item, of->channel, of->period, of->week, of->point};
    if (of->counts)
        span_add(&places->span, places->run, direction_of(places, 0));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_to(places, places->run, numbers[i]);
    memset(places->run, 0, places->span.width * sizeof *places->run);
}

static void add_spots(struct places *places, const struct spot *spots, size_t count)
{
    size_t run = 0;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && is_one_block(&spots[first], &spots[end]);)
            end++;
        if (!is_one_run(&spots[run], &spots[first])) {
            end_run(places, &spots[run]);
            run = first;
        }
        add_block(places, &spots[first], end - first);
    }
    if (count > 0)
        end_run(places, &spots[run]);
}

static enum status add_places(struct places *places)
{
    const struct cross *cross = places->cross;
    size_t count = 0;
    struct spot *spots =
        arena_take_array(places->scratch, cross->input->period_count, sizeof *spots);
    struct report_finder finder = {
        .plan = cross->input->plan, .indicator = cross->of->indicator};
    if (spots == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < cross->input->period_count; i++)
        count += find_spot(places, &finder, &cross->input->periods[i], &spots[count]);
    places->exchanges = arena_take_array(
        places->scratch, count * EXCHANGES_OF_SPOT, sizeof *places->exchanges);
    if (places->exchanges == NULL)
        return STATUS_NO_MEMORY;
    qsort(spots, count, sizeof *spots, compare_spots);
    add_spots(places, spots, count);
    return STATUS_OK;
}

/* ---- what is shown, guarded, let through ---- */

/* The figure and the strata stay. A row of another breakdown was let through as far as
   rows tell of each other; that it also tells of a small cell or week is found here, and
   hides it. */
static void admit_rows(struct places *places)
{
    span_show(&places->span, direction_of(places, 0));
    for (size_t kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < rows_of(places, kind)->count; i++) {
            struct report_row *row = &rows_of(places, kind)->list[i];
            uint32_t *direction = direction_of(places, places->firsts[kind] + i);
            bool is_sum = row->counts && (kind != ITEMS || row->item->counts);
            if (row->is_hidden || row->n == 0)
                continue;
            if (kind == STRATA)
                span_show(&places->span, direction);
            else if (is_sum && !span_admit(&places->span, direction))
                report_row_hide(row);
        }
}

/* Hidden rows that are large were hidden as covers: only what is small is guarded, and a
   hidden row's n is gone. So each is guarded; a cover is then kept a little too well. */
static void guard_rows(struct places *places)
{
    for (size_t kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < rows_of(places, kind)->count; i++)
            if (rows_of(places, kind)->list[i].is_hidden)
                span_guard(&places->span, direction_of(places, places->firsts[kind] + i));
}

static void guard_small(struct places *places)
{
    const struct cross *cross = places->cross;
    size_t week = places->first_week;
    for (size_t i = 0; i < cross->of->cells.count; i++)
        if (group_is_small(cross->of->cells.list[i].n, cross->input->plan->k))
            span_guard(&places->span, direction_of(places, places->firsts[KINDS] + i));
    for (size_t i = 0; i < cross->weeks_count; i++)
        for (size_t at = 0; at < cross->weeks[i].count; at++, week++)
            if (group_is_small(cross->weeks[i].list[at].n, cross->input->plan->k))
                span_guard(&places->span, direction_of(places, week));
}

/* The largest cell that is not looked at yet; the count if there is none. */
static size_t largest(const struct report_rows *cells, const bool *is_done)
{
    size_t found = cells->count;
    for (size_t i = 0; i < cells->count; i++)
        if (!is_done[i] &&
            (found == cells->count || cells->list[i].n > cells->list[found].n))
            found = i;
    return found;
}

static enum status admit_cells(struct places *places)
{
    const struct cross *cross = places->cross;
    const struct report_rows *cells = &cross->of->cells;
    bool *is_done = arena_take_array(places->scratch, cells->count, sizeof *is_done);
    if (is_done == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < cells->count; i++)
        is_done[i] = cross->hidden[i] || cells->list[i].n == 0;
    for (size_t at = largest(cells, is_done); at < cells->count;
         at = largest(cells, is_done)) {
        is_done[at] = true;
        cross->hidden[at] =
            !span_admit(&places->span, direction_of(places, places->firsts[KINDS] + at));
    }
    return STATUS_OK;
}

/* A cover that anybody can compute covers nothing: what matters is guarded by itself. */
static void show_useless(struct places *places)
{
    const struct cross *cross = places->cross;
    for (size_t i = 0; i < cross->of->cells.count; i++) {
        uint32_t *direction = direction_of(places, places->firsts[KINDS] + i);
        if (cross->hidden[i] && cross->of->cells.list[i].n >= cross->input->plan->k)
            cross->hidden[i] = !span_follows(&places->span, direction);
    }
}

static void admit_charts(struct places *places)
{
    size_t point = places->first_point;
    for (size_t i = 0; i < places->cross->weeks_count; i++) {
        struct report_weeks *weeks = places->cross->weeks[i].out;
        for (size_t at = 0; at < weeks->chart.count; at++, point++)
            weeks->is_hidden |= !span_admit(&places->span, direction_of(places, point));
    }
}

static bool has_small(const struct places *places)
{
    const struct cross *cross = places->cross;
    bool has_any = false;
    for (size_t kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < rows_of(places, kind)->count; i++)
            has_any |= rows_of(places, kind)->list[i].is_hidden;
    for (size_t i = 0; i < cross->of->cells.count; i++)
        has_any |= cross->hidden[i];
    for (size_t i = 0; i < cross->weeks_count; i++)
        for (size_t at = 0; at < cross->weeks[i].count; at++)
            has_any |= group_is_small(cross->weeks[i].list[at].n, cross->input->plan->k);
    return has_any;
}

static void hide_all(struct cross *cross)
{
    for (size_t i = 0; i < cross->of->cells.count; i++)
        cross->hidden[i] = cross->of->cells.list[i].n > 0;
    for (size_t i = 0; i < cross->weeks_count; i++)
        cross->weeks[i].out->is_hidden = true;
}

/* Room for all directions, thrice, and for the spots: of no use to the report, which has
   an arena that is never emptied. */
static struct arena *make_scratch(const struct places *places)
{
    enum { LISTS = 3, SLACK = 65536 };
    size_t directions = places->count * (places->count + 2) * sizeof(uint32_t);
    size_t spots = places->cross->input->period_count *
                   (sizeof(struct spot) + EXCHANGES_OF_SPOT * sizeof(struct exchange));
    size_t cells = places->cross->of->cells.count + places->count * sizeof(size_t);
    return arena_new(LISTS * directions + spots + cells + SLACK);
}

static enum status find_out(struct places *places)
{
    struct arena *arena = places->scratch;
    enum status status = span_make(arena, places->count, &places->span);
    if (status != STATUS_OK)
        return status;
    places->directions = arena_take_array(
        arena, places->count * places->span.width, sizeof *places->directions);
    places->place = arena_take_array(arena, places->span.width, sizeof *places->place);
    places->run = arena_take_array(arena, places->span.width, sizeof *places->run);
    if (places->directions == NULL || places->place == NULL || places->run == NULL)
        return STATUS_NO_MEMORY;
    status = add_places(places);
    if (status != STATUS_OK)
        return status;
    guard_rows(places);
    guard_small(places);
    admit_rows(places);
    status = admit_cells(places);
    admit_charts(places);
    show_useless(places);
    return status;
}

enum status cross_hide(struct cross *cross)
{
    struct places places = {.cross = cross};
    number_all(&places);
    if (!has_small(&places) || places.count == places.firsts[KINDS])
        return STATUS_OK;
    if (places.count > SPAN_VECTORS_MAX) {
        hide_all(cross);
        return STATUS_OK;
    }
    places.scratch = make_scratch(&places);
    enum status status = places.scratch == NULL ? STATUS_NO_MEMORY : find_out(&places);
    arena_free(places.scratch);
    return status;
}
