#pragma once
/* demo.h: the answers of the demonstration: a year that never was, dealt from a fixed
   seed, so that every demonstration shows the same figures. They are made for the plan of
   2026 that the program carries, and stand within its populations. Pure: no clock and no
   chance enter. */
#include "kiosk/review.h"
#include "kiosk/submission.h"

enum { DEMO_TODAY = 20779 }; /* 2026-11-22, the day on which the demonstration stands */

/* The answers of one wave at one centre through one channel. */
struct demo_group {
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    const struct plan_questionnaire *questionnaire;
    struct text centre;
    enum channel channel;
    size_t code_count; /* one-time codes handed out, at least `count`; 0: none are */
    size_t first;      /* its answers in demo.submissions */
    size_t count;      /* may be 0 where only codes were handed out */
    size_t flagged;    /* of these, the first: they look unusual … */
    int flagged_hour;  /* … and came at this hour of the day */
};

struct demo {
    struct submission *submissions;
    size_t submission_count;
    struct demo_group *groups;
    size_t group_count;
};

/* What was decided about a comment with these words once its wave was over by the last
   day of the story; REVIEW_WAITS of words that nobody wrote. */
enum review demo_review(struct text programme, struct text words);

/* Everything lives in the arena (8 MiB are enough) or is borrowed from the plan.
   plan_version is what the answers say they were given under. INVALID: the plan lacks
   what the demonstration tells about. */
MUST_CHECK enum status demo_make(
    struct arena *arena, const struct plan *plan, int64_t plan_version, struct demo *out);
