#pragma once
/* pages.h: the handlers behind the routes; each page (family) has a file and templates of
 * its own. */
#include "web/http/server.h"

enum status page_home(struct request *request, struct response *response);
enum status page_enter_code(struct request *request, struct response *response);
enum status page_survey(struct request *request, struct response *response);
enum status page_submit(struct request *request, struct response *response);
enum status page_thanks(struct request *request, struct response *response);
enum status page_kiosk(struct request *request, struct response *response);
enum status page_kiosk_symbol(struct request *request, struct response *response);
enum status page_reports(struct request *request, struct response *response);
enum status page_reports_indicator(struct request *request, struct response *response);
enum status page_reports_picture(struct request *request, struct response *response);
enum status page_reports_json(struct request *request, struct response *response);
enum status page_reports_csv(struct request *request, struct response *response);
enum status page_reports_xlsx(struct request *request, struct response *response);
enum status page_reports_pdf(struct request *request, struct response *response);
enum status page_published(struct request *request, struct response *response);
enum status page_published_one(struct request *request, struct response *response);
enum status page_published_notice(struct request *request, struct response *response);
enum status page_publish(struct request *request, struct response *response);
enum status page_publish_take(struct request *request, struct response *response);
enum status page_publish_compare(struct request *request, struct response *response);
enum status page_publish_json(struct request *request, struct response *response);
enum status page_asset(struct request *request, struct response *response);
enum status page_signin(struct request *request, struct response *response);
enum status page_signin_take(struct request *request, struct response *response);
enum status page_signin_link(struct request *request, struct response *response);
enum status page_signin_link_take(struct request *request, struct response *response);
enum status page_signout(struct request *request, struct response *response);
enum status page_operators(struct request *request, struct response *response);
enum status page_operators_take(struct request *request, struct response *response);
enum status page_codes(struct request *request, struct response *response);
enum status page_codes_take(struct request *request, struct response *response);
enum status page_codes_poster_pdf(struct request *request, struct response *response);
enum status page_codes_poster_png(struct request *request, struct response *response);
enum status page_codes_wave(struct request *request, struct response *response);
enum status page_comments(struct request *request, struct response *response);
enum status page_comments_take(struct request *request, struct response *response);
enum status page_flags(struct request *request, struct response *response);
enum status page_selftest(struct request *request, struct response *response);
enum status page_selftest_take(struct request *request, struct response *response);
enum status page_healthz(struct request *request, struct response *response);
enum status page_readyz(struct request *request, struct response *response);

/* The page of an HTTP error (error_page_fn). */
void page_error(
    const struct request *request, struct response *response, int http_status);
