/* sql_sqlite.c: the driver of sql.h on SQLite: statements, transactions, errors, the log.
   Opening is in sql_sqlite_open.c. */
#include "db/sql_sqlite_parts.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- errors ---- */

void sql_log_engine(const struct sql *sql, enum log_level level, const char *what)
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

static enum status disk_status(struct sql *sql, int code, const char *what)
{
    sql->is_broken = sql->is_broken || (code & 0xff) != SQLITE_FULL;
    if (sql->disk_code != code && may_tell(code))
        sql_log_engine(sql, LOG_LEVEL_ERROR, what);
    sql->disk_code = code;
    return STATUS_BUSY;
}

enum status sql_status_of(struct sql *sql, int code, const char *what)
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
    sql_log_engine(sql, LOG_LEVEL_ERROR, what);
    return STATUS_INTERNAL;
}

enum status sql_run_plain(struct sql *sql, const char *text, const char *what)
{
    return sql_status_of(sql, sqlite3_exec(sql->handle, text, NULL, NULL, NULL), what);
}

/* ---- preparing ---- */

static void map_parameters(struct sql_statement *statement)
{
    for (int n = 1; n <= PARAMETERS_MAX; n++) {
        char name[16];
        (void)snprintf(name, sizeof name, "$%d", n);
        statement->indices[n] = sqlite3_bind_parameter_index(statement->handle, name);
    }
}

enum status sql_prepare(struct sql *sql, enum statement id)
{
    struct sql_statement *statement = &sql->statements[id];
    if (statement->handle != NULL)
        return STATUS_OK;
    statement->sql = sql;
    statement->name = statement_texts[id].name;
    int code = sqlite3_prepare_v3(sql->handle, statement_texts[id].sql, -1,
        SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
    enum status rc = sql_status_of(sql, code, statement->name);
    if (rc == STATUS_OK)
        map_parameters(statement);
    return rc;
}

enum status sql_prepare_all(struct sql *sql)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < SQL_STATEMENT_COUNT; i++)
        rc = sql_prepare(sql, (enum statement)i);
    return rc;
}

enum sql_disk sql_disk(const struct sql *sql)
{
    if (sql->disk_code == SQLITE_OK)
        return SQL_DISK_WORKS;
    return (sql->disk_code & 0xff) == SQLITE_FULL ? SQL_DISK_IS_FULL : SQL_DISK_FAILS;
}

bool sql_is_broken(const struct sql *sql)
{
    return sql->is_broken;
}

bool sql_is_idle(const struct sql *sql)
{
    return sqlite3_get_autocommit(sql->handle) != 0 &&
           sqlite3_txn_state(sql->handle, NULL) == SQLITE_TXN_NONE;
}

/* ---- transactions ---- */

enum status sql_begin(struct sql *sql)
{
    return sql_run_plain(sql, "BEGIN IMMEDIATE", "begin");
}

enum status sql_begin_read(struct sql *sql)
{
    return sql_run_plain(sql, "BEGIN", "begin_read");
}

enum status sql_commit(struct sql *sql)
{
    enum status rc = sql_run_plain(sql, "COMMIT", "commit");
    if (rc == STATUS_OK)
        sql->disk_code = SQLITE_OK;
    return rc;
}

