/* memory_canvas.c: strokes kept in a row, each looked at when it is drawn. */
#include "tests/support/memory_canvas.h"

#include "tests/support/random.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_inside(const struct memory *memory, struct point point, double margin)
{
    bool is_inside = isfinite(point.x) && isfinite(point.y) && point.x >= -margin &&
                     point.x <= memory->width + margin && point.y >= -margin &&
                     point.y <= memory->height + margin;
    if (!is_inside)
        fail_msg("%f, %f is not inside %f × %f", point.x, point.y, memory->width,
            memory->height);
}

static struct stroke *remember(
    struct canvas *canvas, enum stroke_kind kind, const struct pen *pen)
{
    struct memory *memory = (struct memory *)canvas;
    assert_true(memory->count < STROKES_MAX);
    struct stroke *stroke = &memory->strokes[memory->count++];
    *stroke = (struct stroke){.kind = kind};
    if (pen != NULL)
        stroke->pen = *pen;
    return stroke;
}

static void add_point(struct canvas *canvas, struct stroke *stroke, struct point point)
{
    check_inside((struct memory *)canvas, point, 0.5);
    assert_true(stroke->count < POINTS_MAX);
    stroke->points[stroke->count++] = point;
}

static void keep_line(
    struct canvas *canvas, struct point from, struct point to, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, LINE, pen);
    add_point(canvas, stroke, from);
    add_point(canvas, stroke, to);
}

static void keep_rect(
    struct canvas *canvas, struct box box, double radius, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, RECT, pen);
    assert_true(box.width >= 0 && box.height >= 0);
    stroke->radius = radius;
    add_point(canvas, stroke, (struct point){box.x, box.y});
    add_point(canvas, stroke, (struct point){box.x + box.width, box.y + box.height});
}

static void keep_circle(
    struct canvas *canvas, struct point centre, double radius, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, CIRCLE, pen);
    stroke->radius = radius;
    add_point(canvas, stroke, centre);
    check_inside(
        (struct memory *)canvas, (struct point){centre.x - radius, centre.y}, 0.5);
    check_inside(
        (struct memory *)canvas, (struct point){centre.x + radius, centre.y}, 0.5);
}

static void keep_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, PATH, pen);
    (void)is_closed;
    for (size_t i = 0; i < count; i++)
        add_point(canvas, stroke, points[i]);
}

static void keep_text(struct canvas *canvas, struct point at, struct text words,
    const struct lettering *lettering)
{
    struct stroke *stroke = remember(canvas, WORDS, NULL);
    double width = canvas_text_width(words, lettering->size);
    double left = at.x - (lettering->anchor == ANCHOR_MIDDLE   ? width / 2
                             : lettering->anchor == ANCHOR_END ? width
                                                               : 0);
    (void)snprintf(stroke->words, sizeof stroke->words, "%.*s", TEXT_ARG(words));
    add_point(canvas, stroke, at);
    check_inside((struct memory *)canvas, (struct point){left, at.y}, 1);
    check_inside((struct memory *)canvas, (struct point){left + width, at.y}, 1);
}

static void keep_group(struct canvas *canvas, struct text title, struct text description)
{
    (void)title;
    (void)description;
    ((struct memory *)canvas)->depth++;
}

static void keep_end(struct canvas *canvas)
{
    ((struct memory *)canvas)->depth--;
}

static const struct canvas_operations remembering = {.line = keep_line,
    .rect = keep_rect,
    .circle = keep_circle,
    .path = keep_path,
    .text = keep_text,
    .group_begin = keep_group,
    .group_end = keep_end};

int memory_set_up(void **state)
{
    *state = calloc(1, sizeof(struct memory));
    return *state == NULL;
}

int memory_tear_down(void **state)
{
    free(*state);
    return 0;
}

struct memory *memory_fresh(void **state, double width, double height)
{
    struct memory *memory = *state;
    memory->canvas.operations = &remembering;
    memory->width = width;
    memory->height = height;
    memory->count = 0;
    return memory;
}

const struct stroke *memory_find(const struct memory *memory, enum stroke_kind kind,
    enum paint stroke, enum paint fill)
{
    for (size_t i = 0; i < memory->count; i++) {
        const struct stroke *at = &memory->strokes[i];
        if (at->kind == kind && at->pen.stroke == stroke && at->pen.fill == fill)
            return at;
    }
    return NULL;
}

bool memory_has_words(const struct memory *memory, const char *words)
{
    for (size_t i = 0; i < memory->count; i++)
        if (strcmp(memory->strokes[i].words, words) == 0)
            return true;
    return false;
}

double any_share(struct random *random)
{
    uint64_t number = random_bits(random) % 1200;
    if (number < 100)
        return NAN;
    return ((double)number - 150) / 10; /* −5 to 105 */
}
