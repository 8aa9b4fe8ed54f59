/* test_guard.c: each row of the table of routes against who may have it. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "web/guard.h"
#include "web/routes.h"

#include <stdio.h>
#include <string.h>

/* A row's path with something in its hole. */
static const char *path_of(struct temp_app *app, const struct route *route)
{
    size_t head = strcspn(route->pattern, "{");
    bool has_hole = route->pattern[head] != '\0';
    return text_format(
        app->temp->arena, "%.*s%s", (int)head, route->pattern, has_hole ? "xyz" : "")
        .ptr;
}

static int enter(struct temp_app *app, const struct route *route, const char *form)
{
    temp_app_ask(app, path_of(app, route), form);
    return app->response.status;
}

static void everybody_may_have_what_is_for_anyone(void **state)
{
    struct temp_app *app = *state;
    size_t looked_at = 0;
    for (size_t i = 0; i < route_count; i++) {
        if (routes[i].who != WHO_ANYONE)
            continue;
        enter(app, &routes[i], routes[i].method == METHOD_POST ? "a=b" : NULL);
        assert_true(app->has_entered);
        looked_at++;
    }
    assert_true(looked_at >= 10);
}

static void who_is_not_signed_in_is_led_to_the_door_or_refused(void **state)
{
    struct temp_app *app = *state;
    static const char *const cookies[] = {"", "manyi=", "manyi=x", "x=y; manyi",
        "manyi=0000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < sizeof cookies / sizeof *cookies; k++) {
            if (routes[i].who != WHO_OPERATOR)
                continue;
            bool is_post = routes[i].method == METHOD_POST;
            app->cookie = text_of(cookies[k]);
            int status = enter(app, &routes[i], is_post ? "csrf=x" : NULL);
            assert_false(app->has_entered);
            assert_int_equal(status, is_post ? 403 : 303);
            if (!is_post)
                assert_true(
                    text_starts_with(app->response.location, TEXT("/signin?then=%2F")));
        }
}

static void a_post_needs_the_proof_of_its_own_session(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Another");
    const char *foreign = temp_app_proven(app, "");
    temp_app_sign_in(app, "Wang Min");
    const char *right = temp_app_proven(app, "");
    const char *cut = text_format(app->temp->arena, "%.68s", right).ptr;
    const char *bad[] = {"", "csrf=", "csrf=x", "token=1", foreign, cut,
        text_format(app->temp->arena, "csrf=%%00&%s", right).ptr};
    for (size_t i = 0; i < route_count; i++) {
        if (routes[i].who != WHO_OPERATOR || routes[i].method != METHOD_POST)
            continue;
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            assert_int_equal(enter(app, &routes[i], bad[k]), 403);
            assert_false(app->has_entered);
        }
    }
}

static void who_is_signed_in_may_have_everything_and_is_known(void **state)
{
    struct temp_app *app = *state;
    for (size_t i = 0; i < route_count; i++) {
        if (routes[i].who != WHO_OPERATOR)
            continue;
        char name[32];
        (void)snprintf(name, sizeof name, "Operator %zu", i);
        temp_app_sign_in(app, name);
        enter(app, &routes[i],
            routes[i].method == METHOD_POST ? temp_app_proven(app, "") : NULL);
        assert_true(app->has_entered);
        assert_int_equal(app->response.referrer, REFERRER_OUR_OWN);
    }
}

