/* review.c: the words of reviews. */
#include "kiosk/review.h"

static const char *const words[REVIEW_COUNT] = {
    [REVIEW_NEW] = "new",
    [REVIEW_WAITS] = "waiting",
    [REVIEW_SHOWN] = "shown",
    [REVIEW_NAMES] = "names",
    [REVIEW_INSULT] = "insult",
    [REVIEW_EMPTY] = "empty",
    [REVIEW_OTHER] = "other",
};

struct text review_word(enum review review)
{
    return text_of(words[review]);
}

bool review_parse(struct text word, enum review *out)
{
    for (int i = 0; i < REVIEW_COUNT; i++)
        if (text_equals(word, text_of(words[i]))) {
            *out = (enum review)i;
            return true;
        }
    return false;
}

bool review_is_decision(enum review review)
{
    return review != REVIEW_NEW;
}
