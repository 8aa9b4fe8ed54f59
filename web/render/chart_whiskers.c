/* chart_whiskers.c: several figures side by side against one target: a bar of each
   interval with its point and value, names and counts under the axis. */
#include "web/render/chart_parts.h"

#include "kiosk/text.h"

#include <math.h>
#include <stdio.h>

enum {
    AXIS_WIDTH = 48,
    VALUE_ROOM = 24, /* right of the last column: the end of its value, */
    FLAG_WIDTH = 96, /* then the target's flag */
    COLUMN_MAX = 112,
    COLUMN_MIN = 84, /* a day and a value still have room beside each other */
    COLUMNS_MIN = 3, /* a drawing of one column is as wide as one of three */
    WIDTH = 1264,    /* columns are narrowed to stay within it: a desk's page */
    TOP = 16,
    PLOT = 216,
    NAME_LINES = 3,
    LINE = 20,
    DETAIL_LINES = 2,
    HEIGHT = TOP + PLOT + 12 + (NAME_LINES + DETAIL_LINES + 1) * LINE + 4
};

static const double letters = 16, bar_half = 8;

static size_t columns_of(const struct chart_whiskers *chart)
{
    return chart->count < COLUMNS_MIN ? COLUMNS_MIN : chart->count;
}

static double column_width(const struct chart_whiskers *chart)
{
    double room =
        floor((WIDTH - AXIS_WIDTH - VALUE_ROOM - FLAG_WIDTH) / (double)columns_of(chart));
    return fmax(COLUMN_MIN, fmin(COLUMN_MAX, room));
}

double chart_whiskers_width(const struct chart_whiskers *chart)
{
    return AXIS_WIDTH + VALUE_ROOM + FLAG_WIDTH +
           (double)columns_of(chart) * column_width(chart);
}

double chart_whiskers_height(void)
{
    return HEIGHT;
}

static double place(const struct chart_whiskers *chart, double value)
{
    return chart_place(chart->scale, value, TOP + PLOT, TOP);
}

static double right_of(const struct chart_whiskers *chart)
{
    return chart_whiskers_width(chart) - FLAG_WIDTH;
}

static void draw_axis(struct canvas *canvas, const struct chart_whiskers *chart)
{
    for (int at = chart->scale.lo; at <= chart->scale.hi; at += chart->scale.step) {
        char number[12];
        double y = place(chart, at);
        (void)snprintf(number, sizeof number, "%d", at);
        canvas_line(canvas, (struct point){AXIS_WIDTH, y},
            (struct point){right_of(chart), y},
            (struct pen){PAINT_LINE, PAINT_NONE, 1.5, DASH_NONE});
        canvas_text(canvas, (struct point){AXIS_WIDTH - 10, y + 5.5}, text_of(number),
            (struct lettering){PAINT_INK_2, letters, false, ANCHOR_END});
    }
}

static void draw_target(struct canvas *canvas, const struct chart_whiskers *chart)
{
    if (isnan(chart->target))
        return;
    double y = place(chart, chart->target);
    double x = right_of(chart);
    canvas_line(canvas, (struct point){AXIS_WIDTH, y}, (struct point){x, y},
        (struct pen){PAINT_INK, PAINT_NONE, 2.5, DASH_NONE});
    canvas_rect(canvas, (struct box){x, y - 13, FLAG_WIDTH - 2, 26}, 0,
        (struct pen){PAINT_NONE, PAINT_INK, 0, DASH_NONE});
    canvas_text(canvas, (struct point){x + FLAG_WIDTH / 2.0, y + 6}, chart->target_flag,
        (struct lettering){PAINT_SHEET, letters, true, ANCHOR_MIDDLE});
}

/* ---- columns ---- */

