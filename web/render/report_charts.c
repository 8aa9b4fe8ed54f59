/* report_charts.c: rows of a report as what drawings are made of. */
#include "web/render/report_charts.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

enum {
    COLUMNS_MIN = 2, /* one alone is a number */
    SCALE_FROM = 80  /* percent: where a scale begins if it can */
};

static const struct text none = {NULL, 0};
static const struct interval no_interval = {NAN, NAN};
static const double no_value = NAN;

/* ---- figures, scales, names ---- */

double report_percent(int64_t bp)
{
    return bp == NO_COUNT ? no_value : (double)bp / 100;
}

struct chart_figure report_row_figure(
    const struct report_indicator *of, const struct report_row *row)
{
    struct chart_figure out = {.value = NAN,
        .interval = no_interval,
        .possible = no_interval,
        .verdict = VERDICT_NO_DATA,
        .is_hidden = row->is_hidden,
        .is_neutral = report_is_scored(of) || row->wave == NULL};
    if (row->is_hidden || row->n <= 0)
        return out;
    out.value = report_percent(row->rate.rate_bp);
    out.interval = (struct interval){row->rate.exact.lo * 100, row->rate.exact.hi * 100};
    out.verdict = row->rate.verdict;
    out.is_certain = row->rate.certain;
    return out;
}

/* A row asks for its rate and for some of its interval. */
static double lowest_of(const struct report_row *row)
{
    enum { BELOW = 1000 }; /* basis points of an interval that a scale makes room for */
    if (row->is_hidden || row->n <= 0)
        return no_value;
    int64_t lo = row->rate.lo_bp, least = row->rate.rate_bp - BELOW;
    return report_percent(lo > least ? lo : least < 0 ? 0 : least);
}

struct chart_scale report_rows_scale(struct arena *arena,
    const struct report_indicator *of, const struct report_rows *rows)
{
    double *values = arena_take_array(arena, rows->count + 2, sizeof *values);
    if (values == NULL)
        return chart_scale_fit(0, NULL, 0);
    for (size_t i = 0; i < rows->count; i++)
        values[i] = lowest_of(&rows->list[i]);
    values[rows->count] = report_percent(of->indicator->target_bp);
    values[rows->count + 1] = report_percent(of->rate_bp);
    return chart_scale_fit(SCALE_FROM, values, rows->count + 2);
}

struct text report_target_flag(
    const struct report_telling *telling, const struct report_indicator *of)
{
    int bp = of->indicator->target_bp;
    struct text number = bp % 100 == 0
                             ? text_format(telling->arena, "%d", bp / 100)
                             : text_format(telling->arena, "%.2f", (double)bp / 100);
    return report_say_of(telling, N_("target {1}"), number, none);
}

struct text report_period_name(const struct report_telling *telling, day_t period)
{
    return report_say_of(telling, N_("from {1}"),
        figure_day(telling->arena, telling->language, period), none);
}

struct text report_quarter_name(const struct report_telling *telling, day_t quarter)
{
    struct date date = day_date(quarter);
    return report_say_of(telling, N_("quarter {2} of {1}"),
        text_format(telling->arena, "%d", date.year),
        text_format(telling->arena, "%d", (date.month - 1) / 3 + 1));
}

/* ---- rows beside each other ---- */

static struct text answers_words(const struct report_telling *telling, int64_t n)
{
    struct text number = figure_count(telling->arena, n);
    return tr_format(telling->arena, telling->language,
        trn(telling->language, "{1} answer", "{1} answers", n), &number, 1);
}

static void name_column(const struct report_telling *telling, enum report_chart_kind kind,
    const struct report_row *row, struct chart_whisker *out)
{
    if (kind == REPORT_CHART_WAVES) {
        out->name = tr_wording(telling->language, &row->programme->name);
        out->detail = row->wave->id;
    } else {
        out->name =
            (kind == REPORT_CHART_QUARTERS ? report_quarter_name : report_period_name)(
                telling, row->period);
    }
}

static struct chart_whisker column_of(const struct report_telling *telling,
    const struct report_indicator *of, enum report_chart_kind kind,
    const struct report_row *row)
{
    struct arena *arena = telling->arena;
    struct chart_whisker out = {.figure = report_row_figure(of, row)};
    name_column(telling, kind, row, &out);
    if (row->is_hidden) {
        out.note = report_say(telling, N_("not shown"));
        out.said = text_format(arena, "%.*s %.*s: %.*s", TEXT_ARG(out.name),
            TEXT_ARG(out.detail), TEXT_ARG(out.note));
        return out;
    }
    bool is_judged = !out.figure.is_neutral;
    out.note = answers_words(telling, row->n);
    out.value = figure_percent(arena, row->rate.rate_bp);
    out.said = text_format(arena, "%.*s %.*s: %.*s, %.*s%s%s", TEXT_ARG(out.name),
        TEXT_ARG(out.detail), TEXT_ARG(out.note), TEXT_ARG(out.value),
        is_judged ? ", " : "",
        is_judged
            ? figure_verdict(telling->language, row->rate.verdict, row->rate.certain)
            : "");
    return out;
}

