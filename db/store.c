/* store.c: the connections of a store: a pool that reads and one that writes. */
#include "db/store.h"

#include "db/cluster.h"
#include "db/code_cache.h"
#include "db/folder.h"
#include "db/migrations.h"
#include "db/room.h"
#include "db/sql.h"
#include "db/sql_server.h"
#include "kiosk/language.h"
#include "kiosk/limits.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* The writer, handed on in the order of asking: a mutex alone would let the intake thread
   take it again and again while a manager's page waits. */
struct writer {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t last_ticket;
    uint64_t served;
    struct sql *sql; /* NULL after the disk failed, until it opens again */
    int64_t node;    /* of that connection; 0: writes alone */
};

/* A server that is gone is not asked by every request: after a failure nobody tries for a
   while, which doubles with each. */
struct back_off {
    atomic_llong next_ms;
    atomic_llong pause_ms;
};

struct readers {
    pthread_mutex_t mutex;
    pthread_cond_t given;
    struct sql *idle[READERS_MAX];
    size_t idle_count;
    size_t taken_count;
};

struct store {
    struct folder folder;
    struct writer writer;
    struct readers readers;
    struct room room;
    struct back_off back_off;
    struct code_cache *code_cache;
    enum store_use use;
    bool is_file;
    bool is_cluster;
    bool is_new;
    atomic_llong commits;
    atomic_llong log_bytes;
    atomic_llong emptied_at; /* commits when the log was emptied last; -1: never */
};

/* ---- opening ---- */

static enum status tell(const struct store *store, struct problems *problems,
    enum status rc, const char *message, int64_t found)
{
    struct arena *arena = problems->arena;
    problems_add(
        problems, (struct problem){.message = message,
                      .argument = {text_copy(arena, text_of(store->folder.location)),
                          text_format(arena, "%lld", (long long)found),
                          text_format(arena, "%lld", (long long)migrations_newest())}});
    return rc;
}

/* The sentence for a database that could not be opened; statuses as sql_open. */
static enum status tell_open(
    const struct store *store, struct problems *problems, enum status rc)
{
    const char *message = NULL;
    const struct sql *sql = store->writer.sql;
    enum sql_disk disk = sql == NULL ? SQL_DISK_WORKS : sql_disk(sql);
    if (disk != SQL_DISK_WORKS)
        rc = STATUS_INTERNAL;
    if (disk == SQL_DISK_IS_FULL)
        message = N_("The disk of the store at {1} is full. Make room, then try again.");
    else if (rc == STATUS_INVALID)
        message =
            N_("The file manyi.db in {1} was not made by this program, or its beginning "
               "is damaged. Choose another folder, or restore the last backup.");
    else if (rc == STATUS_BUSY)
        message =
            N_("Another program keeps the store at {1} locked. Try again when it is "
               "done.");
    else
        message = N_("The store at {1} is damaged or its disk fails; the line above says "
                     "how. Restore the last backup.");
    return tell(store, problems,
        rc == STATUS_BUSY || rc == STATUS_INVALID ? rc : STATUS_INTERNAL, message, 0);
}

static bool is_served_by_another(struct store *store)
{
    bool is_served = false;
    if (!store->is_cluster)
        return store->use != STORE_SERVE && folder_is_served(&store->folder);
    return sql_has_nodes(store->writer.sql, &is_served) != STATUS_OK || is_served;
}

/* Brings the tables to this program's form, but not under an older server's feet: its
   statements were made for the tables as they are. */
static enum status migrate(struct store *store, struct problems *problems)
{
    int64_t found = 0;
    struct sql *sql = store->writer.sql;
    enum status rc = migrations_find(sql, &found);
    if (rc == STATUS_OK && found > 0 && found < migrations_newest() &&
        is_served_by_another(store))
        return tell(store, problems, STATUS_CONFLICT,
            N_("An older `manyi serve` runs on the store at {1}. Stop it and start it "
               "again with this program, then try once more."),
            found);
    if (rc == STATUS_OK)
        rc = migrations_run(sql, &found);
    if (rc == STATUS_INVALID)
        return tell(store, problems, rc,
            N_("The store at {1} was made by a newer manyi: its form is {2}, this "
               "program "
               "knows {3}. Install the newer program."),
            found);
    store->is_new = found == 0;
    return rc == STATUS_OK ? rc : tell_open(store, problems, rc);
}

