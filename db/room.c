/* room.c: asks the file system for its free space, now and then. */
#include "db/room.h"

#include "db/log.h"
#include "kiosk/limits.h"

#include <stdio.h>
#include <sys/statvfs.h>
#include <time.h>

enum { CHECK_MS = 500 };

void room_init(struct room *room, int folder)
{
    room->folder = folder;
    atomic_init(&room->next_check_ms, 0);
    atomic_init(&room->is_short, false);
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* True for the one thread whose turn it is to look. */
static bool is_due(struct room *room)
{
    int64_t now = now_ms();
    long long next = atomic_load(&room->next_check_ms);
    return now >= next &&
           atomic_compare_exchange_strong(&room->next_check_ms, &next, now + CHECK_MS);
}

static void tell(bool is_short, int64_t free_bytes)
{
    char detail[100];
    (void)snprintf(detail, sizeof detail, "%lld bytes are free, %d are needed",
        (long long)free_bytes, FREE_BYTES_MIN);
    log_line(is_short ? LOG_LEVEL_ERROR : LOG_LEVEL_NOTICE,
        is_short ? "store.disk_nearly_full" : "store.disk_has_room", text_of(detail));
}

bool room_is_left(struct room *room)
{
    struct statvfs disk;
    if (!is_due(room) || fstatvfs(room->folder, &disk) != 0)
        return !atomic_load(&room->is_short);
    int64_t free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    bool is_short = free_bytes < FREE_BYTES_MIN;
    if (atomic_exchange(&room->is_short, is_short) != is_short)
        tell(is_short, free_bytes);
    return !is_short;
}
