/* plan_indent.c: how wide a tab is, is anybody's guess; ours is the one that fits. */
#include "kiosk/plan_indent.h"

#include "kiosk/language.h"

void indent_note(struct indent *indent, unsigned column, bool is_dash)
{
    while (indent->level_count > 0 &&
           indent->levels[indent->level_count - 1].column > column)
        indent->level_count--;
    if (indent->level_count < PLAN_NESTING_MAX)
        indent->levels[indent->level_count++] = (struct level){column, is_dash};
}

static void count_line(struct indent *indent, struct place place)
{
    if (indent->lines == 0)
        indent->first = place;
    indent->lines += indent->last_line != place.line;
    indent->last_line = place.line;
}

void indent_mend_tab(struct indent *indent, struct cursor *cursor)
{
    count_line(indent, cursor->place);
    cursor_put(cursor, ' ');
    cursor_skip(cursor);
    cursor->is_blank_before = true;
}

/* The blanks in front of a line: columns without tabs, and the tabs. */
struct blanks {
    size_t len; /* bytes */
    unsigned columns;
    unsigned tabs;
};

static struct blanks measure(const struct cursor *cursor)
{
    struct blanks blanks = {.len = cursor_blanks(cursor, 0)};
    for (size_t at = 0; at < blanks.len;) {
        size_t wide = cursor_wide_space(cursor, at);
        blanks.tabs += cursor_byte(cursor, at) == '\t';
        blanks.columns += wide > 0 ? 2 : cursor_byte(cursor, at) == ' ';
        at += wide > 0 ? wide : 1;
    }
    return blanks;
}

static bool fits(const struct indent *indent, unsigned column, bool is_dash)
{
    for (size_t i = 0; i < indent->level_count; i++)
        if (indent->levels[i].column == column && indent->levels[i].is_dash == is_dash)
            return true;
    return false;
}

/* Two columns make keys behind a "- " line up if each level is one tab; four are what
   most editors show. */
static unsigned tab_columns(
    const struct indent *indent, const struct blanks *blanks, bool is_dash)
{
    for (unsigned columns = 2; columns <= TAB_COLUMNS_MAX; columns++)
        if (fits(indent, blanks->columns + blanks->tabs * columns, is_dash))
            return columns;
    return 2;
}

static void mend_blank(struct cursor *cursor, unsigned columns)
{
    cursor_put(cursor, ' ');
    for (unsigned i = 1; i < columns; i++)
        cursor_insert_space(cursor);
    cursor_skip(cursor);
}

void indent_mend(struct indent *indent, struct cursor *cursor)
{
    struct blanks blanks = measure(cursor);
    char next = cursor_byte(cursor, blanks.len);
    bool is_harmless = is_line_end(next) || next == '#';
    bool is_dash = next == '-' || cursor_wide_sign(cursor, blanks.len) == '-';
    unsigned columns = tab_columns(indent, &blanks, is_dash);
    size_t end = cursor->at + blanks.len;
    while (cursor->at < end) {
        bool is_space = cursor_byte(cursor, 0) == ' ';
        if (!is_space && !is_harmless)
            count_line(indent, cursor->place);
        if (is_space)
            cursor_copy(cursor);
        else
            mend_blank(cursor, cursor_byte(cursor, 0) == '\t' ? columns : 2);
    }
    cursor->is_blank_before = true;
}

void indent_report(const struct indent *indent, struct problems *problems)
{
    if (indent->lines == 0)
        return;
    source_report(problems, indent->first,
        (struct problem){
            .message = N_("Tabs or full-width spaces indent this line (lines "
                          "of this kind: {1}). Indent with ordinary spaces."),
            .argument = {text_format(problems->arena, "%u", indent->lines)}});
}
