/* test_codes.c: the pages of codes and posters: what they show, what their forms do, and
   what their files hold. */
#include "tests/support/test.h"

#include "db/batches.h"
#include "db/codes.h"
#include "kiosk/limits.h"
#include "tests/support/temp_app.h"

#include <string.h>
#include <sys/mman.h>

#define WAVE "programme=visits&wave=q1&"

static int set_up(void **state)
{
    if (temp_app_set_up(state) != 0)
        return 1;
    temp_app_sign_in(*state, "Wang Min");
    return 0;
}

/* The status of a form sent to /codes; a file that came is given back. */
static int send(struct temp_app *app, const char *form)
{
    const struct response *response =
        temp_app_ask(app, "/codes?lang=en", temp_app_proven(app, form));
    return response->status;
}

static void drop_file(struct temp_app *app)
{
    uintptr_t address = (uintptr_t)app->response.file.ptr;
    assert_true(app->response.is_mapped);
    assert_int_equal(munmap((void *)address, app->response.file.len), 0);
}

static bool file_begins(const struct temp_app *app, const char *bytes)
{
    size_t len = strlen(bytes);
    return app->response.file.len > len &&
           memcmp(app->response.file.ptr, bytes, len) == 0;
}

static bool has(struct temp_app *app, const char *words)
{
    return strstr(temp_app_body(app), words) != NULL;
}

static size_t batches_of(struct temp_app *app, struct batch_record **list)
{
    size_t count = 0;
    assert_int_equal(batches_list(app->app.store, app->temp->arena, TEXT("visits"),
                         TEXT("q1"), list, &count),
        STATUS_OK);
    return count;
}

/* ---- showing ---- */

static void every_wave_of_the_plan_stands_on_the_page(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(temp_app_ask(app, "/codes?lang=en", NULL)->status, 200);
    assert_true(has(app, "/codes/visits?lang=en&amp;wave=q1"));
    assert_true(has(app, "/codes/visits?lang=en&amp;wave=q2"));
    assert_true(has(app, "Open now"));
    assert_true(has(app, "To come"));
    assert_true(has(app, "/codes/poster.pdf?programme=&amp;centre=north"));
}

static void whoever_is_not_signed_in_sees_and_does_nothing(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list;
    const char *form = temp_app_proven(app, WAVE "action=slips&count=24");
    app->cookie = (struct text){0};
    assert_int_equal(temp_app_ask(app, "/codes", NULL)->status, 303);
    assert_int_equal(temp_app_ask(app, "/codes/visits?wave=q1", NULL)->status, 303);
    assert_int_equal(
        temp_app_ask(app, "/codes/poster.pdf?programme=visits", NULL)->status, 303);
    assert_int_equal(temp_app_ask(app, "/codes", form)->status, 403);
    assert_int_equal(batches_of(app, &list), 0);
}

static void a_form_without_the_proof_does_nothing(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list;
    assert_int_equal(
        temp_app_ask(app, "/codes", WAVE "action=slips&count=24")->status, 403);
    assert_int_equal(batches_of(app, &list), 0);
}

static void a_wave_that_is_not_in_the_plan_is_not_found(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(temp_app_ask(app, "/codes/visits?wave=q9", NULL)->status, 404);
    assert_int_equal(temp_app_ask(app, "/codes/nothing?wave=q1", NULL)->status, 404);
    assert_int_equal(temp_app_ask(app, "/codes/visits", NULL)->status, 404);
    assert_int_equal(
        send(app, "programme=visits&wave=q9&action=slips&count=3&lang=en"), 404);
}

static void the_response_rate_is_of_answers_with_a_code(void **state)
{
    struct temp_app *app = *state;
    const char *slips[4];
    for (size_t i = 0; i < 4; i++)
        slips[i] = temp_app_slip(app, "visits", "q1");
    assert_int_equal(temp_app_ask(app, slips[2], "overall=5")->status, 303);
    assert_int_equal(
        temp_app_ask(app, temp_app_poster(app, "visits"), "overall=5")->status, 303);

    assert_int_equal(
        temp_app_ask(app, "/codes/visits?wave=q1&lang=en", NULL)->status, 200);

    assert_true(has(app, "<dt>Asked</dt><dd>4</dd>"));
    assert_true(has(app, "<dt>Answered with a code</dt><dd>1</dd>"));
    assert_true(has(app, "<dt>Answered without one</dt><dd>1</dd>"));
    assert_true(has(app, "<dt>Response rate</dt><dd>25.00%</dd>"));
}

