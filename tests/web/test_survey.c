/* test_survey.c: the questionnaire as it is shown, and codes that show none. */
#include "tests/support/survey_page.h"
#include "tests/support/test.h"

#include "kiosk/shown.h"

#include <string.h>

/* ---- showing ---- */

static void the_page_asks_every_question_with_nothing_chosen(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "<html lang=\"zh-CN\"");
    assert_page_has(*state, "<h1>走访</h1>");
    assert_page_has(*state, "您总体满意吗？");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"5\"");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"1\"");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"unknown\"");
    assert_page_has(*state, "<input type=\"checkbox\" name=\"reasons\" value=\"late\"");
    assert_page_has(*state, "<textarea id=\"f-comment\" name=\"comment\"");
    assert_page_has(*state, "共 3 题");
    assert_page_lacks(*state, "checked");
    assert_page_lacks(*state, "<script>");
    assert_page_lacks(*state, "timely\" value=\"unknown");
}

/* The letters behind a mark are blotted out. */
static void blot(char *page, const char *mark, size_t letters)
{
    char *at = strstr(page, mark);
    assert_non_null(at);
    memset(at + strlen(mark), 'x', letters);
}

/* The page, but for what each copy has of its own: the id, and when it was shown. */
static char *page_without_id(struct temp_app *app, const char *target)
{
    temp_app_ask(app, target, NULL);
    struct text body = buffer_text(&app->response.body);
    char *page = text_to_string(app->temp->arena, body);
    assert_non_null(page);
    blot(page, "name=\"submission\" value=\"", SUBMISSION_ID_LETTERS);
    blot(page, "name=\"shown_at\" value=\"", SHOWN_LETTERS);
    return page;
}

static void a_posters_page_is_the_same_each_time_but_for_its_id(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *first = page_without_id(app, poster);
    char *one = text_to_string(app->temp->arena, buffer_text(&app->response.body));
    assert_string_equal(page_without_id(app, poster), first);
    assert_string_not_equal(temp_app_body(app), one);
}

static void each_language_setting_and_poster_has_a_page_of_its_own(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *const queries[] = {"", "?lang=en", "?size=large", "?contrast=high"};
    const char *pages[5];
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 4; i++)
            pages[i] = page_without_id(
                app, text_format(app->temp->arena, "%s%s", poster, queries[i]).ptr);
        pages[4] = page_without_id(app, temp_app_kiosk(app, "visits"));
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(pages[i], pages[j]);
    }
}

static void the_page_speaks_english_when_asked(void **state)
{
    struct temp_app *app = *state;
    const char *target =
        text_format(app->temp->arena, "%s?lang=en&utm=1", temp_app_poster(app, "visits"))
            .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "<html lang=\"en\"");
    assert_page_has(app, "Were you satisfied?");
    assert_page_has(app, "Very satisfied");
    assert_page_has(app, "lang=en&amp;plan=1\"");
    assert_page_lacks(app, "非常满意");
}

static void reasons_wait_for_the_ratings_that_call_for_them(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "name=\"overall\" value=\"2\" class=\"opens-1\"");
    assert_page_has(*state, "name=\"overall\" value=\"1\" class=\"opens-1\"");
    assert_page_lacks(*state, "name=\"overall\" value=\"3\" class=\"opens-1\"");
    assert_page_has(*state, "class=\"item when-1\" id=\"q-reasons\"");
}

static void a_set_calendar_is_written_on_the_page(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "日历定在 2026-02-09");
}

static void looking_spends_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    for (int i = 0; i < 3; i++)
        assert_answer(app, slip, NULL, 200);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

/* ---- its settings ---- */

