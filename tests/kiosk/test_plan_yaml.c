/* test_plan_yaml.c: every mistake that a plan file may have: what is said, where, and
   what was probably meant. The last case looks whether each message of the reader was
   seen. */
#include "tests/support/test.h"
#include "tests/support/plan_text.h"

#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* One change to the small plan, and the one problem it makes. */
struct mistake {
    const char *find;
    const char *replacement;
    unsigned line;
    unsigned column;
    const char *message; /* how it begins */
    const char *meant;   /* NULL: no suggestion */
};

enum { SEEN_MAX = 200 };

struct bench {
    struct arena *arena;
    struct problems problems;
    const char *seen[SEEN_MAX]; /* messages, once each */
    size_t seen_count;
};

static void see(struct bench *bench, const char *message)
{
    for (size_t i = 0; i < bench->seen_count; i++)
        if (bench->seen[i] == message)
            return;
    assert_true(bench->seen_count < SEEN_MAX);
    bench->seen[bench->seen_count++] = message;
}

static enum status parse(struct bench *bench, struct text yaml)
{
    const struct plan *plan = NULL;
    problems_init(&bench->problems, bench->arena);
    enum status status = plan_parse(bench->arena, yaml, &bench->problems, &plan);
    for (size_t i = 0; i < bench->problems.count; i++)
        see(bench, bench->problems.list[i].message);
    assert_true((status == STATUS_OK) == (plan != NULL));
    assert_true((status == STATUS_OK) == (bench->problems.count == 0));
    return status;
}

static bool is_as_told(const struct problem *problem, const struct mistake *mistake)
{
    return problem->line == mistake->line && problem->column == mistake->column &&
           strncmp(problem->message, mistake->message, strlen(mistake->message)) == 0 &&
           text_equals(problem->did_you_mean, text_of(mistake->meant));
}

static void print_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        print_error("  got %u:%u %s [%.*s] -> %.*s\n", problem->line, problem->column,
            problem->message, TEXT_ARG(problem->argument[0]),
            TEXT_ARG(problem->did_you_mean));
    }
}

static bool is_expected(
    struct bench *bench, struct text yaml, const struct mistake *mistake)
{
    enum status status = parse(bench, yaml);
    if (status == STATUS_INVALID && bench->problems.count == 1 &&
        is_as_told(&bench->problems.list[0], mistake))
        return true;
    print_error("%s -> %s: expected %u:%u %s -> %s\n", mistake->find,
        mistake->replacement, mistake->line, mistake->column, mistake->message,
        mistake->meant == NULL ? "" : mistake->meant);
    print_problems(&bench->problems);
    return false;
}

static void expect_all(struct bench *bench, const struct mistake *mistakes, size_t count)
{
    unsigned unexpected = 0;
    for (size_t i = 0; i < count; i++) {
        arena_reset(bench->arena);
        struct text yaml =
            plan_text_with(bench->arena, mistakes[i].find, mistakes[i].replacement);
        unexpected += !is_expected(bench, yaml, &mistakes[i]);
    }
    assert_int_equal(unexpected, 0);
}
#define EXPECT_ALL(state, mistakes)                                                      \
    expect_all(*(state), (mistakes), sizeof(mistakes) / sizeof *(mistakes))

static void the_small_plan_has_no_mistake(void **state)
{
    assert_int_equal(parse(*state, text_of(plan_text_base)), STATUS_OK);
}

static void signs_of_a_chinese_keyboard_are_told_and_mended(void **state)
{
    static const char sign[] = "A full-width “{1}”";
    static const struct mistake mistakes[] = {
        {"year: 2026", "year：2026", 2, 5, sign, ":"},
        {"year: 2026", "year ： 2026", 2, 6, sign, ":"},
        {"{zh: 总工会, en", "{zh：总工会, en", 3, 18, sign, ":"},
        {"总工会, en", "总工会，en", 3, 23, sign, ","},
        {"总工会, en", "总工会、 en", 3, 23, sign, ","},
        {"{id: hall, name: {", "{id: hall, name: ｛", 4, 26, sign, "{"},
        {"Hall}}]", "Hall}｝]", 4, 44, sign, "}"},
        {"[new-year, three-visits]", "【new-year, three-visits]", 26, 17, sign, "["},
        {"[new-year, three-visits]", "[new-year, three-visits］", 26, 40, sign, "]"},
        {"[new-year, ", "[new-year，", 26, 26, sign, ","},
        {"Late}}, {", "Late}}；{", 17, 54, sign, ","},
        {"- id: three-visits", "－ id: three-visits", 43, 3, sign, "-"},
        {"year: 2026", "year: 2026\n＃ a comment", 3, 1, sign, "#"},
    };
    EXPECT_ALL(state, mistakes);
}

static void a_quoted_key_may_have_a_full_width_colon_mended(void **state)
{
    static const struct mistake mistakes[] = {
        {"year: 2026", "\"year\"：2026", 2, 7, "A full-width “{1}”", ":"},
        {"year: 2026", "'year'：2026", 2, 7, "A full-width “{1}”", ":"},
    };
    EXPECT_ALL(state, mistakes);
}

