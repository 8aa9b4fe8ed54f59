/* codes_files.c: slips and posters as files, drawn on the press's thread. */
#include "web/app.h"
#include "web/pages/codes_view.h"
#include "web/pages/pages.h"
#include "web/pages/print.h"
#include "web/render/sheet_poster.h"
#include "web/render/sheet_slips.h"
#include "web/tr.h"

#include "db/audit.h"
#include "db/codes.h"

#include <string.h>

enum { POSTER_ARENA_BYTES = 65536 };
#define PNG_SCALE (1080 / SHEET_A4_WIDTH) /* as wide as a screen that stands upright */

/* ---- slips ---- */

struct slips_work {
    struct slips slips;
    FILE *spool;
};

static enum status draw_slips(void *work)
{
    struct slips_work *slips = work;
    return slips_print(&slips->slips, slips->spool);
}

static enum status check_fonts(void *work)
{
    (void)work;
    return slips_can_print();
}

static enum status print_codes(const struct request *request,
    const struct codes_order *order, struct slips_work *work, struct code *codes,
    struct response *response)
{
    const struct app *app = request->app;
    const struct actor actor = {order->today, order->by};
    int64_t batch = 0;
    int64_t voided = 0;
    enum status status = codes_make(app->store, order, codes, &batch);
    if (status != STATUS_OK)
        return status;
    work->slips.codes = codes;
    work->slips.count = order->count;
    status = print_send(request, draw_slips, work, &work->spool, response);
    if (status == STATUS_OK || order->is_test)
        return status;
    enum status taken_back = codes_void_by(app->store, batch,
        text_of(tr(request->language, N_("it could not be printed"))), &actor, &voided);
    return taken_back == STATUS_OK ? status : taken_back;
}

enum status codes_send_slips(const struct request *request, const struct codes_wish *wish,
    struct response *response)
{
    const struct app *app = request->app;
    struct slips_work work = {
        .slips = {
            .programme = tr_wording(LANGUAGE_ZH, &wish->programme->name),
            .is_test = wish->is_test,
            .is_demo = app->is_demo,
            .day = clock_today(&app->clock),
        }};
    if (!slips_layout_parse(wish->per_page, &work.slips.layout))
        work.slips.layout = SLIPS_24;
    const struct codes_order order = {
        .programme = wish->programme->id,
        .wave = wish->wave->id,
        .centre = wish->centre,
        .channel = CHANNEL_SLIP,
        .count = wish->is_test ? slips_per_page(work.slips.layout) : wish->count,
        .today = work.slips.day,
        .by = &request->visitor->account.id,
        .is_test = wish->is_test,
    };
    enum status status = print_public_url(request, &work.slips.public_url);
    if (status == STATUS_OK)
        status = press_run(app->press, check_fonts, NULL);
    if (status != STATUS_OK)
        return status;
    struct code *codes = arena_take_array(request->arena, order.count, sizeof *codes);
    if (codes == NULL)
        return STATUS_NO_MEMORY;
    status = print_codes(request, &order, &work, codes, response);
    memset(codes, 0, order.count * sizeof *codes);
    if (status != STATUS_OK)
        return status;
    response->content_type = "application/pdf";
    response->download = wish->is_test ? "slips-test.pdf" : "slips.pdf";
    return STATUS_OK;
}

/* ---- posters ---- */

struct posters_work {
    struct poster *posters;
    size_t count;
    enum sheet_format format;
    day_t day;
    FILE *spool;
};

static enum status draw_posters_on(
    struct sheet *sheet, struct arena *arena, const struct posters_work *work)
{
    for (size_t i = 0; i < work->count; i++) {
        arena_reset(arena);
        enum status status = poster_draw(sheet, arena, &work->posters[i]);
        if (status != STATUS_OK)
            return status;
        if (work->format == SHEET_PDF)
            sheet_next_page(sheet);
    }
    return STATUS_OK;
}

static enum status draw_posters(void *argument)
{
    const struct posters_work *work = argument;
    const struct sheet_options options = {.format = work->format,
        .scale = work->format == SHEET_PNG ? PNG_SCALE : 1,
        .out = work->spool,
        .title = work->posters[0].organisation,
        .day = work->day};
    struct sheet *sheet = NULL;
    struct arena *arena = arena_new(POSTER_ARENA_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = sheet_open(&options, &sheet);
    if (status == STATUS_OK) {
        status = draw_posters_on(sheet, arena, work);
        enum status closed = sheet_close(sheet);
        status = status == STATUS_OK ? closed : status;
    }
    arena_free(arena);
    return status;
}

static enum status add_poster(const struct request *request, const struct plan *plan,
    const struct plan_programme *programme, const struct plan_centre *centre,
    struct poster *out)
{
    const struct app *app = request->app;
    *out = (struct poster){
        .organisation = tr_wording(LANGUAGE_ZH, &plan->organisation),
        .centre = tr_wording(LANGUAGE_ZH, &centre->name),
        .is_demo = app->is_demo,
    };
    if (programme != NULL)
        out->programme = tr_wording(LANGUAGE_ZH, &programme->name);
    enum status status = print_public_url(request, &out->public_url);
    struct text id = programme == NULL ? TEXT("") : programme->id;
    return status == STATUS_OK ? codes_open(app->store, id, centre->id, &out->code)
                               : status;
}

/* What ?programme= and ?centre= mean: a programme at its centres or at one, a centre's
   own. NOT_FOUND: nothing that has a poster. */
static enum status list_posters(
    const struct request *request, const struct plan *plan, struct posters_work *work)
{
    struct text programme_id = {0};
    struct text centre_id = {0};
    (void)request_query(request, "programme", &programme_id);
    (void)request_query(request, "centre", &centre_id);
    const struct plan_programme *programme = plan_find_programme(plan, programme_id);
    bool is_hanging = programme != NULL ? !programme->coded_only : programme_id.len == 0;
    work->posters =
        arena_take_array(request->arena, plan->centre_count, sizeof *work->posters);
    if (work->posters == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->centre_count && is_hanging; i++) {
        const struct plan_centre *centre = &plan->centres[i];
        if (programme != NULL && !programme_has_centre(plan, programme, centre->id))
            continue;
        if (centre_id.len > 0 && !text_equals(centre_id, centre->id))
            continue;
        enum status status =
            add_poster(request, plan, programme, centre, &work->posters[work->count++]);
        if (status != STATUS_OK)
            return status;
    }
    return work->count == 0 ? STATUS_NOT_FOUND : STATUS_OK;
}

static enum status send_posters(const struct request *request, struct response *response,
    enum sheet_format format, const char *content_type)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct posters_work work = {.format = format, .day = clock_today(&app->clock)};
    enum status status =
        version == NULL ? STATUS_NOT_FOUND : list_posters(request, version->plan, &work);
    if (status == STATUS_OK && format == SHEET_PNG && work.count != 1)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND) {
        page_error(request, response, 404);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = print_send(request, draw_posters, &work, &work.spool, response);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID ||
        status == STATUS_TOO_LARGE) {
        page_error(request, response, 500);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    response->content_type = content_type;
    response->download = format == SHEET_PNG ? "poster.png" : "posters.pdf";
    return STATUS_OK;
}

enum status page_codes_poster_pdf(struct request *request, struct response *response)
{
    return send_posters(request, response, SHEET_PDF, "application/pdf");
}

enum status page_codes_poster_png(struct request *request, struct response *response)
{
    return send_posters(request, response, SHEET_PNG, "image/png");
}
