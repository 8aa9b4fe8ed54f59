#pragma once
/* report.h: what the answers say: per indicator the figure and its verdict, and beneath
   it the same by programme and wave, centre, channel, period and item. Built from tally
   cells alone. Small groups are hidden here, once: their numbers are absent from what is
   returned, and faces only render. Figures are those of rate.h and strata.h. */
#include "kiosk/change.h"
#include "kiosk/pchart.h"
#include "kiosk/plan.h"
#include "kiosk/problems.h"
#include "kiosk/review.h"
#include "kiosk/score.h"
#include "kiosk/seal.h"
#include "kiosk/status.h"
#include "kiosk/strata.h"
#include "kiosk/tally.h"

/* Codes made for a wave, less those voided. */
struct report_asked {
    struct text programme;
    struct text wave;
    int64_t asked; /* NO_COUNT: no codes were made */
};

/* A comment that reports may show. */
struct report_comment {
    unsigned char id[16]; /* random */
    struct text text;
};
/* The comments of a wave, by what became of them. */
struct report_comment_wave {
    struct text programme;
    struct text wave;
    int64_t counts[REVIEW_COUNT];
    const struct report_comment *texts; /* the first REPORT_COMMENTS_MAX, or fewer */
    size_t text_count;
};
struct report_comments_input {
    const struct report_comment_wave *waves; /* by programme, then wave, as bytes */
    size_t wave_count;
};

struct report_input {
    const struct plan *plan;
    int64_t plan_version;
    day_t as_of;
    day_t today;  /* a report as of an earlier day tells nothing that today's does not */
    bool is_demo; /* the answers are made up: every face says so */
    const struct tally_cell *waves; /* the wave slice of all programmes */
    size_t wave_count;
    const struct tally_cell *periods; /* the period slice of all programmes */
    size_t period_count;
    const struct report_asked *asked;
    size_t asked_count;
    const struct seal_period *sets; /* of all programmes */
    size_t set_count;
    const struct seal *seals; /* of all programmes, of each in the order they were made */
    size_t seal_count;
    const struct report_comments_input *comments; /* NULL: they are not told */
};

/* One row of a breakdown. What does not describe it is empty or NULL. */
struct report_row {
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    struct text centre;
    enum channel channel; /* of a row by channel */
    enum mode mode;
    day_t period;
    const struct plan_item *item;
    bool counts;        /* its answers are part of the indicator's figure */
    int64_t population; /* NO_COUNT: unknown */
    int64_t asked;      /* NO_COUNT: no codes */
    int64_t received;   /* live, every channel, never hidden */
    int64_t answered;   /* of these, with a code of one's own; never hidden */
    bool has_walk_in;   /* some of the answers that count were not invited */
    bool waits;         /* answers have come and none is released yet (release.h): it is
                           hidden too */
    bool is_hidden;     /* 0 < n < k, or it would give such a row away: n, x and rate are
                           absent (NO_COUNT, NAN) */
    int64_t n;
    int64_t x;
    struct rate rate;
};

struct report_rows {
    struct report_row *list;
    size_t count;
};

/* The figure as it would be without flagged answers. */
struct report_without {
    bool is_shown; /* nothing is flagged, or it tells of no small group */
    int64_t n;     /* NO_COUNT if it is not shown */
    int64_t x;
    double rate; /* NAN: none, or not shown */
    int64_t rate_bp;
    enum verdict verdict; /* INSUFFICIENT if it is not shown */
};

/* Two neighbouring rows of one programme's waves, or of the quarters: the last that are
   shown with answers; and all such rows together. */
struct report_change {
    const struct plan_programme *programme; /* NULL: of the quarters of the only one */
    const struct report_row *from;
    const struct report_row *to;
    struct change change;
    size_t steps; /* rows that the trend is of; under three there is none */
    struct trend trend;
};

/* How the answers of one programme went from week to week. */
struct report_weeks {
    const struct plan_programme *programme;
    size_t baseline;     /* weeks: PCHART_BASELINE, and to the end of their month */
    bool is_hidden;      /* a point would tell of few people: no chart at all */
    struct pchart chart; /* each point of k answers or more */
    day_t *days;         /* of each point, the Monday of its last week */
};

/* How many ticked what, of those who ticked anything. */
struct report_reasons {
    const struct plan_item *item;
    const struct plan_programme **programmes; /* that ask it */
    size_t programme_count;
    int64_t n;       /* who ticked something */
    int64_t *counts; /* of each option */
    bool is_hidden;  /* n and counts are absent */
};

/* What one person wrote: of its programme and nothing else. */
struct report_quote {
    const struct plan_programme *programme;
    struct text text;
};
/* The comments of the waves that are shown with k valid answers or more. */
struct report_comments {
    bool is_told;     /* false: there is no such wave, or they are not in the file; all
                         below is absent */
    int64_t received; /* of released answers: those that wait, are shown and held back */
    int64_t waiting;
    int64_t shown; /* that may be */
    int64_t held;
    int64_t reasons[REVIEW_REASONS]; /* of those held back, from REVIEW_NAMES; all of them
                                        NO_COUNT if one is of fewer than k */
    struct report_quote *quotes;     /* by programme, at most REPORT_COMMENTS_MAX of each,
                                        in the order of random ids; fewer than `shown`
                                        also if they would take more bytes than
                                        REPORT_COMMENT_BYTES_MAX */
    size_t quote_count;
};

