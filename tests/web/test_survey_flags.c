/* test_survey_flags.c: when a form was shown, which page keeps that moment, and which
   answers are flagged for it or for how many there are. */
#include "tests/support/survey_page.h"
#include "tests/support/test.h"

#include "db/tally_store.h"
#include "kiosk/shown.h"
#include "kiosk/stuffing.h"
#include "web/pages/survey_shelf.h"

#include <string.h>

/* The form of the page at hand: its id, and when it was shown. */
static struct submission_id form_of(struct temp_app *app, int64_t *shown)
{
    static const char name[] = "name=\"submission\" value=\"";
    static const char other[] = "\"><input type=\"hidden\" name=\"shown_at\" value=\"";
    struct submission_id id = {{0}};
    const char *at = strstr(temp_app_body(app), name);
    assert_non_null(at);
    at += sizeof name - 1;
    assert_int_equal(
        submission_id_parse((struct text){at, SUBMISSION_ID_LETTERS}, &id), STATUS_OK);
    at += SUBMISSION_ID_LETTERS;
    assert_memory_equal(at, other, sizeof other - 1);
    *shown = STUFFING_NOT_SHOWN;
    (void)shown_parse(store_key(app->app.store), &id,
        (struct text){at + sizeof other - 1, SHOWN_LETTERS}, shown);
    return id;
}

/* Sends two answers with an id of its own and that stamp; "": none. */
static void send_stamped(
    struct temp_app *app, const char *target, int64_t second, bool is_forged)
{
    char letters[SUBMISSION_ID_LETTERS + 1], stamp[SHOWN_LETTERS + 1];
    int64_t ignored;
    assert_answer(app, target, NULL, 200);
    struct submission_id id = form_of(app, &ignored);
    submission_id_format(&id, letters);
    if (is_forged)
        id.bytes[15] ^= 1;
    shown_format(store_key(app->app.store), &id, second, stamp);
    assert_answer(app, target,
        text_format(app->temp->arena, "submission=%s&shown_at=%s&overall=5&timely=5",
            letters, second == 0 ? "" : stamp)
            .ptr,
        303);
}

/* Submissions with exactly these flags. */
static int64_t count_flagged(struct temp_app *app, unsigned flags)
{
    struct tally_cell *cells;
    size_t count;
    int64_t found = 0;
    assert_int_equal(tally_list(app->app.store, app->temp->arena, TALLY_BY_WAVE,
                         TEXT("visits"), &cells, &count),
        STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found += cells[i].flags == flags ? cells[i].counters[0] : 0;
    return found;
}

static void every_copy_of_a_form_says_when_it_was_shown(void **state)
{
    struct temp_app *app = *state;
    const char *const targets[] = {
        temp_app_poster(app, "visits"), temp_app_slip(app, "visits", "q1")};
    for (size_t i = 0; i < 4; i++) {
        int64_t shown, before = clock_seconds(&app->app.clock);
        assert_answer(app, targets[i % 2], NULL, 200);
        (void)form_of(app, &shown);
        assert_true(shown >= before && shown <= clock_seconds(&app->app.clock));
    }
}

/* The common page is kept: a stamp that stands nowhere in it would keep none. */
static void the_shelf_keeps_a_page_with_its_stamp(void **state)
{
    struct temp_app *app = *state;
    struct survey_shelf *empty = app->app.shelf;
    assert_answer(app, temp_app_poster(app, "visits"), NULL, 200);

    struct text name = text_format(app->temp->arena, "%s q1 1 1 000",
        temp_app_poster(app, "visits") + strlen("/t/"));
    struct stamped *page = survey_shelf_take(empty, name);

    assert_non_null(page);
    stamped_release(page);
}

static void a_form_sent_sooner_than_it_is_read_is_flagged(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    send_stamped(app, poster, clock_seconds(&app->app.clock), false);
    assert_int_equal(count_flagged(app, 1 << STUFFING_FAST), 1);
    send_stamped(app, poster, clock_seconds(&app->app.clock) - 3, false);
    assert_int_equal(count_flagged(app, 0), 1);
    send_stamped(
        app, temp_app_slip(app, "visits", "q1"), clock_seconds(&app->app.clock), false);
    assert_int_equal(count_flagged(app, 1 << STUFFING_FAST), 2);
}

static void a_stamp_that_is_missing_or_forged_flags_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    send_stamped(app, poster, 0, false);
    send_stamped(app, poster, clock_seconds(&app->app.clock), true);
    assert_int_equal(count_flagged(app, 0), 2);
}

static void a_form_shown_again_keeps_its_stamp(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    char letters[SUBMISSION_ID_LETTERS + 1], stamp[SHOWN_LETTERS + 1];
    int64_t shown, then = clock_seconds(&app->app.clock) - 100;
    assert_answer(app, poster, NULL, 200);
    struct submission_id id = form_of(app, &shown);
    submission_id_format(&id, letters);
    shown_format(store_key(app->app.store), &id, then, stamp);

    assert_answer(app, poster,
        text_format(
            app->temp->arena, "submission=%s&shown_at=%s&timely=5", letters, stamp)
            .ptr,
        422);

    (void)form_of(app, &shown);
    assert_int_equal(shown, then);
}

static void a_burst_through_a_poster_is_flagged_from_there_on(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    for (int i = 0; i < 121; i++)
        assert_answer(app, poster, i % 2 == 0 ? "overall=5" : "overall=4", 303);
    assert_int_equal(count_flagged(app, 0), 120);
    assert_int_equal(count_flagged(app, 1 << STUFFING_BURST), 1);
}

static void the_same_form_sent_again_and_again_is_no_burst(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    for (int i = 0; i < 130; i++)
        assert_answer(app, poster, form, 303);

    assert_answer(app, poster, "overall=5", 303);

    assert_int_equal(count_flagged(app, 0), 2);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(every_copy_of_a_form_says_when_it_was_shown),
        with_app(the_shelf_keeps_a_page_with_its_stamp),
        with_app(a_form_sent_sooner_than_it_is_read_is_flagged),
        with_app(a_stamp_that_is_missing_or_forged_flags_nothing),
        with_app(a_form_shown_again_keeps_its_stamp),
        with_app(a_burst_through_a_poster_is_flagged_from_there_on),
        with_app(the_same_form_sent_again_and_again_is_no_burst),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
