/* report_xlsx_comments.c: a sheet of what people wrote: how many by what became of them,
   and those that may be shown. Words of respondents are written as words, like all
   others. */
#include "web/render/report_xlsx_book.h"

#include "web/render/report_comments.h"
#include "web/tr.h"

enum column { INDICATOR, PROGRAMME, WORDS, COLUMNS };

static const char *const heads[COLUMNS + 1] = {[INDICATOR] = N_("indicator"),
    [PROGRAMME] = N_("programme"),
    [WORDS] = N_("comment")};
static const double widths[COLUMNS] = {30, 30, 90};

static void add_row(struct book *book, struct place *at,
    const struct report_indicator *of, struct text programme, struct text words)
{
    at->column = INDICATOR;
    book_words(book, *at, tr_wording(book->language, &of->indicator->name), BOOK_WORDS);
    at->column = PROGRAMME;
    book_words(book, *at, programme, BOOK_WORDS);
    at->column = WORDS;
    book_words(book, *at, words, BOOK_WORDS);
    book_end_row(book, *at);
    at->row++;
}

static void add_quotes(
    struct book *book, struct place *at, const struct report_indicator *of)
{
    for (size_t i = 0; i < of->comments.quote_count; i++) {
        const struct report_quote *quote = &of->comments.quotes[i];
        add_row(book, at, of, tr_wording(book->language, &quote->programme->name),
            quote->text);
    }
}

/* Sentences beside the table are words too, under the table. */
static void add_counts(
    struct book *book, struct place *at, const struct report_indicator *of)
{
    const struct text sentences[] = {
        report_comments_counts(book->arena, book->language, &of->comments),
        report_comments_reasons(book->arena, book->language, &of->comments),
        report_comments_chosen(book->arena, book->language, &of->comments)};
    at->column = INDICATOR;
    at->row++;
    book_words(book, *at, tr_wording(book->language, &of->indicator->name), BOOK_TITLE);
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (sentences[i].len > 0) {
            at->row++;
            book_words(book, *at, sentences[i], BOOK_PLAIN);
        }
    at->row++;
}

typedef void (*add_fn)(
    struct book *book, struct place *at, const struct report_indicator *of);

static void add_each(struct book *book, struct place *at, add_fn add)
{
    const struct report *report = book->report;
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        if (book_wants(book, of->indicator) && of->comments.is_told)
            add(book, at, of);
    }
}

void book_add_comments(struct book *book)
{
    struct place at = {book_add_sheet(book, N_("Comments")), 0, 0};
    if (at.sheet == NULL)
        return;
    book_heads(book, at, heads, widths);
    worksheet_freeze_panes(at.sheet, 1, 0);
    at.row++;
    add_each(book, &at, add_quotes);
    add_each(book, &at, add_counts);
}
