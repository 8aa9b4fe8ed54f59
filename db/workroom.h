#pragma once
/* workroom.h: the files of a restoration: a folder "restoring" inside the store's, in
   which the new store is built, and the moves that put it in place. Used by restore.c
   only. Functions that give false leave the reason in errno. */
#include "db/backup.h"

struct workroom {
    int folder;           /* of the store; borrowed */
    int handle;           /* of the room; -1: not made */
    const char *location; /* of the store, as given; borrowed */
    const char *path;     /* of the room, in the arena */
    const char *database; /* manyi.db in it, in the arena */
    struct arena *arena;
};

/* A handle of the folder, or -1. */
int workroom_open_folder(const char *location);

/* Makes the room, empty, also if a restoration before was cut off. */
MUST_CHECK bool workroom_make(
    struct workroom *room, int folder, const char *location, struct arena *arena);
/* Takes it away with what is still in it. Accepts one that was never made. */
void workroom_close(struct workroom *room);

/* The file as manyi.db, synced. */
MUST_CHECK bool workroom_copy(
    struct workroom *room, const char *file, const struct backup_listener *listener);
/* The key: of the file; or, without one (NULL), the store's before; or, without that, a
   new one. INVALID: it is not 32 bytes. INTERNAL: see errno. */
MUST_CHECK enum status workroom_bring_key(struct workroom *room, const char *key_file);

/* Gives the store before a folder of its own in the store's, whose path goes to *out;
   nothing is moved and *out is untouched if there is none. The database stays under its
   name as well, until the new one takes it. */
MUST_CHECK bool workroom_move_aside(struct workroom *room, const char **out);
/* The new store takes its place, and belongs to whom the folder belongs. */
MUST_CHECK bool workroom_move_in(struct workroom *room);
