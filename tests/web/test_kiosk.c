/* test_kiosk.c: the tablet's pages and the menu of a centre. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/tally_store.h"

#include <string.h>

enum { DAYS_TO_JULY = 142 };

static void assert_page_has(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(app));
}

static void assert_page_lacks(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) != NULL)
        fail_msg("the page has \"%s\":\n%s", words, temp_app_body(app));
}

static const char *link_to(struct temp_app *app, const char *path)
{
    return text_format(app->temp->arena, "href=\"%s\"", path).ptr;
}

static void serve_at(struct temp_app *app, const char *url)
{
    assert_int_equal(
        store_set_setting(app->app.store, "public_url", text_of(url)), STATUS_OK);
}

static void without_a_centre_the_tablet_asks_where_it_stands(void **state)
{
    assert_answer(*state, "/kiosk?lang=en", NULL, 200);
    assert_page_has(*state, "href=\"/kiosk?centre=north&amp;lang=en\"");
    assert_page_has(*state, "href=\"/kiosk?centre=south&amp;lang=en\"");
    assert_answer(*state, "/kiosk?centre=nowhere", NULL, 404);
    assert_answer(*state, "/kiosk?centre=", NULL, 404);
}

static void the_first_page_leads_to_what_is_open_under_the_tablets_codes(void **state)
{
    struct temp_app *app = *state;
    const char *visits = link_to(app, temp_app_kiosk(app, "visits"));
    const char *courses = link_to(app, temp_app_kiosk(app, "courses"));
    assert_answer(app, "/kiosk?centre=north", NULL, 200);
    assert_page_has(app, visits);
    assert_page_lacks(app, courses);
    assert_page_has(app, "北站");
}

static void the_symbol_comes_with_the_public_address(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, "/kiosk?centre=north", NULL, 200);
    assert_page_lacks(app, "class=\"qr\"");
    serve_at(app, "https://my.sjgh.example");
    assert_answer(app, "/kiosk?centre=north", NULL, 200);
    assert_page_has(app, "class=\"qr\"");
    assert_page_has(app, "打开 my.sjgh.example");
}

static void nothing_open_says_when_there_is(void **state)
{
    struct temp_app *app = *state;
    serve_at(app, "https://my.sjgh.example");
    app->app.clock.day -= 60;
    assert_answer(app, "/kiosk?centre=north", NULL, 200);
    assert_page_has(app, "下一个是“走访”，1 月 1 日开始。");
    assert_page_lacks(app, "class=\"qr\"");
    app->app.clock.day += 60 + DAYS_TO_JULY;
    assert_answer(app, "/kiosk?centre=north", NULL, 200);
    assert_page_has(app, "今天这里没有要评的项目。");
    assert_page_lacks(app, "下一个是");
}

static void an_answer_on_the_tablet_is_thanked_there_and_counted_as_such(void **state)
{
    struct temp_app *app = *state;
    const char *path = temp_app_kiosk(app, "visits");
    struct tally_cell *cells;
    size_t count;
    assert_answer(app, path, NULL, 200);
    assert_page_has(app, "<input type=\"radio\" name=\"overall\" value=\"5\"");
    assert_page_has(app, "/assets/kiosk.");
    assert_page_has(app, "id=\"countdown\"");
    assert_answer(app, path, "overall=5", 303);
    assert_text_equal(app->response.location, "/thanks?centre=north");
    assert_int_equal(tally_list(app->app.store, app->temp->arena, TALLY_BY_WAVE,
                         TEXT("visits"), &cells, &count),
        STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(cells[0].channel, CHANNEL_KIOSK);
    assert_int_equal(cells[0].counters[0], 1);
}

static void the_thanks_lead_back_to_the_first_page(void **state)
{
    assert_answer(*state, "/thanks?centre=north&lang=en", NULL, 200);
    assert_page_has(*state, "id=\"home\" href=\"/kiosk?centre=north\"");
    assert_page_lacks(*state, "You can close");
    assert_answer(*state, "/thanks?centre=%22%3E%3Cb%3E", NULL, 200);
    assert_page_lacks(*state, "id=\"home\"");
}

static void what_the_tablet_cannot_open_also_leads_back(void **state)
{
    struct temp_app *app = *state;
    const char *path = temp_app_kiosk(app, "visits");
    app->app.clock.day += DAYS_TO_JULY;
    assert_answer(app, path, "overall=5", 410);
    assert_page_has(app, "id=\"home\" href=\"/kiosk?centre=north\"");
    assert_page_lacks(app, "id=\"code\"");
}

static void a_phones_pages_have_nothing_of_the_tablet(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_poster(app, "visits"), NULL, 200);
    assert_page_lacks(app, "kiosk");
    assert_page_lacks(app, "countdown");
}

static void a_centres_own_code_opens_its_menu(void **state)
{
    struct temp_app *app = *state;
    const char *visits = link_to(app, temp_app_poster(app, "visits"));
    const char *courses = link_to(app, temp_app_poster(app, "courses"));
    assert_answer(app, temp_app_menu(app), NULL, 200);
    assert_page_has(app, "<h1>北站</h1>");
    assert_page_has(app, visits);
    assert_page_lacks(app, courses);
    app->app.clock.day += DAYS_TO_JULY;
    assert_answer(app, temp_app_menu(app), NULL, 200);
    assert_page_has(app, "今天这里没有要评的项目。");
}

static void a_menu_carries_language_and_settings(void **state)
{
    struct temp_app *app = *state;
    const char *target =
        text_format(app->temp->arena, "%s?lang=en&size=large", temp_app_menu(app)).ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "?lang=en&amp;size=large\"><span>Visits</span>");
}

static void a_menu_takes_no_form(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_menu(app), "overall=5", 405);
    assert_string_equal(app->response.allow, "GET, HEAD");
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(without_a_centre_the_tablet_asks_where_it_stands),
        with_app(the_first_page_leads_to_what_is_open_under_the_tablets_codes),
        with_app(the_symbol_comes_with_the_public_address),
        with_app(nothing_open_says_when_there_is),
        with_app(an_answer_on_the_tablet_is_thanked_there_and_counted_as_such),
        with_app(the_thanks_lead_back_to_the_first_page),
        with_app(what_the_tablet_cannot_open_also_leads_back),
        with_app(a_phones_pages_have_nothing_of_the_tablet),
        with_app(a_centres_own_code_opens_its_menu),
        with_app(a_menu_carries_language_and_settings),
        with_app(a_menu_takes_no_form),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
