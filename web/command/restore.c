/* restore.c: `manyi restore`: a backup becomes a store again. */
#include "web/command/commands.h"
#include "web/command/progress.h"
#include "web/tr.h"

#include "db/restore.h"

static void say_restored(
    const struct invocation *call, const struct restore_result *result)
{
    const char *location = call->values[OPTION_STORE];
    struct text rows =
        text_format(call->arena, "%lld", (long long)result->verified.submissions);
    struct text cells =
        text_format(call->arena, "%lld", (long long)result->verified.cells);
    say(call,
        tr(call->language,
            "Restored to {1}: {2} submissions and {3} counts, everything matches."),
        location, rows.ptr, cells.ptr, NULL);
    if (result->aside != NULL)
        complain(
            call, tr(call->language, "The store before is in {1}."), result->aside, NULL);
    if (result->has_other_key)
        complain(call,
            tr(call->language, "Codes printed before don't work here: they were made "
                               "with another key than "
                               "{1}/key. Print posters and slips again, or find the key "
                               "of that time and "
                               "restore once more: --replace --key FILE"),
            location, NULL);
}

enum exit_code command_restore(const struct invocation *call)
{
    struct problems problems;
    struct progress progress;
    struct restore_result result = {0};
    const struct restore_order order = {.file = call->operands[0],
        .location = call->values[OPTION_STORE],
        .key_file = call->values[OPTION_KEY],
        .replaces = call->values[OPTION_REPLACE] != NULL,
        .listener = {progress_show, &progress}};
    problems_init(&problems, call->arena);
    progress_begin(&progress);
    enum status status = restore_store(&order, &problems, &result);
    progress_end(&progress);
    if (status == STATUS_OK) {
        say_restored(call, &result);
        return EXIT_DONE;
    }
    print_problems(call, false, NULL, &problems);
    if (problems.count == 0)
        complain(call, tr(call->language, "The backup can't be restored: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}
