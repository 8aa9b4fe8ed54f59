/* published_console.c: publishing, for operators: what would be published, the deed
   itself, what was published by whom, and how it compares with today. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/published_console.html.h"
#include "web/pages/published_view.h"
#include "web/publishing.h"
#include "web/releases.h"
#include "web/tr.h"

#include "db/operators.h"
#include "kiosk/limits.h"

struct publishing {
    struct request *request;
    struct published_making making;
    struct response *response;
    day_t today;
};

typedef enum status (*publishing_face_fn)(const struct publishing *publishing);

static enum status answer(
    struct request *request, publishing_face_fn face, struct response *response)
{
    const struct app *app = request->app;
    struct publishing publishing = {
        .request = request,
        .making = {arena_new(REPORT_ARENA_BYTES), request->language},
        .response = response,
        .today = clock_today(&app->clock),
    };
    if (publishing.making.arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = face(&publishing);
    arena_free(publishing.making.arena);
    if (status != STATUS_NOT_FOUND)
        return status;
    page_error(request, response, 404);
    return STATUS_OK;
}

/* ---- the report of now ---- */

/* NOT_FOUND: no plan is in force. */
static enum status make_draft(
    const struct publishing *publishing, day_t as_of, struct publishing_draft *out)
{
    const struct app *app = publishing->request->app;
    const struct plan_version *version = plans_current(app->plans);
    if (version == NULL)
        return STATUS_NOT_FOUND;
    enum status status = releases_refresh(app);
    (void)status; /* the figures stay those released before */
    return publishing_make(app->store, version, as_of, clock_today(&app->clock),
        publishing->making.arena, out);
}

static enum status fill_now(const struct publishing *publishing,
    const struct publishing_draft *draft, struct published_one *out)
{
    struct published head = {.plan_version = draft->report.plan_version,
        .year = draft->report.plan->year,
        .as_of = draft->as_of,
        .published_on = publishing->today,
        .seal = draft->report.seal,
        .digest = draft->digest};
    published_head_fill(&publishing->making, &head, out);
    return published_figures_fill(&publishing->making, &draft->figures, out);
}

/* ---- the list ---- */

static struct text name_of(
    const struct publishing *publishing, const struct published *published)
{
    const struct app *app = publishing->request->app;
    struct operator_id id;
    struct operator_account account;
    if (operator_id_parse(published->operator_id, &id) &&
        operators_get(app->store, &id, publishing->making.arena, &account) == STATUS_OK)
        return account.name.shown;
    return text_of(tr(publishing->making.language, N_("the command line")));
}

static enum status fill_list(
    const struct publishing *publishing, struct published_console *view)
{
    const struct app *app = publishing->request->app;
    struct arena *arena = publishing->making.arena;
    struct published *list = NULL;
    size_t count = 0;
    enum status status = published_list(app->store, arena, &list, &count);
    if (status != STATUS_OK)
        return status;
    view->list = arena_take_array(arena, count, sizeof *view->list);
    if (view->list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        struct published_one *one = &view->list[view->count++];
        published_head_fill(&publishing->making, &list[i], one);
        one->by = name_of(publishing, &list[i]);
    }
    return STATUS_OK;
}

static enum status show(const struct publishing *publishing, day_t as_of,
    const char *problem, int http_status)
{
    struct publishing_draft draft;
    enum language language = publishing->making.language;
    struct published_console view = {
        .frame = console_frame_of(publishing->request, N_("Publishing")),
        .stylesheet = url_asset("reports.css"),
        .own_stylesheet = url_asset("published.css"),
        .action = url_page(publishing->request->arena, "/publish", language),
        .problem = problem == NULL ? ((struct text){0}) : text_of(tr(language, problem)),
    };
    enum status status = make_draft(publishing, as_of, &draft);
    if (status == STATUS_OK)
        status = fill_now(publishing, &draft, &view.now);
    if (status == STATUS_OK)
        status = fill_list(publishing, &view);
    if (status != STATUS_OK)
        return status;
    published_console_page(&publishing->response->body, &view, language);
    return page_done(publishing->response, http_status);
}

