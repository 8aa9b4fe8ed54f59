#pragma once
/* sql_postgres_parts.h: a connection to PostgreSQL, as the files of the driver share it.
 */
#include "db/sql_engine.h"
#include "db/sql_server.h"

#include "db/log.h"

#include <libpq-fe.h>

enum {
    PG_PARAMETERS_MAX = 24,
    PG_FETCH_ROWS = 2000, /* of a large result at once: about 400 KB */
    PG_LATER_MAX = 64,    /* statements sent and not waited for */
    PG_STATEMENT_COUNT = SQL_STATEMENT_COUNT + SQL_ARRAYS_COUNT,
    PG_LOCKS = 0x4d414e59 /* "MANY": the class of this program's advisory locks */
};

/* The second key of an advisory lock. */
enum pg_lock {
    PG_LOCK_WRITE = 1,  /* by one, or shared by nodes that take answers in */
    PG_LOCK_LEAD = 2,   /* by the node that runs the jobs */
    PG_LOCK_NODE = 1000 /* and on: by the node of that number less this */
};

/* What every batch of a node says besides its statements. */
enum pg_order { PG_ORDER_BEGIN, PG_ORDER_SHARE, PG_ORDER_COMMIT, PG_ORDER_COUNT };

/* An array on its way to the server, in its binary form. */
struct pg_array {
    unsigned char *bytes; /* with room for capacity; NULL: none yet */
    size_t len;
    size_t capacity;
    int32_t count;
    bool is_short; /* there was no memory */
};

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
    struct pg_array *arrays;                     /* of each parameter; NULL: takes none */
    bool is_ahead;    /* sent, and not stepped yet: its rows come with the next answers */
    PGresult *result; /* NULL: not run */
    int row;
};

/* A connection. */
struct pg {
    struct sql base; /* first: what sql.h sees */
    PGconn *connection;
    enum sql_use use;
    bool is_broken;
    enum sql_disk disk;
    bool wants_again;
    bool leads;
    int64_t changes;
    bool has_orders; /* prepared */
    int later_count; /* over 0: the connection is in pipeline mode */
    struct pg_later {
        const char *name;
        struct pg_statement *ahead; /* whose rows these are; NULL: nobody wants any */
    } later[PG_LATER_MAX];
    struct pg_statement statements[PG_STATEMENT_COUNT]; /* then those of arrays */
};

extern const struct sql_engine pg_engine;
/* All parameters go to the server in its binary form. */
extern const int pg_binary[PG_PARAMETERS_MAX];

struct pg *pg_of(struct sql *sql);

/* The one place where the server's codes become a status; what names the attempt in the
   log. OK for a command done and for rows. The result may be NULL and is left alone. */
enum status pg_status_of(struct pg *sql, const PGresult *result, const char *what);
/* Runs texts without parameters. */
enum status pg_run_plain(struct pg *sql, const char *text, const char *what);
/* The number that one row of one column answers, as text. NOT_FOUND: no row. */
enum status pg_ask(struct pg *sql, const char *query, int64_t *out);

/* The statement of that place, reset and without values. */
struct sql_statement *pg_use_place(struct pg *sql, size_t place);

/* Of sql_postgres_arrays.c. */
struct sql_statement *pg_use_arrays(struct sql *base, enum array_statement id);
void pg_add_number(struct sql_statement *base, int parameter, int64_t value);
void pg_add_text(struct sql_statement *base, int parameter, struct text value);
void pg_add_bytes(
    struct sql_statement *base, int parameter, const void *bytes, size_t size);
/* Makes the arrays the values of the parameters. False if one could not grow. */
bool pg_finish_arrays(struct pg_statement *statement);
void pg_free_arrays(struct pg_statement *statement);

/* Of sql_postgres_later.c: without waiting for the answer. */
enum status pg_run_later(struct sql_statement *base);
enum status pg_ask_ahead(struct sql_statement *base);
/* Whatever was asked ahead is not wanted any more. */
void pg_forget_ahead(struct pg_statement *statement);
enum status pg_send(struct pg_statement *statement);
enum status pg_send_order(struct pg *sql, enum pg_order order);
enum status pg_send_prepare(struct pg *sql, const char *name, const char *text);
/* Prepares the orders, so that the server need not read them again each time. */
enum status pg_send_orders(struct pg *sql);
/* Waits for whatever was sent; the first failure, those behind it were not done. */
enum status pg_settle(struct pg *sql);
/* The same where something was; last: the answer to what was sent last, the caller clears
   it. */
enum status pg_settle_with(struct pg *sql, PGresult **last);

/* Of sql_postgres_prepare.c. */
enum status pg_prepare(struct sql *base, enum statement id);
enum status pg_prepare_all(struct sql *base);

/* Of sql_postgres_nodes.c. */
enum status pg_take_node(struct sql *base, int64_t *out);
enum status pg_has_nodes(struct sql *base, bool *out);
enum status pg_lead(struct sql *base, bool *out);

/* Of sql_postgres_vacuum.c. */
enum status pg_forget_log(struct sql *base);

/* Of sql_postgres_open.c, for the table. */
void pg_close(struct sql *base);
enum status pg_is_fresh(struct sql *base, bool *out);
enum status pg_adopt(struct sql *base);
enum status pg_lay_out(struct sql *base);