static void full_width_signs_inside_texts_are_text(void **state)
{
    static const char *const texts[] = {"您好，请问：满意吗？", "“三走”：好",
        "【重要】请填", "\"甲，en：乙\"", "'a：b，c'", "甲、乙；丙"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        arena_reset(bench->arena);
        struct text yaml = plan_text_with(bench->arena, "zh: 元旦春节",
            text_to_string(bench->arena, text_format(bench->arena, "zh: %s", texts[i])));
        assert_int_equal(parse(bench, yaml), STATUS_OK);
    }
}

static void a_block_text_is_left_alone(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    const struct plan *plan = plan_text_parse(
        bench->arena, plan_text_with(bench->arena, "name: {zh: 元旦春节, en: New Year}",
                          "name:\n      zh: |\n        甲：乙，丙\n\n        year：丁\n  "
                          "    en: New Year"));
    assert_text_equal(plan->programmes[0].name.in[LANGUAGE_ZH], "甲：乙，丙\n\nyear：丁");
}

static void columns_behind_a_mended_sign_are_those_of_the_file(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    struct text yaml =
        plan_text_with(bench->arena, "{id: q1, opens: 2026-01-01, closes: 2026-03-31",
            "{id：q1，opens：2026-01-01，closes：2026-13-31");

    assert_int_equal(parse(bench, yaml), STATUS_INVALID);
    assert_int_equal(bench->problems.count, 6);
    assert_int_equal(bench->problems.list[5].line, 47);
    assert_int_equal(bench->problems.list[5].column, 40);
}

