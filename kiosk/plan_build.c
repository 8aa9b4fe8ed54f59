/* plan_build.c: a draft without a mistake becomes a plan: references become indices,
   what was left out gets its default, waves come in order of opening. */
#include "kiosk/plan_draft.h"

#include <string.h>

enum {
    GRACE_DAYS = 14,
    SMALLEST_GROUP = 10,
    FLAG_TABLET = 60,
    FLAG_POSTER = 120,
    FLAG_MINUTES = 10,
    FLAG_FAST_SECONDS = 1,
    FLAG_STREAK = 100,
    HOURS_FROM = 5 * 60,
    HOURS_TO = 24 * 60,
    CONFIDENCE_BP = 9500,
    POINTS_CP = 1000,
    COMMENT_CHARACTERS = 200
};

struct build {
    struct arena *arena;
    const struct draft_plan *draft;
    struct plan *plan;
    bool is_full;
};

static void *take(struct build *build, size_t count, size_t size)
{
    void *taken = arena_take_array(build->arena, count, size);
    build->is_full |= taken == NULL;
    return taken;
}

static struct wording wording_of(const struct draft_wording *draft)
{
    struct wording wording;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        wording.in[i] = draft->in[i].text;
    return wording;
}

static int64_t or_default(const struct number_value *value, int64_t otherwise)
{
    return value->is.state == VALUE_GOOD ? value->number : otherwise;
}

static size_t find_named(const struct list_value *list, struct text id)
{
    const struct draft_named *named = list->entries;
    for (size_t i = 0; i < list->count; i++)
        if (text_equals(named[i].id.text, id))
            return i;
    return PLAN_NONE;
}

static size_t find_programme(const struct draft_plan *draft, struct text id)
{
    const struct draft_programme *programmes = draft->programmes.entries;
    size_t at = 0;
    while (!text_equals(programmes[at].id.text, id))
        at++;
    return at;
}

static size_t find_questionnaire(const struct draft_plan *draft, struct text id)
{
    const struct draft_questionnaire *questionnaires = draft->questionnaires.entries;
    size_t at = 0;
    while (!text_equals(questionnaires[at].id.text, id))
        at++;
    return at;
}

static size_t find_unit(const struct draft_plan *draft, const struct text_value *unit)
{
    return unit->is.state == VALUE_GOOD ? find_named(&draft->units, unit->text)
                                        : PLAN_NONE;
}

/* ---- units, centres ---- */

static void build_units(struct build *build)
{
    const struct draft_named *draft = build->draft->units.entries;
    size_t count = build->draft->units.count;
    struct plan_unit *units = take(build, count, sizeof *units);
    for (size_t i = 0; i < count && units != NULL; i++)
        units[i] = (struct plan_unit){draft[i].id.text, wording_of(&draft[i].name)};
    build->plan->units = units;
    build->plan->unit_count = count;
}

static void build_centres(struct build *build)
{
    const struct draft_named *draft = build->draft->centres.entries;
    size_t count = build->draft->centres.count;
    struct plan_centre *centres = take(build, count, sizeof *centres);
    for (size_t i = 0; i < count && centres != NULL; i++)
        centres[i] = (struct plan_centre){draft[i].id.text, wording_of(&draft[i].name)};
    build->plan->centres = centres;
    build->plan->centre_count = count;
}

/* ---- questionnaires ---- */

static void build_options(
    struct build *build, const struct list_value *draft, struct plan_item *item)
{
    const struct draft_named *from = draft->entries;
    struct plan_option *options = take(build, draft->count, sizeof *options);
    for (size_t i = 0; i < draft->count && options != NULL; i++)
        options[i] = (struct plan_option){from[i].id.text, wording_of(&from[i].name)};
    item->options = options;
    item->option_count = draft->count;
}

static size_t find_item(const struct draft_item *items, struct text id)
{
    size_t at = 0;
    while (!text_equals(items[at].id.text, id))
        at++;
    return at;
}

static void build_item(struct build *build, const struct draft_item *items,
    const struct draft_item *from, struct plan_item *item)
{
    bool has_when = from->when.is.state == VALUE_GOOD;
    *item = (struct plan_item){
        .id = from->id.text,
        .kind = (enum item_kind)from->kind.number,
        .text = wording_of(&from->text),
        .counts = from->counts.number != 0,
        .required = or_default(&from->required, from->counts.number) != 0,
        .unknown = from->unknown.number != 0,
        .many = from->many.number != 0,
        .max = from->kind.number == ITEM_TEXT
                   ? (unsigned)or_default(&from->max, COMMENT_CHARACTERS)
                   : 0,
        .supports = from->supports.text,
        .when_item = has_when ? find_item(items, from->when.item) : PLAN_NONE,
        .when_level = from->when.level,
    };
    build_options(build, &from->options, item);
}