/* The day of the field or of the address; today if it is not there. False: no day, or one
   that has not come. */
static bool read_day(const struct publishing *publishing, bool is_form, day_t *out)
{
    struct text asked = {0};
    bool is_there = is_form ? request_form(publishing->request, "as_of", &asked)
                            : request_query(publishing->request, "as_of", &asked);
    *out = publishing->today;
    if (!is_there || asked.len == 0)
        return true;
    return day_parse(asked, out) && *out <= publishing->today;
}

#define WRONG_DAY N_("That is no day up to today. Please choose another one.")

static enum status show_console(const struct publishing *publishing)
{
    day_t as_of;
    if (read_day(publishing, false, &as_of))
        return show(publishing, as_of, NULL, 200);
    return show(publishing, publishing->today, WRONG_DAY, 422);
}

enum status page_publish(struct request *request, struct response *response)
{
    return answer(request, show_console, response);
}

/* ---- the deed ---- */

/* What was looked at is what is published: the form carries its digest. */
static bool is_as_seen(
    const struct publishing *publishing, const struct publishing_draft *draft)
{
    struct text seen = {0};
    (void)request_form(publishing->request, "digest", &seen);
    return text_equals(seen, seal_digest_text(publishing->making.arena, &draft->digest));
}

static const struct {
    enum status status;
    const char *problem;
    int http_status;
} refusals[] = {
    {STATUS_CONFLICT, N_("The very same report has been published already."), 409},
    {STATUS_INVALID,
        N_("Since a report of this year was published, only a few answers have come to "
           "an indicator. Beside that report, this one would tell what those few said. "
           "Nothing was published; please wait for more answers."),
        409},
    {STATUS_BUSY,
        N_("Somebody else has just published a report. Please look at the list, then "
           "try again."),
        409},
    {STATUS_TOO_LARGE, N_("No more reports can be published in this store."), 422},
};

static enum status publish(
    const struct publishing *publishing, const struct publishing_draft *draft)
{
    struct request *request = publishing->request;
    const struct app *app = request->app;
    const struct actor actor = {publishing->today, &request->visitor->account.id};
    struct publishing_result result;
    enum status status =
        publishing_do(app->store, publishing->making.arena, &actor, draft, &result);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (status == refusals[i].status)
            return show(
                publishing, draft->as_of, refusals[i].problem, refusals[i].http_status);
    if (status != STATUS_OK)
        return status;
    publishing->response->status = 303;
    publishing->response->location =
        url_published(request->arena, "/published/", result.number, "", request->language)
            .address;
    return STATUS_OK;
}

static enum status take(const struct publishing *publishing)
{
    struct publishing_draft draft;
    day_t as_of;
    if (!read_day(publishing, true, &as_of))
        return show(publishing, publishing->today, WRONG_DAY, 422);
    enum status status = make_draft(publishing, as_of, &draft);
    if (status != STATUS_OK)
        return status;
    if (!is_as_seen(publishing, &draft))
        return show(publishing, as_of,
            N_("The report has changed since you opened the page. Nothing was published. "
               "Please look at the figures below once more."),
            409);
    return publish(publishing, &draft);
}

enum status page_publish_take(struct request *request, struct response *response)
{
    return answer(request, take, response);
}

/* ---- against today ---- */

static struct text say(const struct publishing *publishing, const char *message,
    struct text first, struct text second)
{
    const struct text arguments[] = {first, second};
    return tr_format(
        publishing->making.arena, publishing->making.language, message, arguments, 2);
}

