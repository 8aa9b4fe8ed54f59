#pragma once
/* sql_postgres_parts.h: a connection to PostgreSQL, as the files of the driver share it.
 */
#include "db/sql_engine.h"
#include "db/sql_server.h"

#include "db/log.h"

#include <libpq-fe.h>

enum {
    PG_PARAMETERS_MAX = 12,
    PG_FETCH_ROWS = 2000, /* of a large result at once: about 400 KB */
    PG_LOCKS = 0x4d414e59 /* "MANY": the class of this program's advisory locks */
};

/* The second key of an advisory lock. */
enum pg_lock { PG_LOCK_WRITE = 1 };

struct pg_statement {
    struct sql_statement base; /* first */
    struct pg *sql;
    const char *name;
    const char *text;
    bool is_large;
    bool is_prepared;
    bool has_cursor; /* declared, not closed */
    bool has_more;   /* rows may be fetched from it */
    int parameter_count;
    const char *values[PG_PARAMETERS_MAX];
    int lengths[PG_PARAMETERS_MAX];
    unsigned char numbers[PG_PARAMETERS_MAX][8]; /* as the server takes them */
    PGresult *result;                            /* NULL: not run */
    int row;
};

/* A connection. */
struct pg {
    struct sql base; /* first: what sql.h sees */
    PGconn *connection;
    enum sql_use use;
    bool is_broken;
    enum sql_disk disk;
    int64_t changes;
    struct pg_statement statements[SQL_STATEMENT_COUNT];
};

extern const struct sql_engine pg_engine;

struct pg *pg_of(struct sql *sql);

/* The one place where the server's codes become a status; what names the attempt in the
   log. OK for a command done and for rows. The result may be NULL and is left alone. */
enum status pg_status_of(struct pg *sql, const PGresult *result, const char *what);
/* Runs texts without parameters. */
enum status pg_run_plain(struct pg *sql, const char *text, const char *what);
/* The number that one row of one column answers, as text. NOT_FOUND: no row. */
enum status pg_ask(struct pg *sql, const char *query, int64_t *out);

/* Of sql_postgres_open.c, for the table. */
void pg_close(struct sql *base);
enum status pg_is_fresh(struct sql *base, bool *out);
enum status pg_adopt(struct sql *base);
