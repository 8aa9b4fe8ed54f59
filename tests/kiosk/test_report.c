/* test_report.c: tally cells become strata, figures, verdicts and breakdowns, and who
   counts is the programme's choice. */
#include "tests/support/counted.h"
#include "tests/support/test.h"

#include <math.h>

/* ---- what is counted ---- */

static void every_channel_of_every_programme_is_received(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 3, 0, 0);
    counted_add(scene, "visits", "q2", CHANNEL_POSTER, 4, 0, 1);
    counted_add(scene, "elders", "2026", CHANNEL_KIOSK, 5, 0, 0);
    counted_add(scene, "unions", "2026", CHANNEL_POSTER, 6, 0, 0);
    assert_int_equal(counted_build(scene, 0, OPENED)->received, 13);
    assert_int_equal(counted_build(scene, 1, OPENED)->received, 6);
    assert_int_equal(counted_build(scene, 2, OPENED)->received, 0);
}

static void strata_are_the_opened_waves_in_the_indicators_order(void **state)
{
    struct counted *scene = *state;
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    assert_int_equal(relief->strata.count, 3);
    assert_text_equal(relief->strata.list[0].programme->id, "elders");
    assert_text_equal(relief->strata.list[1].wave->id, "q1");
    assert_int_equal(counted_build(scene, 0, 299)->strata.count, 2);
    assert_int_equal(counted_build(scene, 0, 300)->strata.count, 3);
}

static void one_population_gives_the_exact_figure(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 135, 5, 2);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->n, 140);
    assert_int_equal(relief->x, 135);
    assert_int_equal(relief->missing, 2);
    assert_int_equal(relief->population, 157);
    assert_int_equal(relief->rate_bp, 9643);
    assert_int_equal(relief->verdict, VERDICT_MET);
    assert_true(relief->figure.is_single);
    assert_int_equal(relief->k_req, 142);
    assert_int_equal(relief->to_settle, 7);
    assert_true(relief->has_points);
    assert_int_equal(relief->points.score_cp, 1000);
}

static void what_is_likely_says_how_many_more_answers_would_decide_it(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 60, 3, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->verdict, VERDICT_LIKELY_MET);
    int more = (int)relief->to_decide;
    assert_true(more > 0 && more < 94);

    counted_add(
        scene, "visits", "q1", CHANNEL_PAPER, more * 60 / 63, more - more * 60 / 63, 0);
    assert_int_equal(counted_build(scene, 0, 299)->verdict, VERDICT_MET);
    assert_int_equal(counted_build(scene, 0, 299)->to_decide, NO_COUNT);
}

static void several_populations_are_weighted_by_their_people(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 25, 25, 0);
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    double expected = (157 * 1.0 + 150 * 0.5) / 307;
    assert_true(fabs(relief->figure.p - expected) < 1e-12);
    assert_int_equal(relief->population, 307);
    assert_int_equal(relief->verdict, VERDICT_MISSED);
}

/* ---- who counts ---- */

static void where_only_invited_answers_count_walk_ins_stand_beside(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "unions", "2026", CHANNEL_SLIP, 80, 2, 0);
    counted_add(scene, "unions", "2026", CHANNEL_POSTER, 0, 40, 0);
    const struct report_indicator *unions = counted_build(scene, 1, OPENED);
    assert_int_equal(unions->received, 122);
    assert_int_equal(unions->n, 82);
    assert_int_equal(unions->x, 80);
    assert_int_equal(unions->by_channel.count, 2);
    assert_false(unions->by_channel.list[1].counts);
    assert_int_equal(unions->by_channel.list[1].n, 40);
    assert_int_equal(unions->by_channel.list[1].x, 0);
    assert_true(counted_has_notice(unions, "{1} walk-in answers stand beside"));
}

static void walk_ins_that_count_leave_the_population_as_a_weight_only(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 150, 0, 0);
    counted_add(scene, "visits", "q1", CHANNEL_KIOSK, 7, 0, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->n, 157);
    assert_int_equal(relief->figure.flags & FLAG_CENSUS, 0);
    assert_false(relief->figure.certain);
    assert_int_equal(relief->to_settle, NO_COUNT);
    assert_true(relief->figure.bound.lo <= 0 && relief->figure.bound.hi >= 1);
    assert_true(counted_has_notice(relief, "Walk-in answers count"));

    counted_add(scene, "visits", "q1", CHANNEL_KIOSK, 3, 0, 0);
    assert_true(
        counted_has_notice(counted_build(scene, 0, 299), "{1} walk-in answers count"));
}

