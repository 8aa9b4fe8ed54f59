/* plan_shapes.c: the format of a plan file as tables: every entry's keys, what they take
   and within which limits. deploy/PLAN.md says what they mean. */
#include "kiosk/plan_draft.h"

#include "kiosk/limits.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SHAPE(type, table)                                                               \
    {                                                                                    \
        .size = sizeof(struct type), .keys = (table), .key_count = COUNT(table)          \
    }
#define AT(type, member) .offset = offsetof(struct type, member)
#define NEEDED .is_needed = true

static const char *const item_kinds[] = {"rating", "choice", "text", NULL};
static const char *const measures[] = {"top2", "top3", "score", NULL};
static const char *const indicator_kinds[] = {"rating", "appraisal", NULL};
static const char *const answers_words[] = {"all", "invited", NULL};
static const char *const grains[] = {"wave", "month", "week", "day", NULL};

static const struct plan_key wording_keys[] = {
    {"zh", KIND_TEXT, NEEDED, AT(draft_wording, in[LANGUAGE_ZH]),
        .max = WORDING_CHARACTERS_MAX},
    {"en", KIND_TEXT, NEEDED, AT(draft_wording, in[LANGUAGE_EN]),
        .max = WORDING_CHARACTERS_MAX},
};
static const struct plan_shape wording = SHAPE(draft_wording, wording_keys);

static const struct plan_key named_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_named, id)},
    {"name", KIND_ENTRY, NEEDED, AT(draft_named, name), .shape = &wording},
};
static const struct plan_shape named = SHAPE(draft_named, named_keys);

static const struct plan_key option_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_named, id)},
    {"text", KIND_ENTRY, NEEDED, AT(draft_named, name), .shape = &wording},
};
static const struct plan_shape option = SHAPE(draft_named, option_keys);

static const struct plan_key item_keys[] = {
    {"id", KIND_ITEM_ID, NEEDED, AT(draft_item, id)},
    {"kind", KIND_WORD, NEEDED, AT(draft_item, kind), .words = item_kinds},
    {"text", KIND_ENTRY, NEEDED, AT(draft_item, text), .shape = &wording},
    {"counts", KIND_FLAG, AT(draft_item, counts)},
    {"required", KIND_FLAG, AT(draft_item, required)},
    {"unknown", KIND_FLAG, AT(draft_item, unknown)},
    {"many", KIND_FLAG, AT(draft_item, many)},
    {"max", KIND_NUMBER, AT(draft_item, max), .min = 1, .max = ITEM_TEXT_MAX},
    {"supports", KIND_TEXT, AT(draft_item, supports), .max = WORDING_CHARACTERS_MAX},
    {"when", KIND_WHEN, AT(draft_item, when)},
    {"options", KIND_LIST, AT(draft_item, options), .max = ITEM_OPTIONS_MAX,
        .of = KIND_ENTRY, .shape = &option},
};
static const struct plan_shape item = SHAPE(draft_item, item_keys);

static const struct plan_key questionnaire_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_questionnaire, id)},
    {"items", KIND_LIST, NEEDED, AT(draft_questionnaire, items),
        .max = QUESTIONNAIRE_ITEMS_MAX, .of = KIND_ENTRY, .shape = &item},
};
static const struct plan_shape questionnaire =
    SHAPE(draft_questionnaire, questionnaire_keys);

static const struct plan_key subject_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_subject, id)},
    {"name", KIND_ENTRY, NEEDED, AT(draft_subject, name), .shape = &wording},
    {"unit", KIND_REFERENCE, AT(draft_subject, unit)},
};
static const struct plan_shape subject = SHAPE(draft_subject, subject_keys);

static const struct plan_key indicator_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_indicator, id)},
    {"name", KIND_ENTRY, NEEDED, AT(draft_indicator, name), .shape = &wording},
    {"kind", KIND_WORD, AT(draft_indicator, kind), .words = indicator_kinds},
    {"target", KIND_TARGET, AT(draft_indicator, target)},
    {"measure", KIND_WORD, AT(draft_indicator, measure), .words = measures},
    {"confidence", KIND_CONFIDENCE, AT(draft_indicator, confidence)},
    {"points", KIND_POINTS, AT(draft_indicator, points), .min = 0, .max = 10000},
    {"weights", KIND_LIST, AT(draft_indicator, weights), .min = -100, .max = 100,
        .of = KIND_NUMBER},
    {"programmes", KIND_LIST, AT(draft_indicator, programmes), .max = PLAN_PROGRAMMES_MAX,
        .of = KIND_REFERENCE},
    {"subjects", KIND_LIST, AT(draft_indicator, subjects), .max = INDICATOR_SUBJECTS_MAX,
        .of = KIND_ENTRY, .shape = &subject},
    {"appraisers", KIND_NUMBER, AT(draft_indicator, appraisers), .min = 1,
        .max = INDICATOR_APPRAISERS_MAX},
};
static const struct plan_shape indicator = SHAPE(draft_indicator, indicator_keys);

