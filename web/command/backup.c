/* backup.c: `manyi backup`: the store as one file, beside a serving store. */
#include "web/command/commands.h"
#include "web/command/progress.h"
#include "web/command/session.h"
#include "web/tr.h"

#include "db/backup.h"

static enum exit_code back_up(const struct invocation *call, struct store *store)
{
    struct problems problems;
    struct progress progress;
    int64_t size = 0;
    const char *file = call->operands[0];
    const struct backup_listener listener = {progress_show, &progress};
    problems_init(&problems, call->arena);
    progress_begin(&progress);
    enum status status = backup_make(store, file, &listener, &problems, &size);
    progress_end(&progress);
    if (status != STATUS_OK) {
        print_problems(call, false, NULL, &problems);
        if (problems.count == 0)
            complain(call, tr(call->language, "The store can't be copied: {1}."),
                status_words(status), NULL);
        return EXIT_FAILED;
    }
    struct text bytes = text_format(call->arena, "%lld", (long long)size);
    say(call, tr(call->language, "Backup: {1}, {2} bytes."), file, bytes.ptr, NULL);
    complain(call,
        tr(call->language,
            "The key of the codes is not in it. Keep a copy of {1}/key apart from the "
            "backups: without it no printed code works after a restoration."),
        session_store_name(call), NULL);
    return EXIT_DONE;
}

enum exit_code command_backup(const struct invocation *call)
{
    struct session session;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = back_up(call, session.store);
    session_close(&session);
    return code;
}
