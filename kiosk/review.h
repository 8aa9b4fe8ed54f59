#pragma once
/* review.h: what becomes of a comment. Nobody sees it until the answers of its wave are
   released (release.h), so that none comes alone; then somebody reads it and says whether
   reports may show it. It is shown whole or not at all: nobody edits what people wrote.
   Pure; thread-safe. */
#include "kiosk/text.h"

/* The numbers are kept, the words too: never renamed. */
enum review {
    REVIEW_NEW,    /* its answer is not released yet */
    REVIEW_WAITS,  /* nobody has read it, or a decision was taken back */
    REVIEW_SHOWN,  /* reports may show it */
    REVIEW_NAMES,  /* held back: it names a person, or says how to find one */
    REVIEW_INSULT, /* held back: it insults */
    REVIEW_EMPTY,  /* held back: it says nothing */
    REVIEW_OTHER,  /* held back for another reason */
    REVIEW_COUNT
};
enum { REVIEW_REASONS = REVIEW_COUNT - REVIEW_NAMES };

/* "new", "waiting", "shown", "names", "insult", "empty", "other"; static. */
struct text review_word(enum review review);
/* False: no such word. */
bool review_parse(struct text word, enum review *out);
/* True for what a reviewer may decide: all but REVIEW_NEW. */
bool review_is_decision(enum review review);
