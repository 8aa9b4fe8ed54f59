/* log.c: JSON lines on stderr, one write each, so that threads never mix their lines. */
#include "db/log.h"

#include <stdio.h>
#include <unistd.h>

enum {
    LINE_BYTES_MAX = 2048, /* below PIPE_BUF (4096): a pipe takes it whole */
    LINE_TAIL = 4          /* closing quote, brace, line end */
};

struct line {
    char bytes[LINE_BYTES_MAX];
    size_t len;
};

static void put(struct line *line, const char *bytes, size_t len)
{
    if (len > sizeof line->bytes - LINE_TAIL - line->len)
        return;
    for (size_t i = 0; i < len; i++)
        line->bytes[line->len++] = bytes[i];
}

static void put_string(struct line *line, const char *string)
{
    put(line, string, text_of(string).len);
}

static void put_escaped_byte(struct line *line, unsigned char byte)
{
    char escaped[8];
    int len = snprintf(escaped, sizeof escaped, "\\u%04x", byte);
    put(line, escaped, (size_t)len);
}

/* Bytes from 0x80 stand as they are in good UTF-8 and are shown as numbers otherwise. */
static void put_escaped(struct line *line, struct text text)
{
    bool is_utf8 = text_is_utf8(text);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        bool is_plain = byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
        if (is_plain && (byte < 0x80 || is_utf8))
            put(line, text.ptr + i, 1);
        else
            put_escaped_byte(line, byte);
    }
}

/* A detail that is too long is cut where a character begins. */
static struct text cut(struct text text, size_t max)
{
    if (text.len <= max)
        return text;
    text.len = max;
    while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80)
        text.len--;
    return text;
}

void log_line(enum log_level level, const char *event, struct text detail)
{
    static const struct {
        const char *prefix; /* journald reads the syslog level from it */
        const char *word;
    } levels[] = {
        [LOG_LEVEL_ERROR] = {"<3>", "error"},
        [LOG_LEVEL_WARNING] = {"<4>", "warning"},
        [LOG_LEVEL_NOTICE] = {"<5>", "notice"},
    };
    struct line line = {.len = 0};
    put_string(&line, levels[level].prefix);
    put_string(&line, "{\"level\":\"");
    put_string(&line, levels[level].word);
    put_string(&line, "\",\"event\":\"");
    put_escaped(&line, cut(text_of(event), 100));
    if (detail.len > 0) {
        put_string(&line, "\",\"detail\":\"");
        put_escaped(&line, cut(detail, 300)); /* 300 × 6 bytes, all escaped, fit */
    }
    line.bytes[line.len++] = '"';
    line.bytes[line.len++] = '}';
    line.bytes[line.len++] = '\n';
    /* Where stderr itself fails there is nobody left to tell. */
    ssize_t written = write(STDERR_FILENO, line.bytes, line.len);
    (void)written;
}
