/* sheet_canvas.c: strokes with cairo. */
#include "web/render/sheet_canvas.h"

#include "web/render/sheet_own.h"

#include <math.h>

static const enum sheet_colour colours[PAINT_COUNT] = {
    [PAINT_INK] = SHEET_INK,
    [PAINT_INK_2] = SHEET_INK_2,
    [PAINT_LINE] = SHEET_LINE,
    [PAINT_EDGE] = SHEET_EDGE,
    [PAINT_SHEET] = SHEET_WHITE,
    [PAINT_MISSED] = SHEET_MISSED,
    [PAINT_LIKELY_MISSED] = SHEET_LIKELY_MISSED,
    [PAINT_INSUFFICIENT] = SHEET_INSUFFICIENT,
    [PAINT_LIKELY_MET] = SHEET_LIKELY_MET,
    [PAINT_MET] = SHEET_MET,
    [PAINT_LIKELY_MISSED_PALE] = SHEET_LIKELY_MISSED_PALE,
    [PAINT_LIKELY_MET_PALE] = SHEET_LIKELY_MET_PALE,
    [PAINT_MISSED_WASH] = SHEET_MISSED_WASH,
    [PAINT_LIKELY_MISSED_WASH] = SHEET_LIKELY_MISSED_WASH,
    [PAINT_LIKELY_MET_WASH] = SHEET_LIKELY_MET_WASH,
    [PAINT_MET_WASH] = SHEET_MET_WASH,
};

#define FULL_TURN (2 * 3.14159265358979323846)

static const struct sheet_canvas *own(const struct canvas *canvas)
{
    return (const struct sheet_canvas *)canvas;
}

static cairo_t *cairo_of(struct canvas *canvas)
{
    return own(canvas)->sheet->cairo;
}

/* A length that is no number is 0, so that a drawing is always whole. */
static double sound(double value)
{
    return isfinite(value) ? value : 0;
}

static double across(const struct canvas *canvas, double x)
{
    return own(canvas)->x + sound(x) * own(canvas)->scale;
}

static double down(const struct canvas *canvas, double y)
{
    return own(canvas)->y + sound(y) * own(canvas)->scale;
}

static double length(const struct canvas *canvas, double value)
{
    return sound(value) * own(canvas)->scale;
}

static void set_dash(struct canvas *canvas, enum dash dash)
{
    static const double patterns[DASH_COUNT][2] = {
        [DASH_DOTS] = {0.1, 5}, [DASH_DASHES] = {4, 3}};
    const double scaled[] = {
        length(canvas, patterns[dash][0]), length(canvas, patterns[dash][1])};
    cairo_set_dash(cairo_of(canvas), dash == DASH_NONE ? NULL : scaled,
        dash == DASH_NONE ? 0 : 2, 0);
    cairo_set_line_cap(
        cairo_of(canvas), dash == DASH_DOTS ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
}

/* The path at hand: its inside, then its outline. */
static void apply(struct canvas *canvas, const struct pen *pen, bool has_inside)
{
    cairo_t *cairo = cairo_of(canvas);
    if (has_inside && pen->fill != PAINT_NONE) {
        sheet_use(own(canvas)->sheet, colours[pen->fill]);
        cairo_fill_preserve(cairo);
    }
    if (pen->stroke != PAINT_NONE) {
        sheet_use(own(canvas)->sheet, colours[pen->stroke]);
        cairo_set_line_width(cairo, length(canvas, pen->width));
        set_dash(canvas, pen->dash);
        cairo_stroke_preserve(cairo);
        set_dash(canvas, DASH_NONE);
    }
    cairo_new_path(cairo);
}

static void draw_line(
    struct canvas *canvas, struct point from, struct point to, const struct pen *pen)
{
    cairo_move_to(cairo_of(canvas), across(canvas, from.x), down(canvas, from.y));
    cairo_line_to(cairo_of(canvas), across(canvas, to.x), down(canvas, to.y));
    apply(canvas, pen, false);
}

static void round_rect(
    cairo_t *cairo, double x, double y, double width, double height, double radius)
{
    const double quarter = FULL_TURN / 4;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -quarter, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, quarter);
    cairo_arc(cairo, x + radius, y + height - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
}

static void draw_rect(
    struct canvas *canvas, struct box box, double radius, const struct pen *pen)
{
    double width = length(canvas, box.width);
    double height = length(canvas, box.height);
    double round = fmin(length(canvas, radius), fmin(width, height) / 2);
    if (round > 0)
        round_rect(cairo_of(canvas), across(canvas, box.x), down(canvas, box.y), width,
            height, round);
    else
        cairo_rectangle(
            cairo_of(canvas), across(canvas, box.x), down(canvas, box.y), width, height);
    apply(canvas, pen, true);
}

static void draw_circle(
    struct canvas *canvas, struct point centre, double radius, const struct pen *pen)
{
    cairo_new_sub_path(cairo_of(canvas));
    cairo_arc(cairo_of(canvas), across(canvas, centre.x), down(canvas, centre.y),
        length(canvas, radius), 0, FULL_TURN);
    apply(canvas, pen, true);
}

static void draw_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, const struct pen *pen)
{
    for (size_t i = 0; i < count; i++)
        (i == 0 ? cairo_move_to : cairo_line_to)(
            cairo_of(canvas), across(canvas, points[i].x), down(canvas, points[i].y));
    if (is_closed)
        cairo_close_path(cairo_of(canvas));
    apply(canvas, pen, true);
}

static void draw_text(struct canvas *canvas, struct point at, struct text words,
    const struct lettering *lettering)
{
    static const enum sheet_align aligns[ANCHOR_COUNT] = {
        [ANCHOR_START] = SHEET_LEFT,
        [ANCHOR_MIDDLE] = SHEET_CENTRE,
        [ANCHOR_END] = SHEET_RIGHT,
    };
    const struct sheet_style style = {
        .size = length(canvas, lettering->size),
        .is_bold = lettering->is_bold,
        .align = aligns[lettering->anchor],
        .colour = colours[lettering->paint],
    };
    (void)sheet_text(
        own(canvas)->sheet, across(canvas, at.x), down(canvas, at.y), words, &style);
}

/* What a group says stands in the table beside the drawing. */
static void begin_group(struct canvas *canvas, struct text title, struct text description)
{
    (void)canvas;
    (void)title;
    (void)description;
}

static void end_group(struct canvas *canvas)
{
    (void)canvas;
}

static const struct canvas_operations operations = {
    .line = draw_line,
    .rect = draw_rect,
    .circle = draw_circle,
    .path = draw_path,
    .text = draw_text,
    .group_begin = begin_group,
    .group_end = end_group,
};

void sheet_canvas_open(
    struct sheet_canvas *out, struct sheet *sheet, double x, double y, double scale)
{
    *out = (struct sheet_canvas){{&operations}, sheet, x, y, scale};
}