static enum status take_node(struct store *store, struct problems *problems)
{
    if (store->use != STORE_SERVE)
        return STATUS_OK;
    enum status rc = sql_take_node(store->writer.sql, &store->writer.node);
    return rc == STATUS_BUSY ? tell(store, problems, rc,
                                   N_("As many servers as can be share the store at {1} "
                                      "already. Stop one of them."),
                                   0)
                             : rc;
}

static enum status make_ready(struct store *store, struct problems *problems)
{
    struct sql *sql = store->writer.sql;
    enum status rc = migrate(store, problems);
    if (rc != STATUS_OK)
        return rc;
    rc = sql_prepare_all(sql);
    if (rc != STATUS_OK)
        return tell_open(store, problems, rc);
    if (store->is_cluster)
        rc = cluster_check_key(&store->folder, sql, problems);
    return rc == STATUS_OK ? take_node(store, problems) : rc;
}

static enum status open_writer(struct store *store, struct problems *problems)
{
    struct sql *sql = NULL;
    enum status rc = sql_open(store->folder.database, SQL_WRITER, &sql);
    store->writer.sql = sql;
    return rc == STATUS_OK ? make_ready(store, problems) : tell_open(store, problems, rc);
}

static enum status open_folder(
    struct store *store, const char *location, bool make, struct problems *problems)
{
    enum status rc = folder_open(&store->folder, location, make, problems);
    if (rc == STATUS_OK && store->use == STORE_SERVE)
        rc = folder_lock_serve(&store->folder, problems);
    return rc == STATUS_OK ? open_writer(store, problems) : rc;
}

static enum status open_all(
    struct store *store, const char *location, struct problems *problems)
{
    bool make = store->use == STORE_MAKE || store->use == STORE_SERVE;
    store->is_cluster = sql_is_address(text_of(location));
    if (!store->is_cluster)
        return open_folder(store, location, make, problems);
    enum status rc =
        cluster_open(&store->folder, location, make, problems, &store->writer.sql);
    return rc == STATUS_OK ? make_ready(store, problems) : rc;
}

/* NULL without memory. */
static struct store *new_store(void)
{
    struct store *store = calloc(1, sizeof *store);
    struct code_cache *code_cache = code_cache_new();
    if (store == NULL || code_cache == NULL) {
        code_cache_free(code_cache);
        free(store);
        return NULL;
    }
    store->code_cache = code_cache;
    atomic_store(&store->emptied_at, -1);
    (void)pthread_mutex_init(&store->writer.mutex, NULL);
    (void)pthread_cond_init(&store->writer.moved, NULL);
    (void)pthread_mutex_init(&store->readers.mutex, NULL);
    (void)pthread_cond_init(&store->readers.given, NULL);
    return store;
}

static enum status finish_opening(struct store *store, enum status rc, struct store **out)
{
    room_init(&store->room, store->folder.handle);
    store->folder.location = NULL; /* the caller's, and needed for messages only */
    if (rc == STATUS_OK)
        *out = store;
    else
        store_close(store);
    return rc;
}

enum status store_open(const char *location, enum store_use use,
    struct problems *problems, struct store **out)
{
    return store_open_with_key(location, use, NULL, problems, out);
}

bool store_is_served(struct store *store)
{
    struct sql *sql = store_take_writer(store);
    bool is_served = sql != NULL && is_served_by_another(store);
    if (sql != NULL)
        store_give_writer(store, sql);
    return is_served;
}

enum status store_open_with_key(const char *location, enum store_use use,
    const struct code_key *key, struct problems *problems, struct store **out)
{
    if (sodium_init() < 0)
        return STATUS_INTERNAL;
    struct store *store = new_store();
    if (store == NULL)
        return STATUS_NO_MEMORY;
    store->use = use;
    store->folder.given = key;
    return finish_opening(store, open_all(store, location, problems), out);
}

/* ---- one file ---- */

