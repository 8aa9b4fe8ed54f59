/* report_xlsx.c: opens the workbook, adds its sheets, closes it into the file. */
#include "web/render/report_xlsx_book.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <time.h>
#include <unistd.h>

/* ---- the bureau's form ---- */

/* As the bureau's form has them, in Chinese whatever the language: they are pasted. */
static const char *const form_heads[] = {"一级指标", "二级指标", "三级指标", "年度指标值",
    "实际完成值", "分值", "得分", "偏差原因分析及改进措施", NULL};
static const double form_widths[] = {13, 22, 40, 14, 14, 9, 9, 44};

/* "≥85.00%", of a score "≥80.00". */
static struct text target_of(struct book *book, const struct report_indicator *of)
{
    int bp = of->indicator->target_bp;
    if (of->indicator->kind == INDICATOR_APPRAISAL)
        return TEXT("");
    return text_format(book->arena, "≥%d.%02d%s", bp / 100, bp % 100,
        of->indicator->measure == MEASURE_SCORE ? "" : "%");
}

static void add_actual(
    struct book *book, struct place at, const struct report_indicator *of)
{
    bool is_score = of->indicator->measure == MEASURE_SCORE;
    if (of->is_hidden)
        book_words(book, at, TEXT("＊"), BOOK_WORDS);
    else if (of->rate_bp == NO_COUNT || of->indicator->kind == INDICATOR_APPRAISAL)
        book_words(book, at, TEXT("–"), BOOK_WORDS);
    else
        book_number(book, at, of->rate_bp, is_score ? BOOK_DECIMAL : BOOK_PERCENT);
}

static void add_form_row(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
    const struct report_indicator *of)
{
    struct place at = {sheet, row, 0};
    bool is_rated = of->indicator->kind == INDICATOR_RATING;
    book_words(book, at, TEXT("满意度指标"), BOOK_WORDS);
    at.column++;
    book_words(book, at, TEXT("服务对象满意度指标"), BOOK_WORDS);
    at.column++;
    book_words(book, at, tr_wording(LANGUAGE_ZH, &of->indicator->name), BOOK_WORDS);
    at.column++;
    book_words(book, at, target_of(book, of), BOOK_WORDS);
    at.column++;
    add_actual(book, at, of);
    at.column++;
    book_number(book, at, is_rated ? of->indicator->points_cp : NO_COUNT, BOOK_DECIMAL);
    at.column++;
    book_number(book, at, of->has_points ? of->points.score_cp : NO_COUNT, BOOK_DECIMAL);
    at.column++;
    book_words(book, at, TEXT(""), BOOK_WORDS);
    book_end_row(book, at);
}

void book_add_form(struct book *book)
{
    lxw_row_t row = 1;
    lxw_worksheet *sheet = book_add_sheet(book, N_("Self-evaluation form"));
    if (sheet == NULL)
        return;
    book_heads(book, (struct place){sheet, 0, 0}, form_heads, form_widths);
    for (size_t i = 0; i < book->report->plan->indicator_count; i++)
        if (book_wants(book, &book->report->plan->indicators[i]))
            add_form_row(book, sheet, row++, &book->report->indicators[i]);
    worksheet_freeze_panes(sheet, 1, 0);
    if (book->report->is_demo)
        book_words(
            book, (struct place){sheet, row + 1, 0}, figure_demo_mark(), BOOK_PLAIN);
}

/* ---- the method ---- */

struct writing {
    struct book *book;
    struct place at;
};

static void add_line(struct writing *writing, struct text words, enum book_style style)
{
    book_words(writing->book, writing->at, words, style);
    writing->at.row++;
}

static void say(struct writing *writing, const char *message, struct text first)
{
    add_line(writing,
        tr_format(writing->book->arena, writing->book->language, message, &first, 1),
        BOOK_PLAIN);
}

static void add_pair(struct writing *writing, const char *name, struct text value)
{
    struct place at = writing->at;
    book_words(writing->book, at, text_of(tr(writing->book->language, name)), BOOK_HEAD);
    at.column++;
    book_words(writing->book, at, value, BOOK_WORDS);
    book_end_row(writing->book, at);
    writing->at.row++;
}

static void add_origin(struct writing *writing)
{
    struct book *book = writing->book;
    const struct report *report = book->report;
    if (report->is_demo)
        add_line(writing, figure_demo_mark(), BOOK_TITLE);
    add_pair(writing, N_("Organisation"),
        tr_wording(book->language, &report->plan->organisation));
    add_pair(writing, N_("Year"), text_format(book->arena, "%d", report->plan->year));
    add_pair(writing, N_("As of"), day_format(book->arena, report->as_of));
    add_pair(writing, N_("Plan version"),
        text_format(book->arena, "%lld", (long long)report->plan_version));
    add_pair(writing, N_("Fingerprint of the plan"),
        plan_fingerprint_text(book->arena, report->plan));
    add_pair(writing, N_("Seal"), seal_digest_text(book->arena, &report->seal));
    writing->at.row++;
}

