#pragma once
/* canvas_svg.h: a canvas that writes an <svg> element into a page. Colours are class
   names (reports.css), since the pages' policy refuses inline styles; text stays text.
   Numbers are written in tenths, with a point, whatever the locale. */
#include "web/render/canvas.h"

struct canvas_svg {
    struct canvas canvas; /* draw on this */
    struct buffer *out;
};

struct canvas_svg_head {
    const char *css_class;
    double width; /* of the drawing, in units; all of it lies inside */
    double height;
    bool has_size;  /* a unit is a pixel at the desk's usual text size, and grows with it;
                       else the style sheet says how large the drawing is */
    struct text id; /* unlike any other on the page; only with a title */
    struct text title;       /* empty: decoration that readers pass over */
    struct text description; /* the same in a sentence */
};

/* Begins the element; whoever opened it closes it. All texts are escaped. */
void canvas_svg_open(
    struct canvas_svg *svg, struct buffer *out, const struct canvas_svg_head *head);
void canvas_svg_close(struct canvas_svg *svg);
