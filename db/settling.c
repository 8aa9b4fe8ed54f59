/* settling.c: one statement puts down, one takes up, and their numbers are compared. */
#include "db/settling.h"

#include "db/log.h"

static enum status run_on(
    struct sql *sql, enum statement id, const struct settling *settling, int64_t *changed)
{
    struct sql_statement *statement = sql_use(sql, id);
    if (settling->last > 0) {
        sql_bind_number(statement, 1, settling->last);
    } else {
        sql_bind_text(statement, 1, settling->programme);
        sql_bind_text(statement, 2, settling->wave);
    }
    enum status rc = sql_run(statement);
    *changed = rc == STATUS_OK ? sql_changes(sql) : 0;
    return rc;
}

enum status settle(struct sql *sql, const struct settling *settling, int64_t *settled)
{
    int64_t forgotten = 0;
    enum status rc = run_on(sql, settling->settle, settling, settled);
    if (rc == STATUS_OK)
        rc = run_on(sql, settling->forget, settling, &forgotten);
    if (rc != STATUS_OK || forgotten == *settled)
        return rc;
    log_line(LOG_LEVEL_ERROR, "settling.misfit", settling->programme);
    return STATUS_INTERNAL;
}

/* Where the last of so many lies; 0: there is none. */
static enum status find_last(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *last)
{
    struct sql_statement *chunk = sql_use(sql, settling->chunk);
    sql_bind_number(chunk, 1, max);
    return sql_step_number(chunk, last);
}

enum status settle_chunk(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *settled)
{
    struct settling first = *settling;
    *settled = 0;
    enum status rc = find_last(sql, settling, max, &first.last);
    return rc != STATUS_OK || first.last == 0 ? rc : settle(sql, &first, settled);
}

static bool is_any(struct store *store, const struct settling *settling)
{
    int64_t last = 0;
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return false;
    enum status rc = find_last(sql, settling, 1, &last);
    store_give_reader(store, sql);
    return rc == STATUS_OK && last > 0;
}

void settle_most(struct store *store, const struct settling *settling)
{
    enum { AT_ONCE = 250 }; /* a millisecond or two, and a page of each in memory */
    enum status rc = STATUS_OK;
    int64_t settled = is_any(store, settling) ? AT_ONCE : 0;
    while (rc == STATUS_OK && settled == AT_ONCE) {
        struct sql *sql = NULL;
        rc = store_begin(store, &sql);
        if (rc == STATUS_OK)
            rc = store_end(store, sql, settle_chunk(sql, settling, AT_ONCE, &settled));
        if (rc == STATUS_OK)
            store_keep_log_short(store);
    }
}
