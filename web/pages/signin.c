/* signin.c: operators sign in and out. A wrong password and a name that nobody has are
   answered alike, after as long; a name that was tried too often waits, and no other. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/signin.html.h"
#include "web/pages/signin_view.h"
#include "web/tr.h"

#include "kiosk/limits.h"

#include <string.h>

enum { RETRY_AFTER_SECONDS = 5 };

#define LANDING_PAGE "/reports"

/* ---- what both pages share ---- */

struct signin_view signin_view_of(
    const struct request *request, const char *title, struct url other_language)
{
    struct signin_view view = {
        .frame = console_frame_of(request, title),
        .signin = url_signin(request->arena, request->language, (struct text){0}),
    };
    view.frame.page.other_language = other_language;
    return view;
}

/* A path of this server, printable, that does not lead round in a circle: "//x" and "/\x"
   are other servers to a browser. */
static bool is_place_of_ours(struct text then)
{
    if (then.len == 0 || then.len > THEN_BYTES_MAX || then.ptr[0] != '/' ||
        (then.len > 1 && then.ptr[1] == '/') || text_starts_with(then, TEXT("/sign")))
        return false;
    for (size_t i = 0; i < then.len; i++)
        if (then.ptr[i] <= ' ' || then.ptr[i] > '~' || then.ptr[i] == '\\')
            return false;
    return true;
}

static enum status go_on(
    const struct request *request, struct response *response, struct text then)
{
    response->status = 303;
    response->location =
        is_place_of_ours(then)
            ? then
            : url_page(request->arena, LANDING_PAGE, request->language).address;
    return STATUS_OK;
}

enum status signin_done(const struct request *request, struct response *response,
    const struct secret *session, struct text then)
{
    response->cookie = guard_cookie(request, session);
    return response->cookie.ptr == NULL ? STATUS_NO_MEMORY
                                        : go_on(request, response, then);
}

void signin_set_busy(
    const struct request *request, struct response *response, struct signin_view *view)
{
    view->notice = text_of(tr(request->language, "Many people sign in just now."));
    view->advice = text_of(tr(request->language, "Please try again in a few seconds."));
    response->retry_after = RETRY_AFTER_SECONDS;
}

/* ---- showing ---- */

static enum status show(const struct request *request, struct response *response,
    const struct signin_view *view, int http_status)
{
    response->referrer = REFERRER_OUR_OWN;
    signin_page(&response->body, view, request->language);
    return page_done(response, http_status);
}

static struct signin_view view_of(const struct request *request, struct text then)
{
    enum language other = request->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
    if (!is_place_of_ours(then))
        then = (struct text){0};
    struct signin_view view =
        signin_view_of(request, N_("Sign in"), url_signin(request->arena, other, then));
    view.action = view.signin;
    view.then = then;
    return view;
}

enum status page_signin(struct request *request, struct response *response)
{
    struct visitor *visitor;
    struct text then = {0};
    enum status status = guard_find_visitor(request, &visitor);
    if (status != STATUS_OK)
        return status;
    (void)request_query(request, "then", &then);
    if (visitor != NULL)
        return go_on(request, response, then);
    struct signin_view view = view_of(request, then);
    return show(request, response, &view, 200);
}

/* ---- taking ---- */

/* What was typed. */
struct attempt {
    struct operator_name name;
    struct text password;
    struct text then;
};

/* False if there is a name or a password missing; the view then says which. A name or
   password that nobody can have is empty afterwards. */
static bool read_attempt(
    const struct request *request, struct attempt *attempt, struct signin_view *view)
{
    struct problems ignored;
    struct text typed = {0};
    problems_init(&ignored, request->arena);
    (void)request_form(request, "name", &view->typed);
    (void)request_form(request, "password", &typed);
    if (text_trim(view->typed).len == 0)
        view->name_problem = text_of(tr(request->language, N_("Please type your name.")));
    if (text_trim(typed).len == 0)
        view->password_problem =
            text_of(tr(request->language, N_("Please type your password.")));
    if (operator_name_check(request->arena, view->typed, (struct text){0}, &ignored,
            &attempt->name) != STATUS_OK)
        attempt->name = (struct operator_name){.shown = {0}};
    if (!password_clean(request->arena, typed, &attempt->password))
        attempt->password = (struct text){0};
    return view->name_problem.len == 0 && view->password_problem.len == 0;
}

