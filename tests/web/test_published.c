/* test_published.c: publishing from the console, and what anybody can see afterwards. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/releases.h"
#include "db/published.h"
#include "db/verify.h"
#include "web/publishing.h"
#include "web/render/published_words.h"

#include <stdio.h>
#include <string.h>

enum { ANSWERS = 40, K = 10 };

/* Shows in reports what has come, however few, as an import does. */
static void release(struct temp_app *app)
{
    struct sql *sql = NULL;
    assert_int_equal(store_begin(app->temp->store, &sql), STATUS_OK);
    enum status rc = release_wave(sql, TEXT("visits"), TEXT("q1"), TEMP_STORE_TODAY);
    assert_int_equal(store_end(app->temp->store, sql, rc), STATUS_OK);
}

/* So many answers of wave q1, every fourth one dissatisfied. */
static void answer(struct temp_app *app, int count)
{
    for (int i = 0; i < count; i++) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(app->temp, i % 4 == 3 ? "213" : "530", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = app->temp->questionnaire};
        assert_int_equal(intake_submit(app->app.intake, &entry, &outcome), STATUS_OK);
    }
    release(app);
}

static bool page_has(struct temp_app *app, const char *words)
{
    return strstr(temp_app_body(app), words) != NULL;
}

static void has(struct temp_app *app, const char *words)
{
    if (!page_has(app, words))
        fail_msg("there is no \"%s\" in:\n%s", words, temp_app_body(app));
}

static void lacks(struct temp_app *app, const char *words)
{
    if (page_has(app, words))
        fail_msg("there is \"%s\" in:\n%s", words, temp_app_body(app));
}

/* The value of a hidden field of the page at hand; in the store's arena. */
static const char *field_of(struct temp_app *app, const char *name)
{
    char opening[60];
    (void)snprintf(opening, sizeof opening, "name=\"%s\" value=\"", name);
    const char *at = strstr(temp_app_body(app), opening);
    assert_non_null(at);
    at += strlen(opening);
    return text_to_string(app->temp->arena, (struct text){at, strcspn(at, "\"")});
}

/* Opens the page and presses its button. */
static int publish(struct temp_app *app)
{
    assert_int_equal(temp_app_ask(app, "/publish", NULL)->status, 200);
    const char *form = text_format(app->temp->arena, "as_of=%s&digest=%s",
        field_of(app, "as_of"), field_of(app, "digest"))
                           .ptr;
    return temp_app_ask(app, "/publish", temp_app_proven(app, form))->status;
}

static void as_stranger(struct temp_app *app)
{
    app->cookie = (struct text){0};
}

/* ---- the deed ---- */

static void what_was_looked_at_is_published_and_shown_to_anybody(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    assert_text_equal(app->response.location, "/published/1");
    as_stranger(app);
    assert_int_equal(temp_app_ask(app, "/published/1", NULL)->status, 200);
    has(app, "2026 年度服务对象满意度公示");
    has(app, "75.00%");
    has(app, "核验这份报告");
    has(app, "2026-02-09");
}

