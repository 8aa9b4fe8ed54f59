#pragma once
/* imports.h: files of answers on their way into the store, and back out. A file is known
   by its digest and goes in by chunks, a transaction each, so that phones are served
   between two of them; after a crash the same file completes the same import, because the
   ids of its rows are always the same. Works beside a serving store. */
#include "db/intake.h"
#include "db/plans.h"
#include "kiosk/import.h"

struct operator_id;

struct import_file {
    struct import_digest digest;
    size_t row_count; /* at least 1 */
    day_t today;
    const struct operator_id *by; /* NULL: the command line */
};

struct import_counts {
    int64_t stored;
    int64_t present; /* the store had them already */
};

/* The import of that file: the one in force, which is to be completed, or a new one.
   BUSY: the store can't write now. */
MUST_CHECK enum status import_begin(
    struct store *store, const struct import_file *file, int64_t *out_id);

/* Stores up to IMPORT_CHUNK submissions in one transaction, releases their waves
   (releases.h) and adds what became of them to *counts. The entries' import is set here.
   CONFLICT: the import was withdrawn meanwhile. BUSY: as above. INTERNAL: one of them
   can't be kept; nothing of the chunk was. */
MUST_CHECK enum status import_add_chunk(struct store *store, int64_t id, day_t today,
    struct intake_entry *entries, size_t count, struct import_counts *counts);

/* Takes an import back whole, in one transaction: its submissions, its comments and what
   the tallies and sets hold of them; the day and the reason stay on record, and the same
   file may be imported again. *withdrawn: how many submissions. NOT_FOUND: no such
   import. CONFLICT: it was withdrawn before. INTERNAL: the store's rows and tallies don't
   match; verify says where. */
MUST_CHECK enum status import_withdraw(struct store *store, const struct plans *plans,
    int64_t id, struct text reason, day_t today, int64_t *withdrawn);
