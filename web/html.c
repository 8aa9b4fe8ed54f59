/* html.c: escaping by table. A run of bytes that need nothing is copied at once; the
   table says for each byte in which places it needs something, and every byte above 0x7F
   is checked for UTF-8. */
#include "web/html.h"

#include <stdio.h>
#include <string.h>

enum {
    STOPS_TEXT = 1,
    STOPS_ATTRIBUTE = 2,
    STOPS_JSON = 4,
    STOPS_ALL = STOPS_TEXT | STOPS_ATTRIBUTE | STOPS_JSON,
    IS_WIDE = 8, /* may begin a character of several bytes */
};

#define FOUR(flags) (flags), (flags), (flags), (flags)
#define SIXTEEN(flags) FOUR(flags), FOUR(flags), FOUR(flags), FOUR(flags)

/* NUL: parsers drop or replace it. CR: parsers turn it into LF. */
static const unsigned char stops[256] = {
    ['\0'] = STOPS_ALL,
    [1] = STOPS_JSON,
    STOPS_JSON,
    STOPS_JSON,
    [4] = FOUR(STOPS_JSON),
    FOUR(STOPS_JSON),
    STOPS_JSON,
    ['\r'] = STOPS_ALL,
    [14] = STOPS_JSON,
    STOPS_JSON,
    [16] = SIXTEEN(STOPS_JSON),
    ['"'] = STOPS_ATTRIBUTE | STOPS_JSON,
    ['&'] = STOPS_ALL,
    ['\''] = STOPS_ATTRIBUTE | STOPS_JSON,
    ['<'] = STOPS_ALL,
    ['>'] = STOPS_ALL,
    ['\\'] = STOPS_JSON,
    [127] = STOPS_JSON,
    [128] = SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
    SIXTEEN(IS_WIDE),
};

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The bytes of the well-formed character that begins at a byte above 0x7F; 0: bad. The
   second byte's limits keep out overlong forms, surrogates and what is past U+10FFFF. */
static size_t wide_bytes(const unsigned char *at, size_t left)
{
    if (at[0] >= 0xC2 && at[0] <= 0xDF)
        return left >= 2 && is_tail(at[1]) ? 2 : 0;
    if (at[0] >= 0xE0 && at[0] <= 0xEF) {
        bool is_good = left >= 3 && is_tail(at[1]) && is_tail(at[2]) &&
                       (at[0] != 0xE0 || at[1] >= 0xA0) &&
                       (at[0] != 0xED || at[1] <= 0x9F);
        return is_good ? 3 : 0;
    }
    if (at[0] >= 0xF0 && at[0] <= 0xF4) {
        bool is_good = left >= 4 && is_tail(at[1]) && is_tail(at[2]) && is_tail(at[3]) &&
                       (at[0] != 0xF0 || at[1] >= 0x90) &&
                       (at[0] != 0xF4 || at[1] <= 0x8F);
        return is_good ? 4 : 0;
    }
    return 0;
}

/* What is printed for a byte that the table stops at. */
typedef void (*escape_fn)(struct buffer *out, unsigned char c);

static void escape_entity(struct buffer *out, unsigned char c)
{
    switch (c) {
    case '&':
        buffer_add(out, "&amp;", 5);
        break;
    case '<':
        buffer_add(out, "&lt;", 4);
        break;
    case '>':
        buffer_add(out, "&gt;", 4);
        break;
    case '"':
        buffer_add(out, "&#34;", 5);
        break;
    case '\'':
        buffer_add(out, "&#39;", 5);
        break;
    case '\r':
        buffer_add(out, "&#13;", 5);
        break;
    default:
        buffer_add(out, replacement, 3);
    }
}

/* NUL as U+FFFD like everywhere; the rest as \u00XX, which also hides < > & and quotes
   from any HTML parser. */
