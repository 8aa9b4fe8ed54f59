/* temp_app.c: handlers called as the server calls them. */
#include "tests/support/temp_app.h"

#include "tests/support/test.h"

#include "db/codes.h"
#include "db/tally_store.h"
#include "kiosk/limits.h"
#include "web/guard.h"
#include "web/releases.h"
#include "web/http/form.h"
#include "web/http/router.h"
#include "web/pages/survey_shelf.h"
#include "web/routes.h"

#include <stdlib.h>
#include <string.h>

enum { NOON = 1770609600 }; /* of a day of the calendar; nothing depends on which */

int temp_app_set_up(void **state)
{
    return temp_app_set_up_with(state, temp_store_plan);
}

/* However long the machine has been up. */
static bool begin_at_noon(struct temp_app *app)
{
    struct clock *clock = &app->app.clock;
    if (clock_init(clock, &app->temp->problems) != STATUS_OK)
        return false;
    clock->is_set = true;
    clock->day = TEMP_STORE_TODAY;
    clock->begun_s = NOON;
    return true;
}

int temp_app_set_up_with(void **state, const char *plan)
{
    void *temp = NULL;
    struct temp_app *app = calloc(1, sizeof *app);
    if (app == NULL || temp_store_set_up_with(&temp, plan) != 0) {
        free(app);
        return 1;
    }
    app->temp = temp;
    *state = app;
    app->app = (struct app){
        .store = app->temp->store,
        .plans = app->temp->plans,
    };
    if (!begin_at_noon(app))
        return 1;
    app->app.shelf = survey_shelf_new();
    app->arena = arena_new(REQUEST_ARENA_BYTES);
    if (app->app.shelf == NULL || app->arena == NULL)
        return 1;
    if (passwords_open(&app->app.passwords) != STATUS_OK ||
        tries_open(&app->app.tries) != STATUS_OK ||
        guesses_open(&app->app.guesses) != STATUS_OK ||
        watch_open(&app->app.watch) != STATUS_OK ||
        rotation_open(clock_seconds(&app->app.clock), &app->app.rotation) != STATUS_OK ||
        releasing_open(&app->app.releasing) != STATUS_OK ||
        press_open(&app->app.press) != STATUS_OK)
        return 1;
    return intake_open(app->app.store, &app->app.intake) == STATUS_OK ? 0 : 1;
}

int temp_app_tear_down(void **state)
{
    struct temp_app *app = *state;
    void *temp = app->temp;
    intake_close(app->app.intake);
    passwords_close(app->app.passwords);
    tries_close(app->app.tries);
    guesses_close(app->app.guesses);
    watch_close(app->app.watch);
    rotation_close(app->app.rotation);
    releasing_close(app->app.releasing);
    press_close(app->app.press);
    survey_shelf_free(app->app.shelf);
    arena_free(app->arena);
    free(app);
    return temp_store_tear_down(&temp);
}

static void add_headers(struct temp_app *app, struct request *request)
{
    const struct field all[] = {
        {TEXT("Host"), TEXT("127.0.0.1:8080")},
        {TEXT("Cookie"), app->cookie},
        {TEXT("Origin"), app->origin},
        {TEXT("Sec-Fetch-Site"), app->site},
    };
    request->headers =
        arena_take_array(app->arena, sizeof all / sizeof *all, sizeof *all);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].value.len > 0)
            request->headers[request->header_count++] = all[i];
}

static struct request request_of(
    struct temp_app *app, const char *target, const char *form)
{
    size_t path_len = strcspn(target, "?");
    struct request request = {
        .arena = app->arena,
        .app = &app->app,
        .method = form == NULL ? METHOD_GET : METHOD_POST,
        .path = {target, path_len},
        .query = text_of(target[path_len] == '?' ? target + path_len + 1 : ""),
    };
    add_headers(app, &request);
    struct text language;
    if (request_query(&request, "lang", &language) && text_equals(language, TEXT("en")))
        request.language = LANGUAGE_EN;
    if (form != NULL)
        assert_int_equal(
            form_parse(app->arena, text_of(form), &request.form, &request.form_count),
            STATUS_OK);
    return request;
}

