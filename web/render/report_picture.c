/* report_picture.c: a drawing with its words above, on a sheet of its own size. */
#include "web/render/report_picture.h"

#include "kiosk/limits.h"
#include "web/render/chart_parts.h"
#include "web/render/figures.h"
#include "web/render/sheet_canvas.h"
#include "web/tr.h"

#include <math.h>

enum {
    PIXELS = 2, /* of a unit: sharp on a projector */
    MARGIN = 24,
    GAP = 12,
    TITLE = 20, /* sizes of letters */
    NOTE = 16
};

static double text_line(double size)
{
    return size * 1.4;
}

/* On as many lines as it takes, so that nothing is cut. */
static void add_words(
    struct report_picture *out, struct text words, double size, bool is_bold)
{
    const double bolder = 0.9; /* bold letters are wider than they are counted */
    double room = (out->width - 2 * MARGIN) * bolder;
    while (words.len > 0 && out->line_count < PICTURE_LINES_MAX) {
        size_t len = chart_fitting(words, (size_t)(room / (size / 2)));
        out->lines[out->line_count++] = (struct report_picture_line){
            text_trim((struct text){words.ptr, len}), out->top + size, size, is_bold};
        words = (struct text){words.ptr + len, words.len - len};
        out->top += text_line(size);
    }
}

static bool fits(const struct report_picture *picture)
{
    return ceil(picture->width * PIXELS) * ceil(picture->height * PIXELS) <=
           PICTURE_PIXELS_MAX;
}

enum status report_picture_make(const struct report_telling *telling,
    const struct report_indicator *of, const struct report_chart *chart,
    struct report_picture *out)
{
    *out = (struct report_picture){
        .chart = chart, .top = MARGIN, .width = report_chart_width(chart) + 2 * MARGIN};
    const struct text arguments[] = {tr_wording(telling->language, &of->indicator->name),
        day_format(telling->arena, telling->report->as_of)};
    add_words(out, chart->title, TITLE, true);
    add_words(out,
        tr_format(telling->arena, telling->language, N_("{1}, as of {2}"), arguments, 2),
        NOTE, false);
    if (telling->report->is_demo)
        add_words(out, figure_demo_mark(), NOTE, true);
    out->top += GAP;
    out->height = out->top + report_chart_height(chart) + MARGIN;
    return fits(out) ? STATUS_OK : STATUS_TOO_LARGE;
}

void report_picture_head(struct canvas *canvas, const struct report_picture *picture)
{
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct report_picture_line *line = &picture->lines[i];
        canvas_text(canvas, (struct point){MARGIN, line->y}, line->words,
            (struct lettering){line->is_bold ? PAINT_INK : PAINT_INK_2, line->size,
                line->is_bold, ANCHOR_START});
    }
}

enum status report_picture_print(
    struct arena *arena, const struct report_picture *picture, FILE *out)
{
    const struct sheet_options options = {.format = SHEET_PNG,
        .scale = PIXELS,
        .width = picture->width,
        .height = picture->height,
        .out = out};
    struct sheet *sheet = NULL;
    struct sheet_canvas canvas;
    enum status status = sheet_open(&options, &sheet);
    if (status != STATUS_OK)
        return status;
    sheet_canvas_open(&canvas, sheet, 0, 0, 1);
    report_picture_head(&canvas.canvas, picture);
    sheet_canvas_open(&canvas, sheet, MARGIN, picture->top, 1);
    report_chart_draw(&canvas.canvas, arena, picture->chart);
    return sheet_close(sheet);
}
