/* report_json.c: the report as the outside contract writes it. Names of figures are those
   of the reference tables; a rate has full precision, a hidden or missing one is null. */
#include "web/render/report_json.h"

#include "web/render/json.h"
#include "web/tr.h"

#include <math.h>

static const char *const measure_words[] = {
    [MEASURE_TOP2] = "top2", [MEASURE_TOP3] = "top3", [MEASURE_SCORE] = "score"};

static void set(json_t *object, const char *name, json_t *value)
{
    (void)json_object_set_new(object, name, value);
}

static json_t *json_of_real(double value)
{
    if (isnan(value))
        return json_null();
    return isinf(value) ? json_string("inf") : json_real(value);
}

static json_t *json_if(bool has_it, double value)
{
    return has_it ? json_of_real(value) : json_null();
}

/* ---- rows of breakdowns ---- */

static void set_rate(json_t *object, const struct report_row *row)
{
    set(object, "n", json_of_count(row->n));
    set(object, "x", json_of_count(row->x));
    set(object, "rate", json_of_real(row->rate.p));
    set(object, "rate_bp", json_of_count(row->rate.rate_bp));
    set(object, "lo", json_of_real(row->rate.exact.lo));
    set(object, "hi", json_of_real(row->rate.exact.hi));
}

/* What every row has behind the names that tell it from the others. A hidden one has no
   figures at all. */
static json_t *finish_row(json_t *object, const struct report_row *row)
{
    set(object, "received", json_integer(row->received));
    if (row->is_hidden)
        set(object, "hidden", json_true());
    else
        set_rate(object, row);
    return object;
}

static void set_response(json_t *object, int64_t answered, int64_t asked)
{
    set(object, "answered", json_integer(answered));
    set(object, "response_rate", json_of_real(report_response(answered, asked)));
}

static json_t *stratum_json(const struct report_row *row)
{
    json_t *object = json_pack("{s:o, s:o, s:b, s:o, s:o}", "programme",
        json_of_text(row->programme->id), "wave", json_of_text(row->wave->id), "counts",
        (int)row->counts, "population", json_of_count(row->population), "asked",
        json_of_count(row->asked));
    set_response(object, row->answered, row->asked);
    finish_row(object, row);
    if (row->is_hidden)
        return object;
    set(object, "bound_lo", json_of_real(row->rate.bound.lo));
    set(object, "bound_hi", json_of_real(row->rate.bound.hi));
    set(object, "verdict", json_string(verdict_word(row->rate.verdict)));
    set(object, "certain", json_boolean(row->rate.certain));
    return object;
}

static json_t *centre_json(const struct report_row *row)
{
    return finish_row(json_pack("{s:o}", "centre", json_of_text(row->centre)), row);
}

static json_t *channel_json(const struct report_row *row)
{
    return finish_row(
        json_pack("{s:o, s:o, s:b, s:b}", "channel",
            json_of_text(channel_word(row->channel)), "mode",
            json_of_text(mode_word(row->mode)), "invited",
            (int)channel_is_invited(row->channel), "counts", (int)row->counts),
        row);
}

static json_t *period_json(const struct report_row *row)
{
    struct date date = day_date(row->period);
    char text[16];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    return finish_row(json_pack("{s:s}", "period", text), row);
}

static json_t *item_json(const struct report_row *row)
{
    struct text supports = row->item->supports;
    return finish_row(json_pack("{s:o, s:o, s:o}", "id", json_of_text(row->item->id),
                          "text", json_of_wording(&row->item->text), "supports",
                          supports.len == 0 ? json_null() : json_of_text(supports)),
        row);
}

/* Invited answers, or walk-in ones. */
static json_t *group_json(const struct report_row *row)
{
    return finish_row(json_pack("{s:b}", "counts", (int)row->counts), row);
}

static json_t *rows_json(
    const struct report_rows *rows, json_t *(*of_row)(const struct report_row *))
{
    json_t *list = json_array();
    for (size_t i = 0; i < rows->count; i++)
        (void)json_array_append_new(list, of_row(&rows->list[i]));
    return list;
}

/* ---- the figure ---- */

static json_t *flags_json(unsigned flags)
{
    json_t *list = json_array();
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if ((flags >> i & 1) != 0)
            (void)json_array_append_new(list, json_string(figure_flag_word(i)));
    return list;
}

