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

enum status settle_chunk(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *settled)
{
    struct settling first = *settling;
    struct sql_statement *chunk = sql_use(sql, settling->chunk);
    sql_bind_number(chunk, 1, max);
    enum status rc = sql_step(chunk);
    if (rc != STATUS_OK)
        return rc;
    first.last = sql_number(chunk, 0);
    sql_reset(chunk);
    *settled = 0;
    return first.last == 0 ? STATUS_OK : settle(sql, &first, settled);
}
