#pragma once
/* batches.h: what was printed for a wave, and to how many people staff handed it out. */
#include "db/store.h"
#include "kiosk/calendar.h"
#include "kiosk/submission.h"

struct batch_record {
    int64_t id;
    struct text centre; /* may be empty */
    enum channel channel;
    int64_t count;
    day_t made_on;
    struct text made_by; /* the operator's name; empty: the command line */
    bool is_voided;
    int64_t voided;     /* how many were unused then */
    struct text reason; /* of voiding */
};

/* The batches of a wave, the newest first, without prints for trying; in the arena. */
MUST_CHECK enum status batches_list(struct store *store, struct arena *arena,
    struct text programme, struct text wave, struct batch_record **out, size_t *count);

struct handout {
    int64_t handed_out; /* people who were given a slip */
    int64_t refused;    /* people who would not take one */
};

/* What staff recorded of a wave; zeros if nothing. */
MUST_CHECK enum status handouts_get(
    struct store *store, struct text programme, struct text wave, struct handout *out);
/* Adds (or, below zero, takes back). INVALID: there would be less than none, or more than
   WAVE_POPULATION_MAX; nothing was changed. */
MUST_CHECK enum status handouts_add(struct store *store, struct text programme,
    struct text wave, const struct handout *change);
