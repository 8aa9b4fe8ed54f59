#pragma once
/* every_page.h: each page that people meet, in the states it has, over a temp_app; for
   tests that look at all of them. */
#include "tests/support/temp_app.h"

extern const size_t every_page_count;

/* A name for files: "survey", "survey_en", "missing" …; static. */
const char *every_page_name(size_t page);
/* Asks for that page, checks its status, gives its body (valid until the next call). */
const char *every_page_ask(struct temp_app *app, size_t page);
