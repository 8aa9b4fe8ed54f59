/* signin_link.c: whoever has a link chooses a password, once, and is signed in with it. A
   GET uses nothing up: chat programs look at every link they are sent. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/signin.html.h"
#include "web/pages/signin_view.h"
#include "web/tr.h"

static enum status show(const struct request *request, struct response *response,
    const struct signin_view *view, int http_status)
{
    response->referrer = REFERRER_OUR_OWN;
    signin_link_page(&response->body, view, request->language);
    return page_done(response, http_status);
}

static struct signin_view view_of(
    const struct request *request, const struct invitation *invitation)
{
    enum language other = request->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    struct signin_view view = signin_view_of(request, N_("Choose a password"),
        url_invitation(request->arena, request->parameter, other));
    view.action = url_invitation(request->arena, request->parameter, request->language);
    view.asks_name = invitation->is_first;
    if (!invitation->is_first)
        view.name = invitation->account.name.shown;
    return view;
}

static enum status show_gone(const struct request *request, struct response *response)
{
    struct signin_view view = signin_view_of(
        request, N_("This link works no more"), url_same_page(LANGUAGE_ZH));
    if (request->language == LANGUAGE_ZH)
        view.frame.page.other_language = url_same_page(LANGUAGE_EN);
    signin_gone_page(&response->body, &view, request->language);
    return page_done(response, 410);
}

/* NOT_FOUND: the link was never made, or works no more. */
static enum status find(
    const struct request *request, struct secret *secret, struct invitation *invitation)
{
    const struct app *app = request->app;
    if (!secret_parse(request->parameter, secret))
        return STATUS_NOT_FOUND;
    return invitations_find(
        app->store, secret, clock_minute(), request->arena, invitation);
}

enum status page_signin_link(struct request *request, struct response *response)
{
    struct secret secret;
    struct invitation invitation;
    enum status status = find(request, &secret, &invitation);
    if (status == STATUS_NOT_FOUND)
        return show_gone(request, response);
    if (status != STATUS_OK)
        return status;
    struct signin_view view = view_of(request, &invitation);
    return show(request, response, &view, 200);
}

/* ---- taking ---- */

/* What was chosen. */
struct choice {
    struct operator_name name;
    struct text password;
};

static void place_problems(const struct request *request, const struct problems *problems,
    struct signin_view *view)
{
    for (size_t i = 0; i < problems->count; i++) {
        struct text sentence =
            tr_problem(request->arena, request->language, &problems->list[i]);
        if (text_equals(problems->list[i].field, TEXT("name")))
            view->name_problem = sentence;
        else if (text_equals(problems->list[i].field, TEXT("again")))
            view->again_problem = sentence;
        else
            view->password_problem = sentence;
    }
}

/* INVALID: the view says what is wrong. */
static enum status read_choice(const struct request *request,
    const struct invitation *invitation, struct choice *choice, struct signin_view *view)
{
    struct problems problems;
    struct text password = {0};
    struct text again = {0};
    struct text clean_again = {0};
    enum status named = STATUS_OK;
    problems_init(&problems, request->arena);
    (void)request_form(request, "name", &view->typed);
    (void)request_form(request, "password", &password);
    (void)request_form(request, "again", &again);
    choice->name = invitation->account.name;
    if (invitation->is_first)
        named = operator_name_check(
            request->arena, view->typed, TEXT("name"), &problems, &choice->name);
    enum status chosen = password_check(request->arena, password, &choice->name,
        TEXT("password"), &problems, &choice->password);
    if (named == STATUS_NO_MEMORY || chosen == STATUS_NO_MEMORY)
        return STATUS_NO_MEMORY;
    bool is_same = password_clean(request->arena, again, &clean_again) &&
                   text_equals(choice->password, clean_again);
    if (chosen == STATUS_OK && !is_same)
        problems_add(&problems,
            (struct problem){
                .field = TEXT("again"),
                .message = N_("The two are not the same. Please type both again."),
            });
    place_problems(request, &problems, view);
    return problems.count == 0 ? STATUS_OK : STATUS_INVALID;
}

static enum status use(const struct request *request, const struct secret *secret,
    const struct choice *choice, struct secret *session)
{
    const struct app *app = request->app;
    char hash[PASSWORD_HASH_LETTERS + 1];
    enum status status = password_hash(app->passwords, choice->password, hash);
    if (status != STATUS_OK)
        return status;
    struct invitation_answer answer = {
        .secret = secret,
        .name = choice->name,
        .password = text_of(hash),
        .today = clock_today(&app->clock),
        .now = clock_minute(),
    };
    return invitations_use(app->store, &answer, session);
}

static enum status take(const struct request *request, struct response *response,
    const struct secret *secret, const struct invitation *invitation)
{
    struct secret session;
    struct choice choice = {.password = {0}};
    struct signin_view view = view_of(request, invitation);
    enum status status = read_choice(request, invitation, &choice, &view);
    if (status == STATUS_INVALID)
        return show(request, response, &view, 422);
    if (status == STATUS_OK)
        status = use(request, secret, &choice, &session);
    if (status == STATUS_OK)
        return signin_done(request, response, &session, (struct text){0});
    if (status == STATUS_NOT_FOUND || status == STATUS_CONFLICT)
        return show_gone(request, response);
    if (status != STATUS_BUSY && status != STATUS_NO_MEMORY)
        return status;
    signin_set_busy(request, response, &view);
    return show(request, response, &view, 503);
}

enum status page_signin_link_take(struct request *request, struct response *response)
{
    struct secret secret;
    struct invitation invitation;
    if (!guard_is_from_here(request)) {
        response->status = 403;
        return STATUS_OK;
    }
    enum status status = find(request, &secret, &invitation);
    if (status == STATUS_NOT_FOUND)
        return show_gone(request, response);
    if (status != STATUS_OK)
        return status;
    return take(request, response, &secret, &invitation);
}
