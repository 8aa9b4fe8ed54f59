/* test_plan_yaml.c: every mistake that a value of a plan file may have: what is said,
   where, and what was probably meant. */
#include "tests/support/plan_bench.h"

#include "kiosk/limits.h"

static void the_small_plan_has_no_mistake(void **state)
{
    assert_int_equal(bench_parse(*state, text_of(plan_text_base)), STATUS_OK);
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
        {"year: 2026", "year: 2026\nflags: {tablet: 9}", 3, 17, range, NULL},
        {"year: 2026", "year: 2026\nflags: {poster: 10001}", 3, 17, range, NULL},
        {"year: 2026", "year: 2026\nflags: {minutes: 0}", 3, 18, range, NULL},
        {"year: 2026", "year: 2026\nflags: {minutes: 61}", 3, 18, range, NULL},
        {"year: 2026", "year: 2026\nflags: {fast: 11}", 3, 15, range, NULL},
        {"year: 2026", "year: 2026\nflags: {fast: 1.5}", 3, 15, whole, NULL},
        {"year: 2026", "year: 2026\nflags: {streak: 9}", 3, 17, range, NULL},
        {"max: 200", "max: 0", 18, 40, range, NULL},
        {"max: 200", "max: 2001", 18, 40, range, NULL},
        {"appraisers: 12", "appraisers: 0", 30, 17, range, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void hours_and_flags_are_checked(void **state)
{
    static const char time[] = "“{1}” is no time of day";
    static const char order[] = "“{1}” ends before it begins";
    static const struct mistake mistakes[] = {
        {"year: 2026", "year: 2026\nhours: 5-23", 3, 8, time, "05:00-23:00"},
        {"year: 2026", "year: 2026\nhours: 5:00 - 23:00", 3, 8, time, "05:00-23:00"},
        {"year: 2026", "year: 2026\nhours: 05:00", 3, 8, time, NULL},
        {"year: 2026", "year: 2026\nhours: 05:00-24:01", 3, 8, time, NULL},
        {"year: 2026", "year: 2026\nhours: 05:60-24:00", 3, 8, time, NULL},
        {"year: 2026", "year: 2026\nhours: daytime", 3, 8, time, NULL},
        {"year: 2026", "year: 2026\nhours: 08:00-18:00h", 3, 8, time, NULL},
        {"year: 2026", "year: 2026\nhours: 0８:00-18:00", 3, 8, "“{1}” has full-width",
            "08:00-18:00"},
        {"year: 2026", "year: 2026\nhours: 22:00-06:00", 3, 8, order, NULL},
        {"year: 2026", "year: 2026\nhours: 08:00-08:00", 3, 8, order, NULL},
        {"year: 2026", "year: 2026\nhours: [5, 24]", 3, 8, "“{1}” takes a single value",
            NULL},
        {"year: 2026", "year: 2026\nflags: none", 3, 8, "An entry with keys is needed",
            NULL},
        {"year: 2026", "year: 2026\nflags: {postr: 50}", 3, 9, "“{1}” is not a key",
            "poster"},
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
        enum status at_limit =
            bench_parse(bench, repeated(bench->arena, limit, limit->max));
        if (!is_id && at_limit != STATUS_OK)
            bench_print_problems(&bench->problems);
        assert_true(is_id || at_limit == STATUS_OK);
        arena_reset(bench->arena);
        assert_int_equal(
            bench_parse(bench, repeated(bench->arena, limit, limit->max + 1)),
            STATUS_INVALID);
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
        {"year: 2026", "year: 2026\nhours: 00:00-24:00\nflags: {tablet: 10, poster: 10, "
                       "minutes: 1, fast: 0, streak: 10}"},
        {"year: 2026", "year: 2026\nhours: 8:30-18:05\nflags: {tablet: 10000, poster: "
                       "10000, minutes: 60, fast: 10, streak: 10000}"},
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

/* ---- every message was seen ---- */

static void every_message_about_values_was_seen(void **state)
{
    static const char *const sources[] = {"plan_numbers.c", "plan_rules.c",
        "plan_rules_items.c", "plan_rules_waves.c", "plan_texts.c", "plan_values.c",
        "plan_walk.c"};
    bench_expect_seen(*state, sources, sizeof sources / sizeof *sources);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_small_plan_has_no_mistake),
        cmocka_unit_test(keys_are_checked),
        cmocka_unit_test(forms_of_values_are_checked),
        cmocka_unit_test(ids_are_checked),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(hours_and_flags_are_checked),
        cmocka_unit_test(percentages_and_points_are_checked),
        cmocka_unit_test(dates_are_checked),
        cmocka_unit_test(words_are_checked),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(references_are_checked),
        cmocka_unit_test(items_are_checked),
        cmocka_unit_test(the_item_that_counts_has_no_condition),
        cmocka_unit_test(indicators_are_checked),
        cmocka_unit_test(lists_and_texts_are_allowed_up_to_their_limits_and_no_further),
        cmocka_unit_test(values_at_their_limits_are_good),
        cmocka_unit_test(every_message_about_values_was_seen),
    };
    return cmocka_run_group_tests(cases, bench_make, bench_free);
}
