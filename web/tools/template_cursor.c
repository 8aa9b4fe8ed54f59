/* template_cursor.c: moving through a page, byte by byte, knowing line and column. */
#include "web/tools/template_scanner.h"

#include <stdarg.h>
#include <string.h>

bool at_end(const struct scanner *s)
{
    return s->is_failed || s->at == s->end;
}

char look(const struct scanner *s)
{
    return at_end(s) ? '\0' : *s->at;
}

bool looking_at(const struct scanner *s, const char *word)
{
    size_t len = strlen(word);
    return !s->is_failed && (size_t)(s->end - s->at) >= len &&
           memcmp(s->at, word, len) == 0;
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

void advance(struct scanner *s, size_t bytes)
{
    for (; bytes > 0 && s->at < s->end; bytes--) {
        char passed = *s->at++;
        if (passed == '\n') {
            s->line++;
            s->column = 1;
        } else if (s->at == s->end || begins_character(*s->at)) {
            s->column++;
        }
    }
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

void skip_blanks(struct scanner *s)
{
    while (is_blank(look(s)))
        advance(s, 1);
}

struct piece here(const struct scanner *s)
{
    return (struct piece){.ptr = s->at, .line = s->line, .column = s->column};
}

void end_piece(const struct scanner *s, struct piece *piece)
{
    piece->len = (size_t)(s->at - piece->ptr);
}

bool at_c_line(const struct scanner *s)
{
    if (at_end(s) || (s->at > s->start && s->at[-1] != '\n'))
        return false;
    const char *at = s->at;
    while (at < s->end && (*at == ' ' || *at == '\t'))
        at++;
    return at < s->end && *at == '%';
}

/* The number of bytes of the well-formed UTF-8 character at the cursor; 0: bad. */
static size_t character_bytes(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char lead_min, lead_max, second_min, second_max;
        size_t bytes;
    } forms[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    if (at[0] < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (at[0] < forms[i].lead_min || at[0] > forms[i].lead_max)
            continue;
        if (left < forms[i].bytes || at[1] < forms[i].second_min ||
            at[1] > forms[i].second_max)
            return 0;
        for (size_t k = 2; k < forms[i].bytes; k++)
            if ((at[k] & 0xC0) != 0x80)
                return 0;
        return forms[i].bytes;
    }
    return 0;
}

/* A message that quotes the page may have been too long for its room. */
static void cut_half_letter(char *message)
{
    const unsigned char *at = (const unsigned char *)message;
    size_t left = strlen(message);
    while (left > 0) {
        size_t bytes = character_bytes(at, left);
        if (bytes == 0)
            break;
        at += bytes;
        left -= bytes;
    }
    message[strlen(message) - left] = '\0';
}

void fail(struct scanner *s, const struct piece *at, const char *format, ...)
{
    if (s->is_failed)
        return;
    s->is_failed = true;
    s->error->line = at->line;
    s->error->column = at->column;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(s->error->message, sizeof s->error->message, format, arguments);
    va_end(arguments);
    cut_half_letter(s->error->message);
}

void fail_at_letter(struct scanner *s, const char *where)
{
    struct piece at = here(s);
    size_t bytes =
        character_bytes((const unsigned char *)s->at, (size_t)(s->end - s->at));
    fail(s, &at, "'%.*s' may not stand %s.", (int)bytes, s->at, where);
}

bool check_bytes(struct scanner *s)
{
    while (!at_end(s)) {
        struct piece at = here(s);
        unsigned char c = (unsigned char)*s->at;
        size_t bytes =
            character_bytes((const unsigned char *)s->at, (size_t)(s->end - s->at));
        if (bytes == 0)
            fail(s, &at, "This is not UTF-8.");
        else if (c == '\r')
            fail(s, &at, "A carriage return: save the file with Unix line ends.");
        else if ((c < 0x20 && !is_blank((char)c)) || c == 0x7F)
            fail(s, &at, "A control character (%u) may not stand here.", (unsigned)c);
        advance(s, bytes);
    }
    return !s->is_failed;
}
