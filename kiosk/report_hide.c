/* report_hide.c: which rows of an indicator are hidden. First each breakdown by itself,
   as a list of groups whose sum is shown. Then what the breakdowns tell of each other: a
   wave's answers are also the answers of its centres, its channels and its periods.
   How many came in (received) is public for every row, so within the answers left open a
   reader knows how many are hidden; what these said is what nobody may compute. */
#include "kiosk/report_hiding.h"
#include "kiosk/suppress.h"

/* ---- things ---- */

static const struct report_rows *rows_of(
    const struct report_indicator *of, enum thing_kind kind)
{
    const struct report_rows *const rows[] = {[THING_STRATUM] = &of->strata,
        [THING_CENTRE] = &of->by_centre,
        [THING_CHANNEL] = &of->by_channel,
        [THING_PERIOD] = &of->by_period,
        [THING_ITEM] = &of->items};
    return rows[kind];
}

static void list_things(struct hiding *hiding)
{
    struct links *links = &hiding->links;
    links->list[links->count++] = (struct thing){.kind = THING_TOTAL,
        .n = hiding->of->n,
        .is_hidden = group_is_small(hiding->of->n, links->k)};
    for (int kind = THING_STRATUM; kind <= THING_ITEM; kind++) {
        const struct report_rows *rows = rows_of(hiding->of, (enum thing_kind)kind);
        hiding->firsts[kind] = links->count;
        for (size_t i = 0; i < rows->count; i++)
            links->list[links->count++] = (struct thing){.kind = (enum thing_kind)kind,
                .row = &rows->list[i],
                .n = rows->list[i].n,
                .is_hidden = group_is_small(rows->list[i].n, links->k)};
    }
    hiding->firsts[THING_ITEM + 1] = links->count;
    for (size_t i = 0; i < links->count; i++)
        hiding->parts[i] = i;
}

static bool has_small(const struct hiding *hiding)
{
    for (size_t i = 0; i < hiding->links.count; i++)
        if (hiding->links.list[i].is_hidden)
            return true;
    return false;
}

/* ---- each breakdown by itself ---- */

/* Rows of a breakdown whose sum is shown or follows; those that count and those that
   stand beside the figure are two lists. */
static enum status cover_list(
    struct hiding *hiding, enum thing_kind kind, bool is_counted)
{
    size_t count = 0, room = hiding->firsts[kind + 1] - hiding->firsts[kind];
    int64_t *n = arena_take_array(hiding->arena, room, sizeof *n);
    bool *hidden = arena_take_array(hiding->arena, room, sizeof *hidden);
    struct thing **things = arena_take_array(hiding->arena, room, sizeof(struct thing *));
    if (n == NULL || hidden == NULL || things == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = hiding->firsts[kind]; i < hiding->firsts[kind + 1]; i++) {
        struct thing *thing = &hiding->links.list[i];
        if (thing->row->counts != is_counted ||
            (kind == THING_ITEM && !report_item_is_sum(hiding->input->plan,
                                       &hiding->of->strata, thing->row->item)))
            continue;
        n[count] = thing->n;
        things[count++] = thing;
    }
    (void)suppress_groups(n, count, hiding->links.k, hidden);
    for (size_t i = 0; i < count; i++)
        things[i]->is_hidden = hidden[i];
    return STATUS_OK;
}

static enum status cover_lists(struct hiding *hiding)
{
    enum status status = STATUS_OK;
    for (int kind = THING_STRATUM; kind <= THING_ITEM && status == STATUS_OK; kind++) {
        status = cover_list(hiding, (enum thing_kind)kind, true);
        if (status == STATUS_OK)
            status = cover_list(hiding, (enum thing_kind)kind, false);
    }
    return status;
}

enum status report_hide_rows(
    struct arena *arena, const struct report_input *input, struct report_indicator *of)
{
    size_t room = 1, block_count = 0;
    struct block *blocks = NULL;
    for (int kind = THING_STRATUM; kind <= THING_ITEM; kind++)
        room += rows_of(of, (enum thing_kind)kind)->count;
    struct hiding hiding = {.arena = arena, .input = input, .of = of};
    hiding.links.k = input->plan->k;
    hiding.links.list = arena_take_array(arena, room, sizeof *hiding.links.list);
    hiding.parts = arena_take_array(arena, room, sizeof *hiding.parts);
    if (hiding.links.list == NULL || hiding.parts == NULL)
        return STATUS_NO_MEMORY;
    list_things(&hiding);
    if (!has_small(&hiding))
        return STATUS_OK;
    enum status status = cover_lists(&hiding);
    if (status == STATUS_OK)
        status = hiding_list_blocks(&hiding, &blocks, &block_count);
    if (status == STATUS_OK)
        status = hiding_find_sums(&hiding, blocks, block_count);
    if (status == STATUS_OK)
        status = links_cover(arena, &hiding.links);
    for (size_t i = 1; i < hiding.links.count && status == STATUS_OK; i++)
        if (hiding.links.list[i].is_hidden)
            report_row_hide(hiding.links.list[i].row);
    return status;
}

void report_hide_waiting(struct report_indicator *of)
{
    for (int kind = THING_STRATUM; kind <= THING_ITEM; kind++) {
        const struct report_rows *rows = rows_of(of, (enum thing_kind)kind);
        for (size_t i = 0; i < rows->count; i++)
            if (rows->list[i].waits)
                report_row_hide(&rows->list[i]);
    }
}
