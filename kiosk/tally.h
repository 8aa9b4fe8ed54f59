#pragma once
/* tally.h: the counts of one cell (a wave at a centre, by channel, …): how many
   submissions, and for each item how many of each answer. The layout follows the
   questionnaire, whose items are frozen once a wave has opened; db/tally keeps cells
   packed, one row each. */
#include "kiosk/submission.h"

/* Places of a rating item's counters behind its offset. */
enum {
    TALLY_BLANK,
    TALLY_UNKNOWN,
    TALLY_LEVEL_1,
    TALLY_RATING_COUNT = TALLY_LEVEL_1 + LEVEL_COUNT
};

/* A cell as reports read it. The wave slice has no period. The period slice has the wave
   too, because one period may hold days of two waves. */
struct tally_cell {
    struct text programme;
    struct text wave;
    day_t period; /* DAY_NONE in the wave slice */
    struct text centre;
    enum channel channel;
    enum mode mode;
    unsigned flags;    /* as submissions have them; always 0 in the period slice */
    int64_t received;  /* submissions that have come, released or not */
    int64_t *counters; /* tally_size of the questionnaire; summed over the nodes */
    size_t counter_count;
};

/* Number of counters of a cell: one for the submissions received; a rating has seven
   (blank, unknown, levels 1 to 5), a choice one for blank and one an option, a text none.
 */
size_t tally_size(const struct plan_questionnaire *questionnaire);
/* Where the counters of an item begin. */
size_t tally_offset(const struct plan_questionnaire *questionnaire, size_t item);

/* Adds one submission's answers (they fit: answers_fit) to tally_size counters. */
void tally_add(const struct plan_questionnaire *questionnaire, struct text answers,
    int64_t *counters);

/* Counters as stored: 32 bits each, little end first; bytes has 4 × count. False if a
   counter is negative or over UINT32_MAX. */
bool tally_pack(const int64_t *counters, size_t count, unsigned char *bytes);
/* False if size is not 4 × count. */
bool tally_unpack(
    const unsigned char *bytes, size_t size, int64_t *counters, size_t count);
