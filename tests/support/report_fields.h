#pragma once
/* report_fields.h: fields of report_formats.h compared, and a figure as it is printed.
   What is made is in the arena of the formats. */
#include "tests/support/report_formats.h"

/* Fails, and says where and about what, unless both are equal. */
void assert_same(struct text a, struct text b, const char *where, struct text about);
/* The same double, however many digits it is written with. */
void assert_same_number(
    struct formats *formats, struct text a, struct text b, const char *where);
/* Fails unless the part stands in the whole. */
void assert_contains(
    const char *whole, struct text part, const char *where, struct text about);
/* Fails unless every row has as many fields as the head. */
void assert_rows_are_whole(const struct table *table);

/* "8935" as it is printed: "89.35%", of a score "89.35"; of an empty text, empty. */
struct text printed_figure(struct formats *formats, struct text bp, const char *unit);
/* "87.53–90.94%" */
struct text printed_range(struct formats *formats, struct text lo, struct text hi);
/* The number, or "–" for an empty text. */
struct text or_dash(struct text number);
