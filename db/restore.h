#pragma once
/* restore.h: a backup becomes a store again. It is unpacked and checked in a room of its
   own inside the store's folder, and takes the place of what is there only when all of it
   holds. */
#include "db/backup.h"
#include "db/verify.h"

struct restore_order {
    const char *file;
    const char *location; /* the store: made if it is missing */
    const char *key_file; /* NULL: the key in the folder; if there is none, a new one */
    bool replaces;        /* what is there is moved aside; else it is refused */
    struct backup_listener listener; /* of the copy, then of verify */
};

struct restore_result {
    struct verify_result verified;
    const char
        *aside; /* where the store before is now, in the problems' arena, or NULL */
    bool has_other_key; /* than its codes were made with: none printed before is known */
};

/* On failure the store is as it was, and problems hold what is wrong: NOT_FOUND no such
   file, or nowhere to put it; INVALID the file is no backup, is damaged, of a newer
   program, or does not verify (the mismatches come first, a sentence last), or the key is
   not its own; CONFLICT there is a store, or a server runs on it; BUSY another program
   has it open; INTERNAL the disk. */
MUST_CHECK enum status restore_store(const struct restore_order *order,
    struct problems *problems, struct restore_result *out);
