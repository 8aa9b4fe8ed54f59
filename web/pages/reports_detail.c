/* reports_detail.c: one indicator in depth: its breakdowns as tables and drawings, other
   measures beside it, how it was made. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

enum {
    DETAIL_FROM = 50,
    DETAIL_RULER_WIDTH = 360,
};

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

struct text reports_period(const struct reports_making *making, day_t period)
{
    const struct report_telling telling = reports_telling(making);
    return report_period_name(&telling, period);
}

struct text reports_quarter(const struct reports_making *making, day_t quarter)
{
    const struct report_telling telling = reports_telling(making);
    return report_quarter_name(&telling, quarter);
}

/* The table has rulers where there is no drawing above it. */
static enum status add_drawing(const struct reports_making *making,
    const struct report_indicator *of, enum report_chart_kind kind,
    struct reports_picture *out, struct reports_table *table)
{
    const struct report_telling telling = reports_telling(making);
    struct text id = text_format(making->arena, "chart-%s", report_chart_name(kind));
    struct report_chart chart;
    enum status status = report_chart_find(&telling, of, kind, (struct text){0}, &chart);
    if (status == STATUS_OK) {
        chart.title = table->title;
        *out = reports_draw(making, of, &chart, id, (struct text){0});
    }
    table->has_rulers = out->drawing.markup.len == 0;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* ---- tables ---- */

typedef void (*name_row_fn)(const struct reports_making *making,
    const struct report_row *row, struct reports_row *out);

struct text reports_centre(const struct reports_making *making, struct text centre)
{
    const struct plan_centre *of = plan_find_centre(making->report->plan, centre);
    if (centre.len == 0)
        return say(making, N_("no centre given"));
    return of == NULL ? centre : tr_wording(making->language, &of->name);
}

static void name_centre(const struct reports_making *making, const struct report_row *row,
    struct reports_row *out)
{
    out->name = reports_centre(making, row->centre);
}

static void name_channel(const struct reports_making *making,
    const struct report_row *row, struct reports_row *out)
{
    static const char *const channels[CHANNEL_COUNT] = {
        [CHANNEL_KIOSK] = N_("tablet"),
        [CHANNEL_POSTER] = N_("poster"),
        [CHANNEL_SLIP] = N_("slip with a code"),
        [CHANNEL_LINK] = N_("link in a message"),
        [CHANNEL_PAPER] = N_("on paper"),
        [CHANNEL_PHONE] = N_("by telephone"),
    };

    out->name = say(making, channels[row->channel]);
    out->detail = say(making,
        channel_is_invited(row->channel) ? N_("invited to answer") : N_("walk-in"));
    if (row->mode == MODE_ASSISTED)
        out->detail = reports_format(making, N_("{1}, helped by staff"), out->detail,
            (struct text){0}, (struct text){0});
    if (!row->counts)
        out->tag = say(making, N_("not counted"));
}

static void name_group(const struct reports_making *making, const struct report_row *row,
    struct reports_row *out)
{
    bool is_walk_in = !channel_is_invited(row->channel);
    out->name = say(making, is_walk_in ? N_("walk-in") : N_("invited to answer"));
    out->detail =
        say(making, is_walk_in ? N_("poster, tablet: anybody, any number of times")
                               : N_("slip, link, paper, telephone"));
    if (!row->counts)
        out->tag = say(making, N_("not counted"));
}

static void name_period_row(const struct reports_making *making,
    const struct report_row *row, struct reports_row *out)
{
    out->name = reports_period(making, row->period);
}

static void name_quarter_row(const struct reports_making *making,
    const struct report_row *row, struct reports_row *out)
{
    out->name = reports_quarter(making, row->period);
}

static void name_item(const struct reports_making *making, const struct report_row *row,
    struct reports_row *out)
{
    out->name = tr_wording(making->language, &row->item->text);
    if (row->item->supports.len > 0)
        out->detail = reports_format(making, N_("evidence for: {1}"), row->item->supports,
            (struct text){0}, (struct text){0});
}

/* A breakdown's title, what its rows are made of, their names. */
struct naming {
    const char *title;
    const char *hint;
    const char *scale; /* above the column of rulers */
    name_row_fn name_row;
};

static enum status fill_table(const struct reports_making *making,
    const struct report_indicator *of, const struct report_rows *rows,
    const struct naming *naming, struct reports_table *out)
{
    struct text cut;
    size_t count = reports_cut(making, rows->count, REPORTS_ROWS_MAX, &cut);
    struct chart_scale scale = report_rows_scale(making->arena, of, rows);
    *out = (struct reports_table){
        .title = say(making, naming->title),
        .hint = say(making, naming->hint),
        .scale = reports_format(making, naming->scale, reports_flag(making, of),
            text_format(making->arena, "%d", scale.lo),
            text_format(making->arena, "%d", scale.hi)),
        .rows = arena_take_array(making->arena, count, sizeof *out->rows),
        .count = count,
        .cut = cut,
        .has_rulers = true,
    };
    if (out->rows == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        reports_row_fill(making, of, &rows->list[i], scale, &out->rows[i]);
        naming->name_row(making, &rows->list[i], &out->rows[i]);
    }
    return STATUS_OK;
}

static int64_t rank_of(const struct report_row *row)
{
    return row->is_hidden || row->n <= 0 ? NO_COUNT : row->rate.rate_bp;
}

/* From the highest rate to the lowest, what has none behind; stable. Without the item
   that makes the figure. */
static enum status rank(
    struct arena *arena, const struct report_rows *rows, struct report_rows *out)
{
    *out =
        (struct report_rows){arena_take_array(arena, rows->count, sizeof *out->list), 0};
    if (out->list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->list[i].item->counts)
            continue;
        size_t at = out->count++;
        for (; at > 0 && rank_of(&out->list[at - 1]) < rank_of(&rows->list[i]); at--)
            out->list[at] = out->list[at - 1];
        out->list[at] = rows->list[i];
    }
    return STATUS_OK;
}

