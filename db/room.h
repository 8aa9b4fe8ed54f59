#pragma once
/* room.h: how much room is left on the disk of a store. Below FREE_BYTES_MIN answers are
   refused early, while there is still room for what was begun: the log, its copy in the
   database, the managers' work. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct room {
    int folder; /* a handle of it; borrowed */
    atomic_llong next_check_ms;
    atomic_bool is_short;
};

void room_init(struct room *room, int folder);
/* Looks at the disk at most twice a second, and logs each change. True also where the
   disk can't be asked. Safe from any thread. */
bool room_is_left(struct room *room);
