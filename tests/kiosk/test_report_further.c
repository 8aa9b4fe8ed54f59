/* test_report_further.c: what stands beside the breakdowns: programmes by centre,
   quarters, changes, weeks, what was ticked; each at its limit. */
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/report.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS_MAX = 128, TODAY = 1000, K = 10 };

struct scene {
    struct arena *arena;
    struct plan_questionnaire questionnaire;
    struct plan_wave waves[2][3];
    struct plan_programme programmes[2];
    size_t both[2];
    struct plan_indicator indicator;
    struct plan plan;
    struct tally_cell cells[CELLS_MAX];
    size_t cell_count;
    struct report report;
};

/* Two programmes, the first with three waves, a quarter of a year apart. */
static int make_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    if (scene == NULL)
        return 1;
    scene->arena = arena_new(16 << 20);
    scene->questionnaire = sample_questionnaire();
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"q1", "q2", "q3"};
        scene->waves[0][i] =
            (struct plan_wave){text_of(names[i]), 91 * i, 91 * i + 80, 2000};
    }
    scene->waves[1][0] = (struct plan_wave){TEXT("all"), 0, 364, 2000};
    scene->programmes[0] = (struct plan_programme){.id = TEXT("visits"),
        .group = TEXT("g"),
        .waves = scene->waves[0],
        .wave_count = 3};
    scene->programmes[1] = (struct plan_programme){.id = TEXT("calls"),
        .group = TEXT("g"),
        .waves = scene->waves[1],
        .wave_count = 1};
    scene->both[1] = 1;
    scene->indicator = (struct plan_indicator){.id = TEXT("relief"),
        .target_bp = 9000,
        .measure = MEASURE_TOP2,
        .confidence_bp = 9500,
        .points_cp = 1000,
        .weights = {100, 80, 60, 30, 0},
        .programmes = scene->both,
        .programme_count = 2};
    scene->plan = (struct plan){.k = K,
        .questionnaires = &scene->questionnaire,
        .questionnaire_count = 1,
        .programmes = scene->programmes,
        .programme_count = 2,
        .indicators = &scene->indicator,
        .indicator_count = 1};
    *state = scene;
    return 0;
}

static int free_scene(void **state)
{
    struct scene *scene = *state;
    arena_free(scene->arena);
    free(scene);
    return 0;
}

struct given {
    int programme;
    int wave;
    const char *centre;
    int satisfied;
    int dissatisfied; /* each ticks the first reason */
};

static void add_on(struct scene *scene, const struct given *of, day_t period)
{
    struct tally_cell *cell = &scene->cells[scene->cell_count++];
    *cell = (struct tally_cell){.programme = scene->programmes[of->programme].id,
        .wave = scene->waves[of->programme][of->wave].id,
        .centre = text_of(of->centre),
        .channel = CHANNEL_SLIP,
        .period = period,
        .counter_count = tally_size(&scene->questionnaire)};
    cell->counters = arena_take_array(scene->arena, cell->counter_count, sizeof(int64_t));
    assert_non_null(cell->counters);
    for (int i = 0; i < of->satisfied; i++)
        tally_add(&scene->questionnaire, TEXT("55000"), cell->counters);
    for (int i = 0; i < of->dissatisfied; i++)
        tally_add(&scene->questionnaire, TEXT("25100"), cell->counters);
    cell->received = cell->counters[0];
}

static void add(struct scene *scene, const struct given *of)
{
    add_on(scene, of, scene->waves[of->programme][of->wave].opens);
}

