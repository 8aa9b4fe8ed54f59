#pragma once
/* sheet_canvas.h: a canvas on paper: what the pages draw as SVG is drawn here with the
   same strokes and letters. */
#include "web/render/canvas.h"
#include "web/render/sheet.h"

struct sheet_canvas {
    struct canvas canvas; /* draw on this */
    struct sheet *sheet;
    double x; /* where the drawing's origin lies, in points */
    double y;
    double scale; /* points in a unit of the drawing */
};

/* Valid while the sheet is. */
void sheet_canvas_open(
    struct sheet_canvas *out, struct sheet *sheet, double x, double y, double scale);
