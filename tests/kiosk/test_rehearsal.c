/* test_rehearsal.c: who answers in a rehearsal is drawn fairly from people whose opinions
   are known, and what a report must say is counted from them. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "kiosk/rate.h"
#include "kiosk/rehearsal.h"
#include "tests/support/plan_text.h"

enum { ARENA_BYTES = 256 << 20, SPRING_PEOPLE = 289, Q1_PEOPLE = 157 };

struct scene {
    struct arena *arena;
    const struct plan *plan;
    struct problems problems;
    struct rehearsal rehearsal;
};

static int set_up(void **state)
{
    static struct scene scene;
    scene = (struct scene){.arena = arena_new(ARENA_BYTES)};
    if (scene.arena == NULL)
        return 1;
    scene.plan = plan_text_parse(scene.arena, text_of(plan_text_base));
    problems_init(&scene.problems, scene.arena);
    *state = &scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    arena_free(scene->arena);
    return 0;
}

static struct rehearsal_truth truth(
    const char *programme, const char *wave, int64_t satisfied_bp, int64_t response_bp)
{
    return (struct rehearsal_truth){
        2, text_of(programme), text_of(wave), satisfied_bp, response_bp, 0, NO_COUNT};
}

static enum status make(
    struct scene *scene, const struct rehearsal_truth *truths, size_t count)
{
    problems_init(&scene->problems, scene->arena);
    return rehearsal_make(
        scene->arena, scene->plan, truths, count, &scene->problems, &scene->rehearsal);
}

static int64_t answers_of(const struct rehearsal_wave *wave)
{
    int64_t sum = 0;
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        sum += (int64_t)wave->story.answers[i];
    return sum;
}

/* Of those who answer, by top3. */
static int64_t satisfied_of(const struct rehearsal_wave *wave)
{
    return answers_of(wave) -
           (int64_t)(wave->story.dissatisfied + wave->story.very_dissatisfied);
}

static void is_told(const struct scene *scene, const char *words)
{
    for (size_t i = 0; i < scene->problems.count; i++)
        if (strstr(scene->problems.list[i].message, words) != NULL)
            return;
    fail_msg("nobody says \"%s\"", words);
}

/* ---- drawing ---- */

static void so_many_are_satisfied_and_answer_as_is_said(void **state)
{
    struct scene *scene = *state;
    struct rehearsal_truth row = truth("new-year", "spring", 9000, 5000);
    assert_int_equal(make(scene, &row, 1), STATUS_OK);
    const struct rehearsal_wave *wave = &scene->rehearsal.waves[0];
    assert_int_equal(scene->rehearsal.wave_count, 1);
    assert_int_equal(wave->people, SPRING_PEOPLE);
    assert_int_equal(wave->satisfied, 260);  /* 260.1 */
    assert_int_equal(answers_of(wave), 145); /* 144.5, half up */
    assert_int_equal(levels_sum(wave->levels), SPRING_PEOPLE);
    assert_int_equal(levels_top(wave->levels, MEASURE_TOP3), 260);
}

static void if_everybody_answers_nothing_is_left_to_chance(void **state)
{
    struct scene *scene = *state;
    struct rehearsal_truth row = truth("new-year", "spring", 8800, 10000);
    assert_int_equal(make(scene, &row, 1), STATUS_OK);
    const struct rehearsal_wave *wave = &scene->rehearsal.waves[0];
    assert_int_equal(answers_of(wave), SPRING_PEOPLE);
    assert_int_equal(satisfied_of(wave), wave->satisfied);
}

static void nobody_and_everybody_can_be_satisfied(void **state)
{
    struct scene *scene = *state;
    static const int64_t shares[] = {0, 10000};
    for (size_t i = 0; i < 2; i++) {
        struct rehearsal_truth row = truth("three-visits", "q1", shares[i], 5000);
        assert_int_equal(make(scene, &row, 1), STATUS_OK);
        const struct rehearsal_wave *wave = &scene->rehearsal.waves[0];
        assert_int_equal(satisfied_of(wave), i == 0 ? 0 : answers_of(wave));
    }
}

/* The exact interval holds the truth in at least 95 of 100; 400 draws leave room for
   chance: fewer than 365 would have a chance under one in a million. */
static void the_interval_holds_the_truth_as_often_as_it_says(void **state)
{
    enum { DRAWS = 400, LEAST = 365 };
    struct scene *scene = *state;
    int inside = 0;
    for (int i = 0; i < DRAWS; i++) {
        struct rehearsal_truth row = truth("new-year", "spring", 8000 + i, 3000 + 13 * i);
        assert_int_equal(make(scene, &row, 1), STATUS_OK);
        const struct rehearsal_wave *wave = &scene->rehearsal.waves[0];
        struct whole_interval interval =
            draw_interval(satisfied_of(wave), answers_of(wave), SPRING_PEOPLE, 9500);
        inside += interval.lo <= wave->satisfied && wave->satisfied <= interval.hi;
    }
    assert_true(inside >= LEAST);
}

