#pragma once
/* memory_canvas.h: a canvas that remembers every stroke, and fails the test if one leaves
   the drawing, what is not a number included; for tests of charts. */
#include "web/render/canvas.h"

#include <stdbool.h>
#include <stddef.h>

struct random;

enum stroke_kind { LINE, RECT, CIRCLE, PATH, WORDS };
enum { STROKES_MAX = 4096, POINTS_MAX = 40 };

struct stroke {
    enum stroke_kind kind;
    struct point points[POINTS_MAX];
    size_t count;
    double radius; /* of a circle, of a rectangle's corners */
    struct pen pen;
    char words[64]; /* what was written there may be gone */
};

struct memory {
    struct canvas canvas;
    double width;
    double height;
    struct stroke strokes[STROKES_MAX];
    size_t count;
    int depth; /* of groups */
};

/* cmocka set-up and tear-down: *state is a struct memory, of one test or of all. */
int memory_set_up(void **state);
int memory_tear_down(void **state);

/* The canvas of *state without strokes, so wide and so high. */
struct memory *memory_fresh(void **state, double width, double height);

/* The first stroke of that kind with those paints; NULL if there is none. */
const struct stroke *memory_find(const struct memory *memory, enum stroke_kind kind,
    enum paint stroke, enum paint fill);
/* True if exactly these words (under 64 bytes) were written. */
bool memory_has_words(const struct memory *memory, const char *words);

/* What a chart may be given: a share from −5 to 105 %, or NAN. */
double any_share(struct random *random);
