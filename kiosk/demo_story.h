#pragma once
/* demo_story.h: what the demonstration tells: how many answered, how, and with which
   words; and how such a story is dealt, of which a rehearsal tells one of its own. */
#include "kiosk/demo.h"

/* One wave. Whoever is in no other number answered "very satisfied". */
struct demo_wave {
    const char *programme;
    const char *wave;
    size_t answers[CHANNEL_COUNT];
    size_t codes; /* one-time codes handed out, over all centres */
    size_t very_dissatisfied;
    size_t dissatisfied;
    size_t fairly;
    size_t satisfied;
    size_t unknown;
    const char *sore_item;   /* rated worse than the rest; NULL: none */
    const char *sore_reason; /* what complaints are mostly about */
    size_t sore_centre;      /* where more complain, by its place in the programme's list;
                                PLAN_NONE: nowhere */
};

extern const struct demo_wave demo_waves[];
extern const size_t demo_wave_count;

/* Answers of one wave, channel and centre that looked unusual: so many, of those dealt
   first. */
struct demo_flagged {
    const char *programme;
    const char *wave;
    enum channel channel;
    size_t centre; /* by its place in the programme's list */
    size_t count;
    unsigned flags; /* bits of stuffing.h */
    int hour;       /* of the day, at which they came */
};

extern const struct demo_flagged demo_flagged[];
extern const size_t demo_flagged_count;

struct demo_dealing {
    const struct demo_wave *waves;
    size_t wave_count;
    const struct demo_flagged *flagged; /* NULL: nothing is */
    size_t flagged_count;
    day_t last; /* nobody answers later */
    uint64_t seed;
};

/* As demo_make, of any story; INVALID: the plan lacks what it tells about. */
MUST_CHECK enum status demo_deal(struct arena *arena, const struct plan *plan,
    int64_t plan_version, const struct demo_dealing *dealing, struct demo *out);

/* What somebody wrote. Nobody wrote any of it: all sentences are made up. */
struct demo_remark {
    const char *programme;
    bool is_complaint;
    const char *words;
    enum review review; /* what was decided about it, once its wave was over */
};

extern const struct demo_remark demo_remarks[];
extern const size_t demo_remark_count;
