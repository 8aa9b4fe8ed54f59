/* chart_control.c: rates from week to week with the lines that chance stays within. An
   alert is a square with a word, filled if it is red; all other points are round. */
#include "web/render/chart_parts.h"

#include <math.h>
#include <stdio.h>

enum {
    AXIS_WIDTH = 48,
    FLAG_WIDTH = 120,
    STEP_MAX = 64,
    STEP_MIN = 20,
    POINTS_MIN = 8, /* a drawing of one point is as wide as one of so many */
    WIDTH = 1264,
    TOP = 28,
    PLOT = 216,
    NAME_WIDTH = 112, /* that a name under the axis takes */
    HEIGHT = TOP + PLOT + 40
};

static double step_of(const struct chart_control *chart)
{
    double count = fmax((double)chart->count, POINTS_MIN);
    double room = (chart->room > 0 ? chart->room : WIDTH) - AXIS_WIDTH - FLAG_WIDTH;
    return fmax(STEP_MIN, fmin(STEP_MAX, floor(room / count)));
}

static double right_of(const struct chart_control *chart)
{
    return AXIS_WIDTH + fmax((double)chart->count, POINTS_MIN) * step_of(chart);
}

double chart_control_width(const struct chart_control *chart)
{
    return right_of(chart) + FLAG_WIDTH;
}

double chart_control_height(void)
{
    return HEIGHT;
}

static double place_x(const struct chart_control *chart, size_t index)
{
    return AXIS_WIDTH + step_of(chart) * ((double)index + 0.5);
}

static double place_y(const struct chart_control *chart, double value)
{
    return chart_place(chart->scale, value, TOP + PLOT, TOP);
}

static void draw_axis(struct canvas *canvas, const struct chart_control *chart)
{
    for (int at = chart->scale.lo; at <= chart->scale.hi; at += chart->scale.step) {
        char number[12];
        double y = place_y(chart, at);
        (void)snprintf(number, sizeof number, "%d", at);
        canvas_line(canvas, (struct point){AXIS_WIDTH, y},
            (struct point){right_of(chart), y},
            (struct pen){PAINT_LINE, PAINT_NONE, 1, DASH_NONE});
        canvas_text(canvas, (struct point){AXIS_WIDTH - 10, y + 5.5}, text_of(number),
            (struct lettering){PAINT_INK_2, CHART_LETTERS, false, ANCHOR_END});
    }
}

static void draw_center(struct canvas *canvas, const struct chart_control *chart)
{
    if (isnan(chart->center))
        return;
    double y = place_y(chart, chart->center), x = right_of(chart);
    canvas_line(canvas, (struct point){AXIS_WIDTH, y}, (struct point){x, y},
        (struct pen){PAINT_INK, PAINT_NONE, 2, DASH_NONE});
    canvas_text(canvas, (struct point){x + 8, y + 6}, chart->center_flag,
        (struct lettering){PAINT_INK, CHART_LETTERS, true, ANCHOR_START});
}

/* Where the baseline ends, behind its last point. */
static void draw_baseline(struct canvas *canvas, const struct chart_control *chart)
{
    if (isnan(chart->center) || chart->baseline == 0 || chart->baseline >= chart->count)
        return;
    double x = AXIS_WIDTH + step_of(chart) * (double)chart->baseline;
    canvas_line(canvas, (struct point){x, 4}, (struct point){x, TOP + PLOT},
        (struct pen){PAINT_EDGE, PAINT_NONE, 1.5, DASH_DASHES});
    canvas_text(canvas, (struct point){x - 8, 16}, chart->baseline_words,
        (struct lettering){PAINT_INK_2, CHART_LETTERS, false, ANCHOR_END});
}

static void draw_limit(
    struct canvas *canvas, const struct chart_control *chart, size_t index, double value)
{
    double half = step_of(chart) / 2, x = place_x(chart, index);
    if (isnan(value))
        return;
    double y = place_y(chart, value);
    canvas_line(canvas, (struct point){x - half, y}, (struct point){x + half, y},
        (struct pen){PAINT_EDGE, PAINT_NONE, 1.5, DASH_DASHES});
}

static void draw_mark(
    struct canvas *canvas, const struct chart_control_point *point, struct point at)
{
    const double half = 6;
    if (point->alert.len == 0) {
        canvas_circle(
            canvas, at, 4.5, (struct pen){PAINT_INK, PAINT_SHEET, 2, DASH_NONE});
        return;
    }
    canvas_rect(canvas, (struct box){at.x - half, at.y - half, 2 * half, 2 * half}, 0,
        (struct pen){point->is_red ? PAINT_MISSED : PAINT_LIKELY_MISSED,
            point->is_red ? PAINT_MISSED : PAINT_SHEET, 2.5, DASH_NONE});
}

/* Beside its square on a blank of its own, over the lines; on the other side where the
   drawing ends. */
static void draw_alert(
    struct canvas *canvas, const struct chart_control *chart, size_t index)
{
    const struct chart_control_point *point = &chart->list[index];
    double width = canvas_text_width(point->alert, CHART_LETTERS) * 1.1;
    struct point at = {place_x(chart, index) + 12, place_y(chart, point->value) + 6};
    if (point->alert.len == 0 || isnan(point->value))
        return;
    if (at.x + width > chart_control_width(chart))
        at.x -= width + 24;
    canvas_rect(canvas, (struct box){at.x - 2, at.y - 15, width + 4, 20}, 0,
        (struct pen){PAINT_NONE, PAINT_SHEET, 0, DASH_NONE});
    canvas_text(canvas, at, point->alert,
        (struct lettering){PAINT_INK, CHART_LETTERS, true, ANCHOR_START});
}

/* Names where there is room, always the first one. */
static bool has_name(const struct chart_control *chart, size_t index)
{
    size_t every = (size_t)ceil(NAME_WIDTH / step_of(chart));
    return index % every == 0;
}

static void draw_point(
    struct canvas *canvas, const struct chart_control *chart, size_t index)
{
    const struct chart_control_point *point = &chart->list[index];
    struct point at = {place_x(chart, index), 0};
    canvas_group_begin(canvas, point->said, (struct text){0});
    draw_limit(canvas, chart, index, point->lower);
    draw_limit(canvas, chart, index, point->upper);
    if (!isnan(point->value)) {
        at.y = place_y(chart, point->value);
        draw_mark(canvas, point, at);
    }
    if (has_name(chart, index))
        canvas_text(canvas, (struct point){at.x - 8, TOP + PLOT + 26}, point->name,
            (struct lettering){PAINT_INK_2, CHART_LETTERS, false, ANCHOR_START});
    canvas_group_end(canvas);
}

void chart_draw_control(struct canvas *canvas, const struct chart_control *chart)
{
    draw_axis(canvas, chart);
    draw_baseline(canvas, chart);
    draw_center(canvas, chart);
    for (size_t i = 1; i < chart->count; i++) {
        const struct chart_control_point *a = &chart->list[i - 1], *b = &chart->list[i];
        if (!isnan(a->value) && !isnan(b->value))
            canvas_line(canvas,
                (struct point){place_x(chart, i - 1), place_y(chart, a->value)},
                (struct point){place_x(chart, i), place_y(chart, b->value)},
                (struct pen){PAINT_INK_2, PAINT_NONE, 1.5, DASH_NONE});
    }
    for (size_t i = 0; i < chart->count; i++)
        draw_point(canvas, chart, i);
    for (size_t i = 0; i < chart->count; i++)
        draw_alert(canvas, chart, i);
}
