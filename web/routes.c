/* routes.c: the table of routes. Paths are compared with case; /T/ serves symbols in
 * upper case. */
#include "web/routes.h"

#include "web/pages/pages.h"

#include "kiosk/limits.h"

/* clang-format off */
const struct route routes[] = {
    {METHOD_GET,  "/",              page_home,       0, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/",              page_enter_code, BODY_BYTES_MAX, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/t/{code}",      page_survey,     0, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/t/{code}",      page_submit,     BODY_BYTES_MAX, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/T/{code}",      page_survey,     0, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/T/{code}",      page_submit,     BODY_BYTES_MAX, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/thanks",        page_thanks,     0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/kiosk",         page_kiosk,      0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/kiosk/symbol",  page_kiosk_symbol, 0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/reports",       page_reports,    0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}", page_reports_indicator, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}/waves.png", page_reports_picture, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}/quarters.png", page_reports_picture, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}/periods.png", page_reports_picture, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}/centres.png", page_reports_picture, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports/{indicator}/weeks.png", page_reports_picture, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports.json",  page_reports_json, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports.csv",   page_reports_csv, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports.xlsx",  page_reports_xlsx, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/reports.pdf",   page_reports_pdf, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/published",     page_published,  0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/published/{number}", page_published_one, 0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/published/{number}/notice.pdf", page_published_notice, 0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/publish",       page_publish,    0, BODY_FORM, WHO_OPERATOR},
    {METHOD_POST, "/publish",       page_publish_take, BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/publish/{number}", page_publish_compare, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/publish/{number}/report.json", page_publish_json, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/assets/{name}", page_asset,      0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/signin",        page_signin,     0, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/signin",        page_signin_take, BODY_BYTES_MAX, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/signin/{token}", page_signin_link, 0, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/signin/{token}", page_signin_link_take, BODY_BYTES_MAX, BODY_FORM, WHO_ANYONE},
    {METHOD_POST, "/signout",       page_signout,    BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/operators",     page_operators,  0, BODY_FORM, WHO_OPERATOR},
    {METHOD_POST, "/operators",     page_operators_take, BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/codes",         page_codes,      0, BODY_FORM, WHO_OPERATOR},
    {METHOD_POST, "/codes",         page_codes_take, BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/codes/poster.pdf", page_codes_poster_pdf, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/codes/poster.png", page_codes_poster_png, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/codes/{programme}", page_codes_wave, 0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/comments",      page_comments,   0, BODY_FORM, WHO_OPERATOR},
    {METHOD_POST, "/comments",      page_comments_take, BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/flags",         page_flags,      0, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/selftest",      page_selftest,   0, BODY_FORM, WHO_OPERATOR},
    {METHOD_POST, "/selftest",      page_selftest_take, BODY_BYTES_MAX, BODY_FORM, WHO_OPERATOR},
    {METHOD_GET,  "/healthz",       page_healthz,    0, BODY_FORM, WHO_ANYONE},
    {METHOD_GET,  "/readyz",        page_readyz,     0, BODY_FORM, WHO_ANYONE},
};
/* clang-format on */
const size_t route_count = sizeof routes / sizeof *routes;
