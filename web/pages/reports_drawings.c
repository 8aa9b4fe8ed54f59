/* reports_drawings.c: figures as charts take them, and the small drawings: rulers and
   signs. */
#include "web/pages/reports_view.h"

#include "web/render/canvas_svg.h"

#include <math.h>

enum { DRAWING_BYTES_MAX = 65536 }; /* a ruler takes about 2 KB */

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

/* ---- figures for drawings ---- */

static struct interval in_percent(struct interval share)
{
    return (struct interval){share.lo * 100, share.hi * 100};
}

static const struct interval no_interval = {NAN, NAN};

struct chart_figure reports_figure(const struct report_indicator *of)
{
    const struct strata *figure = &of->figure;
    struct chart_figure out = {.value = NAN,
        .interval = no_interval,
        .possible = no_interval,
        .verdict = of->verdict,
        .is_hidden = of->is_hidden};
    if (of->is_hidden || of->n <= 0)
        return out;
    out.is_certain = figure->certain;
    out.value = report_percent(of->rate_bp);
    if (is_scored(of)) {
        out.interval = (struct interval){figure->mean.lo, figure->mean.hi};
        return out;
    }
    out.interval = in_percent(figure->interval);
    if (of->population != NO_COUNT)
        out.possible = in_percent(figure->bound);
    return out;
}

struct text reports_flag(
    const struct reports_making *making, const struct report_indicator *of)
{
    const struct report_telling telling = reports_telling(making);
    return report_target_flag(&telling, of);
}

/* ---- drawings ---- */

struct html reports_drawing(const struct buffer *out)
{
    struct html drawing = {.markup = {NULL, 0}};
    if (!out->is_full)
        drawing.markup = buffer_text(out);
    return drawing;
}

struct html reports_mark(
    const struct reports_making *making, enum verdict verdict, bool is_certain)
{
    struct buffer out;
    struct canvas_svg svg;
    buffer_init(&out, making->arena, DRAWING_BYTES_MAX);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){
            .css_class = "sign", .width = CHART_MARK_SIZE, .height = CHART_MARK_SIZE});
    chart_draw_mark(&svg.canvas, verdict, is_certain);
    canvas_svg_close(&svg);
    return reports_drawing(&out);
}

struct html reports_clock(const struct reports_making *making)
{
    struct buffer out;
    struct canvas_svg svg;
    buffer_init(&out, making->arena, DRAWING_BYTES_MAX);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){
            .css_class = "sign", .width = CHART_MARK_SIZE, .height = CHART_MARK_SIZE});
    chart_draw_clock(&svg.canvas);
    canvas_svg_close(&svg);
    return reports_drawing(&out);
}

/* title empty: beside numbers that say the same. */
struct html reports_ruler(const struct reports_making *making,
    const struct chart_ruler *ruler, struct text id, struct text title,
    struct text description)
{
    struct buffer out;
    struct canvas_svg svg;
    buffer_init(&out, making->arena, DRAWING_BYTES_MAX);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){
            .css_class = "ruler",
            .width = ruler->width,
            .height = chart_ruler_height(ruler),
            .id = id,
            .title = title,
            .description = description,
        });
    chart_draw_ruler(&svg.canvas, ruler);
    canvas_svg_close(&svg);
    return reports_drawing(&out);
}
