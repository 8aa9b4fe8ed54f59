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

/* Adds lang=en where it is needed; the separator of what comes next. */
static char add_language(struct buffer *address, enum language language)
{
    if (language != LANGUAGE_EN)
        return '?';
    buffer_add_string(address, "?lang=en");
    return '&';
}

static struct url finish(const struct buffer *address)
{
    return (struct url){address->is_full ? ((struct text){0}) : buffer_text(address)};
}

struct url url_code(
    struct arena *arena, struct text code, enum language language, int64_t plan_version)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/t/");
    add_encoded(&address, code);
    char separator = add_language(&address, language);
    if (plan_version > 0)
        buffer_add_format(&address, "%cplan=%" PRId64, separator, plan_version);
    return finish(&address);
}

struct url url_page(struct arena *arena, const char *path, enum language language)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, path);
    (void)add_language(&address, language);
    return finish(&address);
}

struct url url_codes_wave(
    struct arena *arena, struct text programme, struct text wave, enum language language)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/codes/");
    add_encoded(&address, programme);
    buffer_add_char(&address, add_language(&address, language));
    buffer_add_string(&address, "wave=");
    add_encoded(&address, wave);
    return finish(&address);
}

struct url url_comments(
    struct arena *arena, const struct comments_address *which, enum language language)
{
    const struct {
        const char *key;
        struct text value;
    } keys[] = {{"programme=", which->programme}, {"wave=", which->wave},
        {"state=", which->state}, {"after=", which->after}};
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/comments");
    char separator = add_language(&address, language);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].value.len == 0)
            continue;
        buffer_add_char(&address, separator);
        buffer_add_string(&address, keys[i].key);
        add_encoded(&address, keys[i].value);
        separator = '&';
    }
    return finish(&address);
}

struct url url_poster(
    struct arena *arena, const char *format, struct text programme, struct text centre)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/codes/poster.");
    buffer_add_string(&address, format);
    buffer_add_string(&address, "?programme=");
    add_encoded(&address, programme);
    buffer_add_string(&address, "&centre=");
    add_encoded(&address, centre);
    return finish(&address);
}

struct url url_signin(struct arena *arena, enum language language, struct text then)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/signin");
    char separator = add_language(&address, language);
    if (then.len > 0) {
        buffer_add_char(&address, separator);
        buffer_add_string(&address, "then=");
        add_encoded(&address, then);
    }
    return finish(&address);
}

struct url url_invitation(struct arena *arena, struct text token, enum language language)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/signin/");
    add_encoded(&address, token);
    (void)add_language(&address, language);
    return finish(&address);
}

/* ?lang=en&as_of=2026-11-22, as far as they are not the usual; returns what stands before
   a further key. */
static char add_keys(struct buffer *address, enum language language, day_t as_of)
{
    char separator = add_language(address, language);
    if (as_of == DAY_NONE)
        return separator;
    struct date date = day_date(as_of);
    buffer_add_format(
        address, "%cas_of=%04d-%02d-%02d", separator, date.year, date.month, date.day);
    return '&';
}

static struct url with_keys(struct buffer *address, enum language language, day_t as_of)
{
    (void)add_keys(address, language, as_of);
    return finish(address);
}

struct url url_reports(struct arena *arena, enum language language, day_t as_of)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/reports");
    return with_keys(&address, language, as_of);
}

struct url url_report(
    struct arena *arena, struct text indicator, enum language language, day_t as_of)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/reports/");
    add_encoded(&address, indicator);
    return with_keys(&address, language, as_of);
}

struct url url_report_file(
    struct arena *arena, const char *format, enum language language, day_t as_of)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/reports.");
    buffer_add_string(&address, format);
    return with_keys(&address, language, as_of);
}

/* NOLINTNEXTLINE(readability-function-size): an address has as many parts */
struct url url_report_picture(struct arena *arena, struct text indicator,
    const char *drawing, struct text programme, enum language language, day_t as_of)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, "/reports/");
    add_encoded(&address, indicator);
    buffer_add_format(&address, "/%s.png", drawing);
    char separator = add_keys(&address, language, as_of);
    if (programme.len > 0) {
        buffer_add_format(&address, "%cprogramme=", separator);
        add_encoded(&address, programme);
    }
    return finish(&address);
}

struct url url_published(struct arena *arena, const char *before, int64_t number,
    const char *behind, enum language language)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_string(&address, before);
    buffer_add_number(&address, number);
    buffer_add_string(&address, behind);
    (void)add_language(&address, language);
    return finish(&address);
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

/* Adds what separates another key from what is there. */
static void add_separator(struct buffer *address, struct text before)
{
    bool has_query = before.len > 0 && memchr(before.ptr, '?', before.len) != NULL;
    if (!has_query)
        buffer_add_char(address, '?');
    else if (before.ptr[before.len - 1] != '?')
        buffer_add_char(address, '&');
}

struct url url_with(struct arena *arena, struct url url, struct settings settings)
{
    if (!settings.is_large && !settings.has_contrast)
        return url;
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_text(&address, url.address);
    add_separator(&address, url.address);
    buffer_add_string(&address, settings.is_large ? "size=large" : "contrast=high");
    if (settings.is_large && settings.has_contrast)
        buffer_add_string(&address, "&contrast=high");
    return finish(&address);
}

struct url url_with_form(struct arena *arena, struct url url, struct text proof)
{
    if (proof.len == 0)
        return url;
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_text(&address, url.address);
    add_separator(&address, url.address);
    buffer_add_string(&address, "form=");
    add_encoded(&address, proof);
    return finish(&address);
}

struct url url_kiosk_symbol(struct arena *arena, struct text centre,
    enum language language, uint32_t slot, uint32_t number)
{
    struct buffer address;
    buffer_init(&address, arena, ADDRESS_BYTES_MAX);
    buffer_add_text(
        &address, with_centre(arena, "/kiosk/symbol", centre, language).address);
    buffer_add_format(&address, "&shown=%" PRIu32 "-%" PRIu32, slot, number);
    return finish(&address);
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
    return finish(&address);
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
