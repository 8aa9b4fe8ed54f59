/* sql_postgres.c: the driver of sql.h on PostgreSQL: statements, transactions, errors.
   Opening is in sql_postgres_open.c.

   Values go to and fro in the server's binary form. A statement's rows come all at once,
   those of a large one by and by through a cursor, so that other statements may run on
   the connection meanwhile. */
#include "db/sql_postgres_parts.h"

#include <assert.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct pg *pg_of(struct sql *sql)
{
    return (struct pg *)(void *)sql;
}

static struct pg_statement *statement_of(struct sql_statement *statement)
{
    return (struct pg_statement *)(void *)statement;
}

/* ---- errors ---- */

/* What a code, or a class of codes (its first two characters), means to the caller. */
static const struct {
    const char *code;
    enum status status;
    bool breaks; /* a new connection may cure it */
    enum sql_disk disk;
} meanings[] = {
    {"23505", STATUS_CONFLICT, false, SQL_DISK_WORKS}, /* unique_violation */
    {"40", STATUS_BUSY, false, SQL_DISK_WORKS},        /* serialization, deadlock */
    {"55P03", STATUS_BUSY, false, SQL_DISK_WORKS},     /* lock_not_available */
    {"57014", STATUS_BUSY, false, SQL_DISK_WORKS},     /* statement timeout, cancelled */
    {"25006", STATUS_BUSY, true, SQL_DISK_FAILS},      /* the server only lets read */
    {"25P03", STATUS_BUSY, true, SQL_DISK_WORKS}, /* idle in a transaction too long */
    {"53100", STATUS_BUSY, false, SQL_DISK_IS_FULL},
    {"53", STATUS_BUSY, true, SQL_DISK_WORKS},  /* no memory, too many connections */
    {"57P", STATUS_BUSY, true, SQL_DISK_FAILS}, /* the server stops, or starts */
    {"58", STATUS_BUSY, true, SQL_DISK_FAILS},  /* its disk */
    {"08", STATUS_BUSY, true, SQL_DISK_FAILS},  /* the connection */
};

/* True for a trouble that was not told this second, by any connection. */
static bool may_tell(const char *code)
{
    static atomic_llong told; /* second and code; the only state beside the connections */
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long long this = (long long)now.tv_sec << 24;
    for (size_t i = 0; code[i] != '\0'; i++)
        this += (long long)(unsigned char)code[i] << i;
    long long last = atomic_load(&told);
    return this != last && atomic_compare_exchange_strong(&told, &last, this);
}

/* The first line of the engine's words: those below may hold values. */
static void log_engine(
    const struct pg *sql, const PGresult *result, const char *what, const char *code)
{
    char detail[400];
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (words == NULL)
        words = PQerrorMessage(sql->connection);
    int line = (int)strcspn(words, "\n");
    (void)snprintf(detail, sizeof detail, "%s: %.*s (%s)", what, line, words, code);
    log_line(LOG_LEVEL_ERROR, "store.failed", text_of(detail));
}

static enum status lost_connection(
    struct pg *sql, const PGresult *result, const char *what)
{
    if (!sql->is_broken && may_tell("08006"))
        log_engine(sql, result, what, "08006");
    sql->is_broken = true;
    sql->disk = SQL_DISK_FAILS;
    return STATUS_BUSY;
}

enum status pg_status_of(struct pg *sql, const PGresult *result, const char *what)
{
    ExecStatusType status = PQresultStatus(result);
    sql->wants_again = false;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return STATUS_OK;
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (code == NULL && PQstatus(sql->connection) == CONNECTION_BAD)
        return lost_connection(sql, result, what);
    if (code == NULL)
        code = "";
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (strncmp(code, meanings[i].code, strlen(meanings[i].code)) != 0)
            continue;
        sql->wants_again = strncmp(code, "40", 2) == 0;
        sql->is_broken = sql->is_broken || meanings[i].breaks;
        sql->disk = meanings[i].disk;
        if (meanings[i].status != STATUS_CONFLICT && may_tell(code))
            log_engine(sql, result, what, code);
        return meanings[i].status;
    }
    log_engine(sql, result, what, code);
    return STATUS_INTERNAL;
}

enum status pg_run_plain(struct pg *sql, const char *text, const char *what)
{
    enum status settled = pg_settle(sql);
    if (settled != STATUS_OK)
        return settled;
    PGresult *result = PQexec(sql->connection, text);
    enum status rc = pg_status_of(sql, result, what);
    PQclear(result);
    return rc;
}

/* ---- the connection ---- */

