/* workroom.c: files of a restoration. Each step is on the disk before the next one
   relies on it. */
#include "db/workroom.h"

#include "kiosk/code.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOM_NAME "restoring"

enum { COPY_BYTES = 1 << 16, ASIDE_MAX = 10000 };

int workroom_open_folder(const char *location)
{
    return open(location, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* ---- the room ---- */

/* What a store's folder may hold. */
static const char *const names[] = {
    "manyi.db", "manyi.db-wal", "manyi.db-shm", "manyi.db-journal", "key", "serve.lock"};

static void empty(const struct workroom *room)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlinkat(room->handle, names[i], 0);
}

bool workroom_make(
    struct workroom *room, int folder, const char *location, struct arena *arena)
{
    *room = (struct workroom){
        .folder = folder, .handle = -1, .location = location, .arena = arena};
    room->path = text_to_string(arena, text_format(arena, "%s/" ROOM_NAME, location));
    room->database =
        text_to_string(arena, text_format(arena, "%s/" ROOM_NAME "/manyi.db", location));
    if (room->path == NULL || room->database == NULL) {
        errno = ENOMEM;
        return false;
    }
    if (mkdirat(folder, ROOM_NAME, 0700) != 0 && errno != EEXIST)
        return false;
    room->handle =
        openat(folder, ROOM_NAME, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (room->handle < 0)
        return false;
    empty(room);
    return true;
}

void workroom_close(struct workroom *room)
{
    if (room->handle < 0)
        return;
    empty(room);
    (void)close(room->handle);
    (void)unlinkat(room->folder, ROOM_NAME, AT_REMOVEDIR);
}

/* ---- the copy ---- */

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    return true;
}

static bool copy_bytes(int from, int to, const struct backup_listener *listener)
{
    struct stat seen;
    char *buffer = malloc(COPY_BYTES);
    bool is_whole = buffer != NULL && fstat(from, &seen) == 0;
    ssize_t len = is_whole ? 1 : 0;
    for (int64_t done = 0; is_whole && len > 0; done += len) {
        len = read(from, buffer, COPY_BYTES);
        is_whole = len >= 0 && write_all(to, buffer, (size_t)len);
        if (is_whole && listener->progress != NULL)
            listener->progress(listener->context, done + len, (int64_t)seen.st_size);
    }
    int error = errno;
    free(buffer);
    errno = error;
    return is_whole && fsync(to) == 0;
}

/* Closes both, keeps the errno of what went wrong before. */
static bool close_both(int from, int to, bool so_far)
{
    int error = errno;
    if (from >= 0)
        (void)close(from);
    bool is_closed = to < 0 || close(to) == 0;
    if (!so_far)
        errno = error;
    return so_far && is_closed;
}

bool workroom_copy(
    struct workroom *room, const char *file, const struct backup_listener *listener)
{
    int from = open(file, O_RDONLY | O_CLOEXEC);
    int to =
        openat(room->handle, "manyi.db", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool is_copied = from >= 0 && to >= 0 && copy_bytes(from, to, listener);
    return close_both(from, to, is_copied);
}

/* ---- the key ---- */

/* OK, NOT_FOUND, INVALID (another length), INTERNAL. */
static enum status read_key(int folder, const char *name, struct code_key *out)
{
    unsigned char bytes[CODE_KEY_BYTES + 1]; /* one more, to see a longer file */
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_INTERNAL;
    ssize_t len = read(file, bytes, sizeof bytes);
    (void)close_both(file, -1, len >= 0);
    for (size_t i = 0; len == CODE_KEY_BYTES && i < CODE_KEY_BYTES; i++)
        out->bytes[i] = bytes[i];
    sodium_memzero(bytes, sizeof bytes);
    if (len < 0)
        return STATUS_INTERNAL;
    return len == CODE_KEY_BYTES ? STATUS_OK : STATUS_INVALID;
}

static enum status write_key(const struct workroom *room, const struct code_key *key)
{
    int file = openat(room->handle, "key", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool is_written = file >= 0 &&
                      write_all(file, (const char *)key->bytes, CODE_KEY_BYTES) &&
                      fsync(file) == 0;
    return close_both(-1, file, is_written) ? STATUS_OK : STATUS_INTERNAL;
}

enum status workroom_bring_key(struct workroom *room, const char *key_file)
{
    struct code_key key;
    enum status rc = key_file != NULL ? read_key(AT_FDCWD, key_file, &key)
                                      : read_key(room->folder, "key", &key);
    if (key_file == NULL && rc == STATUS_NOT_FOUND) {
        randombytes_buf(key.bytes, sizeof key.bytes);
        rc = STATUS_OK;
    }
    if (rc == STATUS_OK)
        rc = write_key(room, &key);
    sodium_memzero(&key, sizeof key);
    return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
}

/* ---- the moves ---- */

/* The first "replaced-N" that is not there yet; its handle, or -1. */
static int make_aside(const struct workroom *room, const char **out)
{
    for (int n = 1; n < ASIDE_MAX; n++) {
        struct text name = text_format(room->arena, "replaced-%d", n);
        const char *path = text_to_string(room->arena, name);
        if (path == NULL || (mkdirat(room->folder, path, 0700) != 0 && errno != EEXIST))
            return -1;
        int handle =
            openat(room->folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (handle < 0)
            return -1;
        if (linkat(room->folder, "manyi.db", handle, "manyi.db", 0) == 0) {
            name = text_format(room->arena, "%s/%s", room->location, path);
            *out = text_to_string(room->arena, name);
            return handle;
        }
        (void)close_both(handle, -1, false);
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* The log goes with its database; it must not lie beside the new one. The key stays: the
   new store has its own or the same. */
static bool move_rest(const struct workroom *room, int aside)
{
    static const char *const moved[] = {
        "manyi.db-wal", "manyi.db-shm", "manyi.db-journal"};
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
        if (renameat(room->folder, moved[i], aside, moved[i]) != 0 && errno != ENOENT)
            return false;
    if (linkat(room->folder, "key", aside, "key", 0) != 0 && errno != ENOENT)
        return false;
    return fsync(aside) == 0 && fsync(room->folder) == 0;
}

bool workroom_move_aside(struct workroom *room, const char **out)
{
    const char *path = NULL;
    struct stat seen;
    if (fstatat(room->folder, "manyi.db", &seen, 0) != 0)
        return errno == ENOENT;
    int aside = make_aside(room, &path);
    if (aside < 0)
        return false;
    if (!close_both(aside, -1, move_rest(room, aside)))
        return false;
    *out = path;
    return true;
}

/* Restored by root, a store must still be the server's. Fails harmlessly for others, who
   make what is theirs. */
static void give_to_owner(const struct workroom *room, const char *name)
{
    struct stat seen;
    if (fstat(room->folder, &seen) == 0 &&
        fchownat(room->handle, name, seen.st_uid, seen.st_gid, AT_SYMLINK_NOFOLLOW) != 0)
        errno = 0;
}

/* The key first: no database ever stands without one. */
bool workroom_move_in(struct workroom *room)
{
    static const char *const moved[] = {"key", "manyi.db"};
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
        give_to_owner(room, moved[i]);
        if (renameat(room->handle, moved[i], room->folder, moved[i]) != 0 ||
            fsync(room->folder) != 0)
            return false;
    }
    int above = openat(room->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above >= 0) /* a new folder's own entry lies above, which may not be ours */
        (void)close_both(above, -1, fsync(above) == 0);
    return true;
}
