/* sql_sqlite.c: the driver of sql.h on SQLite: statements, transactions, errors, the log.
   Opening is in sql_sqlite_open.c. */
#include "db/sql_sqlite_parts.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct lite *lite_of(struct sql *sql)
{
    return (struct lite *)(void *)sql;
}

static struct lite_statement *statement_of(struct sql_statement *statement)
{
    return (struct lite_statement *)(void *)statement;
}

/* ---- errors ---- */

void lite_log_engine(const struct lite *sql, enum log_level level, const char *what)
{
    char detail[400];
    int len = snprintf(detail, sizeof detail, "%s: %s (%d)", what,
        sqlite3_errmsg(sql->handle), sqlite3_extended_errcode(sql->handle));
    size_t shown = len < 0 ? 0 : (size_t)len;
    if (shown >= sizeof detail)
        shown = sizeof detail - 1;
    log_line(level, "store.failed", (struct text){detail, shown});
}

/* The disk's errors: the answer is "try again", since they may pass. */
static bool is_disk_trouble(int code)
{
    static const int troubles[] = {
        SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN};
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if ((code & 0xff) == troubles[i])
            return true;
    return false;
}

/* True for a trouble that was not told this second, by any connection: all of them, and
   those opened again and again, are on one disk. */
static bool may_tell(int code)
{
    static atomic_llong told; /* second and code; the only state beside the connections */
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long long last = atomic_load(&told);
    long long this = (long long)now.tv_sec << 16 | code;
    return this != last && atomic_compare_exchange_strong(&told, &last, this);
}

static enum status disk_status(struct lite *sql, int code, const char *what)
{
    sql->is_broken = sql->is_broken || (code & 0xff) != SQLITE_FULL;
    if (sql->disk_code != code && may_tell(code))
        lite_log_engine(sql, LOG_LEVEL_ERROR, what);
    sql->disk_code = code;
    return STATUS_BUSY;
}

enum status lite_status_of(struct lite *sql, int code, const char *what)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return STATUS_OK;
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return STATUS_CONFLICT;
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return STATUS_BUSY;
    if ((code & 0xff) == SQLITE_NOTADB)
        return STATUS_INVALID;
    if (is_disk_trouble(code))
        return disk_status(sql, code, what);
    lite_log_engine(sql, LOG_LEVEL_ERROR, what);
    return STATUS_INTERNAL;
}

enum status lite_run_plain(struct lite *sql, const char *text, const char *what)
{
    return lite_status_of(sql, sqlite3_exec(sql->handle, text, NULL, NULL, NULL), what);
}

/* ---- preparing ---- */

static void map_parameters(struct lite_statement *statement)
{
    for (int n = 1; n <= PARAMETERS_MAX; n++) {
        char name[16];
        (void)snprintf(name, sizeof name, "$%d", n);
        statement->indices[n] = sqlite3_bind_parameter_index(statement->handle, name);
    }
}

/* The engine's code. */
static int prepare(struct lite *sql, enum statement id)
{
    struct lite_statement *statement = &sql->statements[id];
    if (statement->handle != NULL)
        return SQLITE_OK;
    statement->base.engine = &lite_engine;
    statement->sql = sql;
    statement->name = statement_texts[id].name;
    int code = sqlite3_prepare_v3(sql->handle, statement_texts[id].sql, -1,
        SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
    if (code == SQLITE_OK)
        map_parameters(statement);
    return code;
}

static enum status lite_prepare(struct sql *base, enum statement id)
{
    struct lite *sql = lite_of(base);
    return lite_status_of(sql, prepare(sql, id), statement_texts[id].name);
}

/* One that reads prepares what it uses when it is used first: all are 0.7 MB, and there
   are eight of them. A mistake in one is found at start by the connection that writes. */
static enum status lite_prepare_all(struct sql *base)
{
    enum status rc = STATUS_OK;
    if (lite_of(base)->use == SQL_READER)
        return STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < SQL_STATEMENT_COUNT; i++)
        rc = lite_prepare(base, (enum statement)i);
    return rc;
}

