#pragma once
/* notice_pdf.h: the public notice (公示) of a published report, on one page to hang up:
   figures, verdicts, when it was published, how anybody can check it. Nothing else of the
   report is in it. */
#include "kiosk/seal.h"
#include "web/render/published_read.h"

#include <stdio.h>

struct notice_pdf {
    enum language language;
    const struct public_report *report;
    int64_t number;
    day_t published_on;
    struct seal_digest digest; /* of the report's bytes */
    struct text public_url;    /* without a slash at its end */
};

/* As report_pdf (report_pdf.h). */
MUST_CHECK enum status notice_pdf(
    struct arena *arena, const struct notice_pdf *notice, FILE *out);
