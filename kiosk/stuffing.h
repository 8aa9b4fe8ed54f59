#pragma once
/* stuffing.h: the signs that somebody fills the box instead of being asked: answers that
   come too fast one after another, that nobody can have read, that repeat each other, or
   that come at night. A sign is no proof: it is kept beside the submission, counted and
   shown, and nothing is ever left out for it. What is remembered here is of one process
   and gone with it. Not thread-safe; time is given. */
#include "kiosk/code.h"
#include "kiosk/limits.h"
#include "kiosk/submission.h"

/* Bits of submission.flags, in the order of the words. */
enum stuffing_rule {
    STUFFING_BURST,  /* more answers through one open code than people can queue */
    STUFFING_FAST,   /* sent sooner than the questions can be read */
    STUFFING_STREAK, /* the same answers again and again through one open code */
    STUFFING_NIGHT,  /* outside the plan's hours */
    STUFFING_RULE_COUNT
};
enum {
    STUFFING_FLAGS = 1 << STUFFING_RULE_COUNT, /* all values of submission.flags */
    STUFFING_PAUSE_SECONDS = 3600,             /* without answers: a streak is over */
    STUFFING_WAYS = 8 /* codes that share a place; the quietest one makes room */
};
#define STUFFING_NOT_SHOWN INT64_MIN /* nobody knows when the form was handed out */

/* "burst", "fast" …; static. */
struct text stuffing_word(enum stuffing_rule rule);
/* "burst+night", in the arena; empty for no flag, ptr NULL when full. */
struct text stuffing_words(struct arena *arena, unsigned flags);

/* What is remembered of an open code; all zero: nothing. */
struct stuffing_link {
    struct code_hash code;
    int64_t seen;                       /* second of the newest answer; 0: a free place */
    uint64_t answers;                   /* a hash of the newest answers … */
    int64_t streak;                     /* … and how many in a row were the same */
    uint16_t minutes[FLAG_MINUTES_MAX]; /* answers a minute, a ring */
};
struct stuffing {
    struct stuffing_link links[FLAG_LINKS_MAX];
};

/* A submission as it arrives. Seconds are those of the epoch. */
struct stuffing_answer {
    const struct submission *submission; /* its channel and answers */
    const struct plan_questionnaire *questionnaire;
    const struct code_hash *link; /* the open code; NULL: a code of one's own */
    int64_t shown;                /* when its form was handed out, or NOT_SHOWN */
    int64_t now;
};

/* The flags of the answer by the plan's thresholds; remembers it with its code. Of more
   codes than FLAG_LINKS_MAX those that were quiet longest are forgotten, which flags
   fewer, never more. A clock set back counts as standing still. */
unsigned stuffing_judge(struct stuffing *stuffing, const struct plan *plan,
    const struct stuffing_answer *answer);
/* The answer turned out to be one that was there already, or was not kept. */
void stuffing_take_back(struct stuffing *stuffing, const struct stuffing_answer *answer);
