/* sql_sqlite_gather.c: the engine's way to its log, with the writes of a commit gathered.

   The engine writes each page of a commit in two parts, a head of 24 bytes and the page:
   some 170 calls of the kernel for the answers of 64 people, each behind the one before
   it. Here they are put together in memory and written with one call before the fsync
   that makes the commit durable.

   Nobody can miss what is not written yet: with synchronous=FULL the engine syncs the log
   before it tells the index in shared memory of the commit, and only what that index
   tells of is read by others. The connection itself meets what it wrote (rows of a
   transaction larger than its cache): reading writes out first. All files but the log are
   the engine's own, untouched. */
#include "db/sql_sqlite_parts.h"

#include <stdlib.h>
#include <string.h>

/* 30 pages with their heads. The engine's file writes at most 131071 bytes at once. */
enum { GATHERED_BYTES_MAX = 124 << 10 };

struct gathering {
    sqlite3_file file; /* first: the engine sees this */
    sqlite3_file *log; /* the engine's own, behind this struct */
    unsigned char *bytes;
    int count;
    sqlite3_int64 at; /* where in the log they belong */
};

static struct gathering *gathering_of(sqlite3_file *file)
{
    return (struct gathering *)(void *)file;
}

/* On a failure they are forgotten: the engine takes the transaction back. */
static int write_out(struct gathering *gathering)
{
    int count = gathering->count;
    gathering->count = 0;
    if (count == 0)
        return SQLITE_OK;
    sqlite3_file *log = gathering->log;
    return log->pMethods->xWrite(log, gathering->bytes, count, gathering->at);
}

static int gather_write(
    sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    struct gathering *gathering = gathering_of(file);
    bool follows = at == gathering->at + gathering->count;
    if (!follows || count > GATHERED_BYTES_MAX - gathering->count) {
        int code = write_out(gathering);
        if (code != SQLITE_OK)
            return code;
        gathering->at = at;
    }
    if (count > GATHERED_BYTES_MAX)
        return gathering->log->pMethods->xWrite(gathering->log, bytes, count, at);
    if (gathering->bytes == NULL)
        gathering->bytes = malloc(GATHERED_BYTES_MAX);
    if (gathering->bytes == NULL)
        return SQLITE_IOERR_NOMEM;
    memcpy(gathering->bytes + gathering->count, bytes, (size_t)count);
    gathering->count += count;
    return SQLITE_OK;
}

static int gather_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    struct gathering *gathering = gathering_of(file);
    int code = write_out(gathering);
    return code != SQLITE_OK
               ? code
               : gathering->log->pMethods->xRead(gathering->log, bytes, count, at);
}

static int gather_sync(sqlite3_file *file, int flags)
{
    struct gathering *gathering = gathering_of(file);
    int code = write_out(gathering);
    return code != SQLITE_OK ? code
                             : gathering->log->pMethods->xSync(gathering->log, flags);
}

static int gather_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct gathering *gathering = gathering_of(file);
    int code = write_out(gathering);
    return code != SQLITE_OK ? code
                             : gathering->log->pMethods->xTruncate(gathering->log, size);
}

static int gather_size(sqlite3_file *file, sqlite3_int64 *out)
{
    struct gathering *gathering = gathering_of(file);
    int code = write_out(gathering);
    return code != SQLITE_OK ? code
                             : gathering->log->pMethods->xFileSize(gathering->log, out);
}

static int gather_close(sqlite3_file *file)
{
    struct gathering *gathering = gathering_of(file);
    int code = write_out(gathering);
    int closed = gathering->log->pMethods->xClose(gathering->log);
    free(gathering->bytes);
    return code != SQLITE_OK ? code : closed;
}

/* ---- what is passed on ---- */

static int pass_lock(sqlite3_file *file, int level)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xLock(log, level);
}

static int pass_unlock(sqlite3_file *file, int level)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xUnlock(log, level);
}

static int pass_check_lock(sqlite3_file *file, int *out)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xCheckReservedLock(log, out);
}

static int pass_control(sqlite3_file *file, int operation, void *argument)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xFileControl(log, operation, argument);
}

static int pass_sector_size(sqlite3_file *file)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xSectorSize(log);
}

static int pass_characteristics(sqlite3_file *file)
{
    sqlite3_file *log = gathering_of(file)->log;
    return log->pMethods->xDeviceCharacteristics(log);
}

/* Version 1: shared memory and mapped pages belong to the database, not to its log. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = gather_close,
    .xRead = gather_read,
    .xWrite = gather_write,
    .xTruncate = gather_truncate,
    .xSync = gather_sync,
    .xFileSize = gather_size,
    .xLock = pass_lock,
    .xUnlock = pass_unlock,
    .xCheckReservedLock = pass_check_lock,
    .xFileControl = pass_control,
    .xSectorSize = pass_sector_size,
    .xDeviceCharacteristics = pass_characteristics,
};

static sqlite3_vfs *engine_vfs(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

static int gather_open(
    sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *engine = engine_vfs(vfs);
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return engine->xOpen(engine, name, file, flags, out);
    struct gathering *gathering = gathering_of(file);
    *gathering = (struct gathering){.log = (sqlite3_file *)(void *)(gathering + 1)};
    int code = engine->xOpen(engine, name, gathering->log, flags, out);
    if (code == SQLITE_OK)
        gathering->file.pMethods = &methods;
    return code;
}

void sql_gather_register(void)
{
    static sqlite3_vfs vfs;
    sqlite3_vfs *engine = sqlite3_vfs_find(NULL);
    if (engine == NULL)
        return; /* opening fails by itself, with the engine's words */
    vfs = *engine;
    vfs.pNext = NULL;
    vfs.zName = SQL_GATHER;
    vfs.pAppData = engine;
    vfs.szOsFile += (int)sizeof(struct gathering);
    vfs.xOpen = gather_open;
    (void)sqlite3_vfs_register(&vfs, 0);
}
