/* reports_grids.c: tables of two sides: centres by programme, weeks with their lines,
   what was ticked; the first two as drawings too. */
#include "web/pages/reports_view.h"

#include "web/render/canvas_svg.h"
#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

enum { DRAWING_BYTES_MAX = 262144 };

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

enum status reports_take_grid(const struct reports_making *making, size_t columns,
    size_t rows, struct reports_grid *out)
{
    out->columns = columns;
    out->rows = reports_cut(making, rows, REPORTS_ROWS_MAX, &out->cut);
    out->head = arena_take_array(making->arena, columns, sizeof *out->head);
    out->cells = arena_take_array(making->arena, columns * rows, sizeof *out->cells);
    return out->head != NULL && out->cells != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static struct canvas_svg_head head_of(const char *css_class, double width, double height,
    struct text id, const struct reports_grid *grid)
{
    return (struct canvas_svg_head){.css_class = css_class,
        .width = width,
        .height = height,
        .has_size = true,
        .id = id,
        .title = grid->title,
        .description = grid->hint};
}

/* ---- centres by programme ---- */

static struct text answers_words(const struct reports_making *making, int64_t n)
{
    struct text number = figure_count(making->arena, n);
    return tr_format(making->arena, making->language,
        trn(making->language, "{1} answer", "{1} answers", n), &number, 1);
}

static struct chart_cell cell_of(const struct reports_making *making,
    const struct report_indicator *of, const struct report_row *row)
{
    struct chart_cell cell = {.distance = NAN, .is_hidden = row->is_hidden};
    struct text name = text_format(making->arena, "%.*s, %.*s",
        TEXT_ARG(reports_centre(making, row->centre)),
        TEXT_ARG(reports_programme(making, row)));
    if (!row->is_hidden && row->n > 0) {
        cell.value = figure_percent(making->arena, row->rate.rate_bp);
        cell.note = answers_words(making, row->n);
        if (!is_scored(of))
            cell.distance = (double)(row->rate.rate_bp - of->indicator->target_bp) / 100;
    }
    cell.said = text_format(making->arena, "%.*s: %.*s %.*s", TEXT_ARG(name),
        TEXT_ARG(row->is_hidden ? say(making, N_("not shown")) : cell.value),
        TEXT_ARG(cell.note));
    return cell;
}

/* Cells stand by programme; the drawing and the table have a row a centre. */
static const struct report_row *cell_at(
    const struct report_indicator *of, size_t centre, size_t programme)
{
    return &of->cells.list[programme * of->by_centre.count + centre];
}

static void draw_heat(const struct reports_making *making, const struct chart_heat *chart,
    struct reports_grid *out)
{
    struct buffer drawn;
    struct canvas_svg svg;
    buffer_init(&drawn, making->arena, DRAWING_BYTES_MAX);
    struct canvas_svg_head head = head_of("heat", chart_heat_width(chart),
        chart_heat_height(chart), TEXT("chart-cells"), out);
    canvas_svg_open(&svg, &drawn, &head);
    chart_draw_heat(&svg.canvas, making->arena, chart);
    canvas_svg_close(&svg);
    out->drawing = reports_drawing(&drawn);
}

static struct text table_cell(const struct reports_making *making,
    const struct report_row *row, const struct chart_cell *cell)
{
    if (row->is_hidden)
        return TEXT("＊");
    if (row->n == 0)
        return TEXT("–");
    return text_format(
        making->arena, "%.*s · %.*s", TEXT_ARG(cell->value), TEXT_ARG(cell->note));
}

static void fill_heat_cells(const struct reports_making *making,
    const struct report_indicator *of, struct chart_cell *cells, struct reports_grid *out)
{
    size_t programmes = of->indicator->programme_count;
    for (size_t centre = 0; centre < of->by_centre.count; centre++)
        for (size_t i = 0; i < programmes; i++) {
            const struct report_row *row = cell_at(of, centre, i);
            struct chart_cell *cell = &cells[centre * programmes + i];
            *cell = cell_of(making, of, row);
            out->cells[centre * out->columns + i + 1] = table_cell(making, row, cell);
        }
}

static enum status fill_heat(const struct reports_making *making,
    const struct report_indicator *of, struct reports_grid *out)
{
    size_t programmes = of->indicator->programme_count, centres = of->by_centre.count;
    if (of->cells.count == 0)
        return STATUS_OK;
    *out = (struct reports_grid){.title = say(making, N_("By centre and programme")),
        .hint = say(making,
            N_("Answers that count, put together without weights. A framed word marks "
               "what is below the target; whether it is more than chance has not been "
               "tested.")),
        .is_folded = true};
    struct chart_cell *cells =
        arena_take_array(making->arena, of->cells.count, sizeof *cells);
    struct text *rows = arena_take_array(making->arena, centres, sizeof *rows);
    if (reports_take_grid(making, programmes + 1, centres, out) != STATUS_OK ||
        cells == NULL || rows == NULL)
        return STATUS_NO_MEMORY;
    out->head[0] = say(making, N_("centre"));
    for (size_t i = 0; i < programmes; i++)
        out->head[i + 1] = reports_programme(making, cell_at(of, 0, i));
    for (size_t i = 0; i < centres; i++)
        out->cells[i * out->columns] = rows[i] =
            reports_centre(making, of->by_centre.list[i].centre);
    fill_heat_cells(making, of, cells, out);
    draw_heat(making,
        &(struct chart_heat){.columns = out->head + 1,
            .column_count = programmes,
            .rows = rows,
            .row_count = centres,
            .cells = cells,
            .low = say(making, N_("low")),
            .hidden = say(making, N_("not shown"))},
        out);
    return STATUS_OK;
}

/* ---- weeks ---- */

static struct text alert_words(
    const struct reports_making *making, const struct pchart_point *point)
{
    if (point->alert == PCHART_RED)
        return say(making, N_("far below"));
    if (point->alert != PCHART_AMBER)
        return TEXT("");
    return point->rules[PCHART_RUN] ? say(making, N_("low for long"))
                                    : say(making, N_("low again"));
}

static struct text share_words(const struct reports_making *making, double share)
{
    return isnan(share) ? TEXT("–") : text_format(making->arena, "%.2f%%", share * 100);
}

static struct chart_control_point control_point(
    const struct reports_making *making, const struct pchart_point *point, day_t day)
{
    struct chart_control_point out = {.value = point->p * 100,
        .lower = point->lower * 100,
        .upper = point->upper * 100,
        .name = figure_day(making->arena, making->language, day),
        .alert = alert_words(making, point),
        .is_red = point->alert == PCHART_RED};
    out.said = text_format(making->arena, "%.*s: %.*s, %.*s %.*s", TEXT_ARG(out.name),
        TEXT_ARG(share_words(making, point->p)),
        TEXT_ARG(answers_words(making, point->n)), TEXT_ARG(out.alert));
    return out;
}

static void fill_week_row(const struct reports_making *making,
    const struct pchart_point *point, const struct chart_control_point *drawn,
    struct text *cells)
{
    cells[0] = drawn->name;
    cells[1] = figure_count(making->arena, point->n);
    cells[2] = share_words(making, point->p);
    cells[3] = text_format(making->arena, "%.*s – %.*s",
        TEXT_ARG(share_words(making, point->lower)),
        TEXT_ARG(share_words(making, point->upper)));
    cells[4] = drawn->alert.len > 0 ? drawn->alert
               : point->is_baseline ? say(making, N_("baseline"))
                                    : TEXT("–");
}

static size_t count_baseline(const struct pchart *chart)
{
    size_t count = 0;
    while (count < chart->count && chart->points[count].is_baseline)
        count++;
    return count;
}

static void draw_weeks(const struct reports_making *making, const struct pchart *chart,
    const struct chart_control_point *points, struct text id, struct reports_grid *out)
{
    enum { USUAL = 80, VALUES = 2 };
    struct buffer drawn;
    struct canvas_svg svg;
    double *values =
        arena_take_array(making->arena, VALUES * chart->count, sizeof *values);
    if (values == NULL)
        return;
    for (size_t i = 0; i < chart->count; i++) {
        values[VALUES * i] = points[i].value;
        values[VALUES * i + 1] = points[i].lower;
    }
    struct chart_control control = {
        .scale = chart_scale_fit(USUAL, values, VALUES * chart->count),
        .center = chart->center * 100,
        .center_flag = reports_format(making, N_("usual {1}"),
            share_words(making, chart->center), (struct text){0}, (struct text){0}),
        .baseline = count_baseline(chart),
        .baseline_words = say(making, N_("baseline")),
        .list = points,
        .count = chart->count};
    buffer_init(&drawn, making->arena, DRAWING_BYTES_MAX);
    struct canvas_svg_head head = head_of(
        "control", chart_control_width(&control), chart_control_height(), id, out);
    canvas_svg_open(&svg, &drawn, &head);
    chart_draw_control(&svg.canvas, &control);
    canvas_svg_close(&svg);
    out->drawing = reports_drawing(&drawn);
}

static struct text weeks_title(
    const struct reports_making *making, const struct report_weeks *weeks)
{
    int64_t alerts = 0;
    struct text name = tr_wording(making->language, &weeks->programme->name);
    for (size_t i = 0; i < weeks->chart.count; i++)
        alerts += weeks->chart.points[i].alert == PCHART_RED ||
                  weeks->chart.points[i].alert == PCHART_AMBER;
    const struct text arguments[] = {name, figure_count(making->arena, alerts)};
    if (weeks->is_hidden)
        return reports_format(making, N_("{1}, week by week: not shown"), name,
            (struct text){0}, (struct text){0});
    if (isnan(weeks->chart.center))
        return reports_format(
            making, N_("{1}, week by week"), name, (struct text){0}, (struct text){0});
    if (alerts == 0)
        return reports_format(making, N_("{1}, week by week: nothing beyond chance"),
            name, (struct text){0}, (struct text){0});
    return tr_format(making->arena, making->language,
        trn(making->language, "{1}, week by week: {2} week stands out",
            "{1}, week by week: {2} weeks stand out", alerts),
        arguments, 2);
}

static struct text weeks_hint(
    const struct reports_making *making, const struct report_weeks *weeks)
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
    return reports_format(making, message,
        figure_count(making->arena, making->report->plan->k),
        text_format(making->arena, "%zu", weeks->baseline), (struct text){0});
}

