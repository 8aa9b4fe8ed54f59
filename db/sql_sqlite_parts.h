#pragma once
/* sql_sqlite_parts.h: a connection on SQLite, as the files of the driver share it. */
#include "db/sql.h"

#include "db/log.h"

#include <sqlite3.h>

enum { PARAMETERS_MAX = 13 };

struct sql_statement {
    struct sql *sql;
    sqlite3_stmt *handle;
    const char *name;
    int indices[PARAMETERS_MAX + 1]; /* of $1 …: SQLite numbers by first appearance */
    int bind_code;                   /* the first bind that failed, or SQLITE_OK */
};

struct sql {
    sqlite3 *handle;
    enum sql_use use;
    bool is_broken;
    int disk_code; /* the disk's last trouble: not logged once for each try */
    int64_t log_pages;
    struct sql_statement statements[SQL_STATEMENT_COUNT];
};

/* The one place where the engine's codes become a status; what names the attempt in the
   log. BUSY: the disk's troubles too, since they may pass. */
enum status sql_status_of(struct sql *sql, int code, const char *what);
/* Runs texts without parameters. */
enum status sql_run_plain(struct sql *sql, const char *text, const char *what);
void sql_log_engine(const struct sql *sql, enum log_level level, const char *what);

/* The engine's files with the log's writes gathered (sql_sqlite_gather.c): a name for
   opening connections that write with synchronous=FULL, and only those. Registers it;
   once, after the engine was configured. */
#define SQL_GATHER "gather"
void sql_gather_register(void);
