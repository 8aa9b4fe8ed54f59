/* report.c: `manyi report`. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/render/report_csv.h"
#include "web/render/report_json.h"
#include "web/render/report_pdf.h"
#include "web/render/report_text.h"
#include "web/render/report_xlsx.h"
#include "web/tr.h"

#include "db/report_load.h"

#include <stdio.h>

static bool knows_indicator(const struct invocation *call, const struct plan *plan)
{
    struct text asked = text_of(call->values[OPTION_INDICATOR]);
    if (asked.len == 0 || plan_find_indicator(plan, asked) != NULL)
        return true;
    complain(
        call, tr(call->language, "The plan has no indicator \"{1}\"."), asked.ptr, NULL);
    return false;
}

static enum status render_text(
    const struct invocation *call, const struct report *report, struct product *out)
{
    struct text only = text_of(call->values[OPTION_INDICATOR]);
    if (has_format(call, "json"))
        out->text = report_json(call->arena, call->language, report, only);
    else if (has_format(call, "csv"))
        out->text = report_csv(call->arena, report, only);
    else
        out->text = report_text(call->arena, call->language, report, only);
    return out->text.ptr == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Formats that are files of their own. */
static bool is_file(const struct invocation *call)
{
    return has_format(call, "xlsx") || has_format(call, "pdf");
}

static enum status render_file(const struct invocation *call,
    const struct session *session, const struct report *report, struct product *out)
{
    struct text only = text_of(call->values[OPTION_INDICATOR]);
    out->spool = tmpfile();
    if (out->spool == NULL)
        return STATUS_INTERNAL;
    if (has_format(call, "xlsx"))
        return report_xlsx(call->arena, call->language, report, only, out->spool);
    const struct report_pdf pdf = {
        call->language, report, only, session_public_url(call, session)};
    return report_pdf(call->arena, &pdf, out->spool);
}

static enum status render(const struct invocation *call, const struct session *session,
    const struct report *report, struct product *out)
{
    return is_file(call) ? render_file(call, session, report, out)
                         : render_text(call, report, out);
}

static enum exit_code write_report(const struct invocation *call,
    const struct session *session, const struct report *report)
{
    struct product product = {0};
    enum status status = render(call, session, report, &product);
    enum exit_code code = EXIT_FAILED;
    if (status == STATUS_OK)
        code = write_product(call, &product);
    else if (has_format(call, "pdf"))
        complain_of_print(call, status);
    else
        complain(call, tr(call->language, "The report can't be made: {1}."),
            status_words(status), NULL);
    if (product.spool != NULL)
        (void)fclose(product.spool);
    return code;
}

static enum exit_code print_report(const struct invocation *call, struct session *session)
{
    struct report report;
    day_t as_of;
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
    return write_report(call, session, &report);
}

enum exit_code command_report(const struct invocation *call)
{
    struct session session;
    if (is_file(call) && call->values[OPTION_OUTPUT] == NULL && !can_write_pages(call))
        return EXIT_USAGE;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = print_report(call, &session);
    session_close(&session);
    return code;
}
