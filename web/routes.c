/* routes.c: the table of routes. Paths are compared with case; /T/ serves symbols in
 * upper case. */
#include "web/routes.h"

#include "web/pages/pages.h"

#include "kiosk/limits.h"

/* clang-format off */
const struct route routes[] = {
    {METHOD_GET,  "/",              page_home,       0, BODY_FORM},
    {METHOD_POST, "/",              page_enter_code, BODY_BYTES_MAX, BODY_FORM},
    {METHOD_GET,  "/t/{code}",      page_survey,     0, BODY_FORM},
    {METHOD_POST, "/t/{code}",      page_submit,     BODY_BYTES_MAX, BODY_FORM},
    {METHOD_GET,  "/T/{code}",      page_survey,     0, BODY_FORM},
    {METHOD_POST, "/T/{code}",      page_submit,     BODY_BYTES_MAX, BODY_FORM},
    {METHOD_GET,  "/thanks",        page_thanks,     0, BODY_FORM},
    {METHOD_GET,  "/kiosk",         page_kiosk,      0, BODY_FORM},
    {METHOD_GET,  "/assets/{name}", page_asset,      0, BODY_FORM},
    {METHOD_GET,  "/healthz",       page_healthz,    0, BODY_FORM},
    {METHOD_GET,  "/readyz",        page_readyz,     0, BODY_FORM},
};
/* clang-format on */
const size_t route_count = sizeof routes / sizeof *routes;
