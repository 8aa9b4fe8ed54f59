#pragma once
/* plan_rules.h: what the checks across entries share. plan_rules.c has those of the plan,
   its indicators and its references, plan_rules_items.c those of questionnaires,
   plan_rules_waves.c those of waves. */
#include "kiosk/plan_draft.h"

/* A key that goes with some kinds only: bit sets of kinds. */
struct kind_rule {
    const char *key;
    size_t offset;
    unsigned allowed;
    unsigned needed;
};

struct kind_rules {
    const struct kind_rule *rule;
    size_t count;
    const char *words[3]; /* of the kinds */
    const char *refusal;  /* {1} the key, {2} the kind's word */
};

bool rules_is_good(const struct value *value);
struct text rules_number(struct problems *problems, int64_t number);

/* Ids of one list differ. */
void rules_check_ids(
    struct problems *problems, const struct list_value *list, size_t size);
/* Keys that do not go with the kind, and those that it needs. */
void rules_check_kind(struct problems *problems, const struct kind_rules *rules,
    const void *entry, struct place at, int64_t kind);

void rules_check_questionnaire(
    struct problems *problems, const struct draft_questionnaire *questionnaire);
void rules_check_waves(struct problems *problems, const struct draft_plan *draft,
    const struct draft_programme *programme);
