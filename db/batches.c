/* batches.c: batches as rows of a list, hand-outs as two counters a wave. */
#include "db/batches.h"

#include "db/sql.h"
#include "kiosk/limits.h"

/* ---- batches ---- */

static enum status batch_from_row(
    struct sql_statement *row, struct arena *arena, struct batch_record *out)
{
    *out = (struct batch_record){
        .id = sql_number(row, 0),
        .centre = text_copy(arena, sql_text(row, 1)),
        .channel = (enum channel)sql_number(row, 2),
        .count = sql_number(row, 3),
        .made_on = (day_t)sql_number(row, 4),
        .is_voided = sql_number(row, 5) != 0,
        .voided = sql_number(row, 6),
        .reason = text_copy(arena, sql_text(row, 7)),
        .made_by = text_copy(arena, sql_text(row, 8)),
    };
    bool fits =
        out->centre.ptr != NULL && out->reason.ptr != NULL && out->made_by.ptr != NULL;
    return fits ? STATUS_OK : STATUS_NO_MEMORY;
}

/* What the list grows by comes from an arena that takes texts between: rows are copied
   now and then. */
static enum status read_batches(struct sql_statement *rows, struct arena *arena,
    struct batch_record **out, size_t *out_count)
{
    struct batch_record *list = NULL;
    size_t count = 0;
    size_t room = 0;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        if (count == room) {
            size_t grown = room == 0 ? 16 : 2 * room;
            list = arena_grow(arena, list, room * sizeof *list, grown * sizeof *list);
            room = grown;
        }
        rc =
            list == NULL ? STATUS_NO_MEMORY : batch_from_row(rows, arena, &list[count++]);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    if (rc != STATUS_NOT_FOUND)
        return rc;
    *out = list;
    *out_count = count;
    return STATUS_OK;
}

enum status batches_list(struct store *store, struct arena *arena, struct text programme,
    struct text wave, struct batch_record **out, size_t *count)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *rows = sql_use(sql, SQL_BATCH_LIST);
    sql_bind_text(rows, 1, programme);
    sql_bind_text(rows, 2, wave);
    enum status rc = read_batches(rows, arena, out, count);
    store_give_reader(store, sql);
    return rc;
}

/* ---- hand-outs ---- */

static enum status get_handout(
    struct sql *sql, struct text programme, struct text wave, struct handout *out)
{
    struct sql_statement *get = sql_use(sql, SQL_HANDOUT_GET);
    sql_bind_text(get, 1, programme);
    sql_bind_text(get, 2, wave);
    enum status rc = sql_step(get);
    *out = (struct handout){0};
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    out->handed_out = sql_number(get, 0);
    out->refused = sql_number(get, 1);
    sql_reset(get);
    return STATUS_OK;
}

enum status handouts_get(
    struct store *store, struct text programme, struct text wave, struct handout *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = get_handout(sql, programme, wave, out);
    store_give_reader(store, sql);
    return rc;
}

static bool is_possible(int64_t before, int64_t change, int64_t *after)
{
    return !__builtin_add_overflow(before, change, after) && *after >= 0 &&
           *after <= WAVE_POPULATION_MAX;
}

static enum status add_handout(struct sql *sql, struct text programme, struct text wave,
    const struct handout *change)
{
    struct handout now;
    enum status rc = get_handout(sql, programme, wave, &now);
    if (rc != STATUS_OK)
        return rc;
    if (!is_possible(now.handed_out, change->handed_out, &now.handed_out) ||
        !is_possible(now.refused, change->refused, &now.refused))
        return STATUS_INVALID;
    struct sql_statement *set = sql_use(sql, SQL_HANDOUT_SET);
    sql_bind_text(set, 1, programme);
    sql_bind_text(set, 2, wave);
    sql_bind_number(set, 3, now.handed_out);
    sql_bind_number(set, 4, now.refused);
    return sql_run(set);
}

enum status handouts_add(struct store *store, struct text programme, struct text wave,
    const struct handout *change)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(store, sql, add_handout(sql, programme, wave, change));
}
