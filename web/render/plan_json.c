/* plan_json.c: what `plan check` and `plan show` say with --format json. */
#include "web/render/plan_json.h"

#include "web/render/json.h"
#include "web/tr.h"

static json_t *problem_json(
    struct arena *arena, enum language language, const struct problem *problem)
{
    struct text sentence = tr_problem(arena, language, problem);
    return json_pack("{s:i, s:i, s:o, s:o}", "line", (int)problem->line, "column",
        (int)problem->column, "message", json_of_text(sentence), "did_you_mean",
        problem->did_you_mean.len == 0 ? json_null()
                                       : json_of_text(problem->did_you_mean));
}

struct text plan_check_json(struct arena *arena, enum language language, const char *file,
    const struct problems *problems)
{
    json_t *list = json_array();
    for (size_t i = 0; i < problems->count; i++)
        (void)json_array_append_new(
            list, problem_json(arena, language, &problems->list[i]));
    return json_finish(
        arena, json_pack("{s:o, s:b, s:o}", "file", json_of_text(text_of(file)), "ok",
                   problems->count == 0, "problems", list));
}

struct text plan_show_json(struct arena *arena, const struct plan_version *version)
{
    return json_finish(arena,
        json_pack("{s:I, s:o, s:o, s:o}", "version", (json_int_t)version->version,
            "fingerprint", json_of_text(plan_fingerprint_text(arena, version->plan)),
            "applied_on", json_of_text(day_format(arena, version->applied_on)), "text",
            json_of_text(version->text)));
}
