/* backup.c: copies the database in one step on connections of its own, so that the writer
   waits for nothing. */
#include "db/backup.h"

#include "db/sql_file.h"
#include "kiosk/language.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct backup {
    const char *database; /* of the store */
    const char *file;     /* as wanted */
    char *partial;        /* what it is called until it is whole */
    const struct backup_listener *listener;
    struct problems *problems;
};

static enum status tell(
    const struct backup *backup, enum status rc, const char *message, const char *second)
{
    struct arena *arena = backup->problems->arena;
    problems_add(
        backup->problems, (struct problem){.message = message,
                              .argument = {text_copy(arena, text_of(backup->file)),
                                  text_copy(arena, text_of(second))}});
    return rc;
}

static enum status tell_there(const struct backup *backup)
{
    return tell(backup, STATUS_CONFLICT,
        N_("There is a file {1} already, and a backup overwrites none. Choose another "
           "name."),
        "");
}

static enum status tell_errno(const struct backup *backup, int error)
{
    return tell(backup, STATUS_INVALID,
        N_("The backup can't be written to {1}: {2}. Choose another place."),
        strerror(error));
}

/* ---- the file ---- */

/* For its owner alone: answers and comments are in it. */
static enum status make_partial(struct backup *backup)
{
    struct arena *arena = backup->problems->arena;
    if (access(backup->file, F_OK) == 0)
        return tell_there(backup);
    struct text name = text_format(
        arena, "%s.partial-%08lx", backup->file, (unsigned long)randombytes_random());
    backup->partial = text_to_string(arena, name);
    if (backup->partial == NULL)
        return STATUS_NO_MEMORY;
    int file = open(backup->partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return tell_errno(backup, errno);
    (void)close(file);
    return STATUS_OK;
}

static bool sync_path(const char *path, int flags)
{
    int handle = open(path, flags | O_CLOEXEC);
    if (handle < 0)
        return false;
    bool is_synced = fsync(handle) == 0;
    return close(handle) == 0 && is_synced;
}

static bool sync_folder_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return sync_path(".", O_RDONLY | O_DIRECTORY);
    size_t len = slash == path ? 1 : (size_t)(slash - path);
    const char *folder = text_to_string(arena, (struct text){path, len});
    return folder != NULL && sync_path(folder, O_RDONLY | O_DIRECTORY);
}

/* A link never replaces what is there. Sticks and shares that know no links get a
   renaming, which would replace only what came there since the beginning. */
static bool give_name(const struct backup *backup)
{
    if (link(backup->partial, backup->file) == 0)
        return unlink(backup->partial) == 0;
    if (errno == EEXIST || access(backup->file, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(backup->partial, backup->file) == 0;
}

static enum status keep(const struct backup *backup, int64_t *size)
{
    struct stat seen;
    if (!sync_path(backup->partial, O_RDWR) || stat(backup->partial, &seen) != 0)
        return tell_errno(backup, errno);
    if (!give_name(backup))
        return errno == EEXIST ? tell_there(backup) : tell_errno(backup, errno);
    if (!sync_folder_of(backup->file, backup->problems->arena))
        return tell_errno(backup, errno);
    *size = (int64_t)seen.st_size;
    return STATUS_OK;
}

static void remove_partial(const struct backup *backup)
{
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; backup->partial != NULL && i < sizeof endings / sizeof *endings;
         i++) {
        struct text name =
            text_format(backup->problems->arena, "%s%s", backup->partial, endings[i]);
        const char *path = text_to_string(backup->problems->arena, name);
        if (path != NULL)
            (void)unlink(path);
    }
}

/* ---- the copy ---- */

/* One step can't say how far it is; the file that grows can. */
struct copying {
    const struct backup *backup;
    enum status rc;
    atomic_bool is_over;
};

static void *copy(void *context)
{
    struct copying *copying = context;
    copying->rc = sql_file_copy(copying->backup->database, copying->backup->partial);
    atomic_store(&copying->is_over, true);
    return NULL;
}

static int64_t size_of(const char *path)
{
    struct stat seen;
    return stat(path, &seen) == 0 ? (int64_t)seen.st_size : 0;
}

static void watch(const struct backup *backup, const struct copying *copying)
{
    const struct timespec pause = {.tv_nsec = 20000000};
    const struct backup_listener *listener = backup->listener;
    int64_t total = size_of(backup->database);
    while (!atomic_load(&copying->is_over)) {
        int64_t done = size_of(backup->partial);
        listener->progress(listener->context, done < total ? done : total, total);
        (void)nanosleep(&pause, NULL);
    }
    listener->progress(listener->context, total, total);
}

static enum status copy_database(const struct backup *backup)
{
    struct copying copying = {.backup = backup};
    pthread_t thread;
    if (backup->listener->progress == NULL ||
        pthread_create(&thread, NULL, copy, &copying) != 0) {
        (void)copy(&copying);
        return copying.rc;
    }
    watch(backup, &copying);
    (void)pthread_join(thread, NULL);
    return copying.rc;
}

enum status backup_make(struct store *store, const char *file,
    const struct backup_listener *listener, struct problems *problems, int64_t *size)
{
    struct backup backup = {.database = store_database(store),
        .file = file,
        .listener = listener,
        .problems = problems};
    if (store_is_cluster(store))
        return tell(&backup, STATUS_INVALID,
            N_("A store on a server has no file to copy. Back it up with the server's "
               "own "
               "means: pg_basebackup, or pg_dump."),
            "");
    enum status rc = make_partial(&backup);
    if (rc != STATUS_OK)
        return rc;
    rc = copy_database(&backup);
    if (rc == STATUS_OK)
        rc = keep(&backup, size);
    else
        rc = tell(&backup, rc,
            N_("The backup to {1} failed; the line above says why. Make room there, or "
               "choose another place."),
            "");
    if (rc != STATUS_OK)
        remove_partial(&backup);
    return rc;
}
