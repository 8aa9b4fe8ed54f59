/* canvas.c: hands each stroke to the back end. */
#include "web/render/canvas.h"

void canvas_line(
    struct canvas *canvas, struct point from, struct point to, struct pen pen)
{
    canvas->operations->line(canvas, from, to, &pen);
}

void canvas_rect(struct canvas *canvas, struct box box, double radius, struct pen pen)
{
    canvas->operations->rect(canvas, box, radius, &pen);
}

void canvas_circle(
    struct canvas *canvas, struct point centre, double radius, struct pen pen)
{
    canvas->operations->circle(canvas, centre, radius, &pen);
}

void canvas_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, struct pen pen)
{
    canvas->operations->path(canvas, points, count, is_closed, &pen);
}

void canvas_text(
    struct canvas *canvas, struct point at, struct text words, struct lettering lettering)
{
    canvas->operations->text(canvas, at, words, &lettering);
}

void canvas_group_begin(struct canvas *canvas, struct text title, struct text description)
{
    canvas->operations->group_begin(canvas, title, description);
}

void canvas_group_end(struct canvas *canvas)
{
    canvas->operations->group_end(canvas);
}

double canvas_text_width(struct text words, double size)
{
    return (double)text_columns(words) * size / 2;
}
