/* verify.c: `manyi verify`: recounts the rows and compares. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/tr.h"

#include "db/verify.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_COLUMNS = 40 };

/* A bar on stderr, drawn over itself; only on a terminal. */
static void draw_progress(void *context, int64_t done, int64_t total)
{
    char bar[BAR_COLUMNS + 1];
    int64_t full = total == 0 ? BAR_COLUMNS : done * BAR_COLUMNS / total;
    for (int64_t i = 0; i < BAR_COLUMNS; i++)
        bar[i] = i < full ? '#' : '.';
    bar[BAR_COLUMNS] = '\0';
    (void)context;
    (void)fprintf(stderr, "\r[%s] %lld / %lld", bar, (long long)done, (long long)total);
    if (done == total)
        (void)fputc('\n', stderr);
}

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
    struct verify_result result = {0};
    problems_init(&problems, call->arena);
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = verify_store(session.store, session.plans, &problems, &result,
        isatty(STDERR_FILENO) ? draw_progress : NULL, NULL);
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