void sql_rollback(struct sql *sql)
{
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        (void)sqlite3_reset(sql->statements[i].handle);
    if (sqlite3_get_autocommit(sql->handle) == 0)
        (void)sqlite3_exec(sql->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- statements ---- */

struct sql_statement *sql_use(struct sql *sql, enum statement id)
{
    struct sql_statement *statement = &sql->statements[id];
    assert(statement->handle != NULL);
    (void)sqlite3_reset(statement->handle);
    statement->bind_code = SQLITE_OK;
    return statement;
}

static int index_of(const struct sql_statement *statement, int parameter)
{
    assert(parameter >= 1 && parameter <= PARAMETERS_MAX);
    assert(statement->indices[parameter] != 0);
    return statement->indices[parameter];
}

static void remember(struct sql_statement *statement, int code)
{
    if (statement->bind_code == SQLITE_OK)
        statement->bind_code = code;
}

void sql_bind_number(struct sql_statement *statement, int parameter, int64_t value)
{
    remember(statement,
        sqlite3_bind_int64(statement->handle, index_of(statement, parameter), value));
}

void sql_bind_text(struct sql_statement *statement, int parameter, struct text value)
{
    /* SQLite takes a NULL pointer for NULL; an empty text is not that. */
    const char *ptr = value.ptr == NULL ? "" : value.ptr;
    remember(
        statement, sqlite3_bind_text64(statement->handle, index_of(statement, parameter),
                       ptr, value.len, SQLITE_STATIC, SQLITE_UTF8));
}

void sql_bind_bytes(
    struct sql_statement *statement, int parameter, const void *bytes, size_t size)
{
    remember(statement, sqlite3_bind_blob64(statement->handle,
                            index_of(statement, parameter), bytes, size, SQLITE_STATIC));
}

void sql_bind_column(
    struct sql_statement *statement, int parameter, struct sql_statement *row, int column)
{
    remember(
        statement, sqlite3_bind_value(statement->handle, index_of(statement, parameter),
                       sqlite3_column_value(row->handle, column)));
}

enum status sql_step(struct sql_statement *statement)
{
    int code = statement->bind_code;
    if (code == SQLITE_OK)
        code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW)
        return STATUS_OK;
    enum status rc = code == SQLITE_DONE
                         ? STATUS_NOT_FOUND
                         : sql_status_of(statement->sql, code, statement->name);
    (void)sqlite3_reset(statement->handle);
    return rc;
}

enum status sql_run(struct sql_statement *statement)
{
    enum status rc;
    do
        rc = sql_step(statement);
    while (rc == STATUS_OK);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

void sql_reset(struct sql_statement *statement)
{
    (void)sqlite3_reset(statement->handle);
}

int64_t sql_changes(const struct sql *sql)
{
    return sqlite3_changes64(sql->handle);
}

int64_t sql_number(struct sql_statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

struct text sql_text(struct sql_statement *statement, int column)
{
    const unsigned char *ptr = sqlite3_column_text(statement->handle, column);
    if (ptr == NULL)
        return (struct text){0};
    return (struct text){
        (const char *)ptr, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

struct text sql_blob(struct sql_statement *statement, int column)
{
    const void *ptr = sqlite3_column_blob(statement->handle, column);
    if (ptr == NULL)
        return (struct text){0};
    return (struct text){ptr, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

/* ---- texts outside the table ---- */

enum status sql_script(struct sql *sql, const char *script)
{
    return sql_run_plain(sql, script, "script");
}

enum status sql_ask_number(struct sql *sql, const char *query, int64_t *out)
{
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(sql->handle, query, -1, &handle, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    enum status rc = STATUS_OK;
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(handle, 0);
    else
        rc = code == SQLITE_DONE ? STATUS_NOT_FOUND : sql_status_of(sql, code, "ask");
    (void)sqlite3_finalize(handle);
    return rc;
}

static const struct {
    const char *word;
    const char *here;
} type_words[] = {
    {"BIGINT", "INTEGER"}, /* a STRICT table knows no BIGINT; INTEGER has 64 bits */
    {"BYTEA", "BLOB"},
    {"CLUSTERED", "STRICT, WITHOUT ROWID"},
};

static bool is_word_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static size_t word_length(const char *at)
{
    size_t len = 0;
    while (is_word_letter(at[len]))
        len++;
    return len;
}

/* How this engine says the word; the word itself if it is not one of the three. */
static struct text word_here(struct text word)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
        if (text_equals(word, text_of(type_words[i].word)))
            return text_of(type_words[i].here);
    return word;
}

char *sql_expand(const char *script)
{
    size_t capacity = strlen(script) * 3 + 1; /* CLUSTERED grows most: 9 to 21 */
    char *expanded = malloc(capacity);
    if (expanded == NULL)
        return NULL;
    size_t len = 0;
    for (const char *at = script; *at != '\0';) {
        size_t run = word_length(at);
        struct text piece =
            run == 0 ? (struct text){at, 1} : word_here((struct text){at, run});
        memcpy(expanded + len, piece.ptr, piece.len);
        len += piece.len;
        at += run == 0 ? 1 : run;
    }
    expanded[len] = '\0';
    return expanded;
}

/* ---- the write-ahead log ---- */

enum status sql_checkpoint(struct sql *sql, enum sql_checkpoint mode, int patience_ms)
{
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
    return sql_status_of(sql, code, "checkpoint");
}

int64_t sql_log_bytes(const struct sql *sql)
{
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

enum status sql_forget_log(struct sql *sql)
{
    sqlite3_file *file = NULL;
    enum status rc = sql_begin(sql); /* nobody else adds frames meanwhile */
    if (rc != STATUS_OK)
        return rc;
    int code =
        sqlite3_file_control(sql->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = wipe_log_index(file);
    sql_rollback(sql);
    return sql_status_of(sql, code, "forget_log");
}
