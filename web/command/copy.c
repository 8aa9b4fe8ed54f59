/* copy.c: `manyi copy`: a whole store in another place, and checked there. */
#include "web/command/commands.h"
#include "web/command/progress.h"
#include "web/tr.h"

#include "db/copy.h"

static void say_copied(const struct invocation *call, const struct copy_result *result)
{
    struct arena *arena = call->arena;
    say(call,
        tr(call->language,
            "Copied to {1}: {2} rows, of them {3} submissions; {4} seals and "
            "all counts match."),
        text_to_string(arena, store_name(arena, call->values[OPTION_TO])),
        text_format(arena, "%lld", (long long)result->rows).ptr,
        text_format(arena, "%lld", (long long)result->verified.submissions).ptr,
        text_format(arena, "%lld", (long long)result->verified.seals).ptr, NULL);
    complain(call,
        tr(call->language, "The store at {1} is as it was. Serve only one of the two."),
        text_to_string(arena, store_name(arena, call->values[OPTION_FROM])), NULL);
}

enum exit_code command_copy(const struct invocation *call)
{
    struct problems problems;
    struct progress progress;
    struct copy_result result = {0};
    const struct copy_order order = {.from = call->values[OPTION_FROM],
        .to = call->values[OPTION_TO],
        .listener = {progress_show, &progress}};
    problems_init(&problems, call->arena);
    progress_begin(&progress);
    enum status status = copy_store(&order, &problems, &result);
    progress_end(&progress);
    if (status == STATUS_OK) {
        say_copied(call, &result);
        return EXIT_DONE;
    }
    print_problems(call, false, NULL, &problems);
    if (problems.count == 0)
        complain(call, tr(call->language, "The store can't be copied: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}