static enum status check_form(const struct store *store, struct problems *problems)
{
    struct sql *sql = NULL;
    int64_t found = 0;
    enum status rc = sql_open(store->folder.database, SQL_FILE, &sql);
    if (rc == STATUS_OK)
        rc = migrations_find(sql, &found);
    sql_close(sql);
    if (rc == STATUS_OK && found == migrations_newest())
        return STATUS_OK;
    if (rc != STATUS_OK && rc != STATUS_INVALID)
        return tell(store, problems, STATUS_INTERNAL,
            N_("The file {1} is damaged or its disk fails; the line above says how."), 0);
    if (rc == STATUS_INVALID || found == 0)
        return tell(store, problems, STATUS_INVALID,
            N_("The file {1} is neither a backup nor evidence made by this program."), 0);
    return tell(store, problems, STATUS_INVALID,
        found > migrations_newest()
            ? N_("The file {1} was made by a newer manyi: its form is {2}, this program "
                 "knows {3}. Install the newer program.")
            : N_("The file {1} was made by an older manyi: its form is {2}, this program "
                 "knows {3}. Restore it into a new folder and look at that."),
        found);
}

/* The file of a store that is being written, or was not closed: what lies in the log
   beside it would be left out. */
static bool has_log(const char *path)
{
    struct stat seen;
    size_t size = strlen(path) + sizeof "-wal";
    char *log = malloc(size);
    if (log == NULL)
        return false;
    (void)snprintf(log, size, "%s-wal", path);
    bool is_there = stat(log, &seen) == 0 && seen.st_size > 0;
    free(log);
    return is_there;
}

static enum status open_file(struct store *store, struct problems *problems)
{
    struct stat seen;
    const char *path = store->folder.location;
    if (stat(path, &seen) != 0 || !S_ISREG(seen.st_mode))
        return tell(store, problems, STATUS_NOT_FOUND, N_("There is no file {1}."), 0);
    if (has_log(path))
        return tell(store, problems, STATUS_INVALID,
            N_("The file {1} is part of a store in use. Give the store's folder "
               "instead."),
            0);
    store->folder.database = strdup(path);
    return store->folder.database == NULL ? STATUS_NO_MEMORY
                                          : check_form(store, problems);
}

enum status store_open_file(
    const char *path, struct problems *problems, struct store **out)
{
    if (sodium_init() < 0)
        return STATUS_INTERNAL;
    struct store *store = new_store();
    if (store == NULL)
        return STATUS_NO_MEMORY;
    store->is_file = true;
    store->use = STORE_READ;
    store->folder = (struct folder){.location = path, .handle = -1, .serve_lock = -1};
    return finish_opening(store, open_file(store, problems), out);
}

bool store_is_file(const struct store *store)
{
    return store->is_file;
}

bool store_is_cluster(const struct store *store)
{
    return store->is_cluster;
}

struct text store_name(struct arena *arena, const char *location)
{
    return sql_location_name(arena, text_of(location));
}

/* A command beside a serving store leaves the log to that one but for what it can copy at
   once; the serving process empties it. The last one to close removes it anyway. */
static void checkpoint_at_close(struct store *store)
{
    enum { SERVE_PATIENCE_MS = 1000 };
    bool serves = store->use == STORE_SERVE;
    if (store->writer.sql == NULL || (!serves && store_commits(store) == 0))
        return;
    enum status rc = sql_checkpoint(store->writer.sql,
        serves ? SQL_CHECKPOINT_TRUNCATE : SQL_CHECKPOINT_PASSIVE,
        serves ? SERVE_PATIENCE_MS : 0);
    (void)rc; /* whatever is left in the log is read from there */
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    assert(store->readers.taken_count == 0);
    for (size_t i = 0; i < store->readers.idle_count; i++)
        sql_close(store->readers.idle[i]);
    checkpoint_at_close(store);
    sql_close(store->writer.sql);
    (void)pthread_mutex_destroy(&store->writer.mutex);
    (void)pthread_cond_destroy(&store->writer.moved);
    (void)pthread_mutex_destroy(&store->readers.mutex);
    (void)pthread_cond_destroy(&store->readers.given);
    code_cache_free(store->code_cache);
    folder_close(&store->folder);
    free(store);
}

const struct code_key *store_key(const struct store *store)
{
    return &store->folder.key;
}

struct code_cache *store_code_cache(struct store *store)
{
    return store->code_cache;
}

bool store_is_new(const struct store *store)
{
    return store->is_new;
}

const char *store_database(const struct store *store)
{
    return store->folder.database;
}

