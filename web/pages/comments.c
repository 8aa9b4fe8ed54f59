/* comments.c: the page on which comments are read and decided about. */
#include "web/pages/comments.html.h"
#include "web/pages/comments_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

#include "kiosk/limits.h"

static enum status show(const struct request *request, struct arena *arena,
    struct response *response, const struct comments_asked *asked, const char *problem)
{
    struct comments_view view;
    enum status status = comments_view_build(request, arena, asked, &view);
    if (status != STATUS_OK)
        return status;
    if (problem != NULL)
        view.problem = text_of(tr(request->language, problem));
    comments_page(&response->body, &view, request->language);
    return STATUS_OK;
}

enum status comments_show(const struct request *request, struct response *response,
    const struct comments_asked *asked, const char *problem, int http_status)
{
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = show(request, arena, response, asked, problem);
    arena_free(arena);
    return status == STATUS_OK ? page_done(response, http_status) : status;
}

enum status page_comments(struct request *request, struct response *response)
{
    struct comments_asked asked = {0};
    (void)request_query(request, "programme", &asked.programme);
    (void)request_query(request, "wave", &asked.wave);
    (void)request_query(request, "state", &asked.state);
    (void)request_query(request, "after", &asked.after);
    return comments_show(request, response, &asked, NULL, 200);
}
