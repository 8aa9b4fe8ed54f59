/* sheet_text.c: lettering. Shaping is dear and most words come again on each slip, so the
   last ones are kept shaped. */
#include "web/render/sheet_own.h"

#include <limits.h>
#include <string.h>

/* The one Chinese family that Debian has in regular and bold, without and with serifs. */
#define FAMILY "Noto Sans CJK SC"
#define FAMILY_SERIF "Noto Serif CJK SC"

/* What every print may need: if a font lacks these, boxes would be printed for all. */
#define SAMPLE "请您评一评不记姓名“”·试打印0123456789ABCDEFGHJKMNPQRSTVWXYZ"

enum status sheet_words_open(struct sheet *sheet)
{
    /* The thread's own, which keeps the fonts it has read. */
    sheet->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    if (sheet->context == NULL)
        return STATUS_NO_MEMORY;
    pango_context_set_language(sheet->context, pango_language_from_string("zh-CN"));
    pango_cairo_update_context(sheet->cairo, sheet->context);
    /* Widths of outlines, not of pixels: letters stand the same on paper and screen. */
    pango_context_set_round_glyph_positions(sheet->context, FALSE);
    return STATUS_OK;
}

static void clear_words(struct sheet_words *words)
{
    if (words->layout != NULL)
        g_object_unref(words->layout);
    words->layout = NULL;
}

void sheet_words_close(struct sheet *sheet)
{
    for (size_t i = 0; i < SHEET_WORDS_KEPT; i++)
        clear_words(&sheet->words[i]);
    if (sheet->context != NULL)
        g_object_unref(sheet->context);
}