static enum status find_whiskers(const struct report_telling *telling,
    const struct report_indicator *of, enum report_chart_kind kind,
    struct report_chart *out)
{
    static const char *const titles[] = {
        [REPORT_CHART_WAVES] = N_("By programme and wave"),
        [REPORT_CHART_QUARTERS] = N_("By quarter"),
        [REPORT_CHART_PERIODS] = N_("By period"),
    };
    const struct report_rows *const all[] = {
        [REPORT_CHART_WAVES] = &of->strata,
        [REPORT_CHART_QUARTERS] = &of->by_quarter,
        [REPORT_CHART_PERIODS] = &of->by_period,
    };
    const struct report_rows *rows = all[kind];
    if (rows->count < COLUMNS_MIN || rows->count > REPORT_CHART_COLUMNS_MAX)
        return STATUS_NOT_FOUND;
    struct chart_whisker *list =
        arena_take_array(telling->arena, rows->count, sizeof *list);
    if (list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++)
        list[i] = column_of(telling, of, kind, &rows->list[i]);
    out->title = report_say(telling, titles[kind]);
    out->description = report_say(telling, N_("The table has the same numbers."));
    out->whiskers = (struct chart_whiskers){
        .scale = report_rows_scale(telling->arena, of, rows),
        .target =
            report_percent(report_is_scored(of) ? NO_COUNT : of->indicator->target_bp),
        .target_flag = report_target_flag(telling, of),
        .hidden = report_say(telling, N_("not shown")),
        .list = list,
        .count = rows->count,
        .is_series = kind != REPORT_CHART_WAVES,
    };
    return STATUS_OK;
}

/* ---- tables of two sides ---- */

static enum status find_heat(const struct report_telling *telling,
    const struct report_indicator *of, struct report_chart *out)
{
    struct report_grid grid;
    if (of->cells.count == 0)
        return STATUS_NOT_FOUND;
    enum status status = report_heat_grid(telling, of, &grid, &out->heat);
    out->title = grid.title;
    out->description = grid.hint;
    return status;
}

static enum status find_weeks(const struct report_telling *telling,
    const struct report_indicator *of, struct text programme, struct report_chart *out)
{
    struct report_grid grid;
    for (size_t i = 0; i < of->weeks_count; i++) {
        const struct report_weeks *weeks = &of->weeks[i];
        if (!text_equals(weeks->programme->id, programme) || weeks->chart.count == 0)
            continue;
        enum status status = report_weeks_grid(telling, weeks, &grid, &out->control);
        out->title = grid.title;
        out->description = grid.hint;
        return status;
    }
    return STATUS_NOT_FOUND;
}

/* ---- all of them ---- */

const char *report_chart_name(enum report_chart_kind kind)
{
    static const char *const names[REPORT_CHART_COUNT] = {
        [REPORT_CHART_WAVES] = "waves",
        [REPORT_CHART_QUARTERS] = "quarters",
        [REPORT_CHART_PERIODS] = "periods",
        [REPORT_CHART_CENTRES] = "centres",
        [REPORT_CHART_WEEKS] = "weeks",
    };
    return names[kind];
}

enum status report_chart_find(const struct report_telling *telling,
    const struct report_indicator *of, enum report_chart_kind kind, struct text programme,
    struct report_chart *out)
{
    *out = (struct report_chart){.kind = kind};
    if (kind == REPORT_CHART_CENTRES)
        return find_heat(telling, of, out);
    if (kind == REPORT_CHART_WEEKS)
        return find_weeks(telling, of, programme, out);
    return find_whiskers(telling, of, kind, out);
}

double report_chart_width(const struct report_chart *chart)
{
    if (chart->kind == REPORT_CHART_CENTRES)
        return chart_heat_width(&chart->heat);
    return chart->kind == REPORT_CHART_WEEKS ? chart_control_width(&chart->control)
                                             : chart_whiskers_width(&chart->whiskers);
}

double report_chart_height(const struct report_chart *chart)
{
    if (chart->kind == REPORT_CHART_CENTRES)
        return chart_heat_height(&chart->heat);
    return chart->kind == REPORT_CHART_WEEKS ? chart_control_height()
                                             : chart_whiskers_height();
}

void report_chart_draw(
    struct canvas *canvas, struct arena *arena, const struct report_chart *chart)
{
    if (chart->kind == REPORT_CHART_CENTRES)
        chart_draw_heat(canvas, arena, &chart->heat);
    else if (chart->kind == REPORT_CHART_WEEKS)
        chart_draw_control(canvas, &chart->control);
    else
        chart_draw_whiskers(canvas, arena, &chart->whiskers);
}
