/* settling.c: one statement puts down, one takes up, and their numbers are compared. */
#include "db/settling.h"

#include "db/log.h"

enum { AT_ONCE = 250 }; /* some milliseconds, and a page of each in memory */

/* Behind the first place, and not behind the last. */
struct piece {
    int64_t after;
    int64_t last; /* 0: nothing lies there */
};

static enum status run_on(struct sql *sql, enum statement id,
    const struct settling *settling, const struct piece *piece, int64_t *changed)
{
    struct sql_statement *statement = sql_use(sql, id);
    if (settling->programme.len == 0) {
        sql_bind_number(statement, 1, piece->last);
    } else {
        sql_bind_text(statement, 1, settling->programme);
        sql_bind_text(statement, 2, settling->wave);
        sql_bind_number(statement, 3, piece->after);
        sql_bind_number(statement, 4, piece->last);
    }
    enum status rc = sql_run(statement);
    *changed = rc == STATUS_OK ? sql_changes(sql) : 0;
    return rc;
}

static enum status settle_piece(struct sql *sql, const struct settling *settling,
    const struct piece *piece, int64_t *settled)
{
    int64_t forgotten = 0;
    enum status rc = run_on(sql, settling->settle, settling, piece, settled);
    if (rc == STATUS_OK)
        rc = run_on(sql, settling->forget, settling, piece, &forgotten);
    if (rc != STATUS_OK || forgotten == *settled)
        return rc;
    log_line(LOG_LEVEL_ERROR, "settling.misfit", settling->programme);
    return STATUS_INTERNAL;
}

/* The piece of so many, whatever wave they are of. */
static enum status find_last(
    struct sql *sql, const struct settling *settling, int64_t max, struct piece *piece)
{
    struct sql_statement *chunk = sql_use(sql, settling->chunk);
    sql_bind_number(chunk, 1, piece->after);
    sql_bind_number(chunk, 2, max);
    return sql_step_number(chunk, &piece->last);
}

enum status settle_wave(struct sql *sql, const struct settling *settling)
{
    struct piece piece = {0};
    int64_t ignored = 0;
    enum status rc = find_last(sql, settling, AT_ONCE, &piece);
    while (rc == STATUS_OK && piece.last > 0) {
        rc = settle_piece(sql, settling, &piece, &ignored);
        piece.after = piece.last;
        if (rc == STATUS_OK)
            rc = find_last(sql, settling, AT_ONCE, &piece);
    }
    return rc;
}

static enum status settle_first(struct sql *sql, const struct settling *settling,
    int64_t max, int64_t *last, int64_t *settled)
{
    struct piece piece = {0};
    enum status rc = find_last(sql, settling, max, &piece);
    *last = piece.last;
    *settled = 0;
    return rc != STATUS_OK || piece.last == 0
               ? rc
               : settle_piece(sql, settling, &piece, settled);
}

enum status settle_chunk(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *settled)
{
    int64_t ignored = 0;
    return settle_first(sql, settling, max, &ignored, settled);
}

/* 0: none lies there, or nobody can say. */
static int64_t newest_of(struct store *store, const struct settling *settling)
{
    int64_t place = 0;
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return 0;
    enum status rc = sql_step_number(sql_use(sql, settling->newest), &place);
    store_give_reader(store, sql);
    return rc == STATUS_OK ? place : 0;
}

/* False when none were left, or it failed. */
static bool settle_some(
    struct store *store, const struct settling *settling, int64_t *last)
{
    struct sql *sql = NULL;
    int64_t ignored = 0;
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(store, sql, settle_first(sql, settling, AT_ONCE, last, &ignored));
    if (rc == STATUS_OK)
        store_keep_log_short(store);
    return rc == STATUS_OK && *last > 0;
}

void settle_most(struct store *store, const struct settling *settling)
{
    int64_t newest = newest_of(store, settling);
    int64_t last = 0;
    while (last < newest && settle_some(store, settling, &last))
        continue;
}
