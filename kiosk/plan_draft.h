#pragma once
/* plan_draft.h: a plan as it stands in the file: every value with its place, references
   still by id. plan_shapes.c has the format's keys, plan_rules.c the checks across
   entries, plan_build.c turns a draft without a mistake into a struct plan. */
#include "kiosk/plan.h"
#include "kiosk/plan_values.h"

struct draft_wording {
    struct value is;
    struct text_value in[LANGUAGE_COUNT];
};

struct draft_named { /* a unit, a centre, an option */
    struct value is;
    struct text_value id;
    struct draft_wording name;
};

struct draft_item {
    struct value is;
    struct text_value id;
    struct number_value kind; /* enum item_kind */
    struct draft_wording text;
    struct number_value counts;
    struct number_value required;
    struct number_value unknown;
    struct number_value many;
    struct number_value max;
    struct text_value supports;
    struct when_value when;
    struct list_value options; /* draft_named */
};

struct draft_questionnaire {
    struct value is;
    struct text_value id;
    struct list_value items; /* draft_item */
};

struct draft_subject {
    struct value is;
    struct text_value id;
    struct draft_wording name;
    struct text_value unit;
};

struct draft_indicator {
    struct value is;
    struct text_value id;
    struct draft_wording name;
    struct number_value kind; /* enum indicator_kind */
    struct number_value target;
    struct number_value measure; /* enum measure */
    struct number_value confidence;
    struct number_value points;
    struct list_value weights;    /* number_value */
    struct list_value programmes; /* text_value */
    struct list_value subjects;   /* draft_subject */
    struct number_value appraisers;
};

struct draft_wave {
    struct value is;
    struct text_value id;
    struct number_value opens;
    struct number_value closes;
    struct number_value population;
};

struct draft_programme {
    struct value is;
    struct text_value id;
    struct draft_wording name;
    struct text_value questionnaire;
    struct text_value group;
    struct number_value grain; /* enum grain */
    struct text_value unit;
    struct list_value centres;   /* text_value */
    struct number_value answers; /* enum answers */
    struct number_value coded_only;
    struct list_value waves; /* draft_wave */
};

struct draft_flags {
    struct value is;
    struct number_value tablet;
    struct number_value poster;
    struct number_value minutes;
    struct number_value fast;
    struct number_value streak;
};

struct draft_plan {
    struct value is;
    struct number_value manyi;
    struct number_value year;
    struct draft_wording organisation;
    struct number_value grace;
    struct number_value k;
    struct draft_flags flags;
    struct hours_value hours;
    struct list_value units;          /* draft_named */
    struct list_value centres;        /* draft_named */
    struct list_value questionnaires; /* draft_questionnaire */
    struct list_value indicators;     /* draft_indicator */
    struct list_value programmes;     /* draft_programme */
};

/* The keys of a plan; static. */
extern const struct plan_shape draft_plan_shape;

/* Checks what no single value shows, and reports it. */
void draft_check(const struct draft_plan *draft, struct problems *problems);

/* A plan of a draft in which nothing was wrong; NULL when the arena is full. */
struct plan *draft_build(struct arena *arena, const struct draft_plan *draft);
