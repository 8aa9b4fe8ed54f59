/* operators.c: who may see the console: the list, invitations, new links, and the end of
   an account. One can't end one's own: so somebody is always left. */
#include "web/app.h"
#include "web/pages/operators.html.h"
#include "web/pages/operators_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

#include "db/invitations.h"
#include "kiosk/limits.h"

enum { OWN_LINK_MINUTES = 60 };

/* ---- showing ---- */

static const struct {
    const char *words;
    struct text class;
} states[OPERATOR_STATE_COUNT] = {
    [OPERATOR_ACTIVE] = {N_("can sign in"), {"state active", 12}},
    [OPERATOR_INVITED] = {N_("invited"), {"state invited", 13}},
    [OPERATOR_EXPIRED] = {N_("link expired"), {"state expired", 13}},
    [OPERATOR_DISABLED] = {N_("disabled"), {"state disabled", 14}},
};

static struct operators_row row_of(
    const struct request *request, const struct operator_account *account)
{
    enum operator_state state = operator_state(account, clock_minute());
    struct text own = operator_id_format(request->arena, &request->visitor->account.id);
    struct operators_row row = {
        .id = operator_id_format(request->arena, &account->id),
        .name = account->name.shown,
        .state = state,
        .state_words = text_of(tr(request->language, states[state].words)),
        .state_class = states[state].class,
        .made_on = day_format(request->arena, account->made_on),
    };
    row.is_self = text_equals(row.id, own);
    if (state == OPERATOR_INVITED)
        row.until = minute_format(request->arena, account->link_expires);
    return row;
}

