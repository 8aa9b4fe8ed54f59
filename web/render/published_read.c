/* published_read.c: from jansson's objects to figures. */
#include "web/render/published_read.h"

#include <jansson.h>
#include <math.h>

/* What is missing or of another kind makes the whole unreadable: said once, at the end.
 */
struct reading {
    struct arena *arena;
    bool is_wrong;
    bool is_full;
};

static struct text read_text(
    struct reading *reading, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value)) {
        reading->is_wrong = true;
        return TEXT("");
    }
    struct text copy = text_copy(reading->arena,
        (struct text){json_string_value(value), json_string_length(value)});
    reading->is_full |= copy.ptr == NULL;
    return copy;
}

static struct wording read_wording(
    struct reading *reading, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    struct wording out = {.in = {[LANGUAGE_ZH] = read_text(reading, value, "zh"),
                              [LANGUAGE_EN] = read_text(reading, value, "en")}};
    return out;
}

/* null is NO_COUNT. */
static int64_t read_count(struct reading *reading, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_null(value))
        return NO_COUNT;
    if (!json_is_integer(value)) {
        reading->is_wrong = true;
        return NO_COUNT;
    }
    return json_integer_value(value);
}

static bool read_bool(struct reading *reading, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    reading->is_wrong |= !json_is_boolean(value);
    return json_is_true(value);
}

static enum verdict read_verdict(struct reading *reading, const json_t *object)
{
    struct text word = read_text(reading, object, "verdict");
    for (int verdict = 0; verdict < VERDICT_COUNT; verdict++)
        if (text_equals(word, text_of(verdict_word((enum verdict)verdict))))
            return (enum verdict)verdict;
    reading->is_wrong = true;
    return VERDICT_NO_DATA;
}

static enum measure read_measure(struct reading *reading, const json_t *object)
{
    static const char *const words[] = {
        [MEASURE_TOP2] = "top2", [MEASURE_TOP3] = "top3", [MEASURE_SCORE] = "score"};
    struct text word = read_text(reading, object, "measure");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equals(word, text_of(words[i])))
            return (enum measure)i;
    reading->is_wrong = true;
    return MEASURE_TOP2;
}

static int64_t read_confidence(struct reading *reading, const json_t *object)
{
    const json_t *value = json_object_get(object, "confidence");
    reading->is_wrong |= !json_is_number(value);
    return llround(json_number_value(value) * 10000);
}

static void read_figures(
    struct reading *reading, const json_t *object, struct public_indicator *out)
{
    out->target_bp = read_count(reading, object, "target_bp");
    out->measure = read_measure(reading, object);
    out->confidence_bp = read_confidence(reading, object);
    out->population = read_count(reading, object, "population");
    out->is_hidden = json_is_true(json_object_get(object, "hidden"));
    out->n = read_count(reading, object, "n");
    out->rate_bp = read_count(reading, object, "rate_bp");
    out->lo_bp = read_count(reading, object, "lo_bp");
    out->hi_bp = read_count(reading, object, "hi_bp");
    out->verdict = read_verdict(reading, object);
    out->is_certain = read_bool(reading, object, "certain");
}

static void read_indicator(
    struct reading *reading, const json_t *object, struct public_indicator *out)
{
    *out = (struct public_indicator){
        .id = read_text(reading, object, "id"),
        .name = read_wording(reading, object, "name"),
        .is_rated = text_equals(read_text(reading, object, "kind"), TEXT("rating")),
        .received = read_count(reading, object, "received"),
        .n = NO_COUNT,
        .rate_bp = NO_COUNT,
        .lo_bp = NO_COUNT,
        .hi_bp = NO_COUNT,
        .population = NO_COUNT,
    };
    if (out->is_rated)
        read_figures(reading, object, out);
}

static void read_report(
    struct reading *reading, const json_t *root, struct public_report *out)
{
    const json_t *list = json_object_get(root, "indicators");
    size_t count = json_array_size(list);
    *out = (struct public_report){
        .organisation = read_wording(reading, root, "organisation"),
        .year = read_count(reading, root, "year"),
        .as_of = read_text(reading, root, "as_of"),
        .is_demo = read_bool(reading, root, "demo"),
        .plan_version = read_count(reading, root, "plan_version"),
        .fingerprint = read_text(reading, root, "plan_fingerprint"),
        .seal = read_text(reading, root, "seal"),
        .indicators = arena_take_array(reading->arena, count, sizeof *out->indicators),
    };
    reading->is_full |= out->indicators == NULL;
    for (size_t i = 0; i < count && out->indicators != NULL; i++)
        read_indicator(
            reading, json_array_get(list, i), &out->indicators[out->indicator_count++]);
}

enum status published_read(
    struct arena *arena, struct text json, struct public_report *out)
{
    struct reading reading = {.arena = arena};
    json_error_t error;
    json_t *root = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return STATUS_INVALID;
    read_report(&reading, root, out);
    json_decref(root);
    if (reading.is_full)
        return STATUS_NO_MEMORY;
    return reading.is_wrong ? STATUS_INVALID : STATUS_OK;
}

const struct public_indicator *public_report_find(
    const struct public_report *report, struct text id)
{
    for (size_t i = 0; i < report->indicator_count; i++)
        if (text_equals(report->indicators[i].id, id))
            return &report->indicators[i];
    return NULL;
}

const struct public_indicator *public_report_reveals(
    const struct public_report *then, const struct public_report *now, int64_t k)
{
    for (size_t i = 0; i < now->indicator_count; i++) {
        const struct public_indicator *of = &now->indicators[i];
        const struct public_indicator *before = public_report_find(then, of->id);
        if (before == NULL || before->n == NO_COUNT || of->n == NO_COUNT)
            continue;
        int64_t more = of->n - before->n;
        if (more != 0 && more < k && more > -k)
            return of;
    }
    return NULL;
}
