/* text.c: pointer-and-length text, checked with utf8proc, and a capped buffer in an
 * arena. */
#include "kiosk/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct text text_of(const char *string)
{
    return (struct text){string, string == NULL ? 0 : strlen(string)};
}

bool text_equals(struct text a, struct text b)
{
    return a.len == b.len &&
           (a.len == 0 || a.ptr == b.ptr || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equals_ignoring_case(struct text a, struct text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

bool text_starts_with(struct text text, struct text prefix)
{
    return text.len >= prefix.len &&
           text_equals((struct text){text.ptr, prefix.len}, prefix);
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text text)
{
    while (text.len > 0 && is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool text_to_number(struct text text, int64_t *out)
{
    if (text.len == 0 || text.len > 18)
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    *out = number;
    return true;
}

char *text_to_string(struct arena *arena, struct text text)
{
    if (text.len > 0 && memchr(text.ptr, '\0', text.len) != NULL)
        return NULL;
    char *copy = arena_take(arena, text.len + 1);
    if (copy != NULL && text.len > 0)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

struct text text_copy(struct arena *arena, struct text text)
{
    char *copy = arena_take(arena, text.len);
    if (copy == NULL)
        return (struct text){0};
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    return (struct text){copy, text.len};
}

/* Printed twice only if it is long. */
struct text text_format(struct arena *arena, const char *format, ...)
{
    char usual[256];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    char *copy = len < 0 ? NULL : arena_take(arena, (size_t)len + 1);
    if (copy == NULL)
        return (struct text){0};
    if ((size_t)len < sizeof usual) {
        memcpy(copy, usual, (size_t)len + 1);
        return (struct text){copy, (size_t)len};
    }
    va_start(arguments, format);
    (void)vsnprintf(copy, (size_t)len + 1, format, arguments);
    va_end(arguments);
    return (struct text){copy, (size_t)len};
}

/* Calls visit for each code point until it returns false. False for bad UTF-8 or a false
 * visit. */
static bool each_code_point(
    struct text text, bool (*visit)(utf8proc_int32_t point, void *context), void *context)
{
    for (size_t at = 0; at < text.len;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
            (utf8proc_ssize_t)(text.len - at), &point);
        if (used <= 0 || (visit != NULL && !visit(point, context)))
            return false;
        at += (size_t)used;
    }
    return true;
}

bool text_is_utf8(struct text text)
{
    return each_code_point(text, NULL, NULL);
}

size_t text_utf8_length(struct text text)
{
    size_t at = 0;
    while (at < text.len) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
            (utf8proc_ssize_t)(text.len - at), &point);
        if (used <= 0)
            break;
        at += (size_t)used;
    }
    return at;
}

struct grapheme_count {
    utf8proc_int32_t previous;
    utf8proc_int32_t state;
    int64_t count;
};

static bool count_grapheme(utf8proc_int32_t point, void *context)
{
    struct grapheme_count *seen = context;
    if (seen->count == 0 ||
        utf8proc_grapheme_break_stateful(seen->previous, point, &seen->state))
        seen->count++;
    seen->previous = point;
    return true;
}

int64_t text_count_characters(struct text text)
{
    struct grapheme_count seen = {0};
    return each_code_point(text, count_grapheme, &seen) ? seen.count : -1;
}

static bool add_columns(utf8proc_int32_t point, void *context)
{
    *(size_t *)context += (size_t)utf8proc_charwidth(point);
    return true;
}

size_t text_columns(struct text text)
{
    size_t columns = 0;
    (void)each_code_point(text, add_columns, &columns);
    return columns;
}

/* Control characters other than line ends and tabs, and the bidirectional controls that
   can make a page or a table read differently from what is stored (U+202A–202E,
   U+2066–2069). */
static bool is_control(utf8proc_int32_t point)
{
    if (point == '\n' || point == '\r' || point == '\t')
        return false;
    if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069))
        return true;
    return utf8proc_category(point) == UTF8PROC_CATEGORY_CC;
}

/* Most of what is written here: Latin letters, Chinese and its punctuation. Whatever
   stands beside them, composing (NFC) leaves them as they are. */
static bool is_composed(utf8proc_int32_t point)
{
    return point < 0x300 || (point >= 0x4E00 && point <= 0x9FFF) ||
           (point >= 0x3000 && point <= 0x3029) || (point >= 0xFF01 && point <= 0xFF5E);
}

/* The context says whether all were composed so far. */
static bool is_harmless(utf8proc_int32_t point, void *context)
{
    bool *all_composed = context;
    *all_composed = *all_composed && is_composed(point);
    return !is_control(point);
}

static struct text unix_line_ends(struct arena *arena, struct text text)
{
    char *copy = arena_take(arena, text.len);
    if (copy == NULL)
        return (struct text){0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_crlf = text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (!is_crlf)
            copy[len++] = text.ptr[i] == '\r' ? '\n' : text.ptr[i];
    }
    return (struct text){copy, len};
}

bool text_clean(struct arena *arena, struct text typed, struct text *out, bool *is_full)
{
    utf8proc_uint8_t *composed = NULL;
    struct text source = typed;
    bool all_composed = true;
    *is_full = false;
    if (!each_code_point(typed, is_harmless, &all_composed))
        return false;
    if (!all_composed) {
        utf8proc_ssize_t len =
            utf8proc_map((const utf8proc_uint8_t *)typed.ptr, (utf8proc_ssize_t)typed.len,
                &composed, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
        if (len < 0)
            return false;
        source = (struct text){(const char *)composed, (size_t)len};
    }
    struct text whole = unix_line_ends(arena, source);
    free(composed); /* utf8proc allocates with malloc */
    if (whole.ptr == NULL) {
        *is_full = true;
        return false;
    }
    *out = text_trim(whole);
    return true;
}

static struct text without_blanks(struct text text, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (!is_space(text.ptr[i]))
            out[len++] = text.ptr[i];
    return (struct text){out, len};
}

static bool fold_once(struct arena *arena, struct text text, struct text *out)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr,
        (utf8proc_ssize_t)text.len, &folded,
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                            UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
    char *copy = len < 0 ? NULL : arena_take(arena, (size_t)len);
    if (copy != NULL)
        *out = without_blanks((struct text){(const char *)folded, (size_t)len}, copy);
    free(folded); /* utf8proc allocates with malloc */
    return copy != NULL;
}

/* Without its blanks a text may compose anew: an accent that stood alone has found a
   letter. So it is folded until nothing changes, which two rounds nearly always show. */
bool text_fold(struct arena *arena, struct text text, struct text *out)
{
    enum { ROUNDS_MAX = 8 };
    struct text before = text;
    struct text folded;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        if (!fold_once(arena, before, &folded))
            return false;
        if (text_equals(folded, before))
            break;
        before = folded;
    }
    *out = folded;
    return true;
}

