#pragma once
/* report_csv.h: the report as one flat table for statisticians: a row an indicator and a
   row for each of its breakdowns' rows, told apart by the first column. UTF-8 with a
   mark, so that spreadsheets read the Chinese. */
#include "kiosk/report.h"

/* only: the id of one indicator, or empty for all. In the arena; ptr NULL when it is
 * full. */
struct text report_csv(
    struct arena *arena, const struct report *report, struct text only);
