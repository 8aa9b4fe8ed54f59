/* report_json.c: one object an indicator, one an opened programme × wave inside it. */
#include "web/render/report_json.h"

#include "web/render/json.h"

static const char *const measure_words[] = {
    [MEASURE_TOP2] = "top2", [MEASURE_TOP3] = "top3", [MEASURE_SCORE] = "score"};

static json_t *stratum_json(const struct report_stratum *stratum)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:I}", "programme",
        json_of_text(stratum->programme->id), "wave", json_of_text(stratum->wave->id),
        "population", json_of_count(stratum->wave->population), "asked",
        json_of_count(stratum->asked), "received", (json_int_t)stratum->received);
}

/* What only a rated indicator has. */
static void add_rating(json_t *object, const struct report_indicator *of)
{
    const struct plan_indicator *indicator = of->indicator;
    json_t *strata = json_array();
    for (size_t i = 0; i < of->stratum_count; i++)
        (void)json_array_append_new(strata, stratum_json(&of->strata[i]));
    (void)json_object_set_new(object, "target_bp", json_integer(indicator->target_bp));
    (void)json_object_set_new(
        object, "measure", json_string(measure_words[indicator->measure]));
    (void)json_object_set_new(
        object, "confidence", json_real(indicator->confidence_bp / 10000.0));
    (void)json_object_set_new(object, "population", json_of_count(of->population));
    (void)json_object_set_new(object, "asked", json_of_count(of->asked));
    (void)json_object_set_new(object, "received", json_integer(of->received));
    (void)json_object_set_new(object, "strata", strata);
}

static json_t *indicator_json(const struct report_indicator *of)
{
    bool is_rated = of->indicator->kind == INDICATOR_RATING;
    json_t *object = json_pack("{s:o, s:o, s:s}", "id", json_of_text(of->indicator->id),
        "name", json_of_wording(&of->indicator->name), "kind",
        is_rated ? "rating" : "appraisal");
    if (is_rated)
        add_rating(object, of);
    else
        (void)json_object_set_new(object, "received", json_integer(of->received));
    return object;
}

struct text report_json(
    struct arena *arena, const struct report *report, struct text only)
{
    const struct plan *plan = report->plan;
    json_t *indicators = json_array();
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (only.len == 0 || text_equals(only, plan->indicators[i].id))
            (void)json_array_append_new(
                indicators, indicator_json(&report->indicators[i]));
    return json_finish(arena,
        json_pack("{s:o, s:i, s:o, s:I, s:o, s:o}", "organisation",
            json_of_wording(&plan->organisation), "year", plan->year, "as_of",
            json_of_text(day_format(arena, report->as_of)), "plan_version",
            (json_int_t)report->plan_version, "plan_fingerprint",
            json_of_text(plan_fingerprint_text(arena, plan)), "indicators", indicators));
}
