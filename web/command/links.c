/* links.c: `manyi links`: the open (poster) link of every programme at each of its
 * centres. */
#include "web/command/commands.h"
#include "web/command/links_print.h"
#include "web/command/session.h"
#include "web/render/csv.h"
#include "web/tr.h"

#include "db/codes.h"

enum { LINKS_BYTES_MAX = 32 * 1024 * 1024 };

static enum status add_link(const struct session *session, struct text public_url,
    const struct plan_programme *programme, struct text centre, struct buffer *out)
{
    struct code code;
    enum status status = codes_open(session->store, programme->id, centre, &code);
    if (status != STATUS_OK)
        return status;
    csv_add_text(out, true, programme->id);
    csv_add_text(out, false, programme_wave_nearest(programme, session->today)->id);
    csv_add_text(out, false, centre);
    struct text url =
        text_format(out->arena, "%.*s/t/%s", TEXT_ARG(public_url), code.letters);
    csv_add_text(out, false, url);
    csv_end_row(out);
    return STATUS_OK;
}

static enum status add_links(const struct invocation *call, const struct session *session,
    const struct plan *plan, struct buffer *out)
{
    struct text public_url = session_public_url(call, session);
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t j = 0; j < programme->centre_count; j++) {
            const struct plan_centre *centre = &plan->centres[programme->centres[j]];
            if (!links_wants(call, programme, centre))
                continue;
            enum status status =
                add_link(session, public_url, programme, centre->id, out);
            if (status != STATUS_OK)
                return status;
        }
    }
    return out->is_full ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum exit_code print_links(const struct invocation *call, struct session *session)
{
    const struct plan_version *version = session_plan(call, session);
    if (version == NULL || !links_read(call, version->plan))
        return EXIT_FAILED;
    if (has_format(call, "pdf"))
        return links_print(call, session, version->plan);
    struct buffer out;
    buffer_init(&out, call->arena, LINKS_BYTES_MAX);
    buffer_add_string(&out, "programme,wave,centre,url\r\n");
    enum status status = add_links(call, session, version->plan, &out);
    if (status == STATUS_OK)
        return write_result(call, buffer_text(&out));
    complain(call, tr(call->language, "The links can't be made: {1}."),
        status_words(status), NULL);
    return EXIT_FAILED;
}

enum exit_code command_links(const struct invocation *call)
{
    struct session session;
    if (has_format(call, "pdf") && !can_write_pages(call))
        return EXIT_USAGE;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = print_links(call, &session);
    session_close(&session);
    return code;
}
