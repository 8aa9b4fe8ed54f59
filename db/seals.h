#pragma once
/* seals.h: what a period's submissions were on a day, in a chain. A period is sealed once
   its wave is over and tablets that were away have had their days of grace; what comes or
   goes after that is sealed in a supplement, by and by. Submissions are in sets.h. */
#include "db/plans.h"
#include "db/sets.h"

/* Seals every period that is due on that day and has no seal, or has another set than its
   last seal says, in one transaction; each seal is a line of the audit log. A period is
   due when more than the plan's grace days have passed since its wave closed, by the
   newest version of the plan that has the wave. *made: how many. Nothing is written where
   nothing is due. BUSY: the store can't write now. For one call a day, or more. */
MUST_CHECK enum status seals_make(
    struct store *store, const struct plans *plans, day_t today, size_t *made);

/* The seals of a programme's periods, in the order they were made, in the arena. */
MUST_CHECK enum status seals_list(struct sql *sql, struct arena *arena,
    struct text programme, struct seal **out, size_t *out_count);

/* How many seals a period has. */
MUST_CHECK enum status seal_count(
    struct sql *sql, const struct set_key *key, int64_t *out);

/* A row of SEAL_COLUMNS; texts live until the next step. False if it is no seal. */
bool seal_from_row(struct sql_statement *row, struct seal *out);
