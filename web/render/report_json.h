#pragma once
/* report_json.h: the report as JSON, in the shape of the outside contract. */
#include "kiosk/report.h"

/* only: the id of one indicator, or empty for all; language: of the notices. In the
   arena; ptr NULL when it is full. */
struct text report_json(struct arena *arena, enum language language,
    const struct report *report, struct text only);
