#pragma once
/* sql_sqlite_parts.h: a connection on SQLite, as the files of the driver share it. */
#include "db/sql_engine.h"

#include "db/log.h"

#include <sqlite3.h>

enum { PARAMETERS_MAX = 14 };

struct lite_statement {
    struct sql_statement base; /* first */
    struct lite *sql;
    sqlite3_stmt *handle;
    const char *name;
    int indices[PARAMETERS_MAX + 1]; /* of $1 …: SQLite numbers by first appearance */
    int bind_code; /* of preparing or binding: the first that failed, or SQLITE_OK */
};

/* A connection. */
struct lite {
    struct sql base; /* first: what sql.h sees */
    sqlite3 *handle;
    enum sql_use use;
    bool is_broken;
    int disk_code; /* the disk's last trouble: not logged once for each try */
    int64_t log_pages;
    struct lite_statement statements[SQL_STATEMENT_COUNT];
};

extern const struct sql_engine lite_engine;

/* The one place where the engine's codes become a status; what names the attempt in the
   log. BUSY: the disk's troubles too, since they may pass. */
enum status lite_status_of(struct lite *sql, int code, const char *what);
/* Runs texts without parameters. */
enum status lite_run_plain(struct lite *sql, const char *text, const char *what);
/* Of sql_sqlite_open.c, for the table. */
void lite_close(struct sql *base);
enum status lite_is_fresh(struct sql *base, bool *out);
enum status lite_adopt(struct sql *base);
void lite_log_engine(const struct lite *sql, enum log_level level, const char *what);

/* The engine's files with the log's writes gathered (sql_sqlite_gather.c): a name for
   opening connections that write with synchronous=FULL, and only those. Registers it;
   once, after the engine was configured. */
#define SQL_GATHER "gather"
void sql_gather_register(void);
