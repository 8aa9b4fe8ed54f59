/* notice_pdf.c: one page on document.h. */
#include "web/render/notice_pdf.h"

#include "web/render/document.h"
#include "web/render/figures.h"
#include "web/render/published_words.h"
#include "web/tr.h"

static const struct text none = {NULL, 0};

struct page {
    struct arena *arena;
    struct document *document;
    const struct notice_pdf *notice;
};

static struct text words(const struct page *page, const char *message, struct text first,
    struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    return tr_format(page->arena, page->notice->language, message, arguments, 3);
}

static struct text title_of(const struct page *page)
{
    return words(page, N_("Public notice: satisfaction in {1}"),
        text_format(page->arena, "%lld", (long long)page->notice->report->year), none,
        none);
}

static struct text long_day(const struct page *page, struct text as_of)
{
    day_t day;
    return day_parse(as_of, &day) ? document_day(page->arena, page->notice->language, day)
                                  : as_of;
}

enum { COLUMNS = 6 };

static void fill_row(
    const struct page *page, const struct public_indicator *of, struct text *cells)
{
    cells[0] = tr_wording(page->notice->language, &of->name);
    cells[1] = of->is_rated ? public_target(page->arena, of) : TEXT("–");
    cells[2] = public_value(page->arena, of);
    cells[3] = public_range(page->arena, of);
    cells[4] = of->is_rated ? public_counts(page->arena, of) : TEXT("–");
    cells[5] = text_format(page->arena, "%s%s%.*s",
        of->is_rated ? figure_shape(of->verdict) : "", of->is_rated ? " " : "",
        TEXT_ARG(public_verdict(page->notice->language, of)));
}

static void add_table(const struct page *page)
{
    const struct public_report *report = page->notice->report;
    enum language language = page->notice->language;
    const struct document_column columns[COLUMNS] = {
        {text_of(tr(language, N_("indicator"))), 30, SHEET_LEFT},
        {text_of(tr(language, N_("target"))), 14, SHEET_CENTRE},
        {text_of(tr(language, N_("actual"))), 13, SHEET_CENTRE},
        {text_of(tr(language, N_("interval"))), 20, SHEET_CENTRE},
        {text_of(tr(language, N_("valid / population"))), 18, SHEET_CENTRE},
        {text_of(tr(language, N_("verdict"))), 24, SHEET_LEFT},
    };
    size_t count = report->indicator_count;
    struct text *cells = arena_take_array(page->arena, count * COLUMNS, sizeof *cells);
    for (size_t i = 0; i < count && cells != NULL; i++)
        fill_row(page, &report->indicators[i], &cells[i * COLUMNS]);
    document_table(page->document, &(struct document_table){columns, COLUMNS, cells,
                                       cells == NULL ? 0 : count, true});
}

static bool is_said_before(const struct public_report *report, size_t at)
{
    const struct public_indicator *of = &report->indicators[at];
    for (size_t i = 0; i < at; i++)
        if (report->indicators[i].is_rated &&
            report->indicators[i].measure == of->measure &&
            report->indicators[i].confidence_bp == of->confidence_bp)
            return true;
    return false;
}

static void add_measures(const struct page *page)
{
    const struct public_report *report = page->notice->report;
    for (size_t i = 0; i < report->indicator_count; i++) {
        const struct public_indicator *of = &report->indicators[i];
        if (!of->is_rated || is_said_before(report, i))
            continue;
        document_paragraph(page->document,
            words(page,
                N_("What counts as satisfied: {1}. The interval holds with {2} "
                   "confidence; it speaks of chance alone."),
                text_of(figure_measure(page->notice->language, of->measure)),
                text_format(page->arena, "%lld%%", (long long)of->confidence_bp / 100),
                none));
    }
}

static void add_foot(const struct page *page)
{
    const struct notice_pdf *notice = page->notice;
    const struct public_report *report = notice->report;
    struct arena *arena = page->arena;
    struct text address = text_format(arena, "%.*s/published/%lld",
        TEXT_ARG(notice->public_url), (long long)notice->number);
    const struct text notes[] = {
        words(page, N_("Seal {1}"), document_digest(arena, report->seal), none, none),
        words(page, N_("Fingerprint of the plan {1}"),
            document_digest(arena, report->fingerprint), none, none),
        words(page, N_("Digest of the report {1}"),
            document_digest(arena, seal_digest_text(arena, &notice->digest)), none, none),
        words(page, N_("Check it: {1}"), address, none, none),
    };
    document_foot(page->document, notes, sizeof notes / sizeof *notes, address);
}

static void draw(const struct page *page)
{
    const struct notice_pdf *notice = page->notice;
    const struct public_report *report = notice->report;
    enum language language = notice->language;
    document_letterhead(page->document, tr_wording(language, &report->organisation));
    document_title(page->document, title_of(page));
    document_subtitle(
        page->document, words(page, N_("as of {1} · published on {2} · no. {3}"),
                            long_day(page, report->as_of),
                            document_day(page->arena, language, notice->published_on),
                            text_format(page->arena, "%lld", (long long)notice->number)));
    add_table(page);
    add_measures(page);
    document_paragraph(
        page->document, words(page,
                            N_("Answers were given without names. ＊ stands where there "
                               "were too few to be shown."),
                            none, none, none));
    document_space(page->document, 12);
    document_signature(page->document, tr_wording(language, &report->organisation));
    document_signature(
        page->document, document_day(page->arena, language, notice->published_on));
    add_foot(page);
}

enum status notice_pdf(struct arena *arena, const struct notice_pdf *notice, FILE *out)
{
    struct page page = {.arena = arena, .notice = notice};
    const struct document_options options = {
        .out = out,
        .language = notice->language,
        .title = title_of(&page),
        .day = notice->published_on,
        .mark = notice->report->is_demo ? figure_demo_mark() : none,
    };
    enum status status = document_open(arena, &options, &page.document);
    if (status != STATUS_OK)
        return status;
    draw(&page);
    return document_close(page.document);
}
