#pragma once
/* plan_cursor.h: where plan_repair.c is in the file, what comes next, and the mended text
   it has written so far. Past the end everything reads as a line end. */
#include "kiosk/plan_source.h"

struct sign {
    const char *wide; /* as a Chinese keyboard types it */
    char narrow;      /* as YAML wants it */
};

struct cursor {
    struct text in;
    size_t at; /* next byte of in */
    char *out;
    size_t len;
    struct place place;     /* of at, in the file */
    unsigned mended_column; /* from 0 */
    bool is_blank_before;   /* a blank or the line's beginning: a # begins a comment */
    struct plan_source *source; /* takes the shifts */
};

enum { TAB_COLUMNS_MAX = 4 }; /* that a tab may be mended to */

/* NO_MEMORY: the arena has no room for the mended text. */
MUST_CHECK enum status cursor_begin(struct cursor *cursor, struct arena *arena,
    struct text in, struct plan_source *source);

/* ---- looking ahead; offsets are bytes ---- */
bool is_line_end(char c);
bool is_blank(char c); /* space or tab */
char cursor_byte(const struct cursor *cursor, size_t offset);
bool cursor_is_at_line_end(const struct cursor *cursor);
/* Bytes of a full-width or no-break space, else 0. */
size_t cursor_wide_space(const struct cursor *cursor, size_t offset);
/* Bytes of blanks of every kind. */
size_t cursor_blanks(const struct cursor *cursor, size_t offset);
/* Bytes of a word that could be a key: ASCII letters, digits, - and _. */
size_t cursor_key_length(const struct cursor *cursor, size_t offset);
/* The full-width sign, or NULL; and its half-width form, or 0. */
const struct sign *cursor_sign(const struct cursor *cursor, size_t offset);
char cursor_wide_sign(const struct cursor *cursor, size_t offset);

/* ---- moving on ---- */
void cursor_copy(struct cursor *cursor); /* one character */
void cursor_copy_bytes(struct cursor *cursor, size_t len);
void cursor_copy_line(struct cursor *cursor); /* up to its end */
void cursor_next_line(struct cursor *cursor); /* copies the line end */
/* Writes an ASCII character in place of the one at hand, which cursor_skip passes. */
void cursor_put(struct cursor *cursor, char c);
void cursor_skip(struct cursor *cursor);
/* Writes a space that the file does not have. */
void cursor_insert_space(struct cursor *cursor);
