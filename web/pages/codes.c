/* codes.c: the pages of codes and posters: all waves, and one. */
#include "web/pages/codes.html.h"
#include "web/pages/codes_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

static enum status show_all(const struct request *request, struct response *response,
    struct codes_view *view, int http_status)
{
    enum status status = codes_view_all(request, view);
    if (status == STATUS_NOT_FOUND) { /* no plan is in force */
        page_error(request, response, 404);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    codes_page(&response->body, view, request->language);
    return page_done(response, http_status);
}

enum status codes_show(const struct request *request, struct response *response,
    struct text programme, struct text wave, const char *problem, int http_status)
{
    struct codes_view view;
    codes_view_begin(request, &view);
    if (problem != NULL)
        view.problem = text_of(tr(request->language, problem));
    enum status status = programme.len == 0
                             ? STATUS_NOT_FOUND
                             : codes_view_wave(request, programme, wave, &view);
    if (status == STATUS_NOT_FOUND)
        return show_all(request, response, &view, http_status);
    if (status != STATUS_OK)
        return status;
    codes_wave_page(&response->body, &view, request->language);
    return page_done(response, http_status);
}

enum status page_codes(struct request *request, struct response *response)
{
    struct codes_view view;
    codes_view_begin(request, &view);
    return show_all(request, response, &view, 200);
}

enum status page_codes_wave(struct request *request, struct response *response)
{
    struct codes_view view;
    struct text wave = {0};
    codes_view_begin(request, &view);
    (void)request_query(request, "wave", &wave);
    enum status status = codes_view_wave(request, request->parameter, wave, &view);
    if (status == STATUS_NOT_FOUND) {
        page_error(request, response, 404);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    codes_wave_page(&response->body, &view, request->language);
    return page_done(response, 200);
}