/* Another measure beside the plan's. */
struct report_measure {
    enum measure measure;
    double value; /* a rate, or of MEASURE_SCORE a mean; NAN: none */
    enum verdict verdict;
};
enum { REPORT_OTHER_MEASURES = 2 };

/* Notices that a face may say in other words. */
#define REPORT_NOTICE_BESIDE                                                             \
    N_("Not counted, since its population is not filled in: {1}, {2}.")
#define REPORT_NOTICE_HIDDEN                                                             \
    N_("Fewer than {1} answers: the figure is not shown, so that nobody can be "         \
       "recognised.")

#define REPORT_NOTICE_WITHHELD                                                           \
    N_("Not shown as of an earlier day: today's report and this one could be "           \
       "subtracted from each other, and few answers would be left.")
#define REPORT_NOTICE_POOLED                                                             \
    N_("{1} waves that are not shown are put together as one group in the figure, so "   \
       "that nobody can work out what a few people said. The interval is wider by up "   \
       "to {2} points on each side for it.")

struct report_indicator {
    const struct plan_indicator *indicator;
    int64_t population; /* of the strata that make the figure; NO_COUNT: unknown */
    int64_t asked;      /* of all opened strata; NO_COUNT: no codes */
    int64_t received;   /* every stored submission of its programmes, all channels */
    int64_t answered;   /* of the opened strata, with a code of one's own */
    int64_t flagged;    /* submissions that count and have a flag; never hidden */
    struct report_without without_flagged;
    int64_t n;            /* valid answers that count */
    int64_t x;            /* of these, satisfied by the plan's measure */
    int64_t missing;      /* that count but left the question open, or could not say */
    bool is_earlier;      /* as of a day before today */
    bool is_hidden;       /* 0 < n < k: n, x, missing and all below are absent */
    bool is_withheld;     /* hidden because the day is an earlier one, whatever n is */
    bool tells_levels;    /* its mean, less that of another day, would be of a few */
    struct strata figure; /* hidden strata are pooled in it */
    size_t pooled;        /* how many strata that is */
    int64_t rate_bp;      /* as printed, also of a score (86.90 of 100 is 8690) */
    enum verdict verdict; /* by the plan's measure */
    int64_t k_req; /* satisfied people that meet the target; NO_COUNT: no such number */
    int64_t to_decide; /* so many more answers like these would decide what is likely now;
                          NO_COUNT: nothing to decide, or several populations */
    int64_t
        to_settle; /* so many more satisfied answers make it certain; NO_COUNT: never */
    bool
        has_score; /* false under LEVELS_SHOWN_MIN answers: no score, no other measures */
    struct report_measure others[REPORT_OTHER_MEASURES];
    bool is_formula_sensitive;
    bool has_points;
    struct score points;
    struct problem *notices; /* sentences, the weightiest first: a msgid, its arguments */
    size_t notice_count;
    struct report_rows strata; /* in the indicator's programme order, then by wave */
    struct report_rows by_centre;
    struct report_rows by_channel;
    struct report_row invited; /* sums of these, hidden if one of them is; all of the */
    struct report_row walk_in; /* strata, whether they make the figure or not */
    struct report_rows by_period;  /* weeks and days as months */
    struct report_rows by_quarter; /* of by_period, where that tells nothing new */
    struct report_rows items;
    struct report_rows cells; /* programme × centre, by programme; empty: one of either */
    struct report_change *changes;
    size_t change_count;
    struct report_weeks *weeks; /* of programmes whose answers are dated so finely */
    size_t weeks_count;
    struct report_reasons *reasons;
    size_t reasons_count;
    struct report_comments comments;
};

struct report {
    const struct plan *plan;
    int64_t plan_version;
    day_t as_of;
    bool is_demo;
    struct report_indicator *indicators; /* in the plan's order, plan->indicator_count */
    struct seal_digest seal;  /* of every answer of the waves that the report is about */
    const struct seal *seals; /* made so far for their periods */
    size_t seal_count;
};

/* True for slip, link, paper and phone: a person who was asked. Posters and the kiosk's
   screen are walk-in: nobody knows who answered, or how often. */
bool channel_is_invited(enum channel channel);

/* Answers with a code of one's own to those who were asked; NAN where nobody was. */
double report_response(int64_t answered, int64_t asked);

/* Everything lives in the arena; the plan is borrowed. NO_MEMORY when the arena is full;
   INTERNAL when cells do not fit the plan. */
MUST_CHECK enum status report_build(
    struct arena *arena, const struct report_input *input, struct report *out);
