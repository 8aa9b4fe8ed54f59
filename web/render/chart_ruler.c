/* chart_ruler.c: one figure on a ruler: the scale with its ticks, the target as a post
   with a flag, the possible range dotted, the interval as a bar, the figure as a point.
 */
#include "web/render/chart_parts.h"

#include <math.h>
#include <stdio.h>

enum {
    SIDE = 18,          /* half of "100" stays inside */
    FLAG_HEIGHT = 24,   /* the first line: the flag */
    BAND = 32,          /* the second: bar and point */
    NUMBERS_HEIGHT = 24 /* the third */
};

static const double letters = 16, bar_half = 7;

static bool has_numbers(const struct chart_ruler *ruler)
{
    return ruler->target_flag.len > 0;
}

double chart_ruler_height(const struct chart_ruler *ruler)
{
    return has_numbers(ruler) ? FLAG_HEIGHT + BAND + NUMBERS_HEIGHT : BAND;
}

/* The middle of the band. */
static double level_of(const struct chart_ruler *ruler)
{
    return (has_numbers(ruler) ? FLAG_HEIGHT : 0) + BAND / 2.0;
}

static double place(const struct chart_ruler *ruler, double value)
{
    return chart_place(ruler->scale, value, SIDE, ruler->width - SIDE);
}

/* Axis and ticks of a row in one stroke, there being many rows. */
static void draw_comb(struct canvas *canvas, const struct chart_ruler *ruler)
{
    enum { TEETH_MAX = 8, POINTS = 4 };
    struct point comb[TEETH_MAX * POINTS];
    size_t count = 0;
    double y = level_of(ruler);
    for (int at = ruler->scale.lo; at <= ruler->scale.hi && count < TEETH_MAX * POINTS;
         at += ruler->scale.step) {
        double x = place(ruler, at);
        comb[count++] = (struct point){x, y};
        comb[count++] = (struct point){x, y - 5};
        comb[count++] = (struct point){x, y + 5};
        comb[count++] = (struct point){x, y};
    }
    canvas_path(
        canvas, comb, count, false, (struct pen){PAINT_EDGE, PAINT_NONE, 1, DASH_NONE});
}

static void draw_scale(struct canvas *canvas, const struct chart_ruler *ruler)
{
    double y = level_of(ruler);
    struct pen pen = {PAINT_LINE, PAINT_NONE, 2, DASH_NONE};
    canvas_line(
        canvas, (struct point){SIDE, y}, (struct point){ruler->width - SIDE, y}, pen);
    pen = (struct pen){PAINT_EDGE, PAINT_NONE, 1.5, DASH_NONE};
    for (int at = ruler->scale.lo; at <= ruler->scale.hi; at += ruler->scale.step) {
        double x = place(ruler, at);
        char number[12];
        canvas_line(canvas, (struct point){x, y - 5}, (struct point){x, y + 5}, pen);
        (void)snprintf(number, sizeof number, "%d", at);
        canvas_text(canvas, (struct point){x, y + BAND / 2.0 + 17}, text_of(number),
            (struct lettering){PAINT_INK_2, letters, false, ANCHOR_MIDDLE});
    }
}

/* < where the scale is left. */
static void draw_arrow(struct canvas *canvas, double x, double y, struct pen pen)
{
    const struct point head[] = {{x + 6, y - 5}, {x, y}, {x + 6, y + 5}};
    pen.dash = DASH_NONE;
    pen.fill = PAINT_NONE;
    canvas_path(canvas, head, 3, false, pen);
}

static void draw_possible(struct canvas *canvas, const struct chart_ruler *ruler)
{
    struct interval possible = ruler->figure.possible;
    if (isnan(possible.lo) || isnan(possible.hi))
        return;
    struct pen pen = chart_range_pen(&ruler->figure);
    double y = level_of(ruler);
    double lo = place(ruler, possible.lo), hi = place(ruler, possible.hi);
    canvas_line(canvas, (struct point){lo, y}, (struct point){hi, y}, pen);
    pen.dash = DASH_NONE;
    if (chart_leaves_below(ruler->scale, possible.lo))
        draw_arrow(canvas, lo - 8, y, pen);
    else
        canvas_line(canvas, (struct point){lo, y - 6}, (struct point){lo, y + 6}, pen);
    if (!chart_leaves_below(ruler->scale, possible.hi))
        canvas_line(canvas, (struct point){hi, y - 6}, (struct point){hi, y + 6}, pen);
}

static void draw_span(struct canvas *canvas, const struct chart_ruler *ruler)
{
    struct interval interval = ruler->figure.interval;
    if (isnan(interval.lo) || isnan(interval.hi) || interval.hi - interval.lo < 1e-9)
        return;
    double y = level_of(ruler);
    double lo = place(ruler, interval.lo), hi = place(ruler, interval.hi);
    double width = fmax(hi - lo, 3);
    lo = fmin(lo, ruler->width - SIDE - width);
    bool is_round = chart_is_round(&ruler->figure);
    struct pen pen = chart_bar_pen(&ruler->figure);
    canvas_rect(canvas, (struct box){lo, y - bar_half, width, 2 * bar_half},
        is_round ? fmin(bar_half, width / 2) : 0, pen);
    if (chart_leaves_below(ruler->scale, interval.lo))
        draw_arrow(canvas, SIDE - 10, y, pen);
}

static void draw_flag(struct canvas *canvas, const struct chart_ruler *ruler, double x)
{
    double width = canvas_text_width(ruler->target_flag, letters) + 10;
    double left = x + width > ruler->width - 1 ? x - width : x;
    canvas_rect(canvas, (struct box){fmax(left, 1), 1, fmin(width, ruler->width - 2), 23},
        0, (struct pen){PAINT_NONE, PAINT_INK, 0, DASH_NONE});
    canvas_text(canvas, (struct point){fmax(left, 1) + 5, 18}, ruler->target_flag,
        (struct lettering){PAINT_SHEET, letters, true, ANCHOR_START});
}

static void draw_target(struct canvas *canvas, const struct chart_ruler *ruler)
{
    if (isnan(ruler->target))
        return;
    double x = place(ruler, ruler->target);
    double y = level_of(ruler);
    canvas_line(canvas, (struct point){x, has_numbers(ruler) ? 1 : y - BAND / 2.0 + 2},
        (struct point){x, y + BAND / 2.0 - 2},
        (struct pen){PAINT_INK, PAINT_NONE, 3, DASH_NONE});
    if (has_numbers(ruler))
        draw_flag(canvas, ruler, x);
}

void chart_draw_ruler(struct canvas *canvas, const struct chart_ruler *ruler)
{
    double y = level_of(ruler);
    if (ruler->figure.is_hidden) {
        chart_draw_hatching(canvas,
            (struct box){SIDE, y - BAND / 2.0 + 2, ruler->width - 2 * SIDE, BAND - 4},
            ruler->hidden);
        return;
    }
    (has_numbers(ruler) ? draw_scale : draw_comb)(canvas, ruler);
    draw_possible(canvas, ruler);
    draw_span(canvas, ruler);
    draw_target(canvas, ruler);
    if (!isnan(ruler->figure.value))
        chart_draw_point(
            canvas, (struct point){place(ruler, ruler->figure.value), y}, &ruler->figure);
}
