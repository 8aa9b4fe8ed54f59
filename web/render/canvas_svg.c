/* canvas_svg.c: strokes as SVG elements. */
#include "web/render/canvas_svg.h"

#include "web/html.h"

#include <math.h>

enum { DESK_TEXT_PIXELS = 18 }; /* one rem of the desk's pages */

static const char *const paint_names[PAINT_COUNT] = {
    [PAINT_NONE] = "none",
    [PAINT_INK] = "ink",
    [PAINT_INK_2] = "ink-2",
    [PAINT_LINE] = "line",
    [PAINT_EDGE] = "edge",
    [PAINT_SHEET] = "sheet",
    [PAINT_MISSED] = "missed",
    [PAINT_LIKELY_MISSED] = "likely-missed",
    [PAINT_INSUFFICIENT] = "insufficient",
    [PAINT_LIKELY_MET] = "likely-met",
    [PAINT_MET] = "met",
    [PAINT_LIKELY_MISSED_PALE] = "likely-missed-pale",
    [PAINT_LIKELY_MET_PALE] = "likely-met-pale",
    [PAINT_MISSED_WASH] = "missed-wash",
    [PAINT_LIKELY_MISSED_WASH] = "likely-missed-wash",
    [PAINT_LIKELY_MET_WASH] = "likely-met-wash",
    [PAINT_MET_WASH] = "met-wash",
};

static struct buffer *out_of(struct canvas *canvas)
{
    return ((struct canvas_svg *)canvas)->out;
}

/* In tenths; what is no number is written as 0, so that a drawing always opens. */
static void add_number(struct buffer *out, double value)
{
    bool is_sound = isfinite(value) && fabs(value) < 1e9;
    long long tenths = is_sound ? llround(value * 10) : 0;
    if (tenths < 0)
        buffer_add_char(out, '-');
    tenths = tenths < 0 ? -tenths : tenths;
    buffer_add_number(out, tenths / 10);
    if (tenths % 10 != 0)
        buffer_add_format(out, ".%lld", tenths % 10);
}

static void add_measure(struct buffer *out, const char *name, double value)
{
    buffer_add_format(out, " %s=\"", name);
    add_number(out, value);
    buffer_add_char(out, '"');
}

/* What SVG takes for granted is left out: no outline; that a line has no inside. */
static void add_pen(struct buffer *out, const struct pen *pen, bool has_inside)
{
    static const char *const dashes[DASH_COUNT] = {
        [DASH_NONE] = "",
        [DASH_DOTS] = " stroke-dasharray=\"0.1 5\" stroke-linecap=\"round\"",
        [DASH_DASHES] = " stroke-dasharray=\"4 3\"",
    };

    if (pen->stroke != PAINT_NONE && has_inside)
        buffer_add_format(out, " class=\"s-%s f-%s\"", paint_names[pen->stroke],
            paint_names[pen->fill]);
    else
        buffer_add_format(out, " class=\"%s-%s\"", has_inside ? "f" : "s",
            paint_names[has_inside ? pen->fill : pen->stroke]);
    if (pen->stroke != PAINT_NONE) {
        add_measure(out, "stroke-width", pen->width);
        buffer_add_string(out, dashes[pen->dash]);
    }
}

static void draw_line(
    struct canvas *canvas, struct point from, struct point to, const struct pen *pen)
{
    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<line");
    add_measure(out, "x1", from.x);
    add_measure(out, "y1", from.y);
    add_measure(out, "x2", to.x);
    add_measure(out, "y2", to.y);
    add_pen(out, pen, false);
    buffer_add_string(out, "/>");
}

static void draw_rect(
    struct canvas *canvas, struct box box, double radius, const struct pen *pen)
{
    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<rect");
    add_measure(out, "x", box.x);
    add_measure(out, "y", box.y);
    add_measure(out, "width", box.width);
    add_measure(out, "height", box.height);
    if (radius > 0)
        add_measure(out, "rx", radius);
    add_pen(out, pen, true);
    buffer_add_string(out, "/>");
}

