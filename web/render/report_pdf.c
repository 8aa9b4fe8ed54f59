/* report_pdf.c: the document from its letterhead to its seal. */
#include "web/render/report_pdf_parts.h"

#include "web/render/figures.h"
#include "web/tr.h"

static const struct text none = {NULL, 0};

struct text paper_words(const struct paper *paper, const char *message, struct text first,
    struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    return tr_format(paper->arena, paper->pdf->language, message, arguments, 3);
}

struct text paper_value(
    const struct paper *paper, const struct report_indicator *of, int64_t bp)
{
    if (of->is_hidden)
        return TEXT("＊");
    return figure_value(paper->arena, of->indicator, bp);
}

static bool is_wanted(const struct paper *paper, const struct plan_indicator *indicator)
{
    return paper->pdf->only.len == 0 || text_equals(paper->pdf->only, indicator->id);
}

/* ---- the result ---- */

/* "2 met, 1 probably missed (…)": how many of each verdict there is. */
static struct text result_words(const struct paper *paper)
{
    const struct report *report = paper->pdf->report;
    enum language language = paper->pdf->language;
    int64_t verdicts[2][VERDICT_COUNT] = {{0}};
    int64_t appraisals = 0;
    struct buffer out;
    buffer_init(&out, paper->arena, 4096);
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        if (!is_wanted(paper, of->indicator))
            continue;
        if (of->indicator->kind == INDICATOR_APPRAISAL)
            appraisals++;
        else
            verdicts[of->figure.certain][of->verdict]++;
    }
    for (int verdict = VERDICT_COUNT - 1; verdict >= 0; verdict--)
        for (int certain = 1; certain >= 0; certain--) {
            if (verdicts[certain][verdict] == 0)
                continue;
            buffer_add_string(&out, out.len > 0 ? tr(language, N_(", ")) : "");
            buffer_add_text(&out,
                paper_words(paper, N_("{1} {2}"),
                    figure_count(paper->arena, verdicts[certain][verdict]),
                    text_of(
                        figure_verdict(language, (enum verdict)verdict, certain == 1)),
                    none));
        }
    if (appraisals > 0) {
        buffer_add_string(&out, out.len > 0 ? tr(language, N_(", ")) : "");
        buffer_add_text(&out,
            paper_words(paper, N_("{1} {2}"), figure_count(paper->arena, appraisals),
                text_of(tr(language, N_("not collected yet"))), none));
    }
    return buffer_text(&out);
}

enum { RESULT_COLUMNS = 8 };

static void fill_result(
    const struct paper *paper, const struct report_indicator *of, struct text *cells)
{
    struct arena *arena = paper->arena;
    const struct plan_indicator *indicator = of->indicator;
    bool is_rated = indicator->kind == INDICATOR_RATING;
    bool has_range = !of->is_hidden && indicator->measure != MEASURE_SCORE;
    cells[0] = tr_wording(paper->pdf->language, &indicator->name);
    for (int i = 1; i < RESULT_COLUMNS; i++)
        cells[i] = TEXT("–");
    if (!is_rated)
        return;
    cells[1] = text_format(arena, "≥%d.%02d%s", indicator->target_bp / 100,
        indicator->target_bp % 100, indicator->measure == MEASURE_SCORE ? "" : "%");
    cells[2] = paper_value(paper, of, of->rate_bp);
    if (has_range && of->n > 0)
        cells[3] = figure_range(arena, of->figure.lo_bp, of->figure.hi_bp);
    cells[4] = text_format(arena, "%.*s / %.*s",
        TEXT_ARG(of->is_hidden ? TEXT("＊") : figure_count(arena, of->n)),
        TEXT_ARG(figure_count(arena, of->population)));
    cells[5] = text_format(arena, "%s %s", figure_shape(of->verdict),
        figure_verdict(paper->pdf->language, of->verdict, of->figure.certain));
    cells[6] = text_format(
        arena, "%d.%02d", indicator->points_cp / 100, indicator->points_cp % 100);
    if (of->has_points)
        cells[7] = text_format(arena, "%lld.%02lld", (long long)of->points.score_cp / 100,
            (long long)of->points.score_cp % 100);
}

