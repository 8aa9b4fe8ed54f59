/* reports_glance.c: one figure at a glance: numbers, ruler, verdict and why. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

/* ---- a figure at a glance ---- */

struct text reports_verdict_class(
    const struct reports_making *making, enum verdict verdict)
{
    return text_format(making->arena, "v-%s", verdict_word(verdict));
}

static void fill_counts(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    const char *message = N_("{1} valid answers of {2} people");
    if (of->is_hidden)
        message = of->population == NO_COUNT ? N_("received {3}")
                                             : N_("{2} people, received {3}");
    else if (of->population == NO_COUNT)
        message = N_("{1} valid answers; nobody said of how many people");
    out->counts = reports_format(making, message, figure_count(making->arena, of->n),
        figure_count(making->arena, of->population),
        figure_count(making->arena, of->received));
}

static void fill_interval(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    const struct mean_figure *mean = &of->figure.mean;
    struct text confidence =
        text_format(making->arena, "%d%%", of->indicator->confidence_bp / 100);
    struct text range = figure_range(making->arena, of->figure.lo_bp, of->figure.hi_bp);
    if (is_scored(of)) {
        if (isnan(mean->lo) || isnan(mean->hi))
            return;
        range = text_format(making->arena, "%.*s–%.*s",
            TEXT_ARG(reports_value(making, printed_low(mean->lo / 100))),
            TEXT_ARG(reports_value(making, printed_high(mean->hi / 100))));
    }
    out->interval = reports_format(
        making, N_("{1} interval {2}"), confidence, range, (struct text){0});
}

static void fill_points(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    if (!of->has_points)
        return;
    out->points = reports_format(making, N_("Self-evaluation {1} of {2} points"),
        reports_value(making, of->points.score_cp),
        reports_value(making, of->indicator->points_cp), (struct text){0});
}

static void fill_appraisal(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    out->counts = reports_format(making, N_("{1} posts, {2} appraisers invited"),
        text_format(making->arena, "%zu", of->indicator->subject_count),
        figure_count(making->arena, of->indicator->appraisers), (struct text){0});
    out->mark = reports_clock(making);
    out->css = TEXT("v-open");
    out->verdict = say(making, N_("not collected yet"));
    out->sentences[out->sentence_count++] =
        say(making, N_("The appraisal is not collected yet."));
}

/* What the ruler shows, for those who cannot see it. */
static struct text ruler_description(
    const struct reports_making *making, const struct reports_block *block)
{
    return text_format(making->arena, "%.*s%.*s%s%.*s %.*s", TEXT_ARG(block->value),
        TEXT_ARG(block->unit), block->value.len > 0 ? " " : "", TEXT_ARG(block->interval),
        TEXT_ARG(block->verdict));
}

static void fill_ruler(const struct reports_making *making,
    const struct report_indicator *of, struct chart_scale scale, double width,
    struct reports_block *out)
{
    struct chart_ruler ruler = {
        .scale = scale,
        .figure = reports_figure(of),
        .target = report_percent(of->indicator->target_bp),
        .target_flag = reports_flag(making, of),
        .hidden = say(making, N_("not shown")),
        .width = width,
    };
    struct text id =
        text_format(making->arena, "ruler-%.*s", TEXT_ARG(of->indicator->id));
    out->ruler = reports_ruler(making, &ruler, id,
        text_format(
            making->arena, "%.*s %.*s", TEXT_ARG(out->name), TEXT_ARG(ruler.target_flag)),
        ruler_description(making, out));
}

void reports_block_fill(const struct reports_making *making,
    const struct report_indicator *of, struct chart_scale scale, double width,
    struct reports_block *out)
{
    struct text caution;
    *out = (struct reports_block){
        .anchor = of->indicator->id,
        .name = tr_wording(making->language, &of->indicator->name),
        .page = url_report(
            making->arena, of->indicator->id, making->language, making->as_of_asked),
    };
    if (of->indicator->kind == INDICATOR_APPRAISAL) {
        fill_appraisal(making, of, out);
        return;
    }
    out->target = reports_format(making, N_("Target {1}: {2}."),
        figure_percent(making->arena, of->indicator->target_bp),
        text_of(figure_measure(making->language, of->indicator->measure)),
        (struct text){0});
    fill_counts(making, of, out);
    out->css = reports_verdict_class(making, of->verdict);
    out->mark = reports_mark(making, of->verdict, of->figure.certain);
    reports_indicator_words(making, of, &out->verdict, &caution);
    if (!of->is_hidden && of->n > 0) {
        out->value = reports_value(making, of->rate_bp);
        out->unit = is_scored(of) ? say(making, N_("of 100")) : TEXT("%");
        out->unit_class = text_columns(out->unit) > 2 ? TEXT("unit long") : TEXT("unit");
        fill_interval(making, of, out);
    }
    fill_ruler(making, of, scale, width, out);
    reports_explain(making, of, out);
    fill_points(making, of, out);
}
