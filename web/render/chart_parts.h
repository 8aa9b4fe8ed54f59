#pragma once
/* chart_parts.h: inside the charts: what rulers and whiskers share. */
#include "web/render/chart.h"

enum { CHART_LETTERS = 16, CHART_LINE = 20 }; /* of words, and between two lines */

/* Words under a column. */
struct chart_label {
    struct point at; /* middle of the first line */
    size_t columns;  /* letters of half a square that fit on a line */
};

/* Both return where the next line's middle is. */
double chart_draw_line(
    struct canvas *canvas, double x, double y, struct text words, bool is_bold);
/* On at most that many lines; what does not fit is cut with an ellipsis. */
double chart_draw_words(struct canvas *canvas, struct arena *arena,
    const struct chart_label *label, struct text words, int lines, bool is_bold);

/* How many bytes of the words go on a line of so many columns: rather up to a blank, at
   least one character. */
size_t chart_fitting(struct text words, size_t columns);
/* Cut to so many columns of half a square, with an ellipsis; in the arena if cut. */
struct text chart_shorten(struct arena *arena, struct text words, size_t columns);

/* The pen of an interval, of a point, of the possible range. */
struct pen chart_bar_pen(const struct chart_figure *figure);
struct pen chart_point_pen(const struct chart_figure *figure);
struct pen chart_range_pen(const struct chart_figure *figure);
/* True if its shapes are round. */
bool chart_is_round(const struct chart_figure *figure);
/* A disc or a square around the centre. */
void chart_draw_point(
    struct canvas *canvas, struct point centre, const struct chart_figure *figure);
/* Slanted lines in a box, with words on a blank in the middle. */
void chart_draw_hatching(struct canvas *canvas, struct box box, struct text words);
/* Where a value lies between from (scale's lo) and to (its hi), inside them. */
double chart_place(struct chart_scale scale, double value, double from, double to);
bool chart_leaves_below(struct chart_scale scale, double value);
