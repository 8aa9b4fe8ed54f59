#pragma once
/* plan_text.h: a small plan file for tests, changed in one place at a time. */
#include "kiosk/plan_yaml.h"

#include <string.h>

enum { PLAN_TEXT_ARENA = 16 * 1048576 };

static const char plan_text_base[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: 总工会, en: Federation}\n"
    "units: [{id: hall, name: {zh: 大厅, en: Hall}}]\n"
    "centres:\n" /* line 5 */
    "  - {id: yueyang, name: {zh: 岳阳, en: Yueyang}}\n"
    "  - {id: fangsong, name: {zh: 方松, en: Fangsong}}\n"
    "questionnaires:\n"
    "  - id: relief\n"
    "    items:\n" /* line 10 */
    "      - {id: overall, kind: rating, text: {zh: 满意吗？, en: Overall}, counts: "
    "true}\n"
    "      - {id: timely, kind: rating, text: {zh: 及时吗, en: Time}, supports: 及时性}\n"
    "      - id: reasons\n"
    "        kind: choice\n"
    "        when: overall <= 2\n" /* line 15 */
    "        text: {zh: 原因, en: Why}\n"
    "        options: [{id: late, text: {zh: 晚, en: Late}}, {id: less, text: {zh: 少, "
    "en: "
    "Less}}]\n"
    "      - {id: comment, kind: text, max: 200, text: {zh: 说吧, en: Words}}\n"
    "indicators:\n"
    "  - id: relief\n" /* line 20 */
    "    name: {zh: 满意度, en: Satisfaction}\n"
    "    target: 85.00%\n"
    "    measure: top3\n"
    "    confidence: 95%\n"
    "    points: 10\n" /* line 25 */
    "    programmes: [new-year, three-visits]\n"
    "  - id: staff\n"
    "    name: {zh: 评价, en: Appraisal}\n"
    "    kind: appraisal\n"
    "    appraisers: 12\n" /* line 30 */
    "    subjects: [{id: post-1, name: {zh: 岗位, en: Post}, unit: hall}]\n"
    "programmes:\n"
    "  - id: new-year\n"
    "    name: {zh: 元旦春节, en: New Year}\n"
    "    questionnaire: relief\n" /* line 35 */
    "    unit: hall\n"
    "    centres: [yueyang]\n"
    "    answers: invited\n"
    "    coded_only: true\n"
    "    grain: month\n" /* line 40 */
    "    waves:\n"
    "      - {id: spring, opens: 2026-01-12, closes: 2026-03-03, population: 289}\n"
    "  - id: three-visits\n"
    "    name: {zh: 三走, en: Visits}\n"
    "    questionnaire: relief\n" /* line 45 */
    "    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}\n"
    "      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}\n";

/* The small plan with the first find replaced; in the arena. */
static inline struct text plan_text_with(
    struct arena *arena, const char *find, const char *replacement)
{
    const char *at = strstr(plan_text_base, find);
    assert_non_null(at);
    return text_format(arena, "%.*s%s%s", (int)(at - plan_text_base), plan_text_base,
        replacement, at + strlen(find));
}

/* Parses what is right; fails the test otherwise. */
static inline const struct plan *plan_text_parse(struct arena *arena, struct text yaml)
{
    const struct plan *plan = NULL;
    struct problems problems;
    problems_init(&problems, arena);
    enum status status = plan_parse(arena, yaml, &problems, &plan);
    for (size_t i = 0; i < problems.count; i++)
        print_error("%u:%u %s\n", problems.list[i].line, problems.list[i].column,
            problems.list[i].message);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(problems.count, 0);
    return plan;
}
