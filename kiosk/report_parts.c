/* report_parts.c: which answers the breakdowns share, read off the cells. Within one wave
   and centre every channel and every period may meet, so rows that stand together there
   can't be told apart by sums: they form one part of their breakdown. */
#include "kiosk/report_hiding.h"

#include <stdlib.h>

/* ---- parts of a breakdown ---- */

size_t hiding_part_of(const struct hiding *hiding, size_t thing)
{
    while (hiding->parts[thing] != thing)
        thing = hiding->parts[thing];
    return thing;
}

/* True if they were two parts. */
static bool join(struct hiding *hiding, size_t a, size_t b)
{
    size_t first = hiding_part_of(hiding, a), second = hiding_part_of(hiding, b);
    if (first == second)
        return false;
    hiding->parts[first > second ? first : second] = first > second ? second : first;
    return true;
}

static int compare_blocks(const void *left, const void *right)
{
    const struct block *a = left, *b = right;
    if (a->stratum != b->stratum)
        return a->stratum < b->stratum ? -1 : 1;
    return a->centre < b->centre ? -1 : a->centre > b->centre;
}

/* Things of one wave and centre are joined, so that one of each speaks for them. */
static void merge_into(struct hiding *hiding, const struct block *from, struct block *to)
{
    if (from->channel != 0 && to->channel != 0)
        (void)join(hiding, from->channel, to->channel);
    if (from->period != 0 && to->period != 0)
        (void)join(hiding, from->period, to->period);
    to->channel = to->channel == 0 ? from->channel : to->channel;
    to->period = to->period == 0 ? from->period : to->period;
}

static size_t merge_blocks(struct hiding *hiding, struct block *blocks, size_t count)
{
    size_t kept = 0;
    qsort(blocks, count, sizeof *blocks, compare_blocks);
    for (size_t i = 0; i < count; i++)
        if (kept > 0 && compare_blocks(&blocks[kept - 1], &blocks[i]) == 0)
            merge_into(hiding, &blocks[i], &blocks[kept - 1]);
        else
            blocks[kept++] = blocks[i];
    return kept;
}

/* Two centres of a wave: if they agree in two of centre, channel and period, no sum tells
   the third apart either. */
static bool join_blocks(
    struct hiding *hiding, const struct block *a, const struct block *b)
{
    const size_t pairs[][2] = {
        {a->centre, b->centre}, {a->channel, b->channel}, {a->period, b->period}};
    size_t differing = 0, which = 0;
    for (size_t i = 0; i < 3; i++)
        if (hiding_part_of(hiding, pairs[i][0]) != hiding_part_of(hiding, pairs[i][1])) {
            differing++;
            which = i;
        }
    return differing == 1 && pairs[which][0] != 0 && pairs[which][1] != 0 &&
           join(hiding, pairs[which][0], pairs[which][1]);
}

static void join_parts(struct hiding *hiding, const struct block *blocks, size_t count)
{
    bool has_changed = true;
    while (has_changed) {
        has_changed = false;
        for (size_t i = 1, first = 0; i < count; i++)
            if (blocks[i].stratum != blocks[first].stratum)
                first = i;
            else
                has_changed |= join_blocks(hiding, &blocks[first], &blocks[i]);
    }
}

/* ---- cells ---- */

static bool is_row_of(const struct report_row *row, enum thing_kind kind,
    const struct report_finder *finder, const struct tally_cell *cell)
{
    switch (kind) {
    case THING_STRATUM:
        return row->wave == finder->wave;
    case THING_CENTRE:
        return text_equals(row->centre, cell->centre);
    case THING_CHANNEL:
        return row->counts && row->channel == cell->channel && row->mode == cell->mode;
    case THING_PERIOD:
        return row->period == report_period(finder->programme, cell->period);
    case THING_TOTAL:
    case THING_ITEM:
        break;
    }
    return false;
}

/* The thing of that kind that the cell is part of; 0 if there is none. Neighbouring cells
   are mostly of the same: begins with the one that was found last. */
static size_t thing_of(const struct hiding *hiding, enum thing_kind kind,
    const struct report_finder *finder, const struct tally_cell *cell, size_t last)
{
    size_t first = hiding->firsts[kind], end = hiding->firsts[kind + 1];
    size_t at = last < first ? first : last;
    for (size_t i = first; i < end; i++, at = at + 1 < end ? at + 1 : first)
        if (is_row_of(hiding->links.list[at].row, kind, finder, cell))
            return at;
    return 0;
}

/* Cells of one wave and centre that stand together are one block at once. */
static size_t list_blocks(struct hiding *hiding, const struct tally_cell *cells,
    size_t cell_count, enum thing_kind kind, struct block *blocks)
{
    size_t count = 0;
    struct report_finder finder = {
        .plan = hiding->input->plan, .indicator = hiding->of->indicator};
    struct block last = {0};
    for (size_t i = 0; i < cell_count; i++) {
        const struct tally_cell *cell = &cells[i];
        report_find(&finder, cell);
        if (finder.wave == NULL || report_valid(finder.plan, finder.programme, cell) == 0)
            continue;
        size_t *of_kind = kind == THING_CHANNEL ? &last.channel : &last.period;
        last.stratum = thing_of(hiding, THING_STRATUM, &finder, cell, last.stratum);
        last.centre = thing_of(hiding, THING_CENTRE, &finder, cell, last.centre);
        *of_kind = thing_of(hiding, kind, &finder, cell, *of_kind);
        if (last.stratum == 0 || last.centre == 0) /* its wave is not open yet */
            continue;
        if (count > 0 && compare_blocks(&blocks[count - 1], &last) == 0)
            merge_into(hiding, &last, &blocks[count - 1]);
        else
            blocks[count++] = last;
    }
    return count;
}

static size_t count_cells(
    const struct hiding *hiding, const struct tally_cell *cells, size_t cell_count)
{
    size_t count = 0;
    struct report_finder finder = {
        .plan = hiding->input->plan, .indicator = hiding->of->indicator};
    for (size_t i = 0; i < cell_count; i++) {
        report_find(&finder, &cells[i]);
        count += finder.wave != NULL;
    }
    return count;
}

enum status hiding_list_blocks(
    struct hiding *hiding, struct block **out_blocks, size_t *out_count)
{
    const struct report_input *input = hiding->input;
    size_t room = count_cells(hiding, input->waves, input->wave_count) +
                  count_cells(hiding, input->periods, input->period_count);
    struct block *blocks = arena_take_array(hiding->arena, room, sizeof *blocks);
    if (blocks == NULL)
        return STATUS_NO_MEMORY;
    size_t count =
        list_blocks(hiding, input->waves, input->wave_count, THING_CHANNEL, blocks);
    count += list_blocks(
        hiding, input->periods, input->period_count, THING_PERIOD, blocks + count);
    count = merge_blocks(hiding, blocks, count);
    join_parts(hiding, blocks, count);
    *out_blocks = blocks;
    *out_count = count;
    return STATUS_OK;
}
