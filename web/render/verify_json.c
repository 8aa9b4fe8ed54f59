/* verify_json.c: counts of what was compared, and a sentence for each thing that does not
   match. */
#include "web/render/verify_json.h"

#include "web/render/json.h"
#include "web/tr.h"

struct text verify_json(struct arena *arena, enum language language,
    const struct verify_result *result, struct text seal, const struct problems *problems)
{
    json_t *sentences = json_array();
    for (size_t i = 0; i < problems->count; i++)
        (void)json_array_append_new(
            sentences, json_of_text(tr_problem(arena, language, &problems->list[i])));
    bool matches = problems->count == 0 && !problems->is_incomplete;
    return json_finish(arena,
        json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:b}", "matches",
            (int)matches, "submissions", (json_int_t)result->submissions, "counts",
            (json_int_t)result->cells, "periods", (json_int_t)result->periods, "seals",
            (json_int_t)result->seals, "audit_lines", (json_int_t)result->audit_lines,
            "published", (json_int_t)result->published, "seal",
            seal.len == 0 ? json_null() : json_of_text(seal), "problems", sentences,
            "more_problems", (int)problems->is_incomplete));
}
