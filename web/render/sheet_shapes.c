/* sheet_shapes.c: lines, cards, faces and the mark. */
#include "web/render/sheet_own.h"

enum { FACE_MIDDLE = 48, FACE_RADIUS = 41 };

static const struct {
    double red;
    double green;
    double blue;
} colours[SHEET_COLOUR_COUNT] = {
    [SHEET_BLACK] = {0, 0, 0},
    [SHEET_INK] = {0x22 / 255.0, 0x28 / 255.0, 0x2B / 255.0},
    [SHEET_PINE] = {0x1F / 255.0, 0x5A / 255.0, 0x4C / 255.0},
    [SHEET_PINE_DEEP] = {0x12 / 255.0, 0x3D / 255.0, 0x33 / 255.0},
    [SHEET_GOLD] = {0xE8 / 255.0, 0xA3 / 255.0, 0x3D / 255.0},
    [SHEET_GREY] = {0.6, 0.6, 0.6},
    [SHEET_PAPER] = {0xFB / 255.0, 0xF8 / 255.0, 0xF2 / 255.0},
    [SHEET_WASH] = {0xE5 / 255.0, 0xF0 / 255.0, 0xEB / 255.0},
    [SHEET_WHITE] = {1, 1, 1},
    [SHEET_RED] = {0xB3 / 255.0, 0x26 / 255.0, 0x1E / 255.0},
    [SHEET_INK_2] = {0x4F / 255.0, 0x57 / 255.0, 0x5A / 255.0},
    [SHEET_LINE] = {0xDD / 255.0, 0xD3 / 255.0, 0xC3 / 255.0},
    [SHEET_EDGE] = {0x85 / 255.0, 0x7A / 255.0, 0x69 / 255.0},
    [SHEET_SAND] = {0xF2 / 255.0, 0xEB / 255.0, 0xDF / 255.0},
    [SHEET_MET] = {0x08 / 255.0, 0x50 / 255.0, 0x5E / 255.0},
    [SHEET_LIKELY_MET] = {0x2A / 255.0, 0x70 / 255.0, 0xA0 / 255.0},
    [SHEET_LIKELY_MET_PALE] = {0xB3 / 255.0, 0xCD / 255.0, 0xE0 / 255.0},
    [SHEET_INSUFFICIENT] = {0x63 / 255.0, 0x62 / 255.0, 0x5F / 255.0},
    [SHEET_LIKELY_MISSED] = {0xA0 / 255.0, 0x54 / 255.0, 0x00 / 255.0},
    [SHEET_LIKELY_MISSED_PALE] = {0xE2 / 255.0, 0xC1 / 255.0, 0x9D / 255.0},
    [SHEET_MISSED] = {0x86 / 255.0, 0x1B / 255.0, 0x2D / 255.0},
    [SHEET_MISSED_WASH] = {0xF9 / 255.0, 0xE6 / 255.0, 0xE6 / 255.0},
    [SHEET_LIKELY_MISSED_WASH] = {0xFB / 255.0, 0xF0 / 255.0, 0xDF / 255.0},
    [SHEET_LIKELY_MET_WASH] = {0xED / 255.0, 0xF5 / 255.0, 0xFA / 255.0},
    [SHEET_MET_WASH] = {0xDF / 255.0, 0xEF / 255.0, 0xF1 / 255.0},
};

void sheet_use(struct sheet *sheet, enum sheet_colour colour)
{
    cairo_set_source_rgb(
        sheet->cairo, colours[colour].red, colours[colour].green, colours[colour].blue);
}

void sheet_fill(struct sheet *sheet, double x, double y, double width, double height,
    enum sheet_colour colour)
{
    sheet_use(sheet, colour);
    cairo_rectangle(sheet->cairo, x, y, width, height);
    cairo_fill(sheet->cairo);
}

/* A quarter, in radians. */
#define QUARTER (3.14159265358979323846 / 2)

void sheet_card(struct sheet *sheet, double x, double y, double width, double height)
{
    const double radius = 24;
    cairo_t *cairo = sheet->cairo;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -QUARTER, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, QUARTER);
    cairo_arc(cairo, x + radius, y + height - radius, radius, QUARTER, 2 * QUARTER);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * QUARTER, 3 * QUARTER);
    cairo_close_path(cairo);
    sheet_use(sheet, SHEET_WHITE);
    cairo_fill_preserve(cairo);
    sheet_use(sheet, SHEET_PINE);
    cairo_set_line_width(cairo, 2);
    cairo_stroke(cairo);
}

void sheet_line(struct sheet *sheet, double x1, double y1, double x2, double y2,
    enum sheet_colour colour)
{
    sheet_use(sheet, colour);
    cairo_set_line_width(sheet->cairo, 0.75);
    cairo_move_to(sheet->cairo, x1, y1);
    cairo_line_to(sheet->cairo, x2, y2);
    cairo_stroke(sheet->cairo);
}

