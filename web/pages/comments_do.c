/* comments_do.c: one decision about one comment. Whoever decides says what they saw, so
   that two people never overrule each other without knowing. */
#include "web/app.h"
#include "web/pages/comments_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

#include "db/comments.h"

/* False: the form is none of ours. */
static bool read_decision(const struct request *request,
    const struct comments_asked *asked, struct comment_decision *out)
{
    struct text id = {0};
    struct text to = {0};
    (void)request_form(request, "comment", &id);
    (void)request_form(request, "to", &to);
    return comment_id_parse(id, &out->id) && review_parse(to, &out->to) &&
           review_parse(asked->state, &out->from) && review_is_decision(out->to) &&
           review_is_decision(out->from);
}

static enum status go_back(const struct request *request,
    const struct comments_asked *asked, struct response *response)
{
    const struct comments_address address = {
        asked->programme, asked->wave, asked->state, asked->after};
    struct url page = url_comments(request->arena, &address, request->language);
    response->status = 303;
    response->location = page.address;
    return page.address.len == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Why nothing was changed; NULL: it is no matter of who decided. */
static const char *why_not(enum status status)
{
    if (status == STATUS_CONFLICT)
        return N_("Somebody else decided about that comment in the meantime. Nothing was "
                  "changed; it is in another list now.");
    if (status == STATUS_NOT_FOUND)
        return N_("That comment is not here any more: what it came with was taken back. "
                  "Nothing was changed.");
    return NULL;
}

enum status page_comments_take(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    const struct actor actor = {clock_today(&app->clock), &request->visitor->account.id};
    struct comments_asked asked = {0};
    struct comment_decision order;
    (void)request_form(request, "programme", &asked.programme);
    (void)request_form(request, "wave", &asked.wave);
    (void)request_form(request, "state", &asked.state);
    (void)request_form(request, "after", &asked.after);
    if (!read_decision(request, &asked, &order))
        return comments_show(request, response, &asked,
            N_("That is not possible here. Nothing was changed."), 422);
    enum status status = comments_decide(app->store, &actor, &order);
    if (status == STATUS_OK)
        return go_back(request, &asked, response);
    const char *reason = why_not(status);
    return reason == NULL ? status
                          : comments_show(request, response, &asked, reason,
                                status == STATUS_CONFLICT ? 409 : 404);
}