static const struct report_indicator *build(struct scene *scene)
{
    struct report_input input = {.plan = &scene->plan,
        .as_of = TODAY,
        .today = TODAY,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    return &scene->report.indicators[0];
}

static const struct report_row *cell(
    const struct report_indicator *of, const char *programme, const char *centre)
{
    for (size_t i = 0; i < of->cells.count; i++)
        if (text_equals(of->cells.list[i].programme->id, text_of(programme)) &&
            text_equals(of->cells.list[i].centre, text_of(centre)))
            return &of->cells.list[i];
    fail_msg("no cell %s %s", programme, centre);
    return NULL;
}

/* ---- programmes by centre ---- */

static void every_programme_has_a_cell_at_every_centre(void **state)
{
    struct scene *scene = *state;
    add(scene, &(struct given){0, 0, "north", 18, 2});
    add(scene, &(struct given){0, 1, "south", 30, 0});
    add(scene, &(struct given){1, 0, "south", 12, 3});
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->cells.count, 4);
    assert_int_equal(cell(of, "visits", "north")->n, 20);
    assert_int_equal(cell(of, "visits", "north")->rate.rate_bp, 9000);
    assert_int_equal(cell(of, "calls", "south")->x, 12);
    assert_int_equal(cell(of, "calls", "north")->n, 0);
    assert_int_equal(cell(of, "calls", "north")->rate.rate_bp, NO_COUNT);
}

static void a_small_cell_is_hidden_with_what_it_takes_on_both_sides(void **state)
{
    struct scene *scene = *state;
    static const char *const centres[] = {"north", "south", "west"};
    for (int i = 0; i < 3; i++) {
        add(scene, &(struct given){0, 0, centres[i], 40 + i, 2});
        add(scene, &(struct given){1, 0, centres[i], i == 0 ? K - 1 : 30 + i, 0});
    }
    const struct report_indicator *of = build(scene);
    size_t hidden = 0;
    for (size_t i = 0; i < of->cells.count; i++)
        hidden += of->cells.list[i].is_hidden;
    assert_true(cell(of, "calls", "north")->is_hidden);
    assert_int_equal(cell(of, "calls", "north")->n, NO_COUNT);
    assert_int_equal(hidden, 4); /* a rectangle */
}

static void one_programme_has_no_table_of_its_own(void **state)
{
    struct scene *scene = *state;
    scene->indicator.programme_count = 1;
    add(scene, &(struct given){0, 0, "north", 18, 2});
    add(scene, &(struct given){0, 0, "south", 30, 0});
    assert_int_equal(build(scene)->cells.count, 0);
}

/* ---- quarters and changes ---- */

static void quarters_add_up_the_periods_that_are_shown(void **state)
{
    struct scene *scene = *state;
    add_on(scene, &(struct given){0, 0, "north", 18, 2}, 0);
    add_on(scene, &(struct given){0, 0, "north", 25, 5}, 40);
    add_on(scene, &(struct given){0, 1, "north", 30, 0}, 100);
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->by_quarter.count, 2);
    assert_int_equal(of->by_quarter.list[0].n, 50);
    assert_int_equal(of->by_quarter.list[0].x, 43);
    add_on(scene, &(struct given){0, 1, "north", K - 1, 0}, 131);
    of = build(scene);
    assert_true(of->by_quarter.list[1].is_hidden); /* a month of nine is in it */
    assert_int_equal(of->by_quarter.list[1].n, NO_COUNT);
}

static void a_change_is_between_the_last_two_shown_waves_of_a_programme(void **state)
{
    struct scene *scene = *state;
    add(scene, &(struct given){0, 0, "north", 95, 5});
    add(scene, &(struct given){0, 1, "north", 90, 10});
    add(scene, &(struct given){0, 2, "north", 60, 40});
    add(scene, &(struct given){1, 0, "north", 50, 0});
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->change_count, 1);
    assert_ptr_equal(of->changes[0].to->wave, &scene->waves[0][2]);
    assert_ptr_equal(of->changes[0].from->wave, &scene->waves[0][1]);
    assert_int_equal(of->changes[0].change.decision, CHANGE_DECLINED);
    assert_int_equal(of->changes[0].steps, 3);
    assert_int_equal(of->changes[0].trend.direction, -1);
}

