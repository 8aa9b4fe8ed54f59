/* published_json.c: what is kept of each report, without the report. */
#include "web/render/published_json.h"

#include "web/render/json.h"

struct text published_json(
    struct arena *arena, const struct published *list, size_t count)
{
    json_t *reports = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct published *one = &list[i];
        (void)json_array_append_new(
            reports, json_pack("{s:I, s:I, s:o, s:o, s:I, s:o, s:o}", "number",
                         (json_int_t)one->number, "year", (json_int_t)one->year, "as_of",
                         json_of_text(day_format(arena, one->as_of)), "published_on",
                         json_of_text(day_format(arena, one->published_on)),
                         "plan_version", (json_int_t)one->plan_version, "seal",
                         json_of_text(seal_digest_text(arena, &one->seal)), "digest",
                         json_of_text(seal_digest_text(arena, &one->digest))));
    }
    return json_finish(arena, json_pack("{s:o}", "published", reports));
}
