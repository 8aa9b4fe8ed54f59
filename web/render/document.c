/* document.c: where the pen stands, and when a new page begins. */
#include "web/render/document.h"

#include "web/render/figures.h"
#include "web/render/sheet_canvas.h"

#include <math.h>
#include <stdlib.h>

/* GB/T 9704's letter form: sides of 28 and 26 mm. */
#define LEFT (28 * SHEET_MM)
#define RIGHT (SHEET_A4_WIDTH - 26 * SHEET_MM)
#define WIDTH (RIGHT - LEFT)

enum {
    TOP = 72,
    BOTTOM = 770, /* page numbers are below */
    NUMBER_AT = 802,
    MARK_AT = 46,
    ALL_LINES = 1000 /* as many as it takes */
};

struct document {
    struct sheet *sheet;
    struct arena *arena;
    enum language language;
    struct text mark;
    double y; /* top of what comes next */
    int page;
    enum status status; /* the first thing that went wrong */
    struct sheet_canvas canvas;
    double drawing_height;
};

/* ---- pages ---- */

static void draw_mark(struct document *document)
{
    static const struct sheet_style style = {
        .size = 12, .is_bold = true, .align = SHEET_RIGHT, .colour = SHEET_INK};
    if (document->mark.len > 0)
        (void)sheet_text(document->sheet, RIGHT, MARK_AT, document->mark, &style);
}

static void end_page(struct document *document)
{
    static const struct sheet_style style = {
        .size = 12, .is_serif = true, .align = SHEET_CENTRE, .colour = SHEET_INK};
    struct text number = text_format(document->arena, "— %d —", document->page);
    (void)sheet_text(document->sheet, (LEFT + RIGHT) / 2, NUMBER_AT, number, &style);
    sheet_next_page(document->sheet);
}

static void begin_page(struct document *document)
{
    document->page++;
    document->y = TOP;
    draw_mark(document);
}

/* Makes room for something that high, on this page or the next. */
static void make_room(struct document *document, double height)
{
    if (document->y + height <= BOTTOM || document->y <= TOP)
        return;
    end_page(document);
    begin_page(document);
}

enum status document_open(
    struct arena *arena, const struct document_options *options, struct document **out)
{
    const struct sheet_options sheet = {.format = SHEET_PDF,
        .scale = 1,
        .out = options->out,
        .title = options->title,
        .day = options->day,
        .language = options->language == LANGUAGE_ZH ? "zh-CN" : "en"};
    struct document *document = arena_take(arena, sizeof *document);
    if (document == NULL)
        return STATUS_NO_MEMORY;
    *document = (struct document){
        .arena = arena, .language = options->language, .mark = options->mark};
    enum status status = sheet_open(&sheet, &document->sheet);
    if (status != STATUS_OK)
        return status;
    sheet_part_begin(document->sheet, "Document");
    begin_page(document);
    *out = document;
    return STATUS_OK;
}

enum status document_close(struct document *document)
{
    if (document == NULL)
        return STATUS_OK;
    end_page(document);
    sheet_part_end(document->sheet, "Document");
    enum status status = sheet_close(document->sheet);
    return status == STATUS_OK ? document->status : status;
}

void document_fail(struct document *document, enum status status)
{
    if (document->status == STATUS_OK)
        document->status = status;
}

/* ---- words ---- */

static double leading_of(const struct sheet_style *style)
{
    return style->size * style->leading;
}

static double height_of(
    struct document *document, struct text words, const struct sheet_style *style)
{
    return leading_of(style) * sheet_text_lines(document->sheet, words, style);
}

/* y is the top of the first line. */
static void draw_words(struct document *document, double x, double y, struct text words,
    const struct sheet_style *style)
{
    double baseline = y + (leading_of(style) + style->size * 0.76) / 2;
    (void)sheet_text(document->sheet, x, baseline, words, style);
}

static double edge_of(const struct sheet_style *style, double left, double width)
{
    return style->align == SHEET_LEFT    ? left
           : style->align == SHEET_RIGHT ? left + width
                                         : left + width / 2;
}

/* ---- voices ---- */

enum voice {
    VOICE_LETTERHEAD,
    VOICE_TITLE,
    VOICE_SUBTITLE,
    VOICE_HEADING,
    VOICE_SUBHEADING,
    VOICE_CAPTION,
    VOICE_PARAGRAPH,
    VOICE_QUOTE,
    VOICE_NOTE,
    VOICE_SIGNATURE,
    VOICE_COUNT
};

