/* kiosk.c: a centre's tablet between two people: what can be rated here today, and a
   symbol to go on with one's own phone, another each minute and after each use. The
   questionnaires themselves are survey.c's, under codes whose channel is the kiosk.
   Without a centre: which one is this? */
#include "web/app.h"
#include "web/pages/kiosk.html.h"
#include "web/pages/kiosk_view.h"
#include "web/pages/pages.h"
#include "web/render/qr_svg.h"

#include "db/screens.h"
#include "kiosk/limits.h"

#include <string.h>

static enum status show_centres(
    const struct request *request, const struct plan *plan, struct response *response)
{
    struct kiosk_centres_view view = {.frame = frame_of(request, N_("The tablet"))};
    view.cards = arena_take_array(request->arena, plan->centre_count, sizeof *view.cards);
    if (view.cards == NULL)
        return STATUS_NO_MEMORY;
    for (; view.count < plan->centre_count; view.count++) {
        const struct plan_centre *centre = &plan->centres[view.count];
        view.cards[view.count] = (struct menu_card){
            .name = centre->name.in[request->language],
            .address = url_kiosk(request->arena, centre->id, request->language),
        };
    }
    response->may_compress = true;
    kiosk_centres(&response->body, &view, request->language);
    return page_done(response, 200);
}

/* Without its scheme, as one types it. */
static struct text typed_address(struct text url)
{
    static const char scheme_end[] = "://";
    for (size_t i = 0; i + 3 <= url.len; i++)
        if (memcmp(url.ptr + i, scheme_end, 3) == 0)
            return (struct text){url.ptr + i + 3, url.len - i - 3};
    return url;
}

/* ---- the symbol ---- */

/* It leads to the one programme that is open, or to the menu of several. */
static enum status take_code(const struct request *request,
    const struct plan_centre *centre, const struct menu_list *list, struct turn *shown,
    struct code *out)
{
    const struct app *app = request->app;
    const int64_t now = clock_seconds(&app->clock);
    uint32_t own = 0;
    enum status status = screens_number(app->store, TEXT(""), centre->id, &own);
    if (status == STATUS_OK)
        status = rotation_show(app->rotation, own, now, shown);
    if (status != STATUS_OK)
        return status;
    struct turn turn = *shown;
    if (list->count == 1)
        status = screens_number(app->store, list->cards[0].id, centre->id, &turn.screen);
    *out = rotating_code(store_key(app->store), &turn);
    return status;
}

static enum status draw(const struct request *request, struct text public_url,
    const struct code *code, struct kiosk_symbol *out)
{
    struct qr symbol;
    enum status status =
        qr_make(request->arena, qr_address(request->arena, public_url, code), &symbol);
    if (status != STATUS_OK)
        return status;
    out->picture = qr_svg(request->arena, &symbol);
    code_group(code, out->letters);
    return STATUS_OK;
}

/* Without it the tablet still asks by itself: no address yet, a plan applied by an older
   program, more centres at once than are kept. */
static enum status add_symbol(const struct request *request,
    const struct plan_centre *centre, struct kiosk_view *view)
{
    const struct app *app = request->app;
    struct text public_url;
    struct turn shown;
    struct code code;
    enum status status =
        store_get_setting(app->store, "public_url", request->arena, &public_url);
    if (status == STATUS_OK) {
        view->typed_address = typed_address(public_url);
        status = take_code(request, centre, &view->list, &shown, &code);
    }
    if (status == STATUS_NOT_FOUND || status == STATUS_BUSY)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = draw(request, public_url, &code, &view->symbol);
    if (status != STATUS_OK)
        return status;
    view->symbol.ask = url_kiosk_symbol(
        request->arena, centre->id, request->language, shown.slot, shown.number);
    view->symbol.seconds_left =
        ROTATING_SECONDS - clock_seconds(&app->clock) % ROTATING_SECONDS;
    return STATUS_OK;
}

static enum status view_build(const struct request *request,
    const struct plan_centre *centre, struct kiosk_view *out)
{
    const struct menu_codes codes = {.channel = CHANNEL_KIOSK};
    *out = (struct kiosk_view){.frame = frame_of(request, N_("Your rating"))};
    frame_make_kiosk(request, centre, &out->frame);
    enum status status = menu_list_build(request, centre, codes, &out->list);
    if (status == STATUS_OK && out->list.count > 0)
        status = add_symbol(request, centre, out);
    return status;
}

static enum status show_attract(const struct request *request,
    const struct plan_centre *centre, struct response *response)
{
    struct kiosk_view view;
    enum status status = view_build(request, centre, &view);
    if (status != STATUS_OK)
        return status;
    view.cards_class = text_of(
        view.list.count > KIOSK_CARDS_IN_A_COLUMN_MAX ? "attract many" : "attract");
    response->may_compress = true;
    kiosk_attract(&response->body, &view, request->language);
    return page_done(response, 200);
}

/* The centre of the query. NULL: response says why. */
static const struct plan_centre *find_centre(
    const struct request *request, struct text id, struct response *response)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    const struct plan_centre *centre =
        version == NULL ? NULL : plan_find_centre(version->plan, id);
    response->status = version == NULL ? 503 : centre == NULL ? 404 : 200;
    return centre;
}

/* "29510160-7": slot and number. False: it is nothing that was shown. */
static bool parse_shown(const struct request *request, struct turn *out)
{
    struct text shown;
    int64_t slot = 0;
    int64_t number = 0;
    if (!request_query(request, "shown", &shown))
        return false;
    const char *dash = shown.len == 0 ? NULL : memchr(shown.ptr, '-', shown.len);
    if (dash == NULL)
        return false;
    size_t before = (size_t)(dash - shown.ptr);
    if (!text_to_number((struct text){shown.ptr, before}, &slot) ||
        !text_to_number((struct text){dash + 1, shown.len - before - 1}, &number) ||
        slot < 0 || slot > ROTATING_SLOT_MAX || number < 0 || number >= ROTATING_NUMBERS)
        return false;
    out->slot = (uint32_t)slot;
    out->number = (uint32_t)number;
    return true;
}

static enum status find_fresh(
    const struct request *request, const struct plan_centre *centre, bool *is_fresh)
{
    const struct app *app = request->app;
    struct turn shown;
    *is_fresh = false;
    if (!parse_shown(request, &shown))
        return STATUS_OK;
    enum status status = screens_number(app->store, TEXT(""), centre->id, &shown.screen);
    *is_fresh = status == STATUS_OK &&
                rotation_is_fresh(app->rotation, &shown, clock_seconds(&app->clock));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status page_kiosk_symbol(struct request *request, struct response *response)
{
    struct text id = {0};
    bool is_fresh = false;
    struct kiosk_view view;
    (void)request_query(request, "centre", &id);
    const struct plan_centre *centre = find_centre(request, id, response);
    if (centre == NULL)
        return STATUS_OK;
    enum status status = find_fresh(request, centre, &is_fresh);
    if (status != STATUS_OK || is_fresh)
        return status;
    status = view_build(request, centre, &view);
    if (status != STATUS_OK)
        return status;
    if (view.symbol.picture.markup.len == 0) {
        response->status = 404;
        return STATUS_OK;
    }
    kiosk_scan(&response->body, &view.symbol, request->language);
    return page_done(response, 200);
}

enum status page_kiosk(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct text id = {0};
    if (!request_query(request, "centre", &id) && plans_current(app->plans) != NULL)
        return show_centres(request, plans_current(app->plans)->plan, response);
    const struct plan_centre *centre = find_centre(request, id, response);
    return centre == NULL ? STATUS_OK : show_attract(request, centre, response);
}
