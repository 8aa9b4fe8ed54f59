/* test_reports_files.c: the report as files from the console. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include <string.h>

static const struct {
    const char *path;
    const char *content_type;
    const char *name;
    const char *beginning;
} files[] = {
    {"/reports.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "report.xlsx", "PK"},
    {"/reports.pdf", "application/pdf", "report.pdf", "%PDF-"},
};
enum { FILE_COUNT = sizeof files / sizeof *files };

static const char *path_with(struct temp_app *app, size_t file, const char *query)
{
    return text_format(app->temp->arena, "%s%s", files[file].path, query).ptr;
}

static void an_operator_gets_the_whole_file_with_its_name(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    for (size_t i = 0; i < FILE_COUNT; i++)
        for (int english = 0; english < 2; english++) {
            const struct response *response =
                temp_app_ask(app, path_with(app, i, english ? "?lang=en" : ""), NULL);
            assert_int_equal(response->status, 200);
            assert_string_equal(response->content_type, files[i].content_type);
            assert_string_equal(response->download, files[i].name);
            assert_true(text_starts_with(response->file, text_of(files[i].beginning)));
        }
}

static void the_overview_leads_to_them(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    assert_int_equal(temp_app_ask(app, "/reports", NULL)->status, 200);
    for (size_t i = 0; i < FILE_COUNT; i++)
        assert_non_null(strstr(temp_app_body(app), files[i].path));
}

static void strangers_are_led_to_sign_in(void **state)
{
    struct temp_app *app = *state;
    for (size_t i = 0; i < FILE_COUNT; i++)
        assert_int_equal(temp_app_ask(app, files[i].path, NULL)->status, 303);
}

static void a_day_that_is_none_is_refused(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    for (size_t i = 0; i < FILE_COUNT; i++) {
        const struct response *response =
            temp_app_ask(app, path_with(app, i, "?as_of=soon"), NULL);
        assert_int_equal(response->status, 422);
        assert_null(response->download);
    }
}

/* ---- pictures of drawings ---- */

/* The store's plan has relief with two waves, one of them hidden, and no centre by
   programme. */
#define PICTURE "/reports/relief/waves.png"

static void an_operator_gets_a_drawing_as_a_picture(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    for (int english = 0; english < 2; english++) {
        const struct response *response =
            temp_app_ask(app, english ? PICTURE "?lang=en" : PICTURE, NULL);
        assert_int_equal(response->status, 200);
        assert_string_equal(response->content_type, "image/png");
        assert_string_equal(response->download, "relief-waves.png");
        assert_true(text_starts_with(response->file, TEXT("\x89PNG")));
    }
}

static void the_drawing_s_page_leads_to_it(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    assert_int_equal(temp_app_ask(app, "/reports/relief", NULL)->status, 200);
    assert_non_null(strstr(temp_app_body(app), "href=\"" PICTURE "\""));
    assert_int_equal(
        temp_app_ask(app, "/reports/relief?lang=en&as_of=2026-03-01", NULL)->status, 200);
    assert_non_null(
        strstr(temp_app_body(app), "href=\"" PICTURE "?lang=en&amp;as_of=2026-03-01\""));
}

static void strangers_get_no_picture(void **state)
{
    struct temp_app *app = *state;
    const struct response *response = temp_app_ask(app, PICTURE, NULL);
    assert_int_equal(response->status, 303);
    assert_int_equal(response->file.len, 0);
}

static void a_drawing_that_is_not_there_is_not_found(void **state)
{
    static const char *const paths[] = {"/reports/relief/weeks.png",
        "/reports/relief/weeks.png?programme=visits",
        "/reports/relief/weeks.png?programme=",
        "/reports/relief/periods.png?as_of=2000-01-01", "/reports/nothing/waves.png"};
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct response *response = temp_app_ask(app, paths[i], NULL);
        assert_int_equal(response->status, 404);
        assert_null(response->download);
    }
}

static void a_picture_of_a_day_that_is_none_is_refused(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "王敏");
    assert_int_equal(temp_app_ask(app, PICTURE "?as_of=soon", NULL)->status, 422);
}

#define WITH_APP(test)                                                                   \
    cmocka_unit_test_setup_teardown(test, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_APP(an_operator_gets_the_whole_file_with_its_name),
        WITH_APP(the_overview_leads_to_them),
        WITH_APP(strangers_are_led_to_sign_in),
        WITH_APP(a_day_that_is_none_is_refused),
        WITH_APP(an_operator_gets_a_drawing_as_a_picture),
        WITH_APP(the_drawing_s_page_leads_to_it),
        WITH_APP(strangers_get_no_picture),
        WITH_APP(a_drawing_that_is_not_there_is_not_found),
        WITH_APP(a_picture_of_a_day_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
