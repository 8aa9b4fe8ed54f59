#pragma once
/* settling.h: rows that lie where they came are put among the others, in the caller's
   transaction, and whoever is alone in writing. As many are taken up as are put down, or
   none. */
#include "db/sql.h"

struct settling {
    enum statement settle; /* puts down */
    enum statement forget; /* takes up */
    enum statement chunk;  /* where the last of so many lies; by place alone */
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
