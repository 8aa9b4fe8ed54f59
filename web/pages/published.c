/* published.c: what anybody may see of published reports: the list, with years next to
   each other; one report with what it takes to check it; its notice for the wall. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/print.h"
#include "web/pages/published.html.h"
#include "web/pages/published_view.h"
#include "web/render/notice_pdf.h"
#include "web/tr.h"

#include "kiosk/limits.h"

enum { SEAL_DIGITS_MIN = 8 };

/* A page in an arena of its own, since a report may be large. */
typedef enum status (*published_face_fn)(struct request *request,
    const struct published_making *making, struct response *response);

static enum status answer(
    struct request *request, published_face_fn face, struct response *response)
{
    struct published_making making = {arena_new(REPORT_ARENA_BYTES), request->language};
    if (making.arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = face(request, &making, response);
    arena_free(making.arena);
    if (status != STATUS_NOT_FOUND)
        return status;
    page_error(request, response, 404);
    return STATUS_OK;
}

/* ---- years next to each other ---- */

/* The row of an indicator, new if it is not there yet. */
static size_t row_of(struct published_years *years, struct text *ids, struct text id)
{
    size_t at = 0;
    while (at < years->row_count && !text_equals(ids[at], id))
        at++;
    if (at == years->row_count) {
        ids[at] = id;
        years->row_count++;
    }
    return at;
}

static enum status add_year(const struct published_making *making, struct store *store,
    const struct published *head, struct published_years *years, struct text *ids)
{
    struct published published;
    struct public_report report;
    enum status status =
        published_read_one(making, store, head->number, &published, &report);
    if (status != STATUS_OK)
        return status;
    size_t column = years->count++;
    years->heads[column] = text_format(making->arena, "%lld", (long long)head->year);
    for (size_t i = 0; i < report.indicator_count; i++) {
        const struct public_indicator *of = &report.indicators[i];
        size_t at = row_of(years, ids, of->id);
        struct published_year_row *row = &years->rows[at];
        if (row->name.len == 0)
            row->name = tr_wording(making->language, &of->name);
        row->values[column] = public_value(making->arena, of);
        row->verdicts[column] = public_verdict(making->language, of);
    }
    return STATUS_OK;
}

static bool has_year(const struct published_years *years, struct text year)
{
    for (size_t i = 0; i < years->count; i++)
        if (text_equals(years->heads[i], year))
            return true;
    return false;
}

/* The newest of each year; the newest years. */
static enum status fill_years(const struct published_making *making, struct store *store,
    const struct published *list, size_t count, struct published_years *out)
{
    enum { ROWS = PLAN_INDICATORS_MAX * PUBLISHED_YEARS_MAX };
    struct text *ids = arena_take_array(making->arena, ROWS, sizeof *ids);
    out->rows = arena_take_array(making->arena, ROWS, sizeof *out->rows);
    if (ids == NULL || out->rows == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count && out->count < PUBLISHED_YEARS_MAX; i++) {
        struct text year = text_format(making->arena, "%lld", (long long)list[i].year);
        if (has_year(out, year))
            continue;
        enum status status = add_year(making, store, &list[i], out, ids);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* ---- the list ---- */

static bool is_hexadecimal(struct text digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (text_hex_digit(digits.ptr[i]) < 0)
            return false;
    return true;
}

/* Whoever scans the symbol on a printed report asks for its seal. */
static void keep_asked(const struct request *request,
    const struct published_making *making, struct published_list_view *view)
{
    struct text seal;
    size_t kept = 0;
    if (!request_query(request, "seal", &seal) || seal.len == 0)
        return;
    bool is_seal = seal.len >= SEAL_DIGITS_MIN && is_hexadecimal(seal);
    for (size_t i = 0; i < view->count && is_seal; i++)
        if (text_starts_with(view->list[i].seal, seal))
            view->list[kept++] = view->list[i];
    view->is_found = kept > 0;
    struct text count = text_format(making->arena, "%zu", kept);
    const struct text arguments[] = {is_seal ? seal : TEXT("–"), count};
    view->asked = tr_format(making->arena, making->language,
        kept > 0 ? N_("Published reports whose seal begins with {1}: {2}. Please compare "
                      "the figures on your paper with these.")
                 : N_("No published report has a seal that begins with {1}. The paper in "
                      "your hand was not published, or not yet."),
        arguments, 2);
    if (kept > 0)
        view->count = kept;
}

static enum status show_list(struct request *request,
    const struct published_making *making, struct response *response)
{
    const struct app *app = request->app;
    struct published *list = NULL;
    struct published_list_view view = {
        .frame = frame_of(request, N_("Published reports")),
        .stylesheet = url_asset("published.css")};
    enum status status = published_list(app->store, making->arena, &list, &view.count);
    if (status == STATUS_OK)
        status = fill_years(making, app->store, list, view.count, &view.years);
    if (status != STATUS_OK)
        return status;
    view.list = arena_take_array(making->arena, view.count, sizeof *view.list);
    if (view.list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < view.count; i++)
        published_head_fill(making, &list[i], &view.list[i]);
    keep_asked(request, making, &view);
    published_list_page(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_published(struct request *request, struct response *response)
{
    return answer(request, show_list, response);
}

/* ---- one report ---- */

static void fill_steps(struct published_page_view *view, enum language language)
{
    static const char *const steps[] = {
        N_("Compare the figures, the day and the seal on your paper with this page. They "
           "were stored when the report was published and are never changed."),
        N_("The seal is a digest of every answer in the report. Whoever changes, adds or "
           "takes away a single answer gets another one."),
        N_("Auditors can ask for the file of evidence: it holds all answers, which are "
           "anonymous, and what was published. The command “manyi verify FILE” computes "
           "every figure again and prints the seal."),
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        view->steps[view->step_count++] = text_of(tr(language, steps[i]));
}

static enum status show_one(struct request *request,
    const struct published_making *making, struct response *response)
{
    const struct app *app = request->app;
    struct published published;
    struct public_report report;
    int64_t number = 0;
    struct published_page_view view = {.frame = frame_of(request, N_("Public notice")),
        .stylesheet = url_asset("published.css"),
        .all = url_page(request->arena, "/published", request->language)};
    if (!published_number(request->parameter, &number))
        return STATUS_NOT_FOUND;
    enum status status =
        published_read_one(making, app->store, number, &published, &report);
    if (status != STATUS_OK)
        return status;
    published_head_fill(making, &published, &view.report);
    status = published_figures_fill(making, &report, &view.report);
    if (status != STATUS_OK)
        return status;
    fill_steps(&view, request->language);
    view.frame.organisation = tr_wording(request->language, &report.organisation);
    published_page(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_published_one(struct request *request, struct response *response)
{
    return answer(request, show_one, response);
}

/* ---- the notice ---- */

struct notice_work {
    struct arena *arena;
    struct notice_pdf notice;
    FILE *spool;
};

static enum status print_notice(void *argument)
{
    struct notice_work *work = argument;
    return notice_pdf(work->arena, &work->notice, work->spool);
}

static enum status show_notice(struct request *request,
    const struct published_making *making, struct response *response)
{
    const struct app *app = request->app;
    struct published published;
    struct public_report report;
    struct notice_work work = {
        .arena = making->arena, .notice = {.language = request->language}};
    if (!published_number(request->parameter, &work.notice.number))
        return STATUS_NOT_FOUND;
    enum status status =
        published_read_one(making, app->store, work.notice.number, &published, &report);
    if (status == STATUS_OK)
        status = print_public_url(request, &work.notice.public_url);
    if (status != STATUS_OK)
        return status;
    work.notice.report = &report;
    work.notice.published_on = published.published_on;
    work.notice.digest = published.digest;
    status = print_send(request, print_notice, &work, &work.spool, response);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID ||
        status == STATUS_TOO_LARGE) {
        page_error(request, response, 500);
        return STATUS_OK;
    }
    response->content_type = "application/pdf";
    response->download = "notice.pdf";
    return status;
}

enum status page_published_notice(struct request *request, struct response *response)
{
    return answer(request, show_notice, response);
}
