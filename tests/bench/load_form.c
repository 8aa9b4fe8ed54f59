/* load_form.c: finds the form in a page by its attributes, and fills it in. */
#include "tests/bench/load_form.h"

#include <string.h>

/* "服务很周到，谢谢！希望以后还来。", as a browser sends it. */
#define COMMENT                                                                          \
    "%E6%9C%8D%E5%8A%A1%E5%BE%88%E5%91%A8%E5%88%B0%EF%BC%8C%E8%B0%A2%E8%B0%A2%EF%BC%81"  \
    "%E5%B8%8C%E6%9C%9B%E4%BB%A5%E5%90%8E%E8%BF%98%E6%9D%A5%E3%80%82"

/* ---- reading ---- */

/* What stands between the mark and the next quote, and the page behind it. */
static bool find_after(struct text *page, const char *mark, struct text *out)
{
    size_t len = strlen(mark);
    for (size_t i = 0; i + len < page->len; i++) {
        if (memcmp(page->ptr + i, mark, len) != 0)
            continue;
        const char *begin = page->ptr + i + len;
        const char *quote = memchr(begin, '"', page->len - i - len);
        if (quote == NULL)
            return false;
        *out = (struct text){begin, (size_t)(quote - begin)};
        page->len -= (size_t)(quote - page->ptr);
        page->ptr = quote;
        return true;
    }
    return false;
}

/* In an address only the ampersand is escaped. */
static struct text without_entities(struct arena *arena, struct text address)
{
    struct buffer plain;
    struct text entity = TEXT("&amp;");
    buffer_init(&plain, arena, 4096);
    for (size_t i = 0; i < address.len; i++) {
        buffer_add_char(&plain, address.ptr[i]);
        struct text rest = {address.ptr + i, address.len - i};
        if (text_starts_with(rest, entity))
            i += entity.len - 1;
    }
    return buffer_text(&plain);
}

/* Each level of a rating has the same name: one after the other. */
static void read_items(struct text page, struct load_form *form)
{
    struct text name;
    while (form->item_count < LOAD_ITEMS_MAX &&
           find_after(&page, "type=\"radio\" name=\"", &name)) {
        bool is_known =
            form->item_count > 0 && text_equals(name, form->items[form->item_count - 1]);
        if (!is_known)
            form->items[form->item_count++] = name;
    }
}

bool load_form_read(struct arena *arena, struct text page, struct load_form *out)
{
    enum { PREFIX_DIGITS = 8 };
    struct load_form form = {0};
    struct text action, id;
    struct text rest = page;
    if (!find_after(&rest, "method=\"post\" action=\"", &action) ||
        !find_after(&rest, "name=\"submission\" value=\"", &id) || id.len < PREFIX_DIGITS)
        return false;
    form.action = without_entities(arena, action);
    form.id_prefix = (struct text){id.ptr, PREFIX_DIGITS};
    read_items(rest, &form);
    struct text area;
    struct text behind = rest;
    if (find_after(&behind, "<textarea ", &area)) {
        behind = (struct text){area.ptr, rest.len - (size_t)(area.ptr - rest.ptr)};
        (void)find_after(&behind, "name=\"", &form.comment);
    }
    *out = form;
    return form.item_count > 0 && form.action.len > 0;
}

/* ---- filling in ---- */

/* Of ten people five are very satisfied, three satisfied, one fairly so, one not. */
static char draw_level(uint64_t bits)
{
    static const char levels[] = "5555544432";
    return levels[bits % (sizeof levels - 1)];
}

/* What is written so far; nothing more once it doesn't fit. By hand, since printf's
   formats took as long as the answer's way through the kernel. */
struct written {
    char *bytes;
    size_t len;
    size_t room;
    bool fits;
};

static void write_text(struct written *out, struct text text)
{
    out->fits = out->fits && text.len <= out->room - out->len;
    if (!out->fits)
        return;
    memcpy(out->bytes + out->len, text.ptr, text.len);
    out->len += text.len;
}

static void write_hex(struct written *out, uint64_t bits, size_t digits)
{
    char hex[16];
    for (size_t i = digits; i-- > 0; bits >>= 4)
        hex[i] = "0123456789abcdef"[bits & 0xf];
    write_text(out, (struct text){hex, digits});
}

/* A UUID of version 8 behind the period's eight digits. */
static void write_id(
    struct written *out, const struct load_form *form, struct random *random)
{
    uint64_t high = random_bits(random);
    uint64_t low = random_bits(random);
    write_text(out, TEXT("submission="));
    write_text(out, form->id_prefix);
    write_text(out, TEXT("-"));
    write_hex(out, high, 4);
    write_text(out, TEXT("-8"));
    write_hex(out, high >> 16, 3);
    write_text(out, TEXT("-"));
    write_hex(out, 0x8000 | (high >> 28 & 0x3fff), 4);
    write_text(out, TEXT("-"));
    write_hex(out, low, 12);
}

static void write_field(struct written *out, struct text name, struct text value)
{
    write_text(out, TEXT("&"));
    write_text(out, name);
    write_text(out, TEXT("="));
    write_text(out, value);
}

size_t load_form_fill(const struct load_form *form, struct random *random,
    uint64_t number, char *out, size_t room)
{
    struct written written = {.room = room, .fits = true};
    written.bytes = out;
    write_id(&written, form, random);
    uint64_t bits = random_bits(random);
    for (size_t i = 0; i < form->item_count; i++, bits /= 10) {
        char level = draw_level(bits);
        write_field(&written, form->items[i], (struct text){&level, 1});
    }
    if (form->comment.len > 0)
        write_field(&written, form->comment, number % 3 == 0 ? TEXT(COMMENT) : TEXT(""));
    return written.fits ? written.len : 0;
}
