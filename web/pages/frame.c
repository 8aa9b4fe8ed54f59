/* frame.c: the frame of every page, from the plan in force and the request. */
#include "web/pages/frame.h"

#include "web/app.h"
#include "web/render/figures.h"
#include "web/tr.h"

struct url frame_url(const struct request *request, struct url url)
{
    return url_with(request->arena, url, settings_of(request));
}

/* The addresses that turn one setting over and keep the others. */
static void add_switches(const struct request *request, struct page_frame *frame)
{
    const struct settings now = settings_of(request);
    struct settings size = now;
    struct settings contrast = now;
    size.is_large = !now.is_large;
    contrast.has_contrast = !now.has_contrast;
    struct url here = url_same_page(request->language);
    frame->other_size = url_with(request->arena, here, size);
    frame->other_contrast = url_with(request->arena, here, contrast);
    frame->other_language = url_with(request->arena,
        url_same_page(request->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH), now);
    frame->looks = text_format(request->arena, "%s%s%s", now.is_large ? "large" : "",
        now.is_large && now.has_contrast ? " " : "", now.has_contrast ? "contrast" : "");
}

struct page_frame frame_of(const struct request *request, const char *title)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct page_frame frame = {
        .language = request->language,
        .title = text_of(tr(request->language, title)),
        .stylesheet = url_asset("manyi.css"),
        .module = url_asset("manyi.js"),
    };
    add_switches(request, &frame);
    if (version != NULL)
        frame.organisation = version->plan->organisation.in[request->language];
    if (app->is_demo)
        frame.demo_mark = figure_demo_mark();
    if (app->clock.is_set)
        frame.set_calendar = day_format(request->arena, app->clock.day);
    return frame;
}

void frame_keep_form(
    const struct request *request, struct text proof, struct page_frame *frame)
{
    struct url *const addresses[] = {
        &frame->other_language, &frame->other_size, &frame->other_contrast};
    for (size_t i = 0; i < sizeof addresses / sizeof(struct url *); i++)
        *addresses[i] = url_with_form(request->arena, *addresses[i], proof);
}

void frame_make_kiosk(const struct request *request, const struct plan_centre *centre,
    struct page_frame *frame)
{
    frame->is_kiosk = true;
    frame->place = centre->name.in[request->language];
    frame->kiosk_home = url_kiosk(request->arena, centre->id, LANGUAGE_ZH);
    frame->kiosk_stylesheet = url_asset("kiosk.css");
    frame->kiosk_module = url_asset("kiosk.js");
    frame->looks = text_format(request->arena, "kiosk%s%.*s",
        frame->looks.len > 0 ? " " : "", TEXT_ARG(frame->looks));
}

enum status page_done(struct response *response, int http_status)
{
    if (response->body.is_full)
        return STATUS_NO_MEMORY;
    response->status = http_status;
    return STATUS_OK;
}
