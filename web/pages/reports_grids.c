/* reports_grids.c: tables of two sides: centres by programme, weeks with their lines,
   what was ticked; the first two as drawings too. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/render/report_grids.h"
#include "web/tr.h"

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
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

/* ---- centres by programme ---- */

/* The table folds: the drawing has the same numbers. */
static struct reports_grid folded(
    const struct reports_making *making, const struct report_grid *grid)
{
    struct reports_grid out = {.title = grid->title,
        .hint = grid->hint,
        .head = grid->head,
        .columns = grid->columns,
        .cells = grid->cells,
        .is_folded = true};
    out.rows = reports_cut(making, grid->rows, REPORTS_ROWS_MAX, &out.cut);
    return out;
}

static enum status fill_heat(const struct reports_making *making,
    const struct report_indicator *of, struct reports_grid *out)
{
    const struct report_telling telling = reports_telling(making);
    struct report_grid grid;
    struct report_chart chart = {.kind = REPORT_CHART_CENTRES};
    if (of->cells.count == 0)
        return STATUS_OK;
    enum status status = report_heat_grid(&telling, of, &grid, &chart.heat);
    if (status != STATUS_OK)
        return status;
    *out = folded(making, &grid);
    chart.title = grid.title;
    chart.description = grid.hint;
    out->picture =
        reports_draw(making, of, &chart, TEXT("chart-cells"), (struct text){0});
    return STATUS_OK;
}

/* ---- weeks ---- */

static enum status fill_weeks(const struct reports_making *making,
    const struct report_indicator *of, const struct report_weeks *weeks,
    struct reports_grid *out)
{
    const struct report_telling telling = reports_telling(making);
    struct report_grid grid;
    struct report_chart chart = {.kind = REPORT_CHART_WEEKS};
    struct text programme = weeks->programme->id;
    enum status status = report_weeks_grid(&telling, weeks, &grid, &chart.control);
    if (status != STATUS_OK)
        return status;
    *out = folded(making, &grid);
    chart.title = grid.title;
    chart.description = grid.hint;
    if (grid.rows > 0)
        out->picture = reports_draw(making, of, &chart,
            text_format(making->arena, "chart-weeks-%.*s", TEXT_ARG(programme)),
            programme);
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
        cells[2] = text_format(making->arena, "%.2f%%",
            (double)reasons->counts[option] / (double)reasons->n * 100);
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
        status = fill_weeks(making, of, &of->weeks[i], &out->weeks[out->weeks_count++]);
    for (size_t i = 0; i < of->reasons_count && status == STATUS_OK; i++)
        status =
            fill_reasons(making, &of->reasons[i], &out->reasons[out->reasons_count++]);
    return status;
}
