#pragma once
/* report_load.h: brings the counts of a plan together and builds the report from them. */
#include "db/plans.h"
#include "kiosk/report.h"

/* The report of a plan version as of a day, from tally cells alone; in the arena.
   Of an earlier day than today it shows only what today's report tells; who may see every
   row gives as_of as today too. */
MUST_CHECK enum status report_load(struct store *store, struct arena *arena,
    const struct plan_version *version, day_t as_of, day_t today, struct report *out);
