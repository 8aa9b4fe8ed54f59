#pragma once
/* cells.h: tally cells and sets in memory, found by their key: what verify counts from
   the rows. As many as the store has cells and periods, however many submissions. */
#include "db/tally_key.h"
#include "kiosk/seal.h"

struct cell {
    struct tally_key key; /* texts borrowed from the plan */
    const struct plan_questionnaire *questionnaire;
    int64_t *counters; /* tally_size of the questionnaire */
    size_t counter_count;
    bool is_stored;           /* set by whoever finds it in the store */
    struct seal_lanes *lanes; /* of a set; of a tally cell NULL */
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

/* The key of a period's rows that came after so many of its seals: late stands in the
   place of the channel. */
struct tally_key cells_set_key(
    struct text programme, struct text wave, int64_t period, int64_t late);
/* The set of that key: one counter, how many rows, and their lanes. As cells_add. */
struct cell *cells_add_set(struct cells *cells, const struct tally_key *key);

/* Adds another table's cell, its counters and its lanes, to this one's of that key. False
   without memory. */
bool cells_join(struct cells *cells, const struct cell *other);

size_t cells_count(const struct cells *cells);
/* In no order; index below cells_count. */
struct cell *cells_get(struct cells *cells, size_t index);
