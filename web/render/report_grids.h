#pragma once
/* report_grids.h: tables of two sides, each with the drawing that shows the same numbers:
   centres by programme, and weeks with the lines that chance stays within. The same on
   pages and on paper. What the report hides is ＊ in the table and hatched in the
   drawing. */
#include "kiosk/report.h"
#include "web/render/chart.h"

struct report_telling {
    struct arena *arena;
    enum language language;
    const struct report *report;
};

struct report_grid {
    struct text title;
    struct text hint;
    struct text *head;
    size_t columns;
    struct text *cells; /* row by row */
    size_t rows;        /* 0: there is nothing to show */
};

/* A message in the reader's language; and one that is told of two things, in the arena.
 */
struct text report_say(const struct report_telling *telling, const char *message);
struct text report_say_of(const struct report_telling *telling, const char *message,
    struct text first, struct text second);
/* True if its figure is a score and no rate. */
bool report_is_scored(const struct report_indicator *of);

/* The name of a centre in the reader's language. */
struct text report_centre_name(const struct report_telling *telling, struct text centre);
/* A row a centre, a column a programme; chart is left alone where there are no rows.
   Both in the arena; NO_MEMORY when it is full. */
MUST_CHECK enum status report_heat_grid(const struct report_telling *telling,
    const struct report_indicator *of, struct report_grid *grid,
    struct chart_heat *chart);
/* A row a point. A hidden chart has a title and a hint that say so, and no rows. */
MUST_CHECK enum status report_weeks_grid(const struct report_telling *telling,
    const struct report_weeks *weeks, struct report_grid *grid,
    struct chart_control *chart);
