#pragma once
/* backup.h: a whole copy of a store's database as one file, made beside a serving store.
   The key of the codes is not in it: who finds a backup can neither answer with its codes
   nor print them. */
#include "db/store.h"

/* Where long work says how far it is; either part may be NULL. */
struct backup_listener {
    void (*progress)(void *context, int64_t done, int64_t total);
    void *context;
};

/* Writes the store's database as of now to a new file, which is on the disk when this
   returns; until then it has a name of its own beside it. *size in bytes. Problems hold
   one sentence on failure: CONFLICT there is a file of that name, INVALID it can't be
   made there, or the store is on a server, INTERNAL the copy failed, which is logged. */
MUST_CHECK enum status backup_make(struct store *store, const char *file,
    const struct backup_listener *listener, struct problems *problems, int64_t *size);