static void set_size(PangoLayout *layout, double size, const struct sheet_style *style)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(
        font, style->is_serif ? FAMILY_SERIF : FAMILY);
    pango_font_description_set_weight(
        font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static double width_of(PangoLayout *layout)
{
    int width = 0;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

/* The narrowest width that takes no more lines: none ends with one lonely character. */
static void balance(PangoLayout *layout, const struct sheet_style *style, double wide)
{
    double width = wide / style->lines;
    do {
        width += style->size / 4;
        if (width > style->width)
            width = style->width;
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    } while (width < style->width && pango_layout_get_line_count(layout) > style->lines);
}

/* One line that must fit becomes smaller before it loses its end. */
static void fit(PangoLayout *layout, const struct sheet_style *style)
{
    double size = style->size;
    double wide = style->width <= 0 ? 0 : width_of(layout);
    if (style->size_min > 0 && wide > style->width) {
        size = size * style->width / wide * 0.98; /* hints round letters up */
        set_size(layout, size < style->size_min ? style->size_min : size, style);
    }
    if (style->width <= 0)
        return;
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (style->lines > 1 && wide > style->width && !style->is_flowing)
        balance(layout, style, wide);
    else
        pango_layout_set_width(layout, (int)(style->width * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, style->lines > 1 ? -style->lines : -1);
}

/* By the book a line may end anywhere inside quotation marks, but not beside them; in
   Chinese it had better be the other way round. Said with spaces of no width and with
   joiners, neither of which is printed. */
static void set_text(PangoLayout *layout, struct text words)
{
    static const char space[] = "\xE2\x80\x8B";
    static const char joiner[] = "\xE2\x81\xA0";
    GString *marked = g_string_sized_new(4 * words.len + 1);
    bool is_quoted = false;
    for (size_t i = 0, next; i < words.len; i = next) {
        struct text rest = {words.ptr + i, words.len - i};
        bool is_opening = text_starts_with(rest, TEXT("“"));
        next = i + 1;
        while (next < words.len && ((unsigned char)words.ptr[next] & 0xC0) == 0x80)
            next++;
        if (i > 0 && (is_opening || is_quoted))
            g_string_append(marked, is_opening ? space : joiner);
        g_string_append_len(marked, rest.ptr, (gssize)(next - i));
        if (text_starts_with(rest, TEXT("”")))
            g_string_append(marked, space);
        is_quoted = is_opening || (is_quoted && !text_starts_with(rest, TEXT("”")));
    }
    pango_layout_set_text(layout, marked->str, (int)marked->len);
    (void)g_string_free(marked, TRUE);
}

static PangoLayout *shape(
    struct sheet *sheet, struct text words, const struct sheet_style *style)
{
    PangoLayout *layout = pango_layout_new(sheet->context);
    if (style->lines > 1)
        set_text(layout, words);
    else
        pango_layout_set_text(layout, words.ptr == NULL ? "" : words.ptr, (int)words.len);
    set_size(layout, style->size, style);
    fit(layout, style);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0)
        sheet->has_unknown_letters = true;
    return layout;
}

static bool is_same_style(const struct sheet_style *a, const struct sheet_style *b)
{
    return !(a->size < b->size) && !(a->size > b->size) && !(a->width < b->width) &&
           !(a->width > b->width) && !(a->size_min < b->size_min) &&
           !(a->size_min > b->size_min) && a->lines == b->lines &&
           a->is_bold == b->is_bold && a->is_serif == b->is_serif &&
           a->is_flowing == b->is_flowing;
}

/* Borrowed from the sheet until some words later; too long ones take the place of others
   too, under an empty text that fits none. */
static PangoLayout *find_words(
    struct sheet *sheet, struct text words, const struct sheet_style *style)
{
    bool can_be_kept = words.len > 0 && words.len <= SHEET_WORDS_BYTES;
    for (size_t i = 0; i < SHEET_WORDS_KEPT && can_be_kept; i++) {
        struct sheet_words *kept = &sheet->words[i];
        if (kept->layout != NULL && kept->len == words.len &&
            memcmp(kept->text, words.ptr, words.len) == 0 &&
            is_same_style(&kept->style, style))
            return kept->layout;
    }
    struct sheet_words *place = &sheet->words[sheet->next_words];
    sheet->next_words = (sheet->next_words + 1) % SHEET_WORDS_KEPT;
    clear_words(place);
    place->layout = shape(sheet, words, style);
    place->style = *style;
    place->len = can_be_kept ? words.len : 0;
    if (can_be_kept)
        memcpy(place->text, words.ptr, words.len);
    return place->layout;
}

bool sheet_has_fonts(struct sheet *sheet)
{
    static const struct sheet_style styles[] = {
        {.size = 10}, {.size = 10, .is_bold = true}, {.size = 10, .is_serif = true}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        (void)find_words(sheet, TEXT(SAMPLE), &styles[i]);
    return !sheet->has_unknown_letters;
}

int sheet_text_lines(
    struct sheet *sheet, struct text words, const struct sheet_style *style)
{
    return pango_layout_get_line_count(find_words(sheet, words, style));
}

struct text sheet_address(struct text public_url)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        struct text scheme = text_of(schemes[i]);
        if (text_starts_with(public_url, scheme))
            return (struct text){
                public_url.ptr + scheme.len, public_url.len - scheme.len};
    }
    return public_url;
}

static double left_of(double x, enum sheet_align align, double width)
{
    if (align == SHEET_LEFT)
        return x;
    return align == SHEET_CENTRE ? x - width / 2 : x - width;
}

double sheet_text_part(struct sheet *sheet, double x, double y, struct text words,
    const struct sheet_style *style, struct sheet_lines lines)
{
    PangoLayout *layout = find_words(sheet, words, style);
    int all = pango_layout_get_line_count(layout);
    int end = all - lines.first < lines.count ? all : lines.first + lines.count;
    double leading = style->size * (style->leading > 0 ? style->leading : 1.3);
    sheet_use(sheet, style->colour);
    for (int i = lines.first; i < end; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        PangoRectangle extents;
        pango_layout_line_get_extents(line, NULL, &extents);
        cairo_move_to(sheet->cairo,
            left_of(x, style->align, (double)extents.width / PANGO_SCALE),
            y + leading * (i - lines.first));
        pango_cairo_show_layout_line(sheet->cairo, line);
    }
    cairo_new_path(sheet->cairo); /* the pen still stands where the letters began */
    return y + leading * (end - lines.first);
}

double sheet_text(struct sheet *sheet, double x, double y, struct text words,
    const struct sheet_style *style)
{
    return sheet_text_part(
        sheet, x, y, words, style, (struct sheet_lines){.count = INT_MAX});
}

/* ---- words that others typed ---- */

static bool has_unknown(PangoLayout *layout, struct text words)
{
    pango_layout_set_text(layout, words.ptr, (int)words.len);
    return pango_layout_get_unknown_glyphs_count(layout) > 0;
}

/* The character at i, with its continuation bytes. */
static struct text character_at(struct text words, size_t i)
{
    size_t end = i + 1;
    while (end < words.len && ((unsigned char)words.ptr[end] & 0xC0) == 0x80)
        end++;
    return (struct text){words.ptr + i, end - i};
}

struct text sheet_known_words(
    struct sheet *sheet, struct arena *arena, struct text words, bool is_serif)
{
    const struct sheet_style style = {.size = 12, .is_serif = is_serif};
    struct text box = TEXT("□");
    struct buffer out;
    PangoLayout *layout = pango_layout_new(sheet->context);
    set_size(layout, style.size, &style);
    if (words.len == 0 || !has_unknown(layout, words)) {
        g_object_unref(layout);
        return words;
    }
    buffer_init(&out, arena, words.len * box.len);
    for (size_t i = 0; i < words.len;) {
        struct text character = character_at(words, i);
        buffer_add_text(&out, has_unknown(layout, character) ? box : character);
        i += character.len;
    }
    g_object_unref(layout);
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}
