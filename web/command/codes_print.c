/* codes_print.c: `manyi codes --format pdf`. */
#include "web/command/codes_print.h"

#include "web/command/progress.h"
#include "web/render/sheet_slips.h"
#include "web/tr.h"

static bool read_layout(const struct invocation *call, enum slips_layout *out)
{
    const char *asked = call->values[OPTION_PER_PAGE];
    *out = SLIPS_24;
    return asked == NULL || slips_layout_parse(text_of(asked), out);
}

size_t codes_per_page(const struct invocation *call)
{
    enum slips_layout layout;
    (void)read_layout(call, &layout);
    return slips_per_page(layout);
}

enum exit_code codes_can_print(const struct invocation *call)
{
    enum slips_layout layout;
    if (!read_layout(call, &layout))
        return usage_error(call, tr(call->language, "--per-page is 24 or 10."), NULL);
    if (!has_format(call, "pdf"))
        return EXIT_DONE;
    if (!can_write_pages(call))
        return EXIT_USAGE;
    enum status status = slips_can_print();
    if (status == STATUS_OK)
        return EXIT_DONE;
    complain_of_print(call, status);
    return EXIT_FAILED;
}

enum status codes_print(const struct invocation *call, const struct session *session,
    const struct codes_order *order, const struct code *codes, enum exit_code *out)
{
    const struct plan *plan = plans_current(session->plans)->plan;
    const struct plan_programme *programme = plan_find_programme(plan, order->programme);
    struct progress progress;
    struct slips slips = {
        .programme = tr_wording(LANGUAGE_ZH, &programme->name),
        .public_url = session_public_url(call, session),
        .is_test = order->is_test,
        .is_demo = session->is_demo,
        .codes = codes,
        .count = order->count,
        .day = order->today,
        .show = progress_show,
        .progress = &progress,
    };
    (void)read_layout(call, &slips.layout);
    FILE *spool = tmpfile();
    if (spool == NULL)
        return STATUS_INTERNAL;
    progress_begin(&progress);
    enum status status = slips_print(&slips, spool);
    progress_end(&progress);
    if (status == STATUS_OK)
        *out = write_spooled(call, spool);
    (void)fclose(spool);
    return status;
}
