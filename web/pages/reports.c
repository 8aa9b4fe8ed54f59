/* reports.c: what the answers say, for people who answer for it: the overview, one
   indicator in depth, and the same figures as files. The report and its page are made in
   an arena of their own, since a year's plan may have many waves; what is sent is in the
   request's. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/reports.html.h"
#include "web/pages/reports_indicator.html.h"
#include "web/pages/reports_view.h"
#include "web/releases.h"
#include "web/render/report_csv.h"
#include "web/render/report_json.h"

#include "db/report_load.h"
#include "kiosk/limits.h"

/* today, unless the address asks for another day; DAY_NONE tells that it does not. False
   if what it asks for is no day. */
static bool read_as_of(const struct request *request, day_t *out)
{
    struct text asked;
    *out = DAY_NONE;
    if (!request_query(request, "as_of", &asked) || asked.len == 0)
        return true;
    return day_parse(asked, out);
}

static enum status make(const struct request *request, struct arena *arena,
    const struct plan_version *version, day_t asked, reports_face_fn face,
    struct response *response)
{
    const struct app *app = request->app;
    struct report report;
    day_t today = clock_today(&app->clock);
    day_t as_of = asked == DAY_NONE ? today : asked;
    enum status status = releases_refresh(app);
    (void)status; /* the figures stay those released before */
    status = report_load(app->store, arena, version, as_of, today, &report);
    if (status != STATUS_OK)
        return status;
    struct reports_making making = {.arena = arena,
        .language = request->language,
        .report = &report,
        .as_of_asked = asked};
    return face(request, &making, response);
}

enum status reports_answer(
    struct request *request, reports_face_fn face, struct response *response)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    day_t asked;
    if (version == NULL || !read_as_of(request, &asked)) {
        page_error(request, response, version == NULL ? 404 : 422);
        return STATUS_OK;
    }
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = make(request, arena, version, asked, face, response);
    arena_free(arena);
    return status;
}

/* ---- pages ---- */

static enum status show_overview(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    struct reports_view view;
    enum status status = reports_view_build(request, making, &view);
    if (status != STATUS_OK)
        return status;
    reports_page(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_reports(struct request *request, struct response *response)
{
    return reports_answer(request, show_overview, response);
}

/* By the newest plan of the year before. Its waves are as good as over, so it is a report
   as of today. */
static enum status load_last_year(
    const struct app *app, struct reports_making *making, struct report *out)
{
    day_t today = clock_today(&app->clock);
    for (int64_t number = making->report->plan_version - 1; number > 0; number--) {
        const struct plan_version *before = plans_find(app->plans, number);
        if (before == NULL || before->plan->year != making->report->plan->year - 1)
            continue;
        making->last_year = out;
        return report_load(app->store, making->arena, before, today, today, out);
    }
    return STATUS_OK;
}

static enum status show_indicator(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    const struct report *report = making->report;
    const struct plan_indicator *indicator =
        plan_find_indicator(report->plan, request->parameter);
    if (indicator == NULL) {
        page_error(request, response, 404);
        return STATUS_OK;
    }
    struct reports_detail view;
    struct report last_year;
    struct reports_making with_years = *making;
    const struct report_indicator *of =
        &report->indicators[indicator - report->plan->indicators];
    enum status status = load_last_year(request->app, &with_years, &last_year);
    if (status == STATUS_OK)
        status = reports_detail_build(request, &with_years, of, &view);
    if (status != STATUS_OK)
        return status;
    reports_indicator_page(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_reports_indicator(struct request *request, struct response *response)
{
    return reports_answer(request, show_indicator, response);
}

/* ---- files ---- */

static enum status send_text(
    struct response *response, const char *content_type, struct text file)
{
    if (file.ptr == NULL)
        return STATUS_NO_MEMORY;
    response->content_type = content_type;
    buffer_add_text(&response->body, file);
    return page_done(response, 200);
}

static enum status show_json(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    return send_text(response, "application/json; charset=utf-8",
        report_json(making->arena, request->language, making->report, (struct text){0}));
}

enum status page_reports_json(struct request *request, struct response *response)
{
    return reports_answer(request, show_json, response);
}

static enum status show_csv(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    (void)request;
    return send_text(response, "text/csv; charset=utf-8",
        report_csv(making->arena, making->report, (struct text){0}));
}

enum status page_reports_csv(struct request *request, struct response *response)
{
    return reports_answer(request, show_csv, response);
}
