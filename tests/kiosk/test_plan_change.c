/* test_plan_change.c: what a new version of a plan may change once a wave has opened, and
   what it may not. The small plan's first wave opens on 2026-01-01. */
#include "tests/support/test.h"
#include "tests/support/plan_text.h"

#include "kiosk/plan_change.h"

static day_t day(const char *text)
{
    day_t found = DAY_NONE;
    assert_true(day_parse(text_of(text), &found));
    return found;
}

/* A change of the small plan, on a day, and the one problem it makes. */
struct change {
    const char *find;
    const char *replacement;
    const char *message; /* how it begins; NULL: allowed */
    const char *argument[4];
};

static void expect(struct arena *arena, const struct change *change, const char *today)
{
    struct problems problems;
    arena_reset(arena);
    problems_init(&problems, arena);
    const struct plan *in_force = plan_text_parse(arena, text_of(plan_text_base));
    const struct plan *next =
        plan_text_parse(arena, plan_text_with(arena, change->find, change->replacement));

    enum status status = plan_check_change(in_force, next, day(today), &problems);

    for (size_t i = 0; i < problems.count; i++)
        if (change->message == NULL || problems.count > 1)
            print_error("%s on %s: %s\n", change->find, today, problems.list[i].message);
    if (change->message == NULL) {
        assert_int_equal(status, STATUS_OK);
        assert_int_equal(problems.count, 0);
        return;
    }
    assert_int_equal(status, STATUS_CONFLICT);
    assert_int_equal(problems.count, 1);
    assert_true(
        text_starts_with(text_of(problems.list[0].message), text_of(change->message)));
    for (size_t i = 0; i < 4; i++)
        if (change->argument[i] != NULL)
            assert_text_equal(problems.list[0].argument[i], change->argument[i]);
}

#define OPTIONS                                                                          \
    "[{id: late, text: {zh: 晚, en: Late}}, {id: less, text: {zh: 少, en: Less}}]"
#define TIMELY                                                                           \
    "      - {id: timely, kind: rating, text: {zh: 及时吗, en: Time}, supports: "     \
    "及时性}\n"
#define STAFF "  - id: staff\n    name: {zh: 评价, en: Appraisal}\n"

static const struct change frozen[] = {
    {"85.00%", "80.00%", "The target of the indicator",
        {"relief", "85.00%", "80.00%", "2026-01-01"}},
    {"top3", "top2", "The measure of the indicator", {"relief", "top3", "top2"}},
    {"95%", "90%", "The confidence of the indicator", {"relief", "95.00%", "90.00%"}},
    {"points: 10", "weights: [100, 90, 60, 30, 0]", "The weights of the indicator",
        {"relief", "100, 80, 60, 30, 0", "100, 90, 60, 30, 0"}},
    {"[new-year, three-visits]", "[three-visits, new-year]",
        "The programmes of the indicator",
        {"relief", "new-year, three-visits", "three-visits, new-year"}},
    {"answers: invited", "answers: all", "The answers that count",
        {"new-year", "invited", "all", "2026-01-01"}},
    {"grain: month", "grain: day", "The grain of the programme",
        {"new-year", "month", "day"}},
    {"unit: hall\n    centres", "group: gifts\n    centres", "The group of the programme",
        {"new-year", "relief", "gifts"}},
    {"id: q1", "id: first", "The wave “{1}” opened on {2} and cannot vanish",
        {"three-visits / q1", "2026-01-01"}},
    {"opens: 2026-01-01", "opens: 2026-01-02", "The wave “{1}” opened on {2}; that day",
        {"three-visits / q1", "2026-01-01", "2026-01-02"}},
};

static void what_is_frozen_may_not_change_from_the_first_opening_day(void **state)
{
    for (size_t i = 0; i < sizeof frozen / sizeof *frozen; i++)
        expect(*state, &frozen[i], "2026-01-01");
}

static void the_same_is_free_the_day_before(void **state)
{
    for (size_t i = 0; i < sizeof frozen / sizeof *frozen; i++) {
        struct change change = frozen[i];
        change.message = NULL;
        expect(*state, &change, "2025-12-31");
    }
}

static void it_is_frozen_until_the_year_ends_also_after_all_waves_have_closed(
    void **state)
{
    struct change change = frozen[0];
    expect(*state, &change, "2026-12-31");
    change.message = NULL;
    expect(*state, &change, "2027-01-01");
}

static void names_that_vanish_or_items_that_change_are_told(void **state)
{
    /* Both programmes share the questionnaire: each is told, so look at the words only.
     */
    static const struct {
        const char *find;
        const char *replacement;
        const char *message;
    } changes[] = {
        {TIMELY, "", "The items of the programme"},
        {"id: timely", "id: in-time", "The items of the programme"},
        {"kind: rating, text: {zh: 及时吗, en: Time}, supports: 及时性",
            "kind: text, text: {zh: 及时吗, en: Time}", "The item “{1}” is {2}"},
        {OPTIONS, "[{id: late, text: {zh: 晚, en: Late}}]", "The item “{1}” is {2}"},
        {OPTIONS,
            "[{id: less, text: {zh: 少, en: Less}}, {id: late, text: {zh: 晚, en: "
            "Late}}]",
            "The item “{1}” is {2}"},
        {", counts: true}\n      - {id: timely, kind: rating",
            "}\n      - {id: timely, counts: true, kind: rating",
            "The item that counts for the programme"},
        {"  - id: relief\n    name", "  - id: help\n    name",
            "The indicator “{1}” is measured"},
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct problems problems;
        arena_reset(arena);
        problems_init(&problems, arena);
        const struct plan *in_force = plan_text_parse(arena, text_of(plan_text_base));
        const struct plan *next = plan_text_parse(
            arena, plan_text_with(arena, changes[i].find, changes[i].replacement));
        assert_int_equal(plan_check_change(in_force, next, day("2026-02-01"), &problems),
            STATUS_CONFLICT);
        for (size_t j = 0; j < problems.count; j++)
            assert_true(text_starts_with(
                text_of(problems.list[j].message), text_of(changes[i].message)));
    }
}