int64_t store_log_bytes(const struct store *store)
{
    return atomic_load(&store->log_bytes);
}

int64_t store_commits(const struct store *store)
{
    return atomic_load(&store->commits);
}

/* ---- readers ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void note_try(struct store *store, bool is_open)
{
    enum { FIRST_MS = 50, LAST_MS = 2000 };
    long long pause = atomic_load(&store->back_off.pause_ms);
    pause = pause == 0 ? FIRST_MS : (pause * 2 > LAST_MS ? LAST_MS : pause * 2);
    atomic_store(&store->back_off.pause_ms, is_open ? 0 : pause);
    atomic_store(&store->back_off.next_ms, is_open ? 0 : now_ms() + pause);
}

static struct sql *open_prepared(struct store *store, enum sql_use use)
{
    struct sql *sql = NULL;
    if (store->is_cluster && now_ms() < atomic_load(&store->back_off.next_ms))
        return NULL;
    enum status rc = sql_open(store->folder.database, use, &sql);
    if (rc == STATUS_OK)
        rc = sql_prepare_all(sql);
    note_try(store, rc == STATUS_OK);
    if (rc == STATUS_OK)
        return sql;
    sql_close(sql);
    return NULL;
}

struct sql *store_take_reader(struct store *store)
{
    struct readers *readers = &store->readers;
    (void)pthread_mutex_lock(&readers->mutex);
    while (readers->taken_count == READERS_MAX)
        (void)pthread_cond_wait(&readers->given, &readers->mutex);
    readers->taken_count++;
    struct sql *sql =
        readers->idle_count > 0 ? readers->idle[--readers->idle_count] : NULL;
    (void)pthread_mutex_unlock(&readers->mutex);
    if (sql != NULL && sql_is_broken(sql)) {
        sql_close(sql);
        sql = NULL;
    }
    if (sql == NULL)
        sql = open_prepared(store, store->is_file ? SQL_FILE : SQL_READER);
    if (sql == NULL)
        store_give_reader(store, NULL);
    return sql;
}

/* NULL gives back the place of a connection that is gone. */
void store_give_reader(struct store *store, struct sql *reader)
{
    struct readers *readers = &store->readers;
    if (reader != NULL) {
        assert(sql_is_idle(reader)); /* else it would keep an old view of the data */
        if (sql_is_broken(reader)) {
            sql_close(reader);
            reader = NULL;
        }
    }
    (void)pthread_mutex_lock(&readers->mutex);
    readers->taken_count--;
    if (reader != NULL)
        readers->idle[readers->idle_count++] = reader;
    (void)pthread_cond_signal(&readers->given);
    (void)pthread_mutex_unlock(&readers->mutex);
}

/* ---- the writer ---- */

static void take_ticket(struct writer *writer)
{
    (void)pthread_mutex_lock(&writer->mutex);
    uint64_t ticket = writer->last_ticket++;
    while (writer->served != ticket)
        (void)pthread_cond_wait(&writer->moved, &writer->mutex);
    (void)pthread_mutex_unlock(&writer->mutex);
}

static void give_ticket(struct writer *writer)
{
    (void)pthread_mutex_lock(&writer->mutex);
    writer->served++;
    (void)pthread_cond_broadcast(&writer->moved);
    (void)pthread_mutex_unlock(&writer->mutex);
}

/* As one that serves, it has a number again, though another one. */
static struct sql *open_writer_again(struct store *store)
{
    struct sql *sql = open_prepared(store, SQL_WRITER);
    if (sql != NULL && store->use == STORE_SERVE &&
        sql_take_node(sql, &store->writer.node) != STATUS_OK) {
        sql_close(sql);
        return NULL;
    }
    return sql;
}

struct sql *store_take_writer(struct store *store)
{
    struct writer *writer = &store->writer;
    if (store->is_file)
        return NULL;
    take_ticket(writer);
    if (writer->sql != NULL && sql_is_broken(writer->sql)) {
        sql_close(writer->sql);
        writer->sql = NULL;
    }
    if (writer->sql == NULL)
        writer->sql = open_writer_again(store);
    struct sql *sql = writer->sql;
    if (sql == NULL)
        give_ticket(writer);
    return sql;
}

void store_give_writer(struct store *store, struct sql *writer)
{
    assert(writer == store->writer.sql && sql_is_idle(writer));
    give_ticket(&store->writer);
}

