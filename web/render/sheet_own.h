#pragma once
/* sheet_own.h: the inside of a sheet, for the files sheet*.c alone. */
#include "web/render/sheet.h"

#include <cairo.h>
#include <pango/pangocairo.h>

enum { SHEET_WORDS_KEPT = 32, SHEET_WORDS_BYTES = 200 };

/* Words that were shaped for drawing: most of them come again on the next slip. */
struct sheet_words {
    PangoLayout *layout; /* NULL: the place is free */
    char text[SHEET_WORDS_BYTES];
    size_t len;
    struct sheet_style style;
};

struct sheet {
    enum sheet_format format;
    FILE *out;
    const char *language; /* static; NULL: not told */
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *context;
    struct sheet_words words[SHEET_WORDS_KEPT];
    size_t next_words; /* the place that is used again next */
    bool has_unknown_letters;
};

/* The font's context, once the surface is there. */
MUST_CHECK enum status sheet_words_open(struct sheet *sheet);
void sheet_words_close(struct sheet *sheet);
/* False if a character of a print is in no font. */
bool sheet_has_fonts(struct sheet *sheet);

void sheet_use(struct sheet *sheet, enum sheet_colour colour);
/* Adds the language to a PDF that is written whole; cairo 1.16 can't. False: the disk, or
   no PDF as cairo writes it. */
bool sheet_tell_language(FILE *pdf, const char *language);