/* The figures of one population; null where several were put together. */
static void set_single(json_t *object, const struct strata *figure, bool is_hidden)
{
    bool is_single = figure->is_single && !is_hidden;
    set(object, "p_met", json_if(is_single, figure->single.p_met));
    set(object, "p_missed", json_if(is_single, figure->single.p_missed));
    set(object, "prob_ge", json_if(is_single, figure->single.prob_ge));
}

static json_t *without_json(const struct report_without *without)
{
    if (!without->is_shown)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:s}", "n", json_of_count(without->n), "x",
        json_of_count(without->x), "rate", json_of_real(without->rate), "rate_bp",
        json_of_count(without->rate_bp), "verdict", verdict_word(without->verdict));
}

static void set_figure(json_t *object, const struct report_indicator *of)
{
    const struct strata *figure = &of->figure;
    bool has_rate = !of->is_hidden && of->indicator->measure != MEASURE_SCORE;
    set(object, "n", json_of_count(of->n));
    set(object, "x", json_of_count(of->x));
    set(object, "missing", json_of_count(of->missing));
    set(object, "flagged", json_integer(of->flagged));
    set(object, "without_flagged", without_json(&of->without_flagged));
    set(object, "rate", json_if(has_rate, figure->p));
    set(object, "rate_bp", json_of_count(of->rate_bp));
    set(object, "lo", json_if(has_rate, figure->interval.lo));
    set(object, "hi", json_if(has_rate, figure->interval.hi));
    set(object, "lo_bp", json_of_count(has_rate ? figure->lo_bp : NO_COUNT));
    set(object, "hi_bp", json_of_count(has_rate ? figure->hi_bp : NO_COUNT));
    set(object, "bound_lo", json_if(has_rate, figure->bound.lo));
    set(object, "bound_hi", json_if(has_rate, figure->bound.hi));
    set(object, "n_eff", json_if(!of->is_hidden, figure->n_eff));
    set(object, "verdict", json_string(verdict_word(of->verdict)));
    set(object, "certain", json_boolean(figure->certain));
    set(object, "k_req", json_of_count(of->k_req));
    set(object, "to_decide", json_of_count(of->to_decide));
    set(object, "to_settle", json_of_count(of->to_settle));
    set(object, "pooled",
        of->pooled == 0 ? json_null()
                        : json_pack("{s:I, s:o}", "strata", (json_int_t)of->pooled,
                              "shift", json_of_real(figure->shift)));
    set_single(object, figure, of->is_hidden);
    set(object, "se", json_if(has_rate, figure->se));
    set(object, "flags", flags_json(figure->flags));
}

static void set_measures(json_t *object, const struct report_indicator *of)
{
    if (!of->has_score) {
        set(object, "score", json_null());
        set(object, "other_measures", json_null());
        set(object, "formula_sensitive", json_null());
        return;
    }
    const struct mean_figure *mean = &of->figure.mean;
    json_t *others = json_object();
    for (size_t i = 0; i < REPORT_OTHER_MEASURES; i++) {
        const struct report_measure *other = &of->others[i];
        set(others, measure_words[other->measure],
            json_pack("{s:o, s:s}", other->measure == MEASURE_SCORE ? "mean" : "rate",
                json_of_real(other->value), "verdict", verdict_word(other->verdict)));
    }
    set(object, "score",
        json_pack("{s:o, s:o, s:o}", "mean", json_of_real(mean->value), "lo",
            json_of_real(mean->lo), "hi", json_of_real(mean->hi)));
    set(object, "other_measures", others);
    set(object, "formula_sensitive", json_boolean(of->is_formula_sensitive));
}

static void set_points(
    json_t *object, struct arena *arena, const struct report_indicator *of)
{
    set(object, "points", json_real(of->indicator->points_cp / 100.0));
    set(object, "points_earned", json_null());
    set(object, "completion_bp", json_null());
    if (!of->has_points)
        return;
    struct text earned = text_format(arena, "%lld.%02lld",
        (long long)of->points.score_cp / 100, (long long)of->points.score_cp % 100);
    set(object, "points_earned", json_of_text(earned));
    set(object, "completion_bp", json_integer(of->points.completion_bp));
}

static json_t *notices_json(
    struct arena *arena, enum language language, const struct report_indicator *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->notice_count; i++)
        (void)json_array_append_new(
            list, json_of_text(tr_problem(arena, language, &of->notices[i])));
    return list;
}

/* ---- changes, weeks, reasons ---- */

static json_t *day_json(struct arena *arena, day_t day)
{
    return json_of_text(day_format(arena, day));
}

