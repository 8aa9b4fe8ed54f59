/* published.c: `manyi published list`, `show` and `compare`. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/publishing.h"
#include "web/render/notice_pdf.h"
#include "web/render/published_json.h"
#include "web/render/published_words.h"
#include "web/tr.h"

#include "db/published.h"

enum { LIST_BYTES_MAX = 1048576 };

/* A command over an open store. */
typedef enum exit_code (*published_run_fn)(
    const struct invocation *call, const struct session *session);

static enum exit_code with_store(const struct invocation *call, published_run_fn run)
{
    struct session session;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = run(call, &session);
    session_close(&session);
    return code;
}

static enum exit_code fail(const struct invocation *call, enum status status)
{
    complain(call, tr(call->language, "The published reports can't be read: {1}."),
        status_words(status), NULL);
    return EXIT_FAILED;
}

/* ---- list ---- */

static struct text list_text(
    const struct invocation *call, const struct published *list, size_t count)
{
    struct buffer out;
    buffer_init(&out, call->arena, LIST_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct text arguments[] = {
            text_format(call->arena, "%lld", (long long)list[i].number),
            text_format(call->arena, "%lld", (long long)list[i].year),
            day_format(call->arena, list[i].as_of),
            day_format(call->arena, list[i].published_on),
            seal_digest_text(call->arena, &list[i].digest)};
        buffer_add_text(
            &out, tr_format(call->arena, call->language,
                      N_("no. {1}: {2}, as of {3}, published on {4}, digest {5}"),
                      arguments, 5));
        buffer_add_char(&out, '\n');
    }
    if (count == 0)
        buffer_add_format(
            &out, "%s\n", tr(call->language, "Nothing has been published yet."));
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}

static enum exit_code list(const struct invocation *call, const struct session *session)
{
    struct published *list = NULL;
    size_t count = 0;
    enum status status = published_list(session->store, call->arena, &list, &count);
    if (status != STATUS_OK)
        return fail(call, status);
    struct text result = has_format(call, "json")
                             ? published_json(call->arena, list, count)
                             : list_text(call, list, count);
    return result.ptr == NULL ? fail(call, STATUS_NO_MEMORY) : write_result(call, result);
}

enum exit_code command_published_list(const struct invocation *call)
{
    return with_store(call, list);
}

/* ---- one of them ---- */

/* EXIT_DONE if it was found. */
static enum exit_code find(const struct invocation *call, const struct session *session,
    struct published *published, struct public_report *report)
{
    int64_t number;
    struct text asked = text_of(call->operands[0]);
    if (!text_to_number(asked, &number))
        return usage_error(
            call, tr(call->language, "\"{1}\" is no number."), asked.ptr, NULL);
    enum status status = published_get(session->store, call->arena, number, published);
    if (status == STATUS_NOT_FOUND) {
        complain(call,
            tr(call->language, "There is no published report {1}. manyi published list "
                               "names those there are."),
            asked.ptr, NULL);
        return EXIT_FAILED;
    }
    if (status == STATUS_OK)
        status = published_read(call->arena, published->report, report);
    return status == STATUS_OK ? EXIT_DONE : fail(call, status);
}

static enum exit_code write_notice(const struct invocation *call,
    const struct session *session, const struct published *published,
    const struct public_report *report)
{
    struct product product = {.spool = tmpfile()};
    const struct notice_pdf notice = {.language = call->language,
        .report = report,
        .number = published->number,
        .published_on = published->published_on,
        .digest = published->digest,
        .public_url = session_public_url(call, session)};
    enum status status = product.spool == NULL
                             ? STATUS_INTERNAL
                             : notice_pdf(call->arena, &notice, product.spool);
    enum exit_code code = EXIT_FAILED;
    if (status == STATUS_OK)
        code = write_product(call, &product);
    else
        complain_of_print(call, status);
    if (product.spool != NULL)
        (void)fclose(product.spool);
    return code;
}

static enum exit_code show(const struct invocation *call, const struct session *session)
{
    struct published published;
    struct public_report report = {0};
    enum exit_code code = find(call, session, &published, &report);
    if (code != EXIT_DONE)
        return code;
    if (has_format(call, "pdf"))
        return write_notice(call, session, &published, &report);
    return write_product(call, &(struct product){.text = published.report});
}

enum exit_code command_published_show(const struct invocation *call)
{
    bool is_pdf = has_format(call, "pdf") && call->values[OPTION_OUTPUT] == NULL;
    if (is_pdf && !can_write_pages(call))
        return EXIT_USAGE;
    return with_store(call, show);
}

/* ---- against now ---- */

static void add_change(const struct invocation *call, struct buffer *out,
    const struct public_indicator *then, const struct public_indicator *now)
{
    const struct public_indicator *named = now == NULL ? then : now;
    struct public_difference difference =
        public_compare(call->arena, call->language, then, now);
    buffer_add_format(out, "%.*s\n", TEXT_ARG(tr_wording(call->language, &named->name)));
    for (size_t i = 0; i < difference.count; i++)
        buffer_add_format(out, "  %.*s\n", TEXT_ARG(difference.sentences[i]));
}

static struct text compare_text(const struct invocation *call,
    const struct public_report *then, const struct public_report *now)
{
    struct buffer out;
    buffer_init(&out, call->arena, LIST_BYTES_MAX);
    for (size_t i = 0; i < then->indicator_count; i++)
        add_change(call, &out, &then->indicators[i],
            public_report_find(now, then->indicators[i].id));
    for (size_t i = 0; i < now->indicator_count; i++)
        if (public_report_find(then, now->indicators[i].id) == NULL)
            add_change(call, &out, NULL, &now->indicators[i]);
    buffer_add_format(&out, "%s\n",
        text_equals(then->seal, now->seal)
            ? tr(call->language, "The seal is the same: not one answer has changed.")
            : tr(call->language,
                  "The seal differs: answers have come, or were taken back, since."));
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}

static enum exit_code compare(
    const struct invocation *call, const struct session *session)
{
    struct published published;
    struct public_report then = {0};
    struct publishing_draft now;
    enum exit_code code = find(call, session, &published, &then);
    const struct plan_version *version =
        code == EXIT_DONE ? session_plan(call, session) : NULL;
    if (version == NULL)
        return code == EXIT_DONE ? EXIT_FAILED : code;
    session_release(session, version->plan);
    enum status status = publishing_make(
        session->store, version, session->today, session->today, call->arena, &now);
    if (status != STATUS_OK)
        return fail(call, status);
    return write_result(call, compare_text(call, &then, &now.figures));
}

enum exit_code command_published_compare(const struct invocation *call)
{
    return with_store(call, compare);
}
