#pragma once
/* chart_parts.h: inside the charts: what rulers and whiskers share. */
#include "web/render/chart.h"

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