static const struct plan_key wave_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_wave, id)},
    {"opens", KIND_DATE, NEEDED, AT(draft_wave, opens)},
    {"closes", KIND_DATE, NEEDED, AT(draft_wave, closes)},
    {"population", KIND_NUMBER, AT(draft_wave, population), .min = 0,
        .max = WAVE_POPULATION_MAX},
};
static const struct plan_shape wave = SHAPE(draft_wave, wave_keys);

static const struct plan_key programme_keys[] = {
    {"id", KIND_ID, NEEDED, AT(draft_programme, id)},
    {"name", KIND_ENTRY, NEEDED, AT(draft_programme, name), .shape = &wording},
    {"questionnaire", KIND_REFERENCE, NEEDED, AT(draft_programme, questionnaire)},
    {"group", KIND_ID, AT(draft_programme, group)},
    {"grain", KIND_WORD, AT(draft_programme, grain), .words = grains},
    {"unit", KIND_REFERENCE, AT(draft_programme, unit)},
    {"centres", KIND_LIST, AT(draft_programme, centres), .max = PLAN_CENTRES_MAX,
        .of = KIND_REFERENCE},
    {"answers", KIND_WORD, AT(draft_programme, answers), .words = answers_words},
    {"coded_only", KIND_FLAG, AT(draft_programme, coded_only)},
    {"waves", KIND_LIST, NEEDED, AT(draft_programme, waves), .max = PROGRAMME_WAVES_MAX,
        .of = KIND_ENTRY, .shape = &wave},
};
static const struct plan_shape programme = SHAPE(draft_programme, programme_keys);

static const struct plan_key flags_keys[] = {
    {"tablet", KIND_NUMBER, AT(draft_flags, tablet), .min = 10, .max = FLAG_ANSWERS_MAX},
    {"poster", KIND_NUMBER, AT(draft_flags, poster), .min = 10, .max = FLAG_ANSWERS_MAX},
    {"minutes", KIND_NUMBER, AT(draft_flags, minutes), .min = 1, .max = FLAG_MINUTES_MAX},
    {"fast", KIND_NUMBER, AT(draft_flags, fast), .min = 0, .max = FLAG_FAST_SECONDS_MAX},
    {"streak", KIND_NUMBER, AT(draft_flags, streak), .min = 10, .max = FLAG_ANSWERS_MAX},
};
static const struct plan_shape flags = SHAPE(draft_flags, flags_keys);

static const struct plan_key plan_keys[] = {
    {"manyi", KIND_NUMBER, NEEDED, AT(draft_plan, manyi), .min = 1, .max = 1},
    {"year", KIND_NUMBER, NEEDED, AT(draft_plan, year), .min = 1900, .max = 2999},
    {"organisation", KIND_ENTRY, NEEDED, AT(draft_plan, organisation), .shape = &wording},
    {"grace", KIND_NUMBER, AT(draft_plan, grace), .min = 0, .max = PLAN_GRACE_DAYS_MAX},
    {"k", KIND_NUMBER, AT(draft_plan, k), .min = 5, .max = 1000},
    {"flags", KIND_ENTRY, AT(draft_plan, flags), .shape = &flags},
    {"hours", KIND_HOURS, AT(draft_plan, hours)},
    {"units", KIND_LIST, AT(draft_plan, units), .max = PLAN_UNITS_MAX, .of = KIND_ENTRY,
        .shape = &named},
    {"centres", KIND_LIST, NEEDED, AT(draft_plan, centres), .max = PLAN_CENTRES_MAX,
        .of = KIND_ENTRY, .shape = &named},
    {"questionnaires", KIND_LIST, NEEDED, AT(draft_plan, questionnaires),
        .max = PLAN_QUESTIONNAIRES_MAX, .of = KIND_ENTRY, .shape = &questionnaire},
    {"indicators", KIND_LIST, NEEDED, AT(draft_plan, indicators),
        .max = PLAN_INDICATORS_MAX, .of = KIND_ENTRY, .shape = &indicator},
    {"programmes", KIND_LIST, NEEDED, AT(draft_plan, programmes),
        .max = PLAN_PROGRAMMES_MAX, .of = KIND_ENTRY, .shape = &programme},
};
const struct plan_shape draft_plan_shape = SHAPE(draft_plan, plan_keys);

#define FITS(table)                                                                      \
    _Static_assert(COUNT(table) <= PLAN_KEYS_MAX, "PLAN_KEYS_MAX is too small")
FITS(item_keys);
FITS(indicator_keys);
FITS(programme_keys);
FITS(plan_keys);
