/* disk.c: a layer under SQLite in the server under test: a disk that loses what was not
   synced, that is full, fails or is slow, as the shared page says. */
#include "tests/faults/faults.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK_BYTES = 512, PATH_MAX_BYTES = 512, CONTENTS_MAX = 8 };

/* A file as the process sees it, shared by all that have it open, and which of its blocks
   the disk does not have yet. */
struct content {
    char path[PATH_MAX_BYTES];
    int users;
    pthread_mutex_t mutex;
    unsigned char *bytes;
    unsigned char *is_dirty; /* a block each */
    int64_t size;
    int64_t capacity;
};

struct file {
    sqlite3_file base;
    struct content *content; /* NULL: writes go through */
    sqlite3_file *real;      /* behind this struct */
};

static struct {
    sqlite3_vfs *real;
    struct faults *faults;
    pthread_mutex_t mutex; /* over the contents */
    struct content contents[CONTENTS_MAX];
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static struct file *file_of(sqlite3_file *file)
{
    return (struct file *)file;
}

/* ---- contents ---- */

static void reserve(struct content *content, int64_t size)
{
    int64_t capacity = content->capacity == 0 ? 1 << 20 : content->capacity;
    while (capacity < size)
        capacity *= 2;
    if (capacity == content->capacity)
        return;
    content->bytes = realloc(content->bytes, (size_t)capacity);
    content->is_dirty = realloc(content->is_dirty, (size_t)(capacity / BLOCK_BYTES));
    if (content->bytes == NULL || content->is_dirty == NULL)
        abort();
    int64_t old = content->capacity;
    memset(content->bytes + old, 0, (size_t)(capacity - old));
    memset(content->is_dirty + old / BLOCK_BYTES, 0,
        (size_t)((capacity - old) / BLOCK_BYTES));
    content->capacity = capacity;
}

static int load(struct content *content, sqlite3_file *real)
{
    sqlite3_int64 size = 0;
    int code = real->pMethods->xFileSize(real, &size);
    if (code != SQLITE_OK)
        return code;
    reserve(content, size);
    content->size = size;
    return size == 0 ? SQLITE_OK
                     : real->pMethods->xRead(real, content->bytes, (int)size, 0);
}

static struct content *find_content(const char *path)
{
    struct content *unused = NULL;
    for (size_t i = 0; i < CONTENTS_MAX; i++) {
        struct content *content = &disk.contents[i];
        if (content->users > 0 && strcmp(content->path, path) == 0)
            return content;
        if (content->users == 0 && unused == NULL)
            unused = content;
    }
    if (unused == NULL)
        abort();
    return unused;
}

static int join_content(struct file *file, const char *path)
{
    int code = SQLITE_OK;
    (void)pthread_mutex_lock(&disk.mutex);
    struct content *content = find_content(path);
    if (content->users == 0) {
        *content = (struct content){.users = 0};
        (void)snprintf(content->path, sizeof content->path, "%s", path);
        (void)pthread_mutex_init(&content->mutex, NULL);
        code = load(content, file->real);
    }
    content->users++;
    file->content = content;
    (void)pthread_mutex_unlock(&disk.mutex);
    return code;
}

/* What the disk does not have yet, up to where a kill may come. */
static int write_dirty(struct content *content, sqlite3_file *real)
{
    int code = SQLITE_OK;
    sqlite3_int64 size = 0;
    for (int64_t at = 0; code == SQLITE_OK && at < content->size; at += BLOCK_BYTES) {
        int64_t len = content->size - at;
        if (!content->is_dirty[at / BLOCK_BYTES])
            continue;
        content->is_dirty[at / BLOCK_BYTES] = 0;
        code = real->pMethods->xWrite(
            real, content->bytes + at, len < BLOCK_BYTES ? (int)len : BLOCK_BYTES, at);
    }
    if (code == SQLITE_OK)
        code = real->pMethods->xFileSize(real, &size);
    if (code == SQLITE_OK && size > content->size)
        code = real->pMethods->xTruncate(real, content->size);
    return code;
}

/* A process that ends in order leaves its writes to the system. */
static void leave_content(struct file *file)
{
    struct content *content = file->content;
    (void)pthread_mutex_lock(&disk.mutex);
    if (--content->users == 0) {
        (void)write_dirty(content, file->real);
        (void)pthread_mutex_destroy(&content->mutex);
        free(content->bytes);
        free(content->is_dirty);
    }
    (void)pthread_mutex_unlock(&disk.mutex);
}

static int read_content(struct content *content, void *out, int size, int64_t at)
{
    int64_t have = content->size - at;
    have = have < 0 ? 0 : have;
    have = have > size ? size : have;
    memcpy(out, content->bytes + (have > 0 ? at : 0), (size_t)have);
    memset((unsigned char *)out + have, 0, (size_t)(size - have));
    return have == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void write_content(
    struct content *content, const void *bytes, int size, int64_t at)
{
    reserve(content, at + size);
    memcpy(content->bytes + at, bytes, (size_t)size);
    for (int64_t block = at / BLOCK_BYTES; block * BLOCK_BYTES < at + size; block++)
        content->is_dirty[block] = 1;
    if (content->size < at + size)
        content->size = at + size;
}

static void cut_content(struct content *content, int64_t size)
{
    if (size >= content->size)
        return;
    memset(content->bytes + size, 0, (size_t)(content->size - size));
    content->size = size;
}

/* ---- the calls ---- */

static int close_file(sqlite3_file *base)
{
    struct file *file = file_of(base);
    if (file->content != NULL)
        leave_content(file);
    return file->real->pMethods->xClose(file->real);
}

static int read_file(sqlite3_file *base, void *out, int size, sqlite3_int64 at)
{
    struct file *file = file_of(base);
    int error = atomic_load(&disk.faults->read_error);
    if (error != SQLITE_OK)
        return error;
    if (file->content == NULL)
        return file->real->pMethods->xRead(file->real, out, size, at);
    (void)pthread_mutex_lock(&file->content->mutex);
    int code = read_content(file->content, out, size, at);
    (void)pthread_mutex_unlock(&file->content->mutex);
    return code;
}

static int write_file(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 at)
{
    struct file *file = file_of(base);
    int error = atomic_load(&disk.faults->write_error);
    if (error != SQLITE_OK)
        return error;
    if (file->content == NULL)
        return file->real->pMethods->xWrite(file->real, bytes, size, at);
    (void)pthread_mutex_lock(&file->content->mutex);
    write_content(file->content, bytes, size, at);
    (void)pthread_mutex_unlock(&file->content->mutex);
    return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    struct file *file = file_of(base);
    if (file->content == NULL)
        return file->real->pMethods->xTruncate(file->real, size);
    (void)pthread_mutex_lock(&file->content->mutex);
    cut_content(file->content, size);
    (void)pthread_mutex_unlock(&file->content->mutex);
    return SQLITE_OK;
}

static void wait_as_told(void)
{
    int us = atomic_load(&disk.faults->sync_delay_us);
    struct timespec delay = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000L};
    if (us > 0)
        (void)nanosleep(&delay, NULL);
}

static int sync_file(sqlite3_file *base, int flags)
{
    struct file *file = file_of(base);
    int error = atomic_load(&disk.faults->sync_error);
    atomic_fetch_add(&disk.faults->syncs, 1);
    wait_as_told();
    if (error != SQLITE_OK || atomic_load(&disk.faults->lies))
        return error;
    if (file->content == NULL)
        return file->real->pMethods->xSync(file->real, flags);
    (void)pthread_mutex_lock(&file->content->mutex);
    int code = write_dirty(file->content, file->real);
    (void)pthread_mutex_unlock(&file->content->mutex);
    return code; /* a kill leaves what the system has: no sync of the real disk */
}

static int file_size(sqlite3_file *base, sqlite3_int64 *out)
{
    struct file *file = file_of(base);
    if (file->content == NULL)
        return file->real->pMethods->xFileSize(file->real, out);
    (void)pthread_mutex_lock(&file->content->mutex);
    *out = file->content->size;
    (void)pthread_mutex_unlock(&file->content->mutex);
    return SQLITE_OK;
}

/* ---- what goes through as it is ---- */

static int lock_file(sqlite3_file *base, int level)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xLock(real, level);
}

