#pragma once
/* report_xlsx_columns.h: the columns that sheets of figures are made of, for the files
   report_xlsx*.c alone. */
#include "web/render/report_xlsx_book.h"

/* What a row is about: an indicator, and of a breakdown one of its rows. */
struct book_line {
    const struct report_indicator *of;
    const struct report_row *row; /* NULL: the indicator's own figure */
};

enum book_column {
    COLUMN_INDICATOR,
    COLUMN_MEASURE,
    COLUMN_PROGRAMME,
    COLUMN_WAVE,
    COLUMN_CENTRE,
    COLUMN_CHANNEL,
    COLUMN_INVITED,
    COLUMN_PERIOD,
    COLUMN_ITEM,
    COLUMN_SUPPORTS,
    COLUMN_COUNTS,
    COLUMN_TARGET,
    COLUMN_POPULATION,
    COLUMN_ASKED,
    COLUMN_RECEIVED,
    COLUMN_N,
    COLUMN_X,
    COLUMN_MISSING,
    COLUMN_RATE,
    COLUMN_LOW,
    COLUMN_HIGH,
    COLUMN_POSSIBLE_LOW,
    COLUMN_POSSIBLE_HIGH,
    COLUMN_VERDICT,
    COLUMN_POINTS,
    COLUMN_EARNED,
    COLUMN_COMPLETION,
    COLUMN_ANSWERED,
    COLUMN_RESPONSE,
    COLUMN_FLAGGED,
    COLUMN_WITHOUT_N,
    COLUMN_WITHOUT_X,
    COLUMN_WITHOUT_RATE,
    COLUMN_WITHOUT_VERDICT,
    COLUMN_COUNT
};

/* The msgid of its head. */
const char *book_column_head(enum book_column column);
/* In characters of half a square. */
double book_column_width(enum book_column column);
/* What stands there of that line: a number, words, or ＊ where the report hides it. */
void book_add_cell(struct book *book, struct place at, enum book_column column,
    const struct book_line *line);