static void add_result_table(const struct paper *paper)
{
    const struct report *report = paper->pdf->report;
    enum language language = paper->pdf->language;
    const struct document_column columns[RESULT_COLUMNS] = {
        {text_of(tr(language, N_("indicator"))), 20, SHEET_LEFT},
        {text_of(tr(language, N_("target"))), 14, SHEET_CENTRE},
        {text_of(tr(language, N_("actual"))), 13, SHEET_CENTRE},
        {text_of(tr(language, N_("interval"))), 19, SHEET_CENTRE},
        {text_of(tr(language, N_("valid / population"))), 17, SHEET_CENTRE},
        {text_of(tr(language, N_("verdict"))), 18, SHEET_LEFT},
        {text_of(tr(language, N_("points"))), 11, SHEET_CENTRE},
        {text_of(tr(language, N_("earned"))), 11, SHEET_CENTRE},
    };
    size_t count = report->plan->indicator_count;
    struct document_table table = {columns, RESULT_COLUMNS, NULL, 0, true};
    struct text *cells =
        arena_take_array(paper->arena, count * RESULT_COLUMNS, sizeof *cells);
    table.cells = cells;
    for (size_t i = 0; i < count && cells != NULL; i++)
        if (is_wanted(paper, report->indicators[i].indicator))
            fill_result(paper, &report->indicators[i],
                &cells[table.row_count++ * RESULT_COLUMNS]);
    document_table(paper->document, &table);
}

static void add_head(const struct paper *paper)
{
    const struct report *report = paper->pdf->report;
    enum language language = paper->pdf->language;
    document_letterhead(
        paper->document, tr_wording(language, &report->plan->organisation));
    document_title(paper->document,
        paper_words(paper, N_("Report on the satisfaction indicators of {1}"),
            text_format(paper->arena, "%d", report->plan->year), none, none));
    document_subtitle(paper->document,
        paper_words(paper, N_("as of {1} · plan version {2}"),
            document_day(paper->arena, language, report->as_of),
            text_format(paper->arena, "%lld", (long long)report->plan_version), none));
    document_heading(paper->document, text_of(tr(language, N_("1. Result"))));
    document_paragraph(paper->document, paper_words(paper, N_("Of the indicators: {1}."),
                                            result_words(paper), none, none));
    add_result_table(paper);
}

/* ---- the seal ---- */

static void add_seal(const struct paper *paper)
{
    const struct report *report = paper->pdf->report;
    enum language language = paper->pdf->language;
    struct arena *arena = paper->arena;
    struct text seal = seal_digest_text(arena, &report->seal);
    enum { SEAL_SHOWN = 16, HEIGHT = 210 };
    document_keep(paper->document, HEIGHT);
    document_space(paper->document, 18);
    document_signature(
        paper->document, tr_wording(language, &report->plan->organisation));
    document_signature(paper->document, document_day(arena, language, report->as_of));
    document_space(paper->document, 24);
    const struct text notes[] = {
        paper_words(paper, N_("Seal {1}"), document_digest(arena, seal), none, none),
        paper_words(paper, N_("Fingerprint of the plan {1}"),
            document_digest(arena, plan_fingerprint_text(arena, report->plan)), none,
            none),
        paper_words(paper,
            N_("The symbol leads to what is published of this report. Every number here "
               "can be computed again: manyi verify."),
            none, none, none),
        paper_words(paper, N_("Prepared by ____________ Checked by ____________"), none,
            none, none),
    };
    document_foot(paper->document, notes, sizeof notes / sizeof *notes,
        text_format(arena, "%.*s/published?seal=%.*s", TEXT_ARG(paper->pdf->public_url),
            SEAL_SHOWN, seal.ptr));
}

static void add_pages(const struct paper *paper)
{
    const struct report *report = paper->pdf->report;
    add_head(paper);
    document_heading(paper->document,
        text_of(tr(paper->pdf->language, N_("2. The indicators one by one"))));
    for (size_t i = 0; i < report->plan->indicator_count; i++)
        if (is_wanted(paper, report->indicators[i].indicator))
            paper_indicator(paper, &report->indicators[i]);
    paper_method(paper);
    add_seal(paper);
}

enum status report_pdf(struct arena *arena, const struct report_pdf *pdf, FILE *out)
{
    struct paper paper = {.arena = arena, .pdf = pdf};
    const struct report *report = pdf->report;
    const struct document_options options = {
        .out = out,
        .language = pdf->language,
        .title = paper_words(&paper, N_("Report on the satisfaction indicators of {1}"),
            text_format(arena, "%d", report->plan->year), none, none),
        .day = report->as_of,
        .mark = report->is_demo ? figure_demo_mark() : none,
    };
    enum status status = document_open(arena, &options, &paper.document);
    if (status != STATUS_OK)
        return status;
    add_pages(&paper);
    return document_close(paper.document);
}
