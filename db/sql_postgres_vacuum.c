/* sql_postgres_vacuum.c: takes out of the tables what rows were before they were mixed.
   The server keeps an old row for as long as somebody may still look at it, so whoever
   began to look before is waited for. */
#include "db/sql_postgres_parts.h"

#include <stdio.h>
#include <time.h>

/* What is written in one transaction with a submission, and the submissions. A small
   table is written anew into another file, so that not even free space tells what was
   there; of a large one nobody could wait for that. */
static const struct {
    const char *size;
    const char *small;
    const char *large;
} tables[] = {
    {"SELECT pg_total_relation_size('code')", "VACUUM FULL code", "VACUUM code"},
    {"SELECT pg_total_relation_size('rotating_spent')", "VACUUM FULL rotating_spent",
        "VACUUM rotating_spent"},
    {"SELECT pg_total_relation_size('comment')", "VACUUM FULL comment", "VACUUM comment"},
    {"SELECT pg_total_relation_size('comment_arrival')", "VACUUM FULL comment_arrival",
        "VACUUM comment_arrival"},
    {"SELECT pg_total_relation_size('submission')", "VACUUM FULL submission",
        "VACUUM submission"},
};

enum {
    SMALL_BYTES = 32 << 20, /* about half a second in which all others wait */
    LOOKS = 20,
    PAUSE_NS = 10000000
};

/* The first transaction that had not begun when this was asked. */
static enum status ask_horizon(struct pg *sql, int64_t *out)
{
    return pg_ask(sql, "SELECT pg_snapshot_xmax(pg_current_snapshot())", out);
}

/* Who looks at this database as it was before, and whether any transaction of the whole
   server is from before: a new look begins where the oldest of those does. */
static enum status wait_for_others(struct pg *sql, int64_t horizon)
{
    char query[600];
    int64_t others = 1;
    enum status rc = STATUS_OK;
    (void)snprintf(query, sizeof query,
        "SELECT count(*) + CASE WHEN CAST(CAST("
        "pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) < %lld"
        " THEN 1 ELSE 0 END FROM pg_stat_activity"
        " WHERE (datname = current_database() OR datname IS NULL)"
        " AND pid <> pg_backend_pid() AND age(backend_xmin) > age(CAST('%lld' AS xid))",
        (long long)horizon, (long long)(horizon & UINT32_MAX));
    for (int i = 0; rc == STATUS_OK && others > 0 && i < LOOKS; i++) {
        rc = pg_ask(sql, query, &others);
        if (others > 0)
            (void)nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    }
    return rc == STATUS_OK && others > 0 ? STATUS_BUSY : rc;
}

static enum status clean(struct pg *sql, size_t table)
{
    int64_t bytes = 0;
    enum status rc = pg_ask(sql, tables[table].size, &bytes);
    if (rc != STATUS_OK)
        return rc;
    return pg_run_plain(
        sql, bytes < SMALL_BYTES ? tables[table].small : tables[table].large, "vacuum");
}

/* A table is not waited for longer than others can wait behind. */
enum status pg_forget_log(struct sql *base)
{
    struct pg *sql = pg_of(base);
    int64_t horizon = 0;
    enum status rc = pg_run_plain(sql, "SET lock_timeout = 100", "vacuum");
    if (rc == STATUS_OK)
        rc = ask_horizon(sql, &horizon);
    if (rc == STATUS_OK)
        rc = wait_for_others(sql, horizon);
    for (size_t i = 0; rc == STATUS_OK && i < sizeof tables / sizeof *tables; i++)
        rc = clean(sql, i);
    return rc;
}
