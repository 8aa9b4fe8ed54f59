/* sql_postgres_open.c: opens a connection to PostgreSQL: what the server must be, what it
   is told of each connection, and whose database it is. */
#include "db/sql_postgres_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* On the table that says the version: tells our databases from other programs'. */
#define MARK "manyi"
#define OUR_SCHEMA "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
/* Tables, partitioned ones, views, sequences, foreign tables. */
#define OUR_TABLES                                                                       \
    "FROM pg_class WHERE relnamespace = " OUR_SCHEMA                                     \
    " AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"

/* ---- whose it is ---- */

enum status pg_is_fresh(struct sql *base, bool *out)
{
    int64_t count = 0;
    enum status rc = pg_ask(pg_of(base), "SELECT count(*) " OUR_TABLES, &count);
    *out = count == 0;
    return rc;
}

enum status pg_adopt(struct sql *base)
{
    return pg_run_plain(
        pg_of(base), "COMMENT ON TABLE schema_version IS '" MARK "'", "adopt");
}

/* Rows that each batch writes again stay on their page, with room for the next version of
   them, and whole: lanes are random bytes, which nothing makes shorter, and apart they
   would cost three writes more. The version of an answer's plan is looked up by the
   statement that writes a batch, not for each row. */
enum status pg_lay_out(struct sql *base)
{
    return pg_run_plain(pg_of(base),
        "ALTER TABLE submission DROP CONSTRAINT IF EXISTS submission_plan_version_fkey;"
        "ALTER TABLE period_set ALTER COLUMN lanes SET STORAGE PLAIN;"
        "ALTER TABLE period_set SET (fillfactor = 50);"
        "ALTER TABLE tally ALTER COLUMN cell SET STORAGE MAIN;"
        "ALTER TABLE tally SET (fillfactor = 50)",
        "lay_out");
}

static enum status refuse(
    struct sql_why *why, enum sql_refusal refusal, const char *detail, enum status rc)
{
    why->refusal = refusal;
    (void)snprintf(
        why->detail, sizeof why->detail, "%.*s", (int)strcspn(detail, "\n"), detail);
    return rc;
}

/* A question that must be answered with more than 0; else it is refused. */
static enum status demand(struct pg *sql, const char *query, struct sql_why *why,
    enum sql_refusal refusal, const char *detail)
{
    int64_t found = 0;
    enum status rc = pg_ask(sql, query, &found);
    if (rc != STATUS_OK || found > 0)
        return rc;
    return refuse(why, refusal, detail, STATUS_INVALID);
}

static enum status check_owner(struct pg *sql, struct sql_why *why)
{
    bool is_fresh = false;
    enum status rc = demand(sql,
        "SELECT count(*) FROM pg_namespace"
        " WHERE nspname = current_schema()",
        why, SQL_REFUSED_RIGHTS, "schema public");
    if (rc == STATUS_OK)
        rc = pg_is_fresh(&sql->base, &is_fresh);
    if (rc != STATUS_OK)
        return rc;
    if (is_fresh)
        return demand(sql, "SELECT has_schema_privilege(current_schema(), 'CREATE')", why,
            SQL_REFUSED_RIGHTS, "schema public");
    rc = demand(sql,
        "SELECT count(*) " OUR_TABLES " AND relname = 'schema_version'"
        " AND obj_description(oid, 'pg_class') = '" MARK "'",
        why, SQL_REFUSED_FOREIGN, "");
    if (rc != STATUS_OK)
        return rc;
    return demand(sql,
        "SELECT count(*) = 0 " OUR_TABLES " AND NOT (has_table_privilege(oid, 'SELECT')"
        " AND has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE')"
        " AND has_table_privilege(oid, 'DELETE'))",
        why, SQL_REFUSED_RIGHTS, "tables");
}

/* ---- what the server must be ---- */

static enum status check_version(struct pg *sql, struct sql_why *why)
{
    const char *encoding = PQparameterStatus(sql->connection, "server_encoding");
    const char *version = PQparameterStatus(sql->connection, "server_version");
    if (PQserverVersion(sql->connection) < SERVER_VERSION_MIN * 10000)
        return refuse(
            why, SQL_REFUSED_OLD, version == NULL ? "" : version, STATUS_INVALID);
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return refuse(
            why, SQL_REFUSED_ENCODING, encoding == NULL ? "" : encoding, STATUS_INVALID);
    return STATUS_OK;
}