static enum status begin_with(
    struct store *store, enum status (*begin)(struct sql *sql), struct sql **out)
{
    struct sql *sql = store_take_writer(store);
    if (sql == NULL)
        return STATUS_BUSY;
    if (!store->is_cluster)
        folder_take_turn(&store->folder);
    enum status rc = begin(sql);
    if (!store->is_cluster)
        folder_give_turn(&store->folder);
    if (rc == STATUS_OK)
        *out = sql;
    else
        store_give_writer(store, sql);
    return rc;
}

enum status store_begin(struct store *store, struct sql **out)
{
    return begin_with(store, sql_begin, out);
}

/* Without a number of its own it would count under that of others who write alone. */
enum status store_begin_intake(struct store *store, struct sql **out, int64_t *node)
{
    bool is_node = store->is_cluster && store->use == STORE_SERVE;
    enum status rc = begin_with(store, is_node ? sql_begin_shared : sql_begin, out);
    *node = rc == STATUS_OK ? store->writer.node : 0;
    return rc;
}

bool store_leads(struct store *store)
{
    bool leads = false;
    struct sql *sql = store_take_writer(store);
    if (sql == NULL)
        return false;
    if (sql_lead(sql, &leads) != STATUS_OK)
        leads = false;
    store_give_writer(store, sql);
    return leads;
}

enum status store_end(struct store *store, struct sql *writer, enum status so_far)
{
    enum status rc = so_far == STATUS_OK ? sql_commit(writer) : so_far;
    if (rc != STATUS_OK)
        sql_rollback(writer);
    else
        atomic_fetch_add(&store->commits, 1);
    atomic_store(&store->log_bytes, sql_log_bytes(writer));
    store_give_writer(store, writer);
    return rc;
}

enum status store_restart_log(struct store *store, int patience_ms)
{
    struct sql *sql = store_take_writer(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = sql_checkpoint(sql, SQL_CHECKPOINT_RESTART, patience_ms);
    if (rc == STATUS_OK)
        atomic_store(&store->log_bytes, 0);
    store_give_writer(store, sql);
    return rc;
}

/* On a connection of its own: it may take long, and the writer has others to serve. */
static enum status clean_tables(const struct store *store)
{
    struct sql *sql = NULL;
    if (sql_open(store->folder.database, SQL_WRITER, &sql) != STATUS_OK)
        return STATUS_BUSY;
    enum status rc = sql_forget_log(sql);
    sql_close(sql);
    return rc;
}

static enum status empty_log(struct sql *sql, int patience_ms)
{
    enum status rc = sql_checkpoint(sql, SQL_CHECKPOINT_TRUNCATE, patience_ms);
    return rc == STATUS_OK ? sql_forget_log(sql) : rc;
}

enum status store_empty_log(struct store *store, int patience_ms)
{
    long long commits = store_commits(store);
    if (commits == atomic_load(&store->emptied_at))
        return STATUS_OK;
    if (store->is_cluster) {
        enum status cleaned = clean_tables(store);
        if (cleaned == STATUS_OK)
            atomic_store(&store->emptied_at, commits);
        return cleaned;
    }
    struct sql *sql = store_take_writer(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = empty_log(sql, patience_ms);
    if (rc == STATUS_OK) {
        atomic_store(&store->log_bytes, 0);
        atomic_store(&store->emptied_at, store_commits(store));
    }
    store_give_writer(store, sql);
    return rc;
}

bool store_has_room(struct store *store)
{
    return room_is_left(&store->room);
}

/* ---- settings ---- */

enum status store_get_setting(
    struct store *store, const char *name, struct arena *arena, struct text *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, text_of(name));
    enum status rc = sql_step(get);
    if (rc == STATUS_OK) {
        struct text value = text_copy(arena, sql_text(get, 0));
        sql_reset(get);
        rc = value.ptr == NULL ? STATUS_NO_MEMORY : STATUS_OK;
        if (rc == STATUS_OK)
            *out = value;
    }
    store_give_reader(store, sql);
    return rc;
}

enum status store_set_setting(struct store *store, const char *name, struct text value)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
    sql_bind_text(set, 1, text_of(name));
    sql_bind_text(set, 2, value);
    return store_end(store, sql, sql_run(set));
}
