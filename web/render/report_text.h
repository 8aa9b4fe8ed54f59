#pragma once
/* report_text.h: the report for a terminal: aligned, in the reader's language. */
#include "kiosk/report.h"

/* only: the id of one indicator, or empty for all. In the arena; ptr NULL when it is
 * full. */
struct text report_text(struct arena *arena, enum language language,
    const struct report *report, struct text only);