static int unlock_file(sqlite3_file *base, int level)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xUnlock(real, level);
}

static int check_lock(sqlite3_file *base, int *out)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xCheckReservedLock(real, out);
}

static int control_file(sqlite3_file *base, int operation, void *argument)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xFileControl(real, operation, argument);
}

static int sector_size(sqlite3_file *base)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xSectorSize(real);
}

static int characteristics(sqlite3_file *base)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xDeviceCharacteristics(real);
}

static int map_shared(
    sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xShmMap(real, region, size, extend, out);
}

static int lock_shared(sqlite3_file *base, int offset, int count, int flags)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xShmLock(real, offset, count, flags);
}

static void fence_shared(sqlite3_file *base)
{
    sqlite3_file *real = file_of(base)->real;
    real->pMethods->xShmBarrier(real);
}

static int unmap_shared(sqlite3_file *base, int removes)
{
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xShmUnmap(real, removes);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = fence_shared,
    .xShmUnmap = unmap_shared,
};

/* ---- opening ---- */

static int open_file(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
    struct file *file = file_of(base);
    (void)vfs;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
        return disk.real->xOpen(disk.real, path, base, flags, out_flags);
    *file = (struct file){.real = (sqlite3_file *)(void *)(file + 1)};
    int code = disk.real->xOpen(disk.real, path, file->real, flags, out_flags);
    if (code != SQLITE_OK)
        return code;
    base->pMethods = &methods;
    return atomic_load(&disk.faults->is_lossy) ? join_content(file, path) : SQLITE_OK;
}

static struct faults *find_page(void)
{
    const char *path = getenv(FAULTS_VARIABLE);
    int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return NULL;
    void *page =
        mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)close(file);
    if (page == MAP_FAILED)
        return NULL;
    /* cppcheck-suppress memleak ; mapped for as long as the process lives */
    return page;
}

/* Before main: the engine takes the default layer when it opens its first file. Without
   a page (a command beside the server) nothing changes. */
__attribute__((constructor)) static void install(void)
{
    static sqlite3_vfs vfs;
    disk.faults = find_page();
    if (disk.faults == NULL)
        return;
    disk.real = sqlite3_vfs_find(NULL);
    vfs = *disk.real;
    vfs.zName = "faults";
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(struct file) + disk.real->szOsFile;
    vfs.xOpen = open_file;
    (void)sqlite3_vfs_register(&vfs, 1);
}

/* ---- the clock and the file system, in the place of the C library's ---- */

time_t time(time_t *out)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (disk.faults != NULL)
        now.tv_sec += (time_t)atomic_load(&disk.faults->clock_offset_s);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}

int fstatvfs(int file, struct statvfs *out)
{
    struct statfs seen;
    if (fstatfs(file, &seen) != 0)
        return -1;
    *out = (struct statvfs){.f_bsize = (unsigned long)seen.f_bsize,
        .f_frsize = (unsigned long)seen.f_bsize,
        .f_bavail = seen.f_bavail};
    long long told = disk.faults == NULL ? 0 : atomic_load(&disk.faults->free_bytes);
    if (told > 0)
        out->f_bavail = (fsblkcnt_t)told / (fsblkcnt_t)out->f_frsize;
    return 0;
}
