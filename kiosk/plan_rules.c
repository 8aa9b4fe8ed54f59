/* plan_rules.c: what no single value of a plan shows: ids that are used twice or point
   nowhere, keys that do not go with a kind, dates that collide, programmes that no
   indicator or two of them count. What was reported before is left alone. */
#include "kiosk/plan_draft.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"
#include "kiosk/plan_rules.h"
#include "kiosk/plan_spell.h"

/* ---- ids and references ---- */

/* Every entry with an id begins like this. */
struct draft_entry {
    struct value is;
    struct text_value id;
};

static const struct draft_entry *entry_at(
    const struct list_value *list, size_t size, size_t index)
{
    return (const void *)((const char *)list->entries + index * size);
}

struct text rules_number(struct problems *problems, int64_t number)
{
    return text_format(problems->arena, "%lld", (long long)number);
}

bool rules_is_good(const struct value *value)
{
    return value->state == VALUE_GOOD;
}

void rules_check_ids(
    struct problems *problems, const struct list_value *list, size_t size)
{
    for (size_t i = 1; i < list->count; i++) {
        const struct text_value *id = &entry_at(list, size, i)->id;
        for (size_t j = 0; j < i && rules_is_good(&id->is); j++) {
            const struct text_value *first = &entry_at(list, size, j)->id;
            if (!text_equals(first->text, id->text) || !rules_is_good(&first->is))
                continue;
            source_report(problems, id->is.at,
                (struct problem){.field = TEXT("id"),
                    .message = N_("The id “{1}” is used twice, first in line {2}. Give "
                                  "one of them another id."),
                    .argument = {id->text, rules_number(problems, first->is.at.line)}});
            break;
        }
    }
}

/* Where an id must be found. */
struct reference_rule {
    const struct list_value *list; /* of entries with an id */
    size_t size;                   /* of an entry */
    const char *key;               /* under which the reference stands */
    const char *message;           /* if there is none: {1} is the id */
};

static size_t find_entry(const struct reference_rule *rule, struct text id)
{
    for (size_t i = 0; i < rule->list->count; i++)
        if (text_equals(entry_at(rule->list, rule->size, i)->id.text, id))
            return i;
    return PLAN_NONE;
}

/* The entry whose id is nearest to a misspelt one, or PLAN_NONE. */
static size_t find_near(const struct reference_rule *rule, struct text id)
{
    struct spelling spelling = spelling_of(id);
    for (size_t i = 0; i < rule->list->count; i++)
        spelling_try(&spelling, entry_at(rule->list, rule->size, i)->id.text);
    return spelling.best.len == 0 ? PLAN_NONE : find_entry(rule, spelling.best);
}

/* The entry with the id, or the one that a misspelt id means. */
static size_t find_meant(
    const struct problems *problems, const struct reference_rule *rule, struct text id)
{
    size_t found = find_entry(rule, id);
    bool is_worth_it = found == PLAN_NONE && problems->count < PROBLEMS_MAX;
    return is_worth_it ? find_near(rule, id) : found;
}

static void check_reference(struct problems *problems, const struct reference_rule *rule,
    const struct text_value *reference)
{
    if (!rules_is_good(&reference->is) || rule->list->is.state == VALUE_WRONG ||
        problems->count == PROBLEMS_MAX || find_entry(rule, reference->text) != PLAN_NONE)
        return;
    size_t near = find_near(rule, reference->text);
    const struct draft_entry *meant =
        near == PLAN_NONE ? NULL : entry_at(rule->list, rule->size, near);
    if (meant != NULL && !rules_is_good(&meant->id.is)) /* that id was reported */
        return;
    source_report(problems, reference->is.at,
        (struct problem){.field = text_of(rule->key),
            .message = rule->message,
            .argument = {value_excerpt(problems->arena, reference->text)},
            .did_you_mean = meant == NULL ? ((struct text){0}) : meant->id.text});
}

