#pragma once
/* form.h: fields as browsers encode them, in a body (application/x-www-form-urlencoded)
   or behind '?'. Pure: knows nothing of HTTP. A '+' is a space, %XX a byte; names and
   values may hold any byte, NUL too; the domain checks them. */
#include "kiosk/arena.h"
#include "kiosk/status.h"
#include "kiosk/submission.h"

/* All fields in order, in the arena. Empty pairs (`&&`) are skipped; a name without '='
   has an empty value. INVALID: a '%' without two hexadecimal digits. TOO_LARGE: more than
   FORM_FIELDS_MAX fields. NO_MEMORY: the arena is full. */
MUST_CHECK enum status form_parse(
    struct arena *arena, struct text encoded, struct field **fields, size_t *count);

/* The first field of that name, decoded in the arena; the rest is not looked at.
   NOT_FOUND; INVALID and NO_MEMORY as above. */
MUST_CHECK enum status form_find(
    struct arena *arena, struct text encoded, struct text name, struct text *out);
