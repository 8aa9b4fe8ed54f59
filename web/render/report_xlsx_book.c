/* report_xlsx_book.c: cells, styles and tints of the workbook. Of the library only those
   functions are used that take words for words: worksheet_write_string for cells, and
   for charts ranges of cells instead of names, since a name that begins with = would be
   taken for a formula. */
#include "web/render/report_xlsx_book.h"

#include "web/render/figures.h"
#include "web/tr.h"

/* LOOK: colours of verdicts and their washes. */
static const struct {
    lxw_color_t ink;
    lxw_color_t wash;
} tints[BOOK_TINT_COUNT] = {
    [BOOK_TINT_MET] = {0x08505E, 0xDFEFF1},
    [BOOK_TINT_LIKELY_MET] = {0x2A70A0, 0xEDF5FA},
    [BOOK_TINT_OPEN] = {0x63625F, 0xEFEFEC},
    [BOOK_TINT_LIKELY_MISSED] = {0xA05400, 0xFBF0DF},
    [BOOK_TINT_MISSED] = {0x861B2D, 0xF9E6E6},
    [BOOK_TINT_HIDDEN] = {0x4F575A, 0xF2EBDF},
};

void book_check(struct book *book, lxw_error error)
{
    if (error == LXW_NO_ERROR || book->status != STATUS_OK)
        return;
    book->status = STATUS_INTERNAL;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        book->status = STATUS_NO_MEMORY;
    else if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ||
             error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        book->status = STATUS_TOO_LARGE;
}

