#pragma once
/* report_cross.h: inside the report: programmes by centre and weeks by programme, while
   it is decided what of them may be shown. report_cross.c makes the tables,
   report_places.c finds out what they and the shown rows tell of each other. */
#include "kiosk/report_sum.h"

/* Weeks of one programme, from the first with answers to the last. */
struct cross_weeks {
    const struct plan_programme *programme;
    day_t first; /* a Monday */
    struct pchart_week *list;
    size_t count;
    size_t *joined;           /* of each week: the one whose point it is part of */
    struct report_weeks *out; /* its points are made */
};

struct cross {
    struct arena *arena;
    const struct report_input *input;
    struct report_indicator *of; /* all rows stand; cells have n and x */
    struct cross_weeks *weeks;
    size_t weeks_count;
    bool *hidden; /* of each cell; small ones and what covers them is set */
};

/* Hides further cells and whole charts, so that no small row, cell or week follows from
   what is shown. All of them where there are too many numbers. NO_MEMORY. */
MUST_CHECK enum status cross_hide(struct cross *cross);

/* The Monday of a period that a programme's answers are dated by. */
day_t cross_monday(day_t period);
/* True if the programme's answers are dated by the week or the day. */
bool cross_has_weeks(const struct plan_programme *programme);
