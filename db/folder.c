/* folder.c: the folder of a store. What is made is on the disk, with its folder entry,
   before anything relies on it; the key comes first, so that no database ever stood
   without one. */
#include "db/folder.h"

#include "db/key_file.h"
#include "db/sql.h"
#include "kiosk/language.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- messages ---- */

static enum status tell(const struct folder *folder, struct problems *problems,
    enum status rc, const char *message, const char *second)
{
    struct arena *arena = problems->arena;
    problems_add(problems, (struct problem){.message = message,
                               .argument = {text_copy(arena, text_of(folder->location)),
                                   text_copy(arena, text_of(second))}});
    return rc;
}

static enum status tell_none(const struct folder *folder, struct problems *problems)
{
    return tell(folder, problems, STATUS_NOT_FOUND,
        N_("There is no store at {1}. Make one with: manyi plan apply --store {1} FILE"),
        "");
}

static enum status tell_file(const struct folder *folder, struct problems *problems)
{
    return tell(folder, problems, STATUS_INVALID,
        N_("{1} is a file, but a store is a folder. Give the path of a folder."), "");
}

/* Errors of the system that have no sentence of their own. */
static enum status tell_errno(
    const struct folder *folder, struct problems *problems, int error)
{
    if (error == EACCES || error == EPERM || error == EROFS)
        return tell(folder, problems, STATUS_INVALID,
            N_("The store at {1} can't be written by this user. Give the folder to the "
               "user that runs this program, or choose another folder."),
            "");
    if (error == ENOTDIR)
        return tell_file(folder, problems);
    return tell(folder, problems, STATUS_INTERNAL,
        N_("The store at {1} can't be used: {2}. Look at the disk, then try again."),
        strerror(error));
}

/* ---- small steps ---- */

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + 1 + strlen(name) + 1;
    char *path = malloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static enum status make_folder(const struct folder *folder, struct problems *problems)
{
    if (mkdir(folder->path, 0700) == 0 || errno == EEXIST)
        return STATUS_OK;
    if (errno == ENOENT)
        return tell(folder, problems, STATUS_NOT_FOUND,
            N_("The folder above {1} does not exist. Make it first, or choose another "
               "path."),
            "");
    return tell_errno(folder, problems, errno);
}

static enum status open_handle(struct folder *folder, struct problems *problems)
{
    struct stat seen;
    if (stat(folder->path, &seen) != 0)
        return errno == ENOENT ? tell_none(folder, problems)
                               : tell_errno(folder, problems, errno);
    if (!S_ISDIR(seen.st_mode))
        return tell_file(folder, problems);
    /* Readers write too: the engine keeps its read marks in a file beside the database.
     */
    folder->handle = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->handle < 0 ||
        faccessat(folder->handle, ".", W_OK | X_OK, AT_EACCESS) != 0)
        return tell_errno(folder, problems, errno);
    return STATUS_OK;
}

/* A new folder's own entry lies in the folder above, which may not be ours to read. */
static void sync_above(const struct folder *folder)
{
    int above = openat(folder->handle, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above < 0)
        return;
    (void)fsync(above);
    (void)close(above);
}

/* ---- the key ---- */

static enum status find_key(
    struct folder *folder, bool may_make, struct problems *problems)
{
    enum status rc = key_file_read(folder->handle, "key", &folder->key);
    if (rc == STATUS_INTERNAL)
        return tell_errno(folder, problems, errno);
    if (rc == STATUS_INVALID)
        return tell(folder, problems, rc,
            N_("The file \"key\" of the store at {1} is damaged. Copy it back from where "
               "it was kept safe."),
            "");
    if (rc == STATUS_NOT_FOUND && may_make) {
        rc = key_file_make(folder->handle, "key", folder->given, &folder->key);
        return rc == STATUS_OK ? rc : tell_errno(folder, problems, errno);
    }
    if (rc == STATUS_NOT_FOUND)
        return tell(folder, problems, STATUS_INVALID,
            N_("The file \"key\" of the store at {1} is missing, and without it no "
               "printed "
               "code is known. Copy it back from where it was kept safe."),
            "");
    return rc;
}

/* ---- the whole ---- */

/* Does not open an existing database: closing any descriptor of that file would drop the
   locks that other connections of this process hold on it. */
static enum status make_database(struct folder *folder, struct problems *problems)
{
    int file = open(folder->database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno == EEXIST ? STATUS_OK : tell_errno(folder, problems, errno);
    (void)close(file);
    sync_above(folder);
    return fsync(folder->handle) == 0 ? STATUS_OK : tell_errno(folder, problems, errno);
}

static enum status find_contents(
    struct folder *folder, bool make, struct problems *problems)
{
    struct stat seen = {.st_size = 0};
    bool is_there = stat(folder->database, &seen) == 0;
    if (!is_there && errno != ENOENT)
        return tell_errno(folder, problems, errno);
    if (!is_there && !make)
        return tell_none(folder, problems);
    bool is_empty = !is_there || seen.st_size == 0;
    enum status rc = find_key(folder, is_empty, problems);
    return rc == STATUS_OK && !is_there ? make_database(folder, problems) : rc;
}

enum status folder_open(
    struct folder *folder, const char *location, bool make, struct problems *problems)
{
    *folder = (struct folder){
        .location = location, .given = folder->given, .handle = -1, .serve_lock = -1};
    folder->path = join(location, ".");
    folder->database = join(location, "manyi.db");
    if (folder->path == NULL || folder->database == NULL)
        return STATUS_NO_MEMORY;
    folder->path[strlen(location)] = '\0';
    enum status rc = make ? make_folder(folder, problems) : STATUS_OK;
    if (rc == STATUS_OK)
        rc = open_handle(folder, problems);
    if (rc == STATUS_OK)
        rc = find_contents(folder, make, problems);
    return rc;
}

void folder_close(struct folder *folder)
{
    if (folder->serve_lock >= 0)
        (void)close(folder->serve_lock);
    if (folder->handle >= 0)
        (void)close(folder->handle);
    free(folder->path);
    free(folder->database);
    sodium_memzero(&folder->key, sizeof folder->key);
}

static bool lock_patiently(int file, int patience_ms)
{
    const struct timespec millisecond = {.tv_nsec = 1000000};
    for (int waited = 0; waited < patience_ms; waited++) {
        if (flock(file, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        (void)nanosleep(&millisecond, NULL);
    }
    return false;
}

/* A command that looks whether the lock is taken has it for a moment itself. */
enum { LOOK_MS = 100 };

enum status folder_lock_serve(struct folder *folder, struct problems *problems)
{
    folder->serve_lock =
        openat(folder->handle, "serve.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder->serve_lock < 0)
        return tell_errno(folder, problems, errno);
    if (lock_patiently(folder->serve_lock, LOOK_MS))
        return STATUS_OK;
    if (errno != EWOULDBLOCK)
        return tell_errno(folder, problems, errno);
    return tell(folder, problems, STATUS_CONFLICT,
        N_("Another `manyi serve` runs on the store at {1}. Stop that one first, or "
           "serve "
           "another store."),
        "");
}

bool folder_is_served(const struct folder *folder)
{
    int lock = openat(folder->handle, "serve.lock", O_RDWR | O_CLOEXEC);
    if (lock < 0)
        return false;
    bool is_taken = flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    (void)close(lock);
    return is_taken;
}

void folder_take_turn(const struct folder *folder)
{
    bool ignored = lock_patiently(folder->handle, SQL_PATIENCE_MS);
    (void)ignored;
}

void folder_give_turn(const struct folder *folder)
{
    (void)flock(folder->handle, LOCK_UN);
}
