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
};

double chart_whiskers_width(const struct chart_whiskers *chart);
double chart_whiskers_height(void);
/* The arena holds shortened words until the drawing is done. */
void chart_draw_whiskers(
    struct canvas *canvas, struct arena *arena, const struct chart_whiskers *chart);

enum { CHART_MARK_SIZE = 28 }; /* both ways */
/* The sign of a verdict. */
void chart_draw_mark(struct canvas *canvas, enum verdict verdict, bool is_certain);
/* The sign of what is still under way. */
void chart_draw_clock(struct canvas *canvas);
