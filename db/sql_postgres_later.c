/* sql_postgres_later.c: statements that are sent and not waited for: the server answers
   them together with the next one that is. Each way to the server and back costs two
   changes of processes, which is most of what a short statement costs. */
#include "db/sql_postgres_parts.h"

static const struct {
    const char *name;
    const char *text;
} orders[PG_ORDER_COUNT] = {
    [PG_ORDER_BEGIN] = {"begin_writing", "BEGIN"},
    [PG_ORDER_SHARE] = {"share_writing",
        "SELECT pg_advisory_xact_lock_shared(1296125529, 1)"},
    [PG_ORDER_COMMIT] = {"commit_writing", "COMMIT"},
};
_Static_assert(PG_LOCKS == 1296125529 && PG_LOCK_WRITE == 1, "as in the text above");

/* A connection that takes nothing, or does not come to an end with what it was given, is
   given up. */
static enum status give_up(struct pg *sql, const char *what)
{
    enum status rc = pg_status_of(sql, NULL, what);
    sql->is_broken = true;
    return rc;
}

/* One more answer will come. */
static enum status note(struct pg *sql, bool is_sent, const char *name)
{
    if (!is_sent)
        return give_up(sql, name);
    sql->later[sql->later_count++] = (struct pg_later){.name = name};
    return STATUS_OK;
}

/* Room for one more in what is sent together. */
static enum status make_room(struct pg *sql, const char *name)
{
    if (sql->later_count == PG_LATER_MAX) {
        enum status rc = pg_settle(sql);
        if (rc != STATUS_OK)
            return rc;
    }
    bool may_send = sql->later_count > 0 || PQenterPipelineMode(sql->connection) == 1;
    return may_send ? STATUS_OK : give_up(sql, name);
}

enum status pg_send_order(struct pg *sql, enum pg_order order)
{
    const char *name = orders[order].name;
    enum status rc = make_room(sql, name);
    if (rc != STATUS_OK)
        return rc;
    int sent = sql->has_orders
                   ? PQsendQueryPrepared(sql->connection, name, 0, NULL, NULL, NULL, 1)
                   : PQsendQueryParams(sql->connection, orders[order].text, 0, NULL, NULL,
                         NULL, NULL, 1);
    return note(sql, sent == 1, name);
}

enum status pg_send_prepare(struct pg *sql, const char *name, const char *text)
{
    enum status rc = make_room(sql, name);
    if (rc != STATUS_OK)
        return rc;
    return note(sql, PQsendPrepare(sql->connection, name, text, 0, NULL) == 1, name);
}

enum status pg_send_orders(struct pg *sql)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; i < PG_ORDER_COUNT && rc == STATUS_OK && !sql->has_orders; i++)
        rc = pg_send_prepare(sql, orders[i].name, orders[i].text);
    return rc;
}

enum status pg_send(struct pg_statement *statement)
{
    struct pg *sql = statement->sql;
    enum status rc = make_room(sql, statement->name);
    if (rc != STATUS_OK)
        return rc;
    int sent = PQsendQueryPrepared(sql->connection, statement->name,
        statement->parameter_count, statement->values, statement->lengths, pg_binary, 1);
    return note(sql, sent == 1, statement->name);
}

/* An answer is followed by NULL. The first failure counts: what was sent behind it was
   not done. */
static enum status take_answer(
    struct pg *sql, const char *name, enum status so_far, PGresult **out)
{
    *out = PQgetResult(sql->connection);
    PQclear(PQgetResult(sql->connection));
    return so_far == STATUS_OK ? pg_status_of(sql, *out, name) : so_far;
}

enum status pg_settle_with(struct pg *sql, PGresult **last)
{
    enum status rc = STATUS_OK;
    *last = NULL;
    if (PQpipelineSync(sql->connection) != 1)
        rc = give_up(sql, "sync");
    for (int i = 0; i < sql->later_count; i++) {
        struct pg_statement *ahead = sql->later[i].ahead;
        PQclear(*last);
        rc = take_answer(sql, sql->later[i].name, rc, last);
        if (ahead != NULL && rc == STATUS_OK) {
            ahead->result = *last;
            *last = NULL;
        }
    }
    sql->later_count = 0;
    PQclear(PQgetResult(sql->connection)); /* of the end itself */
    if (PQexitPipelineMode(sql->connection) == 1)
        return rc;
    sql->is_broken = true; /* it ended meanwhile */
    return rc == STATUS_OK ? give_up(sql, "sync") : rc;
}

enum status pg_settle(struct pg *sql)
{
    PGresult *last;
    if (sql->later_count == 0)
        return STATUS_OK;
    enum status rc = pg_settle_with(sql, &last);
    PQclear(last);
    return rc;
}

enum status pg_run_later(struct sql_statement *base)
{
    struct pg_statement *statement = (struct pg_statement *)(void *)base;
    if (statement->arrays != NULL && !pg_finish_arrays(statement))
        return STATUS_NO_MEMORY;
    return pg_send(statement);
}

enum status pg_ask_ahead(struct sql_statement *base)
{
    struct pg_statement *statement = (struct pg_statement *)(void *)base;
    struct pg *sql = statement->sql;
    enum status rc = pg_send(statement);
    if (rc != STATUS_OK)
        return rc;
    sql->later[sql->later_count - 1].ahead = statement;
    statement->is_ahead = true;
    return STATUS_OK;
}

void pg_forget_ahead(struct pg_statement *statement)
{
    struct pg *sql = statement->sql;
    for (int i = 0; statement->is_ahead && i < sql->later_count; i++)
        if (sql->later[i].ahead == statement)
            sql->later[i].ahead = NULL;
    statement->is_ahead = false;
}
