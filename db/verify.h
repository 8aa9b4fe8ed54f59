#pragma once
/* verify.h: recomputes from the rows what is kept beside them (digests, sets, tallies,
 * seals, the log) and names what does not match. */
#include "db/plans.h"

struct verify_result {
    int64_t submissions; /* rows read */
    int64_t cells;       /* tally cells compared */
    int64_t periods;     /* sets compared */
    int64_t seals;
    int64_t audit_lines;
    int64_t published; /* reports */
};

/* OK: everything matches. INVALID: problems name each row, cell, period, seal or line
   that does not. progress may be NULL; it is called now and then, by the caller's thread,
   with the rows done and the rows there are. */
MUST_CHECK enum status verify_store(struct store *store, const struct plans *plans,
    struct problems *problems, struct verify_result *out,
    void (*progress)(void *context, int64_t done, int64_t total), void *context);
