#pragma once
/* report_formats.h: a report written in every format and read back, each as another
   program reads it (jq, LibreOffice as it shows the cells, pdftotext); for
   test_report_formats*.c. */
#include "kiosk/report.h"

#include <stdbool.h>
#include <stddef.h>

enum { FIELDS_MAX = 60, ROWS_MAX = 400 };

struct table {
    struct text rows[ROWS_MAX][FIELDS_MAX]; /* the first is the head */
    size_t widths[ROWS_MAX];
    size_t count;
};

/* A report in every format. */
struct formats {
    struct arena *arena;
    char folder[40];
    const char *text; /* without blanks, as are the next */
    const char *pdf;
    struct table *json; /* of indicators: a line each, by jq */
    struct table *csv;
    struct table *json_weeks; /* a line each point of all charts */
    struct table *figures;    /* sheets as LibreOffice shows them */
    struct table *waves;
    struct table *groups;
};

/* Writes the files into a folder of their own and reads them; everything that is read is
   in the arena. formats_drop removes the folder. */
void formats_make(
    struct formats *formats, struct arena *arena, const struct report *report);
void formats_drop(struct formats *formats);

/* What a command says that runs in the folder of the files, terminated and in the arena;
 * the test fails unless it succeeds. */
const char *formats_run(struct formats *formats, const char *command);

/* A row's field under that head; the test fails if there is none. */
struct text field_of(const struct table *table, size_t row, const char *head);
/* The first row of that kind about that indicator; the test fails if there is none. */
size_t find_row(const struct table *table, const char *kind, struct text indicator);
