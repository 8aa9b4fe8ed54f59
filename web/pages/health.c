/* health.c: /healthz says that the process answers, /readyz that it can take answers. */
#include "web/app.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"

static enum status say(struct response *response, int http_status, const char *words)
{
    response->content_type = "text/plain; charset=utf-8";
    buffer_add_string(&response->body, words);
    return page_done(response, http_status);
}

enum status page_healthz(struct request *request, struct response *response)
{
    (void)request;
    return say(response, 200, "ok\n");
}

enum status page_readyz(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    struct text public_url;
    if (plans_current(app->plans) == NULL)
        return say(response, 503, "no plan is in force\n");
    if (store_get_setting(app->store, "public_url", request->arena, &public_url) !=
        STATUS_OK)
        return say(response, 503, "the store can't be read\n");
    if (!store_has_room(app->store))
        return say(response, 503, "the disk is nearly full\n");
    return say(response, 200, "ready\n");
}
