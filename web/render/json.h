#pragma once
/* json.h: the little that all JSON results share. */
#include "kiosk/language.h"

#include <jansson.h>

/* New references. Bytes that are not UTF-8 become '?', so that a result is always valid.
 */
json_t *json_of_text(struct text text);
json_t *json_of_wording(const struct wording *wording); /* {"zh": …, "en": …} */
/* null for a negative number, which stands for "unknown". */
json_t *json_of_count(int64_t count);

/* The document as text with two-space indents and a line end, in the arena; ptr NULL when
   it does not fit or root is NULL. Takes the caller's reference. */
struct text json_finish(struct arena *arena, json_t *root);