static json_t *cell_json(const struct report_row *row)
{
    json_t *object = json_pack("{s:o, s:o}", "programme",
        json_of_text(row->programme->id), "centre", json_of_text(row->centre));
    if (row->is_hidden) {
        set(object, "hidden", json_true());
        return object;
    }
    set(object, "n", json_of_count(row->n));
    set(object, "x", json_of_count(row->x));
    set(object, "rate", json_of_real(row->rate.p));
    set(object, "rate_bp", json_of_count(row->rate.rate_bp));
    return object;
}

static json_t *step_json(struct arena *arena, const struct report_row *row)
{
    return row->wave != NULL ? json_of_text(row->wave->id) : day_json(arena, row->period);
}

static json_t *changes_json(struct arena *arena, const struct report_indicator *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->change_count; i++) {
        const struct report_change *row = &of->changes[i];
        const struct change *change = &row->change;
        (void)json_array_append_new(list,
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:I, s:o, s:i}",
                "programme",
                row->programme == NULL ? json_null() : json_of_text(row->programme->id),
                "from", step_json(arena, row->from), "to", step_json(arena, row->to),
                "difference", json_of_real(change->difference), "lo",
                json_of_real(change->interval.lo), "hi",
                json_of_real(change->interval.hi), "decision",
                change_word(change->decision), "p_value", json_of_real(change->p_value),
                "steps", (json_int_t)row->steps, "trend_p_value",
                json_of_real(row->trend.p_value), "trend_direction",
                row->trend.direction));
    }
    return list;
}

static json_t *point_json(
    struct arena *arena, const struct pchart_point *point, day_t day)
{
    return json_pack("{s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:b, s:s}", "week",
        day_json(arena, day), "n", (json_int_t)point->n, "x", (json_int_t)point->x,
        "rate", json_of_real(point->p), "lower", json_of_real(point->lower), "upper",
        json_of_real(point->upper), "tail", json_of_real(point->tail), "baseline",
        (int)point->is_baseline, "alert", pchart_word(point->alert));
}

static json_t *weeks_json(struct arena *arena, const struct report_indicator *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->weeks_count; i++) {
        const struct report_weeks *weeks = &of->weeks[i];
        json_t *points = json_array();
        for (size_t at = 0; at < weeks->chart.count; at++)
            (void)json_array_append_new(
                points, point_json(arena, &weeks->chart.points[at], weeks->days[at]));
        json_t *object = json_pack("{s:o, s:o, s:o}", "programme",
            json_of_text(weeks->programme->id), "center",
            json_if(!weeks->is_hidden, weeks->chart.center), "points", points);
        if (weeks->is_hidden)
            set(object, "hidden", json_true());
        (void)json_array_append_new(list, object);
    }
    return list;
}

static json_t *programmes_json(const struct report_reasons *reasons)
{
    json_t *list = json_array();
    for (size_t i = 0; i < reasons->programme_count; i++)
        (void)json_array_append_new(list, json_of_text(reasons->programmes[i]->id));
    return list;
}

static json_t *reasons_json(const struct report_indicator *of)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->reasons_count; i++) {
        const struct report_reasons *reasons = &of->reasons[i];
        json_t *options = json_array();
        for (size_t at = 0; at < reasons->item->option_count && !reasons->is_hidden; at++)
            (void)json_array_append_new(
                options, json_pack("{s:o, s:o, s:I}", "id",
                             json_of_text(reasons->item->options[at].id), "text",
                             json_of_wording(&reasons->item->options[at].text), "count",
                             (json_int_t)reasons->counts[at]));
        json_t *object = json_pack("{s:o, s:o, s:o, s:o, s:o}", "id",
            json_of_text(reasons->item->id), "text",
            json_of_wording(&reasons->item->text), "programmes", programmes_json(reasons),
            "n", json_of_count(reasons->n), "options", options);
        if (reasons->is_hidden)
            set(object, "hidden", json_true());
        (void)json_array_append_new(list, object);
    }
    return list;
}

/* ---- comments ---- */

static json_t *comment_reasons_json(const struct report_comments *comments)
{
    json_t *object = json_object();
    for (int i = 0; i < REVIEW_REASONS; i++)
        set(object, review_word((enum review)(REVIEW_NAMES + i)).ptr,
            json_of_count(comments->reasons[i]));
    return object;
}