/* ---- beside the figure ---- */

static void add_fact(struct reports_detail *out, const struct reports_making *making,
    const char *name, struct text value)
{
    if (out->fact_count < REPORTS_FACTS_MAX)
        out->facts[out->fact_count++] = (struct reports_fact){say(making, name), value};
}

static void fill_facts(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    struct arena *arena = making->arena;
    add_fact(out, making, N_("population"),
        of->population == NO_COUNT ? say(making, N_("not filled in"))
                                   : figure_count(arena, of->population));
    add_fact(out, making, N_("asked"), figure_count(arena, of->asked));
    if (of->asked > 0)
        add_fact(out, making, N_("answered with a code"),
            reports_format(making, N_("{1} ({2})"), figure_count(arena, of->answered),
                figure_percent(arena, figure_share(of->answered, of->asked)),
                (struct text){0}));
    add_fact(out, making, N_("received"), figure_count(arena, of->received));
    if (of->is_hidden)
        return;
    add_fact(out, making, N_("valid"), figure_count(arena, of->n));
    add_fact(out, making, N_("left open"), figure_count(arena, of->missing));
    if (of->n > 0 && of->population != NO_COUNT && !is_scored(of))
        add_fact(
            out, making, N_("possible range"), figure_possible(arena, of->figure.bound));
    if (of->to_settle != NO_COUNT)
        add_fact(out, making, N_("satisfied answers until it is certainly met"),
            figure_count(arena, of->to_settle));
    if (of->has_points)
        add_fact(out, making, N_("share of the target reached"),
            figure_percent(arena, of->points.completion_bp));
}

static void say_of_flags(struct reports_detail *out, struct text sentence)
{
    if (out->flagged_count < REPORTS_FLAGGED_MAX)
        out->flagged[out->flagged_count++] = sentence;
}

/* "85.71%, not met" */
static struct text flagged_line(const struct reports_making *making, const char *message,
    const struct report_indicator *of, int64_t bp, enum verdict verdict)
{
    return reports_format(making, message,
        is_scored(of) ? reports_value(making, bp) : figure_percent(making->arena, bp),
        text_of(figure_verdict(making->language, verdict, false)), (struct text){0});
}

static void fill_flagged(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    const struct report_without *without = &of->without_flagged;
    out->flags = url_page(making->arena, "/flags", making->language);
    if (of->flagged == 0)
        return;
    say_of_flags(
        out, reports_format(making,
                 N_("{1} of the answers that count look unusual and are flagged. They "
                    "count like any other; nothing is removed."),
                 figure_count(making->arena, of->flagged), (struct text){0},
                 (struct text){0}));
    if (of->is_hidden)
        return;
    if (!without->is_shown) {
        say_of_flags(
            out, say(making, N_("What the figure is without them is not shown, since it "
                                "would tell of too few people.")));
        return;
    }
    say_of_flags(out,
        flagged_line(making, N_("With them: {1}, {2}."), of, of->rate_bp, of->verdict));
    say_of_flags(out, flagged_line(making, N_("Without them: {1}, {2}."), of,
                          without->rate_bp, without->verdict));
    if (without->verdict != of->verdict)
        say_of_flags(
            out, say(making, N_("Without them the verdict would be another one. Look at "
                                "why they are flagged before you rely on it.")));
}

static void fill_measures(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    if (!of->has_score)
        return;
    out->is_formula_sensitive = of->is_formula_sensitive;
    for (size_t i = 0; i < REPORT_OTHER_MEASURES; i++) {
        const struct report_measure *other = &of->others[i];
        if (isnan(other->value))
            continue;
        bool is_score = other->measure == MEASURE_SCORE;
        int64_t bp = printed_rate(
            is_score ? other->value / 100 : other->value, of->indicator->target_bp);
        const struct text arguments[] = {
            text_of(figure_measure(making->language, other->measure)),
            is_score ? reports_value(making, bp) : figure_percent(making->arena, bp),
            text_of(figure_verdict(making->language, other->verdict, false))};
        out->measures[out->measure_count++] =
            tr_format(making->arena, making->language, N_("{1}: {2}, {3}"), arguments, 3);
    }
}

/* ---- the page ---- */

