#pragma once
/* rows.h: submissions as they are read back: by verify, which counts them all again, and
   by the withdrawal of an import, which counts what it takes out. */
#include "db/cells.h"
#include "db/plans.h"
#include "kiosk/seal.h"

/* The submission of a row with the columns of SUBMISSION_COLUMNS; texts live until the
   next step. False if its id is none, its period no day or its flags
   none. */
bool submission_from_row(struct sql_statement *row, struct submission *out);

/* How it came in, from the same row. */
struct seal_origin origin_from_row(struct sql_statement *row);
/* True if the row says what it said when it was stored: its digest is the one kept in
   it. */
bool row_is_unchanged(struct sql_statement *row, const struct seal_digest *digest);

/* What a submission refers to, in the version of the plan it was taken under. Borrowed
   from the plans. */
struct row_reference {
    const struct plan *plan;
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    struct text centre; /* the plan's own text of it */
    const struct plan_questionnaire *questionnaire;
};

/* NULL if all is found; else what is wrong, a message with the submission's id as {1} and
   the version as {2}. */
const char *row_find_reference(const struct plans *plans,
    const struct submission *submission, struct row_reference *out);
/* What is wrong inside the row, or NULL: a message with the same arguments. */
const char *row_check(
    const struct submission *submission, const struct row_reference *reference);

/* Counts a submission without mistakes in its cell of each slice. NO_MEMORY. */
MUST_CHECK enum status row_count(struct cells *cells, const struct submission *submission,
    const struct row_reference *reference);
/* Adds it to its set, as cells_add_set. NO_MEMORY. */
MUST_CHECK enum status row_join_set(struct cells *sets,
    const struct submission *submission, const struct row_reference *reference,
    int64_t late, const struct seal_digest *digest);
