#pragma once
/* demo_store.h: a store that holds a demonstration says so for ever: the mark is written
   before anything else is, and only into a store that this process has just made, so that
   made-up answers and real ones never meet. */
#include "db/store.h"
#include "kiosk/demo.h"

enum demo_state {
    DEMO_NONE,    /* a real store */
    DEMO_PARTIAL, /* marked, but its filling was broken off */
    DEMO_READY
};

MUST_CHECK enum status demo_store_find(struct store *store, enum demo_state *out);

/* Marks a new store as a demonstration (DEMO_PARTIAL). CONFLICT: this opening did not
   make the store, or a plan was applied to it since. */
MUST_CHECK enum status demo_store_begin(struct store *store);

/* Makes the codes, and takes the answers in as the intake does: codes spent, counted in
   the tallies. The plan must be in force. Then DEMO_READY. progress may be NULL. INTERNAL
   if an answer was not taken. */
MUST_CHECK enum status demo_store_fill(struct store *store, struct arena *arena,
    const struct demo *demo, void (*progress)(void *context, int64_t done, int64_t total),
    void *context);

/* Copies the mark, if there is one, inside the transactions of both. */
MUST_CHECK enum status demo_store_copy_mark(struct sql *from, struct sql *to);
