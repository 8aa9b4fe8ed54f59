/* links.c: `manyi links`: the open (poster) link of every programme at each of its
 * centres. */
#include "web/command/commands.h"
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

static enum status add_links(const struct session *session, const struct plan *plan,
    struct text public_url, struct buffer *out)
{
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t j = 0; j < programme->centre_count && !programme->coded_only; j++) {
            struct text centre = plan->centres[programme->centres[j]].id;
            enum status status = add_link(session, public_url, programme, centre, out);
            if (status != STATUS_OK)
                return status;
        }
    }
    return out->is_full ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum exit_code print_links(const struct invocation *call, struct session *session)
{
    const struct plan_version *version = session_plan(call, session);
    if (version == NULL)
        return EXIT_FAILED;
    struct buffer out;
    buffer_init(&out, call->arena, LINKS_BYTES_MAX);
    buffer_add_string(&out, "programme,wave,centre,url\r\n");
    enum status status =
        add_links(session, version->plan, session_public_url(call, session), &out);
    if (status == STATUS_OK)
        return write_result(call, buffer_text(&out));
    complain(call, tr(call->language, "The links can't be made: {1}."),
        status_words(status), NULL);
    return EXIT_FAILED;
}

enum exit_code command_links(const struct invocation *call)
{
    struct session session;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = print_links(call, &session);
    session_close(&session);
    return code;
}
