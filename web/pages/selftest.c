/* selftest.c: the page on which a manager sees that each level gets in, and tries it. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/selftest.html.h"
#include "web/pages/selftest_view.h"
#include "web/tr.h"

static const char *const level_words[] = {
    [5] = N_("Very satisfied"),
    [4] = N_("Satisfied"),
    [3] = N_("Fairly satisfied"),
    [2] = N_("Dissatisfied"),
    [1] = N_("Very dissatisfied"),
};

static const char *const step_words[SELFTEST_STEP_COUNT] = {
    [SELFTEST_PASSED] = N_("got in, and was taken back"),
    [SELFTEST_UNREACHED] = N_("the server did not answer"),
    [SELFTEST_PAGE] = N_("the page was answered with {1}"),
    [SELFTEST_FORM] = N_("the page does not show this level like the others"),
    [SELFTEST_SENT] = N_("the form was answered with {1}"),
    [SELFTEST_KEPT] = N_("the form was thanked for, but not written as it was sent"),
};

static struct selftest_row row_of(
    const struct request *request, const struct selftest_level *level)
{
    struct text status = text_format(request->arena, "%d", level->http_status);
    return (struct selftest_row){
        .level = text_of(tr(request->language, level_words[level->level])),
        .found = tr_format(
            request->arena, request->language, step_words[level->step], &status, 1),
        .has_passed = level->step == SELFTEST_PASSED,
    };
}

enum status page_selftest(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct selftest_result result = {0};
    struct selftest_view view = {
        .frame = console_frame_of(request, N_("Self-test")),
        .action = url_page(request->arena, "/selftest", request->language),
    };
    if (app->selftest != NULL)
        selftest_read(app->selftest, &result);
    view.state = result.state;
    view.at = minute_format(request->arena, result.at);
    for (int i = 0; i < LEVEL_COUNT && result.state >= SELFTEST_GOOD; i++)
        view.rows[i] = row_of(request, &result.levels[i]);
    selftest_page(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_selftest_take(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct selftest_result ignored;
    if (app->selftest != NULL)
        selftest_run(app->selftest, &ignored);
    response->status = 303;
    response->location = url_page(request->arena, "/selftest", request->language).address;
    return response->location.len == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}