struct text text_hex(struct arena *arena, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *hex = arena_take(arena, size * 2);
    if (hex == NULL)
        return (struct text){0};
    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    return (struct text){hex, size * 2};
}

int text_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What was written by text_hex has one form only. */
static int lower_digit(char c)
{
    return c >= 'A' && c <= 'F' ? -1 : text_hex_digit(c);
}

bool text_from_hex(struct text text, unsigned char *bytes, size_t size)
{
    if (text.len != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = lower_digit(text.ptr[2 * i]);
        int low = lower_digit(text.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

void buffer_init(struct buffer *buffer, struct arena *arena, size_t max)
{
    *buffer = (struct buffer){.arena = arena, .max = max};
}

static bool make_room(struct buffer *buffer, size_t more)
{
    if (buffer->is_full || more > buffer->max - buffer->len) {
        buffer->is_full = true;
        return false;
    }
    if (more <= buffer->capacity - buffer->len)
        return true;
    size_t wanted = buffer->capacity == 0 ? 1024 : buffer->capacity * 2;
    if (wanted < buffer->len + more)
        wanted = buffer->len + more;
    if (wanted > buffer->max)
        wanted = buffer->max;
    char *data = arena_grow(buffer->arena, buffer->data, buffer->capacity, wanted);
    if (data == NULL) {
        buffer->is_full = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = wanted;
    return true;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t len)
{
    if (len == 0 || !make_room(buffer, len))
        return;
    memcpy(buffer->data + buffer->len, bytes, len);
    buffer->len += len;
}

void buffer_add_text(struct buffer *buffer, struct text text)
{
    buffer_add(buffer, text.ptr, text.len);
}

void buffer_add_string(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}

void buffer_add_number(struct buffer *buffer, int64_t number)
{
    char digits[20]; /* of 2^63, and a sign */
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        digits[--at] = '-';
    buffer_add(buffer, digits + at, sizeof digits - at);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    /* vsnprintf ends with a NUL: room for it, though it is not part of the content. */
    if (len < 0 || !make_room(buffer, (size_t)len + 1)) {
        buffer->is_full = true;
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(buffer->data + buffer->len, (size_t)len + 1, format, arguments);
    va_end(arguments);
    buffer->len += (size_t)len;
}

struct text buffer_text(const struct buffer *buffer)
{
    return (struct text){buffer->data, buffer->len};
}