static void quarters_are_compared_only_within_one_programme(void **state)
{
    struct scene *scene = *state;
    scene->indicator.programme_count = 1;
    add(scene, &(struct given){0, 0, "north", 95, 5});
    add(scene, &(struct given){0, 1, "north", 90, 10});
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->change_count, 2);
    assert_null(of->changes[0].programme);
    assert_int_equal(of->changes[0].change.decision, CHANGE_NO_EVIDENCE);
}

/* ---- weeks ---- */

static day_t monday(int week)
{
    return 4 + 7 * week; /* 1970-01-05 was a Monday */
}

static void weeks_of_few_answers_are_put_together(void **state)
{
    struct scene *scene = *state;
    scene->programmes[1].grain = GRAIN_WEEK;
    for (int week = 0; week < 30; week++)
        add_on(scene, &(struct given){1, 0, "north", week % 2 ? 14 : 5, 1}, monday(week));
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->weeks_count, 1);
    assert_false(of->weeks[0].is_hidden);
    assert_true(of->weeks[0].chart.count < 30);
    for (size_t i = 0; i < of->weeks[0].chart.count; i++)
        assert_true(of->weeks[0].chart.points[i].n >= K);
    assert_true(isfinite(of->weeks[0].chart.center) != 0);
    assert_int_equal(of->by_period.count, 7); /* months, not weeks */
}

static void fewer_than_k_answers_in_all_weeks_make_no_chart(void **state)
{
    struct scene *scene = *state;
    scene->programmes[1].grain = GRAIN_DAY;
    add(scene, &(struct given){0, 0, "north", 60, 0});
    add(scene, &(struct given){0, 1, "north", 12, 0});
    add_on(scene, &(struct given){1, 0, "north", K - 1, 0}, monday(3));
    const struct report_indicator *of = build(scene);
    assert_int_equal(of->weeks_count, 1);
    assert_true(of->weeks[0].is_hidden);
    assert_int_equal(of->weeks[0].chart.count, 0);
}

/* ---- what was ticked ---- */

static void what_was_ticked_is_shown_from_thirty_answers_on(void **state)
{
    struct scene *scene = *state;
    add(scene, &(struct given){0, 0, "north", 18, 11});
    assert_true(build(scene)->reasons[0].is_hidden);
    assert_int_equal(build(scene)->reasons[0].n, NO_COUNT);
    assert_int_equal(build(scene)->reasons[0].counts[0], NO_COUNT);
    add(scene, &(struct given){0, 0, "north", 1, 0});
    const struct report_reasons *reasons = &build(scene)->reasons[0];
    assert_false(reasons->is_hidden);
    assert_int_equal(reasons->n, 11);
    assert_int_equal(reasons->counts[0], 11);
    assert_int_equal(reasons->programme_count, 2);
}

static void what_fewer_than_k_ticked_is_not_shown(void **state)
{
    struct scene *scene = *state;
    add(scene, &(struct given){0, 0, "north", 50, K - 1});
    assert_true(build(scene)->reasons[0].is_hidden);
    add(scene, &(struct given){0, 0, "north", 0, 1});
    assert_false(build(scene)->reasons[0].is_hidden);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, make_scene, free_scene)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(every_programme_has_a_cell_at_every_centre),
        in_scene(a_small_cell_is_hidden_with_what_it_takes_on_both_sides),
        in_scene(one_programme_has_no_table_of_its_own),
        in_scene(quarters_add_up_the_periods_that_are_shown),
        in_scene(a_change_is_between_the_last_two_shown_waves_of_a_programme),
        in_scene(quarters_are_compared_only_within_one_programme),
        in_scene(weeks_of_few_answers_are_put_together),
        in_scene(fewer_than_k_answers_in_all_weeks_make_no_chart),
        in_scene(what_was_ticked_is_shown_from_thirty_answers_on),
        in_scene(what_fewer_than_k_ticked_is_not_shown),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
