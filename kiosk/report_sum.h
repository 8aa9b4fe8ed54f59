#pragma once
/* report_sum.h: inside the report: tally cells added up, and one row's figures from a
 * sum. */
#include "kiosk/report.h"

/* The answers of some cells to one item. */
struct report_sum {
    int64_t received;            /* every submission … */
    int64_t released;            /* … and those whose answers are in the other counts */
    int64_t levels[LEVEL_COUNT]; /* of 5, 4, 3, 2, 1; only of those that count */
    int64_t missing;             /* blank or 说不清, of those that count */
    int64_t walk_in;             /* valid walk-in answers that count */
    int64_t walk_in_beside;      /* valid walk-in answers that do not */
    int64_t coded;               /* submissions with a code of one's own */
    int64_t flagged;             /* flagged submissions, of those that count; and what
                                    there is without them: */
    int64_t clean[LEVEL_COUNT];
    int64_t clean_walk_in;
};

/* True if answers of that channel are part of the programme's figure. */
bool report_channel_counts(const struct plan_programme *programme, enum channel channel);

/* The first day of the period that a report puts a cell of the programme into: weeks go
   whole to the month that most of their days are in, and days with their week. */
day_t report_period(const struct plan_programme *programme, day_t period);
/* The first day of the quarter of the year that the day is in. */
day_t report_quarter(day_t day);

/* Looks up which wave a cell is of. Cells of one stand together, so the last answer is
   mostly the next one as well. Begin with the first two fields and the rest zero. */
struct report_finder {
    const struct plan *plan;
    const struct plan_indicator *indicator;
    const struct tally_cell *last; /* what was asked last, and the answer */
    const struct plan_programme *programme;
    const struct plan_wave *wave;
};

/* Sets programme and wave to the cell's; NULL if they are not the indicator's. */
void report_find(struct report_finder *finder, const struct tally_cell *cell);

enum report_scope {
    SCOPE_FIGURE, /* answers that count in the figure; others are only noted */
    SCOPE_ALL     /* all of them */
};

/* Adds a cell's answers to an item of the programme's questionnaire. */
void report_sum_add(const struct plan *plan, const struct plan_programme *programme,
    const struct tally_cell *cell, size_t item, enum report_scope scope,
    struct report_sum *sum);

/* How many of a cell's answers to the rating that counts are valid and make the figure.
 */
int64_t report_valid(const struct plan *plan, const struct plan_programme *programme,
    const struct tally_cell *cell);

/* n, x and rate of the row from the sum, hidden or not. population is what the interval
   may use: NO_COUNT for groups of which nobody knows the size. */
MUST_CHECK enum status report_row_fill(const struct plan_indicator *indicator,
    const struct report_sum *sum, int64_t population, struct report_row *row);

/* Hides the rows of which nothing is released yet; the last to hide. */
void report_hide_waiting(struct report_indicator *of);
/* The five breakdowns beneath an indicator, into *out. */
MUST_CHECK enum status report_break_down(
    struct arena *arena, const struct report_input *input, struct report_indicator *out);

/* What the figure is without flagged answers, where that tells of no small group; when
   the figure stands and its rows are hidden. clean: the strata without them; flagged: how
   many submissions. */
MUST_CHECK enum status report_add_without(struct arena *arena,
    const struct report_input *input, const struct strata_input *clean, int64_t flagged,
    struct report_indicator *of);
/* True if subtracting the figure without flagged answers from the one with them would
   tell of fewer than k, or of a hidden row; also where there are more than FLAG_ROWS_MAX
   rows, too many to be looked at. */
MUST_CHECK enum status report_flags_tell(struct arena *arena,
    const struct report_input *input, const struct report_indicator *of, bool *out);
/* The rating that counts of some programmes has a row among the items: it is the sum of
   their strata, unless others ask the same as a question that does not count. */
bool report_item_is_sum(const struct plan *plan, const struct report_rows *strata,
    const struct plan_item *item);
/* The same question: equal id, and evidence for the same line. */
bool report_item_equals(const struct plan_item *a, const struct plan_item *b);
/* Invited and walk-in answers beside each other, when the rows by channel are hidden. */
MUST_CHECK enum status report_add_invited(struct report_indicator *of);

/* Hides the rows of all breakdowns that must be, once these and the indicator's n stand:
   small ones, and those that would give a small one away. */
MUST_CHECK enum status report_hide_rows(
    struct arena *arena, const struct report_input *input, struct report_indicator *of);
/* The same for an earlier day: shows only what can be computed from today's report, whose
   rows are hidden already; withholds the figure where it can't. */
void report_hide_earlier(
    const struct report_indicator *today, int64_t k, struct report_indicator *of);
/* What follows from the rows that are shown, once all are hidden that must be: quarters,
   changes and trends. */
MUST_CHECK enum status report_follow(struct arena *arena, struct report_indicator *of);
/* Programmes by centre and weeks by programme: what is safe beside the shown rows. Empty
   of a report of an earlier day. */
MUST_CHECK enum status report_cross(
    struct arena *arena, const struct report_input *input, struct report_indicator *of);
/* What was ticked. Empty of a report of an earlier day. */
MUST_CHECK enum status report_add_reasons(
    struct arena *arena, const struct report_input *input, struct report_indicator *of);
/* What was written, when all rows are hidden that must be. */
MUST_CHECK enum status report_add_comments(
    struct arena *arena, const struct report_input *input, struct report_indicator *of);
/* No number that could be computed from the hidden ones stays. */
void report_row_hide(struct report_row *row);

/* The sentences a reader should know, into *out, when its figure and strata stand. all:
   the sum over the strata that count, walk_in_beside over every one. */
MUST_CHECK enum status report_add_notices(struct arena *arena, const struct plan *plan,
    const struct report_sum *all, struct report_indicator *out);
