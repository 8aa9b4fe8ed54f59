/* survey_page.c: words and the hidden field of a page, found in its markup. */
#include "tests/support/survey_page.h"

#include "tests/support/test.h"

#include <string.h>

void assert_page_has(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(app));
}

void assert_page_lacks(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) != NULL)
        fail_msg("the page has \"%s\":\n%s", words, temp_app_body(app));
}

const char *shown_id(struct temp_app *app)
{
    static const char before[] = "<input type=\"hidden\" name=\"submission\" value=\"";
    const char *at = strstr(temp_app_body(app), before);
    assert_non_null(at);
    return text_format(app->temp->arena, "submission=%.36s&", at + sizeof before - 1).ptr;
}

const char *form_with(struct temp_app *app, const char *id, const char *rest)
{
    return text_format(app->temp->arena, "%s%s", id, rest).ptr;
}
