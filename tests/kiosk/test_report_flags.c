/* test_report_flags.c: the figure without flagged answers, and invited answers beside
   walk-in ones: both only where they tell of nobody. */
#include "tests/support/counted.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"

#include <math.h>

/* ---- flags ---- */

static void without_flags_the_second_figure_is_the_first(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 60, 20, 3);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_int_equal(of->flagged, 0);
    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 80);
    assert_int_equal(of->without_flagged.x, 60);
    assert_true(of->without_flagged.rate == of->figure.p);
    assert_int_equal(of->without_flagged.verdict, of->verdict);
    assert_false(counted_has_notice(of, "{1} answers are flagged"));
}

static void a_verdict_that_hangs_on_flagged_answers_is_told(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    counted_add_flagged(scene, CHANNEL_POSTER, 60, 0, 1);
    counted_add_flagged(scene, CHANNEL_POSTER, 40, 0, 9);

    const struct report_indicator *of = counted_build(scene, 0, 150);

    assert_int_equal(of->n, 150);
    assert_int_equal(of->verdict, VERDICT_LIKELY_MET);
    assert_int_equal(of->flagged, 100);
    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 50);
    assert_int_equal(of->without_flagged.x, 40);
    assert_int_equal(of->without_flagged.rate_bp, 8000);
    assert_int_equal(of->without_flagged.verdict, VERDICT_MISSED);
    assert_true(counted_has_notice(of, "Without the {1} flagged answers the verdict"));
    assert_text_equal(of->notices[0].argument[0], "100");
}

static void a_verdict_that_stands_without_them_is_told_too(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 40, 60, 0);
    counted_add_flagged(scene, CHANNEL_POSTER, 10, 10, 2);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.verdict, of->verdict);
    assert_true(
        counted_has_notice(of, "{1} answers are flagged as unusual; without them"));
}

static void fewer_than_k_flagged_answers_are_not_set_apart(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    counted_add(scene, "visits", "q1", CHANNEL_POSTER, 40, 10, 0);
    counted_add_flagged(scene, CHANNEL_POSTER, 8, 1, 1);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_int_equal(of->flagged, 9);
    assert_false(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, NO_COUNT);
    assert_int_equal(of->without_flagged.x, NO_COUNT);
    assert_true(isnan(of->without_flagged.rate));
    assert_int_equal(of->without_flagged.rate_bp, NO_COUNT);
    assert_true(counted_has_notice(of, "{1} answers are flagged as unusual. What"));

    counted_add_flagged(scene, CHANNEL_POSTER, 1, 0, 1); /* the tenth */
    assert_true(counted_build(scene, 0, OPENED)->without_flagged.is_shown);
}

static void what_is_left_of_a_row_may_not_be_small_either(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    counted_add(
        scene, "visits", "q1", CHANNEL_POSTER, 8, 1, 0); /* beside thirty flagged ones */
    counted_add_flagged(scene, CHANNEL_POSTER, 20, 10, 1);
    assert_false(counted_build(scene, 0, OPENED)->without_flagged.is_shown);

    counted_add(scene, "visits", "q1", CHANNEL_POSTER, 1, 0, 0); /* the tenth */
    assert_true(counted_build(scene, 0, OPENED)->without_flagged.is_shown);
}

static void where_all_are_flagged_nothing_is_left(void **state)
{
    struct counted *scene = *state;
    counted_add_flagged(scene, CHANNEL_POSTER, 20, 10, 1);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 0);
    assert_true(isnan(of->without_flagged.rate));
    assert_int_equal(of->without_flagged.verdict, VERDICT_NO_DATA);
}

static void a_hidden_figure_has_no_second_one(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 5, 2, 0);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_true(of->is_hidden);
    assert_false(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.verdict, VERDICT_INSUFFICIENT);
}

static void flags_of_answers_beside_the_figure_are_not_its(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "unions", "2026", CHANNEL_SLIP, 40, 10, 0);
    counted_add(scene, "unions", "2026", CHANNEL_POSTER, 20, 0, 0);
    scene->cells[1].flags = 1;

    const struct report_indicator *of = counted_build(scene, 1, OPENED);

    assert_int_equal(of->flagged, 0);
    assert_int_equal(of->without_flagged.n, 50);
}