static enum sql_disk pg_disk(const struct sql *base)
{
    return ((const struct pg *)(const void *)base)->disk;
}

/* A server that ended a connection while nothing was asked has said so on its socket. */
static void look_at_socket(struct pg *sql)
{
    enum { LOOKS = 4 }; /* a farewell, then the end of the stream */
    struct pollfd socket = {.fd = PQsocket(sql->connection), .events = POLLIN};
    for (int i = 0; i < LOOKS && poll(&socket, 1, 0) > 0; i++)
        if (PQconsumeInput(sql->connection) == 0)
            break;
}

static bool pg_is_broken(struct sql *base)
{
    struct pg *sql = pg_of(base);
    if (!sql->is_broken && PQtransactionStatus(sql->connection) == PQTRANS_IDLE)
        look_at_socket(sql);
    return sql->is_broken || PQstatus(sql->connection) == CONNECTION_BAD;
}

/* One that is given up is asked nothing any more. */
static bool pg_is_idle(const struct sql *base)
{
    const struct pg *sql = (const struct pg *)(const void *)base;
    return sql->is_broken || PQstatus(sql->connection) == CONNECTION_BAD ||
           PQtransactionStatus(sql->connection) == PQTRANS_IDLE;
}

/* ---- transactions ---- */

/* Whoever writes is alone with it, as on SQLite: reading before writing and numbers that
   count up need no other care. */
static enum status pg_begin(struct sql *base)
{
    char text[100];
    (void)snprintf(text, sizeof text, "BEGIN; SELECT pg_advisory_xact_lock(%d, %d)",
        PG_LOCKS, PG_LOCK_WRITE);
    enum status rc = pg_run_plain(pg_of(base), text, "begin");
    if (rc != STATUS_OK)
        sql_rollback(base);
    return rc;
}

/* Not waited for: a node's first statement tells whether it may. */
static enum status pg_begin_shared(struct sql *base)
{
    struct pg *sql = pg_of(base);
    enum status rc = pg_send_order(sql, PG_ORDER_BEGIN);
    if (rc == STATUS_OK)
        rc = pg_send_order(sql, PG_ORDER_SHARE);
    if (rc != STATUS_OK)
        sql_rollback(base);
    return rc;
}

static bool pg_wants_again(const struct sql *base)
{
    return ((const struct pg *)(const void *)base)->wants_again;
}

static enum status pg_begin_read(struct sql *base)
{
    return pg_run_plain(
        pg_of(base), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "begin_read");
}

