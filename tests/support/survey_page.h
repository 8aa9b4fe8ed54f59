#pragma once
/* survey_page.h: what stands on the page that a temp_app answered last, and the form that
   it carries; for test_survey*.c. */
#include "tests/support/temp_app.h"

/* Fails, and prints the page, unless these words stand on it. */
void assert_page_has(struct temp_app *app, const char *words);
/* The same if they do. */
void assert_page_lacks(struct temp_app *app, const char *words);

/* The id that the page's form carries, with "submission=" before it and "&" behind, in
   the store's arena: the page is gone with the next call. */
const char *shown_id(struct temp_app *app);
/* The body of that form: such an id and the encoded answers, in the store's arena. */
const char *form_with(struct temp_app *app, const char *id, const char *rest);
