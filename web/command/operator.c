/* operator.c: `manyi operator`: who may see the console, from the command line, for
   whoever keeps the server. Passwords never pass through here: people choose theirs
   through the links that are printed. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/render/operators_json.h"
#include "web/tr.h"

#include "db/invitations.h"
#include "kiosk/limits.h"

enum { LIST_BYTES_MAX = 1 << 20, STATE_COLUMNS = 16 };

/* The link alone on stdout, what it is on stderr. */
static enum exit_code print_link(const struct invocation *call,
    const struct session *session, struct text name, const struct secret *secret)
{
    char letters[SECRET_LETTERS + 1];
    struct text public_url = session_public_url(call, session);
    struct text until = minute_format(call->arena, clock_minute() + INVITATION_MINUTES);
    secret_format(secret, letters);
    say(call, tr(call->language, "Sign in once: {1}"),
        text_format(call->arena, "%.*s/signin/%s", TEXT_ARG(public_url), letters).ptr,
        NULL);
    complain(call,
        tr(call->language, "The link is for {1} alone. It works once, until {2}."),
        text_to_string(call->arena, name), until.ptr, NULL);
    return EXIT_DONE;
}

/* The name of --name; false after a message. */
static bool read_name(const struct invocation *call, struct operator_name *out)
{
    struct problems problems;
    problems_init(&problems, call->arena);
    struct text typed = text_of(call->values[OPTION_NAME]);
    if (operator_name_check(call->arena, typed, (struct text){0}, &problems, out) ==
        STATUS_OK)
        return true;
    print_problems(call, false, NULL, &problems);
    return false;
}

static enum exit_code refuse(const struct invocation *call, enum status status)
{
    const char *name = call->values[OPTION_NAME];
    if (status == STATUS_NOT_FOUND)
        complain(call,
            tr(call->language,
                "There is no operator \"{1}\". See them: manyi operator list --store "
                "{2}"),
            name, session_store_name(call), NULL);
    else if (status == STATUS_CONFLICT)
        complain(call,
            tr(call->language,
                "There is an operator \"{1}\" already. For a new link: manyi operator "
                "reset"),
            name, NULL);
    else if (status == STATUS_TOO_LARGE)
        complain(call, tr(call->language, "The list is full. Nobody was added."), NULL);
    else
        complain(call, tr(call->language, "Nothing was changed: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

/* What add, disable and reset do to the operator of a name. */
typedef enum exit_code (*act_fn)(const struct invocation *call, struct session *session,
    const struct operator_name *name);

static enum exit_code with_name(const struct invocation *call, act_fn act)
{
    struct session session;
    struct operator_name name;
    if (!read_name(call, &name) ||
        session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = act(call, &session, &name);
    session_close(&session);
    return code;
}

static enum exit_code add(const struct invocation *call, struct session *session,
    const struct operator_name *name)
{
    struct secret secret;
    const struct actor actor = {.today = session->today};
    enum status status =
        invitations_make(session->store, name, &actor, clock_minute(), &secret);
    return status == STATUS_OK ? print_link(call, session, name->shown, &secret)
                               : refuse(call, status);
}

static enum exit_code disable(const struct invocation *call, struct session *session,
    const struct operator_name *name)
{
    struct operator_account account;
    const struct actor actor = {.today = session->today};
    enum status status =
        operators_find(session->store, name->folded, call->arena, &account);
    if (status == STATUS_OK)
        status = operators_disable(session->store, &account.id, &actor);
    if (status != STATUS_OK)
        return refuse(call, status);
    say(call, tr(call->language, "{1} can't sign in any more."),
        text_to_string(call->arena, account.name.shown), NULL);
    return EXIT_DONE;
}

static enum exit_code reset(const struct invocation *call, struct session *session,
    const struct operator_name *name)
{
    struct operator_account account;
    struct secret secret;
    const struct actor actor = {.today = session->today};
    enum status status =
        operators_find(session->store, name->folded, call->arena, &account);
    if (status == STATUS_OK)
        status = invitations_reset(
            session->store, &account.id, &actor, clock_minute(), &secret);
    return status == STATUS_OK ? print_link(call, session, account.name.shown, &secret)
                               : refuse(call, status);
}

enum exit_code command_operator_add(const struct invocation *call)
{
    return with_name(call, add);
}

enum exit_code command_operator_disable(const struct invocation *call)
{
    return with_name(call, disable);
}

enum exit_code command_operator_reset(const struct invocation *call)
{
    return with_name(call, reset);
}

/* ---- the list ---- */

static void add_padded(struct buffer *out, struct text words, size_t columns)
{
    buffer_add_text(out, words);
    for (size_t i = text_columns(words); i < columns; i++)
        buffer_add_char(out, ' ');
    buffer_add_string(out, "  ");
}

static struct text list_text(
    const struct invocation *call, const struct operator_account *accounts, size_t count)
{
    static const char *const states[OPERATOR_STATE_COUNT] = {
        [OPERATOR_ACTIVE] = N_("can sign in"),
        [OPERATOR_INVITED] = N_("invited"),
        [OPERATOR_EXPIRED] = N_("link expired"),
        [OPERATOR_DISABLED] = N_("disabled"),
    };
    struct buffer out;
    buffer_init(&out, call->arena, LIST_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        enum operator_state state = operator_state(&accounts[i], clock_minute());
        add_padded(&out, day_format(call->arena, accounts[i].made_on), 0);
        add_padded(&out, text_of(tr(call->language, states[state])), STATE_COLUMNS);
        buffer_add_text(&out, accounts[i].name.shown);
        buffer_add_char(&out, '\n');
    }
    return buffer_text(&out);
}

enum exit_code command_operator_list(const struct invocation *call)
{
    struct session session;
    struct operator_account *accounts = NULL;
    size_t count = 0;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = operators_list(session.store, call->arena, &accounts, &count);
    session_close(&session);
    if (status != STATUS_OK) {
        complain(call, tr(call->language, "The store can't be read: {1}."),
            status_words(status), NULL);
        return EXIT_FAILED;
    }
    if (has_format(call, "json"))
        return write_result(
            call, operators_json(call->arena, accounts, count, clock_minute()));
    if (count == 0)
        complain(call,
            tr(call->language, "Nobody may sign in yet. `manyi serve` prints a link for "
                               "the first; or: manyi operator add"),
            NULL);
    return write_result(call, list_text(call, accounts, count));
}
