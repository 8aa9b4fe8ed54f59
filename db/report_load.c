/* report_load.c: the slices, the sets and the seals of each programme, and how many codes
   each wave was given. Counts and sets are read in one view of the data: the seal of a
   report is of the answers that it counts. */
#include "db/report_load.h"

#include "db/codes.h"
#include "db/comments.h"
#include "db/demo_store.h"
#include "db/evidence.h"
#include "db/seals.h"
#include "db/sets.h"
#include "db/sql.h"
#include "db/tally_store.h"

#include <string.h>

/* An array that grows by what each programme has. */
struct list {
    void *items;
    size_t count;
};

struct loading {
    struct store *store;
    struct sql *sql;
    struct arena *arena;
    struct list cells[TALLY_SLICE_COUNT];
    struct list sets;
    struct list seals;
    bool has_comments;
    struct report_comments_input comments;
    struct report_asked *asked;
    size_t asked_count;
};

static enum status append(struct loading *loading, struct list *list, const void *items,
    size_t count, size_t size)
{
    if (count == 0)
        return STATUS_OK;
    char *grown = arena_grow(
        loading->arena, list->items, list->count * size, (list->count + count) * size);
    if (grown == NULL)
        return STATUS_NO_MEMORY;
    memcpy(grown + list->count * size, items, count * size);
    list->items = grown;
    list->count += count;
    return STATUS_OK;
}

static enum status load_cells(
    struct loading *loading, enum tally_slice slice, struct text programme)
{
    struct tally_cell *cells = NULL;
    size_t count = 0;
    enum status status = tally_read(
        loading->sql, loading->arena, slice, TALLY_RELEASED, programme, &cells, &count);
    if (status != STATUS_OK)
        return status;
    return append(loading, &loading->cells[slice], cells, count, sizeof *cells);
}

static enum status load_seals(struct loading *loading, struct text programme)
{
    struct seal_period *sets = NULL;
    struct seal *seals = NULL;
    size_t count = 0;
    enum status status =
        sets_list(loading->sql, loading->arena, programme, &sets, &count);
    if (status == STATUS_OK)
        status = append(loading, &loading->sets, sets, count, sizeof *sets);
    if (status == STATUS_OK)
        status = seals_list(loading->sql, loading->arena, programme, &seals, &count);
    if (status == STATUS_OK)
        status = append(loading, &loading->seals, seals, count, sizeof *seals);
    return status;
}

static enum status load_programmes(struct loading *loading, const struct plan *plan)
{
    enum status status = sql_begin_read(loading->sql);
    for (size_t i = 0; i < plan->programme_count && status == STATUS_OK; i++) {
        struct text id = plan->programmes[i].id;
        for (int slice = 0; slice < TALLY_SLICE_COUNT && status == STATUS_OK; slice++)
            status = load_cells(loading, (enum tally_slice)slice, id);
        if (status == STATUS_OK)
            status = load_seals(loading, id);
    }
    if (status == STATUS_OK && loading->has_comments)
        status = comments_load(loading->sql, loading->arena, &loading->comments);
    sql_rollback(loading->sql); /* ends the view */
    return status;
}

static enum status load_in_one_view(struct loading *loading, const struct plan *plan)
{
    loading->sql = store_take_reader(loading->store);
    if (loading->sql == NULL)
        return STATUS_BUSY;
    enum status status = load_programmes(loading, plan);
    store_give_reader(loading->store, loading->sql);
    return status;
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

/* Evidence holds no comments, which is not that there are none. */
static enum status find_comments(struct loading *loading)
{
    struct text program;
    enum status status =
        evidence_get(loading->store, EVIDENCE_PROGRAM, loading->arena, &program);
    loading->has_comments = status == STATUS_NOT_FOUND;
    return loading->has_comments ? STATUS_OK : status;
}

enum status report_load(struct store *store, struct arena *arena,
    const struct plan_version *version, day_t as_of, day_t today, struct report *out)
{
    const struct plan *plan = version->plan;
    struct loading loading = {.store = store, .arena = arena};
    loading.asked =
        arena_take_array(arena, plan_count_waves(plan), sizeof *loading.asked);
    enum status status = loading.asked == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK)
        status = find_comments(&loading);
    if (status == STATUS_OK)
        status = load_in_one_view(&loading, plan);
    for (size_t i = 0; i < plan->programme_count && status == STATUS_OK; i++)
        status = load_asked(&loading, &plan->programmes[i]);
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
            .today = today,
            .is_demo = demo != DEMO_NONE,
            .waves = loading.cells[TALLY_BY_WAVE].items,
            .wave_count = loading.cells[TALLY_BY_WAVE].count,
            .periods = loading.cells[TALLY_BY_PERIOD].items,
            .period_count = loading.cells[TALLY_BY_PERIOD].count,
            .sets = loading.sets.items,
            .set_count = loading.sets.count,
            .seals = loading.seals.items,
            .seal_count = loading.seals.count,
            .asked = loading.asked,
            .asked_count = loading.asked_count,
            .comments = loading.has_comments ? &loading.comments : NULL,
        },
        out);
}
