#pragma once
/* sample.h: a small questionnaire made in C, for tests of the domain: a required overall
   rating with 说不清, a rating, a choice of seven shown for a low overall, a single
   choice and a comment of five characters. Answers are "overall timely reasons(2) paid":
   five characters. */
#include "kiosk/plan.h"

enum { SAMPLE_OVERALL, SAMPLE_TIMELY, SAMPLE_REASONS, SAMPLE_PAID, SAMPLE_COMMENT };

static inline struct plan_questionnaire sample_questionnaire(void)
{
    static struct plan_option reasons[] = {{.id = {"late", 4}}, {.id = {"less", 4}},
        {.id = {"rude", 4}}, {.id = {"far", 3}}, {.id = {"form", 4}}, {.id = {"wait", 4}},
        {.id = {"other", 5}}};
    static struct plan_option paid[] = {{.id = {"cash", 4}}, {.id = {"card", 4}}};
    static struct plan_item items[] = {
        [SAMPLE_OVERALL] = {.id = {"overall", 7},
            .kind = ITEM_RATING,
            .counts = true,
            .required = true,
            .unknown = true,
            .when_item = PLAN_NONE},
        [SAMPLE_TIMELY] = {.id = {"timely", 6},
            .kind = ITEM_RATING,
            .when_item = PLAN_NONE},
        [SAMPLE_REASONS] = {.id = {"reasons", 7},
            .kind = ITEM_CHOICE,
            .many = true,
            .when_item = SAMPLE_OVERALL,
            .when_level = 2,
            .options = reasons,
            .option_count = 7},
        [SAMPLE_PAID] = {.id = {"paid", 4},
            .kind = ITEM_CHOICE,
            .when_item = PLAN_NONE,
            .options = paid,
            .option_count = 2},
        [SAMPLE_COMMENT] = {.id = {"comment", 7},
            .kind = ITEM_TEXT,
            .max = 5,
            .when_item = PLAN_NONE},
    };

    return (struct plan_questionnaire){
        .id = TEXT("sample"), .items = items, .item_count = 5, .overall = SAMPLE_OVERALL};
}