static enum status fill_weeks(const struct reports_making *making,
    const struct report_weeks *weeks, struct reports_grid *out)
{
    enum { COLUMNS = 5 };
    const struct pchart *chart = &weeks->chart;
    *out = (struct reports_grid){.title = weeks_title(making, weeks),
        .hint = weeks_hint(making, weeks),
        .is_folded = true};
    struct chart_control_point *points =
        arena_take_array(making->arena, chart->count, sizeof *points);
    if (reports_take_grid(making, COLUMNS, chart->count, out) != STATUS_OK ||
        points == NULL)
        return STATUS_NO_MEMORY;
    const char *const head[COLUMNS] = {
        N_("week from"), N_("valid"), N_("rate"), N_("lines of chance"), N_("alert")};
    for (size_t i = 0; i < COLUMNS; i++)
        out->head[i] = say(making, head[i]);
    for (size_t i = 0; i < chart->count; i++) {
        points[i] = control_point(making, &chart->points[i], weeks->days[i]);
        fill_week_row(making, &chart->points[i], &points[i], &out->cells[i * COLUMNS]);
    }
    if (chart->count > 0)
        draw_weeks(making, chart, points,
            text_format(making->arena, "chart-%.*s", TEXT_ARG(weeks->programme->id)),
            out);
    return STATUS_OK;
}

