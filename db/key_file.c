/* key_file.c: reads and makes the key. */
#include "db/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 2048 };

enum status key_file_read(int folder, const char *name, struct code_key *out)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_INTERNAL;
    unsigned char bytes[CODE_KEY_BYTES + 1]; /* one more, to see a longer file */
    ssize_t len = read(file, bytes, sizeof bytes);
    int error = errno;
    (void)close(file);
    errno = error;
    if (len < 0)
        return STATUS_INTERNAL;
    if (len == CODE_KEY_BYTES)
        memcpy(out->bytes, bytes, CODE_KEY_BYTES);
    sodium_memzero(bytes, sizeof bytes);
    return len == CODE_KEY_BYTES ? STATUS_OK : STATUS_INVALID;
}

static bool write_file(int folder, const char *name, const struct code_key *given)
{
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    unsigned char bytes[CODE_KEY_BYTES];
    if (given != NULL)
        memcpy(bytes, given->bytes, sizeof bytes);
    else
        randombytes_buf(bytes, sizeof bytes);
    bool is_written =
        write(file, bytes, sizeof bytes) == (ssize_t)sizeof bytes && fsync(file) == 0;
    sodium_memzero(bytes, sizeof bytes);
    return close(file) == 0 && is_written;
}

/* The folder of the file, which may be named in its name. */
static bool sync_folder(int folder, const char *name)
{
    char path[NAME_BYTES];
    const char *slash = strrchr(name, '/');
    int len = slash == NULL ? 0 : (int)(slash - name);
    (void)snprintf(path, sizeof path, "%.*s", len, name);
    int handle = openat(folder, slash == NULL ? "." : (len == 0 ? "/" : path),
        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return false;
    bool is_synced = fsync(handle) == 0;
    return close(handle) == 0 && is_synced;
}

enum status key_file_make(
    int folder, const char *name, const struct code_key *given, struct code_key *out)
{
    char partial[NAME_BYTES];
    int len = snprintf(
        partial, sizeof partial, "%s.%08lx", name, (unsigned long)randombytes_random());
    if (len < 0 || (size_t)len >= sizeof partial) {
        errno = ENAMETOOLONG;
        return STATUS_INTERNAL;
    }
    bool is_made = write_file(folder, partial, given) &&
                   (linkat(folder, partial, folder, name, 0) == 0 || errno == EEXIST);
    int error = errno;
    (void)unlinkat(folder, partial, 0);
    errno = error;
    if (!is_made || !sync_folder(folder, name))
        return STATUS_INTERNAL;
    return key_file_read(folder, name, out) == STATUS_OK ? STATUS_OK : STATUS_INTERNAL;
}
