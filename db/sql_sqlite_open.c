/* sql_sqlite_open.c: opens a connection on SQLite: its pragmas, and whose file it is. */
#include "db/sql_sqlite_parts.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "MANY": tells our files from other programs'. */
enum { APPLICATION_ID = 0x4d414e59 };

struct pragma {
    const char *name;
    const char *value[SQL_BULK + 1]; /* by use; NULL: not set there */
};

/* Each is read back, because SQLite passes over a pragma that it can't follow. */
static const struct pragma pragmas[] = {
    {"journal_mode", {"wal", "wal", NULL, "off"}},
    /* FULL: with NORMAL a crash loses what was acknowledged */
    {"synchronous", {"2", "2", NULL, "2"}},
    {"wal_autocheckpoint", {"0", "0", NULL, NULL}}, /* checkpoint.c, not a commit */
    {"journal_size_limit", {"-1", "-1", NULL, NULL}},
    {"foreign_keys", {"1", "1", NULL, "1"}},
    {"trusted_schema", {"0", "0", "0", "0"}},
    {"secure_delete",
        {"1", "1", NULL, NULL}}, /* what is removed leaves no bytes behind */
    {"temp_store",
        {"2", "2", "2", "2"}}, /* in memory: nothing beside the store's folder */
    /* KiB: 40 MB for the whole service; a writer's of 8 MB would be no faster */
    {"cache_size", {"-1024", "-2048", "-8192", "-8192"}},
    {"query_only", {"1", NULL, "1", NULL}},
};

static int set_pragma(struct lite *sql, const struct pragma *pragma, const char *value)
{
    char text[80];
    (void)snprintf(text, sizeof text, "PRAGMA %s = %s", pragma->name, value);
    int code = sqlite3_exec(sql->handle, text, NULL, NULL, NULL);
    /* Two processes that turn a new file to WAL at once: the engine doesn't wait here. */
    for (int waited = 0; code == SQLITE_BUSY && waited < SQL_PATIENCE_MS; waited += 10) {
        sqlite3_sleep(10);
        code = sqlite3_exec(sql->handle, text, NULL, NULL, NULL);
    }
    return code;
}

static enum status check_pragma(
    struct lite *sql, const struct pragma *pragma, const char *value)
{
    char text[80];
    (void)snprintf(text, sizeof text, "PRAGMA %s", pragma->name);
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(sql->handle, text, -1, &handle, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    const char *found =
        code == SQLITE_ROW ? (const char *)sqlite3_column_text(handle, 0) : NULL;
    bool took = found != NULL && strcmp(found, value) == 0;
    sqlite3_finalize(handle);
    if (took)
        return STATUS_OK;
    log_line(LOG_LEVEL_ERROR, "store.pragma_refused", text_of(pragma->name));
    return STATUS_INTERNAL;
}

static enum status set_pragmas(struct lite *sql)
{
    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas; i++) {
        const struct pragma *pragma = &pragmas[i];
        const char *value = pragma->value[sql->use];
        if (value == NULL)
            continue;
        enum status rc =
            lite_status_of(sql, set_pragma(sql, pragma, value), pragma->name);
        if (rc == STATUS_OK)
            rc = check_pragma(sql, pragma, value);
        if (rc != STATUS_OK)
            return rc;
    }
    return STATUS_OK;
}

/* Before the first pragma that writes: another program's file must stay as it is. Mark
   and contents are read in one view: between two, another process may make the store. */
static enum status recognise(struct sql *sql)
{
    int64_t id = 0;
    bool is_fresh = false;
    enum status rc = sql_begin_read(sql);
    if (rc == STATUS_OK)
        rc = sql_ask_number(sql, "PRAGMA application_id", &id);
    if (rc == STATUS_OK)
        rc = sql_is_fresh(sql, &is_fresh);
    if (rc == STATUS_OK)
        rc = sql_commit(sql);
    if (rc != STATUS_OK) {
        sql_rollback(sql);
        return rc;
    }
    return id == APPLICATION_ID || (id == 0 && is_fresh) ? STATUS_OK : STATUS_INVALID;
}

