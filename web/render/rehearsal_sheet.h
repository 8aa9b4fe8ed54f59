#pragma once
/* rehearsal_sheet.h: the acceptance sheet of a rehearsal: what each figure of the report
   must be beside what it is, as text and as a document that a manager signs. */
#include "kiosk/rehearsal.h"

#include <stdio.h>

enum rehearsal_outcome {
    REHEARSAL_EQUAL,
    REHEARSAL_DIFFERENT,
    REHEARSAL_HIDDEN,  /* too few to show: nothing to compare */
    REHEARSAL_INSIDE,  /* the truth lies in the interval */
    REHEARSAL_OUTSIDE, /* … or not, which chance does now and then */
    REHEARSAL_OUTCOME_COUNT
};

/* One comparison. A heading has a name alone. */
struct rehearsal_line {
    bool is_heading;
    struct text name;
    struct text expected;
    struct text measured;
    enum rehearsal_outcome outcome;
};

struct rehearsal_sheet {
    enum language language;
    const struct report *report;
    struct rehearsal_line *lines;
    size_t count;
    size_t capacity;
    int64_t outcomes[REHEARSAL_OUTCOME_COUNT]; /* how many of each */
};

/* Compares everything, in the arena. NO_MEMORY. */
MUST_CHECK enum status rehearsal_compare(struct arena *arena, enum language language,
    const struct rehearsal *rehearsal, const struct demo *demo,
    const struct report *report, struct rehearsal_sheet *out);

/* ptr NULL when the arena is full. */
struct text rehearsal_text(struct arena *arena, const struct rehearsal_sheet *sheet);
/* As report_pdf (report_pdf.h). */
MUST_CHECK enum status rehearsal_pdf(
    struct arena *arena, const struct rehearsal_sheet *sheet, FILE *out);
/* "12 comparisons are equal, …"; in the arena. */
struct text rehearsal_summary(struct arena *arena, const struct rehearsal_sheet *sheet);
const char *rehearsal_word(enum language language, enum rehearsal_outcome outcome);
