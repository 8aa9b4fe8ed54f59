/* report_grids.c: centres by programme and weeks with their lines, as words for a table
   and as what a drawing is made of. */
#include "web/render/report_grids.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

static const struct text none = {NULL, 0};

struct text report_say(const struct report_telling *telling, const char *message)
{
    return text_of(tr(telling->language, message));
}

struct text report_say_of(const struct report_telling *telling, const char *message,
    struct text first, struct text second)
{
    const struct text arguments[] = {first, second};
    return tr_format(telling->arena, telling->language, message, arguments, 2);
}

bool report_is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

static enum status take(const struct report_telling *telling, size_t columns, size_t rows,
    struct report_grid *out)
{
    out->columns = columns;
    out->rows = rows;
    out->head = arena_take_array(telling->arena, columns, sizeof *out->head);
    out->cells = arena_take_array(telling->arena, columns * rows, sizeof *out->cells);
    return out->head != NULL && out->cells != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

struct text report_centre_name(const struct report_telling *telling, struct text centre)
{
    const struct plan_centre *of = plan_find_centre(telling->report->plan, centre);
    if (centre.len == 0)
        return report_say(telling, N_("no centre given"));
    return of == NULL ? centre : tr_wording(telling->language, &of->name);
}

static struct text programme_name(
    const struct report_telling *telling, const struct report_row *row)
{
    return tr_wording(telling->language, &row->programme->name);
}

/* ---- centres by programme ---- */

static struct text answers_words(const struct report_telling *telling, int64_t n)
{
    struct text number = figure_count(telling->arena, n);
    return tr_format(telling->arena, telling->language,
        trn(telling->language, "{1} answer", "{1} answers", n), &number, 1);
}

static struct chart_cell cell_of(const struct report_telling *telling,
    const struct report_indicator *of, const struct report_row *row)
{
    struct chart_cell cell = {.distance = NAN, .is_hidden = row->is_hidden};
    struct text name = text_format(telling->arena, "%.*s, %.*s",
        TEXT_ARG(report_centre_name(telling, row->centre)),
        TEXT_ARG(programme_name(telling, row)));
    if (!row->is_hidden && row->n > 0) {
        cell.value = figure_percent(telling->arena, row->rate.rate_bp);
        cell.note = answers_words(telling, row->n);
        if (!report_is_scored(of))
            cell.distance = (double)(row->rate.rate_bp - of->indicator->target_bp) / 100;
    }
    cell.said = text_format(telling->arena, "%.*s: %.*s %.*s", TEXT_ARG(name),
        TEXT_ARG(row->is_hidden ? report_say(telling, N_("not shown")) : cell.value),
        TEXT_ARG(cell.note));
    return cell;
}

/* Cells stand by programme; the drawing and the table have a row a centre. */
static const struct report_row *cell_at(
    const struct report_indicator *of, size_t centre, size_t programme)
{
    return &of->cells.list[programme * of->by_centre.count + centre];
}

static struct text table_cell(const struct report_telling *telling,
    const struct report_row *row, const struct chart_cell *cell)
{
    if (row->is_hidden)
        return TEXT("＊");
    if (row->n == 0)
        return TEXT("–");
    return text_format(
        telling->arena, "%.*s · %.*s", TEXT_ARG(cell->value), TEXT_ARG(cell->note));
}

static void fill_heat_cells(const struct report_telling *telling,
    const struct report_indicator *of, struct chart_cell *cells, struct report_grid *out)
{
    size_t programmes = of->indicator->programme_count;
    for (size_t centre = 0; centre < of->by_centre.count; centre++)
        for (size_t i = 0; i < programmes; i++) {
            const struct report_row *row = cell_at(of, centre, i);
            struct chart_cell *cell = &cells[centre * programmes + i];
            *cell = cell_of(telling, of, row);
            out->cells[centre * out->columns + i + 1] = table_cell(telling, row, cell);
        }
}

enum status report_heat_grid(const struct report_telling *telling,
    const struct report_indicator *of, struct report_grid *grid, struct chart_heat *chart)
{
    size_t programmes = of->indicator->programme_count, centres = of->by_centre.count;
    *grid = (struct report_grid){
        .title = report_say(telling, N_("By centre and programme")),
        .hint = report_say(telling,
            N_("Answers that count, put together without weights. A framed word marks "
               "what is below the target; whether it is more than chance has not been "
               "tested."))};
    if (of->cells.count == 0)
        return STATUS_OK;
    struct chart_cell *cells =
        arena_take_array(telling->arena, of->cells.count, sizeof *cells);
    struct text *rows = arena_take_array(telling->arena, centres, sizeof *rows);
    if (take(telling, programmes + 1, centres, grid) != STATUS_OK || cells == NULL ||
        rows == NULL)
        return STATUS_NO_MEMORY;
    grid->head[0] = report_say(telling, N_("centre"));
    for (size_t i = 0; i < programmes; i++)
        grid->head[i + 1] = programme_name(telling, cell_at(of, 0, i));
    for (size_t i = 0; i < centres; i++)
        grid->cells[i * grid->columns] = rows[i] =
            report_centre_name(telling, of->by_centre.list[i].centre);
    fill_heat_cells(telling, of, cells, grid);
    *chart = (struct chart_heat){.columns = grid->head + 1,
        .column_count = programmes,
        .rows = rows,
        .row_count = centres,
        .cells = cells,
        .low = report_say(telling, N_("low")),
        .hidden = report_say(telling, N_("not shown"))};
    return STATUS_OK;
}

/* ---- weeks ---- */

static struct text alert_words(
    const struct report_telling *telling, const struct pchart_point *point)
{
    if (point->alert == PCHART_RED)
        return report_say(telling, N_("far below"));
    if (point->alert != PCHART_AMBER)
        return TEXT("");
    return point->rules[PCHART_RUN] ? report_say(telling, N_("low for long"))
                                    : report_say(telling, N_("low again"));
}

static struct text share_words(const struct report_telling *telling, double share)
{
    return isnan(share) ? TEXT("–") : text_format(telling->arena, "%.2f%%", share * 100);
}

static struct chart_control_point control_point(
    const struct report_telling *telling, const struct pchart_point *point, day_t day)
{
    struct chart_control_point out = {.value = point->p * 100,
        .lower = point->lower * 100,
        .upper = point->upper * 100,
        .name = figure_day(telling->arena, telling->language, day),
        .alert = alert_words(telling, point),
        .is_red = point->alert == PCHART_RED};
    out.said = text_format(telling->arena, "%.*s: %.*s, %.*s %.*s", TEXT_ARG(out.name),
        TEXT_ARG(share_words(telling, point->p)),
        TEXT_ARG(answers_words(telling, point->n)), TEXT_ARG(out.alert));
    return out;
}

static void fill_week_row(const struct report_telling *telling,
    const struct pchart_point *point, const struct chart_control_point *drawn,
    struct text *cells)
{
    cells[0] = drawn->name;
    cells[1] = figure_count(telling->arena, point->n);
    cells[2] = share_words(telling, point->p);
    cells[3] = text_format(telling->arena, "%.*s – %.*s",
        TEXT_ARG(share_words(telling, point->lower)),
        TEXT_ARG(share_words(telling, point->upper)));
    cells[4] = drawn->alert.len > 0 ? drawn->alert
               : point->is_baseline ? report_say(telling, N_("baseline"))
                                    : TEXT("–");
}

static size_t count_baseline(const struct pchart *chart)
{
    size_t count = 0;
    while (count < chart->count && chart->points[count].is_baseline)
        count++;
    return count;
}

static struct text weeks_title(
    const struct report_telling *telling, const struct report_weeks *weeks)
{
    int64_t alerts = 0;
    struct text name = tr_wording(telling->language, &weeks->programme->name);
    for (size_t i = 0; i < weeks->chart.count; i++)
        alerts += weeks->chart.points[i].alert == PCHART_RED ||
                  weeks->chart.points[i].alert == PCHART_AMBER;
    const struct text arguments[] = {name, figure_count(telling->arena, alerts)};
    if (weeks->is_hidden)
        return report_say_of(telling, N_("{1}, week by week: not shown"), name, none);
    if (isnan(weeks->chart.center))
        return report_say_of(telling, N_("{1}, week by week"), name, none);
    if (alerts == 0)
        return report_say_of(
            telling, N_("{1}, week by week: nothing beyond chance"), name, none);
    return tr_format(telling->arena, telling->language,
        trn(telling->language, "{1}, week by week: {2} week stands out",
            "{1}, week by week: {2} weeks stand out", alerts),
        arguments, 2);
}

static struct text weeks_hint(
    const struct report_telling *telling, const struct report_weeks *weeks)
{
    const char *message =
        N_("Weeks of fewer than {1} answers are put together. The dashed lines are "
           "three "
           "standard deviations from what was usual in the first {2} weeks; alerts come "
           "from the exact chance of so few satisfied.");
    if (weeks->is_hidden)
        message =
            N_("What few people said in a week would follow from this chart and the "
               "other tables (fewer than {1} answers).");
    else if (isnan(weeks->chart.center))
        message = N_("Weeks of fewer than {1} answers are put together. Lines and alerts "
                     "begin once the first {2} weeks are over.");
    return report_say_of(telling, message,
        figure_count(telling->arena, telling->report->plan->k),
        text_format(telling->arena, "%zu", weeks->baseline));
}

static enum status make_chart(const struct report_telling *telling,
    const struct pchart *chart, const struct chart_control_point *points,
    struct chart_control *out)
{
    enum { USUAL = 80, VALUES = 2 };
    double *values =
        arena_take_array(telling->arena, VALUES * chart->count, sizeof *values);
    if (values == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < chart->count; i++) {
        values[VALUES * i] = points[i].value;
        values[VALUES * i + 1] = points[i].lower;
    }
    *out = (struct chart_control){
        .scale = chart_scale_fit(USUAL, values, VALUES * chart->count),
        .center = chart->center * 100,
        .center_flag = report_say_of(
            telling, N_("usual {1}"), share_words(telling, chart->center), none),
        .baseline = count_baseline(chart),
        .baseline_words = report_say(telling, N_("baseline")),
        .list = points,
        .count = chart->count};
    return STATUS_OK;
}

enum status report_weeks_grid(const struct report_telling *telling,
    const struct report_weeks *weeks, struct report_grid *grid,
    struct chart_control *chart)
{
    enum { COLUMNS = 5 };
    const char *const head[COLUMNS] = {
        N_("week from"), N_("valid"), N_("rate"), N_("lines of chance"), N_("alert")};
    const struct pchart *of = &weeks->chart;
    *grid = (struct report_grid){
        .title = weeks_title(telling, weeks), .hint = weeks_hint(telling, weeks)};
    struct chart_control_point *points =
        arena_take_array(telling->arena, of->count, sizeof *points);
    if (take(telling, COLUMNS, of->count, grid) != STATUS_OK || points == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < COLUMNS; i++)
        grid->head[i] = report_say(telling, head[i]);
    for (size_t i = 0; i < of->count; i++) {
        points[i] = control_point(telling, &of->points[i], weeks->days[i]);
        fill_week_row(telling, &of->points[i], &points[i], &grid->cells[i * COLUMNS]);
    }
    return make_chart(telling, of, points, chart);
}
