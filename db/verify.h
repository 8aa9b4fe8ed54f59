#pragma once
/* verify.h: recomputes from the rows what is kept beside them, and names what does not
 * match. */
#include "db/plans.h"

struct verify_result {
    int64_t submissions; /* rows read */
    int64_t cells;       /* tally cells compared */
};

/* OK: everything matches. INVALID: problems name each cell, row or count that does not.
   progress may be NULL; it is called now and then with the rows done and the rows there
   are. */
MUST_CHECK enum status verify_store(struct store *store, const struct plans *plans,
    struct problems *problems, struct verify_result *out,
    void (*progress)(void *context, int64_t done, int64_t total), void *context);
