#pragma once
/* copy.h: a whole store moves to another place, also from one engine to the other: every
   row of every table, and the key of the codes. */
#include "db/backup.h"
#include "db/verify.h"

struct copy_order {
    const char *from; /* a folder or an address */
    const char *to;   /* the same; nothing may be in it */
    struct backup_listener listener;
};

struct copy_result {
    int64_t rows;
    struct verify_result verified; /* of the copy: all was computed again */
};

/* In one transaction: what is not finished leaves nothing. Problems hold at least one
   sentence on failure: CONFLICT there is something in the place it shall go to, or a
   server has the store; INVALID the copy does not hold, or its place has another key;
   else as store_open. */
MUST_CHECK enum status copy_store(
    const struct copy_order *order, struct problems *problems, struct copy_result *out);