static void spaces_are_told_and_mended(void **state)
{
    static const char space[] = "A full-width space";
    static const char none[] = "There must be a space";
    static const char tabs[] = "Tabs or full-width spaces";
    static const struct mistake mistakes[] = {
        {"year: 2026", "year:2026", 2, 5, none, NULL},
        {"{id: hall", "{id:hall", 4, 12, none, NULL},
        {"year: 2026", "year:　2026", 2, 6, space, NULL},
        {"[new-year, three", "[new-year,　three", 26, 27, space, NULL},
        {"    target: 85.00%", "\t\ttarget: 85.00%", 22, 1, tabs, NULL},
        {"    target: 85.00%", "\ttarget: 85.00%", 22, 1, tabs, NULL},
        {"    target: 85.00%\n    measure: top3", "\ttarget: 85.00%\n\tmeasure: top3", 22,
            1, tabs, NULL},
        {"  - id: three-visits", "\t- id: three-visits", 43, 1, tabs, NULL},
        {"  - id: three-visits", "  -\tid: three-visits", 43, 4, tabs, NULL},
        {"    target: 85.00%", "　　target: 85.00%", 22, 1, tabs, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void blanks_that_mean_nothing_are_no_mistake(void **state)
{
    static const char *const blanks[][2] = {
        {"year: 2026", "year: 2026\n\t\n \t # note\n"}, {"year: 2026", "year:\t2026"},
        {"[new-year, three", "[new-year,\n\t\tthree"}, {"year: 2026", "year: 2026\r\n"},
        {"zh: 元旦春节", "zh: https://a"}};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        arena_reset(bench->arena);
        assert_int_equal(
            parse(bench, plan_text_with(bench->arena, blanks[i][0], blanks[i][1])),
            STATUS_OK);
    }
}

static void keys_are_checked(void **state)
{
    static const char unknown[] = "“{1}” is not a key";
    static const struct mistake mistakes[] = {
        {"centres:", "centers:", 5, 1, unknown, "centres"},
        {"    target: 85", "    taget: 85", 22, 5, unknown, "target"},
        {"    target: 85", "    Target: 85", 22, 5, unknown, "target"},
        {"year: 2026", "year: 2026\ncolour: red", 3, 1, unknown, NULL},
        {"year: 2026", "year: 2026\n<<: {a: b}", 3, 1, unknown, NULL},
        {"year: 2026", "year: 2026\nyear: 2027", 3, 1, "“{1}” stands twice in this entry",
            NULL},
        {"    measure: top3\n", "", 20, 5, "“{1}” is missing in this entry", NULL},
        {"year: 2026\n", "", 1, 1, "“{1}” is missing in this entry", NULL},
        {", en: Hall", "", 4, 26, "“{1}” is missing in this entry", NULL},
        {"\n        options: [{id: late, text: {zh: 晚, en: Late}}, {id: less, text: "
         "{zh: 少, "
         "en: Less}}]",
            "", 13, 9, "“{1}” is missing in this entry", NULL},
        {"    appraisers: 12\n", "", 27, 5, "“{1}” is missing in this entry", NULL},
        {"year: 2026", "year: 2026\n? [a, b]\n: c", 3, 3, "A key must be a single word",
            NULL},
        {"    measure: top3", "    measure:", 23, 13,
            "“{1}” has no value. Write one behind "
            "the colon, or leave",
            NULL},
        {"year: 2026", "year: ~", 2, 7, "“{1}” has no value. Write one behind the colon.",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void forms_of_values_are_checked(void **state)
{
    static const struct mistake mistakes[] = {
        {"[new-year, three-visits]", "three-visits", 26, 17, "“{1}” must be a list",
            NULL},
        {"[yueyang]", "{a: b}", 37, 14, "“{1}” must be a list", NULL},
        {"[yueyang]", "[]", 37, 14, "The list “{1}” is empty", NULL},
        {"[yueyang]", "[yueyang, ~]", 37, 24, "An entry of “{1}” is empty", NULL},
        {"year: 2026", "year: [2026]", 2, 7, "“{1}” takes a single value", NULL},
        {"[yueyang]", "[{id: yueyang}]", 37, 15, "“{1}” takes a single value", NULL},
        {"{zh: 总工会, en: Federation}", "总工会", 3, 15, "An entry with keys is needed",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void ids_are_checked(void **state)
{
    static const char bad[] = "“{1}” cannot be an id";
    static const char twice[] = "The id “{1}” is used twice";
    static const struct mistake mistakes[] = {
        {"id: hall", "id: Hall", 4, 14, bad, "hall"},
        {"{id: q1", "{id: q_1", 47, 14, bad, "q-1"},
        {"{id: q1", "{id: -q1", 47, 14, bad, NULL},
        {"{id: q1", "{id: 一季度", 47, 14, bad, NULL},
        {"{id: timely", "{id: 2nd", 12, 14, "The id of an item begins with a letter",
            NULL},
        {"{id: timely", "{id: submission", 12, 14, "“{1}” is a word that forms", NULL},
        {"{id: timely", "{id: lang", 12, 14, "“{1}” is a word that forms", NULL},
        {"{id: timely", "{id: date", 12, 14, "“{1}” is a word that forms", NULL},
        {"{id: fangsong", "{id: yueyang", 7, 10, twice, NULL},
        {"{id: timely", "{id: overall", 12, 14, twice, NULL},
        {"{id: less", "{id: late", 17, 61, twice, NULL},
        {"{id: q2", "{id: q1", 48, 14, twice, NULL},
        {"id: staff", "id: relief", 27, 9, twice, NULL},
        {"unit: hall}]", "unit: hall}, {id: post-1, name: {zh: 乙, en: B}}]", 31, 73,
            twice, NULL},
        {"en: Hall}}", "en: Hall}}, {id: hall, name: {zh: 乙, en: B}}", 4, 52, twice,
            NULL},
        {"indicators:",
            "  - {id: relief, items: [{id: a, kind: rating, text: {zh: 甲, en: A}, "
            "counts: true}]}\nindicators:",
            19, 10, twice, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void numbers_are_checked(void **state)
{
    static const char whole[] = "“{1}” is not a whole number";
    static const char range[] = "{1} is out of range";
    static const struct mistake mistakes[] = {
        {"population: 289", "population: -5", 42, 73, range, NULL},
        {"population: 289", "population: many", 42, 73, whole, NULL},
        {"population: 289", "population: 289.0", 42, 73, whole, NULL},
        {"population: 289", "population: 289人", 42, 73, whole, "289"},
        {"population: 289", "population: 8,500", 42, 73, whole, "8500"},
        {"population: 289", "population: 2 890", 42, 73, whole, "2890"},
        {"population: 289", "population: 010", 42, 73, "The number “{1}” begins with",
            "10"},
        {"population: 289", "population: \"289\"", 42, 73, "The number “{1}” stands in",
            "289"},
        {"population: 289", "population: ２８９", 42, 73, "“{1}” has full-width", "289"},
        {"population: 289", "population: 0x1F", 42, 73, whole, NULL},
        {"population: 289", "population: 99999999999999999999", 42, 73, range, NULL},
        {"manyi: 1", "manyi: 2", 1, 8, "This plan says format {1}", "1"},
        {"year: 2026", "year: 1899", 2, 7, range, NULL},
        {"year: 2026", "year: 2026\nk: 4", 3, 4, range, NULL},
        {"year: 2026", "year: 2026\nk: 1001", 3, 4, range, NULL},
        {"year: 2026", "year: 2026\ngrace: 367", 3, 8, range, NULL},
        {"max: 200", "max: 0", 18, 40, range, NULL},
        {"max: 200", "max: 2001", 18, 40, range, NULL},
        {"appraisers: 12", "appraisers: 0", 30, 17, range, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void percentages_and_points_are_checked(void **state)
{
    static const char sign[] = "“{1}” has no % sign";
    static const char cannot[] = "A target of {1} cannot be";
    static const char fine[] = "“{1}” has more than two decimals";
    static const char points[] = "“{1}” cannot be points";
    static const struct mistake mistakes[] = {
        {"target: 85.00%", "target: 105%", 22, 13, cannot, NULL},
        {"target: 85.00%", "target: 0%", 22, 13, cannot, NULL},
        {"target: 85.00%", "target: 100.01%", 22, 13, cannot, NULL},
        {"target: 85.00%", "target: 95％", 22, 13, "“{1}” has full-width", "95%"},
        {"target: 85.00%", "target: 0.9", 22, 13, sign, "90%"},
        {"target: 85.00%", "target: 85", 22, 13, sign, "85%"},
        {"target: 85.00%", "target: 85.25", 22, 13, sign, "85.25%"},
        {"target: 85.00%", "target: 85 %", 22, 13, "“{1}” is not a percentage", "85%"},
        {"target: 85.00%", "target: high", 22, 13, "“{1}” is not a percentage", NULL},
        {"target: 85.00%", "target: 85.005%", 22, 13, fine, NULL},
        {"target: 85.00%", "target: 85.%", 22, 13, "“{1}” is not a percentage", NULL},
        {"confidence: 95%", "confidence: 96%", 24, 17, "A confidence of {1}", NULL},
        {"confidence: 95%", "confidence: 0.95", 24, 17, sign, "95%"},
        {"points: 10", "points: 100.01", 25, 13, points, NULL},
        {"points: 10", "points: 7.555", 25, 13, points, NULL},
        {"points: 10", "points: -1", 25, 13, points, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void dates_are_checked(void **state)
{
    static const char form[] = "“{1}” is not a date";
    static const char day[] = "There is no day {1}";
    static const char year[] = "{1} is too far";
    static const struct mistake mistakes[] = {
        {"closes: 2026-03-03", "closes: 2026-02-30", 42, 49, day, "2026-02-28"},
        {"closes: 2026-03-03", "closes: 2026-13-01", 42, 49, day, NULL},
        {"closes: 2026-03-03", "closes: 1026-03-03", 42, 49, day, NULL},
        {"closes: 2026-03-03", "closes: 2026/3/3", 42, 49, form, "2026-03-03"},
        {"closes: 2026-03-03", "closes: 2026-3-3", 42, 49, form, "2026-03-03"},
        {"closes: 2026-03-03", "closes: 2026年3月3日", 42, 49, form, "2026-03-03"},
        {"closes: 2026-03-03", "closes: spring", 42, 49, form, NULL},
        {"closes: 2026-03-03", "closes: ２０２６-03-03", 42, 49, "“{1}” has full-width",
            "2026-03-03"},
        {"closes: 2026-03-03", "closes: 2026-01-11", 42, 49, "This wave closes on {1}",
            NULL},
        {"closes: 2026-03-03", "closes: 2028-01-01", 42, 49, year, NULL},
        {"opens: 2026-01-12", "opens: 2024-12-31", 42, 29, year, NULL},
        {"opens: 2026-04-01", "opens: 2026-03-31", 48, 25, "This wave overlaps “{1}”",
            NULL},
        {"opens: 2026-04-01", "opens: 2025-04-01", 48, 25, "This wave overlaps “{1}”",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void words_are_checked(void **state)
{
    static const char word[] = "“{1}” is not a word that can stand here";
    static const char flag[] = "“{1}” is neither true nor false";
    static const struct mistake mistakes[] = {
        {"measure: top3", "measure: Top3", 23, 14, word, "top3"},
        {"measure: top3", "measure: scroe", 23, 14, word, "score"},
        {"measure: top3", "measure: good", 23, 14, word, NULL},
        {"kind: choice", "kind: choise", 14, 15, word, "choice"},
        {"kind: appraisal", "kind: appriasal", 29, 11, word, "appraisal"},
        {"answers: invited", "answers: invite", 38, 14, word, "invited"},
        {"grain: month", "grain: months", 40, 12, word, "month"},
        {"coded_only: true", "coded_only: yes", 39, 17, flag, "true"},
        {"coded_only: true", "coded_only: off", 39, 17, flag, "false"},
        {"coded_only: true", "coded_only: flase", 39, 17, flag, "false"},
        {"coded_only: true", "coded_only: True", 39, 17, flag, "true"},
        {"coded_only: true", "coded_only: \"true\"", 39, 17, flag, "true"},
        {"coded_only: true", "coded_only: maybe", 39, 17, flag, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void texts_are_checked(void **state)
{
    static const struct mistake mistakes[] = {
        {"zh: 元旦春节", "zh: \"\"", 34, 16, "This text is empty", NULL},
        {"zh: 元旦春节", "zh: \" \\n \"", 34, 16, "This text is empty", NULL},
        {"zh: 元旦春节", "zh: \"a\\0b\"", 34, 16, "This text has invisible control",
            NULL},
        {"zh: 元旦春节", "zh: \"\\u202e\"", 34, 16, "This text has invisible control",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void references_are_checked(void **state)
{
    static const struct mistake mistakes[] = {
        {"questionnaire: relief", "questionnaire: releif", 35, 20,
            "There is no questionnaire “{1}”", "relief"},
        {"questionnaire: relief", "questionnaire: other", 35, 20,
            "There is no questionnaire “{1}”", NULL},
        {"[yueyang]", "[yueyagn]", 37, 15, "There is no centre “{1}”", "yueyang"},
        {"unit: hall\n", "unit: hal\n", 36, 11, "There is no unit “{1}”", "hall"},
        {"unit: hall}", "unit: hill}", 31, 61, "There is no unit “{1}”", "hall"},
        {"[new-year, three", "[newyear, three", 26, 18, "There is no programme “{1}”",
            "new-year"},
        {"visits]", "visits, other]", 26, 42, "There is no programme “{1}”", NULL},
        {"visits]", "visits, new-year]", 26, 42, "“{1}” stands twice in this list", NULL},
        {"[yueyang]", "[yueyang, yueyang]", 37, 24, "“{1}” stands twice in this list",
            NULL},
        {"[new-year, three-visits]", "[new-year]", 43, 9, "No indicator counts", NULL},
        {"  - id: staff",
            "  - {id: b, name: {zh: 乙, en: B}, target: 90%, measure: top2, programmes: "
            "[new-year]}\n  - id: staff",
            27, 76, "Two indicators count", NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void items_are_checked(void **state)
{
    static const char kind[] = "“{1}” does not go with an item of kind {2}";
    static const char condition[] = "“{1}” is not a condition";
    static const struct mistake mistakes[] = {
        {", counts: true", "", 11, 7, "No item of the questionnaire", NULL},
        {"supports: 及时性", "counts: true", 12, 71, "A second item counts", NULL},
        {"kind: text, max: 200", "kind: text, many: true", 18, 41, kind, NULL},
        {"kind: text, max: 200", "kind: text, counts: false", 18, 43, kind, NULL},
        {"supports: 及时性", "max: 5", 12, 68, kind, NULL},
        {"        when: overall <= 2", "        unknown: true", 15, 18, kind, NULL},
        {"when: overall <= 2", "when: overall < 2", 15, 15, condition, NULL},
        {"when: overall <= 2", "when: overall <= 5", 15, 15, condition, NULL},
        {"when: overall <= 2", "when: overall <= 0", 15, 15, condition, NULL},
        {"when: overall <= 2", "when: <= 2", 15, 15, condition, NULL},
        {"when: overall <= 2", "when: overall ＜＝ 2", 15, 15, "“{1}” has full-width",
            "overall <= 2"},
        {"when: overall <= 2", "when: overal <= 2", 15, 15, "There is no item “{1}”",
            "overall <= 2"},
        {"when: overall <= 2", "when: nothing <= 2", 15, 15, "There is no item “{1}”",
            NULL},
        {"when: overall <= 2", "when: reasons <= 2", 15, 15, "A condition looks back",
            NULL},
        {"when: overall <= 2", "when: comment <= 2", 15, 15, "A condition looks back",
            NULL},
        {"max: 200", "when: reasons <= 2", 18, 41, "“{1}” is not a rating", NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void the_item_that_counts_has_no_condition(void **state)
{
    static const struct mistake mistakes[] = {
        {"counts: true}\n      - {id: timely, kind: rating, text: {zh: 及时吗, en: "
         "Time}, "
         "supports: 及时性}",
            "unknown: true}\n      - {id: timely, kind: rating, text: {zh: 及时吗, en: "
            "Time}, "
            "when: overall <= 2, counts: true}",
            12, 69, "The item that counts is shown", NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void indicators_are_checked(void **state)
{
    static const char kind[] = "“{1}” does not go with an indicator";
    static const char weights[] = "Weights are five numbers";
    static const struct mistake mistakes[] = {
        {"kind: appraisal", "kind: appraisal\n    target: 90%", 30, 13, kind, NULL},
        {"points: 10", "points: 10\n    appraisers: 3", 26, 17, kind, NULL},
        {"points: 10", "weights: [100, 80, 60, 30]", 25, 14, weights, NULL},
        {"points: 10", "weights: [100, 80, 60, 30, 0, 0]", 25, 14, weights, NULL},
        {"points: 10", "weights: [100, 80, 90, 30, 0]", 25, 14, weights, NULL},
        {"points: 10", "weights: [50, 50, 50, 50, 50]", 25, 14, weights, NULL},
        {"points: 10", "weights: [101, 80, 60, 30, 0]", 25, 15, "{1} is out of range",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void yaml_that_cannot_be_read_is_told_in_plain_words(void **state)
{
    static const char indented[] = "This line is not indented like";
    static const struct mistake mistakes[] = {
        {"zh: 元旦春节", "zh: 元: 旦: 春节", 34, 17, "A comma or “}” is missing", NULL},
        {"measure: top3", "measure: top: 3", 23, 17, "A second colon on one line", NULL},
        {"    measure: top3", "    measure", 23, 5, "There is no colon behind", NULL},
        {"measure: top3", "measure: @top3", 23, 14, "A value cannot begin with", NULL},
        {"measure: top3", "measure: %top3", 23, 14, "A value cannot begin with", NULL},
        {"measure: top3", "measure: & top3", 23, 14, "A value cannot begin with", NULL},
        {"岳阳, en: Yueyang}}", "岳阳, en: Yueyang}", 6, 5, "A comma or “}” is missing",
            NULL},
        {"[yueyang]", "[yueyang", 37, 14, "A comma or “]” is missing", NULL},
        {"    measure: top3", "   measure: top3", 23, 4, indented, NULL},
        {"  - id: three-visits", "  id: three-visits", 43, 3, indented, NULL},
        {"centres: [yueyang]", "centres: - yueyang", 37, 14, "A list cannot begin here",
            NULL},
        {"zh: 元旦春节", "zh: \"元旦春节", 34, 16, "The quotation mark that stands here",
            NULL},
        {"zh: 元旦春节", "zh: \"\n---\n", 34, 16, "The quotation mark that stands here",
            NULL},
        {"zh: 元旦春节", "zh: \"\\q\"", 34, 17, "A backslash inside double quotes", NULL},
        {"zh: 元旦春节", "zh: \"\\uq\"", 34, 19, "A backslash inside double quotes",
            NULL},
        {"[yueyang]", "[yueyang, }", 37, 24, "A value is missing here", NULL},
        {"measure: top3", "measure: |x", 23, 15, "This cannot be read as YAML", NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void what_plans_do_not_have_is_refused(void **state)
{
    static const char reference[] = "Plans have no references";
    static const struct mistake mistakes[] = {
        {"measure: top3", "measure: &m top3", 23, 14, reference, NULL},
        {"measure: top3", "measure: *m", 23, 14, reference, NULL},
        {"measure: top3", "measure: !!str top3", 23, 14, "Plans have no tags", NULL},
        {"manyi: 1", "%YAML 1.1\n---\nmanyi: 1", 1, 1, "Plans have no lines that begin",
            NULL},
        {"manyi: 1", "%TAG ! !x\n---\nmanyi: 1", 1, 1, "Plans have no lines that begin",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void expect_text(
    void **state, struct text yaml, unsigned line, unsigned column, const char *message)
{
    struct mistake mistake = {"", "", line, column, message, NULL};
    assert_true(is_expected(*state, yaml, &mistake));
}

static struct text joined(struct arena *arena, const char *before, const char *after)
{
    return text_format(arena, "%s%s%s", before, plan_text_base, after);
}

static void a_second_document_is_refused(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    expect_text(
        state, joined(arena, "", "---\nyear: 2027\n"), 49, 1, "A second document");
    assert_int_equal(parse(*state, joined(arena, "---\n", "...\n")), STATUS_OK);
}

static void files_with_nothing_in_them_are_told_apart(void **state)
{
    arena_reset(((struct bench *)*state)->arena);
    expect_text(state, TEXT(""), 1, 1, "The file is empty");
    expect_text(state, TEXT(" \n\n"), 1, 1, "The file is empty");
    expect_text(state, TEXT("# a\n\n# b"), 1, 1, "The file has only comments");
    expect_text(state, TEXT("\xEF\xBB\xBF"), 1, 1, "The file is empty");
}

static void a_root_that_is_no_mapping_is_told(void **state)
{
    arena_reset(((struct bench *)*state)->arena);
    expect_text(state, TEXT("hello"), 1, 1, "An entry with keys is needed");
    expect_text(state, TEXT("- a\n- b\n"), 1, 1, "An entry with keys is needed");
}

static void encodings_are_recognised(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    expect_text(
        state, (struct text){"\xFF\xFEm\0a\0", 6}, 1, 1, "This file is saved as UTF-16");
    expect_text(state, (struct text){"\0m\0a", 4}, 1, 1, "This file is saved as UTF-16");
    expect_text(state, TEXT("manyi: 1\nname: \xC2\xFA\xD2\xE2\n"), 2, 7,
        "This file looks like GBK");
    expect_text(state, joined(arena, "# \xE6\xBB\xA1\xFF\n", ""), 1, 4,
        "A character here is not UTF-8");
    expect_text(
        state, joined(arena, "# a\x07\n", ""), 1, 4, "An invisible control character");
    expect_text(state, joined(arena, "# a\xE2\x80\xA8\n", ""), 1, 4,
        "An invisible control character");
    expect_text(state, joined(arena, "# a\xE2\x80\xAE\n", ""), 1, 4,
        "An invisible control character");
}

static void a_byte_order_mark_and_windows_line_ends_are_accepted(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    struct buffer buffer;
    buffer_init(&buffer, arena, 65536);
    buffer_add_string(&buffer, "\xEF\xBB\xBF");
    for (const char *at = plan_text_base; *at != 0; at++)
        buffer_add_string(&buffer, *at == '\n' ? "\r\n" : (char[]){*at, 0});
    assert_int_equal(parse(*state, buffer_text(&buffer)), STATUS_OK);
}

/* ---- limits: at the limit, and one past it ---- */

struct limit_case {
    const char *find;
    const char *before;
    const char *piece; /* %d is its number */
    const char *after;
    unsigned max;
    const char *message;
};

static struct text repeated(
    struct arena *arena, const struct limit_case *limit, unsigned count)
{
    struct buffer buffer;
    buffer_init(&buffer, arena, PLAN_BYTES_MAX);
    buffer_add_string(&buffer, limit->before);
    for (unsigned i = 0; i < count; i++)
        for (const char *at = limit->piece; *at != 0; at++)
            *at == '@' ? buffer_add_format(&buffer, "%u", i)
                       : buffer_add_char(&buffer, *at);
    buffer_add_string(&buffer, limit->after);
    return plan_text_with(
        arena, limit->find, text_to_string(arena, buffer_text(&buffer)));
}

static void lists_and_texts_are_allowed_up_to_their_limits_and_no_further(void **state)
{
    static const char list[] = "The list “{1}” has {2} entries";
    static const struct limit_case limits[] = {
        {"  - {id: fangsong", "", "  - {id: c@, name: {zh: 甲, en: A}}\n",
            "  - {id: fangsong", PLAN_CENTRES_MAX - 2, list},
        {"]\ncentres:", "", ", {id: u@, name: {zh: 甲, en: A}}",
            "]\ncentres:", PLAN_UNITS_MAX - 1, list},
        {"      - {id: comment", "",
            "      - {id: i@, kind: text, text: {zh: 甲, en: A}}\n",
            "      - {id: comment", QUESTIONNAIRE_ITEMS_MAX - 4, list},
        {"[{id: late", "[", "{id: o@, text: {zh: 甲, en: A}}, ", "{id: late",
            ITEM_OPTIONS_MAX - 2, list},
        {"indicators:", "",
            "  - {id: q@, items: [{id: a, kind: rating, text: {zh: 甲, en: A}, counts: "
            "true}]}\n",
            "indicators:", PLAN_QUESTIONNAIRES_MAX - 1, list},
        {"programmes:\n  - id", "",
            "  - {id: s@, kind: appraisal, name: {zh: 甲, en: A}, appraisers: 1, "
            "subjects: "
            "[{id: a, name: {zh: 甲, en: A}}]}\n",
            "programmes:\n  - id", PLAN_INDICATORS_MAX - 2, list},
        {"subjects: [", "subjects: [", "{id: s@, name: {zh: 甲, en: A}}, ", "",
            INDICATOR_SUBJECTS_MAX - 1, list},
        {"id: relief\n    items", "id: ", "a", "\n    items", ID_BYTES_MAX, ""},
        {"zh: 元旦春节", "zh: ", "好", "", WORDING_CHARACTERS_MAX,
            "This text has {2} char"},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const struct limit_case *limit = &limits[i];
        bool is_id = limit->message[0] == 0;
        arena_reset(bench->arena);
        enum status at_limit = parse(bench, repeated(bench->arena, limit, limit->max));
        if (!is_id && at_limit != STATUS_OK)
            print_problems(&bench->problems);
        assert_true(is_id || at_limit == STATUS_OK);
        arena_reset(bench->arena);
        assert_int_equal(
            parse(bench, repeated(bench->arena, limit, limit->max + 1)), STATUS_INVALID);
        const char *expected = is_id ? "The id “{1}” has {2} letters" : limit->message;
        bool is_told = false;
        for (size_t j = 0; j < bench->problems.count; j++)
            is_told |=
                strncmp(bench->problems.list[j].message, expected, strlen(expected)) == 0;
        assert_true(is_told);
    }
}

static void values_at_their_limits_are_good(void **state)
{
    static const char *const good[][2] = {{"target: 85.00%", "target: 0.01%"},
        {"target: 85.00%", "target: 100%"}, {"confidence: 95%", "confidence: 90.00%"},
        {"confidence: 95%", "confidence: 99%"}, {"points: 10", "points: 0"},
        {"points: 10", "points: 100.00"}, {"points: 10", "points: 7.5"},
        {"points: 10", "weights: [100, 100, 0, -100, -100]"}, {"max: 200", "max: 1"},
        {"max: 200", "max: 2000"}, {"population: 289", "population: 0"},
        {"population: 289", "population: 1000000000"},
        {"year: 2026", "year: 2026\nk: 5\ngrace: 0"},
        {"year: 2026", "year: 2026\nk: 1000\ngrace: 366"},
        {"opens: 2026-01-12", "opens: 2025-01-01"},
        {"closes: 2026-06-30", "closes: 2027-12-31"},
        {"closes: 2026-03-03", "closes: 2026-01-12"}, {"overall <= 2", "overall<=4"}};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        arena_reset(bench->arena);
        (void)plan_text_parse(
            bench->arena, plan_text_with(bench->arena, good[i][0], good[i][1]));
    }
}

static void nesting_is_bounded(void **state)
{
    struct bench *bench = *state;
    char deep[2000] = "a: ";
    memset(deep + 3, '[', 1000);
    arena_reset(bench->arena);
    expect_text(state, text_of(deep), 1, 35, "Lists and entries are nested too deep");
}

static void a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    char *large = arena_take(bench->arena, PLAN_BYTES_MAX + 1);
    size_t base = strlen(plan_text_base);
    memcpy(large, plan_text_base, base);
    memset(large + base, '#', PLAN_BYTES_MAX + 1 - base);

    assert_int_equal(parse(bench, (struct text){large, PLAN_BYTES_MAX}), STATUS_OK);
    assert_int_equal(
        parse(bench, (struct text){large, PLAN_BYTES_MAX + 1}), STATUS_TOO_LARGE);
}

static void hostile_files_are_refused_within_the_memory_that_was_promised(void **state)
{
    static const char *const pieces[] = {"[", "- ", "? ", "，", "a：1\n", "\ta: 1\n",
        "[【，", "{},", "k: 1\n", "\xE3\x80\x80", "\"", "\a", "- {id: \"\xFF\"}\n", "&a ",
        "*a "};
    (void)state;
    struct arena *arena = arena_new(9 * 1048576);
    struct arena *notes = arena_new(524288);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]);
        char *file = malloc(PLAN_BYTES_MAX);
        assert_non_null(file);
        for (size_t at = 0; at < PLAN_BYTES_MAX; at++)
            file[at] = pieces[i][at % len];
        struct problems problems;
        const struct plan *plan = NULL;
        arena_reset(arena);
        arena_reset(notes);
        problems_init(&problems, notes);
        assert_int_equal(
            plan_parse(arena, (struct text){file, PLAN_BYTES_MAX}, &problems, &plan),
            STATUS_INVALID);
        assert_true(problems.count >= 1 && problems.count <= PROBLEMS_MAX);
        free(file);
    }
    arena_free(notes);
    arena_free(arena);
}

static void an_arena_that_is_too_small_is_told_and_nothing_breaks(void **state)
{
    (void)state;
    struct arena *notes = arena_new(1048576);
    for (size_t capacity = 1024; capacity < 90000; capacity += 512) {
        struct arena *small = arena_new(capacity);
        struct problems problems;
        const struct plan *plan = NULL;
        problems_init(&problems, notes);
        enum status status = plan_parse(small, text_of(plan_text_base), &problems, &plan);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true((plan != NULL) == (status == STATUS_OK));
        arena_free(small);
    }
    arena_free(notes);
}

static void many_mistakes_are_all_told_in_order(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    struct text yaml = TEXT("manyi：1\nyear: 20 26\ncentres: []\nquestionaires: {}\n"
                            "indicators:\n  - {id: A, target: 105%}\n");

    assert_int_equal(parse(bench, yaml), STATUS_INVALID);
    assert_true(bench->problems.count >= 10);
    for (size_t i = 1; i < bench->problems.count; i++)
        assert_true(bench->problems.list[i - 1].line <= bench->problems.list[i].line);
}

/* ---- every message was seen ---- */

static char *read_source(struct arena *arena, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/kiosk/%s", SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = arena_take(arena, 65536);
    assert_true(fread(text, 1, 65535, file) > 0);
    (void)fclose(file);
    return text;
}

/* The message behind N_(: its literals, joined. Returns where it ends. */
static const char *read_message(const char *at, char *out, size_t size)
{
    size_t len = 0;
    for (bool is_inside = false; is_inside || *at != ')'; at++) {
        if (*at == '"')
            is_inside = !is_inside;
        else if (is_inside && len + 1 < size)
            out[len++] = *at;
    }
    out[len] = 0;
    return at;
}

static void every_message_of_the_reader_was_seen(void **state)
{
    static const char *const sources[] = {"plan_encoding.c", "plan_indent.c",
        "plan_numbers.c", "plan_repair.c", "plan_rules.c", "plan_rules_items.c",
        "plan_rules_waves.c", "plan_syntax.c", "plan_texts.c", "plan_values.c",
        "plan_walk.c", "plan_yaml.c"};
    struct bench *bench = *state;
    unsigned unseen = 0;
    arena_reset(bench->arena);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const char *at = read_source(bench->arena, sources[i]);
        while ((at = strstr(at, "N_(")) != NULL) {
            char message[512];
            bool is_seen = false;
            at = read_message(at + 3, message, sizeof message);
            for (size_t j = 0; j < bench->seen_count; j++)
                is_seen |= strcmp(bench->seen[j], message) == 0;
            if (!is_seen)
                print_error("%s: never seen: %s\n", sources[i], message);
            unseen += !is_seen;
        }
    }
    assert_int_equal(unseen, 0);
}

static int make_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    if (bench == NULL)
        return 1;
    bench->arena = arena_new(PLAN_TEXT_ARENA);
    return bench->arena == NULL;
}

static int free_bench(void **state)
{
    struct bench *bench = *state;
    arena_free(bench->arena);
    free(bench);
    return 0;
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_small_plan_has_no_mistake),
        cmocka_unit_test(signs_of_a_chinese_keyboard_are_told_and_mended),
        cmocka_unit_test(a_quoted_key_may_have_a_full_width_colon_mended),
        cmocka_unit_test(full_width_signs_inside_texts_are_text),
        cmocka_unit_test(a_block_text_is_left_alone),
        cmocka_unit_test(columns_behind_a_mended_sign_are_those_of_the_file),
        cmocka_unit_test(spaces_are_told_and_mended),
        cmocka_unit_test(blanks_that_mean_nothing_are_no_mistake),
        cmocka_unit_test(keys_are_checked),
        cmocka_unit_test(forms_of_values_are_checked),
        cmocka_unit_test(ids_are_checked),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(percentages_and_points_are_checked),
        cmocka_unit_test(dates_are_checked),
        cmocka_unit_test(words_are_checked),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(references_are_checked),
        cmocka_unit_test(items_are_checked),
        cmocka_unit_test(the_item_that_counts_has_no_condition),
        cmocka_unit_test(indicators_are_checked),
        cmocka_unit_test(yaml_that_cannot_be_read_is_told_in_plain_words),
        cmocka_unit_test(what_plans_do_not_have_is_refused),
        cmocka_unit_test(a_second_document_is_refused),
        cmocka_unit_test(files_with_nothing_in_them_are_told_apart),
        cmocka_unit_test(a_root_that_is_no_mapping_is_told),
        cmocka_unit_test(encodings_are_recognised),
        cmocka_unit_test(a_byte_order_mark_and_windows_line_ends_are_accepted),
        cmocka_unit_test(lists_and_texts_are_allowed_up_to_their_limits_and_no_further),
        cmocka_unit_test(values_at_their_limits_are_good),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(a_file_of_the_largest_size_is_read_and_a_larger_one_is_not),
        cmocka_unit_test(hostile_files_are_refused_within_the_memory_that_was_promised),
        cmocka_unit_test(an_arena_that_is_too_small_is_told_and_nothing_breaks),
        cmocka_unit_test(many_mistakes_are_all_told_in_order),
        cmocka_unit_test(every_message_of_the_reader_was_seen),
    };
    return cmocka_run_group_tests(cases, make_bench, free_bench);
}
