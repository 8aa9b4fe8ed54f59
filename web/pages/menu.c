/* menu.c: a centre's own code opens the list of what can be answered there today. */
#include "web/pages/menu.h"

#include "web/app.h"
#include "web/pages/menu.html.h"
#include "web/render/figures.h"
#include "web/tr.h"

#include "db/codes.h"
#include "db/screens.h"
#include "kiosk/openings.h"

/* One turn of the tablet shows a code for each programme: who scanned the menu's may go
   on with any of them, though it takes some time to choose. */
static enum status add_rotating(const struct request *request, struct text programme,
    struct text centre, const struct turn *shown, struct menu_card *out)
{
    const struct app *app = request->app;
    const struct code_key *key = store_key(app->store);
    struct turn turn = *shown;
    enum status status = screens_number(app->store, programme, centre, &turn.screen);
    if (status != STATUS_OK)
        return status;
    struct code code = rotating_code(key, &turn);
    struct rotating_proof proof = rotating_proof(key, &code);
    struct url url = frame_url(
        request, url_code(request->arena, text_of(code.letters), request->language, 0));
    out->address = url_with_form(request->arena, url, text_of(proof.letters));
    return STATUS_OK;
}

static enum status add_open(const struct request *request, struct text programme,
    struct text centre, enum channel channel, struct menu_card *out)
{
    const struct app *app = request->app;
    struct code code;
    enum status status = channel == CHANNEL_KIOSK
                             ? codes_kiosk(app->store, programme, centre, &code)
                             : codes_open(app->store, programme, centre, &code);
    if (status != STATUS_OK)
        return status;
    out->address = frame_url(
        request, url_code(request->arena, text_of(code.letters), request->language, 0));
    return STATUS_OK;
}

static enum status add_card(const struct request *request, struct text programme,
    struct text centre, struct menu_codes codes, struct menu_card *out)
{
    return codes.turn == NULL ? add_open(request, programme, centre, codes.channel, out)
                              : add_rotating(request, programme, centre, codes.turn, out);
}

/* A code that is not there yet (the plan was applied by an older program) leaves its card
   out. */
static enum status add_cards(const struct request *request,
    const struct plan_centre *centre, struct menu_codes codes, const struct opening *open,
    struct menu_list *out)
{
    size_t openings = out->count;
    out->count = 0;
    for (size_t i = 0; i < openings; i++) {
        struct menu_card *card = &out->cards[out->count];
        enum status status =
            add_card(request, open[i].programme->id, centre->id, codes, card);
        if (status == STATUS_NOT_FOUND)
            continue;
        if (status != STATUS_OK)
            return status;
        card->id = open[i].programme->id;
        card->name = open[i].programme->name.in[request->language];
        out->count++;
    }
    return STATUS_OK;
}

static struct text next_opening(const struct request *request, const struct plan *plan,
    struct text centre, day_t today)
{
    struct opening next = openings_next(plan, centre, today);
    if (next.wave == NULL)
        return (struct text){0};
    const struct text said[] = {next.programme->name.in[request->language],
        figure_day(request->arena, request->language, next.wave->opens)};
    return tr_format(
        request->arena, request->language, N_("Next is “{1}”, from {2}."), said, 2);
}

enum status menu_list_build(const struct request *request,
    const struct plan_centre *centre, struct menu_codes codes, struct menu_list *out)
{
    const struct app *app = request->app;
    const struct plan *plan = plans_current(app->plans)->plan;
    const day_t today = clock_today(&app->clock);
    struct opening *open;
    *out = (struct menu_list){0};
    enum status status =
        openings_list(request->arena, plan, centre->id, today, &open, &out->count);
    if (status != STATUS_OK)
        return status;
    out->cards = arena_take_array(request->arena, out->count, sizeof *out->cards);
    if (out->cards == NULL)
        return STATUS_NO_MEMORY;
    status = add_cards(request, centre, codes, open, out);
    if (status == STATUS_OK && out->count == 0)
        out->next = next_opening(request, plan, centre->id, today);
    return status;
}

enum status menu_show(
    const struct request *request, const struct door *door, struct response *response)
{
    const struct menu_codes codes = {.channel = CHANNEL_POSTER,
        .turn = door->grant.is_rotating ? &door->grant.turn : NULL};
    struct menu_view view = {
        .frame = frame_of(request, N_("Your rating")),
        .centre = door->menu->name.in[request->language],
    };
    frame_keep_form(request, door->proof, &view.frame);
    enum status status = menu_list_build(request, door->menu, codes, &view.list);
    if (status != STATUS_OK)
        return status;
    response->may_compress = true;
    menu_page(&response->body, &view, request->language);
    return page_done(response, 200);
}
