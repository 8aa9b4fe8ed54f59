/* session.c: opens what commands work on, and explains what is missing. */
#include "web/command/session.h"

#include "web/tr.h"

#include "db/demo_store.h"
#include "db/releases.h"

#define PUBLIC_URL_DEFAULT "http://127.0.0.1:8080"

const char *session_store_name(const struct invocation *call)
{
    struct text name = store_name(call->arena, call->values[OPTION_STORE]);
    const char *shown = text_to_string(call->arena, name);
    return shown == NULL ? "" : shown;
}

void session_become_demo(struct session *session)
{
    session->is_demo = true;
    if (!session->clock.is_set)
        session->clock.day = DEMO_TODAY;
    session->clock.is_set = true;
    session->today = clock_today(&session->clock);
}

/* A demonstration stands on its own day for every command, and none hides it. */
static enum status find_demo(
    const struct invocation *call, enum store_use use, struct session *session)
{
    enum demo_state state;
    enum status status = demo_store_find(session->store, &state);
    if (status != STATUS_OK || state == DEMO_NONE)
        return status;
    session_become_demo(session);
    if (use != STORE_SERVE)
        complain(call,
            tr(call->language, "The store at {1} holds a demonstration: made-up answers, "
                               "the calendar at {2}."),
            session_store_name(call), day_format(call->arena, session->today).ptr, NULL);
    return STATUS_OK;
}

enum status session_open(
    const struct invocation *call, enum store_use use, struct session *out)
{
    struct session session = {0};
    struct problems problems;
    problems_init(&problems, call->arena);
    enum status status = clock_init(&session.clock, &problems);
    if (status == STATUS_OK)
        status = store_open(call->values[OPTION_STORE], use, &problems, &session.store);
    if (status == STATUS_OK)
        status = plans_open(session.store, &session.plans);
    session.today = clock_today(&session.clock);
    if (status == STATUS_OK)
        status = find_demo(call, use, &session);
    if (status != STATUS_OK) {
        print_problems(call, false, NULL, &problems);
        if (problems.count == 0)
            complain(call, tr(call->language, "The store can't be read: {1}."),
                status_words(status), NULL);
        session_close(&session);
        return status;
    }
    *out = session;
    return STATUS_OK;
}

void session_close(struct session *session)
{
    plans_close(session->plans);
    store_close(session->store);
    *session = (struct session){0};
}

const struct plan_version *session_plan(
    const struct invocation *call, const struct session *session)
{
    const struct plan_version *version = plans_current(session->plans);
    if (version == NULL)
        complain(call,
            tr(call->language,
                "No plan is in force in {1} yet. Apply one: manyi plan apply --store {1} "
                "FILE"),
            session_store_name(call), NULL);
    return version;
}

struct text session_public_url(
    const struct invocation *call, const struct session *session)
{
    struct text url = text_of(call->values[OPTION_PUBLIC_URL]);
    if (url.len == 0 &&
        store_get_setting(session->store, "public_url", call->arena, &url) != STATUS_OK)
        url = TEXT(PUBLIC_URL_DEFAULT);
    while (url.len > 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    return url;
}

bool session_as_of(
    const struct invocation *call, const struct session *session, day_t *out)
{
    const char *asked = call->values[OPTION_AS_OF];
    *out = session->today;
    if (asked == NULL || day_parse(text_of(asked), out))
        return true;
    (void)usage_error(call,
        tr(call->language, "--as-of {1} is not a day; write YYYY-MM-DD."), asked, NULL);
    return false;
}

void session_release(const struct session *session, const struct plan *plan)
{
    size_t made;
    enum status status = releases_make(session->store, plan, session->today, &made);
    (void)status;
}
