#pragma once
/* rehearsal.h: a year whose truth is known: how many of the people of each wave are
   satisfied is given, answers are drawn from them by a fixed seed, and afterwards it can
   be said what each figure of a report must be. Pure. */
#include "kiosk/demo_story.h"
#include "kiosk/problems.h"
#include "kiosk/report.h"

/* One row of what is given. */
struct rehearsal_truth {
    unsigned line; /* in the file */
    struct text programme;
    struct text wave;     /* empty: every wave of the programme */
    int64_t satisfied_bp; /* of the people, by the indicator's measure; 0–10000 */
    int64_t response_bp;  /* how many of them answer; 0–10000 */
    int64_t walk_in_bp;   /* of the answers, how many come by a poster; 0–10000 */
    int64_t people;       /* where the plan has no population; NO_COUNT: not given */
};

/* One wave as it is played. */
struct rehearsal_wave {
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    int64_t people;
    int64_t satisfied;           /* of the people */
    int64_t levels[LEVEL_COUNT]; /* of the people: 5, 4, 3, 2, 1 */
    struct demo_wave story;      /* of those who answer */
};

struct rehearsal {
    struct rehearsal_wave *waves;
    size_t wave_count;
    day_t last; /* the last day of any wave */
};

/* Draws who answers, in the arena. INVALID: problems name each row that is wrong. */
MUST_CHECK enum status rehearsal_make(struct arena *arena, const struct plan *plan,
    const struct rehearsal_truth *truths, size_t count, struct problems *problems,
    struct rehearsal *out);

/* The answers themselves, ready to be taken in (db/demo_store.h). */
MUST_CHECK enum status rehearsal_deal(struct arena *arena, const struct plan *plan,
    int64_t plan_version, const struct rehearsal *rehearsal, struct demo *out);

/* ---- what a report must say (rehearsal_count.c) ---- */

struct rehearsal_count {
    int64_t received;
    int64_t n;
    int64_t x;
    int64_t missing;
};

enum rehearsal_break {
    REHEARSE_WAVE,
    REHEARSE_CENTRE,
    REHEARSE_CHANNEL,
    REHEARSE_PERIOD,
    REHEARSE_ITEM
};

/* Counted from the dealt answers, one by one, and not from any tally: of a report's row,
   or of the waves that make an indicator's figure. */
struct rehearsal_count rehearsal_count_row(const struct plan *plan,
    const struct demo *demo, const struct plan_indicator *indicator,
    enum rehearsal_break by, const struct report_row *row);
struct rehearsal_count rehearsal_count_indicator(
    const struct plan *plan, const struct demo *demo, const struct report_indicator *of);

/* The truth about the people whom the indicator's figure is of: a share, or of a score
   the mean; NAN without people. */
double rehearsal_true_figure(
    const struct rehearsal *rehearsal, const struct report_indicator *of);