static void add_rules(struct writing *writing)
{
    struct book *book = writing->book;
    const struct report *report = book->report;
    add_line(writing, text_of(tr(book->language, N_("How the figures were made"))),
        BOOK_TITLE);
    add_line(writing,
        text_of(tr(book->language, N_("Rates are written in hundredths of a percent, as "
                                      "they are printed; the points follow from them."))),
        BOOK_PLAIN);
    say(writing,
        N_("Groups of fewer than {1} answers are not shown, nor others from which they "
           "could be computed."),
        figure_count(book->arena, report->plan->k));
    say(writing,
        N_("Waves that had opened by {1} are in the report, with the answers there are "
           "now."),
        day_format(book->arena, report->as_of));
    add_line(writing,
        text_of(tr(book->language,
            N_("An interval speaks of chance alone, not of who chose to answer."))),
        BOOK_PLAIN);
    writing->at.row++;
}

static void add_notices(struct writing *writing, const struct report_indicator *of)
{
    struct book *book = writing->book;
    add_line(writing, tr_wording(book->language, &of->indicator->name), BOOK_TITLE);
    if (of->indicator->kind == INDICATOR_APPRAISAL) {
        add_line(writing,
            text_of(tr(book->language, N_("The appraisal is not collected yet."))),
            BOOK_PLAIN);
        return;
    }
    say(writing,
        N_("What counts as satisfied: {1}. Answers left blank or “can't say” are not in "
           "the figure."),
        text_of(figure_measure(book->language, of->indicator->measure)));
    for (size_t i = 0; i < of->notice_count; i++)
        add_line(writing, tr_problem(book->arena, book->language, &of->notices[i]),
            BOOK_PLAIN);
    writing->at.row++;
}

static void add_seals(struct writing *writing)
{
    struct book *book = writing->book;
    const struct report *report = book->report;
    if (report->seal_count == 0)
        return;
    add_line(writing, text_of(tr(book->language, N_("Sealed periods"))), BOOK_TITLE);
    for (size_t i = 0; i < report->seal_count; i++)
        add_line(writing,
            figure_seal(
                book->arena, book->language, &report->seals[i], SEAL_DIGEST_BYTES),
            BOOK_PLAIN);
}

void book_add_method(struct book *book)
{
    static const double widths[] = {24, 76};

    struct writing writing = {book, {book_add_sheet(book, N_("Method and seal")), 0, 0}};
    const struct report *report = book->report;
    if (writing.at.sheet == NULL)
        return;
    for (lxw_col_t i = 0; i < 2; i++) {
        book->widths[i] = widths[i];
        book_check(book, worksheet_set_column(writing.at.sheet, i, i, widths[i], NULL));
    }
    add_origin(&writing);
    add_rules(&writing);
    for (size_t i = 0; i < report->plan->indicator_count; i++)
        if (book_wants(book, &report->plan->indicators[i]))
            add_notices(&writing, &report->indicators[i]);
    add_seals(&writing);
}

/* ---- the file ---- */

/* Midnight in Shanghai, so that the same report is the same file. */
static time_t made_at(const struct report *report)
{
    enum { DAY_SECONDS = 24 * 60 * 60, SHANGHAI_SECONDS = 8 * 60 * 60 };
    return (time_t)report->as_of * DAY_SECONDS - SHANGHAI_SECONDS;
}

static void set_properties(struct book *book)
{
    static char creator[] = "manyi";
    const struct plan *plan = book->report->plan;
    lxw_doc_properties properties = {
        .title =
            text_to_string(book->arena, tr_wording(book->language, &plan->organisation)),
        .author = creator,
        .created = made_at(book->report),
    };
    book_check(book, workbook_set_properties(book->workbook, &properties));
}

static void add_sheets(struct book *book)
{
    book_make_styles(book);
    if (book->status == STATUS_OK)
        set_properties(book);
    if (book->status == STATUS_OK)
        book_add_form(book);
    if (book->status == STATUS_OK)
        book_add_figures(book);
    if (book->status == STATUS_OK)
        book_add_charts(book);
    if (book->status == STATUS_OK)
        book_add_breakdowns(book);
    if (book->status == STATUS_OK)
        book_add_weeks(book);
    if (book->status == STATUS_OK)
        book_add_comments(book);
    if (book->status == STATUS_OK)
        book_add_method(book);
}

/* This version of the library writes to names alone; an open file has one. */
enum status report_xlsx(struct arena *arena, enum language language,
    const struct report *report, struct text only, FILE *out)
{
    char name[40];
    struct book book = {
        .arena = arena, .language = language, .report = report, .only = only};
    (void)snprintf(name, sizeof name, "/proc/self/fd/%d", fileno(out));
    if (access(name, W_OK) != 0)
        return STATUS_INTERNAL;
    book.workbook = workbook_new(name);
    if (book.workbook == NULL)
        return STATUS_NO_MEMORY;
    add_sheets(&book);
    book_check(&book, workbook_close(book.workbook)); /* frees it too */
    if (book.status == STATUS_OK && fseek(out, 0, SEEK_END) != 0)
        book.status = STATUS_INTERNAL;
    return book.status;
}
