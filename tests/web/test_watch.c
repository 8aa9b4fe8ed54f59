/* test_watch.c: what is written of flagged answers, and when. */
#include "tests/support/test.h"

#include "db/flag_hours.h"
#include "kiosk/stuffing.h"
#include "tests/support/temp_store.h"
#include "web/watch.h"

enum { NOON = 1767240000 }; /* of 2026-01-01 in Shanghai */

struct scene {
    struct temp_store *temp;
    struct watch *watch;
    struct submission submission;
    struct stuffing_answer answer;
};

static struct scene make_scene(struct temp_store *temp)
{
    struct scene scene = {.temp = temp};
    assert_int_equal(watch_open(&scene.watch), STATUS_OK);
    temp_store_submission(temp, "430", &scene.submission);
    scene.answer = (struct stuffing_answer){
        .questionnaire = temp->questionnaire, .shown = NOON, .now = NOON};
    return scene;
}

/* One that was sent in the second it was shown in. */
static void answer(struct scene *scene, bool was_stored)
{
    const struct plan *plan = scene->temp->version->plan;
    scene->answer.submission = &scene->submission;
    scene->submission.flags = watch_judge(scene->watch, plan, &scene->answer);
    assert_int_equal(scene->submission.flags, 1 << STUFFING_FAST);
    watch_tell(scene->watch, plan, &scene->answer, was_stored);
}

static int64_t count_kept(struct scene *scene)
{
    struct flag_hour *list = NULL;
    size_t count = 0;
    int64_t kept = 0;
    struct temp_store *temp = scene->temp;
    assert_int_equal(
        watch_keep(scene->watch, temp->store, temp->version->plan), STATUS_OK);
    assert_int_equal(
        flag_hours_list(temp->store, temp->arena, 2026, &list, &count), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].hour, 12);
        kept += list[i].count;
    }
    return kept;
}

static void hours_are_written_once_k_answers_are_together(void **state)
{
    struct scene scene = make_scene(*state);
    for (int i = 0; i < 9; i++)
        answer(&scene, true);
    assert_int_equal(count_kept(&scene), 0);

    answer(&scene, true);
    assert_int_equal(count_kept(&scene), 10);

    answer(&scene, true);
    assert_int_equal(count_kept(&scene), 10);
    watch_close(scene.watch);
}

static void what_was_not_kept_has_no_hour(void **state)
{
    struct scene scene = make_scene(*state);
    for (int i = 0; i < 20; i++)
        answer(&scene, i % 2 == 0 && i < 18);
    assert_int_equal(count_kept(&scene), 0);
    watch_close(scene.watch);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(hours_are_written_once_k_answers_are_together,
            temp_store_set_up, temp_store_tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_not_kept_has_no_hour, temp_store_set_up, temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
