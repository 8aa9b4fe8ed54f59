#pragma once
/* sheet.h: paper: pages measured in points (1/72 inch, y downwards from the top left
   corner), drawn with cairo and lettered with pango, which nobody else knows. Slips and
   posters are Chinese, whatever language the console speaks. A sheet belongs to one
   thread, which needs an ordinary stack: server threads go through press.h. */
#include "kiosk/arena.h"
#include "kiosk/calendar.h"
#include "kiosk/qr.h"

#include <stdio.h>

enum sheet_format {
    SHEET_PDF, /* any number of pages, written as they are drawn */
    SHEET_PNG  /* one page, for a screen */
};

#define SHEET_A4_WIDTH 595.276
#define SHEET_A4_HEIGHT 841.890
#define SHEET_MM (72 / 25.4) /* points in a millimetre */

struct sheet_options {
    enum sheet_format format;
    double scale; /* of all lengths: 1 prints A4; of a PNG, pixels in a point */
    double width; /* in points; 0, and height 0: A4 */
    double height;
    FILE *out; /* borrowed */
    struct text title;
    day_t day;            /* of making: files of one day and content are the same bytes */
    const char *language; /* of a PDF, "zh-CN": what reads it aloud needs it; out must be
                             readable then and begin at its beginning. NULL: not told */
};

enum sheet_colour {
    SHEET_BLACK, /* symbols */
    SHEET_INK,
    SHEET_PINE,
    SHEET_PINE_DEEP,
    SHEET_GOLD,
    SHEET_GREY, /* cutting marks */
    SHEET_PAPER,
    SHEET_WASH,
    SHEET_WHITE,
    SHEET_RED,   /* of a letterhead */
    SHEET_INK_2, /* notes */
    SHEET_LINE,
    SHEET_EDGE,
    SHEET_SAND,
    SHEET_MET,
    SHEET_LIKELY_MET,
    SHEET_LIKELY_MET_PALE, /* insides of bars */
    SHEET_INSUFFICIENT,
    SHEET_LIKELY_MISSED,
    SHEET_LIKELY_MISSED_PALE,
    SHEET_MISSED,
    SHEET_MISSED_WASH, /* grounds under words */
    SHEET_LIKELY_MISSED_WASH,
    SHEET_LIKELY_MET_WASH,
    SHEET_MET_WASH,
    SHEET_COLOUR_COUNT
};
enum sheet_align { SHEET_LEFT, SHEET_CENTRE, SHEET_RIGHT };

struct sheet_style {
    double size;     /* of the letters; a Chinese character is as wide */
    double size_min; /* a line too wide becomes smaller, down to this; 0: it does not */
    double width;    /* room for a line; 0: any */
    int lines;       /* at most, broken between words and characters; 0: one */
    double leading;  /* from line to line, in sizes; 0: 1.3 */
    bool is_bold;
    bool is_serif;
    bool is_flowing; /* lines are filled one after the other, not made equally long */
    enum sheet_align align; /* of x: its left end, its middle, its right end */
    enum sheet_colour colour;
};

struct sheet;

/* NOT_FOUND: no font has the characters of a print (fonts-noto-cjk is not installed).
   NO_MEMORY. The caller closes. */
MUST_CHECK enum status sheet_open(
    const struct sheet_options *options, struct sheet **out);
/* Writes what is left and frees. INVALID: a text had a character that no font has;
   INTERNAL: the file could not be written. Accepts NULL. */
MUST_CHECK enum status sheet_close(struct sheet *sheet);

/* Ends the page; what follows is drawn on the next. */
void sheet_next_page(struct sheet *sheet);

/* What is drawn until the end is a part of the document of that kind ("H1", "P", "Table",
   "TR", "TD", "Figure" …), for programs that read it aloud. They nest. */
void sheet_part_begin(struct sheet *sheet, const char *kind);
void sheet_part_end(struct sheet *sheet, const char *kind);

/* ---- drawing ---- */

/* y is the first line's baseline. Returns the y of the next line's. What does not fit in
   its lines ends in an ellipsis. */
double sheet_text(struct sheet *sheet, double x, double y, struct text words,
    const struct sheet_style *style);
/* How many lines it takes. */
int sheet_text_lines(
    struct sheet *sheet, struct text words, const struct sheet_style *style);
/* The same of some of its lines, for words that flow over pages. */
struct sheet_lines {
    int first; /* 0: the first */
    int count;
};
double sheet_text_part(struct sheet *sheet, double x, double y, struct text words,
    const struct sheet_style *style, struct sheet_lines lines);
/* The words with □ for each character that no font has: for words that others typed. In
   the arena; ptr NULL when full. */
struct text sheet_known_words(
    struct sheet *sheet, struct arena *arena, struct text words, bool is_serif);

void sheet_fill(struct sheet *sheet, double x, double y, double width, double height,
    enum sheet_colour colour);
/* A white card with a pine border and round corners. */
void sheet_card(struct sheet *sheet, double x, double y, double width, double height);
void sheet_line(struct sheet *sheet, double x1, double y1, double x2, double y2,
    enum sheet_colour colour);
/* A dashed hairline along which people cut. */
void sheet_cut(struct sheet *sheet, double x1, double y1, double x2, double y2);
/* The face of a level (1–5), radius from the middle to the rim. */
void sheet_face(struct sheet *sheet, double x, double y, double radius, int level);
/* The mark of the product, a bowl full to the brim. */
void sheet_mark(struct sheet *sheet, double x, double y, double size);

/* An address as people type it: without "https://". */
struct text sheet_address(struct text public_url);

/* ---- symbols: black modules; the paper around stays white for 4 modules ---- */

/* The module's side that makes a symbol about that long, on the grid of quarter points.
 */
double sheet_qr_module(const struct qr *symbol, double side);
/* Each rectangle of dark modules as a shape of its own: sharp at any size. */
void sheet_qr(
    struct sheet *sheet, double x, double y, double module, const struct qr *symbol);
/* As a stencil of one bit: a tenth of the time, for sheets of thousands. */
void sheet_qr_stencil(
    struct sheet *sheet, double x, double y, double module, const struct qr *symbol);
