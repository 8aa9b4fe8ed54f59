/* sql_postgres_prepare.c: every statement is known to the server by its name, once a
   connection. */
#include "db/sql_postgres_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int count_parameters(const char *text)
{
    int count = 0;
    for (const char *at = strchr(text, '$'); at != NULL; at = strchr(at + 1, '$')) {
        int number = (int)strtol(at + 1, NULL, 10);
        count = number > count ? number : count;
    }
    assert(count <= PG_PARAMETERS_MAX);
    return count;
}

/* False without memory for its arrays. */
static bool name_statement(struct pg *sql, size_t place)
{
    struct pg_statement *statement = &sql->statements[place];
    const struct statement_text *text = place < SQL_STATEMENT_COUNT
                                            ? &statement_texts[place]
                                            : &array_texts[place - SQL_STATEMENT_COUNT];
    statement->base.engine = &pg_engine;
    statement->sql = sql;
    statement->name = text->name;
    statement->text = text->sql;
    statement->is_large =
        place < SQL_STATEMENT_COUNT && statement_is_large((enum statement)place);
    statement->parameter_count = count_parameters(statement->text);
    if (place < SQL_STATEMENT_COUNT)
        return true;
    if (statement->arrays == NULL)
        statement->arrays =
            calloc((size_t)statement->parameter_count, sizeof *statement->arrays);
    return statement->arrays != NULL;
}

/* Told with what is sent next. */
static enum status send_statement(struct pg *sql, size_t place)
{
    if (sql->statements[place].is_prepared)
        return STATUS_OK;
    if (!name_statement(sql, place))
        return STATUS_NO_MEMORY;
    return pg_send_prepare(sql, sql->statements[place].name, sql->statements[place].text);
}

enum status pg_prepare(struct sql *base, enum statement id)
{
    struct pg *sql = pg_of(base);
    enum status rc = send_statement(sql, id);
    if (rc == STATUS_OK)
        rc = pg_settle(sql);
    if (rc == STATUS_OK)
        sql->statements[id].is_prepared = true;
    return rc;
}

/* A failure leaves none marked: the connection is of no use then. */
enum status pg_prepare_all(struct sql *base)
{
    struct pg *sql = pg_of(base);
    size_t count = sql->use == SQL_WRITER ? PG_STATEMENT_COUNT : SQL_STATEMENT_COUNT;
    enum status rc = STATUS_OK;
    for (size_t i = 0; i < count && rc == STATUS_OK; i++)
        rc = send_statement(sql, i);
    if (rc == STATUS_OK && sql->use == SQL_WRITER)
        rc = pg_send_orders(sql);
    if (rc == STATUS_OK)
        rc = pg_settle(sql);
    for (size_t i = 0; i < count && rc == STATUS_OK; i++)
        sql->statements[i].is_prepared = true;
    sql->has_orders = rc == STATUS_OK && sql->use == SQL_WRITER;
    return rc;
}