static enum status check_writing(struct pg *sql, struct sql_why *why)
{
    if (sql->use != SQL_WRITER)
        return STATUS_OK;
    return demand(sql, "SELECT current_setting('transaction_read_only') = 'off'", why,
        SQL_REFUSED_READ_ONLY, "");
}

/* ---- what it is told ---- */

/* A commit that was acknowledged is on the disk, whatever the server's habit; and who
   hangs in a transaction does not keep the others waiting for ever. */
static enum status set_up(struct pg *sql)
{
    char text[500];
    (void)snprintf(text, sizeof text,
        "SET client_min_messages = warning; SET lock_timeout = %d;"
        "SET idle_in_transaction_session_timeout = %d; %s"
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'",
        SQL_PATIENCE_MS, sql->use == SQL_WRITER ? 30000 : 0,
        sql->use == SQL_WRITER ? "" : "SET default_transaction_read_only = on;");
    return pg_run_plain(sql, text, "set_up");
}

static void swallow(void *context, const char *message)
{
    (void)context;
    (void)message;
}

/* The address's own options win over ours, which come first. */
static PGconn *connect_to(const char *address)
{
    static const char *const names[] = {"connect_timeout", "keepalives_idle",
        "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {
        "5", "10", "5", "3", "15000", "manyi", address, "UTF8", NULL};
    return PQconnectdbParams(names, values, 1);
}

/* A password that has an @, / or ? as it is would be cut in two, and its end told as the
   name of a server. */
static bool is_plain(const char *address)
{
    const char *authority = strstr(address, "://") + 3;
    const char *at = strchr(address, '@');
    return at == NULL ||
           (at == strrchr(address, '@') && at < authority + strcspn(authority, "/?#"));
}

static bool is_address(const char *address)
{
    if (!is_plain(address))
        return false;
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    PQconninfoFree(options);
    return options != NULL;
}

static enum status open_connection(
    struct pg *sql, const char *address, struct sql_why *why)
{
    if (!is_address(address))
        return refuse(why, SQL_REFUSED_ADDRESS, "", STATUS_INVALID);
    sql->connection = connect_to(address);
    if (sql->connection == NULL)
        return STATUS_NO_MEMORY;
    if (PQstatus(sql->connection) != CONNECTION_OK)
        return refuse(why, SQL_REFUSED_UNREACHABLE, PQerrorMessage(sql->connection),
            STATUS_INTERNAL);
    (void)PQsetNoticeProcessor(sql->connection, swallow, NULL);
    enum status rc = check_version(sql, why);
    if (rc == STATUS_OK)
        rc = set_up(sql);
    if (rc == STATUS_OK)
        rc = check_writing(sql, why);
    return rc == STATUS_OK ? check_owner(sql, why) : rc;
}

enum status sql_server_open(
    const char *address, enum sql_use use, struct sql **out, struct sql_why *why)
{
    struct pg *sql = calloc(1, sizeof *sql);
    *why = (struct sql_why){.refusal = SQL_REFUSED_NOT};
    if (sql == NULL)
        return STATUS_NO_MEMORY;
    sql_become(&sql->base, &pg_engine);
    sql->use = use;
    enum status rc = open_connection(sql, address, why);
    if (rc == STATUS_OK) {
        *out = &sql->base;
        return rc;
    }
    if (why->refusal == SQL_REFUSED_NOT)
        why->refusal = SQL_REFUSED_ELSE;
    pg_close(&sql->base);
    return rc;
}

enum status sql_open_postgres(const char *address, enum sql_use use, struct sql **out)
{
    struct sql_why why;
    enum status rc = sql_server_open(address, use, out, &why);
    if (why.refusal != SQL_REFUSED_NOT && why.refusal != SQL_REFUSED_ELSE)
        log_line(LOG_LEVEL_ERROR, "store.refused", text_of(why.detail));
    return rc;
}

void pg_close(struct sql *base)
{
    struct pg *sql = pg_of(base);
    for (size_t i = 0; i < PG_STATEMENT_COUNT; i++) {
        PQclear(sql->statements[i].result);
        pg_free_arrays(&sql->statements[i]);
    }
    PQfinish(sql->connection);
    free(sql);
}
