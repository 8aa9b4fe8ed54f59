#pragma once
/* document.h: official documents on A4 in the manner of GB/T 9704: a red letterhead, a
   title, headings, paragraphs, tables and drawings that flow from page to page, numbers
   at the foot. Nothing is cut: what does not fit is broken into lines, and what does not
   fit on a page begins the next. One thread, with an ordinary stack: see sheet.h. */
#include "kiosk/language.h"
#include "web/render/canvas.h"
#include "web/render/sheet.h"

struct document_options {
    FILE *out; /* empty, readable and writable; borrowed */
    enum language language;
    struct text title; /* in the file's properties */
    day_t day;
    struct text mark; /* at the head of each page; empty: none */
};

struct document;

/* As sheet_open. Everything that is drawn lives in the arena until it is closed. */
MUST_CHECK enum status document_open(
    struct arena *arena, const struct document_options *options, struct document **out);
/* As sheet_close; NO_MEMORY also if the arena was full, TOO_LARGE if no symbol holds the
   address at the foot. Accepts NULL. */
MUST_CHECK enum status document_close(struct document *document);

/* What could not be laid out, for document_close: the first one is kept. */
void document_fail(struct document *document, enum status status);

/* The organisation in red over a double rule; at the beginning. */
void document_letterhead(struct document *document, struct text organisation);
void document_title(struct document *document, struct text title);
/* A line under the title. */
void document_subtitle(struct document *document, struct text words);
void document_heading(struct document *document, struct text words);
void document_subheading(struct document *document, struct text words);
/* Over a drawing or a table: with the so many points that follow it on one page. */
void document_caption(struct document *document, struct text words, double company);
void document_paragraph(struct document *document, struct text words);
/* What somebody wrote, word for word but for its lines, on as many pages as it takes;
   characters that no font has become □. */
void document_quote(struct document *document, struct text words);
/* Small words, of seals and addresses. */
void document_note(struct document *document, struct text words);
/* At the right end of a line: who and when. */
void document_signature(struct document *document, struct text words);
/* Begins a page unless so many points are left: what follows stays together. */
void document_keep(struct document *document, double height);
/* Free room, in points. */
void document_space(struct document *document, double height);

struct document_column {
    struct text head;
    double width; /* in shares of the page's width */
    enum sheet_align align;
};
enum { DOCUMENT_COLUMNS_MAX = 12 };
struct document_table {
    const struct document_column *columns;
    size_t column_count;      /* at most DOCUMENT_COLUMNS_MAX */
    const struct text *cells; /* row by row */
    size_t row_count;
    bool is_small; /* for many columns */
};
/* The head is repeated on each page; a row is never parted. */
void document_table(struct document *document, const struct document_table *table);

/* A place for a drawing of so many units, as wide as the page at most; what is drawn on
   the canvas until the end is one figure. */
struct canvas *document_drawing_begin(
    struct document *document, double width, double height);
/* How high it is there, in points. */
double document_drawing_height(double width, double height);
void document_drawing_end(struct document *document);

/* At the foot of the last page: notes on the left, a symbol with the address on the
   right. */
void document_foot(struct document *document, const struct text *notes, size_t count,
    struct text address);

/* "2026 年 11 月 22 日", "22 November 2026"; in the arena. */
struct text document_day(struct arena *arena, enum language language, day_t day);
/* Digits in groups of eight, as people compare them; in the arena. */
struct text document_digest(struct arena *arena, struct text digits);
