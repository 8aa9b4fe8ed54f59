/* test_selftest.c: the self-test against a real server: five ticks, nothing left behind,
   and whatever stands in the way of one level is found and named. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/sql.h"
#include "db/verify.h"
#include "web/guard.h"
#include "web/http/server.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/selftest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOPBACK = 0x7f000001, ROUTES_MAX = 64 };

struct bench {
    struct temp_app *app;
    struct server *server;
    struct route routes[ROUTES_MAX];
};

/* ---- a server whose survey can be spoilt ---- */

static void serve(struct bench *bench, route_handler_fn show, route_handler_fn take)
{
    struct server_options options = {.listen = "127.0.0.1:0",
        .routes = bench->routes,
        .route_count = route_count,
        .error_page = page_error,
        .guard = guard_enter,
        .app = &bench->app->app};
    for (size_t i = 0; i < route_count; i++) {
        bench->routes[i] = routes[i];
        if (show != NULL && routes[i].handler == page_survey)
            bench->routes[i].handler = show;
        if (take != NULL && routes[i].handler == page_submit)
            bench->routes[i].handler = take;
    }
    assert_int_equal(
        server_open(&options, &bench->app->temp->problems, &bench->server), STATUS_OK);
    selftest_listen(
        bench->app->app.selftest, LOOPBACK, (uint16_t)server_port(bench->server));
}

static int set_up_with(void **state, const char *plan)
{
    void *app = NULL;
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    if (bench == NULL || route_count > ROUTES_MAX ||
        temp_app_set_up_with(&app, plan) != 0)
        return 1;
    bench->app = app;
    return selftest_open(&bench->app->app, &bench->app->app.selftest) == STATUS_OK ? 0
                                                                                   : 1;
}

static int set_up(void **state)
{
    return set_up_with(state, temp_store_plan);
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    void *app = bench->app;
    selftest_close(bench->app->app.selftest);
    server_close(bench->server);
    free(bench);
    return temp_app_tear_down(&app);
}

static void run(struct bench *bench, struct selftest_result *out)
{
    selftest_run(bench->app->app.selftest, out);
    for (int i = 0; i < LEVEL_COUNT && out->state >= SELFTEST_GOOD; i++)
        assert_int_equal(out->levels[i].level, LEVEL_MAX - i);
}

static void assert_good(struct bench *bench)
{
    struct selftest_result result;
    run(bench, &result);
    assert_int_equal(result.state, SELFTEST_GOOD);
    for (int i = 0; i < LEVEL_COUNT; i++)
        assert_int_equal(result.levels[i].step, SELFTEST_PASSED);
}

