#pragma once
/* report_picture.h: a drawing of the report as a PNG for slides: two pixels a unit, under
   its title, what it is of and the day; of a demonstration also its mark. The strokes are
   those of the pages. */
#include "web/render/report_charts.h"

#include <stdio.h>

enum { PICTURE_LINES_MAX = 24 };

struct report_picture_line {
    struct text words;
    double y; /* of the baseline */
    double size;
    bool is_bold;
};

struct report_picture {
    const struct report_chart *chart;
    struct report_picture_line lines[PICTURE_LINES_MAX];
    size_t line_count;
    double top;   /* where the drawing begins */
    double width; /* of the whole, in units */
    double height;
};

/* Breaks the words above the chart, which is borrowed like the arena. TOO_LARGE: over
   PICTURE_PIXELS_MAX; more lines than there is room for are left out. */
MUST_CHECK enum status report_picture_make(const struct report_telling *telling,
    const struct report_indicator *of, const struct report_chart *chart,
    struct report_picture *out);
/* The words above the drawing, on whatever canvas. */
void report_picture_head(struct canvas *canvas, const struct report_picture *picture);
/* As PNG into out, which is borrowed; wants an ordinary stack (press.h). NOT_FOUND,
   INVALID: fonts (sheet.h). INTERNAL: the file could not be written. NO_MEMORY. */
MUST_CHECK enum status report_picture_print(
    struct arena *arena, const struct report_picture *picture, FILE *out);