/* Each entry of a list of references, once. */
static void check_references(struct problems *problems, const struct reference_rule *rule,
    const struct list_value *references)
{
    const struct text_value *ids = references->entries;
    for (size_t i = 0; i < references->count; i++) {
        check_reference(problems, rule, &ids[i]);
        for (size_t j = 0; j < i && rules_is_good(&ids[i].is); j++) {
            if (!text_equals(ids[j].text, ids[i].text))
                continue;
            source_report(problems, ids[i].is.at,
                (struct problem){.field = text_of(rule->key),
                    .message = N_("“{1}” stands twice in this list. Remove one of them."),
                    .argument = {value_excerpt(problems->arena, ids[i].text)}});
            break;
        }
    }
}

void rules_check_kind(struct problems *problems, const struct kind_rules *rules,
    const void *entry, struct place at, int64_t kind)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct kind_rule *rule = &rules->rule[i];
        const struct value *value = (const void *)((const char *)entry + rule->offset);
        bool is_there = value->state != VALUE_ABSENT;
        if (is_there && (rule->allowed & 1U << kind) == 0)
            source_report(problems, value->at,
                (struct problem){.field = text_of(rule->key),
                    .message = rules->refusal,
                    .argument = {text_of(rule->key), text_of(rules->words[kind])}});
        if (!is_there && (rule->needed & 1U << kind) != 0)
            source_report(problems, at,
                (struct problem){.field = text_of(rule->key),
                    .message = N_("“{1}” is missing in this entry. Add it."),
                    .argument = {text_of(rule->key)}});
    }
}

/* ---- indicators ---- */

enum { RATING = 1U << INDICATOR_RATING, APPRAISAL = 1U << INDICATOR_APPRAISAL };

static const struct kind_rule indicator_rules[] = {
    {"target", offsetof(struct draft_indicator, target), RATING, RATING},
    {"measure", offsetof(struct draft_indicator, measure), RATING, RATING},
    {"programmes", offsetof(struct draft_indicator, programmes), RATING, RATING},
    {"confidence", offsetof(struct draft_indicator, confidence), RATING, 0},
    {"weights", offsetof(struct draft_indicator, weights), RATING, 0},
    {"subjects", offsetof(struct draft_indicator, subjects), APPRAISAL, APPRAISAL},
    {"appraisers", offsetof(struct draft_indicator, appraisers), APPRAISAL, APPRAISAL},
};

static const struct kind_rules indicator_kinds = {
    .rule = indicator_rules,
    .count = sizeof indicator_rules / sizeof *indicator_rules,
    .words = {"rating", "appraisal"},
    .refusal = N_("“{1}” does not go with an indicator of kind {2}. Leave it out."),
};

static void check_weights(struct problems *problems, const struct list_value *weights)
{
    const struct number_value *weight = weights->entries;
    bool falls = weights->count == LEVEL_COUNT;
    for (size_t i = 0; i < weights->count; i++)
        if (!rules_is_good(&weight[i].is))
            return;
    for (size_t i = 1; falls && i < LEVEL_COUNT; i++)
        falls = weight[i].number <= weight[i - 1].number;
    if (rules_is_good(&weights->is) &&
        (!falls || weight[0].number == weight[LEVEL_COUNT - 1].number))
        source_report(problems, weights->is.at,
            (struct problem){.field = TEXT("weights"),
                .message = N_("Weights are five numbers that fall from level 5 to level "
                              "1, like [100, 80, 60, 30, 0].")});
}

/* ---- rules of the whole plan ---- */

struct references {
    struct reference_rule unit;
    struct reference_rule centre;
    struct reference_rule questionnaire;
    struct reference_rule programme;
};

static void check_indicator(struct problems *problems, const struct references *to,
    const struct draft_indicator *indicator)
{
    const struct draft_subject *subjects = indicator->subjects.entries;
    if (indicator->is.state == VALUE_GOOD && indicator->kind.is.state != VALUE_WRONG)
        rules_check_kind(problems, &indicator_kinds, indicator, indicator->is.at,
            indicator->kind.number);
    check_weights(problems, &indicator->weights);
    check_references(problems, &to->programme, &indicator->programmes);
    rules_check_ids(problems, &indicator->subjects, sizeof *subjects);
    for (size_t i = 0; i < indicator->subjects.count; i++)
        check_reference(problems, &to->unit, &subjects[i].unit);
}

static void check_programme(struct problems *problems, const struct references *to,
    const struct draft_plan *draft, const struct draft_programme *programme)
{
    check_reference(problems, &to->questionnaire, &programme->questionnaire);
    check_reference(problems, &to->unit, &programme->unit);
    check_references(problems, &to->centre, &programme->centres);
    rules_check_ids(problems, &programme->waves, sizeof(struct draft_wave));
    rules_check_waves(problems, draft, programme);
}