/* Counting each allocation costs a global lock and tells nobody anything. Fails
   harmlessly if the engine was started before. */
static void configure_engine(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sql_gather_register();
}

static int note_log(void *context, sqlite3 *handle, const char *schema, int pages)
{
    struct lite *sql = context;
    (void)handle;
    (void)schema;
    sql->log_pages = pages;
    return SQLITE_OK;
}

/* An address of the file for an engine that takes it as unchanging: no lock, no log, no
   file beside it. NULL without memory; the caller frees. */
static char *unchanging(const char *path)
{
    static const char front[] = "file:";
    static const char back[] = "?immutable=1";
    char *address = malloc(sizeof front + 3 * strlen(path) + sizeof back);
    if (address == NULL)
        return NULL;
    size_t len = sizeof front - 1;
    memcpy(address, front, len);
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("%?#", *at) == NULL)
            address[len++] = *at;
        else
            len += (size_t)snprintf(address + len, 4, "%%%02X", (unsigned)*at);
    }
    memcpy(address + len, back, sizeof back);
    return address;
}

static int open_path(const char *path, enum sql_use use, sqlite3 **out)
{
    enum { SHARED = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE };
    if (use != SQL_FILE)
        return sqlite3_open_v2(path, out, SQLITE_OPEN_READWRITE | SHARED,
            use == SQL_WRITER ? SQL_GATHER : NULL);
    char *address = unchanging(path);
    if (address == NULL)
        return SQLITE_NOMEM;
    int code = sqlite3_open_v2(
        address, out, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SHARED, NULL);
    free(address);
    return code;
}

static int open_handle(const char *path, enum sql_use use, sqlite3 **out)
{
    int code = open_path(path, use, out);
    if (code != SQLITE_OK)
        return code;
    /* Misspelt columns in double quotes must not turn into texts. */
    (void)sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, use != SQL_BULK, NULL);
    return sqlite3_busy_timeout(*out, SQL_PATIENCE_MS);
}

enum status sql_open_sqlite(const char *path, enum sql_use use, struct sql **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, configure_engine);
    struct lite *sql = calloc(1, sizeof *sql);
    if (sql == NULL)
        return STATUS_NO_MEMORY;
    sql_become(&sql->base, &lite_engine);
    sql->use = use;
    int code = open_handle(path, use, &sql->handle);
    enum status rc = STATUS_NO_MEMORY;
    if (sql->handle != NULL)
        rc = lite_status_of(sql, code, "open");
    if (rc == STATUS_OK)
        rc = recognise(&sql->base);
    if (rc == STATUS_OK)
        rc = set_pragmas(sql);
    if (rc == STATUS_BUSY && sql_disk(&sql->base) != SQL_DISK_WORKS)
        rc = STATUS_INTERNAL; /* not a lock, which may go away by itself */
    if (rc != STATUS_OK) {
        lite_close(&sql->base);
        return rc;
    }
    (void)sqlite3_wal_hook(sql->handle, note_log, sql); /* wal_autocheckpoint clears it */
    *out = &sql->base;
    return STATUS_OK;
}

void lite_close(struct sql *base)
{
    struct lite *sql = (struct lite *)(void *)base;
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        (void)sqlite3_finalize(sql->statements[i].handle);
    int code = sqlite3_close(sql->handle);
    assert(code == SQLITE_OK); /* else a statement was prepared outside the table */
    free(sql);
}

enum status lite_is_fresh(struct sql *base, bool *out)
{
    int64_t count = 0;
    enum status rc = sql_ask_number(base, "SELECT count(*) FROM sqlite_schema", &count);
    *out = count == 0;
    return rc;
}

enum status lite_adopt(struct sql *base)
{
    struct lite *sql = (struct lite *)(void *)base;
    char text[60];
    (void)snprintf(text, sizeof text, "PRAGMA application_id = %d", APPLICATION_ID);
    return lite_run_plain(sql, text, "adopt");
}