/* As many centres as there may be rows, and one more: that is not looked at. */
static void check_rows(struct counted *scene, size_t centres, bool is_shown)
{
    size_t room = 2 * centres + 1;
    struct tally_cell *cells = arena_take_array(scene->arena, room, sizeof *cells);
    size_t size = tally_size(&scene->questionnaire);
    struct report_input input = {
        .plan = &scene->plan, .as_of = OPENED, .waves = cells, .periods = cells};
    assert_non_null(cells);
    scene->cell_count = 0;
    scene->of_relief[0] = 0; /* one programme: no table of programmes by centre */
    scene->indicators[0].programme_count = 1;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 15, 5, 0);
    counted_add_flagged(scene, CHANNEL_POSTER, 30, 10, 1);
    for (size_t i = 0; i < centres; i++) {
        cells[i] = scene->cells[0];
        cells[i].centre = text_format(scene->arena, "c%zu", i);
        cells[i].counter_count = size;
    }
    cells[centres] = scene->cells[1];
    cells[centres].centre = cells[0].centre;
    input.wave_count = input.period_count = centres + 1;

    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);

    const struct report_indicator *of = &scene->report.indicators[0];
    size_t rows = 2 + of->strata.count + of->by_centre.count + of->by_channel.count +
                  of->cells.count + of->by_period.count + of->by_quarter.count +
                  of->items.count;
    assert_int_equal(rows, is_shown ? FLAG_ROWS_MAX : FLAG_ROWS_MAX + 1);
    assert_int_equal(of->without_flagged.is_shown, is_shown);
}

static void so_many_rows_are_looked_at_and_no_more(void **state)
{
    enum { OTHERS = 10 }; /* figure, range, stratum, channels, period, quarter, items */
    struct counted *scene = *state;
    arena_free(scene->arena);
    scene->arena = arena_new(64 << 20);
    check_rows(scene, FLAG_ROWS_MAX - OTHERS, true);
    check_rows(scene, FLAG_ROWS_MAX - OTHERS + 1, false);
}

/* ---- invited and walk-in ---- */

static void invited_and_walk_in_answers_stand_beside_each_other(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 1);
    counted_add(scene, "visits", "q1", CHANNEL_PAPER, 15, 5, 0);
    counted_add(scene, "visits", "q1", CHANNEL_POSTER, 12, 8, 0);
    counted_add(scene, "visits", "q1", CHANNEL_KIOSK, 30, 0, 0);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_int_equal(of->invited.received, 51);
    assert_int_equal(of->invited.n, 50);
    assert_int_equal(of->invited.x, 35);
    assert_int_equal(of->invited.rate.rate_bp, 7000);
    assert_true(of->invited.counts && of->walk_in.counts);
    assert_int_equal(of->walk_in.n, 50);
    assert_int_equal(of->walk_in.x, 42);
    assert_int_equal(of->walk_in.rate.rate_bp, 8400);
}

static void a_group_with_a_hidden_channel_is_hidden(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 0);
    counted_add(scene, "visits", "q1", CHANNEL_LINK, 40, 10, 0);
    counted_add(scene, "visits", "q1", CHANNEL_POSTER, 4, 1, 0);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_true(of->walk_in.is_hidden);
    assert_true(of->invited.is_hidden); /* the slips cover the poster */
    assert_int_equal(of->walk_in.received, 5);
    assert_int_equal(of->walk_in.n, NO_COUNT);
}

static void walk_in_answers_that_do_not_count_say_so(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "unions", "2026", CHANNEL_SLIP, 20, 10, 0);
    counted_add(scene, "unions", "2026", CHANNEL_POSTER, 20, 0, 0);

    const struct report_indicator *of = counted_build(scene, 1, OPENED);

    assert_true(of->invited.counts);
    assert_false(of->walk_in.counts);
    assert_int_equal(of->walk_in.n, 20);
}

static void only_answers_with_a_code_are_answered(void **state)
{
    struct counted *scene = *state;
    counted_add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 2);
    counted_add(scene, "visits", "q1", CHANNEL_LINK, 5, 0, 0);
    counted_add(scene, "visits", "q1", CHANNEL_PAPER, 15, 5, 0);
    counted_add(scene, "visits", "q2", CHANNEL_SLIP, 11, 0, 0);

    const struct report_indicator *of = counted_build(scene, 0, OPENED);

    assert_int_equal(of->strata.list[1].answered, 37);
    assert_int_equal(of->strata.list[2].answered, 11);
    assert_int_equal(of->answered, 48);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, counted_set_up, counted_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(without_flags_the_second_figure_is_the_first),
        in_scene(a_verdict_that_hangs_on_flagged_answers_is_told),
        in_scene(a_verdict_that_stands_without_them_is_told_too),
        in_scene(fewer_than_k_flagged_answers_are_not_set_apart),
        in_scene(what_is_left_of_a_row_may_not_be_small_either),
        in_scene(where_all_are_flagged_nothing_is_left),
        in_scene(a_hidden_figure_has_no_second_one),
        in_scene(flags_of_answers_beside_the_figure_are_not_its),
        in_scene(so_many_rows_are_looked_at_and_no_more),
        in_scene(invited_and_walk_in_answers_stand_beside_each_other),
        in_scene(a_group_with_a_hidden_channel_is_hidden),
        in_scene(walk_in_answers_that_do_not_count_say_so),
        in_scene(only_answers_with_a_code_are_answered),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