/* OK: the account is whose name and password these are. INVALID: they are nobody's. */
static enum status check(const struct request *request, const struct attempt *attempt,
    struct operator_account *account)
{
    const struct app *app = request->app;
    enum status status =
        operators_find(app->store, attempt->name.folded, request->arena, account);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool may_sign_in = status == STATUS_OK && !account->is_disabled;
    return password_verify(app->passwords, attempt->password,
        may_sign_in ? account->password : (struct text){0});
}

/* The session that this browser still had, if any, is replaced. */
static enum status begin_session(const struct request *request,
    const struct operator_account *account, struct secret *out)
{
    const struct app *app = request->app;
    struct secret before;
    bool has_one = secret_parse(request_cookie(request, SESSION_COOKIE), &before);
    return sessions_begin(
        app->store, account, has_one ? &before : NULL, clock_minute(), out);
}

static enum status show_wrong(
    const struct request *request, struct response *response, struct signin_view *view)
{
    view->notice = text_of(tr(request->language, "The name or the password is wrong."));
    view->advice = text_of(tr(request->language,
        "Please type both again. If you have forgotten the password, a colleague can "
        "make you a new link under Staff."));
    return show(request, response, view, 422);
}

static enum status show_wait(const struct request *request, struct response *response,
    struct signin_view *view, int minutes)
{
    struct text number = text_format(request->arena, "%d", minutes);
    view->notice =
        text_of(tr(request->language, "That name was tried with wrong passwords."));
    view->advice = tr_format(request->arena, request->language,
        trn(request->language, "Please wait {1} minute, then try again.",
            "Please wait {1} minutes, then try again.", minutes),
        &number, 1);
    response->retry_after = minutes * 60;
    return show(request, response, view, 429);
}

static enum status answer(const struct request *request, struct response *response,
    const struct attempt *attempt, struct signin_view *view, enum status status,
    const struct operator_account *account)
{
    const struct app *app = request->app;
    struct secret session;
    if (status == STATUS_OK)
        status = begin_session(request, account, &session);
    if (status == STATUS_OK) {
        tries_forget(app->tries, attempt->name.folded);
        return signin_done(request, response, &session, attempt->then);
    }
    if (status == STATUS_INVALID || status == STATUS_NOT_FOUND)
        return show_wrong(request, response, view);
    tries_take_back(app->tries, attempt->name.folded);
    if (status != STATUS_BUSY && status != STATUS_NO_MEMORY)
        return status;
    signin_set_busy(request, response, view);
    return show(request, response, view, 503);
}

enum status page_signin_take(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct attempt attempt = {.then = {0}};
    struct operator_account account;
    if (!guard_is_from_here(request)) {
        response->status = 403;
        return STATUS_OK;
    }
    (void)request_form(request, "then", &attempt.then);
    struct signin_view view = view_of(request, attempt.then);
    if (!read_attempt(request, &attempt, &view))
        return show(request, response, &view, 422);
    int wait = tries_begin(app->tries, attempt.name.folded, clock_minute());
    if (wait > 0)
        return show_wait(request, response, &view, wait);
    enum status status = check(request, &attempt, &account);
    return answer(request, response, &attempt, &view, status, &account);
}

enum status page_signout(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    enum status status = sessions_end(app->store, &request->visitor->session);
    if (status != STATUS_OK)
        return status;
    response->cookie = guard_cookie(request, NULL);
    response->status = 303;
    response->location =
        url_signin(request->arena, request->language, (struct text){0}).address;
    return STATUS_OK;
}
