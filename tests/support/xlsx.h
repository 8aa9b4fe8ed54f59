#pragma once
/* xlsx.h: reads a workbook back, by unzip and a plain search through its XML: enough for
   what this program writes. Everything lives in the arena. */
#include "kiosk/text.h"

enum xlsx_kind { XLSX_EMPTY, XLSX_NUMBER, XLSX_STRING, XLSX_FORMULA };

struct xlsx_cell {
    enum xlsx_kind kind;
    double number;
    struct text string; /* with &amp; and its like undone */
    struct text format; /* the number format, "0.00%" */
};

struct xlsx {
    struct arena *arena;
    struct text path;
    struct text strings; /* xl/sharedStrings.xml */
    struct text styles;
};

/* The test fails if the file is no workbook. */
void xlsx_open(struct arena *arena, const char *path, struct xlsx *out);
/* A part by its name ("xl/charts/chart1.xml"); empty if there is none. */
struct text xlsx_part(const struct xlsx *xlsx, const char *name);
/* A cell of a sheet's XML ("B2"). */
struct xlsx_cell xlsx_cell(const struct xlsx *xlsx, struct text sheet, const char *name);
