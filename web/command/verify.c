/* verify.c: `manyi verify`: recounts the rows and compares. */
#include "web/command/commands.h"
#include "web/command/progress.h"
#include "web/command/session.h"
#include "web/tr.h"

#include "db/verify.h"

static void say_result(const struct invocation *call, const struct verify_result *result)
{
    struct text rows = text_format(call->arena, "%lld", (long long)result->submissions);
    struct text cells = text_format(call->arena, "%lld", (long long)result->cells);
    say(call, tr(call->language, "{1} submissions and {2} counts: everything matches."),
        rows.ptr, cells.ptr, NULL);
}

enum exit_code command_verify(const struct invocation *call)
{
    struct session session;
    struct problems problems;
    struct progress progress;
    struct verify_result result = {0};
    problems_init(&problems, call->arena);
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    progress_begin(&progress);
    enum status status = verify_store(
        session.store, session.plans, &problems, &result, progress_show, &progress);
    progress_end(&progress);
    session_close(&session);

    if (status == STATUS_OK) {
        say_result(call, &result);
        return EXIT_DONE;
    }
    print_problems(call, true, NULL, &problems);
    if (problems.count == 0)
        complain(call, tr(call->language, "The store can't be checked: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}
