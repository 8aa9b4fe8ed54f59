#pragma once
/* batch.h: what the intake's one transaction does: rows, codes and tallies of a batch of
   submissions. The caller begins and ends the transaction. */
#include "db/arrivals.h"
#include "db/intake.h"
#include "db/sql.h"
#include "kiosk/seal.h"

/* A submission on its way. */
struct batch_item {
    const struct intake_entry *entry;
    const struct seal_part *part; /* as if it came in time; NULL: not worked out */
    enum intake_outcome outcome;  /* valid once the transaction is committed … */
    enum status status;           /* … and if this is OK */
};

struct batch; /* working memory, used by one thread */

/* For at most item_max items at once. NULL without memory; the caller frees. */
struct batch *batch_new(size_t item_max);
void batch_free(struct batch *batch); /* accepts NULL */
/* From now on submissions lie where they came, as many as may; for the intake of a file
   alone. Borrowed. */
void batch_let_lie(struct batch *batch, struct arrivals *arrivals);

/* ---- one transaction's ---- */

/* Begins anew, under the number of a node: TALLY_NODE, but in transactions that nodes
   share. Statuses as arrivals_begin. */
MUST_CHECK enum status batch_begin(struct batch *batch, struct sql *sql, int64_t node);
/* Writes the items behind those that were added before, so that of two with one id or one
   code the first wins. Items and what they point to must live until the batch is
   finished. Anything but OK means that the transaction must be rolled back: BUSY the
   disk, CLOSED another node was in the way and the same again succeeds, else one of the
   items can't be kept. */
MUST_CHECK enum status batch_add(
    struct batch *batch, struct sql *sql, struct batch_item *const *items, size_t count);
/* Adds what was stored to the tallies and the sets; the outcomes are known then. Statuses
   as batch_add. */
MUST_CHECK enum status batch_finish(struct batch *batch, struct sql *sql);
/* The transaction was committed. Else what was counted in it is not taken as known. */
void batch_committed(struct batch *batch);
/* Begins, adds and finishes, under TALLY_NODE. No item may be among those that lie where
   they came (arrivals_settle), unless the batch knows them. */
MUST_CHECK enum status batch_write(
    struct batch *batch, struct sql *sql, struct batch_item *const *items, size_t count);
