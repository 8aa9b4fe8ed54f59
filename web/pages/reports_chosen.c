/* reports_chosen.c: one wave, centre or period by itself. There is no free filter: what
   can be chosen is a row that is shown anyhow, so nothing can be subtracted that could
   not be before. Any other value of the address gets the same answer, whether there is
   such a row or not. */
#include "web/pages/reports_view.h"

#include "web/http/request.h"
#include "web/render/figures.h"
#include "web/tr.h"

enum { WAVE, CENTRE, PERIOD };

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

/* ---- what can be chosen ---- */

static const struct report_rows *rows_of(const struct report_indicator *of, size_t kind)
{
    const struct report_rows *const rows[REPORTS_CHOICES] = {
        [WAVE] = &of->strata, [CENTRE] = &of->by_centre, [PERIOD] = &of->by_period};
    return rows[kind];
}

/* As it stands in the address. */
static struct text value_of(
    const struct reports_making *making, size_t kind, const struct report_row *row)
{
    if (kind == WAVE)
        return text_format(making->arena, "%.*s/%.*s", TEXT_ARG(row->programme->id),
            TEXT_ARG(row->wave->id));
    return kind == CENTRE ? row->centre : day_format(making->arena, row->period);
}

static struct text name_of(
    const struct reports_making *making, size_t kind, const struct report_row *row)
{
    if (kind == WAVE)
        return text_format(making->arena, "%.*s · %.*s",
            TEXT_ARG(reports_programme(making, row)), TEXT_ARG(row->wave->id));
    return kind == CENTRE ? reports_centre(making, row->centre)
                          : reports_period(making, row->period);
}

static bool can_choose(const struct report_row *row)
{
    return !row->is_hidden && row->n > 0;
}

static enum status list_options(const struct reports_making *making, size_t kind,
    const struct report_rows *rows, struct text asked, struct reports_choice *out)
{
    out->options = arena_take_array(making->arena, rows->count, sizeof *out->options);
    if (out->options == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < rows->count && out->count < REPORTS_ROWS_MAX; i++) {
        if (!can_choose(&rows->list[i]))
            continue;
        struct text value = value_of(making, kind, &rows->list[i]);
        out->options[out->count++] = (struct reports_option){
            .value = value,
            .words = name_of(making, kind, &rows->list[i]),
            .is_chosen = text_equals(value, asked),
        };
    }
    return STATUS_OK;
}

/* ---- what was chosen ---- */

static void add_row(const struct reports_making *making, struct text name,
    const struct report_row *row, struct reports_grid *out)
{
    struct text *cells = &out->cells[out->rows++ * out->columns];
    cells[0] = name;
    cells[1] = row->is_hidden ? TEXT("＊") : figure_count(making->arena, row->n);
    cells[2] =
        row->is_hidden ? TEXT("＊") : figure_percent(making->arena, row->rate.rate_bp);
    cells[3] = row->is_hidden
                   ? TEXT("＊")
                   : figure_range(making->arena, row->rate.lo_bp, row->rate.hi_bp);
}

/* Of a centre also its programmes. */
static void add_cells(const struct reports_making *making,
    const struct report_indicator *of, struct text centre, struct reports_grid *out)
{
    for (size_t i = 0; i < of->cells.count && out->rows < REPORTS_ROWS_MAX; i++) {
        const struct report_row *cell = &of->cells.list[i];
        if (text_equals(cell->centre, centre))
            add_row(making,
                text_format(making->arena, "%.*s · %.*s",
                    TEXT_ARG(reports_centre(making, centre)),
                    TEXT_ARG(reports_programme(making, cell))),
                cell, out);
    }
}

static void add_chosen(const struct reports_making *making,
    const struct report_indicator *of, size_t kind, struct text asked,
    struct reports_grid *out)
{
    const struct report_rows *rows = rows_of(of, kind);
    for (size_t i = 0; i < rows->count; i++) {
        const struct report_row *row = &rows->list[i];
        if (!can_choose(row) || !text_equals(value_of(making, kind, row), asked))
            continue;
        add_row(making, name_of(making, kind, row), row, out);
        if (kind == CENTRE)
            add_cells(making, of, row->centre, out);
    }
}

static enum status take_chosen(const struct reports_making *making,
    const struct report_indicator *of, struct reports_grid *out)
{
    enum { COLUMNS = 4 };
    const char *const head[COLUMNS] = {
        N_("what"), N_("valid"), N_("rate"), N_("interval")};
    *out = (struct reports_grid){.title = say(making, N_("Chosen"))};
    enum status status = reports_take_grid(
        making, COLUMNS, REPORTS_CHOICES * (1 + of->indicator->programme_count), out);
    out->cut = (struct text){0};
    out->rows = 0;
    for (size_t i = 0; status == STATUS_OK && i < COLUMNS; i++)
        out->head[i] = say(making, head[i]);
    return status;
}

enum status reports_choose(const struct request *request,
    const struct reports_making *making, const struct report_indicator *of,
    struct reports_detail *out)
{
    static const struct {
        const char *key;
        const char *label;
    } choices[REPORTS_CHOICES] = {[WAVE] = {"wave", N_("wave")},
        [CENTRE] = {"centre", N_("centre")},
        [PERIOD] = {"period", N_("period")}};

    if (making->as_of_asked != DAY_NONE)
        out->as_of = day_format(making->arena, making->as_of_asked);
    enum status status = take_chosen(making, of, &out->chosen);
    for (size_t kind = 0; kind < REPORTS_CHOICES && status == STATUS_OK; kind++) {
        struct text asked;
        struct reports_choice *choice = &out->choices[kind];
        bool is_asked =
            request_query(request, choices[kind].key, &asked) && asked.len > 0;
        *choice = (struct reports_choice){
            .key = text_of(choices[kind].key), .label = say(making, choices[kind].label)};
        status = list_options(
            making, kind, rows_of(of, kind), is_asked ? asked : (struct text){0}, choice);
        out->has_chosen |= is_asked;
        if (status == STATUS_OK && is_asked)
            add_chosen(making, of, kind, asked, &out->chosen);
    }
    out->chosen.hint =
        out->chosen.rows == 0
            ? say(making, N_("What the address asks for is not among the rows that are "
                             "shown."))
            : say(making, N_("Rows of the tables below, without weights."));
    return status;
}