static void add_change(const struct publishing *publishing,
    const struct public_indicator *then, const struct public_indicator *now,
    struct published_comparison *view)
{
    struct arena *arena = publishing->making.arena;
    enum language language = publishing->making.language;
    struct published_change *change = &view->changes[view->change_count++];
    *change = (struct published_change){
        .name = tr_wording(language, now == NULL ? &then->name : &now->name),
        .then = then == NULL ? TEXT("–") : public_value(arena, then),
        .now = now == NULL ? TEXT("–") : public_value(arena, now),
        .difference = public_compare(arena, language, then, now),
    };
}

static enum status fill_changes(const struct publishing *publishing,
    const struct public_report *then, const struct public_report *now,
    struct published_comparison *view)
{
    size_t different = 0;
    view->changes = arena_take_array(publishing->making.arena,
        then->indicator_count + now->indicator_count, sizeof *view->changes);
    if (view->changes == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < then->indicator_count; i++)
        add_change(publishing, &then->indicators[i],
            public_report_find(now, then->indicators[i].id), view);
    for (size_t i = 0; i < now->indicator_count; i++)
        if (public_report_find(then, now->indicators[i].id) == NULL)
            add_change(publishing, NULL, &now->indicators[i], view);
    for (size_t i = 0; i < view->change_count; i++)
        different += view->changes[i].difference.is_different;
    struct text count = text_format(publishing->making.arena, "%zu", different);
    view->summary =
        different == 0
            ? say(publishing, N_("All figures are what they were."), TEXT(""), TEXT(""))
            : say(publishing, N_("Indicators that differ: {1}."), count, TEXT(""));
    view->seals =
        text_equals(then->seal, now->seal)
            ? say(publishing, N_("The seal is the same: not one answer has changed."),
                  TEXT(""), TEXT(""))
            : say(publishing,
                  N_("The seal differs: answers have come, or were taken back, since."),
                  TEXT(""), TEXT(""));
    return STATUS_OK;
}

static enum status show_comparison(const struct publishing *publishing)
{
    struct request *request = publishing->request;
    const struct app *app = request->app;
    struct published published;
    struct public_report then;
    struct publishing_draft draft;
    int64_t number = 0;
    if (!published_number(request->parameter, &number))
        return STATUS_NOT_FOUND;
    enum status status =
        published_read_one(&publishing->making, app->store, number, &published, &then);
    if (status == STATUS_OK)
        status = make_draft(publishing, publishing->today, &draft);
    if (status != STATUS_OK)
        return status;
    struct text day = day_format(publishing->making.arena, published.as_of);
    struct published_comparison view = {
        .frame = console_frame_of(request, N_("Publishing")),
        .stylesheet = url_asset("reports.css"),
        .own_stylesheet = url_asset("published.css"),
        .back = url_page(request->arena, "/publish", request->language),
        .title = say(publishing, N_("Published report no. {1} and today's"),
            text_format(publishing->making.arena, "%lld", (long long)number), TEXT("")),
        .then_head = say(publishing, N_("published, as of {1}"), day, TEXT("")),
        .now_head = say(publishing, N_("today, {1}"),
            day_format(publishing->making.arena, publishing->today), TEXT("")),
    };
    status = fill_changes(publishing, &then, &draft.figures, &view);
    if (status != STATUS_OK)
        return status;
    published_comparison_page(
        &publishing->response->body, &view, publishing->making.language);
    return page_done(publishing->response, 200);
}

enum status page_publish_compare(struct request *request, struct response *response)
{
    return answer(request, show_comparison, response);
}

/* ---- the bytes ---- */

static enum status send_json(const struct publishing *publishing)
{
    const struct app *app = publishing->request->app;
    struct published published;
    int64_t number = 0;
    if (!published_number(publishing->request->parameter, &number))
        return STATUS_NOT_FOUND;
    enum status status =
        published_get(app->store, publishing->making.arena, number, &published);
    if (status != STATUS_OK)
        return status;
    publishing->response->content_type = "application/json; charset=utf-8";
    buffer_add_text(&publishing->response->body, published.report);
    return page_done(publishing->response, 200);
}

enum status page_publish_json(struct request *request, struct response *response)
{
    return answer(request, send_json, response);
}