/* ---- slips ---- */

static void slips_come_as_a_file_and_their_batch_is_on_record(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list = NULL;
    assert_int_equal(
        send(app, WAVE "action=slips&count=25&per_page=24&centre=north"), 200);
    assert_true(file_begins(app, "%PDF-"));
    assert_string_equal(app->response.content_type, "application/pdf");
    assert_string_equal(app->response.download, "slips.pdf");
    drop_file(app);

    assert_int_equal(batches_of(app, &list), 1);
    assert_int_equal(list[0].count, 25);
    assert_text_equal(list[0].centre, "north");
    assert_text_equal(list[0].made_by, "Wang Min");
    assert_int_equal(
        temp_app_ask(app, "/codes/visits?wave=q1&lang=en", NULL)->status, 200);
    assert_true(has(app, "Batch 1"));
    assert_true(has(app, "2026-02-09 · Wang Min"));
}

static void a_sheet_for_trying_is_on_no_record(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list;
    assert_int_equal(send(app, WAVE "action=test&per_page=10"), 200);
    assert_true(file_begins(app, "%PDF-"));
    drop_file(app);
    assert_int_equal(batches_of(app, &list), 0);
}

static void as_many_slips_as_the_limit_and_not_one_more_or_less(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list = NULL;
    static const char *const wrong[] = {"0", "10001", "", "many", "-3", "1e3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(send(app, text_format(app->temp->arena,
                                       WAVE "action=slips&count=%s", wrong[i])
                                       .ptr),
            422);
    assert_int_equal(batches_of(app, &list), 0);
    assert_int_equal(CODES_CONSOLE_MAX, 10000);

    assert_int_equal(send(app, WAVE "action=slips&count=10000&per_page=24"), 200);
    drop_file(app);
    assert_int_equal(batches_of(app, &list), 1);
}

static void slips_for_a_centre_without_the_programme_are_refused(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list;
    assert_int_equal(send(app, WAVE "action=slips&count=3&centre=nowhere"), 422);
    assert_int_equal(batches_of(app, &list), 0);
}

static void a_wave_that_is_over_gets_no_slips(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list;
    app->app.clock.day = TEMP_STORE_TODAY + 200;
    assert_int_equal(send(app, WAVE "action=slips&count=3"), 409);
    assert_int_equal(batches_of(app, &list), 0);
}

/* ---- batches ---- */

static void make_batch(struct temp_app *app, size_t count)
{
    struct code codes[40];
    int64_t batch;
    struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = count,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(app->app.store, &order, codes, &batch), STATUS_OK);
}

static void a_batch_is_taken_back_with_a_reason_once(void **state)
{
    struct temp_app *app = *state;
    struct batch_record *list = NULL;
    make_batch(app, 40);
    assert_int_equal(send(app, WAVE "action=void&batch=1&reason=++"), 422);
    assert_int_equal(send(app, WAVE "action=void&batch=2&reason=lost"), 404);
    assert_int_equal(send(app, WAVE "action=void&batch=x&reason=lost"), 404);

    assert_int_equal(send(app, WAVE "action=void&batch=1&reason=%3Cb%3Elost"), 303);

    assert_int_equal(batches_of(app, &list), 1);
    assert_true(list[0].is_voided);
    assert_int_equal(
        temp_app_ask(app, "/codes/visits?wave=q1&lang=en", NULL)->status, 200);
    assert_true(has(app, "40 taken back: &lt;b&gt;lost"));
    assert_int_equal(send(app, WAVE "action=void&batch=1&reason=lost"), 409);
}

static void batches_smaller_than_k_are_one_row(void **state)
{
    struct temp_app *app = *state;
    make_batch(app, 9);
    make_batch(app, 10);
    make_batch(app, 3);
    assert_int_equal(app->temp->version->plan->k, 10);

    assert_int_equal(
        temp_app_ask(app, "/codes/visits?wave=q1&lang=en", NULL)->status, 200);

    assert_true(has(app, "2 small batches"));
    assert_true(has(app, "Batch 2"));
    assert_false(has(app, "Batch 1"));
    assert_false(has(app, "Batch 3"));
}

/* ---- people ---- */

