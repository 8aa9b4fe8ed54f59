#pragma once
/* suppress.h: which groups of a breakdown must not be shown. A group of fewer than k
   answers is hidden, and with it as many others as it takes that no subtraction from the
   total gives it back: hidden groups are never alone, and never together fewer than k.
   Empty groups stay as they are: they hold nobody. Pure; thread-safe. */
#include "kiosk/arena.h"
#include "kiosk/status.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SUPPRESS_K = 10,           /* the smallest group that is shown, if nothing says */
    SUPPRESS_K_MIN = 5,        /* under this somebody can be recognised */
    SUPPRESS_CELLS_MAX = 10000 /* of a two-way table: each is looked at from all */
};

/* True where 0 < n < k. */
bool group_is_small(int64_t n, int64_t k);

/* Groups whose sum is shown: sets hidden[i] of each that must not be, leaving what is set
   already. While the hidden are only one, or together fewer than k, the smallest shown
   group that is not empty follows (of equals the first). n ≥ 0; their sum fits. True if
   the sum is small too and must be hidden as well. */
bool suppress_groups(const int64_t *n, size_t count, int64_t k, bool *hidden);

/* Why a cell of a table is hidden. */
enum suppress_reason {
    SUPPRESS_SHOWN,
    SUPPRESS_BEFORE, /* it was set already */
    SUPPRESS_SMALL,
    SUPPRESS_LINE, /* its row or column had one hidden cell, or few answers in them */
    SUPPRESS_WAY   /* a hidden cell had no second way, and this opens one */
};

/* A table whose row sums and column sums are shown; cells row by row. */
struct suppress_table {
    const int64_t *n;
    size_t rows;
    size_t columns;
    int64_t k;
    enum suppress_reason *reasons; /* NULL: not told; else of each cell, all zero */
};

/* The same along every row and column until nothing changes; and further cells until each
   hidden one lies on a closed way through hidden ones, so that it can be shifted against
   the others without a sum changing. *out_is_safe is false if some hidden cell has no
   such way even with all that is not empty hidden: then the sums themselves give it away.
   INVALID: a negative count. TOO_LARGE: over SUPPRESS_CELLS_MAX cells. NO_MEMORY. */
MUST_CHECK enum status suppress_cells(struct arena *arena,
    const struct suppress_table *table, bool *hidden, bool *out_is_safe);
