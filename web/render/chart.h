#pragma once
/* chart.h: the drawings of reports: a ruler for one figure, whiskers for several, and the
   signs of verdicts. A verdict is a shape before it is a colour: round at or above the
   target, square below it; filled when proven, outlined within the error, dashed when
   there is too little to tell. Everything stays inside the drawing; what leaves its scale
   ends in an arrow. All values are in hundredths of the whole: 88.83 is 88.83 %. */
#include "kiosk/figure.h"
#include "kiosk/interval.h"
#include "web/render/canvas.h"

enum { CHART_TOP = 100 }; /* where every scale ends */

/* Both multiples of step. */
struct chart_scale {
    int lo;
    int hi;
    int step; /* between two ticks */
};

/* From usual (50 or 80) to 100, or from lower down if a value lies lower; NAN is passed
   over. */
struct chart_scale chart_scale_fit(int usual, const double *values, size_t count);

/* One figure. NAN: there is none. */
struct chart_figure {
    double value;
    struct interval interval;
    struct interval possible;
    enum verdict verdict;
    bool is_certain;
    bool is_hidden;  /* hatched, and says so; nothing else is looked at */
    bool is_neutral; /* no verdict is passed: ink alone */
};

struct chart_ruler {
    struct chart_scale scale;
    struct chart_figure figure;
    double target;           /* NAN: none */
    struct text target_flag; /* words on the flag; empty: a post alone, no numbers */
    struct text hidden;      /* words on a hidden figure's hatching */
    double width;
};

/* With numbers or, for rows of tables, without. */
double chart_ruler_height(const struct chart_ruler *ruler);
void chart_draw_ruler(struct canvas *canvas, const struct chart_ruler *ruler);

struct chart_whisker {
    struct text name;   /* under the axis, on at most three lines */
    struct text detail; /* under the name, one line */
    struct text note;   /* under that */
    struct text value;  /* beside the point, as printed */
    struct text said;   /* all of it in a sentence */
    struct chart_figure figure;
};

struct chart_whiskers {
    struct chart_scale scale;
    double target;
    struct text target_flag;
    struct text hidden;
    const struct chart_whisker *list;
    size_t count;
    bool is_series; /* in time: points that stand beside each other are joined */
};

double chart_whiskers_width(const struct chart_whiskers *chart);
double chart_whiskers_height(void);
/* The arena holds shortened words until the drawing is done. */
void chart_draw_whiskers(
    struct canvas *canvas, struct arena *arena, const struct chart_whiskers *chart);

/* A cell of a heat table: a figure with its count on a wash. */
struct chart_cell {
    struct text value; /* empty: nobody answered there */
    struct text note;
    struct text said;
    double distance; /* from the target, in points; NAN: there is no target */
    bool is_hidden;
};

struct chart_heat {
    const struct text *columns;
    size_t column_count;
    const struct text *rows;
    size_t row_count;
    const struct chart_cell *cells; /* row by row */
    struct text low;                /* framed where a figure is below the target */
    struct text hidden;
};

double chart_heat_width(const struct chart_heat *chart);
double chart_heat_height(const struct chart_heat *chart);
/* The arena holds shortened words until the drawing is done. */
void chart_draw_heat(
    struct canvas *canvas, struct arena *arena, const struct chart_heat *chart);

/* A point of a control chart. NAN: there is none. */
struct chart_control_point {
    double value;
    double lower; /* the lines that chance stays within */
    double upper;
    struct text name;  /* under the axis, where there is room */
    struct text alert; /* empty: none; else a word beside the point */
    struct text said;
    bool is_red; /* of an alert: filled, else an outline */
};

struct chart_control {
    struct chart_scale scale;
    double center;
    struct text center_flag;
    size_t baseline; /* so many points make the lines */
    struct text baseline_words;
    const struct chart_control_point *list;
    size_t count;
    double room; /* about so wide, if the points have room in it; 0: a desk's page */
};

double chart_control_width(const struct chart_control *chart);
double chart_control_height(void);
void chart_draw_control(struct canvas *canvas, const struct chart_control *chart);

enum { CHART_MARK_SIZE = 28 }; /* both ways */
/* The sign of a verdict. */
void chart_draw_mark(struct canvas *canvas, enum verdict verdict, bool is_certain);
/* The sign of what is still under way. */
void chart_draw_clock(struct canvas *canvas);
