#pragma once
/* import_file.h: a table on its way into the store. The file is read twice: first whole,
   to list every mistake before anything is kept, then again by chunks, so that a large
   file needs little memory. The second time in the order of the ids, which is how the
   store keeps them: a chunk then changes a few of its pages and not some of all. */
#include "web/command/progress.h"
#include "web/csv_reader.h"

#include "db/imports.h"

/* Where a row stands that is right. */
struct row_place {
    struct submission_id id;
    unsigned line;
    size_t offset;
};

struct import_input {
    struct csv_reader *reader;
    struct arena *arena; /* the header's, and the problems' */
    struct problems problems;
    struct import_layout layout;
    struct arena *chunk; /* what the rows at hand say */
    struct arena *places_arena;
    struct row_place *places;
    size_t row_count;
    size_t place_capacity;
    struct arena *marks_arena;
    struct import_mark *marks; /* the ids that stand in the file */
    size_t mark_count;
    size_t mark_capacity;
};

/* Reads the file and checks it against the plan. INVALID and others of csv_open: problems
   say what is wrong, by line. NO_MEMORY. To be closed in any case. */
MUST_CHECK enum status import_input_open(struct import_input *input, struct arena *arena,
    const char *path, const struct plan_version *version);
/* Accepts one that is zeroed or that could not be opened. */
void import_input_close(struct import_input *input);

/* Stores what was checked, as the import *id from its beginning on. Statuses of
   import_begin and import_add_chunk; *counts is how far it went. */
MUST_CHECK enum status import_input_store(struct import_input *input, struct store *store,
    day_t today, struct progress *progress, int64_t *id, struct import_counts *counts);