static void waves_without_a_population_stand_beside_the_figure(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 140, 0, 0);
    counted_add(scene, "elders", "2026", CHANNEL_SLIP, 0, 50, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->n, 140);
    assert_int_equal(relief->x, 140);
    assert_false(relief->strata.list[0].counts);
    assert_int_equal(relief->strata.list[0].x, 0);
    assert_true(
        counted_has_notice(relief, "Not counted, since its population is not filled in"));
}

static void if_no_wave_states_a_population_they_are_pooled(void **state)
{
    struct counted *scene = *state;
    scene->quarters[0].population = -1;
    scene->quarters[1].population = -1;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 90, 10, 0);
    counted_add(scene, "elders", "2026", CHANNEL_SLIP, 30, 0, 0);
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    assert_int_equal(relief->n, 130);
    assert_int_equal(relief->population, NO_COUNT);
    assert_true((relief->figure.flags & FLAG_UNWEIGHTED) != 0);
    assert_false(counted_has_notice(relief, "Not counted"));
}

/* ---- edges ---- */

static void nothing_received_is_no_data(void **state)
{
    const struct report_indicator *relief = counted_build(*state, 0, OPENED);
    assert_int_equal(relief->verdict, VERDICT_NO_DATA);
    assert_int_equal(relief->n, 0);
    assert_false(relief->is_hidden);
    assert_false(relief->has_points);
    assert_int_equal(relief->rate_bp, NO_COUNT);
}

static void before_the_first_wave_there_is_nothing_to_report(void **state)
{
    const struct report_indicator *relief = counted_build(*state, 0, -1);
    assert_int_equal(relief->strata.count, 0);
    assert_int_equal(relief->verdict, VERDICT_NO_DATA);
}

static void more_answers_than_people_is_flagged_and_said(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 160, 0, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_true((relief->figure.flags & FLAG_POP_LT_N) != 0);
    assert_true(counted_has_notice(relief, "There are more answers than people"));
}

static void a_census_is_certain(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 150, 7, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_true((relief->figure.flags & FLAG_CENSUS) != 0);
    assert_int_equal(relief->verdict, VERDICT_MET);
    assert_true(relief->figure.certain);
    assert_true(isinf(relief->figure.n_eff));
}

static void a_verdict_that_another_measure_would_change_is_marked(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 150, 0, 0);
    assert_false(counted_build(scene, 0, 299)->is_formula_sensitive);
    struct tally_cell *cell = &scene->cells[0];
    for (int i = 0; i < 7; i++)
        tally_add(&scene->questionnaire, TEXT("35000"), cell->counters);
    for (int i = 0; i < 50; i++) /* half of the fives become threes */
        cell->counters[1 + TALLY_LEVEL_1 + 4]--, cell->counters[1 + TALLY_LEVEL_1 + 2]++;
    assert_true(counted_build(scene, 0, 299)->is_formula_sensitive);
}

static void codes_made_are_asked_and_more_than_the_people_is_said(void **state)
{
    struct counted *scene = *state;
    scene->asked[0] = (struct report_asked){TEXT("visits"), TEXT("q1"), 158};
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->asked, 158);
    assert_true(counted_has_notice(relief, "More codes were made"));
    assert_int_equal(counted_build(scene, 1, 299)->asked, NO_COUNT);
}

static void many_waves_without_a_population_crowd_no_other_notice_out(void **state)
{
    enum { WAVES = 30 };
    struct counted *scene = *state;
    struct plan_wave waves[WAVES];
    for (size_t i = 0; i < WAVES; i++)
        waves[i] = (struct plan_wave){TEXT("w"), (day_t)i, (day_t)i, -1};
    scene->programmes[1].waves = waves;
    scene->programmes[1].wave_count = WAVES;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 160, 0, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->notice_count, WAVES + 1);
    assert_true(counted_has_notice(relief, "There are more answers than people"));
    assert_memory_equal(relief->notices[0].message, "There are", 9);
}

/* ---- breakdowns ---- */

