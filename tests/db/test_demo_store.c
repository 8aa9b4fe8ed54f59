/* test_demo_store.c: the mark of a demonstration, and what stands in the store after it
   was filled. */
#include "tests/support/test.h"

#include "db/demo_store.h"
#include "db/report_load.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BYTES = 64 << 20, PLAN_BYTES = 1 << 20 };

struct scene {
    char folder[40];
    char location[120];
    struct arena *arena;
    struct problems problems;
    struct store *store;
    struct plans *plans;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    if (scene == NULL || !temp_place_make(scene->folder, scene->location))
        return 1;
    scene->arena = arena_new(ARENA_BYTES);
    problems_init(&scene->problems, scene->arena);
    return store_open(scene->location, STORE_MAKE, &scene->problems, &scene->store) ==
                   STATUS_OK
               ? 0
               : 1;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    plans_close(scene->plans);
    store_close(scene->store);
    temp_place_remove(scene->folder, scene->location);
    arena_free(scene->arena);
    free(scene);
    return 0;
}

static enum demo_state state_of(struct store *store)
{
    enum demo_state found = DEMO_NONE;
    assert_int_equal(demo_store_find(store, &found), STATUS_OK);
    return found;
}

static void apply_shipped_plan(struct scene *scene)
{
    int64_t version;
    bool is_new;
    char *text = arena_take(scene->arena, PLAN_BYTES);
    FILE *file = fopen(SOURCE_DIR "/deploy/plan-2026.yaml", "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, PLAN_BYTES, file);
    (void)fclose(file);
    assert_int_equal(plans_apply(scene->store, scene->arena, (struct text){text, len},
                         DEMO_TODAY, &scene->problems, &version, &is_new),
        STATUS_OK);
    assert_int_equal(plans_open(scene->store, &scene->plans), STATUS_OK);
}

static void fill(struct scene *scene, struct demo *demo)
{
    assert_int_equal(demo_store_begin(scene->store), STATUS_OK);
    apply_shipped_plan(scene);
    assert_int_equal(
        demo_make(scene->arena, plans_current(scene->plans)->plan, 1, demo), STATUS_OK);
    assert_int_equal(
        demo_store_fill(scene->store, scene->arena, demo, NULL, NULL), STATUS_OK);
}

static int64_t ask(struct scene *scene, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(scene->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(scene->store, sql);
    return number;
}

/* ---- the mark ---- */

static void a_store_is_no_demonstration_unless_it_is_made_one(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(state_of(scene->store), DEMO_NONE);
}

static void a_new_store_becomes_one_and_is_partial_until_it_is_filled(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(demo_store_begin(scene->store), STATUS_OK);
    assert_int_equal(state_of(scene->store), DEMO_PARTIAL);
}

static void a_store_with_a_plan_never_becomes_one(void **state)
{
    struct scene *scene = *state;
    apply_shipped_plan(scene);
    assert_int_equal(demo_store_begin(scene->store), STATUS_CONFLICT);
    assert_int_equal(state_of(scene->store), DEMO_NONE);
}

static void a_store_that_was_there_before_never_becomes_one(void **state)
{
    struct scene *scene = *state;
    store_close(scene->store);
    assert_int_equal(
        store_open(scene->location, STORE_MAKE, &scene->problems, &scene->store),
        STATUS_OK);
    assert_int_equal(demo_store_begin(scene->store), STATUS_CONFLICT);
    assert_int_equal(state_of(scene->store), DEMO_NONE);
}

static void the_mark_outlives_the_process(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    fill(scene, &demo);
    plans_close(scene->plans);
    scene->plans = NULL;
    store_close(scene->store);
    assert_int_equal(
        store_open(scene->location, STORE_READ, &scene->problems, &scene->store),
        STATUS_OK);
    assert_int_equal(state_of(scene->store), DEMO_READY);
}

/* ---- the answers ---- */

static void every_answer_is_stored_and_everything_matches(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct verify_result result;
    fill(scene, &demo);
    assert_int_equal(
        verify_store(scene->store, scene->plans, &scene->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.submissions, demo.submission_count);
}

static void each_answer_to_a_slip_or_a_link_has_spent_a_code(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    fill(scene, &demo);
    assert_int_equal(ask(scene, "SELECT count(*) FROM code WHERE state = 1"),
        ask(scene, "SELECT count(*) FROM submission WHERE channel IN (2, 3)"));
    assert_true(ask(scene, "SELECT count(*) FROM code WHERE state = 0") > 0);
}

static void its_report_says_that_it_is_one(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct report report;
    fill(scene, &demo);
    assert_int_equal(report_load(scene->store, scene->arena, plans_current(scene->plans),
                         DEMO_TODAY, DEMO_TODAY, &report),
        STATUS_OK);
    assert_true(report.is_demo);
}

static void some_comments_are_shown_some_held_back_and_some_wait(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct report report;
    int64_t shown = 0, held = 0, waiting = 0;
    fill(scene, &demo);
    assert_int_equal(report_load(scene->store, scene->arena, plans_current(scene->plans),
                         DEMO_TODAY, DEMO_TODAY, &report),
        STATUS_OK);
    for (size_t i = 0; i < report.plan->indicator_count; i++) {
        const struct report_comments *comments = &report.indicators[i].comments;
        shown += comments->shown;
        held += comments->held;
        waiting += comments->waiting;
        for (size_t at = 0; at < comments->quote_count; at++)
            assert_int_equal(demo_review(comments->quotes[at].programme->id,
                                 comments->quotes[at].text),
                REVIEW_SHOWN);
    }
    assert_true(shown >= 40 && held >= 1 && waiting >= 10);
}

static void a_few_answers_are_flagged_and_the_figure_without_them_is_shown(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct report report;
    size_t told = 0;
    fill(scene, &demo);
    assert_int_equal(report_load(scene->store, scene->arena, plans_current(scene->plans),
                         DEMO_TODAY, DEMO_TODAY, &report),
        STATUS_OK);
    for (size_t i = 0; i < report.plan->indicator_count; i++)
        told += report.indicators[i].flagged > 0 &&
                report.indicators[i].without_flagged.is_shown;
    assert_true(told >= 1);
}

static void the_report_of_a_real_store_does_not(void **state)
{
    struct scene *scene = *state;
    struct report report;
    apply_shipped_plan(scene);
    assert_int_equal(report_load(scene->store, scene->arena, plans_current(scene->plans),
                         DEMO_TODAY, DEMO_TODAY, &report),
        STATUS_OK);
    assert_false(report.is_demo);
}

#define DEMO_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        DEMO_TEST(a_store_is_no_demonstration_unless_it_is_made_one),
        DEMO_TEST(a_new_store_becomes_one_and_is_partial_until_it_is_filled),
        DEMO_TEST(a_store_with_a_plan_never_becomes_one),
        DEMO_TEST(a_store_that_was_there_before_never_becomes_one),
        DEMO_TEST(the_mark_outlives_the_process),
        DEMO_TEST(every_answer_is_stored_and_everything_matches),
        DEMO_TEST(each_answer_to_a_slip_or_a_link_has_spent_a_code),
        DEMO_TEST(its_report_says_that_it_is_one),
        DEMO_TEST(some_comments_are_shown_some_held_back_and_some_wait),
        DEMO_TEST(a_few_answers_are_flagged_and_the_figure_without_them_is_shown),
        DEMO_TEST(the_report_of_a_real_store_does_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