static enum status add_rows(const struct request *request, struct operators_view *view)
{
    const struct app *app = request->app;
    struct operator_account *accounts;
    size_t count = 0;
    enum status status = operators_list(app->store, request->arena, &accounts, &count);
    if (status != STATUS_OK)
        return status;
    view->rows = arena_take_array(request->arena, count, sizeof *view->rows);
    if (view->rows == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        view->rows[view->row_count++] = row_of(request, &accounts[i]);
    return STATUS_OK;
}

static struct operators_view view_of(const struct request *request)
{
    return (struct operators_view){
        .frame = console_frame_of(request, N_("Staff")),
        .action = url_page(request->arena, "/operators", request->language),
    };
}

static enum status show(const struct request *request, struct response *response,
    struct operators_view *view, int http_status)
{
    enum status status = add_rows(request, view);
    if (status != STATUS_OK)
        return status;
    operators_page(&response->body, view, request->language);
    return page_done(response, http_status);
}

enum status page_operators(struct request *request, struct response *response)
{
    struct operators_view view = view_of(request);
    return show(request, response, &view, 200);
}

/* ---- doing ---- */

static enum status show_problem(const struct request *request, struct response *response,
    const char *message, int http_status)
{
    struct operators_view view = view_of(request);
    view.problem = text_of(tr(request->language, message));
    return show(request, response, &view, http_status);
}

/* The page with the link on it: the one time that it can be read. */
static enum status show_link(const struct request *request, struct response *response,
    struct text name, const struct secret *secret)
{
    const struct app *app = request->app;
    char letters[SECRET_LETTERS + 1];
    struct text address = {0};
    struct operators_view view = view_of(request);
    enum status status =
        store_get_setting(app->store, "public_url", request->arena, &address);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    while (address.len > 0 && address.ptr[address.len - 1] == '/')
        address.len--;
    secret_format(secret, letters);
    view.made_for = name;
    view.link = text_format(request->arena, "%.*s/signin/%s", TEXT_ARG(address), letters);
    view.made_until = minute_format(request->arena, clock_minute() + INVITATION_MINUTES);
    return show(request, response, &view, 200);
}

/* Who is signed in, for the log. */
static struct actor actor_of(const struct request *request)
{
    const struct app *app = request->app;
    return (struct actor){clock_today(&app->clock), &request->visitor->account.id};
}

static enum status invite(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct operator_name name;
    struct problems problems;
    struct secret secret;
    struct operators_view view = view_of(request);
    const struct actor actor = actor_of(request);
    problems_init(&problems, request->arena);
    (void)request_form(request, "name", &view.typed);
    enum status status =
        operator_name_check(request->arena, view.typed, TEXT("name"), &problems, &name);
    if (status == STATUS_OK)
        status = invitations_make(app->store, &name, &actor, clock_minute(), &secret);
    if (status == STATUS_OK)
        return show_link(request, response, name.shown, &secret);
    if (status == STATUS_INVALID)
        view.typed_problem =
            tr_problem(request->arena, request->language, &problems.list[0]);
    else if (status == STATUS_CONFLICT)
        view.typed_problem = text_of(tr(request->language,
            N_("Somebody of that name is on the list already. Please add something that "
               "tells the two apart.")));
    else if (status == STATUS_TOO_LARGE)
        view.typed_problem =
            text_of(tr(request->language, N_("The list is full. Nobody was added.")));
    else
        return status;
    return show(request, response, &view, status == STATUS_CONFLICT ? 409 : 422);
}

/* Whom the form is about: NOT_FOUND if nobody, CONFLICT if oneself. */
static enum status find_other(
    const struct request *request, struct operator_account *account)
{
    const struct app *app = request->app;
    struct text sent = {0};
    struct operator_id id;
    (void)request_form(request, "operator", &sent);
    if (!operator_id_parse(sent, &id))
        return STATUS_NOT_FOUND;
    enum status status = operators_get(app->store, &id, request->arena, account);
    if (status == STATUS_OK &&
        text_equals(account->name.folded, request->visitor->account.name.folded))
        return STATUS_CONFLICT;
    return status;
}

static enum status answer_failure(
    const struct request *request, struct response *response, enum status status)
{
    if (status == STATUS_NOT_FOUND)
        return show_problem(request, response,
            N_("That person is not on the list any more. Nothing was changed."), 404);
    if (status == STATUS_CONFLICT)
        return show_problem(request, response,
            N_("That is your own account. Ask a colleague to do it. Nothing was "
               "changed."),
            409);
    return status;
}

static enum status disable(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct operator_account account;
    const struct actor actor = actor_of(request);
    enum status status = find_other(request, &account);
    if (status == STATUS_OK)
        status = operators_disable(app->store, &account.id, &actor);
    if (status != STATUS_OK)
        return answer_failure(request, response, status);
    response->status = 303;
    response->location =
        url_page(request->arena, "/operators", request->language).address;
    return STATUS_OK;
}

static enum status reset(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct operator_account account;
    struct secret secret;
    const struct actor actor = actor_of(request);
    enum status status = find_other(request, &account);
    if (status == STATUS_OK)
        status =
            invitations_reset(app->store, &account.id, &actor, clock_minute(), &secret);
    if (status != STATUS_OK)
        return answer_failure(request, response, status);
    return show_link(request, response, account.name.shown, &secret);
}

/* One's own password: a short-lived link that one is led to at once; the old password
   holds until it is used. */
static enum status renew(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    char letters[SECRET_LETTERS + 1];
    struct secret secret;
    enum status status = invitations_renew(app->store, &request->visitor->account.id,
        clock_minute(), OWN_LINK_MINUTES, &secret);
    if (status != STATUS_OK)
        return answer_failure(request, response, status);
    secret_format(&secret, letters);
    response->status = 303;
    response->location =
        url_invitation(request->arena, text_of(letters), request->language).address;
    return STATUS_OK;
}

enum status page_operators_take(struct request *request, struct response *response)
{
    static const struct {
        const char *word;
        enum status (*run)(struct request *request, struct response *response);
    } actions[] = {
        {"invite", invite}, {"disable", disable}, {"reset", reset}, {"renew", renew}};

    struct text action = {0};
    (void)request_form(request, "action", &action);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (text_equals(action, text_of(actions[i].word)))
            return actions[i].run(request, response);
    return show_problem(
        request, response, N_("That is not possible here. Nothing was changed."), 422);
}
