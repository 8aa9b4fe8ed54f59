#pragma once
/* reference.h: the tables of tests/reference, read by column name, and comparisons that
   take each column's tolerance from tolerances.csv. The tables have no quotes; numbers
   are padded with spaces. */
#include "kiosk/text.h"

#include <stdio.h>

struct reference {
    struct text name;     /* "rate" */
    struct text *columns; /* names, then the fields row by row */
    size_t column_count;
    size_t row_count;
};

/* A table of tests/reference in the arena, by name without ".csv"; fails the test if it
   can't be read or a row is not as long as the header. */
struct reference reference_read(struct arena *arena, const char *name);
/* The same from an open file (a program's output); name is for messages. */
struct reference reference_read_file(struct arena *arena, FILE *file, const char *name);

/* A field; the test fails if there is no such column. */
struct text reference_text(const struct reference *table, size_t row, const char *column);
/* NAN for an empty field, INFINITY for "inf". */
double reference_number(const struct reference *table, size_t row, const char *column);
/* -1 for an empty field. */
int64_t reference_count(const struct reference *table, size_t row, const char *column);

/* Fail with table, row and column named unless the value is the table's. Tolerances come
   from tolerances.csv; a column that is not there must be equal, a number in the 15
   digits that the tables have. */
void check_number(
    const struct reference *table, size_t row, const char *column, double actual);
void check_count(const struct reference *table, size_t row, const char *column,
    int64_t actual); /* -1: none */
void check_word(
    const struct reference *table, size_t row, const char *column, struct text actual);
/* Words joined by |, in any order. */
void check_set(
    const struct reference *table, size_t row, const char *column, struct text actual);
