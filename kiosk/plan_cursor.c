/* plan_cursor.c: reads a plan file's text character by character and writes the mended
   one, keeping both places in step. */
#include "kiosk/plan_cursor.h"

#include <string.h>

/* Each mend that lengthens a line is remembered, up to this many; columns of mistakes
   behind further ones would be off by one, but that list is long past reading. */
enum { SHIFTS_MAX = 4096 };

/* At most: a tab becomes four spaces, a full-width one two, a colon gets one. */
static size_t size_mended(struct text in)
{
    size_t size = in.len;
    for (size_t i = 0; i < in.len; i++)
        size += in.ptr[i] == '\t' ? TAB_COLUMNS_MAX - 1 : in.ptr[i] == ':';
    return size;
}

enum status cursor_begin(struct cursor *cursor, struct arena *arena, struct text in,
    struct plan_source *source)
{
    *cursor = (struct cursor){
        .in = in, .source = source, .place = {1, 1}, .is_blank_before = true};
    source->shifts = arena_take_array(arena, SHIFTS_MAX, sizeof *source->shifts);
    cursor->out = arena_take(arena, size_mended(in));
    return source->shifts == NULL || cursor->out == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- looking ahead ---- */

static struct text rest(const struct cursor *cursor, size_t offset)
{
    size_t at = cursor->at + offset;
    if (at > cursor->in.len)
        at = cursor->in.len;
    return (struct text){cursor->in.ptr + at, cursor->in.len - at};
}

char cursor_byte(const struct cursor *cursor, size_t offset)
{
    size_t at = cursor->at + offset;
    return at < cursor->in.len ? cursor->in.ptr[at] : '\n';
}

bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

size_t cursor_wide_space(const struct cursor *cursor, size_t offset)
{
    unsigned char lead = (unsigned char)cursor_byte(cursor, offset);
    if (lead != 0xE3 && lead != 0xC2)
        return 0;
    if (text_starts_with(rest(cursor, offset), TEXT("\xE3\x80\x80")))
        return 3;
    return text_starts_with(rest(cursor, offset), TEXT("\xC2\xA0")) ? 2 : 0;
}

size_t cursor_blanks(const struct cursor *cursor, size_t offset)
{
    size_t len = 0;
    for (;;) {
        size_t wide = cursor_wide_space(cursor, offset + len);
        if (wide == 0 && !is_blank(cursor_byte(cursor, offset + len)))
            return len;
        len += wide == 0 ? 1 : wide;
    }
}

static bool is_key_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
}

size_t cursor_key_length(const struct cursor *cursor, size_t offset)
{
    size_t len = 0;
    while (is_key_byte(cursor_byte(cursor, offset + len)))
        len++;
    return len;
}

static const struct sign signs[] = {
    {"：", ':'},
    {"，", ','},
    {"、", ','},
    {"；", ','},
    {"｛", '{'},
    {"｝", '}'},
    {"［", '['},
    {"］", ']'},
    {"【", '['},
    {"】", ']'},
    {"－", '-'},
    {"—", '-'},
    {"–", '-'},
    {"＃", '#'},
};

const struct sign *cursor_sign(const struct cursor *cursor, size_t offset)
{
    unsigned char lead = (unsigned char)cursor_byte(cursor, offset);
    if (lead != 0xE2 && lead != 0xE3 && lead != 0xEF) /* no sign begins otherwise */
        return NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts_with(rest(cursor, offset), text_of(signs[i].wide)))
            return &signs[i];
    return NULL;
}

char cursor_wide_sign(const struct cursor *cursor, size_t offset)
{
    const struct sign *sign = cursor_sign(cursor, offset);
    return sign == NULL ? 0 : sign->narrow;
}

/* ---- moving on ---- */

void cursor_put(struct cursor *cursor, char c)
{
    cursor->out[cursor->len++] = c;
    cursor->mended_column++;
}

static size_t character_length(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

void cursor_skip(struct cursor *cursor)
{
    cursor->at += character_length(cursor->in.ptr[cursor->at]);
    cursor->place.column++;
}

void cursor_copy(struct cursor *cursor)
{
    size_t len = character_length(cursor->in.ptr[cursor->at]);
    memcpy(cursor->out + cursor->len, cursor->in.ptr + cursor->at, len);
    cursor->is_blank_before = is_blank(cursor->in.ptr[cursor->at]);
    cursor->len += len;
    cursor->mended_column++;
    cursor_skip(cursor);
}

void cursor_copy_bytes(struct cursor *cursor, size_t len)
{
    for (size_t end = cursor->at + len; cursor->at < end;)
        cursor_copy(cursor);
}

void cursor_copy_line(struct cursor *cursor)
{
    while (cursor->at < cursor->in.len && !is_line_end(cursor_byte(cursor, 0)))
        cursor_copy(cursor);
}

void cursor_insert_space(struct cursor *cursor)
{
    struct plan_source *source = cursor->source;
    if (source->shift_count < SHIFTS_MAX)
        source->shifts[source->shift_count++] =
            (struct plan_shift){cursor->place.line - 1, cursor->mended_column};
    cursor_put(cursor, ' ');
}

bool cursor_is_at_line_end(const struct cursor *cursor)
{
    return cursor->at == cursor->in.len || is_line_end(cursor_byte(cursor, 0));
}

void cursor_next_line(struct cursor *cursor)
{
    if (cursor->at == cursor->in.len)
        return;
    bool is_crlf = cursor_byte(cursor, 0) == '\r' && cursor->at + 1 < cursor->in.len &&
                   cursor_byte(cursor, 1) == '\n';
    for (int i = 0; i < (is_crlf ? 2 : 1); i++)
        cursor->out[cursor->len++] = cursor->in.ptr[cursor->at++];
    cursor->place.line++;
    cursor->place.column = 1;
    cursor->mended_column = 0;
    cursor->is_blank_before = true;
}

/* The first shift of the line or of a later one; they are in order. */
static size_t first_shift(const struct plan_source *source, size_t line)
{
    size_t low = 0;
    size_t high = source->shift_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->shifts[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct place source_place(const struct plan_source *source, size_t line, size_t column)
{
    size_t longer = 0;
    for (size_t i = first_shift(source, line);
         i < source->shift_count && source->shifts[i].line == line &&
         source->shifts[i].column <= column;
         i++)
        longer++;
    return (struct place){(unsigned)line + 1, (unsigned)(column - longer) + 1};
}
