#pragma once
/* import.h: answers collected on paper, by phone or elsewhere, as rows of a table: which
   column holds what, and what a row says. Whoever reads the file gives the rows; nothing
   here knows how a table is written. The same file gives the same ids whenever it is
   read, so that importing it twice adds nothing. */
#include "kiosk/submission.h"

/* The columns beside the items. All but the last must be there. */
enum import_column {
    IMPORT_PROGRAMME,
    IMPORT_WAVE,
    IMPORT_CENTRE,
    IMPORT_CHANNEL,
    IMPORT_MODE,
    IMPORT_DATE,
    IMPORT_SUBMISSION,
    IMPORT_COLUMN_COUNT
};

enum { IMPORT_DIGEST_BYTES = 32 };
/* Of a whole file; the ids of rows without one of their own are made from it. */
struct import_digest {
    unsigned char bytes[IMPORT_DIGEST_BYTES];
};

struct import_row {
    unsigned line;
    const struct text *cells;
    size_t cell_count;
};

struct import_header_cell {
    bool has_name;
    struct text item; /* of the plan; empty: the column holds none */
};

/* What the columns of a file hold. The caller sets the first three; they are borrowed. */
struct import_layout {
    const struct plan *plan;
    int64_t plan_version;
    struct import_digest digest;
    size_t places[IMPORT_COLUMN_COUNT]; /* PLAN_NONE: there is no such column */
    struct import_header_cell *header;
    size_t column_count;
};

/* One row, checked. */
struct import_entry {
    struct submission submission;
    const struct plan_questionnaire *questionnaire;
    bool has_uuid;
    struct submission_id uuid; /* as it stands in the file, of any version */
};

/* Where a file's own id stands. */
struct import_mark {
    struct submission_id uuid;
    unsigned line;
};

struct text import_column_name(enum import_column column); /* static */
struct import_digest import_digest(struct text content);

/* Reads the header row into the layout, in the arena. INVALID: problems name each column
   that is missing, doubled or unknown. NO_MEMORY. */
MUST_CHECK enum status import_read_header(struct arena *arena,
    const struct import_row *header, struct problems *problems,
    struct import_layout *layout);

/* True if no cell holds anything: a spreadsheet program's idea of an empty line. */
bool import_row_is_blank(const struct import_row *row);

/* Checks a row against the plan. *out lives in the arena and in the plan, nothing of it
   in the row. A row may have fewer cells than the header: the others are blank, since
   some spreadsheet programs leave out the last commas. INVALID: problems name each cell,
   with the column's number in the table as their column. NO_MEMORY. */
MUST_CHECK enum status import_read_row(struct arena *arena,
    const struct import_layout *layout, const struct import_row *row,
    struct problems *problems, struct import_entry *out);

/* Sorts the marks (none: NULL), and reports each line whose id an earlier line has. */
void import_check_repeats(const struct import_layout *layout, struct import_mark *marks,
    size_t count, struct problems *problems);
