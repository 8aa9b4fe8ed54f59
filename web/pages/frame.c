/* frame.c: the frame of every page, from the plan in force and the request. */
#include "web/pages/frame.h"

#include "web/app.h"
#include "web/render/figures.h"
#include "web/tr.h"

struct page_frame frame_of(const struct request *request, const char *title)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct page_frame frame = {
        .language = request->language,
        .title = text_of(tr(request->language, title)),
        .stylesheet = url_asset("manyi.css"),
        .other_language =
            url_same_page(request->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH),
    };
    if (version != NULL)
        frame.organisation = version->plan->organisation.in[request->language];
    if (app->is_demo)
        frame.demo_mark = figure_demo_mark();
    if (app->clock.is_set)
        frame.set_calendar = day_format(request->arena, app->clock.day);
    return frame;
}

enum status page_done(struct response *response, int http_status)
{
    if (response->body.is_full)
        return STATUS_NO_MEMORY;
    response->status = http_status;
    return STATUS_OK;
}
