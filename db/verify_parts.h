#pragma once
/* verify_parts.h: inside verify: what its parts share. A part reads one kind of table and
   tells what does not match what was computed from the rows. */
#include "db/rows.h"
#include "db/verify.h"
#include "kiosk/limits.h"

struct verification {
    struct sql *sql; /* a reader in the one view of the data */
    const struct plans *plans;
    struct problems *problems;
    struct verify_result result;
    bool has_no_codes;                    /* evidence: batches are told, codes are not */
    struct cells *cells;                  /* of the rows, as tallies count them */
    struct cells *sets;                   /* of the rows, by period and lateness */
    int64_t stored[TALLY_COUNTERS_MAX];   /* one stored row … */
    int64_t released[TALLY_COUNTERS_MAX]; /* … and what reports show of it */
    struct tally_key key;                 /* of the stored cell at hand … */
    int64_t sum[TALLY_COUNTERS_MAX];      /* … added up over its nodes */
    size_t sum_count;
    char key_text[3][ID_BYTES_MAX + 1]; /* keeps the key's texts beyond its row */
};

/* The message may be followed by one to three arguments; texts in the problems' arena. */
void verify_tell(struct problems *problems, const char *message, struct text first,
    struct text second, struct text third);
struct text verify_number(struct problems *problems, int64_t number);
/* "visits q1 2026-02-01" */
struct text verify_name_period(
    struct problems *problems, struct text programme, struct text wave, int64_t period);

/* ---- the parts ---- */

/* Every row into cells and sets, by two threads where it is worth it; sql is then a
   reader in the same view. */
struct verify_listener {
    void (*progress)(void *context, int64_t done, int64_t total);
    void *context;
};
MUST_CHECK enum status verify_rows(struct verification *verification, struct store *store,
    const struct verify_listener *listener);
MUST_CHECK enum status verify_tallies(struct verification *verification);
/* No more hours than flagged answers; after the rows. */
MUST_CHECK enum status verify_hours(struct verification *verification);
MUST_CHECK enum status verify_batches(struct verification *verification);
MUST_CHECK enum status verify_imports(struct verification *verification);
MUST_CHECK enum status verify_sets(struct verification *verification);
/* Seals and the audit log, which tell of each other. */
MUST_CHECK enum status verify_chains(struct verification *verification);
/* Published reports, and what the log tells of them. */
MUST_CHECK enum status verify_published(struct verification *verification);
/* What became of comments, and what the log tells of it. */
MUST_CHECK enum status verify_comments(struct verification *verification);
