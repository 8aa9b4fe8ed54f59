#pragma once
/* html.h: printing into a page. Each function is named by where the text goes and escapes
   for it; compiled templates call them by the place where {{ }} stands, so pages never
   choose. Values may be struct text, C strings (NULL prints nothing), whole numbers, in
   text also struct html, in JSON also bool; another type does not compile. Bytes that are
   not UTF-8, and NUL, come out as U+FFFD. */
#include "kiosk/text.h"

/* Markup that is printed as it is. The one way to raw output: whoever makes one vouches
   for it. */
struct html {
    struct text markup;
};

/* An address, made by the builders of url.h only. */
struct url {
    struct text address;
};

struct html_value {
    enum { HTML_TEXT, HTML_MARKUP, HTML_SIGNED, HTML_UNSIGNED, HTML_BOOL } kind;
    struct text text;
    uint64_t number; /* HTML_SIGNED: in two's complement */
};

/* ---- by place; `value` is any of the types above ---- */
#define html_add_text(out, value) html_print_text((out), html_text_value(value))
/* Inside a quoted value, of either quote. */
#define html_add_attribute(out, value)                                                   \
    html_print_attribute((out), html_attribute_value(value))
/* A whole JSON value, strings with their quotes, safe inside <script>. */
#define html_add_json(out, value) html_print_json((out), html_json_value(value))
/* A whole value of href, src, action … */
void html_add_url(struct buffer *out, struct url url);

/* A message with {1} to {9} for the arguments; both are escaped. A number without an
   argument is printed as it stands. */
void html_add_text_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count);
void html_add_attribute_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count);
void html_add_json_message(struct buffer *out, const char *message,
    const struct html_value *arguments, size_t count);

/* ---- from C types to values ---- */
/* clang-format off */
#define HTML_COMMON_TYPES                                                                \
    struct text: html_of_text, const char *: html_of_string, char *: html_of_string,     \
    short: html_of_signed, int: html_of_signed, long: html_of_signed,                    \
    long long: html_of_signed, unsigned char: html_of_unsigned,                          \
    unsigned short: html_of_unsigned, unsigned: html_of_unsigned,                        \
    unsigned long: html_of_unsigned, unsigned long long: html_of_unsigned
#define html_text_value(value)                                                           \
    _Generic((value), HTML_COMMON_TYPES, struct html: html_of_markup)(value)
#define html_attribute_value(value) _Generic((value), HTML_COMMON_TYPES)(value)
#define html_json_value(value)                                                           \
    _Generic((value), HTML_COMMON_TYPES, bool: html_of_bool)(value)
/* clang-format on */

struct html_value html_of_text(struct text text);
struct html_value html_of_string(const char *string);
struct html_value html_of_markup(struct html html);
struct html_value html_of_signed(int64_t number);
struct html_value html_of_unsigned(uint64_t number);
struct html_value html_of_bool(bool truth);

void html_print_text(struct buffer *out, struct html_value value);
void html_print_attribute(struct buffer *out, struct html_value value);
void html_print_json(struct buffer *out, struct html_value value);