static int64_t ask(struct bench *bench, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(bench->app->app.store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(bench->app->app.store, sql);
    return number;
}

/* ---- five ticks ---- */

static void each_level_gets_in(void **state)
{
    struct bench *bench = *state;
    struct selftest_result result;
    selftest_read(bench->app->app.selftest, &result);
    assert_int_equal(result.state, SELFTEST_NEVER);
    serve(bench, NULL, NULL);
    assert_good(bench);
    selftest_read(bench->app->app.selftest, &result);
    assert_int_equal(result.state, SELFTEST_GOOD);
    assert_true(clock_minute() - result.at <= 1);
}

static void nothing_is_left_of_it(void **state)
{
    static const char *const tables[] = {"submission", "comment", "tally", "period_set",
        "seal", "batch", "audit", "handout", "rotating_spent"};
    struct bench *bench = *state;
    struct store *store = bench->app->app.store;
    serve(bench, NULL, NULL);
    const char *slip = temp_app_slip(bench->app, "visits", "q1");
    assert_int_equal(temp_app_ask(bench->app, slip, "overall=3")->status, 303);
    int64_t before[sizeof tables / sizeof *tables];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        before[i] = ask(bench,
            text_format(bench->app->temp->arena, "SELECT COUNT(*) FROM %s", tables[i])
                .ptr);
    int64_t codes = ask(bench, "SELECT COUNT(*) FROM code");
    int64_t commits = store_commits(store);
    int64_t log_bytes = store_log_bytes(store);

    for (int i = 0; i < 3; i++)
        assert_good(bench);

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_int_equal(ask(bench, text_format(bench->app->temp->arena,
                                        "SELECT COUNT(*) FROM %s", tables[i])
                                        .ptr),
            before[i]);
    int64_t asked = 0;
    struct verify_result result;
    assert_int_equal(codes_asked(store, TEXT("visits"), TEXT("q1"), &asked), STATUS_OK);
    assert_int_equal(asked, 1);
    assert_int_equal(ask(bench, "SELECT COUNT(*) FROM code"), codes);
    assert_int_equal(temp_app_received(bench->app, "visits"), 1);
    assert_int_equal(store_commits(store), commits);
    assert_int_equal(store_log_bytes(store), log_bytes);
    assert_int_equal(verify_store(store, bench->app->app.plans,
                         &bench->app->temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.submissions, 1);
}

/* In January nothing is open yet; at the year's end nothing any more. */
static void it_runs_on_any_day(void **state)
{
    struct bench *bench = *state;
    serve(bench, NULL, NULL);
    bench->app->app.clock.day -= 300;
    assert_good(bench);
    bench->app->app.clock.day += 900;
    assert_good(bench);
}

static void what_is_required_is_filled_in(void **state)
{
    struct bench *bench = *state;
    serve(bench, NULL, NULL);
    assert_good(bench);
}

/* The choice and the text as well. */
static int set_up_required(void **state)
{
    static const char when[] = "when: overall <= 2";
    static const char max[] = "max: 200";
    const char *at_when = strstr(temp_store_plan, when);
    const char *at_max = strstr(temp_store_plan, max);
    struct arena *arena = arena_new(1 << 16);
    if (arena == NULL)
        return 1;
    struct text plan = text_format(arena, "%.*srequired: true%.*srequired: true%s",
        (int)(at_when - temp_store_plan), temp_store_plan,
        (int)(at_max - at_when - (ptrdiff_t)strlen(when)), at_when + strlen(when),
        at_max + strlen(max));
    int failed = set_up_with(state, plan.ptr);
    arena_free(arena);
    return failed;
}

static void without_a_plan_there_is_nothing_to_try(void **state)
{
    struct bench *bench = *state;
    struct plans *plans = bench->app->app.plans;
    struct selftest_result result;
    serve(bench, NULL, NULL);
    struct store *store = NULL;
    char folder[40];
    assert_true(temp_folder_make(folder));
    assert_int_equal(
        store_open(folder, STORE_MAKE, &bench->app->temp->problems, &store), STATUS_OK);
    assert_int_equal(plans_open(store, &bench->app->app.plans), STATUS_OK);
    run(bench, &result);
    assert_int_equal(result.state, SELFTEST_NOTHING);
    plans_close(bench->app->app.plans);
    bench->app->app.plans = plans;
    store_close(store);
    temp_folder_remove(folder);
}

/* ---- what stands in the way is named ---- */

static void assert_fails_at(
    struct bench *bench, int level, enum selftest_step step, int http_status)
{
    struct selftest_result result;
    run(bench, &result);
    assert_int_equal(result.state, SELFTEST_BAD);
    for (int i = 0; i < LEVEL_COUNT; i++) {
        bool is_it = result.levels[i].level == level;
        assert_int_equal(result.levels[i].step, is_it ? step : SELFTEST_PASSED);
        if (is_it)
            assert_int_equal(result.levels[i].http_status, http_status);
    }
}

static bool sends(struct request *request, const char *level)
{
    struct text sent;
    return request_form(request, "overall", &sent) && text_equals(sent, text_of(level));
}

static enum status take_no_two(struct request *request, struct response *response)
{
    if (!sends(request, "2"))
        return page_submit(request, response);
    response->status = 503;
    return STATUS_OK;
}

static void a_level_that_is_refused_is_named(void **state)
{
    serve(*state, NULL, take_no_two);
    assert_fails_at(*state, 2, SELFTEST_SENT, 503);
}

/* Thanks, and nothing written. */
static enum status swallow_one(struct request *request, struct response *response)
{
    if (!sends(request, "1"))
        return page_submit(request, response);
    response->status = 303;
    response->location = TEXT("/thanks");
    return STATUS_OK;
}

static void a_level_that_is_thanked_for_and_dropped_is_named(void **state)
{
    serve(*state, NULL, swallow_one);
    assert_fails_at(*state, 1, SELFTEST_KEPT, 303);
}

/* A page that turns every 1 into a 5. */
static enum status flatter(struct request *request, struct response *response)
{
    for (size_t i = 0; i < request->form_count; i++)
        if (text_equals(request->form[i].value, TEXT("1")))
            request->form[i].value = TEXT("5");
    return page_submit(request, response);
}

static void a_level_that_is_written_as_another_is_named(void **state)
{
    serve(*state, NULL, flatter);
    assert_fails_at(*state, 1, SELFTEST_KEPT, 303);
}

static enum status hide_pages(struct request *request, struct response *response)
{
    enum status status = page_survey(request, response);
    (void)status;
    response->status = 500;
    return STATUS_OK;
}

static void a_page_that_fails_is_named(void **state)
{
    struct selftest_result result;
    serve(*state, hide_pages, NULL);
    run(*state, &result);
    assert_int_equal(result.state, SELFTEST_BAD);
    for (int i = 0; i < LEVEL_COUNT; i++) {
        assert_int_equal(result.levels[i].step, SELFTEST_PAGE);
        assert_int_equal(result.levels[i].http_status, 500);
    }
}

/* The row of level 1 is of another class: smaller, or hidden. */
static enum status shrink_one(struct request *request, struct response *response)
{
    enum status status = page_survey(request, response);
    char *page = response->body.data;
    char *input = strstr(page, "name=\"overall\" value=\"1\"");
    if (status != STATUS_OK || input == NULL)
        return status;
    while (strncmp(input, "\"row\"", 5) != 0)
        input--;
    memcpy(input, "\"raw\"", 5);
    return STATUS_OK;
}

static void a_page_on_which_one_level_is_unlike_the_others_is_named(void **state)
{
    struct selftest_result result;
    serve(*state, shrink_one, NULL);
    run(*state, &result);
    assert_int_equal(result.state, SELFTEST_BAD);
    assert_int_equal(result.levels[0].step, SELFTEST_FORM);
}

static void a_server_that_does_not_answer_is_named(void **state)
{
    struct bench *bench = *state;
    struct selftest_result result;
    serve(bench, NULL, NULL);
    server_close(bench->server);
    bench->server = NULL;
    run(bench, &result);
    assert_int_equal(result.state, SELFTEST_BAD);
    for (int i = 0; i < LEVEL_COUNT; i++)
        assert_int_equal(result.levels[i].step, SELFTEST_UNREACHED);
}

/* ---- the page ---- */

static void assert_has(struct bench *bench, const char *words)
{
    if (strstr(temp_app_body(bench->app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(bench->app));
}

static size_t count_on_page(struct bench *bench, const char *words)
{
    size_t count = 0;
    for (const char *at = temp_app_body(bench->app); (at = strstr(at, words)) != NULL;
         at++)
        count++;
    return count;
}

static void a_manager_sees_five_ticks_and_can_try_again(void **state)
{
    struct bench *bench = *state;
    serve(bench, NULL, NULL);
    temp_app_sign_in(bench->app, "Wang Min");
    assert_int_equal(temp_app_ask(bench->app, "/selftest", NULL)->status, 200);
    assert_has(bench, "服务器启动以后还没有自检过。");
    assert_int_equal(
        temp_app_ask(bench->app, "/selftest", temp_app_proven(bench->app, ""))->status,
        303);
    assert_text_equal(bench->app->response.location, "/selftest");
    assert_int_equal(temp_app_ask(bench->app, "/selftest", NULL)->status, 200);
    assert_has(bench, "五档都一样收到了。");
    assert_has(bench, "上次自检：20");
    assert_int_equal(count_on_page(bench, "收到了，已收回"), 5);
}

static void a_manager_sees_which_level_failed_and_how(void **state)
{
    struct bench *bench = *state;
    serve(bench, NULL, take_no_two);
    temp_app_sign_in(bench->app, "Wang Min");
    struct selftest_result result;
    run(bench, &result);
    assert_int_equal(temp_app_ask(bench->app, "/selftest", NULL)->status, 200);
    assert_has(bench, "有的档没有收到。");
    assert_has(bench, "服务器答的是 503");
    assert_int_equal(count_on_page(bench, "收到了，已收回"), 4);
}

static void only_operators_see_it(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(temp_app_ask(bench->app, "/selftest", NULL)->status, 303);
    assert_int_equal(temp_app_ask(bench->app, "/selftest", "csrf=1")->status, 403);
}

#define BENCH_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        BENCH_TEST(each_level_gets_in),
        BENCH_TEST(nothing_is_left_of_it),
        BENCH_TEST(it_runs_on_any_day),
        cmocka_unit_test_setup_teardown(
            what_is_required_is_filled_in, set_up_required, tear_down),
        BENCH_TEST(without_a_plan_there_is_nothing_to_try),
        BENCH_TEST(a_level_that_is_refused_is_named),
        BENCH_TEST(a_level_that_is_thanked_for_and_dropped_is_named),
        BENCH_TEST(a_level_that_is_written_as_another_is_named),
        BENCH_TEST(a_page_that_fails_is_named),
        BENCH_TEST(a_page_on_which_one_level_is_unlike_the_others_is_named),
        BENCH_TEST(a_server_that_does_not_answer_is_named),
        BENCH_TEST(a_manager_sees_five_ticks_and_can_try_again),
        BENCH_TEST(a_manager_sees_which_level_failed_and_how),
        BENCH_TEST(only_operators_see_it),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