static void items_are_counted_on_their_own(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 20, 15, 5);
    const struct report_rows *items = &counted_build(scene, 0, 299)->items;
    assert_int_equal(items->count, 2);
    assert_text_equal(items->list[0].item->id, "overall");
    assert_int_equal(items->list[0].n, 35);
    assert_int_equal(items->list[1].n, 25);
    assert_int_equal(items->list[1].x, 25);
}

static void centres_and_periods_add_up_to_the_figure(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 20, 5, 0);
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 30, 0, 0);
    scene->cells[1].centre = TEXT("south");
    scene->cells[1].period = 90;
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_int_equal(relief->by_centre.count, 2);
    assert_int_equal(
        relief->by_centre.list[0].n + relief->by_centre.list[1].n, relief->n);
    assert_int_equal(relief->by_period.count, 2);
    assert_int_equal(relief->by_period.list[0].period, 90);
    assert_int_equal(relief->by_period.list[0].x, 30);
}

/* ---- seals ---- */

static struct seal_digest digest_of(unsigned char byte)
{
    struct seal_digest digest = {{0}};
    digest.bytes[0] = byte;
    return digest;
}

static void the_seal_is_of_the_periods_of_opened_waves(void **state)
{
    struct counted *scene = *state;
    struct seal_period sets[] = {
        {TEXT("visits"), TEXT("q1"), 100, 3, digest_of(1)},
        {TEXT("visits"), TEXT("q2"), 300, 4, digest_of(2)},
        {TEXT("gone"), TEXT("q1"), 100, 5, digest_of(3)},
        {TEXT("elders"), TEXT("2026"), 0, 6, digest_of(4)},
    };
    struct seal_period expected[] = {sets[3], sets[0]};
    const struct seal seals[] = {
        {.number = 1, .programme = TEXT("visits"), .wave = TEXT("q2")},
        {.number = 2, .programme = TEXT("visits"), .wave = TEXT("q1")},
        {.number = 3, .programme = TEXT("gone"), .wave = TEXT("q1")},
    };
    struct report_input input = {.plan = &scene->plan,
        .plan_version = 1,
        .as_of = 299,
        .sets = sets,
        .set_count = 4,
        .seals = seals,
        .seal_count = 3};

    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    struct seal_digest seal = seal_report(expected, 2);
    assert_true(seal_digest_equals(&scene->report.seal, &seal));
    assert_int_equal(scene->report.seal_count, 1);
    assert_int_equal(scene->report.seals[0].number, 2);

    input.as_of = 300; /* the second quarter has opened */
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    assert_false(seal_digest_equals(&scene->report.seal, &seal));
    assert_int_equal(scene->report.seal_count, 2);
}

static void an_arena_that_is_too_small_is_said(void **state)
{
    struct counted *scene = *state;
    struct arena *tiny = arena_new(64);
    struct report report;
    struct report_input input = {.plan = &scene->plan, .as_of = OPENED};
    assert_int_equal(report_build(tiny, &input, &report), STATUS_NO_MEMORY);
    arena_free(tiny);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, counted_set_up, counted_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(every_channel_of_every_programme_is_received),
        in_scene(strata_are_the_opened_waves_in_the_indicators_order),
        in_scene(one_population_gives_the_exact_figure),
        in_scene(what_is_likely_says_how_many_more_answers_would_decide_it),
        in_scene(several_populations_are_weighted_by_their_people),
        in_scene(where_only_invited_answers_count_walk_ins_stand_beside),
        in_scene(walk_ins_that_count_leave_the_population_as_a_weight_only),
        in_scene(waves_without_a_population_stand_beside_the_figure),
        in_scene(if_no_wave_states_a_population_they_are_pooled),
        in_scene(nothing_received_is_no_data),
        in_scene(before_the_first_wave_there_is_nothing_to_report),
        in_scene(more_answers_than_people_is_flagged_and_said),
        in_scene(a_census_is_certain),
        in_scene(a_verdict_that_another_measure_would_change_is_marked),
        in_scene(codes_made_are_asked_and_more_than_the_people_is_said),
        in_scene(many_waves_without_a_population_crowd_no_other_notice_out),
        in_scene(items_are_counted_on_their_own),
        in_scene(centres_and_periods_add_up_to_the_figure),
        in_scene(the_seal_is_of_the_periods_of_opened_waves),
        in_scene(an_arena_that_is_too_small_is_said),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