static void what_another_site_sends_is_refused_in_spite_of_the_proof(void **state)
{
    static const struct {
        const char *origin;
        const char *site;
        bool is_ours;
    } cases[] = {
        {"", "", true},
        {"http://127.0.0.1:8080", "", true},
        {"http://127.0.0.1:8080", "same-origin", true},
        {"https://127.0.0.1:8080", "", true},
        {"https://pj.example.cn", "same-origin", true},
        {"HTTPS://pj.example.cn", "", false},
        {"https://PJ.example.cn", "", true},
        {"https://pj.example.cn.evil.cn", "", false},
        {"https://evil.cn/pj.example.cn", "", false},
        {"https://evil.cn", "same-origin", false},
        {"http://127.0.0.1", "", false},
        {"null", "", false},
        {"", "cross-site", false},
        {"", "same-site", false},
        {"", "none", false},
        {"http://127.0.0.1:8080", "cross-site", false},
    };
    struct temp_app *app = *state;
    assert_int_equal(
        store_set_setting(app->app.store, "public_url", TEXT("https://pj.example.cn/")),
        STATUS_OK);
    temp_app_sign_in(app, "Wang Min");
    const char *form = temp_app_proven(app, "action=none");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        app->origin = text_of(cases[i].origin);
        app->site = text_of(cases[i].site);
        temp_app_ask(app, "/operators", form);
        if (app->has_entered != cases[i].is_ours)
            fail_msg("%s %s", cases[i].origin, cases[i].site);
    }
    app->site = TEXT("cross-site");
    temp_app_ask(app, "/operators", NULL);
    assert_true(app->has_entered);
}

/* What is uploaded is no form: its proof stands in a header. */
static void a_body_that_is_no_form_has_its_proof_in_a_header(void **state)
{
    static const struct route upload = {
        .method = METHOD_POST, .body = BODY_RAW, .who = WHO_OPERATOR};
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Wang Min");
    const char *proof = temp_app_proven(app, "") + strlen("csrf=");
    struct field headers[] = {{TEXT("Cookie"), app->cookie},
        {TEXT("x-csrf-token"), {proof, strlen(proof) - 1}}};
    struct request request = {.arena = app->arena,
        .app = &app->app,
        .method = METHOD_POST,
        .headers = headers,
        .header_count = 2};
    struct response response = {.status = 200};
    bool may_enter = false;
    assert_int_equal(guard_enter(&request, &upload, &response, &may_enter), STATUS_OK);
    assert_true(may_enter);
    request.header_count = 1;
    assert_int_equal(guard_enter(&request, &upload, &response, &may_enter), STATUS_OK);
    assert_false(may_enter);
    assert_int_equal(response.status, 403);
}

static void a_session_that_is_over_lets_nobody_in(void **state)
{
    struct temp_app *app = *state;
    struct operator_account account;
    struct secret session;
    char letters[SECRET_LETTERS + 1];
    temp_app_sign_in(app, "Wang Min");
    assert_int_equal(
        operators_find(app->app.store, TEXT("wangmin"), app->temp->arena, &account),
        STATUS_OK);
    assert_int_equal(sessions_begin(app->app.store, &account, NULL,
                         clock_minute() - 721 /* twelve hours and a minute */, &session),
        STATUS_OK);
    secret_format(&session, letters);
    app->cookie = text_format(app->temp->arena, "manyi=%s", letters);
    temp_app_ask(app, "/operators", NULL);
    assert_false(app->has_entered);
}

static void the_door_leads_back_to_where_one_wanted_to_go(void **state)
{
    struct temp_app *app = *state;
    temp_app_ask(app, "/operators?lang=en&x=%2F", NULL);
    assert_text_equal(app->response.location,
        "/signin?lang=en&then=%2Foperators%3Flang%3Den%26x%3D%252F");
    const char *longer = text_format(app->temp->arena, "/operators?x=%0600d", 1).ptr;
    temp_app_ask(app, longer, NULL);
    assert_text_equal(app->response.location, "/signin?then=%2Foperators");
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(everybody_may_have_what_is_for_anyone),
        with_app(who_is_not_signed_in_is_led_to_the_door_or_refused),
        with_app(a_post_needs_the_proof_of_its_own_session),
        with_app(who_is_signed_in_may_have_everything_and_is_known),
        with_app(what_another_site_sends_is_refused_in_spite_of_the_proof),
        with_app(a_body_that_is_no_form_has_its_proof_in_a_header),
        with_app(a_session_that_is_over_lets_nobody_in),
        with_app(the_door_leads_back_to_where_one_wanted_to_go),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