/* Notes that the indicator counts what the reference means, and reports the second one
   that does. */
static void count_programme(struct problems *problems, const struct reference_rule *to,
    const struct draft_indicator *indicator, const struct text_value *reference,
    const struct draft_indicator **counted_by)
{
    size_t index = rules_is_good(&reference->is)
                       ? find_meant(problems, to, reference->text)
                       : PLAN_NONE;
    if (index == PLAN_NONE)
        return;
    const struct draft_indicator *first = counted_by[index];
    if (first != NULL && first != indicator)
        source_report(problems, reference->is.at,
            (struct problem){.field = TEXT("programmes"),
                .message =
                    N_("Two indicators count the programme “{1}”: “{2}” and “{3}”. "
                       "A programme belongs to one; remove it from the other."),
                .argument = {reference->text, first->id.text, indicator->id.text}});
    counted_by[index] = first != NULL ? first : indicator;
}

/* A programme belongs to exactly one indicator. */
static void check_counted(struct problems *problems, const struct reference_rule *to,
    const struct draft_plan *draft)
{
    const struct draft_indicator *counted_by[PLAN_PROGRAMMES_MAX] = {NULL};
    const struct draft_indicator *indicators = draft->indicators.entries;
    bool is_sure = draft->indicators.is.state == VALUE_GOOD;
    for (size_t i = 0; i < draft->indicators.count; i++) {
        const struct text_value *ids = indicators[i].programmes.entries;
        is_sure &= indicators[i].programmes.is.state != VALUE_WRONG;
        for (size_t j = 0; j < indicators[i].programmes.count; j++)
            count_programme(problems, to, &indicators[i], &ids[j], counted_by);
    }
    for (size_t i = 0; i < to->list->count; i++) {
        const struct text_value *id = &entry_at(to->list, to->size, i)->id;
        if (counted_by[i] == NULL && is_sure && rules_is_good(&id->is))
            source_report(problems, id->is.at,
                (struct problem){.field = TEXT("programmes"),
                    .message =
                        N_("No indicator counts the programme “{1}”. Add it to the "
                           "“programmes” of one indicator."),
                    .argument = {id->text}});
    }
}

void draft_check(const struct draft_plan *draft, struct problems *problems)
{
    const struct references to = {
        .unit = {&draft->units, sizeof(struct draft_named), "unit",
            N_("There is no unit “{1}” in this plan. Correct the id, or add the unit to "
               "“units”.")},
        .centre = {&draft->centres, sizeof(struct draft_named), "centres",
            N_("There is no centre “{1}” in this plan. Correct the id, or add the centre "
               "to “centres”.")},
        .questionnaire = {&draft->questionnaires, sizeof(struct draft_questionnaire),
            "questionnaire",
            N_("There is no questionnaire “{1}” in this plan. Correct the id, or add the "
               "questionnaire.")},
        .programme = {&draft->programmes, sizeof(struct draft_programme), "programmes",
            N_("There is no programme “{1}” in this plan. Correct the id, or add the "
               "programme.")},
    };
    const struct draft_indicator *indicators = draft->indicators.entries;
    const struct draft_programme *programmes = draft->programmes.entries;
    const struct draft_questionnaire *questionnaires = draft->questionnaires.entries;

    rules_check_ids(problems, &draft->units, to.unit.size);
    rules_check_ids(problems, &draft->centres, to.centre.size);
    rules_check_ids(problems, &draft->questionnaires, to.questionnaire.size);
    rules_check_ids(problems, &draft->indicators, sizeof *indicators);
    rules_check_ids(problems, &draft->programmes, to.programme.size);
    for (size_t i = 0; i < draft->questionnaires.count; i++)
        rules_check_questionnaire(problems, &questionnaires[i]);
    for (size_t i = 0; i < draft->indicators.count; i++)
        check_indicator(problems, &to, &indicators[i]);
    for (size_t i = 0; i < draft->programmes.count; i++)
        check_programme(problems, &to, draft, &programmes[i]);
    check_counted(problems, &to.programme, draft);
}
