#pragma once
/* report_comments.h: what people wrote, in words that every face says alike. Texts of
   respondents are data: each face escapes them as it does any other. */
#include "kiosk/language.h"
#include "kiosk/report.h"

/* "identifies somebody", of what is held back; of the others "may be shown" and "waits
   to be read". Static. */
const char *report_review_words(enum language language, enum review review);

/* "Comments in the waves that are shown: 42. Of these may be shown: 20; held back: 3;
   waiting to be read: 19." In the arena; ptr NULL when full. */
struct text report_comments_counts(
    struct arena *arena, enum language language, const struct report_comments *comments);
/* "Held back because: insults 10, says nothing 12." Empty: none is. */
struct text report_comments_reasons(
    struct arena *arena, enum language language, const struct report_comments *comments);
/* That these are not all that may be shown; empty if they are. */
struct text report_comments_chosen(
    struct arena *arena, enum language language, const struct report_comments *comments);
