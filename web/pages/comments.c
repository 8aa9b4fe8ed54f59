/* comments.c: the page on which comments are read and decided about. */
#include "web/pages/comments.html.h"
#include "web/pages/comments_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

enum status comments_show(const struct request *request, struct response *response,
    const struct comments_asked *asked, const char *problem, int http_status)
{
    struct comments_view view;
    enum status status = comments_view_build(request, asked, &view);
    if (status != STATUS_OK)
        return status;
    if (problem != NULL)
        view.problem = text_of(tr(request->language, problem));
    comments_page(&response->body, &view, request->language);
    return page_done(response, http_status);
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
