/* json.c: texts and documents between our types and jansson's. */
#include "web/render/json.h"

#include <stdlib.h>
#include <string.h>

/* All that a double has, without the noise of a seventeenth: 0.95 is written 0.95. */
enum { REAL_DIGITS = 16 };

json_t *json_of_text(struct text text)
{
    const char *bytes = text.ptr == NULL ? "" : text.ptr;
    json_t *value = json_stringn(bytes, text.len);
    if (value != NULL)
        return value;
    char *plain = malloc(text.len + 1);
    if (plain == NULL)
        return NULL;
    for (size_t i = 0; i < text.len; i++)
        plain[i] = (unsigned char)bytes[i] < 0x80 ? bytes[i] : '?';
    value = json_stringn(plain, text.len);
    free(plain);
    return value;
}

json_t *json_of_wording(const struct wording *wording)
{
    return json_pack("{s:o, s:o}", "zh", json_of_text(wording->in[LANGUAGE_ZH]), "en",
        json_of_text(wording->in[LANGUAGE_EN]));
}

json_t *json_of_count(int64_t count)
{
    return count < 0 ? json_null() : json_integer(count);
}

struct text json_finish(struct arena *arena, json_t *root)
{
    char *dumped = root == NULL ? NULL
                                : json_dumps(root,
                                      JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS));
    struct text whole = {0};
    if (dumped != NULL)
        whole = text_format(arena, "%s\n", dumped);
    free(dumped);
    json_decref(root);
    return whole;
}
