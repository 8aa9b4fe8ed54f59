/* test_weight.c: what a phone on a slow line has to fetch for a questionnaire of the
   shipped plan: the page, one style sheet, one script; compressed, under 14 KB, so that
   it fits into the first round of packets. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/codes.h"
#include "web/assets.h"
#include "web/http/compress.h"

#include <stdio.h>

enum { PLAN_BYTES = 65536, WEIGHT_BYTES_MAX = 14 * 1024 };

static char plan[PLAN_BYTES];

static int set_up(void **state)
{
    FILE *file = fopen(SOURCE_DIR "/deploy/plan-2026.yaml", "rb");
    if (file == NULL)
        return 1;
    size_t len = fread(plan, 1, PLAN_BYTES - 1, file);
    plan[len] = '\0';
    return fclose(file) == 0 ? temp_app_set_up_with(state, plan) : 1;
}

static size_t gzip_length(struct temp_app *app)
{
    struct field accepts = {TEXT("Accept-Encoding"), TEXT("gzip")};
    struct request request = {
        .arena = app->arena, .headers = &accepts, .header_count = 1};
    app->response.content_type = "text/html; charset=utf-8";
    compress_response(&request, &app->response);
    assert_string_equal(app->response.encoding, "gzip");
    return app->response.body.len;
}

static void a_questionnaire_with_all_it_needs_fits_into_14_kilobytes(void **state)
{
    static const char *const programmes[] = {"three-visits", "returned-workers"};
    static const char *const looks[] = {"", "?lang=en", "?size=large&contrast=high"};
    struct temp_app *app = *state;
    size_t assets =
        asset_by_name("manyi.css")->gzip.len + asset_by_name("manyi.js")->gzip.len;
    app->app.clock.day = day_of((struct date){2026, 11, 22});
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++) {
            struct code code;
            assert_int_equal(codes_open(app->app.store, text_of(programmes[i]),
                                 TEXT("yueyang"), &code),
                STATUS_OK);
            const char *target =
                text_format(app->temp->arena, "/t/%s%s", code.letters, looks[k]).ptr;
            assert_int_equal(temp_app_ask(app, target, NULL)->status, 200);
            size_t plain = app->response.body.len;
            size_t page = gzip_length(app);
            print_message("%s%s: page %zu (plain %zu), assets %zu\n", programmes[i],
                looks[k], page, plain, assets);
            assert_true(page + assets < WEIGHT_BYTES_MAX);
        }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(
            a_questionnaire_with_all_it_needs_fits_into_14_kilobytes, set_up,
            temp_app_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
