#pragma once
/* report_charts.h: the drawings of an indicator: which there are, what stands in them.
   The same on pages, on paper and as pictures, which differ only in the canvas. What the
   report hides is hatched here and has no number. */
#include "web/render/report_grids.h"

enum report_chart_kind {
    REPORT_CHART_WAVES,    /* beside each other against the target */
    REPORT_CHART_QUARTERS, /* joined by a line */
    REPORT_CHART_PERIODS,
    REPORT_CHART_CENTRES, /* by programme */
    REPORT_CHART_WEEKS,   /* of one programme, with the lines that chance stays within */
    REPORT_CHART_COUNT
};

/* More columns beside each other are a table only. */
enum { REPORT_CHART_COLUMNS_MAX = 40 };

struct report_chart {
    enum report_chart_kind kind;
    struct text title;
    struct text description; /* what it shows, in a sentence */
    union {
        struct chart_whiskers whiskers; /* of the first three kinds */
        struct chart_heat heat;
        struct chart_control control;
    };
};

/* "waves", "quarters" …: as it stands in addresses; static. */
const char *report_chart_name(enum report_chart_kind kind);

/* programme: of weeks, else empty. Borrowed by the chart until it is drawn: the report,
   the arena. NOT_FOUND: the indicator has no such drawing: too few rows, too many, or all
   of it is hidden. NO_MEMORY. */
MUST_CHECK enum status report_chart_find(const struct report_telling *telling,
    const struct report_indicator *of, enum report_chart_kind kind, struct text programme,
    struct report_chart *out);
double report_chart_width(const struct report_chart *chart);
double report_chart_height(const struct report_chart *chart);
/* The arena holds shortened words until the drawing is done. */
void report_chart_draw(
    struct canvas *canvas, struct arena *arena, const struct report_chart *chart);

/* ---- what they are made of ---- */

/* Basis points for a drawing: 8883 is 88.83; NAN for NO_COUNT. */
double report_percent(int64_t bp);
struct chart_figure report_row_figure(
    const struct report_indicator *of, const struct report_row *row);
/* Wide enough for the rates of the rows, the indicator's own and the target. */
struct chart_scale report_rows_scale(struct arena *arena,
    const struct report_indicator *of, const struct report_rows *rows);
/* "target 85" */
struct text report_target_flag(
    const struct report_telling *telling, const struct report_indicator *of);
/* "quarter 2 of 2026", "from 1 April" */
struct text report_quarter_name(const struct report_telling *telling, day_t quarter);
struct text report_period_name(const struct report_telling *telling, day_t period);
