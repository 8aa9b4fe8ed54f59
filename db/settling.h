#pragma once
/* settling.h: rows that lie where they came are put among the others, in the caller's
   transaction, and whoever is alone in writing. As many are taken up as are put down, or
   none. */
#include "db/sql.h"
#include "db/store.h"

struct settling {
    enum statement settle; /* puts down */
    enum statement forget; /* takes up */
    enum statement chunk;  /* where the last of so many lies; by place alone */
    enum statement newest; /* where the last of all lies; the same */
    int64_t last;          /* up to this place; 0: those of a wave */
    struct text programme;
    struct text wave;
};

/* INTERNAL, logged: not the same number was put down and taken up. */
MUST_CHECK enum status settle(
    struct sql *sql, const struct settling *settling, int64_t *settled);
/* The same of those that came first, at most max; *settled is 0 if there are none. */
MUST_CHECK enum status settle_chunk(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *settled);
/* All that lie there now, little by little in transactions of their own, so that nobody
   waits long; those that come meanwhile are no part of it, or it might never end. What
   can't be settled or written is left to who settles the rest and is told there. */
void settle_most(struct store *store, const struct settling *settling);