static json_t *comments_json(const struct report_comments *comments)
{
    json_t *texts = json_array();
    for (size_t i = 0; i < comments->quote_count; i++)
        (void)json_array_append_new(
            texts, json_pack("{s:o, s:o}", "programme",
                       json_of_text(comments->quotes[i].programme->id), "text",
                       json_of_text(comments->quotes[i].text)));
    return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o}", "received",
        (json_int_t)comments->received, "waiting", (json_int_t)comments->waiting, "shown",
        (json_int_t)comments->shown, "held_back", (json_int_t)comments->held, "reasons",
        comment_reasons_json(comments), "texts", texts);
}

/* What only a rated indicator has. */
static void set_rating(json_t *object, struct arena *arena, enum language language,
    const struct report_indicator *of)
{
    const struct plan_indicator *indicator = of->indicator;
    set(object, "target_bp", json_integer(indicator->target_bp));
    set(object, "measure", json_string(measure_words[indicator->measure]));
    set(object, "confidence", json_real(indicator->confidence_bp / 10000.0));
    set(object, "population", json_of_count(of->population));
    set(object, "asked", json_of_count(of->asked));
    set_response(object, of->answered, of->asked);
    set_figure(object, of);
    set_measures(object, of);
    set_points(object, arena, of);
    set(object, "notices", notices_json(arena, language, of));
    set(object, "strata", rows_json(&of->strata, stratum_json));
    set(object, "by_centre", rows_json(&of->by_centre, centre_json));
    set(object, "by_channel", rows_json(&of->by_channel, channel_json));
    set(object, "invited", group_json(&of->invited));
    set(object, "walk_in", group_json(&of->walk_in));
    set(object, "by_period", rows_json(&of->by_period, period_json));
    set(object, "by_quarter", rows_json(&of->by_quarter, period_json));
    set(object, "by_centre_programme", rows_json(&of->cells, cell_json));
    set(object, "changes", changes_json(arena, of));
    set(object, "weeks", weeks_json(arena, of));
    set(object, "items", rows_json(&of->items, item_json));
    set(object, "reasons", reasons_json(of));
    set(object, "comments",
        of->comments.is_told ? comments_json(&of->comments) : json_null());
    if (of->is_hidden)
        set(object, "hidden", json_true());
    if (of->is_withheld)
        set(object, "withheld", json_true());
}

static json_t *indicator_json(
    struct arena *arena, enum language language, const struct report_indicator *of)
{
    bool is_rated = of->indicator->kind == INDICATOR_RATING;
    json_t *object = json_pack("{s:o, s:o, s:s, s:I}", "id",
        json_of_text(of->indicator->id), "name", json_of_wording(&of->indicator->name),
        "kind", is_rated ? "rating" : "appraisal", "received", (json_int_t)of->received);
    if (is_rated)
        set_rating(object, arena, language, of);
    else
        set(object, "notices",
            json_pack("[s]", tr(language, "The appraisal is not collected yet.")));
    return object;
}

static json_t *seals_json(struct arena *arena, const struct report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->seal_count; i++) {
        const struct seal *seal = &report->seals[i];
        (void)json_array_append_new(
            list, json_pack("{s:I, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:b}", "number",
                      (json_int_t)seal->number, "programme",
                      json_of_text(seal->programme), "wave", json_of_text(seal->wave),
                      "period", json_of_text(day_format(arena, seal->period)), "count",
                      (json_int_t)seal->count, "late", (json_int_t)seal->late, "digest",
                      json_of_text(seal_digest_text(arena, &seal->digest)), "sealed_on",
                      json_of_text(day_format(arena, seal->sealed_on)), "supplement",
                      (int)seal->is_supplement));
    }
    return list;
}

struct text report_json(struct arena *arena, enum language language,
    const struct report *report, struct text only)
{
    const struct plan *plan = report->plan;
    json_t *indicators = json_array();
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (only.len == 0 || text_equals(only, plan->indicators[i].id))
            (void)json_array_append_new(
                indicators, indicator_json(arena, language, &report->indicators[i]));
    return json_finish(
        arena, json_pack("{s:o, s:i, s:o, s:b, s:I, s:o, s:o, s:o, s:o}", "organisation",
                   json_of_wording(&plan->organisation), "year", plan->year, "as_of",
                   json_of_text(day_format(arena, report->as_of)), "demo",
                   (int)report->is_demo, "plan_version", (json_int_t)report->plan_version,
                   "plan_fingerprint", json_of_text(plan_fingerprint_text(arena, plan)),
                   "seal", json_of_text(seal_digest_text(arena, &report->seal)), "seals",
                   seals_json(arena, report), "indicators", indicators));
}