static enum sql_disk lite_disk(const struct sql *base)
{
    const struct lite *sql = (const struct lite *)(const void *)base;
    if (sql->disk_code == SQLITE_OK)
        return SQL_DISK_WORKS;
    return (sql->disk_code & 0xff) == SQLITE_FULL ? SQL_DISK_IS_FULL : SQL_DISK_FAILS;
}

static bool lite_is_broken(struct sql *base)
{
    const struct lite *sql = lite_of(base);
    return sql->is_broken;
}

static bool lite_is_idle(const struct sql *base)
{
    const struct lite *sql = (const struct lite *)(const void *)base;
    return sqlite3_get_autocommit(sql->handle) != 0 &&
           sqlite3_txn_state(sql->handle, NULL) == SQLITE_TXN_NONE;
}

/* ---- transactions ---- */

static enum status lite_begin(struct sql *base)
{
    struct lite *sql = lite_of(base);
    return lite_run_plain(sql, "BEGIN IMMEDIATE", "begin");
}

static enum status lite_lay_out(struct sql *base)
{
    (void)base;
    return STATUS_OK;
}

static bool lite_wants_again(const struct sql *base)
{
    (void)base;
    return false;
}

/* One program serves a file, and all of its connections are node 0. */
static enum status lite_take_node(struct sql *base, int64_t *out)
{
    (void)base;
    *out = 0;
    return STATUS_OK;
}

static enum status lite_has_nodes(struct sql *base, bool *out)
{
    (void)base;
    *out = false;
    return STATUS_OK;
}

static enum status lite_lead(struct sql *base, bool *out)
{
    (void)base;
    *out = true;
    return STATUS_OK;
}

static enum status lite_begin_read(struct sql *base)
{
    struct lite *sql = lite_of(base);
    return lite_run_plain(sql, "BEGIN", "begin_read");
}

static enum status lite_commit(struct sql *base)
{
    struct lite *sql = lite_of(base);
    enum status rc = lite_run_plain(sql, "COMMIT", "commit");
    if (rc == STATUS_OK)
        sql->disk_code = SQLITE_OK;
    return rc;
}

