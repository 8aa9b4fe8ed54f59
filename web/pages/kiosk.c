/* kiosk.c: a centre's tablet between two people: what can be rated here today, and a
   symbol to go on with one's own phone. The questionnaires themselves are survey.c's,
   under codes whose channel is the kiosk. Without a centre: which one is this? */
#include "web/app.h"
#include "web/pages/kiosk.html.h"
#include "web/pages/kiosk_view.h"
#include "web/pages/pages.h"
#include "web/render/qr_svg.h"

#include "db/codes.h"

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

/* The symbol leads to the one programme that is open, or to the menu of several. */
static enum status add_symbol(const struct request *request,
    const struct plan_centre *centre, struct kiosk_view *view)
{
    const struct app *app = request->app;
    struct text programme = view->list.count == 1 ? view->list.cards[0].id : TEXT("");
    struct text public_url;
    struct code code;
    struct qr symbol;
    enum status status =
        store_get_setting(app->store, "public_url", request->arena, &public_url);
    if (status == STATUS_OK)
        status = codes_open(app->store, programme, centre->id, &code);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK; /* there is no address yet: the tablet does without */
    if (status == STATUS_OK)
        status = qr_make(
            request->arena, qr_address(request->arena, public_url, &code), &symbol);
    if (status != STATUS_OK)
        return status;
    view->symbol = qr_svg(request->arena, &symbol);
    view->typed_address = typed_address(public_url);
    return STATUS_OK;
}

static enum status show_attract(const struct request *request,
    const struct plan_centre *centre, struct response *response)
{
    struct kiosk_view view = {.frame = frame_of(request, N_("Your rating"))};
    frame_make_kiosk(request, centre, &view.frame);
    enum status status = menu_list_build(request, centre, CHANNEL_KIOSK, &view.list);
    if (status == STATUS_OK && view.list.count > 0)
        status = add_symbol(request, centre, &view);
    if (status != STATUS_OK)
        return status;
    view.cards_class = text_of(
        view.list.count > KIOSK_CARDS_IN_A_COLUMN_MAX ? "attract many" : "attract");
    response->may_compress = true;
    kiosk_attract(&response->body, &view, request->language);
    return page_done(response, 200);
}

enum status page_kiosk(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct text id;
    if (version == NULL) {
        response->status = 503;
        return STATUS_OK;
    }
    if (!request_query(request, "centre", &id))
        return show_centres(request, version->plan, response);
    const struct plan_centre *centre = plan_find_centre(version->plan, id);
    if (centre == NULL) {
        response->status = 404;
        return STATUS_OK;
    }
    return show_attract(request, centre, response);
}