static void draw_circle(
    struct canvas *canvas, struct point centre, double radius, const struct pen *pen)
{
    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<circle");
    add_measure(out, "cx", centre.x);
    add_measure(out, "cy", centre.y);
    add_measure(out, "r", radius);
    add_pen(out, pen, true);
    buffer_add_string(out, "/>");
}

static void draw_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, const struct pen *pen)
{
    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<path d=\"");
    for (size_t i = 0; i < count; i++) {
        buffer_add_char(out, i == 0 ? 'M' : 'L');
        add_number(out, points[i].x);
        buffer_add_char(out, ' ');
        add_number(out, points[i].y);
    }
    buffer_add_string(out, is_closed ? "Z\"" : "\"");
    add_pen(out, pen, true);
    buffer_add_string(out, "/>");
}

static void draw_text(struct canvas *canvas, struct point at, struct text words,
    const struct lettering *lettering)
{
    static const char *const anchors[ANCHOR_COUNT] = {
        [ANCHOR_START] = "",
        [ANCHOR_MIDDLE] = " text-anchor=\"middle\"",
        [ANCHOR_END] = " text-anchor=\"end\"",
    };

    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<text");
    add_measure(out, "x", at.x);
    add_measure(out, "y", at.y);
    add_measure(out, "font-size", lettering->size);
    buffer_add_format(out, " class=\"f-%s\"%s%s>", paint_names[lettering->paint],
        lettering->is_bold ? " font-weight=\"700\"" : "", anchors[lettering->anchor]);
    html_add_text(out, words);
    buffer_add_string(out, "</text>");
}

/* <title> or <desc>, with an id where one is given. */
static void add_words(
    struct buffer *out, const char *element, struct text id, struct text words)
{
    if (words.len == 0)
        return;
    buffer_add_format(out, "<%s", element);
    if (id.len > 0) {
        buffer_add_string(out, " id=\"");
        html_add_attribute(out, id);
        buffer_add_format(out, "-%s\"", element);
    }
    buffer_add_char(out, '>');
    html_add_text(out, words);
    buffer_add_format(out, "</%s>", element);
}

static void begin_group(struct canvas *canvas, struct text title, struct text description)
{
    struct buffer *out = out_of(canvas);
    buffer_add_string(out, "<g>");
    add_words(out, "title", (struct text){0}, title);
    add_words(out, "desc", (struct text){0}, description);
}

static void end_group(struct canvas *canvas)
{
    buffer_add_string(out_of(canvas), "</g>");
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

static void add_reference(struct buffer *out, struct text id, const char *ending)
{
    html_add_attribute(out, id);
    buffer_add_string(out, ending);
}

static void add_role(struct buffer *out, const struct canvas_svg_head *head)
{
    if (head->title.len == 0) {
        buffer_add_string(out, " aria-hidden=\"true\">");
        return;
    }
    buffer_add_string(out, " role=\"img\" aria-labelledby=\"");
    add_reference(out, head->id, "-title");
    if (head->description.len > 0) {
        buffer_add_char(out, ' ');
        add_reference(out, head->id, "-desc");
    }
    buffer_add_string(out, "\">");
    add_words(out, "title", head->id, head->title);
    add_words(out, "desc", head->id, head->description);
}

void canvas_svg_open(
    struct canvas_svg *svg, struct buffer *out, const struct canvas_svg_head *head)
{
    *svg = (struct canvas_svg){.canvas = {&operations}, .out = out};
    buffer_add_format(out, "<svg class=\"%s\" viewBox=\"0 0 ", head->css_class);
    add_number(out, head->width);
    buffer_add_char(out, ' ');
    add_number(out, head->height);
    buffer_add_char(out, '"');
    if (head->has_size) {
        buffer_add_string(out, " width=\"");
        add_number(out, head->width / DESK_TEXT_PIXELS);
        buffer_add_string(out, "rem\"");
    }
    add_role(out, head);
}

void canvas_svg_close(struct canvas_svg *svg)
{
    buffer_add_string(svg->out, "</svg>");
}