static void who_published_what_stands_on_the_console_and_in_the_log(void **state)
{
    struct temp_app *app = *state;
    struct verify_result result;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    (void)temp_app_ask(app, "/publish", NULL);
    has(app, "第 1 号：2026 年度");
    has(app, ">王敏</td>");
    (void)temp_app_ask(app, "/published/1", NULL);
    lacks(app, "王敏");
    assert_int_equal(verify_store(app->temp->store, app->temp->plans,
                         &app->temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.published, 1);
}

static void the_very_same_report_is_refused(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    assert_int_equal(publish(app), 409);
    has(app, "一模一样的报告已经公示过了");
}

static void a_report_that_changed_since_it_was_looked_at_is_not_published(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(temp_app_ask(app, "/publish", NULL)->status, 200);
    const char *form = text_format(app->temp->arena, "as_of=%s&digest=%s",
        field_of(app, "as_of"), field_of(app, "digest"))
                           .ptr;
    answer(app, 1);
    assert_int_equal(
        temp_app_ask(app, "/publish", temp_app_proven(app, form))->status, 409);
    has(app, "打开本页以后，报告的数字变了");
    assert_int_equal(temp_app_ask(app, "/published/1", NULL)->status, 404);
}

/* Nine more people could be told from the two reports; ten could not. */
static void a_report_that_would_tell_of_a_few_beside_another_is_refused(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    answer(app, K - 1);
    assert_int_equal(publish(app), 409);
    has(app, "只新到了几份答卷");
    answer(app, 1);
    assert_int_equal(publish(app), 303);
    assert_text_equal(app->response.location, "/published/2");
}

static void a_day_that_is_none_or_has_not_come_is_refused(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    assert_int_equal(temp_app_ask(app, "/publish?as_of=2026-02-10", NULL)->status, 422);
    assert_int_equal(temp_app_ask(app, "/publish?as_of=soon", NULL)->status, 422);
    assert_int_equal(temp_app_ask(app, "/publish?as_of=2026-02-09", NULL)->status, 200);
    assert_int_equal(
        temp_app_ask(app, "/publish", temp_app_proven(app, "as_of=2026-02-10"))->status,
        422);
}

static void a_stranger_publishes_nothing_and_sees_no_console(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    assert_int_equal(temp_app_ask(app, "/publish", NULL)->status, 303);
    assert_int_equal(temp_app_ask(app, "/publish/1", NULL)->status, 303);
    assert_int_equal(temp_app_ask(app, "/publish/1/report.json", NULL)->status, 303);
    assert_int_equal(
        temp_app_ask(app, "/publish", "as_of=2026-02-09&digest=0")->status, 403);
    assert_int_equal(temp_app_ask(app, "/published/1", NULL)->status, 404);
}

/* ---- what anybody sees ---- */

static void it_never_changes_whatever_comes_later(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    (void)temp_app_ask(app, "/publish/1/report.json", NULL);
    const char *before = text_to_string(app->temp->arena, text_of(temp_app_body(app)));
    answer(app, ANSWERS);
    (void)temp_app_ask(app, "/publish/1/report.json", NULL);
    assert_string_equal(temp_app_body(app), before);
    (void)temp_app_ask(app, "/published/1", NULL);
    has(app, "40 / ");
}

static void only_what_is_public_is_shown(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    as_stranger(app);
    (void)temp_app_ask(app, "/published/1", NULL);
    lacks(app, "q1");
    lacks(app, "north");
    lacks(app, "report.json");
}

static void too_few_answers_stay_hidden_when_they_are_published(void **state)
{
    struct temp_app *app = *state;
    answer(app, K - 1);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    as_stranger(app);
    (void)temp_app_ask(app, "/published/1", NULL);
    has(app, "＊");
    lacks(app, "77.78%");
    lacks(app, "9 / ");
}

static void the_symbol_of_a_printed_report_finds_it_by_its_seal(void **state)
{
    struct temp_app *app = *state;
    struct published found;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    as_stranger(app);
    assert_int_equal(
        published_get(app->temp->store, app->temp->arena, 1, &found), STATUS_OK);
    struct text seal = seal_digest_text(app->temp->arena, &found.seal);
    (void)temp_app_ask(
        app, text_format(app->temp->arena, "/published?seal=%.16s", seal.ptr).ptr, NULL);
    has(app, "已公示报告：1 份");
    (void)temp_app_ask(app, "/published?seal=0123456789abcdef", NULL);
    has(app, "没有公示过，或尚未公示");
    (void)temp_app_ask(
        app, text_format(app->temp->arena, "/published?seal=%.7s", seal.ptr).ptr, NULL);
    has(app, "没有公示过，或尚未公示"); /* seven digits say nothing */
}

static void the_notice_can_be_printed_by_anybody(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    as_stranger(app);
    const struct response *response = temp_app_ask(app, "/published/1/notice.pdf", NULL);
    assert_int_equal(response->status, 200);
    assert_string_equal(response->content_type, "application/pdf");
    assert_true(text_starts_with(response->file, TEXT("%PDF-")));
}

static void what_is_no_number_of_one_is_not_found(void **state)
{
    static const char *const paths[] = {"/published/0", "/published/01", "/published/-1",
        "/published/2", "/published/x", "/published/99999999999999999999",
        "/published/2/notice.pdf"};
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(temp_app_ask(app, paths[i], NULL)->status, 404);
    assert_int_equal(temp_app_ask(app, "/publish/2", NULL)->status, 404);
    assert_int_equal(temp_app_ask(app, "/publish/2/report.json", NULL)->status, 404);
}

static void the_list_has_them_all_and_their_years_beside_each_other(void **state)
{
    struct temp_app *app = *state;
    (void)temp_app_ask(app, "/published", NULL);
    has(app, "还没有公示过报告");
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    (void)temp_app_ask(app, "/published", NULL);
    has(app, "第 1 号，2026-02-09 公示");
    has(app, "历年");
    has(app, "<th scope=\"col\">2026</th>");
}

/* ---- against today ---- */

static void a_comparison_says_what_differs_and_what_does_not(void **state)
{
    struct temp_app *app = *state;
    answer(app, ANSWERS);
    temp_app_sign_in(app, "王敏");
    assert_int_equal(publish(app), 303);
    (void)temp_app_ask(app, "/publish/1", NULL);
    has(app, "所有数字都没有变");
    has(app, "封存值相同：没有一份答卷变过");
    answer(app, 3); /* all satisfied */
    (void)temp_app_ask(app, "/publish/1", NULL);
    has(app, "有差别的指标：1 项");
    has(app, "实际完成值原为 75.00%，现为 76.74%，高 1.74 个百分点。");
    has(app, "原计入有效答卷 40 份，现计入 43 份。");
    has(app, "封存值不同");
}

/* ---- the parts ---- */

static struct public_indicator indicator_of(int64_t n)
{
    return (struct public_indicator){.id = TEXT("relief"), .is_rated = true, .n = n};
}

static void two_reports_reveal_a_few_but_not_k(void **state)
{
    static const struct {
        int64_t then;
        int64_t now;
        bool reveals;
    } cases[] = {{100, 100, false}, {100, 101, true}, {100, 109, true}, {100, 110, false},
        {100, 91, true}, {100, 90, false}, {NO_COUNT, 12, false}, {12, NO_COUNT, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct public_indicator then = indicator_of(cases[i].then);
        struct public_indicator now = indicator_of(cases[i].now);
        const struct public_report before = {.indicators = &then, .indicator_count = 1};
        const struct public_report after = {.indicators = &now, .indicator_count = 1};
        assert_int_equal(
            public_report_reveals(&before, &after, K) != NULL, cases[i].reveals);
    }
}

static void what_is_no_report_is_not_read(void **state)
{
    static const char *const texts[] = {"", "{}", "[]", "nonsense", "{\"year\": 2026}",
        "{\"year\": 2026, \"year\": 2027}"};
    struct temp_app *app = *state;
    struct public_report report;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(
            published_read(app->temp->arena, text_of(texts[i]), &report), STATUS_INVALID);
}

#define WITH_APP(test)                                                                   \
    cmocka_unit_test_setup_teardown(test, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_APP(what_was_looked_at_is_published_and_shown_to_anybody),
        WITH_APP(who_published_what_stands_on_the_console_and_in_the_log),
        WITH_APP(the_very_same_report_is_refused),
        WITH_APP(a_report_that_changed_since_it_was_looked_at_is_not_published),
        WITH_APP(a_report_that_would_tell_of_a_few_beside_another_is_refused),
        WITH_APP(a_day_that_is_none_or_has_not_come_is_refused),
        WITH_APP(a_stranger_publishes_nothing_and_sees_no_console),
        WITH_APP(it_never_changes_whatever_comes_later),
        WITH_APP(only_what_is_public_is_shown),
        WITH_APP(too_few_answers_stay_hidden_when_they_are_published),
        WITH_APP(the_symbol_of_a_printed_report_finds_it_by_its_seal),
        WITH_APP(the_notice_can_be_printed_by_anybody),
        WITH_APP(what_is_no_number_of_one_is_not_found),
        WITH_APP(the_list_has_them_all_and_their_years_beside_each_other),
        WITH_APP(a_comparison_says_what_differs_and_what_does_not),
        cmocka_unit_test(two_reports_reveal_a_few_but_not_k),
        WITH_APP(what_is_no_report_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