/* The server answers "ROLLBACK", and calls it a success, where a statement had failed. */
static enum status pg_commit(struct sql *base)
{
    struct pg *sql = pg_of(base);
    PGresult *result = NULL;
    enum status rc = pg_send_order(sql, PG_ORDER_COMMIT);
    if (rc == STATUS_OK)
        rc = pg_settle_with(sql, &result);
    if (rc == STATUS_OK && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        rc = STATUS_INTERNAL;
    PQclear(result);
    if (rc == STATUS_OK)
        sql->disk = SQL_DISK_WORKS;
    return rc;
}

static void forget_rows(struct pg_statement *statement)
{
    pg_forget_ahead(statement);
    PQclear(statement->result);
    statement->result = NULL;
    statement->has_cursor = false;
    statement->has_more = false;
}

static void pg_rollback(struct sql *base)
{
    struct pg *sql = pg_of(base);
    for (size_t i = 0; i < PG_STATEMENT_COUNT; i++)
        forget_rows(&sql->statements[i]);
    (void)pg_settle(sql);
    PGTransactionStatusType status = PQtransactionStatus(sql->connection);
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        PQclear(PQexec(sql->connection, "ROLLBACK"));
}

/* ---- statements ---- */

static void pg_reset(struct sql_statement *base)
{
    struct pg_statement *statement = statement_of(base);
    PGconn *connection = statement->sql->connection;
    if (statement->has_cursor)
        (void)pg_settle(statement->sql); /* a failure comes out of the commit */
    if (statement->has_cursor && PQtransactionStatus(connection) == PQTRANS_INTRANS) {
        char text[80];
        (void)snprintf(text, sizeof text, "CLOSE %s", statement->name);
        PQclear(PQexec(connection, text));
    }
    forget_rows(statement);
}

struct sql_statement *pg_use_place(struct pg *sql, size_t place)
{
    struct pg_statement *statement = &sql->statements[place];
    assert(statement->is_prepared);
    pg_reset(&statement->base);
    memset(statement->values, 0, sizeof statement->values);
    return &statement->base;
}

static struct sql_statement *pg_use(struct sql *base, enum statement id)
{
    return pg_use_place(pg_of(base), id);
}

static void bind(
    struct sql_statement *base, int parameter, const void *value, size_t length)
{
    struct pg_statement *statement = statement_of(base);
    assert(parameter >= 1 && parameter <= statement->parameter_count);
    statement->values[parameter - 1] = value;
    statement->lengths[parameter - 1] = (int)length;
}

static void pg_bind_number(struct sql_statement *base, int parameter, int64_t value)
{
    unsigned char *bytes = statement_of(base)->numbers[parameter - 1];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
    bind(base, parameter, bytes, 8);
}

/* A NULL pointer is NULL to the server; an empty text is not that. */
static void pg_bind_text(struct sql_statement *base, int parameter, struct text value)
{
    bind(base, parameter, value.ptr == NULL ? "" : value.ptr, value.len);
}

static void pg_bind_bytes(
    struct sql_statement *base, int parameter, const void *bytes, size_t size)
{
    bind(base, parameter, bytes, size);
}

const int pg_binary[PG_PARAMETERS_MAX] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
_Static_assert(PG_PARAMETERS_MAX == 24, "a one for each");

static enum status fetch(struct pg_statement *statement)
{
    char text[80];
    struct pg *sql = statement->sql;
    enum status rc = pg_settle(sql);
    if (rc != STATUS_OK)
        return rc;
    (void)snprintf(text, sizeof text, "FETCH %d FROM %s", PG_FETCH_ROWS, statement->name);
    PQclear(statement->result);
    statement->row = 0;
    statement->result = PQexecParams(sql->connection, text, 0, NULL, NULL, NULL, NULL, 1);
    rc = pg_status_of(sql, statement->result, statement->name);
    statement->has_more =
        rc == STATUS_OK && PQntuples(statement->result) == PG_FETCH_ROWS;
    return rc;
}

static enum status declare(struct pg_statement *statement)
{
    char text[1200];
    struct pg *sql = statement->sql;
    int len = snprintf(text, sizeof text, "DECLARE %s NO SCROLL CURSOR FOR %s",
        statement->name, statement->text);
    assert(len > 0 && (size_t)len < sizeof text);
    PGresult *result = PQexecParams(sql->connection, text, statement->parameter_count,
        NULL, statement->values, statement->lengths, pg_binary, 1);
    enum status rc = pg_status_of(sql, result, statement->name);
    PQclear(result);
    statement->has_cursor = rc == STATUS_OK;
    return rc == STATUS_OK ? fetch(statement) : rc;
}

/* Behind what was sent and not waited for. */
static enum status execute_now(struct pg_statement *statement)
{
    struct pg *sql = statement->sql;
    if (sql->later_count > 0) {
        enum status rc = pg_send(statement);
        return rc == STATUS_OK ? pg_settle_with(sql, &statement->result) : rc;
    }
    statement->result = PQexecPrepared(sql->connection, statement->name,
        statement->parameter_count, statement->values, statement->lengths, pg_binary, 1);
    return pg_status_of(sql, statement->result, statement->name);
}

/* Before its first row. */
static enum status execute(struct pg_statement *statement)
{
    struct pg *sql = statement->sql;
    enum status rc = statement->is_large ? pg_settle(sql) : STATUS_OK;
    if (rc != STATUS_OK)
        return rc;
    if (statement->is_large && PQtransactionStatus(sql->connection) == PQTRANS_INTRANS)
        return declare(statement);
    if (statement->arrays != NULL && !pg_finish_arrays(statement))
        return STATUS_NO_MEMORY;
    statement->row = 0;
    rc = execute_now(statement);
    if (rc == STATUS_OK && PQresultStatus(statement->result) == PGRES_COMMAND_OK)
        sql->changes = strtoll(PQcmdTuples(statement->result), NULL, 10);
    return rc;
}

/* The rows of what was asked ahead, which may have come already. */
static enum status take_ahead(struct pg_statement *statement)
{
    enum status rc = statement->result == NULL ? pg_settle(statement->sql) : STATUS_OK;
    statement->is_ahead = false;
    statement->row = 0;
    if (rc != STATUS_OK)
        return rc;
    return statement->result == NULL ? STATUS_INTERNAL : STATUS_OK;
}

static enum status pg_step(struct sql_statement *base)
{
    struct pg_statement *statement = statement_of(base);
    enum status rc = STATUS_OK;
    if (statement->is_ahead)
        rc = take_ahead(statement);
    else if (statement->result == NULL)
        rc = execute(statement);
    else if (++statement->row == PQntuples(statement->result) && statement->has_more)
        rc = fetch(statement);
    if (rc == STATUS_OK && statement->row < PQntuples(statement->result))
        return STATUS_OK;
    pg_reset(base);
    return rc == STATUS_OK ? STATUS_NOT_FOUND : rc;
}

static int64_t pg_changes(const struct sql *base)
{
    return ((const struct pg *)(const void *)base)->changes;
}

/* ---- columns ---- */

enum { TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23 };

static enum sql_kind pg_kind(struct sql_statement *base, int column)
{
    const struct pg_statement *statement = statement_of(base);
    if (PQgetisnull(statement->result, statement->row, column))
        return SQL_NULL;
    switch (PQftype(statement->result, column)) {
    case TYPE_BYTEA:
        return SQL_BYTES;
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return SQL_NUMBER;
    default:
        return SQL_TEXT;
    }
}

static struct text value_of(struct sql_statement *base, int column)
{
    const struct pg_statement *statement = statement_of(base);
    if (PQgetisnull(statement->result, statement->row, column))
        return (struct text){0};
    return (struct text){PQgetvalue(statement->result, statement->row, column),
        (size_t)PQgetlength(statement->result, statement->row, column)};
}

/* NULL is 0, as on SQLite. */
static int64_t pg_number(struct sql_statement *base, int column)
{
    struct text bytes = value_of(base, column);
    assert(bytes.ptr == NULL || pg_kind(base, column) == SQL_NUMBER);
    uint64_t number =
        bytes.len > 0 && ((unsigned char)bytes.ptr[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < bytes.len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return (int64_t)number;
}

/* ---- texts outside the table ---- */

static enum status pg_script(struct sql *base, const char *script)
{
    return pg_run_plain(pg_of(base), script, "script");
}

enum status pg_ask(struct pg *sql, const char *query, int64_t *out)
{
    enum status rc = pg_settle(sql);
    if (rc != STATUS_OK)
        return rc;
    PGresult *result = PQexec(sql->connection, query);
    rc = pg_status_of(sql, result, "ask");
    if (rc == STATUS_OK && PQntuples(result) == 0)
        rc = STATUS_NOT_FOUND;
    if (rc == STATUS_OK)
        *out = strcmp(PQgetvalue(result, 0, 0), "t") == 0
                   ? 1
                   : strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return rc;
}

static enum status pg_ask_number(struct sql *base, const char *query, int64_t *out)
{
    return pg_ask(pg_of(base), query, out);
}

/* Texts are compared by their bytes, as the program and SQLite do. */
static const struct sql_word words[] = {
    {"TEXT", "TEXT COLLATE \"C\""},
    {"CLUSTERED", ""},
    {"ARRIVING", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
    {"CHECKED", ""},
};

/* ---- the log, which is the server's business ---- */

static enum status pg_checkpoint(
    struct sql *base, enum sql_checkpoint mode, int patience_ms)
{
    (void)base;
    (void)mode;
    (void)patience_ms;
    return STATUS_OK;
}

static int64_t pg_log_bytes(const struct sql *base)
{
    (void)base;
    return 0;
}

const struct sql_engine pg_engine = {
    .close = pg_close,
    .is_fresh = pg_is_fresh,
    .adopt = pg_adopt,
    .lay_out = pg_lay_out,
    .prepare = pg_prepare,
    .prepare_all = pg_prepare_all,
    .disk = pg_disk,
    .is_broken = pg_is_broken,
    .is_idle = pg_is_idle,
    .begin = pg_begin,
    .begin_shared = pg_begin_shared,
    .begin_read = pg_begin_read,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .wants_again = pg_wants_again,
    .take_node = pg_take_node,
    .has_nodes = pg_has_nodes,
    .lead = pg_lead,
    .use = pg_use,
    .bind_number = pg_bind_number,
    .bind_text = pg_bind_text,
    .bind_bytes = pg_bind_bytes,
    .step = pg_step,
    .run_later = pg_run_later,
    .ask_ahead = pg_ask_ahead,
    .reset = pg_reset,
    .changes = pg_changes,
    .kind = pg_kind,
    .number = pg_number,
    .text = value_of,
    .blob = value_of,
    .use_arrays = pg_use_arrays,
    .add_number = pg_add_number,
    .add_text = pg_add_text,
    .add_bytes = pg_add_bytes,
    .script = pg_script,
    .ask_number = pg_ask_number,
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .checkpoint = pg_checkpoint,
    .log_bytes = pg_log_bytes,
    .forget_log = pg_forget_log,
};
