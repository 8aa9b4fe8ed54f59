/* url.c: addresses, with every argument percent-encoded. */
#include "web/url.h"

#include "web/assets.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { ADDRESS_BYTES_MAX = 2048 };

struct url url_home(enum language language)
{
    return (struct url){language == LANGUAGE_EN ? TEXT("/?lang=en") : TEXT("/")};
}

struct url url_thanks(enum language language)
{
    return (struct url){
        language == LANGUAGE_EN ? TEXT("/thanks?lang=en") : TEXT("/thanks")};
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

static void add_encoded(struct buffer *out, struct text text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        const char encoded[] = {'%', digits[c >> 4], digits[c & 15]};
        if (is_unreserved(text.ptr[i]))
            buffer_add_char(out, text.ptr[i]);
        else
            buffer_add(out, encoded, sizeof encoded);
    }
}

struct url url_code(
    struct arena *arena, struct text code, enum language language, int64_t plan_version)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/t/");
    add_encoded(&address, code);
    char separator = '?';
    if (language == LANGUAGE_EN) {
        buffer_add_string(&address, "?lang=en");
        separator = '&';
    }
    if (plan_version > 0)
        buffer_add_format(&address, "%cplan=%" PRId64, separator, plan_version);
    if (address.is_full)
        return (struct url){0};
    return (struct url){buffer_text(&address)};
}

static struct url with_centre(
    struct arena *arena, const char *path, struct text centre, enum language language)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, path);
    if (centre.len > 0) {
        buffer_add_string(&address, "?centre=");
        add_encoded(&address, centre);
    }
    if (language == LANGUAGE_EN)
        buffer_add_string(&address, centre.len > 0 ? "&lang=en" : "?lang=en");
    if (address.is_full)
        return (struct url){.address = {0}};
    return (struct url){buffer_text(&address)};
}

struct url url_kiosk(struct arena *arena, struct text centre, enum language language)
{
    return with_centre(arena, "/kiosk", centre, language);
}

struct url url_kiosk_thanks(
    struct arena *arena, struct text centre, enum language language)
{
    return with_centre(arena, "/thanks", centre, language);
}

struct url url_with(struct arena *arena, struct url url, struct settings settings)
{
    if (!settings.is_large && !settings.has_contrast)
        return url;
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_text(&address, url.address);
    bool has_query =
        url.address.len > 0 && memchr(url.address.ptr, '?', url.address.len) != NULL;
    if (!has_query)
        buffer_add_char(&address, '?');
    else if (url.address.ptr[url.address.len - 1] != '?')
        buffer_add_char(&address, '&');
    buffer_add_string(&address, settings.is_large ? "size=large" : "contrast=high");
    if (settings.is_large && settings.has_contrast)
        buffer_add_string(&address, "&contrast=high");
    if (address.is_full)
        return (struct url){.address = {0}};
    return (struct url){buffer_text(&address)};
}

struct url url_same_page(enum language language)
{
    return (struct url){language == LANGUAGE_EN ? TEXT("?lang=en") : TEXT("?")};
}

struct url url_anchor(struct arena *arena, struct text id)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_char(&address, '#');
    add_encoded(&address, id);
    if (address.is_full)
        return (struct url){.address = {0}};
    return (struct url){buffer_text(&address)};
}

struct url url_face(int level)
{
    static const struct text symbols[] = {
        {"#f0", 3}, {"#f1", 3}, {"#f2", 3}, {"#f3", 3}, {"#f4", 3}, {"#f5", 3}};
    assert(level >= 0 && (size_t)level < sizeof symbols / sizeof *symbols);
    return (struct url){symbols[level]};
}

struct url url_asset(const char *name)
{
    const struct asset *asset = asset_by_name(name);
    assert(asset != NULL);
    return (struct url){text_of(asset->path)};
}
