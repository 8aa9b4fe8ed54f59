/* test_report_hiding.c: small groups are hidden and covered, today and as of an earlier
   day. */
#include "tests/support/counted.h"
#include "tests/support/test.h"

#include <math.h>

/* ---- small groups ---- */

static void a_group_of_nine_is_hidden_and_one_of_ten_is_shown(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 8, 1, 3);
    const struct report_row *second = &counted_build(scene, 0, OPENED)->strata.list[2];
    assert_true(second->is_hidden);
    assert_int_equal(second->received, 12);
    assert_int_equal(second->n, NO_COUNT);
    assert_int_equal(second->x, NO_COUNT);
    assert_true(isnan(second->rate.p));
    assert_true(isnan(second->rate.exact.lo));

    counted_add(scene, "visits", "q2", CHANNEL_PAPER, 1, 0, 0);
    second = &counted_build(scene, 0, OPENED)->strata.list[2];
    assert_false(second->is_hidden);
    assert_int_equal(second->n, 10);
}

static void a_hidden_group_is_covered_by_the_smallest_other_one(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 7, 0, 0);
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 30, 0, 0);
    scene->cells[1].centre = TEXT("south");
    scene->cells[2].centre = TEXT("west");
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    assert_int_equal(relief->n, 137);
    assert_false(relief->strata.list[0].is_hidden); /* nobody answered */
    assert_true(relief->strata.list[1].is_hidden);
    assert_true(relief->strata.list[2].is_hidden);
    assert_false(relief->by_centre.list[0].is_hidden);
    assert_true(relief->by_centre.list[1].is_hidden);
    assert_true(relief->by_centre.list[2].is_hidden);
    assert_int_equal(relief->by_centre.list[2].received, 30);
}

/* The wave of seven is also the centre of seven, and the only one of its period. */
static void one_breakdown_does_not_tell_what_another_hides(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 15, 0, 0);
    scene->cells[1].period = 310;
    counted_add(scene, "elders", "2026", CHANNEL_SLIP, 7, 0, 0); /* beside the figure */
    scene->cells[2].centre = TEXT("south");
    scene->cells[2].period = 10;
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    assert_false(relief->is_hidden);
    assert_int_equal(relief->n, 115);
    assert_true(relief->strata.list[0].is_hidden);
    assert_true(relief->items.list[0].is_hidden); /* 122 less the figure's 115 is seven */
    assert_true(relief->by_channel.list[0].is_hidden);
    assert_true(relief->by_centre.list[1].is_hidden);
    assert_false(relief->by_centre.list[0].is_hidden); /* the figure's 115 again */
}

static void hidden_waves_are_one_in_the_figure_and_a_notice_says_so(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 9, 1, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 7, 0, 3);
    const struct report_indicator *relief = counted_build(scene, 0, OPENED);
    assert_int_equal(relief->pooled, 2);
    assert_true(
        counted_has_notice(relief, "{1} waves that are not shown are put together"));
    assert_true(relief->figure.shift > 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 3, 0, 0);
    relief = counted_build(scene, 0, OPENED);
    assert_int_equal(relief->pooled, 0);
    assert_false(
        counted_has_notice(relief, "{1} waves that are not shown are put together"));
    assert_true(relief->figure.shift <= 0);
}

static void a_hidden_verdict_is_the_same_whatever_was_said(void **state)
{
    struct counted *scene = *state;
    scene->plan.k = 20;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 15, 0, 0);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_true(relief->is_hidden);
    assert_int_equal(relief->verdict, VERDICT_INSUFFICIENT);
    assert_int_equal(relief->figure.flags, 0); /* ten or more are not SMALL_N */
}

/* ---- earlier days ---- */

static const struct report_indicator *build_earlier(struct counted *scene, day_t as_of)
{
    struct report_input input = {.plan = &scene->plan,
        .as_of = as_of,
        .today = OPENED,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    return &scene->report.indicators[0];
}

static void an_earlier_day_shows_the_waves_that_today_shows(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 30, 1, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 12, 3, 0);
    const struct report_indicator *relief = build_earlier(scene, 299);
    assert_false(relief->is_hidden);
    assert_int_equal(relief->n, 31);
    assert_int_equal(relief->strata.count, 2);
    assert_int_equal(relief->strata.list[1].n, 31);
    assert_true(relief->by_centre.list[0].is_hidden); /* the centre has more today */
    assert_false(relief->has_score); /* the mean of q2 would follow from the two */
}

static void an_earlier_day_is_withheld_where_it_would_part_hidden_waves(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 30, 1, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 6, 3, 0);
    const struct report_indicator *relief = build_earlier(scene, 299);
    assert_true(relief->is_hidden && relief->is_withheld);
    assert_int_equal(relief->n, NO_COUNT);
    assert_int_equal(relief->figure.flags, 0);
    assert_true(counted_has_notice(relief, "Not shown as of an earlier day"));
}

static void an_indicator_of_nine_answers_shows_nothing_but_what_was_received(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 9, 0, 4);
    const struct report_indicator *relief = counted_build(scene, 0, 299);
    assert_true(relief->is_hidden);
    assert_int_equal(relief->received, 13);
    assert_int_equal(relief->n, NO_COUNT);
    assert_int_equal(relief->rate_bp, NO_COUNT);
    assert_int_equal(relief->missing, NO_COUNT);
    assert_false(relief->has_points);
    assert_true(counted_has_notice(relief, "Fewer than {1} answers"));
}

static void other_measures_are_shown_from_thirty_answers_on(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 29, 0, 0);
    assert_false(counted_build(scene, 0, 299)->has_score);
    counted_add(scene, "visits", "q1", CHANNEL_LINK, 1, 0, 0);
    assert_true(counted_build(scene, 0, 299)->has_score);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, counted_set_up, counted_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(a_group_of_nine_is_hidden_and_one_of_ten_is_shown),
        in_scene(a_hidden_group_is_covered_by_the_smallest_other_one),
        in_scene(one_breakdown_does_not_tell_what_another_hides),
        in_scene(hidden_waves_are_one_in_the_figure_and_a_notice_says_so),
        in_scene(a_hidden_verdict_is_the_same_whatever_was_said),
        in_scene(an_earlier_day_shows_the_waves_that_today_shows),
        in_scene(an_earlier_day_is_withheld_where_it_would_part_hidden_waves),
        in_scene(an_indicator_of_nine_answers_shows_nothing_but_what_was_received),
        in_scene(other_measures_are_shown_from_thirty_answers_on),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
