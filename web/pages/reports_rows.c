/* reports_rows.c: rows of breakdowns, and the table by programme and wave. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

enum {
    ROW_RULER_WIDTH = 240,
};

static const struct interval no_interval = {NAN, NAN};
static const double no_value = NAN;

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

/* ---- rows ---- */

struct text reports_programme(
    const struct reports_making *making, const struct report_row *row)
{
    return tr_wording(making->language, &row->programme->name);
}

/* "2026-q1 · 1 January – 31 March" */
static struct text wave_words(
    const struct reports_making *making, const struct plan_wave *wave)
{
    return reports_format(making, N_("{1} · {2} – {3}"), wave->id,
        figure_day(making->arena, making->language, wave->opens),
        figure_day(making->arena, making->language, wave->closes));
}

static struct html row_ruler(const struct reports_making *making,
    const struct report_indicator *of, const struct chart_figure *figure, bool has_target,
    struct chart_scale scale)
{
    struct chart_ruler ruler = {
        .scale = scale,
        .figure = *figure,
        .target = has_target && !is_scored(of) ? report_percent(of->indicator->target_bp)
                                               : no_value,
        .hidden = say(making, N_("not shown")),
        .width = ROW_RULER_WIDTH,
    };
    return reports_ruler(
        making, &ruler, (struct text){0}, (struct text){0}, (struct text){0});
}

void reports_row_fill(const struct reports_making *making,
    const struct report_indicator *of, const struct report_row *row,
    struct chart_scale scale, struct reports_row *out)
{
    struct arena *arena = making->arena;
    struct chart_figure figure = report_row_figure(of, row);
    out->population = row->population == NO_COUNT ? say(making, N_("not filled in"))
                                                  : figure_count(arena, row->population);
    out->received = figure_count(arena, row->received);
    out->n = row->is_hidden ? TEXT("＊") : figure_count(arena, row->n);
    out->rate = row->is_hidden ? TEXT("＊") : figure_percent(arena, row->rate.rate_bp);
    if (row->is_hidden || row->n > 0)
        out->ruler = row_ruler(making, of, &figure, row->item == NULL, scale);
    out->css = row->is_hidden ? TEXT("hidden-cell") : TEXT("");
    if (row->is_hidden) {
        out->verdict = say(making, N_("not shown"));
        return;
    }
    if (figure.is_neutral)
        return;
    out->css = reports_verdict_class(making, row->rate.verdict);
    out->mark = reports_mark(making, row->rate.verdict, row->rate.certain);
    reports_verdict_words(
        making, row->rate.verdict, row->rate.certain, &out->verdict, &out->caution);
}

static void fill_total(const struct reports_making *making,
    const struct report_indicator *of, struct chart_scale scale, struct reports_row *out)
{
    struct arena *arena = making->arena;
    struct chart_figure figure = reports_figure(of);
    figure.possible = no_interval;
    *out = (struct reports_row){
        .name = say(making, N_("Together, weighted by people")),
        .population = figure_count(arena, of->population),
        .received = figure_count(arena, of->received),
        .n = of->is_hidden ? TEXT("＊") : figure_count(arena, of->n),
        .rate = of->is_hidden ? TEXT("＊") : figure_percent(arena, of->rate_bp),
        .css = reports_verdict_class(making, of->verdict),
        .mark = reports_mark(making, of->verdict, of->figure.certain),
    };
    if (of->population == NO_COUNT)
        out->name = say(making, N_("Together"));
    if (is_scored(of))
        out->rate = reports_format(making, N_("mean {1}"),
            reports_value(making, of->rate_bp), (struct text){0}, (struct text){0});
    if (of->is_hidden || of->n > 0)
        out->ruler = row_ruler(making, of, &figure, true, scale);
    reports_indicator_words(making, of, &out->verdict, &out->caution);
}

size_t reports_cut(
    const struct reports_making *making, size_t count, size_t rows_max, struct text *out)
{
    *out = (struct text){NULL, 0};
    if (count <= rows_max)
        return count;
    *out = reports_format(making,
        N_("These are the first {1} of {2} rows; the CSV file has them all."),
        text_format(making->arena, "%zu", rows_max),
        text_format(making->arena, "%zu", count), (struct text){NULL, 0});
    return rows_max;
}

/* "asked 150, answered with a code 96 (64.00%)"; empty without codes. */
static struct text asked_words(
    const struct reports_making *making, const struct report_row *row)
{
    struct arena *arena = making->arena;
    if (row->asked <= 0)
        return (struct text){0};
    return reports_format(making, N_("asked {1}, answered with a code {2} ({3})"),
        figure_count(arena, row->asked), figure_count(arena, row->answered),
        figure_percent(arena, figure_share(row->answered, row->asked)));
}

enum status reports_strata_table(const struct reports_making *making,
    const struct report_indicator *of, size_t rows_max, struct reports_table *out)
{
    struct text cut;
    size_t count = reports_cut(making, of->strata.count, rows_max, &cut);
    struct chart_scale scale = report_rows_scale(making->arena, of, &of->strata);
    bool has_total = of->strata.count > 1;
    *out = (struct reports_table){
        .title = reports_format(making, N_("{1}: by programme and wave"),
            tr_wording(making->language, &of->indicator->name), (struct text){0},
            (struct text){0}),
        .scale = reports_format(making, N_("{1} and interval, {2}–{3}"),
            reports_flag(making, of), text_format(making->arena, "%d", scale.lo),
            text_format(making->arena, "%d", scale.hi)),
        .rows = arena_take_array(
            making->arena, count + (has_total ? 1 : 0), sizeof *out->rows),
        .count = count,
        .cut = cut,
        .has_verdict = true,
        .has_rulers = true,
        .has_total = has_total,
    };
    if (out->rows == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const struct report_row *row = &of->strata.list[i];
        reports_row_fill(making, of, row, scale, &out->rows[i]);
        out->rows[i].name = reports_programme(making, row);
        out->rows[i].detail = wave_words(making, row->wave);
        out->rows[i].asked = asked_words(making, row);
        if (!row->counts)
            out->rows[i].tag = say(making, N_("not counted"));
    }
    if (has_total)
        fill_total(making, of, scale, &out->rows[out->count++]);
    return STATUS_OK;
}