static void build_items(struct build *build, const struct list_value *draft,
    struct plan_questionnaire *questionnaire)
{
    const struct draft_item *from = draft->entries;
    struct plan_item *items = take(build, draft->count, sizeof *items);
    for (size_t i = 0; i < draft->count && items != NULL; i++) {
        build_item(build, from, &from[i], &items[i]);
        if (items[i].counts)
            questionnaire->overall = i;
    }
    questionnaire->items = items;
    questionnaire->item_count = draft->count;
}

static void build_questionnaires(struct build *build)
{
    const struct draft_questionnaire *from = build->draft->questionnaires.entries;
    size_t count = build->draft->questionnaires.count;
    struct plan_questionnaire *questionnaires =
        take(build, count, sizeof *questionnaires);
    for (size_t i = 0; i < count && questionnaires != NULL; i++) {
        questionnaires[i].id = from[i].id.text;
        build_items(build, &from[i].items, &questionnaires[i]);
    }
    build->plan->questionnaires = questionnaires;
    build->plan->questionnaire_count = count;
}

/* ---- indicators ---- */

static void build_weights(const struct list_value *draft, int weights[LEVEL_COUNT])
{
    static const int usual[LEVEL_COUNT] = {100, 80, 60, 30, 0};
    const struct number_value *given = draft->entries;
    for (int i = 0; i < LEVEL_COUNT; i++)
        weights[i] = draft->count > 0 ? (int)given[i].number : usual[i];
}

static void build_subjects(
    struct build *build, const struct list_value *draft, struct plan_indicator *indicator)
{
    const struct draft_subject *from = draft->entries;
    struct plan_subject *subjects = take(build, draft->count, sizeof *subjects);
    for (size_t i = 0; i < draft->count && subjects != NULL; i++)
        subjects[i] = (struct plan_subject){from[i].id.text, wording_of(&from[i].name),
            find_unit(build->draft, &from[i].unit)};
    indicator->subjects = subjects;
    indicator->subject_count = draft->count;
}

static void build_indicator(struct build *build, const struct draft_indicator *from,
    struct plan_indicator *indicator)
{
    const struct text_value *ids = from->programmes.entries;
    size_t count = from->programmes.count;
    bool is_rating = from->kind.number == INDICATOR_RATING;
    *indicator = (struct plan_indicator){
        .id = from->id.text,
        .name = wording_of(&from->name),
        .kind = (enum indicator_kind)from->kind.number,
        .target_bp = (int)from->target.number,
        .measure = (enum measure)from->measure.number,
        .confidence_bp = (int)or_default(&from->confidence, CONFIDENCE_BP),
        .points_cp = (int)or_default(&from->points, POINTS_CP),
        .programmes = take(build, count, sizeof *indicator->programmes),
        .programme_count = count,
        .appraisers = is_rating ? 0 : from->appraisers.number,
    };
    for (size_t i = 0; i < count && indicator->programmes != NULL; i++)
        indicator->programmes[i] = find_programme(build->draft, ids[i].text);
    build_weights(&from->weights, indicator->weights);
    build_subjects(build, &from->subjects, indicator);
}

static void build_indicators(struct build *build)
{
    const struct draft_indicator *from = build->draft->indicators.entries;
    size_t count = build->draft->indicators.count;
    struct plan_indicator *indicators = take(build, count, sizeof *indicators);
    for (size_t i = 0; i < count && indicators != NULL; i++)
        build_indicator(build, &from[i], &indicators[i]);
    build->plan->indicators = indicators;
    build->plan->indicator_count = count;
}

/* ---- programmes ---- */

/* By opening; insertion, since files have them in order. */
static void sort_waves(struct plan_wave *waves, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct plan_wave moving = waves[i];
        size_t at = i;
        for (; at > 0 && moving.opens < waves[at - 1].opens; at--)
            waves[at] = waves[at - 1];
        waves[at] = moving;
    }
}

