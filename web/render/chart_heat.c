/* chart_heat.c: a table of two sides as a drawing: every cell has its figure and count in
   words, so the wash is never the only sign. */
#include "web/render/chart_parts.h"

#include <math.h>

enum {
    NAME_WIDTH = 208, /* of the rows' names */
    HEAD_LINES = 3,
    HEAD = HEAD_LINES * CHART_LINE + 12,
    ROW = 56,
    COLUMN_MAX = 148,
    COLUMN_MIN = 104,
    WIDTH = 1264, /* a desk's page; more columns make it wider */
    FAR = 5       /* points from the target where the wash is the stronger one */
};

static const double bold_digits = 1.2; /* digits are wider than half their size */

static double column_width(const struct chart_heat *chart)
{
    double room = floor((WIDTH - NAME_WIDTH) / (double)chart->column_count);
    return fmax(COLUMN_MIN, fmin(COLUMN_MAX, room));
}

double chart_heat_width(const struct chart_heat *chart)
{
    return NAME_WIDTH + (double)chart->column_count * column_width(chart) + 2;
}

double chart_heat_height(const struct chart_heat *chart)
{
    return HEAD + (double)chart->row_count * ROW + 2;
}

static enum paint wash_of(double distance)
{
    if (isnan(distance))
        return PAINT_SHEET;
    if (distance >= 0)
        return distance >= FAR ? PAINT_MET_WASH : PAINT_LIKELY_MET_WASH;
    return distance <= -FAR ? PAINT_MISSED_WASH : PAINT_LIKELY_MISSED_WASH;
}

static void draw_names(
    struct canvas *canvas, struct arena *arena, const struct chart_heat *chart)
{
    const double width = column_width(chart);
    for (size_t i = 0; i < chart->column_count; i++) {
        struct chart_label label = {{NAME_WIDTH + width * ((double)i + 0.5), CHART_LINE},
            (size_t)(width / (CHART_LETTERS / 2.0)) - 1};
        (void)chart_draw_words(
            canvas, arena, &label, chart->columns[i], HEAD_LINES, true);
    }
    for (size_t i = 0; i < chart->row_count; i++) {
        size_t columns = NAME_WIDTH / (CHART_LETTERS / 2) - 2;
        struct text name = chart->rows[i];
        if (text_columns(name) > columns)
            name = chart_shorten(arena, name, columns);
        canvas_text(canvas, (struct point){0, HEAD + ((double)i + 0.5) * ROW + 6}, name,
            (struct lettering){PAINT_INK, CHART_LETTERS, false, ANCHOR_START});
    }
}

/* The frame with its word on the right of the figure. */
static void draw_low(struct canvas *canvas, struct point at, struct text word)
{
    double width = canvas_text_width(word, CHART_LETTERS) + 8;
    canvas_rect(canvas, (struct box){at.x, at.y - 16, width, 22}, 0,
        (struct pen){PAINT_MISSED, PAINT_SHEET, 1.5, DASH_NONE});
    canvas_text(canvas, (struct point){at.x + width / 2, at.y + 1}, word,
        (struct lettering){PAINT_MISSED, CHART_LETTERS, true, ANCHOR_MIDDLE});
}

static void draw_cell(struct canvas *canvas, const struct chart_heat *chart,
    const struct chart_cell *cell, struct box box)
{
    double middle = box.x + box.width / 2;
    bool is_low = !isnan(cell->distance) && cell->distance < 0;
    if (cell->is_hidden) {
        chart_draw_hatching(canvas, box, chart->hidden);
        return;
    }
    if (cell->value.len == 0) {
        canvas_text(canvas, (struct point){middle, box.y + 33}, TEXT("–"),
            (struct lettering){PAINT_INK_2, CHART_LETTERS, false, ANCHOR_MIDDLE});
        return;
    }
    canvas_rect(
        canvas, box, 0, (struct pen){PAINT_NONE, wash_of(cell->distance), 0, DASH_NONE});
    double low = is_low ? canvas_text_width(chart->low, CHART_LETTERS) + 20 : 0;
    canvas_text(canvas, (struct point){middle - low / 2, box.y + 24}, cell->value,
        (struct lettering){PAINT_INK, CHART_LETTERS, true, ANCHOR_MIDDLE});
    if (is_low) {
        double half = canvas_text_width(cell->value, CHART_LETTERS) * bold_digits / 2;
        draw_low(
            canvas, (struct point){middle - low / 2 + half + 6, box.y + 23}, chart->low);
    }
    canvas_text(canvas, (struct point){middle, box.y + 44}, cell->note,
        (struct lettering){PAINT_INK_2, CHART_LETTERS, false, ANCHOR_MIDDLE});
}

static void draw_lines(struct canvas *canvas, const struct chart_heat *chart)
{
    const double width = chart_heat_width(chart) - 2;
    for (size_t i = 0; i <= chart->row_count; i++) {
        double y = HEAD + (double)i * ROW;
        canvas_line(canvas, (struct point){0, y}, (struct point){width, y},
            (struct pen){
                i == 0 ? PAINT_INK : PAINT_LINE, PAINT_NONE, i == 0 ? 2 : 1, DASH_NONE});
    }
}

void chart_draw_heat(
    struct canvas *canvas, struct arena *arena, const struct chart_heat *chart)
{
    const double width = column_width(chart);
    draw_names(canvas, arena, chart);
    for (size_t i = 0; i < chart->row_count * chart->column_count; i++) {
        const struct chart_cell *cell = &chart->cells[i];
        size_t row = i / chart->column_count, column = i % chart->column_count;
        canvas_group_begin(canvas, cell->said, (struct text){0});
        draw_cell(canvas, chart, cell,
            (struct box){NAME_WIDTH + width * (double)column + 2,
                HEAD + (double)row * ROW + 2, width - 4, ROW - 4});
        canvas_group_end(canvas);
    }
    draw_lines(canvas, chart);
}