/* What a part of the document is, how it is set, the room behind it. */
static const struct {
    const char *part;
    double size;
    double leading;
    bool is_bold;
    bool is_serif;
    enum sheet_align align;
    enum sheet_colour colour;
    double behind;
} voices[VOICE_COUNT] = {
    [VOICE_LETTERHEAD] = {"P", 40, 1.3, true, true, SHEET_CENTRE, SHEET_RED, 10},
    [VOICE_TITLE] = {"H1", 21, 1.4, true, true, SHEET_CENTRE, SHEET_INK, 6},
    [VOICE_SUBTITLE] = {"P", 12, 1.5, false, true, SHEET_CENTRE, SHEET_INK, 8},
    [VOICE_HEADING] = {"H2", 14.5, 1.5, true, false, SHEET_LEFT, SHEET_INK, 4},
    [VOICE_SUBHEADING] = {"H3", 13, 1.5, true, true, SHEET_LEFT, SHEET_INK, 2},
    [VOICE_CAPTION] = {"H4", 11, 1.5, true, false, SHEET_LEFT, SHEET_INK, 2},
    [VOICE_PARAGRAPH] = {"P", 13, 1.6, false, true, SHEET_LEFT, SHEET_INK, 4},
    [VOICE_QUOTE] = {"BlockQuote", 11.5, 1.5, false, true, SHEET_LEFT, SHEET_INK, 5},
    [VOICE_NOTE] = {"P", 9.5, 1.5, false, false, SHEET_LEFT, SHEET_INK_2, 1},
    [VOICE_SIGNATURE] = {"P", 13, 1.6, false, true, SHEET_RIGHT, SHEET_INK, 0},
};

static struct sheet_style style_of(enum voice voice)
{
    return (struct sheet_style){.size = voices[voice].size,
        .width = WIDTH,
        .lines = ALL_LINES,
        .leading = voices[voice].leading,
        .is_bold = voices[voice].is_bold,
        .is_serif = voices[voice].is_serif,
        .is_flowing = true,
        .align = voices[voice].align,
        .colour = voices[voice].colour};
}

/* A part of its own, as wide as the page, with room behind it. */
static void add(struct document *document, enum voice voice, struct text words,
    const struct sheet_style *style)
{
    if (words.ptr == NULL) {
        document_fail(document, STATUS_NO_MEMORY);
        return;
    }
    double height = height_of(document, words, style);
    make_room(document, height);
    sheet_part_begin(document->sheet, voices[voice].part);
    draw_words(document, edge_of(style, LEFT, WIDTH), document->y, words, style);
    sheet_part_end(document->sheet, voices[voice].part);
    document->y += height + voices[voice].behind;
}

static void speak(struct document *document, enum voice voice, struct text words)
{
    const struct sheet_style style = style_of(voice);
    add(document, voice, words, &style);
}

void document_letterhead(struct document *document, struct text organisation)
{
    enum { SIZE_MIN_PT = 18 };
    struct sheet_style style = style_of(VOICE_LETTERHEAD);
    double columns = (double)text_columns(organisation);
    if (columns > 0)
        style.size = fmin(style.size, 2 * WIDTH / columns * 0.96);
    style.size = fmax(style.size, SIZE_MIN_PT);
    document->y = 30 * SHEET_MM;
    add(document, VOICE_LETTERHEAD, organisation, &style);
    sheet_fill(document->sheet, LEFT, document->y, WIDTH, 2.4, SHEET_RED);
    sheet_fill(document->sheet, LEFT, document->y + 4, WIDTH, 0.8, SHEET_RED);
    document->y += 24;
}

/* Lines of a title are about equally long. */
void document_title(struct document *document, struct text title)
{
    struct sheet_style style = style_of(VOICE_TITLE);
    style.lines = sheet_text_lines(document->sheet, title, &style);
    style.is_flowing = false;
    add(document, VOICE_TITLE, title, &style);
}

void document_subtitle(struct document *document, struct text words)
{
    speak(document, VOICE_SUBTITLE, words);
}

/* A heading never stands alone at a page's end. */
void document_heading(struct document *document, struct text words)
{
    enum { COMPANY = 170 };
    make_room(document, COMPANY);
    if (document->y > TOP)
        document->y += 8;
    speak(document, VOICE_HEADING, words);
}

void document_subheading(struct document *document, struct text words)
{
    enum { COMPANY = 90 };
    make_room(document, COMPANY);
    speak(document, VOICE_SUBHEADING, words);
}

void document_caption(struct document *document, struct text words, double company)
{
    make_room(document, fmin(company, BOTTOM - TOP));
    speak(document, VOICE_CAPTION, words);
}

/* Chinese paragraphs begin two characters in. */
void document_paragraph(struct document *document, struct text words)
{
    speak(document, VOICE_PARAGRAPH,
        text_format(document->arena, "%s%.*s",
            document->language == LANGUAGE_ZH ? "　　" : "", TEXT_ARG(words)));
}

