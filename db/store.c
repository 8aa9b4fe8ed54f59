/* store.c: the connections of a store: a pool that reads and one that writes. */
#include "db/store_parts.h"

#include "db/sql.h"
#include "db/sql_server.h"

#include <assert.h>
#include <time.h>

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

void store_keep_log_short(struct store *store)
{
    enum { LOG_BYTES_MAX = 64 << 20, PATIENCE_MS = 20 };
    if (store_log_bytes(store) < LOG_BYTES_MAX)
        return;
    enum status ignored = store_restart_log(store, PATIENCE_MS);
    (void)ignored;
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