static void build_waves(
    struct build *build, const struct list_value *draft, struct plan_programme *programme)
{
    const struct draft_wave *from = draft->entries;
    struct plan_wave *waves = take(build, draft->count, sizeof *waves);
    if (waves == NULL)
        return;
    for (size_t i = 0; i < draft->count; i++)
        waves[i] = (struct plan_wave){from[i].id.text, (day_t)from[i].opens.number,
            (day_t)from[i].closes.number, or_default(&from[i].population, -1)};
    sort_waves(waves, draft->count);
    programme->waves = waves;
    programme->wave_count = draft->count;
}

/* The programme's own centres, or all. */
static void build_own_centres(
    struct build *build, const struct list_value *draft, struct plan_programme *programme)
{
    const struct text_value *ids = draft->entries;
    size_t count = draft->count > 0 ? draft->count : build->plan->centre_count;
    size_t *centres = take(build, count, sizeof *centres);
    for (size_t i = 0; i < count && centres != NULL; i++)
        centres[i] =
            draft->count > 0 ? find_named(&build->draft->centres, ids[i].text) : i;
    programme->centres = centres;
    programme->centre_count = count;
}

static void build_programme(struct build *build, const struct draft_programme *from,
    struct plan_programme *programme)
{
    *programme = (struct plan_programme){
        .id = from->id.text,
        .name = wording_of(&from->name),
        .questionnaire = find_questionnaire(build->draft, from->questionnaire.text),
        .unit = find_unit(build->draft, &from->unit),
        .group = from->group.text,
        .grain = (enum grain)or_default(&from->grain, GRAIN_WAVE),
        .answers = (enum answers)from->answers.number,
        .coded_only = from->coded_only.number != 0,
    };
    build_waves(build, &from->waves, programme);
    build_own_centres(build, &from->centres, programme);
}

static void build_programmes(struct build *build)
{
    const struct draft_programme *from = build->draft->programmes.entries;
    size_t count = build->draft->programmes.count;
    struct plan_programme *programmes = take(build, count, sizeof *programmes);
    for (size_t i = 0; i < count && programmes != NULL; i++)
        build_programme(build, &from[i], &programmes[i]);
    build->plan->programmes = programmes;
    build->plan->programme_count = count;
}

/* Programmes learn which indicator counts them, and take its id for their group. */
static void link_programmes(struct plan *plan)
{
    for (size_t i = 0; i < plan->indicator_count; i++) {
        const struct plan_indicator *indicator = &plan->indicators[i];
        for (size_t j = 0; j < indicator->programme_count; j++) {
            struct plan_programme *programme =
                &plan->programmes[indicator->programmes[j]];
            programme->indicator = i;
            if (programme->group.len == 0)
                programme->group = indicator->id;
        }
    }
}

/* ---- flags ---- */

static void build_flags(const struct draft_plan *draft, struct plan *plan)
{
    const struct draft_flags *from = &draft->flags;
    bool has_hours = draft->hours.is.state == VALUE_GOOD;
    plan->flags = (struct plan_flags){
        .tablet = (int)or_default(&from->tablet, FLAG_TABLET),
        .poster = (int)or_default(&from->poster, FLAG_POSTER),
        .minutes = (int)or_default(&from->minutes, FLAG_MINUTES),
        .fast = (int)or_default(&from->fast, FLAG_FAST_SECONDS),
        .streak = (int)or_default(&from->streak, FLAG_STREAK),
    };
    plan->hours = (struct plan_hours){
        .from = has_hours ? draft->hours.from : HOURS_FROM,
        .to = has_hours ? draft->hours.to : HOURS_TO,
    };
}

struct plan *draft_build(struct arena *arena, const struct draft_plan *draft)
{
    struct build build = {.arena = arena, .draft = draft};
    build.plan = take(&build, 1, sizeof *build.plan);
    if (build.is_full)
        return NULL;
    build.plan->year = (int)draft->year.number;
    build.plan->organisation = wording_of(&draft->organisation);
    build.plan->grace_days = (int)or_default(&draft->grace, GRACE_DAYS);
    build.plan->k = (int)or_default(&draft->k, SMALLEST_GROUP);
    build_flags(draft, build.plan);
    build_units(&build);
    build_centres(&build);
    build_questionnaires(&build);
    build_indicators(&build);
    build_programmes(&build);
    if (build.is_full)
        return NULL;
    link_programmes(build.plan);
    return build.plan;
}
