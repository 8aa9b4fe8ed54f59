#pragma once
/* report_pdf_parts.h: inside the document of a report, for the files report_pdf*.c. */
#include "web/render/document.h"
#include "web/render/report_charts.h"
#include "web/render/report_pdf.h"

struct paper {
    struct arena *arena;
    struct document *document;
    const struct report_pdf *pdf;
};

/* tr_format of at most three arguments, in the document's language. */
struct text paper_words(const struct paper *paper, const char *message, struct text first,
    struct text second, struct text third);
/* The figure in words of its measure: "88.83%", of a score "86.25"; "＊" if it is hidden,
   "–" if there is none. */
struct text paper_value(
    const struct paper *paper, const struct report_indicator *of, int64_t bp);

/* Rows of a table on paper; the workbook has them all. */
enum { PAPER_ROWS_MAX = 60 };
/* A note that so many rows are too many, if they are. */
void paper_cut(const struct paper *paper, size_t rows);
struct report_telling paper_telling(const struct paper *paper);
/* "quarter 2 of 2026" */
struct text paper_quarter(const struct paper *paper, day_t quarter);

/* ---- drawings (report_pdf_drawings.c); nothing where there is too little to draw ----
 */

/* Waves or quarters beside each other against the target, in pieces as wide as the page.
 */
void paper_draw_rows(const struct paper *paper, const struct report_indicator *of,
    enum report_chart_kind kind);
/* Centres by programme, and weeks: the drawing in pieces as wide as the page, each with
   its part of the table. */
void paper_heat(const struct paper *paper, const struct report_indicator *of);
void paper_weeks(const struct paper *paper, const struct report_indicator *of);

/* One indicator in depth: sentences, drawing, tables. */
void paper_indicator(const struct paper *paper, const struct report_indicator *of);
/* How the figures were made, and what they do not say. */
void paper_method(const struct paper *paper);
