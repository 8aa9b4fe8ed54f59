/* test_report.c: tally cells summed into strata and indicators. */
#include "tests/support/test.h"

#include "kiosk/report.h"

static struct plan_wave quarters[] = {
    {.id = {"q1", 2}, .opens = 100, .closes = 199, .population = 157},
    {.id = {"q2", 2}, .opens = 300, .closes = 399, .population = 150},
};
static struct plan_wave year[] = {
    {.id = {"2026", 4}, .opens = 0, .closes = 364, .population = -1},
};
static struct plan_programme programmes[] = {
    {.id = {"visits", 6}, .waves = quarters, .wave_count = 2},
    {.id = {"elders", 6}, .waves = year, .wave_count = 1},
    {.id = {"unions", 6}, .waves = year, .wave_count = 1},
};
static size_t of_relief[] = {1, 0}; /* the indicator's order, not the plan's */
static size_t of_unions[] = {2};
static struct plan_indicator indicators[] = {
    {.id = {"relief", 6}, .programmes = of_relief, .programme_count = 2},
    {.id = {"unions", 6}, .programmes = of_unions, .programme_count = 1},
    {.id = {"staff", 5}, .kind = INDICATOR_APPRAISAL},
};
static const struct plan plan = {.programmes = programmes,
    .programme_count = 3,
    .indicators = indicators,
    .indicator_count = 3};

static int64_t three[] = {3}, four[] = {4}, five[] = {5}, six[] = {6};
static const struct tally_cell cells[] = {
    {.programme = {"visits", 6},
        .wave = {"q1", 2},
        .channel = CHANNEL_SLIP,
        .counters = three},
    {.programme = {"visits", 6},
        .wave = {"q1", 2},
        .channel = CHANNEL_POSTER,
        .counters = four},
    {.programme = {"visits", 6},
        .wave = {"q2", 2},
        .channel = CHANNEL_PAPER,
        .counters = five},
    {.programme = {"elders", 6},
        .wave = {"2026", 4},
        .channel = CHANNEL_POSTER,
        .counters = six},
};
static const struct report_asked asked[] = {
    {{"visits", 6}, {"q1", 2}, 157}, {{"visits", 6}, {"q2", 2}, -1}};

static struct report build(struct arena *arena, day_t as_of)
{
    struct report report = {0};
    struct report_input input = {&plan, 1, as_of, cells, 4, asked, 2};
    assert_int_equal(report_build(arena, &input, &report), STATUS_OK);
    return report;
}

static void every_channel_of_every_programme_counts_as_received(void **state)
{
    struct report report = build(*state, 350);
    assert_int_equal(report.indicators[0].received, 18);
    assert_int_equal(report.indicators[1].received, 0);
    assert_int_equal(report.indicators[2].received, 0);
}

static void strata_are_the_opened_waves_in_the_indicators_order(void **state)
{
    struct report report = build(*state, 350);
    const struct report_indicator *relief = &report.indicators[0];
    assert_int_equal(relief->stratum_count, 3);
    assert_text_equal(relief->strata[0].programme->id, "elders");
    assert_text_equal(relief->strata[1].wave->id, "q1");
    assert_int_equal(relief->strata[1].received, 7);
    assert_int_equal(relief->strata[2].received, 5);

    assert_int_equal(build(*state, 299).indicators[0].stratum_count, 2);
    assert_int_equal(build(*state, 300).indicators[0].stratum_count, 3);
}

static void what_is_unknown_stays_unknown_and_the_rest_is_summed(void **state)
{
    struct report report = build(*state, 350);
    assert_int_equal(report.indicators[0].population, 157 + 150);
    assert_int_equal(report.indicators[0].asked, 157);
    assert_int_equal(report.indicators[0].strata[0].asked, -1);
    assert_int_equal(report.indicators[1].population, -1);
    assert_int_equal(report.indicators[1].asked, -1);
}

static void an_arena_that_is_too_small_is_said(void **state)
{
    (void)state;
    struct arena *tiny = arena_new(64);
    struct report report;
    struct report_input input = {&plan, 1, 350, cells, 4, asked, 2};
    assert_int_equal(report_build(tiny, &input, &report), STATUS_NO_MEMORY);
    arena_free(tiny);
}

static int make_arena(void **state)
{
    *state = arena_new(65536);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_channel_of_every_programme_counts_as_received),
        cmocka_unit_test(strata_are_the_opened_waves_in_the_indicators_order),
        cmocka_unit_test(what_is_unknown_stays_unknown_and_the_rest_is_summed),
        cmocka_unit_test(an_arena_that_is_too_small_is_said),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
