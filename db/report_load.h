#pragma once
/* report_load.h: brings the counts of a plan together and builds the report from them. */
#include "db/plans.h"
#include "kiosk/report.h"

/* The report of a plan version as of a day, from tally cells alone; in the arena. */
MUST_CHECK enum status report_load(struct store *store, struct arena *arena,
    const struct plan_version *version, day_t as_of, struct report *out);
