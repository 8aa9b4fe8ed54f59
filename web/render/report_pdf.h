#pragma once
/* report_pdf.h: the report as a document of a few pages: result, each indicator with its
   drawing and tables, the method in plain words, its limits, the seal. */
#include "kiosk/report.h"

#include <stdio.h>

struct report_pdf {
    enum language language;
    const struct report *report;
    struct text only;       /* an indicator; empty: all */
    struct text public_url; /* without a slash at its end; a symbol leads from there to
                               what is published of this report */
};

/* out is empty, readable and writable. Needs an ordinary stack: server threads go through
   press.h. NOT_FOUND: no font has Chinese. INVALID: no font has a character of the plan.
   TOO_LARGE: no symbol holds the address. NO_MEMORY. INTERNAL: the disk. */
MUST_CHECK enum status report_pdf(
    struct arena *arena, const struct report_pdf *pdf, FILE *out);
