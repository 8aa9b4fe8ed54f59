/* publish.c: `manyi publish`. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/publishing.h"
#include "web/tr.h"

static enum exit_code refuse(const struct invocation *call, enum status status,
    const struct publishing_result *result)
{
    struct text number = text_format(call->arena, "%lld", (long long)result->number);
    if (status == STATUS_CONFLICT)
        complain(call,
            tr(call->language,
                "The very same report is published already, as no. {1}. Nothing was "
                "done."),
            number.ptr, NULL);
    else if (status == STATUS_INVALID && result->revealing != NULL)
        complain(call,
            tr(call->language,
                "Since a report of this year was published, only a few answers have come "
                "to {1}. Beside that report, this one would tell what those few said. "
                "Nothing was published; wait for more answers."),
            text_to_string(
                call->arena, tr_wording(call->language, &result->revealing->name)),
            NULL);
    else
        complain(call, tr(call->language, "The report can't be published: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

static enum exit_code publish(const struct invocation *call,
    const struct session *session, const struct plan_version *version, day_t as_of)
{
    struct publishing_draft draft;
    struct publishing_result result = {0};
    const struct actor actor = {session->today, NULL};
    session_release(session, version->plan);
    enum status status = publishing_make(
        session->store, version, as_of, session->today, call->arena, &draft);
    if (status == STATUS_OK)
        status = publishing_do(session->store, call->arena, &actor, &draft, &result);
    if (status != STATUS_OK)
        return refuse(call, status, &result);
    say(call,
        tr(call->language, "The report was published as no. {1}; its digest is {2}."),
        text_format(call->arena, "%lld", (long long)result.number).ptr,
        text_to_string(call->arena, seal_digest_text(call->arena, &draft.digest)), NULL);
    return EXIT_DONE;
}

static enum exit_code run(const struct invocation *call, const struct session *session)
{
    day_t as_of;
    if (!session_as_of(call, session, &as_of))
        return EXIT_USAGE;
    if (as_of > session->today)
        return usage_error(call,
            tr(call->language, "--as-of {1} has not come yet; only what is known can be "
                               "published."),
            call->values[OPTION_AS_OF], NULL);
    const struct plan_version *version = session_plan(call, session);
    return version == NULL ? EXIT_FAILED : publish(call, session, version, as_of);
}

enum exit_code command_publish(const struct invocation *call)
{
    struct session session;
    if (session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = run(call, &session);
    session_close(&session);
    return code;
}
