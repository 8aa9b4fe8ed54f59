/* plan_rules_items.c: the items of a questionnaire: which of them counts, which keys go
   with which kind, and conditions that point back. */
#include "kiosk/plan_rules.h"

#include "kiosk/language.h"
#include "kiosk/plan_spell.h"

enum {
    RATING = 1U << ITEM_RATING,
    CHOICE = 1U << ITEM_CHOICE,
    FREE_TEXT = 1U << ITEM_TEXT
};

static const struct kind_rule item_rules[] = {
    {"counts", offsetof(struct draft_item, counts), RATING, 0},
    {"unknown", offsetof(struct draft_item, unknown), RATING, 0},
    {"supports", offsetof(struct draft_item, supports), RATING | CHOICE, 0},
    {"many", offsetof(struct draft_item, many), CHOICE, 0},
    {"options", offsetof(struct draft_item, options), CHOICE, CHOICE},
    {"max", offsetof(struct draft_item, max), FREE_TEXT, 0},
};

static const struct kind_rules item_kinds = {
    .rule = item_rules,
    .count = sizeof item_rules / sizeof *item_rules,
    .words = {"rating", "choice", "text"},
    .refusal = N_("“{1}” does not go with an item of kind {2}. Leave it out."),
};

static bool is_rating(const struct draft_item *item)
{
    return rules_is_good(&item->kind.is) && item->kind.number == ITEM_RATING;
}

static size_t find_item(const struct draft_questionnaire *questionnaire, struct text id)
{
    const struct draft_item *items = questionnaire->items.entries;
    for (size_t i = 0; i < questionnaire->items.count; i++)
        if (text_equals(items[i].id.text, id))
            return i;
    return PLAN_NONE;
}

static void report_when(struct problems *problems, const struct draft_item *item,
    const char *message, struct text did_you_mean)
{
    source_report(problems, item->when.is.at,
        (struct problem){.field = TEXT("when"),
            .message = message,
            .argument = {value_excerpt(problems->arena, item->when.item)},
            .did_you_mean = did_you_mean});
}

/* “over <= 2” may mean “overall <= 2”. */
static struct text condition_meant(struct problems *problems,
    const struct draft_questionnaire *questionnaire, size_t before)
{
    const struct draft_item *items = questionnaire->items.entries;
    struct spelling spelling = spelling_of(items[before].when.item);
    for (size_t i = 0; i < before; i++)
        if (is_rating(&items[i]) || !rules_is_good(&items[i].kind.is))
            spelling_try(&spelling, items[i].id.text);
    return spelling.best.len == 0
               ? ((struct text){0})
               : text_format(problems->arena, "%.*s <= %d", TEXT_ARG(spelling.best),
                     items[before].when.level);
}

static void check_when(struct problems *problems,
    const struct draft_questionnaire *questionnaire, size_t index)
{
    const struct draft_item *items = questionnaire->items.entries;
    const struct draft_item *item = &items[index];
    if (!rules_is_good(&item->when.is))
        return;
    size_t on = find_item(questionnaire, item->when.item);
    if (on == PLAN_NONE)
        report_when(problems, item,
            N_("There is no item “{1}” in this questionnaire. Write the id of an earlier "
               "rating."),
            condition_meant(problems, questionnaire, index));
    else if (on >= index)
        report_when(problems, item,
            N_("A condition looks back, and “{1}” does not stand before this item. Move "
               "it up, or name an earlier rating."),
            (struct text){0});
    else if (!is_rating(&items[on]) && rules_is_good(&items[on].kind.is))
        report_when(problems, item,
            N_("“{1}” is not a rating, so it has no level. Name an earlier rating."),
            condition_meant(problems, questionnaire, index));
    if (item->counts.number != 0)
        report_when(problems, item,
            N_("The item that counts is shown to everybody. Leave “when” out."),
            (struct text){0});
}

/* Exactly one rating makes the figure. */
static void check_counts(
    struct problems *problems, const struct draft_questionnaire *questionnaire)
{
    const struct draft_item *items = questionnaire->items.entries;
    const struct draft_item *first = NULL;
    bool is_sure = rules_is_good(&questionnaire->items.is);
    for (size_t i = 0; i < questionnaire->items.count; i++) {
        bool counts = rules_is_good(&items[i].counts.is) && items[i].counts.number != 0;
        is_sure &= rules_is_good(&items[i].is) && items[i].counts.is.state != VALUE_WRONG;
        if (counts && first != NULL)
            source_report(problems, items[i].counts.is.at,
                (struct problem){.field = TEXT("counts"),
                    .message = N_("A second item counts here; “{1}” did before. One "
                                  "rating makes the figure: leave “counts” out of the "
                                  "other."),
                    .argument = {first->id.text}});
        else if (counts)
            first = &items[i];
    }
    if (first == NULL && is_sure)
        source_report(problems, questionnaire->items.is.at,
            (struct problem){.field = TEXT("counts"),
                .message = N_("No item of the questionnaire “{1}” counts. Add “counts: "
                              "true” to the rating that makes the figure."),
                .argument = {questionnaire->id.text}});
}

void rules_check_questionnaire(
    struct problems *problems, const struct draft_questionnaire *questionnaire)
{
    const struct draft_item *items = questionnaire->items.entries;
    rules_check_ids(problems, &questionnaire->items, sizeof *items);
    for (size_t i = 0; i < questionnaire->items.count; i++) {
        if (rules_is_good(&items[i].kind.is))
            rules_check_kind(
                problems, &item_kinds, &items[i], items[i].is.at, items[i].kind.number);
        rules_check_ids(problems, &items[i].options, sizeof(struct draft_named));
        check_when(problems, questionnaire, i);
    }
    check_counts(problems, questionnaire);
}
