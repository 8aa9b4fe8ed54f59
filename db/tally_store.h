#pragma once
/* tally_store.h: the counts that reports read: a few fixed slices, one row a cell, kept
   in the same transaction as the submissions. Reports never read a submission. */
#include "db/store.h"
#include "kiosk/tally.h"

/* The slices: which dimensions a row has; the others are empty in its key. */
enum tally_slice {
    TALLY_BY_WAVE,   /* programme × wave × centre × channel × mode × flags */
    TALLY_BY_PERIOD, /* programme × wave × period × centre × channel × mode */
    TALLY_SLICE_COUNT
};

/* What the counters of a cell are: all that has come, or what was released last. */
enum tally_counts { TALLY_LIVE, TALLY_RELEASED };

/* The live cells of one programme in a slice, in key order, in the arena. */
MUST_CHECK enum status tally_list(struct store *store, struct arena *arena,
    enum tally_slice slice, struct text programme, struct tally_cell **out,
    size_t *out_count);

/* The same by a connection of the caller's, in its view of the data. A cell of which
   nothing was released has counters of 0. */
MUST_CHECK enum status tally_read(struct sql *sql, struct arena *arena,
    enum tally_slice slice, enum tally_counts counts, struct text programme,
    struct tally_cell **out, size_t *out_count);
