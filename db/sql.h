#pragma once
/* sql.h: the thin driver: one connection and the statements of statements.h on it.
   Two engines stand behind it (sql_engine.h): SQLite in sql_sqlite*.c, PostgreSQL in
   sql_postgres*.c, the only files that know them; the SQL itself is one text for both. A
   connection is used by one thread at a time.

   Parameters are numbered as in `$1`, columns from 0. A failed bind is remembered and
   comes out of the step. Engine errors become a status in one place: CONFLICT a unique
   key is taken; BUSY locked by others, a disk that is full or failing, or a server that
   is gone, full or only lets read; else INTERNAL, logged with the statement's name and
   the engine's words, never with values.
 */
#include "db/statements.h"
#include "db/statements_arrays.h"
#include "kiosk/status.h"
#include "kiosk/text.h"

struct sql;           /* a connection */
struct sql_statement; /* borrowed from its connection */

enum sql_use {
    SQL_READER,
    SQL_WRITER,
    SQL_FILE, /* reads one file that nobody changes, and leaves nothing beside it */
    SQL_BULK  /* fills a new file that is thrown away unless it is finished */
};

enum { SQL_PATIENCE_MS = 5000 }; /* how long one waits for a lock of another process */

/* ---- connections ---- */

/* True for the address of a database on a PostgreSQL server; else it is a file's path. */
bool sql_is_address(struct text location);

/* Opens an existing file (which may be empty) or database, and sets and checks what the
   engine is told of each connection. INVALID: no database, or another program's. BUSY:
   locked. INTERNAL: damaged, the disk, or the server. The caller closes with sql_close.
 */
MUST_CHECK enum status sql_open(const char *path, enum sql_use use, struct sql **out);
void sql_close(struct sql *sql); /* accepts NULL */
/* A number that no other connection of this process has or had. */
int64_t sql_serial(const struct sql *sql);

/* True if nothing was made in it yet. */
MUST_CHECK enum status sql_is_fresh(struct sql *sql, bool *out);
/* Marks it as this program's, once schema_version is there; inside a transaction. */
MUST_CHECK enum status sql_adopt(struct sql *sql);
/* Tells the engine how the tables of the newest form are used, where it keeps them better
   for that; inside the transaction that made them so. */
MUST_CHECK enum status sql_lay_out(struct sql *sql);
/* Prepares one statement, for a migration: what it names must be there already. */
MUST_CHECK enum status sql_prepare(struct sql *sql, enum statement id);
/* Prepares every statement that is not yet; one that can't be is logged by name,
   INTERNAL. A connection that only reads may leave that until each is used. */
MUST_CHECK enum status sql_prepare_all(struct sql *sql);

/* What the disk did to the connection since its last commit. */
enum sql_disk { SQL_DISK_WORKS, SQL_DISK_IS_FULL, SQL_DISK_FAILS };
enum sql_disk sql_disk(const struct sql *sql);
/* True after an error that a new connection may cure (the disk's), and of a connection
   that its server has ended meanwhile. */
bool sql_is_broken(struct sql *sql);
/* True if no statement is under way and no transaction is open. */
bool sql_is_idle(const struct sql *sql);

/* ---- transactions ---- */

MUST_CHECK enum status sql_begin(struct sql *sql); /* takes the write lock at once */
/* Beside others that began like this, and only they: who writes what no other node
   writes, but for keys that are unique; whether it may is told by its first statement. On
   SQLite as sql_begin. */
MUST_CHECK enum status sql_begin_shared(struct sql *sql);
MUST_CHECK enum status sql_begin_read(struct sql *sql); /* one view of the data */
MUST_CHECK enum status sql_commit(struct sql *sql);
void sql_rollback(struct sql *sql); /* also where the engine has done it by itself */

/* True if the last failure was of two transactions that got into each other's way: the
   same again may succeed. */
bool sql_wants_again(const struct sql *sql);

/* ---- what programs on several machines agree on; on SQLite there is one ---- */

/* A number that no other connection has, for as long as this one lives; 0 on SQLite.
   BUSY: NODES_MAX are taken. */
MUST_CHECK enum status sql_take_node(struct sql *sql, int64_t *out);
/* True if another connection has taken a number. */
MUST_CHECK enum status sql_has_nodes(struct sql *sql, bool *out);
/* True for one connection of all that ask, for as long as it lives. */
MUST_CHECK enum status sql_lead(struct sql *sql, bool *out);