static void settings_are_carried_by_every_address_of_a_page(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *target = text_format(
        app->temp->arena, "%s?lang=en&size=large&contrast=high&size=huge", poster)
                             .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "<html lang=\"en\" class=\"large contrast\">");
    assert_page_has(app, "?lang=en&amp;plan=1&amp;size=large&amp;contrast=high\"");
    assert_page_has(app, "href=\"?size=large&amp;contrast=high\"");
    assert_page_has(app, "href=\"?lang=en&amp;contrast=high\"");
    assert_page_has(app, "href=\"?lang=en&amp;size=large\"");
    assert_answer(app, target, "overall=5", 303);
    assert_text_equal(app->response.location, "/thanks?lang=en&size=large&contrast=high");
}

static void other_values_of_the_settings_mean_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *target = text_format(app->temp->arena,
        "%s?size=LARGE&contrast=1&sizes=", temp_app_poster(app, "visits"))
                             .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "class=\"\"><head>");
}

/* ---- codes that open nothing ---- */

static void a_code_that_is_not_ours_is_not_found(void **state)
{
    assert_answer(*state, "/t/000000000000", NULL, 404);
    assert_page_has(*state, "没找到这个短码");
    assert_answer(*state, "/t/hello", NULL, 404);
    assert_answer(*state, "/t/000000000000", "overall=5", 404);
    assert_answer(*state, "/T/000000000000?lang=en", NULL, 404);
    assert_page_has(*state, "We cannot find that code");
}

static void a_wave_that_has_not_opened_says_when_it_does(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q2");
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "4 月 1 日开始。");
    assert_answer(app, slip, "overall=5", 410);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_wave_that_has_closed_says_so(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    app->app.clock.day += 51;
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "3 月 31 日结束的。");
    assert_answer(app, slip, "overall=5", 410);
    app->app.clock.day -= 1;
    assert_answer(app, slip, "overall=5", 303);
}

static void a_slip_that_was_taken_back_says_so(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    int64_t voided;
    assert_int_equal(
        codes_void(app->app.store, 1, TEXT("misprint"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(voided, 1);
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "这张码不再使用了");
    assert_answer(app, slip, "overall=5", 410);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_poster_of_a_coded_programme_asks_for_a_slip(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_poster(app, "courses"), NULL, 410);
    assert_page_has(app, "这次评价要用纸条上的短码");
    assert_answer(app, temp_app_slip(app, "courses", "q1"), "overall=5", 303);
}

/* ---- typing a code ---- */

static void a_typed_code_leads_to_its_survey(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *typed = text_format(
        app->temp->arena, "code=%.4s-%.4s+%.4s", poster + 3, poster + 7, poster + 11)
                            .ptr;
    assert_answer(app, "/", typed, 303);
    assert_text_equal(app->response.location, poster);
}

static void a_mistyped_code_is_shown_again(void **state)
{
    assert_answer(*state, "/?lang=en", "code=%22%3E%3Cb%3EABCD", 422);
    assert_page_has(*state, "value=\"&#34;&gt;&lt;b&gt;ABCD\"");
    assert_answer(*state, "/", "", 422);
    assert_answer(*state, "/", NULL, 200);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(the_page_asks_every_question_with_nothing_chosen),
        with_app(a_posters_page_is_the_same_each_time_but_for_its_id),
        with_app(each_language_setting_and_poster_has_a_page_of_its_own),
        with_app(the_page_speaks_english_when_asked),
        with_app(reasons_wait_for_the_ratings_that_call_for_them),
        with_app(a_set_calendar_is_written_on_the_page),
        with_app(looking_spends_nothing),
        with_app(settings_are_carried_by_every_address_of_a_page),
        with_app(other_values_of_the_settings_mean_nothing),
        with_app(a_code_that_is_not_ours_is_not_found),
        with_app(a_wave_that_has_not_opened_says_when_it_does),
        with_app(a_wave_that_has_closed_says_so),
        with_app(a_slip_that_was_taken_back_says_so),
        with_app(a_poster_of_a_coded_programme_asks_for_a_slip),
        with_app(a_typed_code_leads_to_its_survey),
        with_app(a_mistyped_code_is_shown_again),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