struct text reports_strata_title(
    const struct reports_making *making, const struct report_indicator *of)
{
    struct reports_tally tally = {0};
    if (is_scored(of))
        return say(making, N_("By programme and wave"));
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        if (row->is_hidden)
            tally.hidden++;
        else
            reports_tally_add(&tally, row->rate.verdict, row->rate.certain);
    }
    return reports_format(making, N_("By programme and wave: {1}"),
        reports_tally_words(making, &tally), (struct text){0}, (struct text){0});
}

#define WITH_TARGET N_("{1} and interval, {2}–{3}")
#define ALL_WAVES                                                                        \
    N_("The answers of all opened waves that count by their way of answering, put "      \
       "together without weights; waves without a population too.")

static enum status fill_breakdowns(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    static const struct naming
        centres = {N_("By centre"), ALL_WAVES, WITH_TARGET, name_centre},
        channels = {N_("By way of answering"),
            N_("Every answer of all opened waves, put together without weights."),
            WITH_TARGET, name_channel},
        groups = {N_("Invited and walk-in"),
            N_("Every answer of all opened waves. Of walk-in ones nobody knows who gave "
               "them, or how often."),
            WITH_TARGET, name_group},
        periods = {N_("By period"), ALL_WAVES, WITH_TARGET, name_period_row},
        quarters = {N_("By quarter"), ALL_WAVES, WITH_TARGET, name_quarter_row},
        items = {N_("Questions, from the highest rate down"), ALL_WAVES,
            N_("interval, {2}–{3}"), name_item};

    struct report_rows ranked;
    enum status status = reports_strata_table(making, of, REPORTS_ROWS_MAX, &out->strata);
    if (status == STATUS_OK)
        status = fill_table(making, of, &of->by_centre, &centres, &out->centres);
    if (status == STATUS_OK && of->walk_in.received > 0)
        status = fill_table(making, of,
            &(struct report_rows){(struct report_row[]){of->invited, of->walk_in}, 2},
            &groups, &out->invited);
    if (status == STATUS_OK)
        status = fill_table(making, of, &of->by_channel, &channels, &out->channels);
    if (status == STATUS_OK)
        status = fill_table(making, of, &of->by_period, &periods, &out->periods);
    if (status == STATUS_OK)
        status = fill_table(making, of, &of->by_quarter, &quarters, &out->quarters);
    if (status == STATUS_OK)
        status = reports_changes(making, of, out);
    if (status == STATUS_OK)
        status = reports_grids(making, of, out);
    if (status == STATUS_OK)
        status = rank(making->arena, &of->items, &ranked);
    if (status == STATUS_OK)
        status = fill_table(making, of, &ranked, &items, &out->items);
    return status;
}

static enum status fill_rating(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    out->actions =
        arena_take_array(making->arena, REPORTS_ACTIONS_MAX, sizeof *out->actions);
    if (out->actions == NULL)
        return STATUS_NO_MEMORY;
    fill_facts(making, of, out);
    fill_flagged(making, of, out);
    fill_measures(making, of, out);
    reports_method(making, of, out);
    enum status status =
        reports_add_actions(making, of, out->actions, &out->action_count);
    if (status == STATUS_OK)
        status = fill_breakdowns(making, of, out);
    if (status == STATUS_OK)
        status = reports_comments(making, of, &out->comments);
    out->strata.title = reports_strata_title(making, of);
    if (status == STATUS_OK)
        status =
            add_drawing(making, of, REPORT_CHART_WAVES, &out->strata_chart, &out->strata);
    if (status == STATUS_OK)
        status = add_drawing(
            making, of, REPORT_CHART_QUARTERS, &out->quarter_chart, &out->quarters);
    if (status == STATUS_OK)
        status = add_drawing(
            making, of, REPORT_CHART_PERIODS, &out->period_chart, &out->periods);
    return status;
}

enum status reports_detail_build(const struct request *request,
    const struct reports_making *making, const struct report_indicator *of,
    struct reports_detail *out)
{
    const struct plan_indicator *indicator = of->indicator;
    enum language other = making->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    double values[] = {indicator->target_bp / 100.0, report_percent(of->rate_bp)};
    *out =
        (struct reports_detail){.is_appraisal = indicator->kind == INDICATOR_APPRAISAL};
    reports_head_fill(request, making, N_("Reports"), &out->head);
    out->head.title = tr_wording(making->language, &indicator->name);
    out->head.frame.page.title = out->head.title;
    out->head.here = url_report(making->arena, indicator->id, LANGUAGE_ZH, DAY_NONE);
    out->head.frame.page.other_language =
        url_report(making->arena, indicator->id, other, making->as_of_asked);
    reports_block_fill(making, of, chart_scale_fit(DETAIL_FROM, values, 2),
        DETAIL_RULER_WIDTH, &out->block);
    if (out->is_appraisal)
        return STATUS_OK;
    enum status status = fill_rating(making, of, out);
    if (status == STATUS_OK)
        status = reports_choose(request, making, of, out);
    return status == STATUS_OK ? reports_years(making, of, out) : status;
}
