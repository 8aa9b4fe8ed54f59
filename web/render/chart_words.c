/* chart_words.c: words in a drawing, broken into lines. */
#include "web/render/chart_parts.h"

#include "kiosk/text.h"

static const double letters = CHART_LETTERS;

static size_t character_end(struct text text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end++;
    return end;
}

/* No line begins with a closing mark, and none ends with an opening one. */
static const struct text closings[] = {
    {"”", 3}, {"’", 3}, {"）", 3}, {"》", 3}, {"，", 3}, {"。", 3}, {"、", 3}, {"：", 3}};
static const struct text openings[] = {{"“", 3}, {"‘", 3}, {"（", 3}, {"《", 3}};

static bool is_one_of(
    struct text text, size_t at, const struct text *marks, size_t mark_count)
{
    struct text rest = {text.ptr + at, text.len - at};
    for (size_t i = 0; i < mark_count; i++)
        if (text_starts_with(rest, marks[i]))
            return true;
    return false;
}

static bool is_closing(struct text text, size_t at)
{
    return is_one_of(text, at, closings, sizeof closings / sizeof *closings);
}

static bool is_opening(struct text text, size_t at)
{
    return is_one_of(text, at, openings, sizeof openings / sizeof *openings);
}

/* As wide as it is drawn: curly quotes, which terminals take for one column, are as wide
   as a Chinese character there. */
static size_t drawn_columns(struct text text)
{
    static const char quotes[] = "\xE2\x80"; /* “ ” ‘ ’ and their last byte */
    size_t columns = text_columns(text);
    for (size_t i = 0; i + 2 < text.len; i++) {
        unsigned char last = (unsigned char)text.ptr[i + 2];
        bool is_quote = text.ptr[i] == quotes[0] && text.ptr[i + 1] == quotes[1] &&
                        (last == 0x98 || last == 0x99 || last == 0x9C || last == 0x9D);
        columns += is_quote ? 1 : 0;
    }
    return columns;
}

size_t chart_fitting(struct text text, size_t columns)
{
    size_t end = 0, last = 0, blank = 0;
    while (end < text.len) {
        size_t next = character_end(text, end);
        if (drawn_columns((struct text){text.ptr, next}) > columns) {
            if (blank > 0 || end == 0)
                return blank > 0 ? blank : next;
            if (last > 0 && is_opening(text, last))
                return last;
            return is_closing(text, end) ? next : end;
        }
        if (text.ptr[end] == ' ' || text.ptr[end] == '-')
            blank = next;
        last = end;
        end = next;
    }
    return end;
}

struct text chart_shorten(struct arena *arena, struct text words, size_t columns)
{
    size_t len = chart_fitting(words, columns);
    if (len == words.len)
        return words;
    return text_format(arena, "%.*s…", (int)chart_fitting(words, columns - 2), words.ptr);
}

double chart_draw_line(
    struct canvas *canvas, double x, double y, struct text words, bool is_bold)
{
    canvas_text(canvas, (struct point){x, y}, words,
        (struct lettering){
            is_bold ? PAINT_INK : PAINT_INK_2, letters, is_bold, ANCHOR_MIDDLE});
    return y + CHART_LINE;
}

double chart_draw_words(struct canvas *canvas, struct arena *arena,
    const struct chart_label *label, struct text words, int lines, bool is_bold)
{
    const size_t columns = label->columns;
    double y = label->at.y;
    for (int line = 1; line <= lines && words.len > 0; line++) {
        size_t len = chart_fitting(words, columns);
        struct text piece = {words.ptr, len};
        if (line == lines && len < words.len)
            piece = text_format(
                arena, "%.*s…", (int)chart_fitting(words, columns - 2), words.ptr);
        y = chart_draw_line(canvas, label->at.x, y, text_trim(piece), is_bold);
        words = (struct text){words.ptr + len, words.len - len};
    }
    return y;
}
