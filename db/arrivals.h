#pragma once
/* arrivals.h: submissions that lie where they came.

   An id is random, and so is its page among the others: that page was most of what an
   answer cost the intake. On a file a submission therefore lies behind the one that came
   before it until a mixing settles it among the others. Nothing in the file finds an id
   there, so the ids are kept in memory, 8 bytes each and a few to spare. Only the intake
   lays submissions down, and one intake serves a file; used by its thread alone. Before
   any other call but the last three: arrivals_begin. */
#include "db/sql.h"
#include "db/store.h"
#include "kiosk/submission.h"

struct arrivals;

/* At most so many lie there. NULL without memory; the caller frees. */
struct arrivals *arrivals_new(size_t max);
void arrivals_free(struct arrivals *arrivals); /* accepts NULL */

/* At the beginning of each transaction: reads what lies there if it isn't known yet, and
   forgets what was settled when the table is to grow. NO_MEMORY, or the store's:
   then no submission may be written, since it might be there already. */
MUST_CHECK enum status arrivals_begin(struct arrivals *arrivals, struct sql *sql);
/* OK: the submission lies there. NOT_FOUND. Else the store's. */
MUST_CHECK enum status arrivals_find(
    struct arrivals *arrivals, struct sql *sql, const struct submission_id *id);
/* The place for a submission that isn't there yet, which is kept in mind under it; if the
   transaction fails, for nothing. 0: as many as may lie there do, or there is no memory
   for more; this one goes where it stays. */
int64_t arrivals_take_place(struct arrivals *arrivals, const struct submission_id *id);

/* Puts those that came first, at most max, to the others; *settled says how many. In the
   caller's transaction, and whoever is alone in writing. */
MUST_CHECK enum status arrivals_settle(struct sql *sql, int64_t max, int64_t *settled);
/* All that lie there now, in short transactions of their own. */
void arrivals_settle_most(struct store *store);
/* Between which places they lie, those included; both 0: nowhere. */
MUST_CHECK enum status arrivals_span(struct sql *sql, int64_t *first, int64_t *last);
