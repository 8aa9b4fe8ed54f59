#pragma once
/* canvas.h: what charts are drawn on. Lengths are in the drawing's own units, y grows
   downwards. Colours are roles, so that each back end has its own way to them; nothing
   here knows a file format. A chart calls these functions; a back end fills in the table
   of operations (canvas_svg.h). Not thread-safe: one drawing, one thread. */
#include "kiosk/text.h"

enum paint {
    PAINT_NONE,
    PAINT_INK,
    PAINT_INK_2, /* notes, numbers on axes */
    PAINT_LINE,  /* hairlines */
    PAINT_EDGE,  /* ticks, hatching */
    PAINT_SHEET,
    PAINT_MISSED,
    PAINT_LIKELY_MISSED,
    PAINT_INSUFFICIENT,
    PAINT_LIKELY_MET,
    PAINT_MET,
    PAINT_LIKELY_MISSED_PALE,
    PAINT_LIKELY_MET_PALE,
    PAINT_MISSED_WASH, /* grounds under words */
    PAINT_LIKELY_MISSED_WASH,
    PAINT_LIKELY_MET_WASH,
    PAINT_MET_WASH,
    PAINT_COUNT
};
enum dash { DASH_NONE, DASH_DOTS, DASH_DASHES, DASH_COUNT };
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END, ANCHOR_COUNT };

struct point {
    double x;
    double y;
};
struct box {
    double x;
    double y;
    double width;
    double height;
};
struct pen {
    enum paint stroke; /* PAINT_NONE: no outline */
    enum paint fill;   /* PAINT_NONE: see-through */
    double width;      /* of the outline */
    enum dash dash;
};
struct lettering {
    enum paint paint;
    double size; /* of the letters, in units; a Chinese character is as wide */
    bool is_bold;
    enum anchor anchor;
};

struct canvas;
struct canvas_operations {
    void (*line)(
        struct canvas *canvas, struct point from, struct point to, const struct pen *pen);
    void (*rect)(
        struct canvas *canvas, struct box box, double radius, const struct pen *pen);
    void (*circle)(
        struct canvas *canvas, struct point centre, double radius, const struct pen *pen);
    void (*path)(struct canvas *canvas, const struct point *points, size_t count,
        bool is_closed, const struct pen *pen);
    void (*text)(struct canvas *canvas, struct point at, struct text words,
        const struct lettering *lettering);
    void (*group_begin)(
        struct canvas *canvas, struct text title, struct text description);
    void (*group_end)(struct canvas *canvas);
};
struct canvas { /* a back end's struct begins with this */
    const struct canvas_operations *operations;
};

void canvas_line(
    struct canvas *canvas, struct point from, struct point to, struct pen pen);
/* radius rounds the corners; 0 leaves them square. */
void canvas_rect(struct canvas *canvas, struct box box, double radius, struct pen pen);
void canvas_circle(
    struct canvas *canvas, struct point centre, double radius, struct pen pen);
/* Straight lines from point to point. */
void canvas_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, struct pen pen);
/* at lies on the letters' baseline. */
void canvas_text(struct canvas *canvas, struct point at, struct text words,
    struct lettering lettering);
/* What follows, up to the end, belongs together: a name for it and what it says. */
void canvas_group_begin(
    struct canvas *canvas, struct text title, struct text description);
void canvas_group_end(struct canvas *canvas);

/* About how wide letters of that size are: half their size a terminal column. */
double canvas_text_width(struct text words, double size);
