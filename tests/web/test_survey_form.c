/* test_survey_form.c: the questionnaire filled in and sent: what is taken once, what
   comes back to be mended, and what is kept. */
#include "tests/support/survey_page.h"
#include "tests/support/test.h"

#include <pthread.h>
#include <time.h>

/* ---- taking ---- */

static void a_filled_form_is_kept_and_thanked_for(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, "overall=5&timely=4&comment=%E8%B0%A2%E8%B0%A2&&", 303);
    assert_text_equal(app->response.location, "/thanks");
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void the_thanks_are_in_the_persons_language(void **state)
{
    struct temp_app *app = *state;
    const char *target =
        text_format(app->temp->arena, "%s?lang=en", temp_app_poster(app, "visits")).ptr;
    assert_answer(app, target, "overall=5", 303);
    assert_text_equal(app->response.location, "/thanks?lang=en");
    assert_answer(app, "/thanks?lang=en", NULL, 200);
    assert_page_has(app, "We have your answers.");
}

static void a_missing_answer_is_marked_and_the_rest_is_kept(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *id = shown_id(app);

    assert_answer(
        app, poster, form_with(app, id, "timely=4&reasons=late&comment=a%3Cb"), 422);

    assert_page_has(app, "还有 1 题没有选");
    assert_page_has(app, "href=\"#q-overall\"");
    assert_page_has(app, "class=\"item wrong\" id=\"q-overall\"");
    assert_page_has(app, "name=\"timely\" value=\"4\" class=\"\" checked");
    assert_page_has(app, "name=\"reasons\" value=\"late\" checked");
    assert_page_has(app, ">a&lt;b</textarea>");
    assert_string_equal(shown_id(app), id);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void an_answered_question_comes_back_folded(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_poster(app, "visits"), "timely=4", 422);
    assert_page_has(app, "<details class=\"done\">");
    assert_page_has(app, "改一改");
    assert_page_has(app, "去看第 1 题");
    assert_page_has(app, "请点一项，点“说不清”也行。");
}

static void what_is_no_answer_is_refused_and_nothing_is_kept(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *bad[] = {"", "overall=", "overall=6", "overall=0", "overall=-1",
        "overall=5&overall=5", "overall=5&overall=1", "overall=5&name=Li", "overall=5&=x",
        "overall=1&reasons=nobody", "overall=5&timely=unknown", "overall=5&comment=%FF",
        "overall=5&comment=a%00b", "overall=5&comment=%E2%80%AEa",
        "overall=5&comment=a&comment=b", "overall=5&submission=1",
        "overall=5&submission=000050f6-ffff-4fff-bfff-ffffffffffff",
        "overall=5&submission=00000000-0000-8000-8000-000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_answer(app, poster, bad[i], 422);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_comment_of_two_hundred_characters_passes_and_one_more_does_not(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    struct buffer form;
    buffer_init(&form, app->temp->arena, 4096);
    buffer_add_string(&form, "overall=5&comment=");
    for (int i = 0; i < 200; i++)
        buffer_add_string(&form, "%E5%A5%BD");
    assert_answer(app, poster, text_to_string(app->temp->arena, buffer_text(&form)), 303);
    buffer_add_string(&form, "x");
    assert_answer(app, poster, text_to_string(app->temp->arena, buffer_text(&form)), 422);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void the_same_form_sent_twice_counts_once_a_new_form_again(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    assert_answer(app, poster, form, 303);
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);

    assert_answer(app, poster, NULL, 200);
    assert_answer(app, poster, form_with(app, shown_id(app), "overall=5"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 2);
}

static void a_slip_takes_one_answer_and_its_own_form_again(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    assert_answer(app, slip, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=1&reasons=late");
    assert_answer(app, slip, form, 303);
    assert_answer(app, slip, form, 303);
    assert_answer(app, slip, "overall=5", 409);
    assert_answer(app, slip, NULL, 409);
    assert_page_has(app, "这张码已经用过了");
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void another_persons_form_on_a_spent_slip_is_refused(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    assert_answer(app, slip, NULL, 200);
    const char *first = form_with(app, shown_id(app), "overall=5");
    assert_answer(app, slip, NULL, 200);
    const char *second = form_with(app, shown_id(app), "overall=1");
    assert_answer(app, slip, first, 303);
    assert_answer(app, slip, second, 409);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void a_form_that_was_open_since_another_month_still_counts(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    app->app.clock.day += 30;
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void a_form_kept_open_into_the_next_wave_is_shown_again(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *old = shown_id(app);
    app->app.clock.day += 60;
    assert_answer(app, poster, form_with(app, old, "overall=5"), 422);
    assert_page_has(app, "这一页打开太久了");
    assert_page_has(app, "value=\"5\" class=\"\" checked");
    const char *fresh = shown_id(app);
    assert_string_not_equal(fresh, old);
    assert_answer(app, poster, form_with(app, fresh, "overall=5"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

/* ---- more than can wait ---- */

static void *send_one(void *context)
{
    struct temp_app *app = context;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(app->temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = app->temp->questionnaire};
    enum status rc = intake_submit(app->app.intake, &entry, &outcome);
    return rc == STATUS_OK ? context : NULL;
}

/* A queue of one, and the writer does not get to it. */
static void a_full_queue_is_a_503_with_the_form_as_it_was(void **state)
{
    struct temp_app *app = *state;
    const struct intake_options options = {.queue_max = 1, .log_bytes_max = 1 << 26};
    const char *poster = temp_app_poster(app, "visits");
    pthread_t thread;
    void *stored = NULL;
    intake_close(app->app.intake);
    assert_int_equal(
        intake_open_with(app->app.store, &options, &app->app.intake), STATUS_OK);
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=2&reasons=late&comment=x1");
    struct sql *writer = store_take_writer(app->app.store);
    assert_int_equal(pthread_create(&thread, NULL, send_one, app), 0);
    while (intake_waiting(app->app.intake) < 1)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);

    assert_answer(app, poster, form, 503);
    assert_true(app->response.retry_after > 0);
    assert_page_has(app, "这会儿人多，还没交上。");
    assert_page_has(app, "name=\"overall\" value=\"2\" class=\"opens-1\" checked");
    assert_page_has(app, "name=\"reasons\" value=\"late\" checked");
    assert_page_has(app, ">x1</textarea>");

    store_give_writer(app->app.store, writer);
    assert_int_equal(pthread_join(thread, &stored), 0);
    assert_non_null(stored);
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 2);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(a_filled_form_is_kept_and_thanked_for),
        with_app(the_thanks_are_in_the_persons_language),
        with_app(a_missing_answer_is_marked_and_the_rest_is_kept),
        with_app(an_answered_question_comes_back_folded),
        with_app(what_is_no_answer_is_refused_and_nothing_is_kept),
        with_app(a_comment_of_two_hundred_characters_passes_and_one_more_does_not),
        with_app(the_same_form_sent_twice_counts_once_a_new_form_again),
        with_app(a_slip_takes_one_answer_and_its_own_form_again),
        with_app(another_persons_form_on_a_spent_slip_is_refused),
        with_app(a_form_that_was_open_since_another_month_still_counts),
        with_app(a_form_kept_open_into_the_next_wave_is_shown_again),
        with_app(a_full_queue_is_a_503_with_the_form_as_it_was),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
