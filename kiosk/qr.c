/* qr.c: asks libqrencode for the smallest symbol. */
#include "kiosk/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

static size_t find(struct text text, size_t from, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = from; i + len <= text.len; i++)
        if (memcmp(text.ptr + i, word, len) == 0)
            return i;
    return text.len;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

struct text qr_address(
    struct arena *arena, struct text public_url, const struct code *code)
{
    while (public_url.len > 0 && public_url.ptr[public_url.len - 1] == '/')
        public_url.len--;
    struct text address =
        text_format(arena, "%.*s/T/%s", TEXT_ARG(public_url), code->letters);
    char *bytes = text_to_string(arena, address);
    if (bytes == NULL)
        return (struct text){0};
    size_t host = find(public_url, 0, "://");
    size_t path = find(public_url, host + 3, "/");
    for (size_t i = 0; i < path && i < public_url.len; i++)
        bytes[i] = i < host ? lower(bytes[i]) : upper(bytes[i]);
    return (struct text){bytes, address.len};
}

/* The library keeps more than the colour in a byte: bit 0 is the colour. */
static enum status copy_modules(struct arena *arena, const QRcode *symbol, struct qr *out)
{
    size_t count = (size_t)symbol->width * (size_t)symbol->width;
    unsigned char *modules = arena_take(arena, count);
    if (modules == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        modules[i] = symbol->data[i] & 1;
    *out = (struct qr){(unsigned)symbol->width, modules};
    return STATUS_OK;
}

enum status qr_make(struct arena *arena, struct text content, struct qr *out)
{
    const char *string = text_to_string(arena, content);
    if (content.len == 0 || memchr(content.ptr, '\0', content.len) != NULL)
        return STATUS_INVALID;
    if (string == NULL)
        return STATUS_NO_MEMORY;
    /* encodeString splits the content into segments of the mode that suits each; the
       8bit call would not. */
    QRcode *symbol = QRcode_encodeString(string, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (symbol == NULL)
        return errno == ERANGE ? STATUS_TOO_LARGE : STATUS_NO_MEMORY;
    enum status rc = copy_modules(arena, symbol, out);
    QRcode_free(symbol);
    return rc;
}