static void two_taps_record_who_was_given_a_slip_or_refused(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(send(app, WAVE "action=hand&given=10"), 303);
    assert_int_equal(send(app, WAVE "action=hand&refused=1"), 303);
    assert_int_equal(send(app, WAVE "action=hand&given=-1"), 303);

    assert_int_equal(
        temp_app_ask(app, "/codes/visits?wave=q1&lang=en", NULL)->status, 200);
    assert_true(has(app, "<dt>Handed out</dt><dd>9</dd>"));
    assert_true(has(app, "<dt>Refused</dt><dd>1</dd>"));
    assert_true(has(app, "<dt>Asked</dt><dd>9</dd>"));
}

static void hand_outs_never_fall_below_none(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(send(app, WAVE "action=hand&given=-1"), 409);
    assert_int_equal(send(app, WAVE "action=hand&given=0"), 422);
    assert_int_equal(send(app, WAVE "action=hand&given=x"), 422);
    assert_int_equal(send(app, WAVE "action=hand"), 422);
    assert_int_equal(send(app, WAVE "action=steal"), 422);
}

/* ---- posters ---- */

static void posters_come_as_pages_and_one_as_a_picture(void **state)
{
    struct temp_app *app = *state;
    static const struct {
        const char *target;
        const char *begins;
    } files[] = {
        {"/codes/poster.pdf?programme=visits&centre=north", "%PDF-"},
        {"/codes/poster.pdf?programme=visits", "%PDF-"},
        {"/codes/poster.pdf?programme=&centre=north", "%PDF-"},
        {"/codes/poster.png?programme=visits&centre=south", "\x89PNG"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(temp_app_ask(app, files[i].target, NULL)->status, 200);
        assert_true(file_begins(app, files[i].begins));
        drop_file(app);
    }
}

static void there_is_no_poster_of_what_has_none(void **state)
{
    struct temp_app *app = *state;
    static const char *const targets[] = {
        "/codes/poster.pdf?programme=courses", /* coded only */
        "/codes/poster.pdf?programme=nothing",
        "/codes/poster.pdf?programme=visits&centre=nowhere",
        "/codes/poster.png?programme=visits", /* two of them */
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(temp_app_ask(app, targets[i], NULL)->status, 404);
}

static void a_poster_with_a_new_code_sends_those_with_the_old_one_away_kindly(
    void **state)
{
    struct temp_app *app = *state;
    const char *old = temp_app_poster(app, "visits");
    const char *hall = temp_app_menu(app);
    assert_int_equal(temp_app_ask(app, old, NULL)->status, 200);

    assert_int_equal(send(app, WAVE "action=renew&centre=north"), 303);
    assert_int_equal(send(app, "programme=&wave=&action=renew&centre=north"), 303);
    assert_int_equal(send(app, WAVE "action=renew&centre=nowhere"), 404);

    assert_int_equal(temp_app_ask(app, old, NULL)->status, 410);
    assert_int_equal(temp_app_ask(app, old, "overall=5")->status, 410);
    assert_int_equal(temp_app_ask(app, hall, NULL)->status, 410);
    assert_int_equal(
        temp_app_ask(app, temp_app_poster(app, "visits"), NULL)->status, 200);
    assert_int_equal(temp_app_ask(app, temp_app_menu(app), NULL)->status, 200);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

#define PAGE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        PAGE_TEST(every_wave_of_the_plan_stands_on_the_page),
        PAGE_TEST(whoever_is_not_signed_in_sees_and_does_nothing),
        PAGE_TEST(a_form_without_the_proof_does_nothing),
        PAGE_TEST(a_wave_that_is_not_in_the_plan_is_not_found),
        PAGE_TEST(the_response_rate_is_of_answers_with_a_code),
        PAGE_TEST(slips_come_as_a_file_and_their_batch_is_on_record),
        PAGE_TEST(a_sheet_for_trying_is_on_no_record),
        PAGE_TEST(as_many_slips_as_the_limit_and_not_one_more_or_less),
        PAGE_TEST(slips_for_a_centre_without_the_programme_are_refused),
        PAGE_TEST(a_wave_that_is_over_gets_no_slips),
        PAGE_TEST(a_batch_is_taken_back_with_a_reason_once),
        PAGE_TEST(batches_smaller_than_k_are_one_row),
        PAGE_TEST(two_taps_record_who_was_given_a_slip_or_refused),
        PAGE_TEST(hand_outs_never_fall_below_none),
        PAGE_TEST(posters_come_as_pages_and_one_as_a_picture),
        PAGE_TEST(there_is_no_poster_of_what_has_none),
        PAGE_TEST(a_poster_with_a_new_code_sends_those_with_the_old_one_away_kindly),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