static lxw_format *add_format(struct book *book)
{
    lxw_format *format = workbook_add_format(book->workbook);
    if (format == NULL) {
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    format_set_font_name(format, "Noto Sans CJK SC");
    format_set_font_size(format, 11);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

/* The number format of a style; "@" keeps what is typed over a text a text. */
static const char *const number_formats[BOOK_STYLE_COUNT] = {
    [BOOK_HEAD] = "@",
    [BOOK_WORDS] = "@",
    [BOOK_COUNT] = "0",
    [BOOK_PERCENT] = "0.00%",
    [BOOK_DECIMAL] = "0.00",
    [BOOK_TITLE] = "@",
    [BOOK_PLAIN] = "@",
};

static void make_style(struct book *book, enum book_style style)
{
    lxw_format *format = add_format(book);
    book->styles[style] = format;
    if (format == NULL)
        return;
    format_set_num_format(format, number_formats[style]);
    if (style == BOOK_TITLE || style == BOOK_HEAD)
        format_set_bold(format);
    if (style == BOOK_TITLE)
        format_set_font_size(format, 14);
    if (style == BOOK_TITLE || style == BOOK_PLAIN)
        return;
    format_set_border(format, LXW_BORDER_THIN);
    if (style == BOOK_HEAD || style == BOOK_WORDS)
        format_set_text_wrap(format);
    if (style == BOOK_HEAD) {
        format_set_bg_color(format, 0xF3ECDD);
        format_set_align(format, LXW_ALIGN_CENTER);
    }
}

void book_make_styles(struct book *book)
{
    for (int style = 0; style < BOOK_STYLE_COUNT; style++)
        make_style(book, (enum book_style)style);
    for (int tint = 0; tint < BOOK_TINT_COUNT; tint++) {
        lxw_format *format = workbook_add_format(book->workbook);
        book->tints[tint] = format;
        if (format == NULL) {
            book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
        format_set_font_color(format, tints[tint].ink);
        format_set_bg_color(format, tints[tint].wash);
    }
}

lxw_worksheet *book_add_sheet(struct book *book, const char *name)
{
    lxw_worksheet *sheet =
        workbook_add_worksheet(book->workbook, tr(book->language, name));
    if (sheet == NULL) {
        book_check(book, LXW_ERROR_PARAMETER_VALIDATION);
        return NULL;
    }
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    if (book->report->is_demo) /* static words without '&' */
        book_check(book,
            worksheet_set_header(sheet,
                text_to_string(book->arena,
                    text_format(book->arena, "&C%.*s", TEXT_ARG(figure_demo_mark())))));
    return sheet;
}

/* Some room is lost where a line breaks between words. */
static int lines_of(const struct book *book, struct place at, struct text words)
{
    const double lost = 3;
    double width = at.column < BOOK_COLUMNS_MAX ? book->widths[at.column] - lost : 0;
    return width <= 0 ? 1 : (int)((double)text_columns(words) / width) + 1;
}

void book_end_row(struct book *book, struct place at)
{
    enum { LINE_HEIGHT = 18, LINES_MAX = 20 }; /* points; a row has 409 at most */
    int lines = book->lines < 1 ? 1 : book->lines > LINES_MAX ? LINES_MAX : book->lines;
    if (book->status == STATUS_OK)
        book_check(book, worksheet_set_row(at.sheet, at.row, lines * LINE_HEIGHT, NULL));
    book->lines = 0;
}

void book_words(
    struct book *book, struct place at, struct text words, enum book_style style)
{
    if (book->status != STATUS_OK)
        return;
    const char *string = text_to_string(book->arena, words);
    if (string == NULL) {
        book->status = STATUS_NO_MEMORY;
        return;
    }
    lxw_format *format = book->styles[style];
    if ((style == BOOK_WORDS || style == BOOK_HEAD) &&
        lines_of(book, at, words) > book->lines)
        book->lines = lines_of(book, at, words);
    if (string[0] == '\0')
        book_check(book, worksheet_write_blank(at.sheet, at.row, at.column, format));
    else
        book_check(
            book, worksheet_write_string(at.sheet, at.row, at.column, string, format));
}

void book_number(
    struct book *book, struct place at, int64_t number, enum book_style style)
{
    static const double divisors[BOOK_STYLE_COUNT] = {
        [BOOK_COUNT] = 1, [BOOK_PERCENT] = 10000, [BOOK_DECIMAL] = 100};
    lxw_format *format = book->styles[style];
    if (book->status != STATUS_OK)
        return;
    if (number == NO_COUNT)
        book_check(book, worksheet_write_blank(at.sheet, at.row, at.column, format));
    else
        book_check(book, worksheet_write_number(at.sheet, at.row, at.column,
                             (double)number / divisors[style], format));
}

void book_heads(
    struct book *book, struct place at, const char *const *heads, const double *widths)
{
    for (size_t i = 0; heads[i] != NULL && book->status == STATUS_OK; i++, at.column++) {
        book->widths[at.column] = widths[i];
        book_check(
            book, worksheet_set_column(at.sheet, at.column, at.column, widths[i], NULL));
        book_words(book, at, text_of(tr(book->language, heads[i])), BOOK_HEAD);
    }
    book_end_row(book, at);
}

bool book_wants(const struct book *book, const struct plan_indicator *indicator)
{
    return book->only.len == 0 || text_equals(book->only, indicator->id);
}

/* ---- conditional formats ---- */

static void tint(struct book *book, struct place first, lxw_row_t last_row,
    lxw_conditional_format *condition)
{
    if (book->status == STATUS_OK && last_row >= first.row)
        book_check(book, worksheet_conditional_format_range(first.sheet, first.row,
                             first.column, last_row, first.column, condition));
}

/* By the verdict's own words, which are ours and hold no quotation mark. */
void book_tint_verdicts(struct book *book, struct place first, lxw_row_t last_row)
{
    static const struct {
        enum verdict verdict;
        bool is_certain;
        enum book_tint tint;
    } rules[] = {
        {VERDICT_MET, true, BOOK_TINT_MET},
        {VERDICT_MET, false, BOOK_TINT_MET},
        {VERDICT_LIKELY_MET, false, BOOK_TINT_LIKELY_MET},
        {VERDICT_INSUFFICIENT, false, BOOK_TINT_OPEN},
        {VERDICT_NO_DATA, false, BOOK_TINT_OPEN},
        {VERDICT_LIKELY_MISSED, false, BOOK_TINT_LIKELY_MISSED},
        {VERDICT_MISSED, false, BOOK_TINT_MISSED},
        {VERDICT_MISSED, true, BOOK_TINT_MISSED},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct text words = text_format(book->arena, "\"%s\"",
            figure_verdict(book->language, rules[i].verdict, rules[i].is_certain));
        lxw_conditional_format condition = {
            .type = LXW_CONDITIONAL_TYPE_CELL,
            .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
            .value_string = text_to_string(book->arena, words),
            .format = book->tints[rules[i].tint],
        };
        tint(book, first, last_row, &condition);
    }
}

void book_tint_rates(
    struct book *book, struct place first, lxw_row_t last_row, lxw_col_t target_column)
{
    char rate[LXW_MAX_CELL_NAME_LENGTH];
    char target[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(rate, first.row, first.column, 0, 1);
    lxw_rowcol_to_cell_abs(target, first.row, target_column, 0, 1);
    lxw_conditional_format below = {
        .type = LXW_CONDITIONAL_TYPE_FORMULA,
        .value_string = text_to_string(
            book->arena, text_format(book->arena, "=AND(ISNUMBER(%s),ISNUMBER(%s),%s<%s)",
                             rate, target, rate, target)),
        .format = book->tints[BOOK_TINT_MISSED],
    };
    lxw_conditional_format hidden = {
        .type = LXW_CONDITIONAL_TYPE_FORMULA,
        .value_string =
            text_to_string(book->arena, text_format(book->arena, "=ISTEXT(%s)", rate)),
        .format = book->tints[BOOK_TINT_HIDDEN],
    };
    tint(book, first, last_row, &below);
    tint(book, first, last_row, &hidden);
}