/* On one line, as it flows; lines of its own could be two thousand. */
static struct text in_one_line(struct document *document, struct text words)
{
    struct buffer out;
    buffer_init(&out, document->arena, words.len);
    for (size_t i = 0; i < words.len; i++)
        buffer_add_char(&out, words.ptr[i] == '\n' ? ' ' : words.ptr[i]);
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}

void document_quote(struct document *document, struct text words)
{
    enum { INDENT = 16, BAR = 2 };
    struct sheet_style style = style_of(VOICE_QUOTE);
    style.width = WIDTH - INDENT;
    struct text known = sheet_known_words(
        document->sheet, document->arena, in_one_line(document, words), style.is_serif);
    if (known.ptr == NULL) {
        document_fail(document, STATUS_NO_MEMORY);
        return;
    }
    int all = sheet_text_lines(document->sheet, known, &style);
    for (int done = 0; done < all;) {
        make_room(document, leading_of(&style) * (all - done < 2 ? all - done : 2));
        int room = (int)((BOTTOM - document->y) / leading_of(&style));
        int count = room < 1 ? 1 : room < all - done ? room : all - done;
        double height = leading_of(&style) * count;
        sheet_part_begin(document->sheet, voices[VOICE_QUOTE].part);
        sheet_fill(document->sheet, LEFT, document->y + 2, BAR, height - 4, SHEET_LINE);
        (void)sheet_text_part(document->sheet, LEFT + INDENT,
            document->y + (leading_of(&style) + style.size * 0.76) / 2, known, &style,
            (struct sheet_lines){done, count});
        sheet_part_end(document->sheet, voices[VOICE_QUOTE].part);
        document->y += height;
        done += count;
    }
    document->y += voices[VOICE_QUOTE].behind;
}

void document_note(struct document *document, struct text words)
{
    speak(document, VOICE_NOTE, words);
}

void document_signature(struct document *document, struct text words)
{
    speak(document, VOICE_SIGNATURE, words);
}

void document_keep(struct document *document, double height)
{
    make_room(document, height);
}

void document_space(struct document *document, double height)
{
    document->y += height;
}

/* ---- tables ---- */

enum { CELL_SIDE = 4, CELL_TOP = 3 };

struct laying {
    struct document *document;
    const struct document_table *table;
    struct sheet_style styles[DOCUMENT_COLUMNS_MAX];
    struct sheet_style heads[DOCUMENT_COLUMNS_MAX];
    double left[DOCUMENT_COLUMNS_MAX + 1];
};

static void lay_columns(struct laying *laying)
{
    const struct document_table *table = laying->table;
    double all = 0;
    for (size_t i = 0; i < table->column_count; i++)
        all += table->columns[i].width;
    laying->left[0] = LEFT;
    for (size_t i = 0; i < table->column_count; i++) {
        double width = WIDTH * table->columns[i].width / all;
        laying->left[i + 1] = laying->left[i] + width;
        laying->styles[i] = (struct sheet_style){.size = table->is_small ? 9 : 11,
            .width = width - 2 * CELL_SIDE,
            .lines = ALL_LINES,
            .leading = 1.35,
            .is_flowing = true,
            .align = table->columns[i].align,
            .colour = SHEET_INK};
        laying->heads[i] = laying->styles[i];
        laying->heads[i].is_bold = true;
        laying->heads[i].size *= 0.92; /* so that long words have room */
        laying->heads[i].align = SHEET_CENTRE;
    }
}

static const struct text *cell_of(const struct laying *laying, size_t row, size_t column)
{
    return &laying->table->cells[row * laying->table->column_count + column];
}

static double row_height(const struct laying *laying, bool is_head, size_t row)
{
    double height = 0;
    for (size_t i = 0; i < laying->table->column_count; i++) {
        const struct text *words =
            is_head ? &laying->table->columns[i].head : cell_of(laying, row, i);
        height = fmax(height, height_of(laying->document, *words,
                                  is_head ? &laying->heads[i] : &laying->styles[i]));
    }
    return height + 2 * CELL_TOP;
}

static void draw_frame(const struct laying *laying, double height)
{
    struct sheet *sheet = laying->document->sheet;
    double y = laying->document->y;
    size_t count = laying->table->column_count;
    sheet_line(sheet, LEFT, y, RIGHT, y, SHEET_INK);
    sheet_line(sheet, LEFT, y + height, RIGHT, y + height, SHEET_INK);
    for (size_t i = 0; i <= count; i++)
        sheet_line(sheet, laying->left[i], y, laying->left[i], y + height, SHEET_INK);
}

