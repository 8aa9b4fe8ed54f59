#pragma once
/* batch_parts.h: inside a batch: what its files share. The rows are written one by one
   (batch.c), or as arrays where the engine takes them (batch_arrays.c); so are the
   tallies (batch_arrays_counts.c). */
#include "db/batch.h"
#include "db/counted.h"
#include "db/seals.h"
#include "db/tally_key.h"

/* One submission's part in one cell. */
struct delta {
    struct tally_key key;
    const struct batch_item *item;
    const struct seal_digest *digest;
};

/* How many seals a period had when the batch was written: asked for once, since a batch
   is of few periods. */
struct lateness {
    struct set_key key; /* texts of the batch's entries */
    int64_t seals;
};
enum { LATENESS_KEPT = 16 };

/* An item in a round of arrays. */
struct place {
    struct batch_item *item;
    size_t arrival;             /* its place in the batch */
    struct seal_digest *digest; /* of the batch's; where it will be */
};

struct batch {
    int64_t node;
    int64_t serial;            /* of the connection under which that is its number */
    bool is_committed;         /* the batch before this one */
    struct counted *counted;   /* by node, if it is one of several, on that connection */
    struct arrivals *arrivals; /* NULL: each submission goes where it stays */
    struct lateness lateness[LATENESS_KEPT]; /* a ring … */
    size_t lateness_count;                   /* … of so many in all */
    struct seal_digest *digests;             /* of the items stored */
    size_t count;                            /* of the items added */
    struct place *places;                    /* of a round of arrays … */
    struct place *left;                      /* … and what waits for one */
    struct period_set set;                   /* of the period at hand */
    struct delta *deltas;                    /* TALLY_SLICE_COUNT an item */
    size_t delta_count;
    int64_t counters[TALLY_COUNTERS_MAX]; /* of the cell at hand */
    int64_t stored[TALLY_COUNTERS_MAX];
    unsigned char bytes[TALLY_CELL_BYTES_MAX];
};

/* How many seals the submission's period has. */
MUST_CHECK enum status batch_find_lateness(struct batch *batch, struct sql *sql,
    const struct submission *submission, int64_t *out);
/* The deltas of one cell stand together, first is the first of them: their counts go to
   the counters, *count of them, and *end is behind them. */
void batch_count_cell(struct batch *batch, size_t first, size_t *count, size_t *end);
/* What the batch's node has counted; NULL if it isn't known, since others write the same
   rows. */
struct counted *batch_counted(const struct batch *batch);
/* Adds the stored cell of a row's column to the counters. INTERNAL, logged: it has
   another form than the questionnaire. */
MUST_CHECK enum status batch_add_stored(struct batch *batch, struct sql_statement *row,
    int column, const struct tally_key *key, size_t count);
/* The same of a cell that is known. */
MUST_CHECK enum status batch_add_known(
    struct batch *batch, const struct cell *cell, size_t count);
/* Packs the counters into the bytes. INTERNAL, logged: one is too large. */
MUST_CHECK enum status batch_pack(
    struct batch *batch, const struct tally_key *key, size_t count);

/* One more submission's part in each slice. */
void batch_add_deltas(
    struct batch *batch, const struct batch_item *item, const struct seal_digest *digest);
/* A row's, which its item may bring along. */
struct seal_digest batch_digest(const struct batch_item *item, int64_t late);

/* ---- as arrays ---- */

/* Items wait until the batch is finished, for a handful of calls. */
void arrays_add(struct batch *batch, struct batch_item *const *items, size_t count);
/* Writes those that wait and adds the deltas of what is stored; the outcomes are known
   then. Comments may still be on their way: their failure is a later call's. CLOSED:
   another node was in the way, and the same again succeeds. NOT_FOUND: a slip's code is
   not in the store. */
MUST_CHECK enum status arrays_write_rows(struct batch *batch, struct sql *sql);
/* Writes the cells of the deltas, which must be in the order of their keys; a failure to
   write may be a later call's. INTERNAL: as of batch_add_stored and batch_pack. */
MUST_CHECK enum status arrays_write_tallies(struct batch *batch, struct sql *sql);
