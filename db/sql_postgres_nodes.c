/* sql_postgres_nodes.c: what several programs on one database agree on, by advisory locks
   of the connection: they are gone with it, however it ends. */
#include "db/sql_postgres_parts.h"
#include "kiosk/limits.h"

#include <stdio.h>

static enum status try_lock(struct pg *sql, int lock, bool *out)
{
    char query[100];
    int64_t is_taken = 0;
    (void)snprintf(
        query, sizeof query, "SELECT pg_try_advisory_lock(%d, %d)", PG_LOCKS, lock);
    enum status rc = pg_ask(sql, query, &is_taken);
    *out = is_taken != 0;
    return rc;
}

enum status pg_take_node(struct sql *base, int64_t *out)
{
    for (int node = 1; node <= NODES_MAX; node++) {
        bool is_mine = false;
        enum status rc = try_lock(pg_of(base), PG_LOCK_NODE + node, &is_mine);
        if (rc != STATUS_OK)
            return rc;
        if (!is_mine)
            continue;
        *out = node;
        return STATUS_OK;
    }
    return STATUS_BUSY;
}

enum status pg_has_nodes(struct sql *base, bool *out)
{
    char query[300];
    int64_t count = 0;
    (void)snprintf(query, sizeof query,
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %d"
        " AND objid > %d AND pid <> pg_backend_pid() AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())",
        PG_LOCKS, PG_LOCK_NODE);
    enum status rc = pg_ask(pg_of(base), query, &count);
    *out = count > 0;
    return rc;
}

/* Once: a lock that is taken twice must be given back twice. */
enum status pg_lead(struct sql *base, bool *out)
{
    struct pg *sql = pg_of(base);
    enum status rc = STATUS_OK;
    if (!sql->leads)
        rc = try_lock(sql, PG_LOCK_LEAD, &sql->leads);
    *out = rc == STATUS_OK && sql->leads;
    return rc;
}
