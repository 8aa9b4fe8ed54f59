#pragma once
/* report_xlsx.h: the report as a workbook. Its first sheet pastes into the finance
   bureau's self-evaluation form as it is; behind it the figures, the breakdowns with
   charts that belong to the workbook, and how all of it was made. What is shown is what
   the report prints: a rate is its basis points as a number, with a format. Words are
   written as strings and nothing else, so none starts a formula. */
#include "kiosk/report.h"

#include <stdio.h>

/* Only that indicator, or all if only is empty. out is an empty file of its own, best an
   unlinked one; its position is moved to its end. Borrowed. The library keeps parts of
   the workbook in unlinked files of $TMPDIR, and needs an ordinary stack: server threads
   go through press.h. NO_MEMORY: the arena is full. TOO_LARGE: more rows than a sheet
   has. INTERNAL: the disk. */
MUST_CHECK enum status report_xlsx(struct arena *arena, enum language language,
    const struct report *report, struct text only, FILE *out);
