#pragma once
/* report_pdf_parts.h: inside the document of a report, for the files report_pdf*.c. */
#include "web/render/document.h"
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

/* One indicator in depth: sentences, drawing, tables. */
void paper_indicator(const struct paper *paper, const struct report_indicator *of);
/* How the figures were made, and what they do not say. */
void paper_method(const struct paper *paper);
