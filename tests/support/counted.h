#pragma once
/* counted.h: a report of a few counts, for tests of kiosk/report. */
#include "kiosk/report.h"

enum { COUNTED_CELLS_MAX = 16, OPENED = 350 };

/* Three programmes: visits (quarters of 157 and 150 people), elders (no population),
   unions (invited answers only, 100 unions); indicators relief = elders, visits and
   unions = unions. */
struct counted {
    struct arena *arena;
    struct plan_questionnaire questionnaire;
    struct plan_wave quarters[2];
    struct plan_wave year[1];
    struct plan_wave hundred[1];
    struct plan_programme programmes[3];
    size_t of_relief[2];
    size_t of_unions[1];
    struct plan_indicator indicators[3];
    struct plan plan;
    struct tally_cell cells[COUNTED_CELLS_MAX];
    size_t cell_count;
    struct report_asked asked[1];
    struct report report;
};

/* cmocka set-up and tear-down: *state is a struct counted without answers. */
int counted_set_up(void **state);
int counted_tear_down(void **state);
/* A cell with so many satisfied (level 5), dissatisfied (level 2) and open answers, at
   north in the period 100. */
/* NOLINTNEXTLINE(readability-function-size): answers in a row read best */
void counted_add(struct counted *scene, const char *programme, const char *wave,
    enum channel channel, int satisfied, int dissatisfied, int open);
/* The same of visits' first quarter, with flags. */
void counted_add_flagged(struct counted *scene, enum channel channel, int satisfied,
    int dissatisfied, unsigned flags);
/* Builds the report as of a day and gives that indicator of it. */
const struct report_indicator *counted_build(
    struct counted *scene, int indicator, day_t as_of);
bool counted_has_notice(const struct report_indicator *of, const char *start);
