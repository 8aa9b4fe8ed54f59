#pragma once
/* text.h: text as pointer and length (untrusted text may hold NUL), and a growing buffer
   with a cap. All pieces are borrowed unless a function says where a result lives. */
#include "kiosk/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *ptr; /* not terminated; may be NULL when len is 0 */
    size_t len;
};

/* A text of a string literal, also as a static initialiser. */
#define TEXT(literal) ((struct text){("" literal), sizeof(literal) - 1})
/* For printf's "%.*s"; only for texts shorter than INT_MAX. */
#define TEXT_ARG(t) (int)(t).len, (t).ptr == NULL ? "" : (t).ptr

struct text text_of(const char *string); /* borrows; NULL gives the empty text */
bool text_equals(struct text a, struct text b);
bool text_equals_ignoring_case(struct text a, struct text b); /* ASCII letters only */
bool text_starts_with(struct text text, struct text prefix);
int text_compare(struct text a, struct text b); /* bytewise, like memcmp; shorter first */
struct text text_trim(struct text text); /* without ASCII white space at both ends */

/* A decimal number of 1 to 18 digits and nothing else. False otherwise; out untouched. */
bool text_to_number(struct text text, int64_t *out);

/* A terminated copy in the arena. NULL when the arena is full or the text holds a NUL. */
char *text_to_string(struct arena *arena, struct text text);
/* A copy in the arena; ptr is NULL when the arena is full. */
struct text text_copy(struct arena *arena, struct text text);
/* printf into the arena; an empty text (ptr NULL) when full. */
struct text text_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The number of characters as a person counts them (grapheme clusters), or -1 when the
   text is not valid UTF-8. */
int64_t text_count_characters(struct text text);
bool text_is_utf8(struct text text);
/* How many bytes at the front are valid UTF-8; all of them if the text is. */
size_t text_utf8_length(struct text text);
/* Columns that a terminal gives the text: Chinese takes two a character. Ends at bad
 * UTF-8. */
size_t text_columns(struct text text);

/* What a person typed, made safe to keep: valid UTF-8, in NFC, line ends as \n, trimmed.
   False (out untouched) for bad UTF-8, NUL or other control characters, bidirectional
   overrides. The result lives in the arena; *is_full tells an arena that was too small
   from a bad text. */
bool text_clean(struct arena *arena, struct text typed, struct text *out, bool *is_full);

/* What two ways of writing one name have in common: letters of one case, full-width ones
   as plain ones, no blanks, nothing invisible. For comparing, never for showing. False
   (out untouched) for bad UTF-8, or when the arena is full. */
bool text_fold(struct arena *arena, struct text text, struct text *out);

/* Lower-case hexadecimal of size bytes, in the arena; ptr NULL when full. */
struct text text_hex(struct arena *arena, const unsigned char *bytes, size_t size);
/* The other way: exactly 2 × size lower-case digits. False otherwise; bytes may be
   touched. */
bool text_from_hex(struct text text, unsigned char *bytes, size_t size);
/* The value of a hexadecimal digit of either case; -1: it is none. */
int text_hex_digit(char c);

/* ---- a growing buffer: appends never fail one by one; ask is_full once at the end. ----
 */
struct buffer {
    struct arena *arena;
    char *data;
    size_t len;
    size_t capacity;
    size_t max;   /* never grows past this */
    bool is_full; /* something did not fit: the content is incomplete, don't use it */
};

void buffer_init(struct buffer *buffer, struct arena *arena, size_t max);
void buffer_add(struct buffer *buffer, const char *bytes, size_t len);
void buffer_add_text(struct buffer *buffer, struct text text);
void buffer_add_string(struct buffer *buffer, const char *string);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_number(struct buffer *buffer, int64_t number);
void buffer_add_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct text buffer_text(const struct buffer *buffer); /* borrowed from the buffer */
