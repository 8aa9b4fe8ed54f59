#pragma once
/* report_xlsx_book.h: inside the workbook, for the files report_xlsx*.c alone: cells that
   are written with what a column means, and one place where errors are kept. */
#include "web/render/report_xlsx.h"

#include <xlsxwriter.h>

enum book_style {
    BOOK_HEAD,
    BOOK_WORDS,   /* text, which stays text also when somebody edits it */
    BOOK_COUNT,   /* a whole number */
    BOOK_PERCENT, /* basis points: 8883 stands there as 0.8883, shown as 88.83% */
    BOOK_DECIMAL, /* hundredths: 8883 stands there as 88.83 */
    BOOK_TITLE,
    BOOK_PLAIN, /* words beside a table: no frame */
    BOOK_STYLE_COUNT
};

/* Colours of verdicts, for conditional formats. */
enum book_tint {
    BOOK_TINT_MET,
    BOOK_TINT_LIKELY_MET,
    BOOK_TINT_OPEN,
    BOOK_TINT_LIKELY_MISSED,
    BOOK_TINT_MISSED,
    BOOK_TINT_HIDDEN,
    BOOK_TINT_COUNT
};

enum { BOOK_COLUMNS_MAX = 26 };

struct book {
    lxw_workbook *workbook;
    struct arena *arena;
    enum language language;
    const struct report *report;
    struct text only;
    lxw_format *styles[BOOK_STYLE_COUNT];
    lxw_format *tints[BOOK_TINT_COUNT];
    double widths[BOOK_COLUMNS_MAX]; /* of the table at hand, in characters */
    int lines;                       /* that the row at hand takes */
    enum status status;              /* the first thing that went wrong */
};

/* A cell. */
struct place {
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
};

void book_make_styles(struct book *book);
/* A sheet of that name (a msgid, at most 31 characters in each language). */
lxw_worksheet *book_add_sheet(struct book *book, const char *name);
/* Keeps the first error. */
void book_check(struct book *book, lxw_error error);

void book_words(
    struct book *book, struct place at, struct text words, enum book_style style);
/* A number as its style says; NO_COUNT leaves an empty cell of that style. */
void book_number(
    struct book *book, struct place at, int64_t number, enum book_style style);
/* The row of columns' names: msgids, ended by NULL, at most BOOK_COLUMNS_MAX; their
   widths in characters of half a square. */
void book_heads(
    struct book *book, struct place at, const char *const *heads, const double *widths);
/* Makes the row as high as its words need: not every program does so by itself. */
void book_end_row(struct book *book, struct place at);
/* True if the indicator is wanted. */
bool book_wants(const struct book *book, const struct plan_indicator *indicator);
/* Tints a column of verdicts by its words. */
void book_tint_verdicts(struct book *book, struct place first, lxw_row_t last_row);
/* Tints rates that lie under the target which stands in the row's column of targets, and
   what is hidden. */
void book_tint_rates(
    struct book *book, struct place first, lxw_row_t last_row, lxw_col_t target_column);

/* ---- the sheets ---- */
void book_add_form(struct book *book);
void book_add_figures(struct book *book);
void book_add_breakdowns(struct book *book);
void book_add_weeks(struct book *book);
void book_add_comments(struct book *book);
void book_add_charts(struct book *book);
void book_add_method(struct book *book);