static void the_kind_of_an_indicator_is_frozen(void **state)
{
    struct arena *arena = *state;
    struct problems problems;
    problems_init(&problems, arena);
    const struct plan *in_force = plan_text_parse(arena, text_of(plan_text_base));
    struct plan next = *in_force;
    struct plan_indicator indicators[2] = {
        in_force->indicators[0], in_force->indicators[1]};
    indicators[0].kind = INDICATOR_APPRAISAL;
    next.indicators = indicators;

    assert_int_equal(plan_check_change(in_force, &next, day("2026-02-01"), &problems),
        STATUS_CONFLICT);
    assert_true(text_starts_with(
        text_of(problems.list[0].message), TEXT("The kind of the indicator")));
}

static void words_people_dates_and_new_places_may_change(void **state)
{
    static const struct change allowed[] = {
        {"population: 157", "population: 160", NULL, {0}},
        {", population: 157", "", NULL, {0}},
        {"zh: 满意吗？", "zh: 总的来说满意吗？", NULL, {0}},
        {"closes: 2026-03-31", "closes: 2026-03-15", NULL, {0}},
        {"points: 10", "points: 5", NULL, {0}},
        {"      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}\n", "", NULL, {0}},
        {"opens: 2026-04-01", "opens: 2026-05-01", NULL, {0}},
        {"      - {id: q2",
            "      - {id: q3, opens: 2026-07-01, closes: 2026-08-31}\n"
            "      - {id: q2",
            NULL, {0}},
        {"questionnaires:",
            "  - {id: zhongshan, name: {zh: 中山, en: Zhongshan}}\n"
            "questionnaires:",
            NULL, {0}},
        {"centres: [yueyang]", "centres: [fangsong]", NULL, {0}},
        {"coded_only: true", "coded_only: false", NULL, {0}},
        {"appraisers: 12", "appraisers: 13", NULL, {0}},
        {"year: 2026", "year: 2026\nk: 12\ngrace: 20", NULL, {0}},
        {"max: 200", "max: 100", NULL, {0}},
    };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        expect(*state, &allowed[i], "2026-02-01");
}

static void an_indicator_without_an_open_wave_is_free(void **state)
{
    static const struct change appraisal = {
        STAFF, "  - id: people\n    name: {zh: 评价, en: A}\n", NULL, {0}};

    expect(*state, &appraisal, "2026-06-01");
}

static void a_centre_with_answers_may_not_vanish_from_the_list(void **state)
{
    static const struct change change = {
        "  - {id: fangsong, name: {zh: 方松, en: Fangsong}}\n", "",
        "The centre “{1}” may have answers", {"fangsong", "three-visits"}};

    expect(*state, &change, "2026-01-01");
}

static void another_year_is_free_but_takes_no_wave_id_twice(void **state)
{
    struct arena *arena = *state;
    struct problems problems;
    problems_init(&problems, arena);
    const struct plan *in_force = plan_text_parse(arena, text_of(plan_text_base));
    struct plan next = *plan_text_parse(arena, plan_text_with(arena, "85.00%", "70.00%"));
    next.year = 2027;

    assert_int_equal(plan_check_change(in_force, &next, day("2026-12-20"), &problems),
        STATUS_CONFLICT);
    assert_int_equal(problems.count, 3);
    assert_text_equal(problems.list[0].argument[1], "spring");

    struct plan_programme programmes[2] = {next.programmes[0], next.programmes[1]};
    struct plan_wave spring = programmes[0].waves[0];
    spring.id = TEXT("2027-spring");
    programmes[0].waves = &spring;
    programmes[1].wave_count = 0;
    next.programmes = programmes;
    problems_init(&problems, arena);
    assert_int_equal(
        plan_check_change(in_force, &next, day("2026-12-20"), &problems), STATUS_OK);
}

static void an_arena_that_is_too_small_does_not_hide_a_change(void **state)
{
    struct arena *arena = *state;
    const struct plan *in_force = plan_text_parse(arena, text_of(plan_text_base));
    const struct plan *next =
        plan_text_parse(arena, plan_text_with(arena, "85.00%", "80.00%"));
    for (size_t capacity = 16; capacity < 4096; capacity += 16) {
        struct arena *small = arena_new(capacity);
        struct problems problems;
        problems_init(&problems, small);
        assert_int_not_equal(
            plan_check_change(in_force, next, day("2026-02-01"), &problems), STATUS_OK);
        arena_free(small);
    }
}

static int make_arena(void **state)
{
    *state = arena_new(PLAN_TEXT_ARENA);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(what_is_frozen_may_not_change_from_the_first_opening_day),
        CASE(the_same_is_free_the_day_before),
        CASE(it_is_frozen_until_the_year_ends_also_after_all_waves_have_closed),
        CASE(names_that_vanish_or_items_that_change_are_told),
        CASE(the_kind_of_an_indicator_is_frozen),
        CASE(words_people_dates_and_new_places_may_change),
        CASE(an_indicator_without_an_open_wave_is_free),
        CASE(a_centre_with_answers_may_not_vanish_from_the_list),
        CASE(another_year_is_free_but_takes_no_wave_id_twice),
        CASE(an_arena_that_is_too_small_does_not_hide_a_change),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
