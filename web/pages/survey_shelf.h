#pragma once
/* survey_shelf.h: questionnaires rendered lately. Hundreds of people scan one poster
   within minutes and see the same page but for the form's id: it is rendered and
   compressed once. Only pages of open codes are kept: a slip's is shown once or twice.
   Safe from any thread. */
#include "web/http/stamped.h"

struct survey_shelf;

/* NULL without memory. The caller frees. */
struct survey_shelf *survey_shelf_new(void);
void survey_shelf_free(struct survey_shelf *shelf); /* accepts NULL */

/* The page under that name, or NULL; the caller releases it. */
struct stamped *survey_shelf_take(struct survey_shelf *shelf, struct text name);
/* Keeps the page, whose reference it takes over, under a name that says all that the page
   depends on but its stamp. Pages kept longer make room: at most SHELF_PAGES_MAX of
   SHELF_BYTES_MAX together; an empty name, or one over
   SHELF_NAME_BYTES_MAX, is not kept. */
void survey_shelf_put(struct survey_shelf *shelf, struct text name, struct stamped *page);