static void lite_rollback(struct sql *base)
{
    struct lite *sql = lite_of(base);
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        (void)sqlite3_reset(sql->statements[i].handle);
    if (sqlite3_get_autocommit(sql->handle) == 0)
        (void)sqlite3_exec(sql->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- statements ---- */

static struct sql_statement *lite_use(struct sql *base, enum statement id)
{
    struct lite *sql = lite_of(base);
    struct lite_statement *statement = &sql->statements[id];
    statement->bind_code = prepare(sql, id); /* the first step tells */
    if (statement->bind_code == SQLITE_OK) {
        (void)sqlite3_reset(statement->handle);
        (void)sqlite3_clear_bindings(statement->handle);
    }
    return &statement->base;
}

static int index_of(const struct lite_statement *statement, int parameter)
{
    assert(parameter >= 1 && parameter <= PARAMETERS_MAX);
    assert(statement->handle == NULL || statement->indices[parameter] != 0);
    return statement->indices[parameter];
}

static void remember(struct lite_statement *statement, int code)
{
    if (statement->bind_code == SQLITE_OK)
        statement->bind_code = code;
}

static void lite_bind_number(struct sql_statement *base, int parameter, int64_t value)
{
    struct lite_statement *statement = statement_of(base);
    remember(statement,
        sqlite3_bind_int64(statement->handle, index_of(statement, parameter), value));
}

static void lite_bind_text(struct sql_statement *base, int parameter, struct text value)
{
    struct lite_statement *statement = statement_of(base);
    /* SQLite takes a NULL pointer for NULL; an empty text is not that. */
    const char *ptr = value.ptr == NULL ? "" : value.ptr;
    remember(
        statement, sqlite3_bind_text64(statement->handle, index_of(statement, parameter),
                       ptr, value.len, SQLITE_STATIC, SQLITE_UTF8));
}

static void lite_bind_bytes(
    struct sql_statement *base, int parameter, const void *bytes, size_t size)
{
    struct lite_statement *statement = statement_of(base);
    const void *some = bytes == NULL ? "" : bytes; /* no bytes are not NULL */
    remember(statement, sqlite3_bind_blob64(statement->handle,
                            index_of(statement, parameter), some, size, SQLITE_STATIC));
}

static enum status lite_step(struct sql_statement *base)
{
    struct lite_statement *statement = statement_of(base);
    int code = statement->bind_code;
    if (code == SQLITE_OK)
        code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW)
        return STATUS_OK;
    enum status rc = code == SQLITE_DONE
                         ? STATUS_NOT_FOUND
                         : lite_status_of(statement->sql, code, statement->name);
    (void)sqlite3_reset(statement->handle);
    return rc;
}

static void lite_reset(struct sql_statement *base)
{
    struct lite_statement *statement = statement_of(base);
    (void)sqlite3_reset(statement->handle);
}

static int64_t lite_changes(const struct sql *base)
{
    const struct lite *sql = (const struct lite *)(const void *)base;
    return sqlite3_changes64(sql->handle);
}

static enum sql_kind lite_kind(struct sql_statement *base, int column)
{
    switch (sqlite3_column_type(statement_of(base)->handle, column)) {
    case SQLITE_NULL:
        return SQL_NULL;
    case SQLITE_INTEGER:
        return SQL_NUMBER;
    case SQLITE_BLOB:
        return SQL_BYTES;
    default:
        return SQL_TEXT;
    }
}

static int64_t lite_number(struct sql_statement *base, int column)
{
    struct lite_statement *statement = statement_of(base);
    return sqlite3_column_int64(statement->handle, column);
}

static struct text lite_text(struct sql_statement *base, int column)
{
    struct lite_statement *statement = statement_of(base);
    const unsigned char *ptr = sqlite3_column_text(statement->handle, column);
    if (ptr == NULL)
        return (struct text){0};
    return (struct text){
        (const char *)ptr, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

static struct text lite_blob(struct sql_statement *base, int column)
{
    struct lite_statement *statement = statement_of(base);
    const void *ptr = sqlite3_column_blob(statement->handle, column);
    if (ptr == NULL)
        return (struct text){0};
    return (struct text){ptr, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

/* ---- texts outside the table ---- */

static enum status lite_script(struct sql *base, const char *script)
{
    struct lite *sql = lite_of(base);
    return lite_run_plain(sql, script, "script");
}

static enum status lite_ask_number(struct sql *base, const char *query, int64_t *out)
{
    struct lite *sql = lite_of(base);
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(sql->handle, query, -1, &handle, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    enum status rc = STATUS_OK;
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(handle, 0);
    else
        rc = code == SQLITE_DONE ? STATUS_NOT_FOUND : lite_status_of(sql, code, "ask");
    (void)sqlite3_finalize(handle);
    return rc;
}

static const struct sql_word words[] = {
    {"BIGINT", "INTEGER"}, /* a STRICT table knows no BIGINT; INTEGER has 64 bits */
    {"BYTEA", "BLOB"},
    {"CLUSTERED", "STRICT, WITHOUT ROWID"},
    {"ARRIVING", "INTEGER PRIMARY KEY"}, /* that of the row, which counts on by itself */
    {"CHECKED", "STRICT"},
};

/* ---- the write-ahead log ---- */

static enum status lite_checkpoint(
    struct sql *base, enum sql_checkpoint mode, int patience_ms)
{
    struct lite *sql = lite_of(base);
    static const int modes[] = {
        [SQL_CHECKPOINT_PASSIVE] = SQLITE_CHECKPOINT_PASSIVE,
        [SQL_CHECKPOINT_RESTART] = SQLITE_CHECKPOINT_RESTART,
        [SQL_CHECKPOINT_TRUNCATE] = SQLITE_CHECKPOINT_TRUNCATE,
    };
    (void)sqlite3_busy_timeout(sql->handle, patience_ms);
    int code = sqlite3_wal_checkpoint_v2(sql->handle, NULL, modes[mode], NULL, NULL);
    (void)sqlite3_busy_timeout(sql->handle, SQL_PATIENCE_MS);
    if (code == SQLITE_OK && mode != SQL_CHECKPOINT_PASSIVE)
        sql->log_pages = 0;
    return lite_status_of(sql, code, "checkpoint");
}

static int64_t lite_log_bytes(const struct sql *base)
{
    const struct lite *sql = (const struct lite *)(const void *)base;
    enum { FRAME_BYTES = 4096 + 24 }; /* a page and its header */
    return sql->log_pages * FRAME_BYTES;
}

/* The parts of the shared memory are 32 KiB each; the first begins with a header, whose
   fifth word is the number of frames in the log (sqlite.org/walformat.html). The rest are
   page numbers by frame and a hash table over them: nobody looks at them while the log is
   empty, and the engine leaves them as they were. */
static int wipe_log_index(sqlite3_file *file)
{
    enum { PART_BYTES = 32768, HEADER_BYTES = 136, FRAMES_AT = 16 };
    void volatile *part = NULL;
    int code = file->pMethods->xShmMap(file, 0, PART_BYTES, 0, &part);
    if (code != SQLITE_OK || part == NULL)
        return code;
    uint32_t frames = *(uint32_t volatile *)((unsigned char volatile *)part + FRAMES_AT);
    if (frames != 0)
        return SQLITE_BUSY;
    size_t keep = HEADER_BYTES;
    for (int i = 1; part != NULL; i++) {
        unsigned char volatile *bytes = part;
        for (size_t at = keep; at < PART_BYTES; at++)
            bytes[at] = 0;
        keep = 0;
        code = file->pMethods->xShmMap(file, i, PART_BYTES, 0, &part);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

static enum status lite_forget_log(struct sql *base)
{
    struct lite *sql = lite_of(base);
    sqlite3_file *file = NULL;
    enum status rc = lite_begin(base); /* nobody else adds frames meanwhile */
    if (rc != STATUS_OK)
        return rc;
    int code =
        sqlite3_file_control(sql->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = wipe_log_index(file);
    lite_rollback(base);
    return lite_status_of(sql, code, "forget_log");
}

const struct sql_engine lite_engine = {
    .close = lite_close,
    .is_fresh = lite_is_fresh,
    .adopt = lite_adopt,
    .lay_out = lite_lay_out,
    .prepare = lite_prepare,
    .prepare_all = lite_prepare_all,
    .disk = lite_disk,
    .is_broken = lite_is_broken,
    .is_idle = lite_is_idle,
    .begin = lite_begin,
    .begin_shared = lite_begin,
    .begin_read = lite_begin_read,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .wants_again = lite_wants_again,
    .take_node = lite_take_node,
    .has_nodes = lite_has_nodes,
    .lead = lite_lead,
    .use = lite_use,
    .bind_number = lite_bind_number,
    .bind_text = lite_bind_text,
    .bind_bytes = lite_bind_bytes,
    .step = lite_step,
    .reset = lite_reset,
    .changes = lite_changes,
    .kind = lite_kind,
    .number = lite_number,
    .text = lite_text,
    .blob = lite_blob,
    .script = lite_script,
    .ask_number = lite_ask_number,
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .checkpoint = lite_checkpoint,
    .log_bytes = lite_log_bytes,
    .forget_log = lite_forget_log,
};
