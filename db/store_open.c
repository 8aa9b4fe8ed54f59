/* store_open.c: opens a store, brings its tables to this program's form, or says why not;
   and closes it. */
#include "db/store_parts.h"

#include "db/cluster.h"
#include "db/code_cache.h"
#include "db/migrations.h"
#include "db/sql.h"
#include "kiosk/language.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- a folder or a cluster ---- */

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

/* ---- closing ---- */

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
