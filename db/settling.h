#pragma once
/* settling.h: rows that lie where they came are put among the others, by whoever is alone
   in writing; all but settle_most in the caller's transaction. As many are taken up as
   are put down, or none. */
#include "db/sql.h"
#include "db/store.h"

struct settling {
    enum statement settle; /* puts down those up to a place, or a wave's between two */
    enum statement forget; /* takes them up */
    enum statement chunk;  /* where the last of so many lies, behind a place */
    enum statement newest; /* where the last of all lies */
    struct text programme; /* empty: all */
    struct text wave;
};

/* All of the wave, piece by piece. INTERNAL, logged: not the same number was put down and
   taken up. */
MUST_CHECK enum status settle_wave(struct sql *sql, const struct settling *settling);
/* Those that came first, at most max; *settled is 0 if there are none. INTERNAL as
   before. */
MUST_CHECK enum status settle_chunk(
    struct sql *sql, const struct settling *settling, int64_t max, int64_t *settled);
/* All that lie there now, little by little in transactions of their own, so that nobody
   waits long; those that come meanwhile are no part of it, or it might never end. What
   can't be settled or written is left to who settles the rest and is told there. */
void settle_most(struct store *store, const struct settling *settling);
