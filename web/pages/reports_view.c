/* reports_view.c: the overview of all indicators, and what stands around each page. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

enum {
    RULER_WIDTH = 320,
    OVERVIEW_ROWS = 300, /* of all tables together; each has at least ten */
    OVERVIEW_FROM = 80,  /* percent: where the overview's scale begins if it can */
};

static const double no_value = NAN;

/* ---- head and foot ---- */

/* The newest, as many as a page has room for; the files have them all. */
static void list_seals(const struct reports_making *making, struct reports_head *out)
{
    const struct report *report = making->report;
    size_t count =
        report->seal_count < REPORTS_ROWS_MAX ? report->seal_count : REPORTS_ROWS_MAX;
    out->seals = arena_take_array(making->arena, count, sizeof *out->seals);
    if (out->seals == NULL)
        return;
    out->seal_count = count;
    for (size_t i = 0; i < count; i++)
        out->seals[i] = figure_seal(making->arena, making->language,
            &report->seals[report->seal_count - count + i], SEAL_DIGEST_BYTES);
}

void reports_head_fill(const struct request *request, const struct reports_making *making,
    const char *title, struct reports_head *out)
{
    const struct plan *plan = making->report->plan;
    enum language language = making->language;
    enum language other = language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    struct arena *arena = making->arena;
    *out = (struct reports_head){
        .frame = console_frame_of(request, title),
        .stylesheet = url_asset("reports.css"),
        .as_of = day_format(arena, making->report->as_of),
        .here = url_reports(arena, LANGUAGE_ZH, DAY_NONE),
        .overview = url_reports(arena, language, making->as_of_asked),
        .json = url_report_file(arena, "json", language, making->as_of_asked),
        .csv = url_report_file(arena, "csv", language, making->as_of_asked),
        .pdf = url_report_file(arena, "pdf", language, making->as_of_asked),
        .xlsx = url_report_file(arena, "xlsx", language, making->as_of_asked),
        .plan = text_format(arena, "%lld", (long long)making->report->plan_version),
        .fingerprint = plan_fingerprint_text(arena, plan),
        .seal = seal_digest_text(arena, &making->report->seal),
    };
    list_seals(making, out);
    out->frame.page.other_language = url_reports(arena, other, making->as_of_asked);
    out->organisation_line = reports_format(making, N_("{1} · plan of {2}, version {3}"),
        tr_wording(language, &plan->organisation), text_format(arena, "%d", plan->year),
        out->plan);
}

/* ---- the overview ---- */

static struct chart_scale overview_scale(const struct reports_making *making)
{
    const struct report *report = making->report;
    size_t count = report->plan->indicator_count;
    double *values = arena_take_array(making->arena, 2 * count, sizeof *values);
    if (values == NULL)
        return chart_scale_fit(0, NULL, 0);
    for (size_t i = 0; i < count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        bool is_rated = of->indicator->kind == INDICATOR_RATING;
        values[2 * i] = is_rated ? report_percent(of->indicator->target_bp) : no_value;
        values[2 * i + 1] = is_rated ? report_percent(of->rate_bp) : no_value;
    }
    return chart_scale_fit(OVERVIEW_FROM, values, 2 * count);
}

static struct text headline(const struct reports_making *making)
{
    const struct report *report = making->report;
    struct reports_tally tally = {0};
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        if (of->indicator->kind == INDICATOR_APPRAISAL)
            tally.appraisals++;
        else if (of->is_hidden)
            tally.hidden++;
        else
            reports_tally_add(&tally, of->verdict, of->figure.certain);
    }
    return reports_format(making, N_("Satisfaction: {1}"),
        reports_tally_words(making, &tally), (struct text){0}, (struct text){0});
}

static void fill_keys(const struct reports_making *making, struct reports_view *out)
{
    static const struct {
        enum verdict verdict;
        bool is_certain;
    } shown[] = {{VERDICT_MET, true}, {VERDICT_MET, false}, {VERDICT_LIKELY_MET, false},
        {VERDICT_INSUFFICIENT, false}, {VERDICT_LIKELY_MISSED, false},
        {VERDICT_MISSED, false}};

    enum { KEY_COUNT = sizeof shown / sizeof *shown };
    out->keys = arena_take_array(making->arena, KEY_COUNT, sizeof *out->keys);
    if (out->keys == NULL)
        return;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        struct text words, caution;
        reports_verdict_words(
            making, shown[i].verdict, shown[i].is_certain, &words, &caution);
        out->keys[i] = (struct reports_key){
            reports_mark(making, shown[i].verdict, shown[i].is_certain), words};
        if (caution.len > 0)
            out->keys[i].words = text_of(
                figure_verdict(making->language, shown[i].verdict, shown[i].is_certain));
    }
    out->key_count = KEY_COUNT;
}

static enum status fill_indicators(
    const struct reports_making *making, struct reports_view *out)
{
    const struct report *report = making->report;
    size_t count = report->plan->indicator_count;
    size_t rows_max = OVERVIEW_ROWS / count > 10 ? OVERVIEW_ROWS / count : 10;
    struct chart_scale scale = overview_scale(making);
    out->blocks = arena_take_array(making->arena, count, sizeof *out->blocks);
    out->tables = arena_take_array(making->arena, count, sizeof *out->tables);
    out->actions = arena_take_array(
        making->arena, count * REPORTS_ACTIONS_MAX, sizeof *out->actions);
    if (out->blocks == NULL || out->tables == NULL || out->actions == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        reports_block_fill(
            making, of, scale, RULER_WIDTH, &out->blocks[out->block_count++]);
        enum status status =
            reports_add_actions(making, of, out->actions, &out->action_count);
        if (status == STATUS_OK && of->strata.count > 0)
            status = reports_strata_table(
                making, of, rows_max, &out->tables[out->table_count++]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status reports_view_build(const struct request *request,
    const struct reports_making *making, struct reports_view *out)
{
    *out = (struct reports_view){0};
    reports_head_fill(request, making, N_("Reports"), &out->head);
    out->head.title = headline(making);
    fill_keys(making, out);
    return fill_indicators(making, out);
}