static void draw_bar(struct canvas *canvas, const struct chart_whiskers *chart,
    const struct chart_figure *figure, double x)
{
    struct interval interval = figure->interval;
    if (isnan(interval.lo) || isnan(interval.hi) || interval.hi - interval.lo < 1e-9)
        return;
    double top = place(chart, interval.hi);
    double height = fmax(place(chart, interval.lo) - top, 3);
    struct pen pen = chart_bar_pen(figure);
    top = fmin(top, TOP + PLOT - height);
    canvas_rect(canvas, (struct box){x - bar_half, top, 2 * bar_half, height},
        chart_is_round(figure) ? fmin(bar_half, height / 2) : 0, pen);
    if (!chart_leaves_below(chart->scale, interval.lo))
        return;
    const struct point head[] = {
        {x - 5, TOP + PLOT + 2}, {x, TOP + PLOT + 8}, {x + 5, TOP + PLOT + 2}};
    canvas_path(
        canvas, head, 3, false, (struct pen){pen.stroke, PAINT_NONE, 2, DASH_NONE});
}

/* On a blank of its own, so that no line runs through the digits. */
static void draw_value(struct canvas *canvas, struct point at, struct text value)
{
    double width = canvas_text_width(value, letters) + 8;
    canvas_rect(canvas, (struct box){at.x - 2, at.y - 14, width, 18}, 0,
        (struct pen){PAINT_NONE, PAINT_SHEET, 0, DASH_NONE});
    canvas_text(
        canvas, at, value, (struct lettering){PAINT_INK, letters, true, ANCHOR_START});
}

static void draw_figure(struct canvas *canvas, const struct chart_whiskers *chart,
    const struct chart_whisker *whisker, double x)
{
    const struct chart_figure *figure = &whisker->figure;
    if (figure->is_hidden) {
        chart_draw_hatching(
            canvas, (struct box){x - 36, TOP + 60, 72, PLOT - 90}, chart->hidden);
        return;
    }
    if (isnan(figure->value))
        return;
    double y = place(chart, figure->value);
    draw_bar(canvas, chart, figure, x);
    chart_draw_point(canvas, (struct point){x, y}, figure);
    draw_value(canvas, (struct point){x + 13, fmax(y - 4, TOP + 12)}, whisker->value);
}

/* From point to point of what is shown: what happened in between nobody knows, so the
   line is thin. */
static void draw_series(struct canvas *canvas, const struct chart_whiskers *chart)
{
    const double width = column_width(chart);
    struct point last = {0, 0};
    bool has_last = false;
    for (size_t i = 0; i < chart->count && chart->is_series; i++) {
        const struct chart_figure *figure = &chart->list[i].figure;
        struct point at = {AXIS_WIDTH + width * ((double)i + 0.5), 0};
        bool is_shown = !figure->is_hidden && !isnan(figure->value);
        at.y = is_shown ? place(chart, figure->value) : 0;
        if (is_shown && has_last)
            canvas_line(
                canvas, last, at, (struct pen){PAINT_EDGE, PAINT_NONE, 1.5, DASH_NONE});
        has_last = is_shown;
        last = at;
    }
}

static void draw_column(struct canvas *canvas, struct arena *arena,
    const struct chart_whiskers *chart, size_t index)
{
    const struct chart_whisker *whisker = &chart->list[index];
    double width = column_width(chart);
    double x = AXIS_WIDTH + width * ((double)index + 0.5);
    struct chart_label label = {
        {x, TOP + PLOT + 12 + LINE}, (size_t)(width / (letters / 2)) - 1};
    canvas_group_begin(canvas, whisker->said, (struct text){0});
    draw_figure(canvas, chart, whisker, x);
    label.at.y = chart_draw_words(canvas, arena, &label, whisker->name, NAME_LINES, true);
    label.at.y =
        chart_draw_words(canvas, arena, &label, whisker->detail, DETAIL_LINES, false);
    (void)chart_draw_words(canvas, arena, &label, whisker->note, 1, false);
    canvas_group_end(canvas);
}

void chart_draw_whiskers(
    struct canvas *canvas, struct arena *arena, const struct chart_whiskers *chart)
{
    draw_axis(canvas, chart);
    draw_target(canvas, chart);
    draw_series(canvas, chart);
    for (size_t i = 0; i < chart->count; i++)
        draw_column(canvas, arena, chart, i);
}
