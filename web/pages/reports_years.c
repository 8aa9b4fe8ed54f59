/* reports_years.c: the same indicator in the plan of the year before, where the store has
   it. Two years are called different only where their intervals do not meet: that is more
   careful than a test, and anybody can see it. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

static const struct report_indicator *in_last_year(
    const struct reports_making *making, const struct report_indicator *of)
{
    const struct report *report = making->last_year;
    if (report == NULL || of->is_earlier)
        return NULL;
    const struct plan_indicator *found =
        plan_find_indicator(report->plan, of->indicator->id);
    if (found == NULL || found->kind != of->indicator->kind ||
        found->measure != of->indicator->measure)
        return NULL;
    return &report->indicators[found - report->plan->indicators];
}

static struct text range_words(
    const struct reports_making *making, const struct report_indicator *of)
{
    int64_t lo, hi;
    bool has_figure = !of->is_hidden && of->n > 0;
    if (!has_figure || !reports_interval(of, &lo, &hi))
        return TEXT("–");
    return text_format(making->arena, "%.*s–%.*s", TEXT_ARG(reports_value(making, lo)),
        TEXT_ARG(reports_value(making, hi)));
}

static void add_year(const struct reports_making *making, int year,
    const struct report_indicator *of, struct text *cells)
{
    struct text words, caution;
    bool has_figure = !of->is_hidden && of->n > 0;
    reports_indicator_words(making, of, &words, &caution);
    cells[0] = text_format(making->arena, "%d", year);
    cells[1] = reports_value(making, of->indicator->target_bp);
    cells[2] = of->is_hidden ? TEXT("＊") : figure_count(making->arena, of->n);
    cells[3] = has_figure ? reports_value(making, of->rate_bp) : TEXT("–");
    cells[4] = range_words(making, of);
    cells[5] = words;
    if (caution.len > 0)
        cells[5] = text_of(figure_verdict(making->language, of->verdict, false));
}

static const char *compared(
    const struct report_indicator *before, const struct report_indicator *now)
{
    int64_t lo, hi, lo_before, hi_before;
    bool has_both = !before->is_hidden && !now->is_hidden && before->n > 0 &&
                    now->n > 0 && reports_interval(now, &lo, &hi) &&
                    reports_interval(before, &lo_before, &hi_before);
    if (!has_both)
        return N_("The two years can't be compared yet.");
    if (lo > hi_before)
        return N_(
            "Higher than last year, which is more than chance: the intervals do not "
            "meet.");
    if (hi < lo_before)
        return N_("Lower than last year, which is more than chance: the intervals do not "
                  "meet.");
    return N_("No change since last year is proven: the intervals meet.");
}

enum status reports_years(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    enum { COLUMNS = 6, YEARS = 2 };
    const char *const head[COLUMNS] = {
        N_("year"), N_("target"), N_("valid"), N_("rate"), N_("interval"), N_("verdict")};
    const struct report_indicator *before = in_last_year(making, of);
    out->years = (struct reports_grid){0};
    if (before == NULL)
        return STATUS_OK;
    enum status status = reports_take_grid(making, COLUMNS, YEARS, &out->years);
    if (status != STATUS_OK)
        return status;
    out->years.title = say(making, N_("Beside last year"));
    out->years.hint = say(making, compared(before, of));
    for (size_t i = 0; i < COLUMNS; i++)
        out->years.head[i] = say(making, head[i]);
    add_year(making, making->report->plan->year, of, out->years.cells);
    add_year(making, making->last_year->plan->year, before, out->years.cells + COLUMNS);
    return STATUS_OK;
}
