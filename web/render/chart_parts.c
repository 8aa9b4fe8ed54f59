/* chart_parts.c: shapes and pens of verdicts, scales, hatching, signs. */
#include "web/render/chart_parts.h"

#include <math.h>

/* ---- scales ---- */

/* Wide enough scales, from the narrowest; the last holds every share. */
static const struct chart_scale scales[] = {{80, CHART_TOP, 5}, {70, CHART_TOP, 10},
    {60, CHART_TOP, 10}, {50, CHART_TOP, 10}, {40, CHART_TOP, 20}, {20, CHART_TOP, 20},
    {0, CHART_TOP, 20}};
enum { SCALE_COUNT = sizeof scales / sizeof *scales };

struct chart_scale chart_scale_fit(int usual, const double *values, size_t count)
{
    double lowest = usual;
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        if (values[i] < lowest)
            lowest = values[i];
    while (at + 1 < SCALE_COUNT && scales[at].lo > lowest)
        at++;
    return scales[at];
}

double chart_place(struct chart_scale scale, double value, double from, double to)
{
    double share = (value - scale.lo) / (scale.hi - scale.lo);
    if (!(share > 0)) /* also NAN */
        share = 0;
    return from + fmin(share, 1) * (to - from);
}

bool chart_leaves_below(struct chart_scale scale, double value)
{
    return value < scale.lo;
}

/* ---- verdicts ---- */

static const struct {
    enum paint colour;
    enum paint fill;
    bool is_round;
    enum dash dash;
} looks[VERDICT_COUNT] = {
    [VERDICT_NO_DATA] = {PAINT_INSUFFICIENT, PAINT_SHEET, true, DASH_DASHES},
    [VERDICT_MISSED] = {PAINT_MISSED, PAINT_MISSED, false, DASH_NONE},
    [VERDICT_LIKELY_MISSED] = {PAINT_LIKELY_MISSED, PAINT_LIKELY_MISSED_PALE, false,
        DASH_NONE},
    [VERDICT_INSUFFICIENT] = {PAINT_INSUFFICIENT, PAINT_SHEET, true, DASH_DASHES},
    [VERDICT_LIKELY_MET] = {PAINT_LIKELY_MET, PAINT_LIKELY_MET_PALE, true, DASH_NONE},
    [VERDICT_MET] = {PAINT_MET, PAINT_MET, true, DASH_NONE},
};

bool chart_is_round(const struct chart_figure *figure)
{
    return figure->is_neutral || looks[figure->verdict].is_round;
}

struct pen chart_bar_pen(const struct chart_figure *figure)
{
    if (figure->is_neutral)
        return (struct pen){PAINT_INK_2, PAINT_LINE, 1.5, DASH_NONE};
    return (struct pen){looks[figure->verdict].colour, looks[figure->verdict].fill, 2,
        looks[figure->verdict].dash};
}

struct pen chart_point_pen(const struct chart_figure *figure)
{
    (void)figure;
    return (struct pen){PAINT_INK, PAINT_SHEET, 2.5, DASH_NONE};
}

struct pen chart_range_pen(const struct chart_figure *figure)
{
    return (struct pen){looks[figure->verdict].colour, PAINT_NONE, 2.5, DASH_DOTS};
}

void chart_draw_point(
    struct canvas *canvas, struct point centre, const struct chart_figure *figure)
{
    const double half = 5.5;
    struct pen pen = chart_point_pen(figure);
    if (chart_is_round(figure))
        canvas_circle(canvas, centre, half, pen);
    else
        canvas_rect(
            canvas, (struct box){centre.x - half, centre.y - half, 11, 11}, 0, pen);
}

/* ---- what is not shown ---- */

/* The part inside the box of the line on which x + y is offset. */
static void draw_slant(struct canvas *canvas, struct box box, double offset)
{
    double first = fmax(0, offset - box.height);
    double last = fmin(box.width, offset);
    canvas_line(canvas, (struct point){box.x + first, box.y + offset - first},
        (struct point){box.x + last, box.y + offset - last},
        (struct pen){PAINT_EDGE, PAINT_NONE, 1, DASH_NONE});
}

void chart_draw_hatching(struct canvas *canvas, struct box box, struct text words)
{
    enum { APART = 12 };
    const double size = 16;
    double width = canvas_text_width(words, size) + 12;
    for (int at = APART; at < box.width + box.height; at += APART)
        draw_slant(canvas, box, at);
    if (words.len == 0 || width > box.width)
        return;
    double middle = box.x + box.width / 2;
    double centre = box.y + box.height / 2;
    canvas_rect(canvas, (struct box){middle - width / 2, centre - 10, width, 20}, 0,
        (struct pen){PAINT_NONE, PAINT_SHEET, 0, DASH_NONE});
    canvas_text(canvas, (struct point){middle, centre + 5.5}, words,
        (struct lettering){PAINT_INK_2, size, false, ANCHOR_MIDDLE});
}

/* ---- signs ---- */

/* ✓ for what reaches the target, × for what does not. */
static void draw_sign(struct canvas *canvas, bool is_met, enum paint paint)
{
    static const struct point check[] = {{9, 14.5}, {12.5, 18}, {19, 10.5}};
    struct pen pen = {paint, PAINT_NONE, 2.5, DASH_NONE};
    if (is_met) {
        canvas_path(canvas, check, 3, false, pen);
        return;
    }
    canvas_line(canvas, (struct point){10, 10}, (struct point){18, 18}, pen);
    canvas_line(canvas, (struct point){18, 10}, (struct point){10, 18}, pen);
}

static void draw_shape(
    struct canvas *canvas, bool is_round, double radius, const struct pen *pen)
{
    const double middle = CHART_MARK_SIZE / 2.0;
    if (is_round)
        canvas_circle(canvas, (struct point){middle, middle}, radius, *pen);
    else
        canvas_rect(canvas,
            (struct box){middle - radius, middle - radius, 2 * radius, 2 * radius}, 2,
            *pen);
}

static void draw_dots(struct canvas *canvas, enum paint paint)
{
    for (int x = 9; x < 20; x += 5)
        canvas_circle(canvas, (struct point){x, 14}, 1.5,
            (struct pen){PAINT_NONE, paint, 0, DASH_NONE});
}

void chart_draw_mark(struct canvas *canvas, enum verdict verdict, bool is_certain)
{
    enum paint colour = looks[verdict].colour;
    bool is_proven = verdict == VERDICT_MET || verdict == VERDICT_MISSED;
    bool is_round = looks[verdict].is_round;
    struct pen outline = {colour, PAINT_NONE, 2, looks[verdict].dash};
    struct pen filled = {PAINT_NONE, colour, 0, DASH_NONE};
    if (!is_proven) {
        draw_shape(canvas, is_round, 10, &outline);
    } else if (is_certain) {
        draw_shape(canvas, is_round, 12.5, &outline);
        draw_shape(canvas, is_round, 9.5, &filled);
    } else {
        draw_shape(canvas, is_round, 11, &filled);
    }
    if (looks[verdict].dash == DASH_DASHES)
        draw_dots(canvas, colour);
    else
        draw_sign(canvas, is_round, is_proven ? PAINT_SHEET : colour);
}

void chart_draw_clock(struct canvas *canvas)
{
    static const struct point hands[] = {{14, 7.5}, {14, 14}, {18.5, 17}};
    struct pen pen = {PAINT_INK_2, PAINT_NONE, 2, DASH_NONE};
    canvas_circle(canvas, (struct point){14, 14}, 11, pen);
    canvas_path(canvas, hands, 3, false, pen);
}