/* ---- what was ticked ---- */

/* The option that was ticked most among those not listed yet. */
static size_t most_ticked(const struct report_reasons *reasons, const bool *is_listed)
{
    size_t found = PLAN_NONE;
    for (size_t i = 0; i < reasons->item->option_count; i++)
        if (!is_listed[i] &&
            (found == PLAN_NONE || reasons->counts[i] > reasons->counts[found]))
            found = i;
    return found;
}

/* Several questionnaires ask in the same words with other answers to choose. */
static struct text asked_words(
    const struct reports_making *making, const struct report_reasons *reasons)
{
    struct buffer names;
    buffer_init(&names, making->arena, 65536);
    for (size_t i = 0; i < reasons->programme_count; i++) {
        if (i > 0)
            buffer_add_string(&names, tr(making->language, N_("; ")));
        buffer_add_text(
            &names, tr_wording(making->language, &reasons->programmes[i]->name));
    }
    return reports_format(making, N_("Asked in: {1}."), buffer_text(&names),
        (struct text){0}, (struct text){0});
}

static enum status fill_reasons(const struct reports_making *making,
    const struct report_reasons *reasons, struct reports_grid *out)
{
    enum { COLUMNS = 3 };
    const struct plan_item *item = reasons->item;
    bool is_listed[ITEM_OPTIONS_MAX] = {false};
    size_t rows = reasons->is_hidden || reasons->n == 0 ? 0 : item->option_count;
    *out = (struct reports_grid){.title = tr_wording(making->language, &item->text)};
    if (reports_take_grid(making, COLUMNS, rows, out) != STATUS_OK)
        return STATUS_NO_MEMORY;
    out->hint =
        reasons->is_hidden
            ? say(making, N_("Not shown: too few answers, or they would tell of a wave "
                             "that is not shown."))
        : rows == 0 ? say(making, N_("Nobody ticked anything yet."))
                    : reports_format(making,
                          item->many ? N_("{1} people ticked one or more.")
                                     : N_("{1} people ticked one."),
                          figure_count(making->arena, reasons->n), (struct text){0},
                          (struct text){0});
    out->hint = text_format(making->arena, "%.*s %.*s",
        TEXT_ARG(asked_words(making, reasons)), TEXT_ARG(out->hint));
    out->head[0] = say(making, N_("what"));
    out->head[1] = say(making, N_("ticked by"));
    out->head[2] = say(making, N_("share of them"));
    for (size_t i = 0; i < rows; i++) {
        size_t option = most_ticked(reasons, is_listed);
        is_listed[option] = true;
        struct text *cells = &out->cells[i * COLUMNS];
        cells[0] = tr_wording(making->language, &item->options[option].text);
        cells[1] = figure_count(making->arena, reasons->counts[option]);
        cells[2] =
            share_words(making, (double)reasons->counts[option] / (double)reasons->n);
    }
    return STATUS_OK;
}

enum status reports_grids(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    enum status status = fill_heat(making, of, &out->heat);
    out->weeks = arena_take_array(making->arena, of->weeks_count, sizeof *out->weeks);
    out->reasons =
        arena_take_array(making->arena, of->reasons_count, sizeof *out->reasons);
    if (out->weeks == NULL || out->reasons == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < of->weeks_count && status == STATUS_OK; i++)
        status = fill_weeks(making, &of->weeks[i], &out->weeks[out->weeks_count++]);
    for (size_t i = 0; i < of->reasons_count && status == STATUS_OK; i++)
        status =
            fill_reasons(making, &of->reasons[i], &out->reasons[out->reasons_count++]);
    return status;
}