const struct response *temp_app_ask(
    struct temp_app *app, const char *target, const char *form)
{
    arena_reset(app->arena);
    struct request request = request_of(app, target, form);
    struct route_choice choice =
        router_find(routes, route_count, request.method, request.path);
    assert_non_null(choice.route);
    request.parameter = choice.parameter;
    app->response = (struct response){.status = 200};
    buffer_init(&app->response.body, app->arena, REQUEST_ARENA_BYTES);
    assert_int_equal(
        guard_enter(&request, choice.route, &app->response, &app->has_entered),
        STATUS_OK);
    if (app->has_entered)
        assert_int_equal(choice.route->handler(&request, &app->response), STATUS_OK);
    return &app->response;
}

void assert_answer(struct temp_app *app, const char *target, const char *form, int status)
{
    int got = temp_app_ask(app, target, form)->status;
    if (got != status)
        fail_msg("%s with \"%s\" answers %d, not %d", target, form == NULL ? "" : form,
            got, status);
}

const char *temp_app_body(struct temp_app *app)
{
    const char *body = text_to_string(app->arena, buffer_text(&app->response.body));
    assert_non_null(body);
    return body;
}

void temp_app_sign_in(struct temp_app *app, const char *name)
{
    struct secret link;
    struct operator_name checked;
    char letters[SECRET_LETTERS + 1];
    assert_int_equal(operator_name_check(app->temp->arena, text_of(name),
                         (struct text){0}, &app->temp->problems, &checked),
        STATUS_OK);
    assert_int_equal(invitations_make(app->app.store, &checked, &temp_store_actor,
                         clock_minute(), &link),
        STATUS_OK);
    struct invitation_answer answer = {
        .secret = &link, .password = TEXT("none"), .now = clock_minute()};
    assert_int_equal(invitations_use(app->app.store, &answer, &app->session), STATUS_OK);
    secret_format(&app->session, letters);
    app->cookie = text_format(app->temp->arena, "a=b; manyi=%s", letters);
}

const char *temp_app_proven(struct temp_app *app, const char *rest)
{
    struct secret_hash proof =
        secret_hash(store_key(app->app.store), SECRET_FORM, &app->session);
    struct text hex = text_hex(app->temp->arena, proof.bytes, sizeof proof.bytes);
    return text_format(app->temp->arena, "csrf=%.*s&%s", TEXT_ARG(hex), rest).ptr;
}

static const char *address_of(struct temp_app *app, const struct code *code)
{
    return text_format(app->temp->arena, "/t/%s", code->letters).ptr;
}

const char *temp_app_slip(struct temp_app *app, const char *programme, const char *wave)
{
    struct code code;
    int64_t batch;
    struct codes_order order = {
        .programme = text_of(programme),
        .wave = text_of(wave),
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .count = 1,
        .today = TEMP_STORE_TODAY,
    };
    assert_int_equal(codes_make(app->app.store, &order, &code, &batch), STATUS_OK);
    return address_of(app, &code);
}

const char *temp_app_poster(struct temp_app *app, const char *programme)
{
    struct code code;
    assert_int_equal(
        codes_open(app->app.store, text_of(programme), TEXT("north"), &code), STATUS_OK);
    return address_of(app, &code);
}

const char *temp_app_kiosk(struct temp_app *app, const char *programme)
{
    struct code code;
    assert_int_equal(
        codes_kiosk(app->app.store, text_of(programme), TEXT("north"), &code), STATUS_OK);
    return address_of(app, &code);
}

const char *temp_app_menu(struct temp_app *app)
{
    return temp_app_poster(app, "");
}

void temp_app_make_busy(struct temp_app *app)
{
    static const struct intake_options no_room = {
        .queue_max = 0, .log_bytes_max = 1 << 20};
    intake_close(app->app.intake);
    app->app.intake = NULL;
    assert_int_equal(
        intake_open_with(app->app.store, &no_room, &app->app.intake), STATUS_OK);
}

int64_t temp_app_received(struct temp_app *app, const char *programme)
{
    struct tally_cell *cells;
    size_t count;
    int64_t received = 0;
    assert_int_equal(tally_list(app->app.store, app->temp->arena, TALLY_BY_WAVE,
                         text_of(programme), &cells, &count),
        STATUS_OK);
    for (size_t i = 0; i < count; i++)
        received += cells[i].counters[0];
    return received;
}
