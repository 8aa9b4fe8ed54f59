/* form.c: reads urlencoded fields. */
#include "web/http/form.h"

#include "kiosk/limits.h"

#include <string.h>

static enum status decode(struct arena *arena, struct text encoded, struct text *out)
{
    char *bytes = arena_take(arena, encoded.len);
    if (bytes == NULL)
        return STATUS_NO_MEMORY;
    size_t len = 0;
    for (size_t i = 0; i < encoded.len; i++) {
        char c = encoded.ptr[i];
        if (c == '%') {
            int high = i + 2 < encoded.len ? text_hex_digit(encoded.ptr[i + 1]) : -1;
            int low = high < 0 ? -1 : text_hex_digit(encoded.ptr[i + 2]);
            if (low < 0)
                return STATUS_INVALID;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        bytes[len++] = c;
    }
    *out = (struct text){bytes, len};
    return STATUS_OK;
}

/* Cuts the text before the first separator off *rest; the separator is dropped. */
static struct text cut(struct text *rest, char separator)
{
    const char *at = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    struct text head = {rest->ptr, at == NULL ? rest->len : (size_t)(at - rest->ptr)};
    size_t used = at == NULL ? rest->len : head.len + 1;
    *rest = (struct text){used == 0 ? rest->ptr : rest->ptr + used, rest->len - used};
    return head;
}

static size_t count_pairs(struct text encoded)
{
    size_t count = 0;
    while (encoded.len > 0)
        if (cut(&encoded, '&').len > 0)
            count++;
    return count;
}

enum status form_parse(
    struct arena *arena, struct text encoded, struct field **fields, size_t *count)
{
    size_t expected = count_pairs(encoded);
    if (expected > FORM_FIELDS_MAX)
        return STATUS_TOO_LARGE;
    struct field *list = arena_take_array(arena, expected, sizeof *list);
    if (list == NULL)
        return STATUS_NO_MEMORY;
    size_t filled = 0;
    while (encoded.len > 0) {
        struct text pair = cut(&encoded, '&');
        if (pair.len == 0)
            continue;
        struct text name = cut(&pair, '=');
        enum status rc = decode(arena, name, &list[filled].name);
        if (rc == STATUS_OK)
            rc = decode(arena, pair, &list[filled].value);
        if (rc != STATUS_OK)
            return rc;
        filled++;
    }
    *fields = list;
    *count = filled;
    return STATUS_OK;
}

enum status form_find(
    struct arena *arena, struct text encoded, struct text name, struct text *out)
{
    while (encoded.len > 0) {
        struct text pair = cut(&encoded, '&');
        if (pair.len == 0)
            continue;
        struct text found;
        enum status rc = decode(arena, cut(&pair, '='), &found);
        if (rc != STATUS_OK)
            return rc;
        if (text_equals(found, name))
            return decode(arena, pair, out);
    }
    return STATUS_NOT_FOUND;
}
