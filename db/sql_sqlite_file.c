/* sql_sqlite_file.c: sql_file.h on SQLite. */
#include "db/sql_file.h"

#include "db/log.h"
#include "db/sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int open_file(const char *path, sqlite3 **out)
{
    int code = sqlite3_open_v2(path, out,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return code;
    (void)sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return sqlite3_busy_timeout(*out, SQL_PATIENCE_MS);
}

/* The first text that the query answers equals the word: OK. Another: INVALID. */
static enum status ask_word(sqlite3 *handle, const char *query, const char *word)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, query, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const char *found =
        code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    bool is_word = found != NULL && strcmp(found, word) == 0;
    (void)sqlite3_finalize(statement);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return STATUS_BUSY;
    return is_word ? STATUS_OK : STATUS_INVALID;
}

/* ---- copying ---- */

static void log_copy(sqlite3 *handle, const char *what)
{
    char detail[300];
    int len = snprintf(detail, sizeof detail, "%s: %s", what, sqlite3_errmsg(handle));
    size_t shown = len < 0 ? 0 : (size_t)len;
    if (shown >= sizeof detail)
        shown = sizeof detail - 1;
    log_line(LOG_LEVEL_ERROR, "backup.failed", (struct text){detail, shown});
}

/* The file is nobody's yet: without a journal of its own, and synced once at the end. */
static int prepare_copy(sqlite3 *copy)
{
    return sqlite3_exec(
        copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
}

static enum status copy_pages(sqlite3 *source, sqlite3 *copy)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", source, "main");
    if (backup == NULL) {
        log_copy(copy, "begin");
        return STATUS_INTERNAL;
    }
    int code = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && finished == SQLITE_OK)
        return STATUS_OK;
    log_copy(copy, "copy");
    return STATUS_INTERNAL;
}

static enum status copy_between(
    const char *from, sqlite3 **source, sqlite3 **copy, const char *to)
{
    if (open_file(from, source) != SQLITE_OK) {
        log_copy(*source, "open the store");
        return STATUS_INTERNAL;
    }
    if (open_file(to, copy) != SQLITE_OK || prepare_copy(*copy) != SQLITE_OK) {
        log_copy(*copy, "open the copy");
        return STATUS_INTERNAL;
    }
    return copy_pages(*source, *copy);
}

/* The copy says of itself that there is a log beside it, as the store does; there is
   none, so that it can be read where nothing can be written. */
static enum status forget_log(const char *path)
{
    sqlite3 *copy = NULL;
    enum status rc = STATUS_INTERNAL;
    if (open_file(path, &copy) == SQLITE_OK && prepare_copy(copy) == SQLITE_OK)
        rc = ask_word(copy, "PRAGMA journal_mode = DELETE", "delete");
    if (rc != STATUS_OK)
        log_copy(copy, "end");
    (void)sqlite3_close(copy);
    return rc == STATUS_OK ? STATUS_OK : STATUS_INTERNAL;
}

enum status sql_file_copy(const char *from, const char *to)
{
    sqlite3 *source = NULL;
    sqlite3 *copy = NULL;
    enum status rc = copy_between(from, &source, &copy, to);
    (void)sqlite3_close(copy);
    (void)sqlite3_close(source);
    return rc == STATUS_OK ? forget_log(to) : rc;
}

/* ---- checking, and laying to rest ---- */

/* SQLite takes what is missing of a last page for zeros. */
static bool has_whole_pages(sqlite3 *handle, const char *path)
{
    static const char bytes[] = "SELECT page_count * page_size "
                                "FROM pragma_page_count, pragma_page_size";
    sqlite3_stmt *statement = NULL;
    struct stat seen;
    bool is_whole =
        stat(path, &seen) == 0 &&
        sqlite3_prepare_v2(handle, bytes, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW &&
        sqlite3_column_int64(statement, 0) == seen.st_size;
    (void)sqlite3_finalize(statement);
    return is_whole;
}

enum status sql_file_check(const char *path)
{
    sqlite3 *handle = NULL;
    enum status rc = STATUS_INVALID;
    if (open_file(path, &handle) == SQLITE_OK && has_whole_pages(handle, path))
        rc = ask_word(handle, "PRAGMA integrity_check(1)", "ok");
    (void)sqlite3_close(handle);
    return rc;
}

/* Only who is alone with a database may take its log away. Where that fails, both stay as
   they are: closing must not try to mend what is damaged. */
enum status sql_file_settle(const char *path)
{
    sqlite3 *handle = NULL;
    enum status rc = STATUS_INVALID;
    if (open_file(path, &handle) == SQLITE_OK &&
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) == SQLITE_OK)
        rc = ask_word(handle, "PRAGMA journal_mode = DELETE", "delete");
    (void)sqlite3_close(handle);
    return rc;
}