void sheet_cut(struct sheet *sheet, double x1, double y1, double x2, double y2)
{
    static const double dashes[] = {4, 3};
    cairo_set_dash(sheet->cairo, dashes, 2, 0);
    sheet_line(sheet, x1, y1, x2, y2, SHEET_GREY);
    cairo_set_dash(sheet->cairo, NULL, 0, 0);
}

/* ---- faces: the same lines as on the questionnaire (survey.html), in its 96 units ----
 */

static void dot(cairo_t *cairo, double x, double y)
{
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, 4.6, 0, 4 * QUARTER);
    cairo_fill(cairo);
}

static void eyes(cairo_t *cairo, double y)
{
    dot(cairo, 33.5, y);
    dot(cairo, 62.5, y);
}

/* A curve with one handle, in the middle above or below its ends. */
static void bow(cairo_t *cairo, double x, double y, double width, double bend)
{
    double third = 2.0 / 3;
    cairo_move_to(cairo, x, y);
    cairo_curve_to(cairo, x + third * width / 2, y + third * bend,
        x + width - third * width / 2, y + third * bend, x + width, y);
    cairo_stroke(cairo);
}

static void very_satisfied(cairo_t *cairo)
{
    bow(cairo, 26, 42, 14, -10);
    bow(cairo, 56, 42, 14, -10);
    cairo_move_to(cairo, 27, 54);
    cairo_line_to(cairo, 69, 54);
    cairo_arc(cairo, 48, 54, 21, 0, 2 * QUARTER);
    cairo_close_path(cairo);
    cairo_fill_preserve(cairo);
    cairo_stroke(cairo);
}

static void satisfied(cairo_t *cairo)
{
    eyes(cairo, 40);
    bow(cairo, 29, 56, 38, 20);
}

static void fairly_satisfied(cairo_t *cairo)
{
    eyes(cairo, 40);
    cairo_move_to(cairo, 31, 59);
    cairo_curve_to(cairo, 33, 61.333, 35.667, 62.5, 39, 62.5);
    cairo_line_to(cairo, 57, 62.5);
    cairo_curve_to(cairo, 60.333, 62.5, 63, 61.333, 65, 59);
    cairo_stroke(cairo);
}

static void dissatisfied(cairo_t *cairo)
{
    eyes(cairo, 40);
    bow(cairo, 29, 68, 38, -19);
}

static void very_dissatisfied(cairo_t *cairo)
{
    cairo_move_to(cairo, 25, 35);
    cairo_line_to(cairo, 38, 28);
    cairo_move_to(cairo, 71, 35);
    cairo_line_to(cairo, 58, 28);
    cairo_stroke(cairo);
    eyes(cairo, 44);
    cairo_save(cairo);
    cairo_translate(cairo, 48, 74);
    cairo_scale(cairo, 19, 18);
    cairo_arc(cairo, 0, 0, 1, 2 * QUARTER, 4 * QUARTER);
    cairo_close_path(cairo);
    cairo_restore(cairo);
    cairo_fill_preserve(cairo);
    cairo_stroke(cairo);
}

void sheet_face(struct sheet *sheet, double x, double y, double radius, int level)
{
    static void (*const features[])(cairo_t * cairo) = {
        very_dissatisfied, dissatisfied, fairly_satisfied, satisfied, very_satisfied};
    cairo_t *cairo = sheet->cairo;
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, radius / FACE_RADIUS, radius / FACE_RADIUS);
    cairo_translate(cairo, -FACE_MIDDLE, -FACE_MIDDLE);
    sheet_use(sheet, SHEET_INK);
    cairo_set_line_width(cairo, 5);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, FACE_MIDDLE, FACE_MIDDLE, FACE_RADIUS, 0, 4 * QUARTER);
    cairo_stroke(cairo);
    features[level - 1](cairo);
    cairo_restore(cairo);
}

void sheet_mark(struct sheet *sheet, double x, double y, double size)
{
    cairo_t *cairo = sheet->cairo;
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, size / 64, size / 64);
    cairo_set_line_width(cairo, 5);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(cairo, 11, 22);
    cairo_line_to(cairo, 53, 22);
    cairo_curve_to(cairo, 53, 38, 44, 48, 32, 48);
    cairo_curve_to(cairo, 20, 48, 11, 38, 11, 22);
    cairo_close_path(cairo);
    sheet_use(sheet, SHEET_GOLD);
    cairo_fill_preserve(cairo);
    sheet_use(sheet, SHEET_PINE);
    cairo_stroke(cairo);
    cairo_move_to(cairo, 5, 22);
    cairo_line_to(cairo, 59, 22);
    cairo_move_to(cairo, 24, 55);
    cairo_line_to(cairo, 40, 55);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}