static void draw_row(const struct laying *laying, bool is_head, size_t row, double height)
{
    struct document *document = laying->document;
    const char *kind = is_head ? "TH" : "TD";
    if (is_head)
        sheet_fill(document->sheet, LEFT, document->y, WIDTH, height, SHEET_SAND);
    draw_frame(laying, height);
    sheet_part_begin(document->sheet, "TR");
    for (size_t i = 0; i < laying->table->column_count; i++) {
        const struct text *words =
            is_head ? &laying->table->columns[i].head : cell_of(laying, row, i);
        const struct sheet_style *style =
            is_head ? &laying->heads[i] : &laying->styles[i];
        double free = height - height_of(document, *words, style);
        sheet_part_begin(document->sheet, kind);
        draw_words(document, edge_of(style, laying->left[i] + CELL_SIDE, style->width),
            document->y + free / 2, *words, style);
        sheet_part_end(document->sheet, kind);
        if (words->ptr == NULL)
            document_fail(document, STATUS_NO_MEMORY);
    }
    sheet_part_end(document->sheet, "TR");
    document->y += height;
}

static void draw_head(const struct laying *laying)
{
    draw_row(laying, true, 0, row_height(laying, true, 0));
}

void document_table(struct document *document, const struct document_table *table)
{
    struct laying laying = {.document = document, .table = table};
    lay_columns(&laying);
    if (table->row_count == 0)
        return;
    make_room(document, row_height(&laying, true, 0) + row_height(&laying, false, 0));
    sheet_part_begin(document->sheet, "Table");
    draw_head(&laying);
    for (size_t i = 0; i < table->row_count; i++) {
        double height = row_height(&laying, false, i);
        int page = document->page;
        make_room(document, height);
        if (document->page != page)
            draw_head(&laying);
        draw_row(&laying, false, i, height);
    }
    sheet_part_end(document->sheet, "Table");
    document->y += 12;
}

/* ---- drawings ---- */

static double scale_of(double width)
{
    const double largest = 0.62; /* letters of 16 units are then 10 points */
    return fmin(largest, WIDTH / width);
}

double document_drawing_height(double width, double height)
{
    return height * scale_of(width);
}

struct canvas *document_drawing_begin(
    struct document *document, double width, double height)
{
    double scale = scale_of(width);
    make_room(document, height * scale);
    sheet_part_begin(document->sheet, "Figure");
    sheet_canvas_open(&document->canvas, document->sheet, LEFT, document->y, scale);
    document->drawing_height = height * scale;
    return &document->canvas.canvas;
}

void document_drawing_end(struct document *document)
{
    sheet_part_end(document->sheet, "Figure");
    document->y += document->drawing_height + 6;
}

/* ---- the foot ---- */

static void draw_symbol(
    struct document *document, struct text address, double x, double y, double side)
{
    struct qr symbol;
    enum status status = qr_make(document->arena, address, &symbol);
    if (status != STATUS_OK) {
        document_fail(document, status);
        return;
    }
    sheet_part_begin(document->sheet, "Figure");
    sheet_qr(document->sheet, x, y, side / symbol.size, &symbol);
    sheet_part_end(document->sheet, "Figure");
}

void document_foot(struct document *document, const struct text *notes, size_t count,
    struct text address)
{
    enum { SIDE = 84, QUIET = 16 };
    struct sheet_style style = style_of(VOICE_NOTE);
    style.width = WIDTH - SIDE - 2 * QUIET;
    double height = 0;
    for (size_t i = 0; i < count; i++)
        height += height_of(document, notes[i], &style);
    double needed = fmax(height, SIDE) + 8;
    make_room(document, needed);
    double y = fmax(document->y, BOTTOM - needed);
    sheet_line(document->sheet, LEFT, y, RIGHT - SIDE - QUIET, y, SHEET_INK);
    draw_symbol(document, address, RIGHT - SIDE, y + 6, SIDE);
    y += 6;
    for (size_t i = 0; i < count; i++) {
        sheet_part_begin(document->sheet, "P");
        draw_words(document, LEFT, y, notes[i], &style);
        sheet_part_end(document->sheet, "P");
        y += height_of(document, notes[i], &style);
        if (notes[i].ptr == NULL)
            document_fail(document, STATUS_NO_MEMORY);
    }
    document->y = fmax(document->y, y) + needed;
}

struct text document_day(struct arena *arena, enum language language, day_t day)
{
    struct text words = figure_day(arena, language, day);
    int year = day_date(day).year;
    if (language == LANGUAGE_ZH)
        return text_format(arena, "%d 年 %.*s", year, TEXT_ARG(words));
    return text_format(arena, "%.*s %d", TEXT_ARG(words), year);
}

struct text document_digest(struct arena *arena, struct text digits)
{
    enum { GROUP = 8 };
    struct buffer out;
    buffer_init(&out, arena, 2 * digits.len + 1);
    for (size_t i = 0; i < digits.len; i++) {
        if (i > 0 && i % GROUP == 0)
            buffer_add_char(&out, ' ');
        buffer_add_char(&out, digits.ptr[i]);
    }
    return buffer_text(&out);
}