/* ---- statements ---- */

/* The statement, reset and without values. */
struct sql_statement *sql_use(struct sql *sql, enum statement id);
void sql_bind_number(struct sql_statement *statement, int parameter, int64_t value);
/* Texts and bytes are borrowed until the statement is stepped to its end or reset. */
void sql_bind_text(struct sql_statement *statement, int parameter, struct text value);
void sql_bind_bytes(
    struct sql_statement *statement, int parameter, const void *bytes, size_t size);

/* The value of another statement's column, whatever it is, also of another engine's;
   lives as long as that row. */
void sql_bind_column(struct sql_statement *statement, int parameter,
    struct sql_statement *row, int column);

/* OK: a row is there. NOT_FOUND: no row, or no more. Everything but OK also resets. */
MUST_CHECK enum status sql_step(struct sql_statement *statement);
/* The first column of the first row, and resets. Statuses as sql_step; *out is as it was
   but for OK. */
MUST_CHECK enum status sql_step_number(struct sql_statement *statement, int64_t *out);
/* A statement without rows: steps to the end. OK, CONFLICT, BUSY, INTERNAL. */
MUST_CHECK enum status sql_run(struct sql_statement *statement);
/* The same in a transaction where nobody needs to know yet: a server is not waited for,
   and its refusal comes out of the statement that is waited for next, or of the commit.
 */
MUST_CHECK enum status sql_run_later(struct sql_statement *statement);
/* Lets a server begin with a question whose rows are stepped after another one's, in the
   same transaction; the values must be bound, and need not last longer. */
MUST_CHECK enum status sql_ask_ahead(struct sql_statement *statement);
/* Ends reading before the last row. */
void sql_reset(struct sql_statement *statement);
/* Rows changed by the statement that ran last. */
int64_t sql_changes(const struct sql *sql);

/* Columns of the row; texts and bytes live until the next step. */
int64_t sql_number(struct sql_statement *statement, int column);
struct text sql_text(struct sql_statement *statement, int column);
struct text sql_blob(struct sql_statement *statement, int column);

/* ---- arrays: many rows with one call, where the engine takes them ---- */

bool sql_takes_arrays(const struct sql *sql);
/* The statement, its arrays empty. */
struct sql_statement *sql_use_arrays(struct sql *sql, enum array_statement id);
/* One more value at the end of a parameter's array, whose values are all of one kind;
   copied. */
void sql_add_number(struct sql_statement *statement, int parameter, int64_t value);
void sql_add_text(struct sql_statement *statement, int parameter, struct text value);
void sql_add_bytes(
    struct sql_statement *statement, int parameter, const void *bytes, size_t size);

/* The value of another statement's column, whatever it is, but not NULL. */
void sql_add_column(struct sql_statement *statement, int parameter,
    struct sql_statement *row, int column);

/* ---- texts outside the table: migrations and tests ---- */

MUST_CHECK enum status sql_script(struct sql *sql, const char *script);
/* The first column of the first row. NOT_FOUND: no row. */
MUST_CHECK enum status sql_ask_number(struct sql *sql, const char *query, int64_t *out);

/* SQL of migrations, with BIGINT, BYTEA, TEXT and CLUSTERED as the engine says them. The
   caller frees; NULL without memory. */
char *sql_expand(const struct sql *sql, const char *script);

/* ---- the write-ahead log, which on PostgreSQL is the server's business ---- */

enum sql_checkpoint {
    SQL_CHECKPOINT_PASSIVE, /* waits for nobody */
    SQL_CHECKPOINT_RESTART, /* the next commit starts the log anew */
    SQL_CHECKPOINT_TRUNCATE /* and the file is emptied */
};

/* Copies the log into the database, waiting patience_ms for readers. BUSY: somebody still
   reads it, or another checkpoint is at work. */
MUST_CHECK enum status sql_checkpoint(
    struct sql *sql, enum sql_checkpoint mode, int patience_ms);
/* How large the log was after this connection's last commit. */
int64_t sql_log_bytes(const struct sql *sql);

/* Wipes what the shared memory beside the log remembers of frames that are gone: which
   pages were written together. BUSY: the log isn't empty, or others write. On PostgreSQL
   what rows of answers and codes were before they were rewritten is taken out of their
   tables. BUSY: somebody may still look at them. */
MUST_CHECK enum status sql_forget_log(struct sql *sql);