static void a_programme_without_a_wave_means_all_of_its_waves(void **state)
{
    struct scene *scene = *state;
    struct rehearsal_truth row = truth("three-visits", "", 9000, 5000);
    row.people = 80; /* q2 has no population */
    assert_int_equal(make(scene, &row, 1), STATUS_OK);
    assert_int_equal(scene->rehearsal.wave_count, 2);
    assert_int_equal(scene->rehearsal.waves[0].people, Q1_PEOPLE);
    assert_int_equal(scene->rehearsal.waves[1].people, 80);
    assert_int_equal(scene->rehearsal.last, day_of((struct date){2026, 6, 30}));
}

/* ---- mistakes ---- */

static void every_mistake_is_told_at_once(void **state)
{
    struct scene *scene = *state;
    const struct rehearsal_truth rows[] = {truth("nobody", "", 9000, 5000),
        truth("new-year", "autumn", 9000, 5000), truth("three-visits", "q2", 9000, 5000),
        truth("three-visits", "q1", 9000, 5000), truth("three-visits", "q1", 9000, 5000)};
    assert_int_equal(make(scene, rows, 5), STATUS_INVALID);
    assert_int_equal(scene->problems.count, 4);
    is_told(scene, "has no programme");
    is_told(scene, "has no wave");
    is_told(scene, "no population");
    is_told(scene, "twice");
}

static void as_many_may_answer_as_the_limit_says_and_no_more(void **state)
{
    struct scene *scene = *state;
    struct rehearsal_truth row = truth("three-visits", "q2", 9000, 10000);
    row.people = REHEARSAL_ANSWERS_MAX;
    assert_int_equal(make(scene, &row, 1), STATUS_OK);
    row.people = REHEARSAL_ANSWERS_MAX + 1;
    assert_int_equal(make(scene, &row, 1), STATUS_INVALID);
    is_told(scene, "more than {1} answers");
}

/* ---- dealing and counting ---- */

static void what_is_dealt_is_what_was_drawn(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    const struct rehearsal_truth rows[] = {
        truth("new-year", "spring", 9000, 6000), truth("three-visits", "q1", 8000, 4000)};
    assert_int_equal(make(scene, rows, 2), STATUS_OK);
    assert_int_equal(
        rehearsal_deal(scene->arena, scene->plan, 1, &scene->rehearsal, &demo),
        STATUS_OK);
    for (size_t i = 0; i < 2; i++) {
        const struct rehearsal_wave *wave = &scene->rehearsal.waves[i];
        const struct report_row row = {.programme = wave->programme, .wave = wave->wave};
        struct rehearsal_count count = rehearsal_count_row(
            scene->plan, &demo, &scene->plan->indicators[0], REHEARSE_WAVE, &row);
        assert_int_equal(count.received, answers_of(wave));
        assert_int_equal(count.n, answers_of(wave));
        assert_int_equal(count.x, satisfied_of(wave));
        assert_int_equal(count.missing, 0);
    }
}

static void nobody_answers_after_the_wave_has_closed(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct rehearsal_truth row = truth("three-visits", "q1", 9000, 10000);
    assert_int_equal(make(scene, &row, 1), STATUS_OK);
    assert_int_equal(
        rehearsal_deal(scene->arena, scene->plan, 1, &scene->rehearsal, &demo),
        STATUS_OK);
    assert_int_equal(demo.submission_count, Q1_PEOPLE);
    for (size_t i = 0; i < demo.submission_count; i++)
        assert_true(demo.submissions[i].period <= scene->rehearsal.waves[0].wave->closes);
}

#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(so_many_are_satisfied_and_answer_as_is_said),
        WITH_SCENE(if_everybody_answers_nothing_is_left_to_chance),
        WITH_SCENE(nobody_and_everybody_can_be_satisfied),
        WITH_SCENE(the_interval_holds_the_truth_as_often_as_it_says),
        WITH_SCENE(a_programme_without_a_wave_means_all_of_its_waves),
        WITH_SCENE(every_mistake_is_told_at_once),
        WITH_SCENE(as_many_may_answer_as_the_limit_says_and_no_more),
        WITH_SCENE(what_is_dealt_is_what_was_drawn),
        WITH_SCENE(nobody_answers_after_the_wave_has_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
