#pragma once
/* cells.h: tally cells in memory, found by their key: what verify counts from the rows.
   As many as the store has cells, however many submissions. */
#include "db/tally_key.h"

struct cell {
    struct tally_key key; /* texts borrowed from the plan */
    const struct plan_questionnaire *questionnaire;
    int64_t *counters; /* tally_size of the questionnaire */
    size_t counter_count;
    bool is_stored; /* set by whoever finds it in the store */
};

struct cells;

struct cells *cells_new(void);        /* NULL without memory; the caller frees */
void cells_free(struct cells *cells); /* accepts NULL */

/* NULL: no such cell. Borrowed until the next cells_add. */
struct cell *cells_find(struct cells *cells, const struct tally_key *key);
/* The cell of that key, with all counters 0 if it is new; borrowed until the next
   cells_add. NULL without memory. */
struct cell *cells_add(struct cells *cells, const struct tally_key *key,
    const struct plan_questionnaire *questionnaire);

size_t cells_count(const struct cells *cells);
/* In no order; index below cells_count. */
struct cell *cells_get(struct cells *cells, size_t index);
