/* report_load.c: the wave slice of each programme, and how many codes each wave was
 * given. */
#include "db/report_load.h"

#include "db/codes.h"
#include "db/demo_store.h"
#include "db/tally_store.h"

#include <string.h>

struct loading {
    struct store *store;
    struct arena *arena;
    struct tally_cell *cells[TALLY_SLICE_COUNT];
    size_t cell_counts[TALLY_SLICE_COUNT];
    struct report_asked *asked;
    size_t asked_count;
};

static enum status load_cells(
    struct loading *loading, enum tally_slice slice, struct text programme)
{
    struct tally_cell *cells;
    size_t count;
    enum status status =
        tally_list(loading->store, loading->arena, slice, programme, &cells, &count);
    if (status != STATUS_OK || count == 0)
        return status;
    size_t before = loading->cell_counts[slice];
    struct tally_cell *grown = arena_grow(loading->arena, loading->cells[slice],
        before * sizeof *cells, (before + count) * sizeof *cells);
    if (grown == NULL)
        return STATUS_NO_MEMORY;
    memcpy(grown + before, cells, count * sizeof *cells);
    loading->cells[slice] = grown;
    loading->cell_counts[slice] = before + count;
    return STATUS_OK;
}

static enum status load_asked(
    struct loading *loading, const struct plan_programme *programme)
{
    for (size_t i = 0; i < programme->wave_count; i++) {
        struct report_asked *asked = &loading->asked[loading->asked_count++];
        *asked = (struct report_asked){programme->id, programme->waves[i].id, -1};
        enum status status =
            codes_asked(loading->store, asked->programme, asked->wave, &asked->asked);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status report_load(struct store *store, struct arena *arena,
    const struct plan_version *version, day_t as_of, struct report *out)
{
    const struct plan *plan = version->plan;
    struct loading loading = {.store = store, .arena = arena};
    loading.asked =
        arena_take_array(arena, plan_count_waves(plan), sizeof *loading.asked);
    enum status status = loading.asked == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    for (size_t i = 0; i < plan->programme_count && status == STATUS_OK; i++) {
        struct text id = plan->programmes[i].id;
        status = load_cells(&loading, TALLY_BY_WAVE, id);
        if (status == STATUS_OK)
            status = load_cells(&loading, TALLY_BY_PERIOD, id);
        if (status == STATUS_OK)
            status = load_asked(&loading, &plan->programmes[i]);
    }
    enum demo_state demo = DEMO_NONE;
    if (status == STATUS_OK)
        status = demo_store_find(store, &demo);
    if (status != STATUS_OK)
        return status;
    return report_build(arena,
        &(struct report_input){
            .plan = plan,
            .plan_version = version->version,
            .as_of = as_of,
            .is_demo = demo != DEMO_NONE,
            .waves = loading.cells[TALLY_BY_WAVE],
            .wave_count = loading.cell_counts[TALLY_BY_WAVE],
            .periods = loading.cells[TALLY_BY_PERIOD],
            .period_count = loading.cell_counts[TALLY_BY_PERIOD],
            .asked = loading.asked,
            .asked_count = loading.asked_count,
        },
        out);
}