static void escape_json(struct buffer *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    if (c == '\0') {
        buffer_add(out, replacement, 3);
        return;
    }
    const char escaped[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    buffer_add(out, escaped, sizeof escaped);
}

static void add_escaped(
    struct buffer *out, struct text text, unsigned place, escape_fn escape)
{
    const unsigned char *const bytes = (const unsigned char *)text.ptr;
    size_t run = 0;
    size_t at = 0;
    while (at < text.len) {
        const unsigned char stop = stops[bytes[at]];
        if ((stop & (place | IS_WIDE)) == 0) {
            at++;
            continue;
        }
        size_t wide = stop == IS_WIDE ? wide_bytes(bytes + at, text.len - at) : 0;
        if (wide > 0) {
            at += wide;
            continue;
        }
        buffer_add(out, text.ptr + run, at - run);
        escape(out, stop == IS_WIDE ? '\0' : bytes[at]);
        run = ++at;
    }
    buffer_add(out, text.ptr + run, text.len - run);
}

static void add_number(struct buffer *out, struct html_value value)
{
    char digits[24];
    int len =
        value.kind == HTML_SIGNED
            ? snprintf(digits, sizeof digits, "%lld", (long long)value.number)
            : snprintf(digits, sizeof digits, "%llu", (unsigned long long)value.number);
    buffer_add(out, digits, (size_t)len);
}

static void add_value(
    struct buffer *out, struct html_value value, unsigned place, escape_fn escape)
{
    switch (value.kind) {
    case HTML_TEXT:
        add_escaped(out, value.text, place, escape);
        break;
    case HTML_MARKUP:
        buffer_add_text(out, value.text);
        break;
    case HTML_SIGNED:
    case HTML_UNSIGNED:
        add_number(out, value);
        break;
    case HTML_BOOL:
        buffer_add_string(out, value.number != 0 ? "true" : "false");
        break;
    }
}

void html_print_text(struct buffer *out, struct html_value value)
{
    add_value(out, value, STOPS_TEXT, escape_entity);
}

void html_print_attribute(struct buffer *out, struct html_value value)
{
    add_value(out, value, STOPS_ATTRIBUTE, escape_entity);
}

void html_print_json(struct buffer *out, struct html_value value)
{
    if (value.kind == HTML_TEXT)
        buffer_add_char(out, '"');
    add_value(out, value, STOPS_JSON, escape_json);
    if (value.kind == HTML_TEXT)
        buffer_add_char(out, '"');
}

void html_add_url(struct buffer *out, struct url url)
{
    add_escaped(out, url.address, STOPS_ATTRIBUTE, escape_entity);
}

static void add_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count, unsigned place, escape_fn escape)
{
    const char *at = message;
    for (const char *brace = strchr(at, '{'); brace != NULL;
         brace = strchr(brace + 1, '{')) {
        size_t n = (size_t)(brace[1] - '1'); /* below '1': far too large */
        if (n >= count || n >= 9 || brace[2] != '}')
            continue;
        add_escaped(out, (struct text){at, (size_t)(brace - at)}, place, escape);
        add_value(out, arguments[n], place, escape);
        at = brace + 3;
        brace += 2;
    }
    add_escaped(out, text_of(at), place, escape);
}

void html_add_text_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count)
{
    add_message(out, message, arguments, count, STOPS_TEXT, escape_entity);
}

void html_add_attribute_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count)
{
    add_message(out, message, arguments, count, STOPS_ATTRIBUTE, escape_entity);
}

void html_add_json_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count)
{
    buffer_add_char(out, '"');
    add_message(out, message, arguments, count, STOPS_JSON, escape_json);
    buffer_add_char(out, '"');
}

struct html_value html_of_text(struct text text)
{
    return (struct html_value){.kind = HTML_TEXT, .text = text};
}

struct html_value html_of_string(const char *string)
{
    return html_of_text(text_of(string));
}

struct html_value html_of_markup(struct html html)
{
    return (struct html_value){.kind = HTML_MARKUP, .text = html.markup};
}

struct html_value html_of_signed(int64_t number)
{
    return (struct html_value){.kind = HTML_SIGNED, .number = (uint64_t)number};
}

struct html_value html_of_unsigned(uint64_t number)
{
    return (struct html_value){.kind = HTML_UNSIGNED, .number = number};
}

struct html_value html_of_bool(bool truth)
{
    return (struct html_value){.kind = HTML_BOOL, .number = truth ? 1 : 0};
}
