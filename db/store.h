#pragma once
/* store.h: where everything is kept. A store is a folder with a SQLite file and the key
   that makes codes, or a database on a PostgreSQL server with the key outside it. One
   struct store per process; its readers may be used by one thread each, its writer by one
   at a time, first come first served. Other processes may use the same store beside. */
#include "kiosk/code.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

struct code_cache;
struct store;
struct sql; /* one connection, sql.h */

enum store_use {
    STORE_READ,   /* a command that only reads: the store must exist */
    STORE_CHANGE, /* a command that changes an existing store */
    STORE_MAKE,   /* `plan apply`: made if it is missing */
    STORE_SERVE   /* `serve`: made if missing, and refused if another serve has it */
};

/* Opens (and migrates) the store at a folder, or at postgres://… On failure problems hold
   one sentence that says what to do: NOT_FOUND no store there, INVALID not ours, newer
   than this program, a path that is a file or can't be written, CONFLICT another serve
   runs on it (or an older one, which must not find its tables changed), BUSY locked by
   another program for long, INTERNAL the disk, or a damaged file. The caller closes.
 */
MUST_CHECK enum status store_open(const char *location, enum store_use use,
    struct problems *problems, struct store **out);
/* The same for a store that takes over the codes of another: where a key is made, it is
   that one. */
MUST_CHECK enum status store_open_with_key(const char *location, enum store_use use,
    const struct code_key *key, struct problems *problems, struct store **out);
/* True while a server has the store; of one's own store, another server. */
bool store_is_served(struct store *store);
/* The same for one file alone, a backup or a bundle of evidence: only to read, and left
   as it is, so nothing is migrated. NOT_FOUND: no file there. INVALID: not of this
   program's form, or part of a store in use. INTERNAL: damaged. Such a store has no
   writer and no key. */
MUST_CHECK enum status store_open_file(
    const char *path, struct problems *problems, struct store **out);
bool store_is_file(const struct store *store);
/* True for a database on a server: others may serve it too, and there is no file to copy.
 */
bool store_is_cluster(const struct store *store);
/* A location as it may be shown: an address without its password. In the arena. */
struct text store_name(struct arena *arena, const char *location);
void store_close(struct store *store); /* accepts NULL */

/* The secret under which codes are hashed; borrowed from the store. */
const struct code_key *store_key(const struct store *store);

/* Open codes found lately; borrowed from the store. */
struct code_cache *store_code_cache(struct store *store);
/* True if this opening made the store: nothing was in it before. */
bool store_is_new(const struct store *store);

/* A connection for one thread's short reads; given back at once. Waits while all are
   taken (READERS_MAX). NULL only if one can't be opened: then who asked is told to try
   again, as when writing (BUSY). */
struct sql *store_take_reader(struct store *store);
void store_give_reader(struct store *store, struct sql *reader);
/* The one connection that writes; waits for its turn within the process. NULL only if it
   can't be opened again after the disk failed, or of a file; then it isn't taken. */
struct sql *store_take_writer(struct store *store);
void store_give_writer(struct store *store, struct sql *writer);

/* Takes the writer and begins a transaction. BUSY: others write for long, or the disk
   fails; nothing is taken then. */
MUST_CHECK enum status store_begin(struct store *store, struct sql **out);
/* The same for the intake: beside other nodes of the same database, under this node's
   number, and TALLY_NODE's where there is but one writer. */
MUST_CHECK enum status store_begin_intake(
    struct store *store, struct sql **out, int64_t *node);
/* True for the one server of a store, of several, that runs the jobs; it stays the one
   for as long as its connection lasts. */
bool store_leads(struct store *store);

/* Commits if so_far is OK, else rolls back; gives the writer back. The status of the
   whole: so_far, or what the commit said. */
MUST_CHECK enum status store_end(
    struct store *store, struct sql *writer, enum status so_far);
/* False while the disk has less than FREE_BYTES_MIN left. */
bool store_has_room(struct store *store);
/* How large the write-ahead log was after this process's last commit. */
int64_t store_log_bytes(const struct store *store);
/* Copies what is left of the log into the database and lets the next commit start it
   anew. BUSY: somebody still reads it, after patience_ms. */
MUST_CHECK enum status store_restart_log(struct store *store, int patience_ms);
/* For who writes much: the same, soon given up, once the log is above 64 MiB. Nobody else
   may be there to do it; if somebody is, or reads it, it is done after the next piece. */
void store_keep_log_short(struct store *store);
/* Copies all of the log into the database and empties its file, and what is remembered of
   it in shared memory: no byte of it tells afterwards which rows were written together.
   Nothing to do if this process committed nothing since. BUSY: somebody still reads the
   log, or writes to it, after patience_ms. On a server's database: takes what rows were
   before out of the tables of codes and answers; BUSY: somebody may still look at them.
 */
MUST_CHECK enum status store_empty_log(struct store *store, int patience_ms);
/* Transactions committed by this process since it opened the store. */
int64_t store_commits(const struct store *store);
/* The database's file, for a connection of one's own; borrowed from the store. */
const char *store_database(const struct store *store);

/* Small settings kept as text by name ("public_url"). NOT_FOUND if never set. */
MUST_CHECK enum status store_get_setting(
    struct store *store, const char *name, struct arena *arena, struct text *out);
MUST_CHECK enum status store_set_setting(
    struct store *store, const char *name, struct text value);
