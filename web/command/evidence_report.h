#pragma once
/* evidence_report.h: the report in a file of evidence: made from what is in the file, and
   made again when it is checked. */
#include "web/command/command.h"

#include "db/plans.h"

/* The report of all indicators as JSON, in the arena of the call. NOT_FOUND: no plan is
   in force. */
MUST_CHECK enum status evidence_report(const struct invocation *call, struct store *store,
    const struct plans *plans, day_t as_of, enum language language, struct text *out);

/* If the store is evidence: adds a problem unless its report is the one that its rows
   give. One made by another version of this program is not compared, since reports gain
   figures; *is_skipped then. */
MUST_CHECK enum status evidence_check_report(const struct invocation *call,
    struct store *store, const struct plans *plans, struct problems *problems,
    bool *is_skipped);
