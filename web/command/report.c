/* report.c: `manyi report`. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/render/report_csv.h"
#include "web/render/report_json.h"
#include "web/render/report_text.h"
#include "web/tr.h"

#include "db/report_load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* To --output, else to stdout. */
static enum exit_code write_out(const struct invocation *call, struct text result)
{
    const char *name = call->values[OPTION_OUTPUT];
    if (name == NULL)
        return write_result(call, result);
    FILE *file = fopen(name, "wb");
    bool is_written =
        file != NULL && fwrite(result.ptr, 1, result.len, file) == result.len;
    if (file != NULL && fclose(file) != 0)
        is_written = false;
    if (is_written)
        return EXIT_DONE;
    complain(call, tr(call->language, "{1} can't be written: {2}."), name,
        strerror(errno), NULL);
    return EXIT_FAILED;
}

static bool knows_indicator(const struct invocation *call, const struct plan *plan)
{
    struct text asked = text_of(call->values[OPTION_INDICATOR]);
    if (asked.len == 0 || plan_find_indicator(plan, asked) != NULL)
        return true;
    complain(
        call, tr(call->language, "The plan has no indicator \"{1}\"."), asked.ptr, NULL);
    return false;
}

static struct text render(
    const struct invocation *call, const struct report *report, struct text only)
{
    if (has_format(call, "json"))
        return report_json(call->arena, call->language, report, only);
    if (has_format(call, "csv"))
        return report_csv(call->arena, report, only);
    return report_text(call->arena, call->language, report, only);
}

static enum exit_code print_report(const struct invocation *call, struct session *session)
{
    struct report report;
    day_t as_of;
    struct text only = text_of(call->values[OPTION_INDICATOR]);
    const struct plan_version *version = session_plan(call, session);
    if (version == NULL || !knows_indicator(call, version->plan))
        return EXIT_FAILED;
    if (!session_as_of(call, session, &as_of))
        return EXIT_USAGE;
    session_release(session, version->plan);
    enum status status =
        report_load(session->store, call->arena, version, as_of, session->today, &report);
    if (status != STATUS_OK) {
        complain(call, tr(call->language, "The report can't be made: {1}."),
            status_words(status), NULL);
        return EXIT_FAILED;
    }
    return write_out(call, render(call, &report, only));
}

enum exit_code command_report(const struct invocation *call)
{
    struct session session;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = print_report(call, &session);
    session_close(&session);
    return code;
}
