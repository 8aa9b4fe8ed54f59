/* plan_repair.c: finds signs of a Chinese keyboard, tabs and missing spaces where they
   stand as YAML syntax, reports them and puts the right sign in their place, so that one
   slip does not hide the mistakes of the rest of the file. It follows just enough of YAML
   to know where syntax is: quotes, comments, block texts, brackets, and whether a key, a
   value or a text is expected. Full-width signs inside texts are text. */
#include "kiosk/plan_indent.h"

#include "kiosk/language.h"

#include <string.h>

enum expects {
    EXPECTS_KEY,   /* at the start of an entry: a key, a list item, a bracket */
    EXPECTS_VALUE, /* behind a key's colon */
    IN_TEXT,       /* inside a text without quotes */
    BEHIND_VALUE   /* behind a closing quote or bracket */
};

struct repair {
    struct problems *problems;
    struct cursor cursor;
    struct indent indent;
    enum expects expects;
    char quote;                  /* the quotation mark that is open, or 0 */
    bool is_key;                 /* the quoted text may be a key */
    char open[PLAN_NESTING_MAX]; /* the brackets that are open: { or [ */
    size_t depth;
    unsigned entry_column; /* of the last - or key outside brackets, mended, from 0 */
    bool is_block_text;    /* lines indented deeper than entry_column are text */
};

/* ---- mending ---- */

static void mend_sign(struct repair *repair)
{
    const struct sign *sign = cursor_sign(&repair->cursor, 0);
    source_report(repair->problems, repair->cursor.place,
        (struct problem){.message = N_("A full-width “{1}” stands here, where the plan "
                                       "needs the half-width sign."),
            .argument = {text_of(sign->wide)},
            .did_you_mean = {&sign->narrow, 1}});
    cursor_put(&repair->cursor, sign->narrow);
    cursor_skip(&repair->cursor);
    repair->cursor.is_blank_before = false;
}

static void mend_space(struct repair *repair)
{
    source_report(repair->problems, repair->cursor.place,
        (struct problem){.message = N_("A full-width space stands here. Use an ordinary "
                                       "space.")});
    cursor_put(&repair->cursor, ' ');
    cursor_skip(&repair->cursor);
    repair->cursor.is_blank_before = true;
}

static void need_space_behind_colon(struct repair *repair)
{
    char next = cursor_byte(&repair->cursor, 0);
    if (is_blank(next) || is_line_end(next))
        return;
    if (cursor_wide_space(&repair->cursor, 0) > 0)
        mend_space(repair);
    else
        cursor_insert_space(&repair->cursor);
}

/* ---- the pieces of a line ---- */

static char innermost(const struct repair *repair)
{
    return repair->depth == 0 ? 0 : repair->open[repair->depth - 1];
}

/* The sign at hand, narrow or wide; *is_wide says which. */
static char sign_here(const struct repair *repair, bool *is_wide)
{
    char wide = cursor_wide_sign(&repair->cursor, 0);
    *is_wide = wide != 0;
    return wide != 0 ? wide : cursor_byte(&repair->cursor, 0);
}

static void take_sign(struct repair *repair, bool is_wide, enum expects next)
{
    if (is_wide)
        mend_sign(repair);
    else
        cursor_copy(&repair->cursor);
    repair->expects = next;
}

/* A text may begin with a word in full-width brackets. They are syntax if an entry ends
   behind them or they are not closed on this line. */
static bool is_bracket(const struct repair *repair)
{
    char open = cursor_wide_sign(&repair->cursor, 0);
    char close = open == '{' ? '}' : ']';
    for (size_t offset = 3; !is_line_end(cursor_byte(&repair->cursor, offset));
         offset++) {
        if (cursor_wide_sign(&repair->cursor, offset) != close)
            continue;
        offset += strlen(cursor_sign(&repair->cursor, offset)->wide);
        offset += cursor_blanks(&repair->cursor, offset);
        char next = cursor_wide_sign(&repair->cursor, offset);
        next = next != 0 ? next : cursor_byte(&repair->cursor, offset);
        return is_line_end(next) || strchr(",]}#", next) != NULL;
    }
    return true;
}

static bool opens_bracket(struct repair *repair)
{
    bool is_wide;
    char sign = sign_here(repair, &is_wide);
    if ((sign != '{' && sign != '[') || repair->depth == PLAN_NESTING_MAX ||
        (is_wide && !is_bracket(repair)))
        return false;
    repair->open[repair->depth++] = sign;
    take_sign(repair, is_wide, EXPECTS_KEY);
    return true;
}

static bool closes_bracket(struct repair *repair)
{
    bool is_wide;
    char sign = sign_here(repair, &is_wide);
    char opener = sign == '}' ? '{' : sign == ']' ? '[' : 0;
    if (opener == 0 || innermost(repair) != opener)
        return false;
    repair->depth--;
    take_sign(repair, is_wide, BEHIND_VALUE);
    return true;
}

/* Is the full-width comma at hand a separator? Between the entries of a list and behind
   something closed, always; inside braces only if a key follows, else it is text. */
static bool is_separator(const struct repair *repair)
{
    if (innermost(repair) == '[' || repair->expects == BEHIND_VALUE)
        return true;
    size_t offset = strlen(cursor_sign(&repair->cursor, 0)->wide);
    offset += cursor_blanks(&repair->cursor, offset);
    size_t key = cursor_key_length(&repair->cursor, offset);
    offset += key;
    offset += cursor_blanks(&repair->cursor, offset);
    return key > 0 && (cursor_byte(&repair->cursor, offset) == ':' ||
                          cursor_wide_sign(&repair->cursor, offset) == ':');
}

static bool separates(struct repair *repair)
{
    bool is_wide;
    char sign = sign_here(repair, &is_wide);
    if (sign != ',' || repair->depth == 0 || (is_wide && !is_separator(repair)))
        return false;
    take_sign(repair, is_wide, EXPECTS_KEY);
    return true;
}

static bool is_followed_by_space(const struct repair *repair, size_t offset)
{
    char next = cursor_byte(&repair->cursor, offset);
    return is_blank(next) || is_line_end(next) ||
           cursor_wide_space(&repair->cursor, offset) > 0;
}

static void begin_entry(struct repair *repair, bool is_dash)
{
    if (repair->depth > 0)
        return;
    repair->entry_column = repair->cursor.mended_column;
    indent_note(&repair->indent, repair->cursor.mended_column, is_dash);
}

static bool begins_list_item(struct repair *repair)
{
    bool is_wide;
    char sign = sign_here(repair, &is_wide);
    size_t len = is_wide ? strlen(cursor_sign(&repair->cursor, 0)->wide) : 1;
    if (sign != '-' || repair->depth > 0 || repair->expects != EXPECTS_KEY ||
        !is_followed_by_space(repair, len))
        return false;
    begin_entry(repair, true);
    take_sign(repair, is_wide, EXPECTS_KEY);
    return true;
}

/* `|` or `>`, perhaps with an indentation digit and + or -, ends its line. */
static bool begins_block_text(struct repair *repair)
{
    char sign = cursor_byte(&repair->cursor, 0);
    if ((sign != '|' && sign != '>') || repair->depth > 0)
        return false;
    repair->is_block_text = true;
    cursor_copy_line(&repair->cursor);
    return true;
}

/* A colon without a space: mended behind a word that begins with a letter, unless an
   address (https://) begins here. */
static bool lacks_space(const struct repair *repair, size_t word, size_t colon)
{
    char first = cursor_byte(&repair->cursor, 0);
    char next = cursor_byte(&repair->cursor, colon + 1);
    bool ends_entry = repair->depth > 0 && strchr(",]}", next) != NULL;
    return word == colon && !(first >= '0' && first <= '9') && next != '/' &&
           next != ':' && !ends_entry;
}

static void report_missing_space(struct repair *repair)
{
    source_report(repair->problems, repair->cursor.place,
        (struct problem){
            .message = N_("There must be a space behind this colon. Add one.")});
}

/* A word and its colon, of either width. */
static bool takes_key(struct repair *repair)
{
    size_t word = cursor_key_length(&repair->cursor, 0);
    size_t colon = word + cursor_blanks(&repair->cursor, word);
    bool is_wide = cursor_wide_sign(&repair->cursor, colon) == ':';
    if (word == 0 || repair->expects != EXPECTS_KEY || innermost(repair) == '[' ||
        (!is_wide && cursor_byte(&repair->cursor, colon) != ':'))
        return false;
    bool is_spaced = is_wide || is_followed_by_space(repair, colon + 1);
    if (!is_spaced && !lacks_space(repair, word, colon))
        return false;
    begin_entry(repair, false);
    cursor_copy_bytes(&repair->cursor, colon);
    if (!is_spaced)
        report_missing_space(repair);
    take_sign(repair, is_wide, EXPECTS_VALUE);
    need_space_behind_colon(repair);
    return true;
}

static bool begins_quote(struct repair *repair)
{
    char c = cursor_byte(&repair->cursor, 0);
    if (c != '"' && c != '\'')
        return false;
    repair->quote = c;
    repair->is_key = repair->expects == EXPECTS_KEY;
    if (repair->is_key)
        begin_entry(repair, false);
    cursor_copy(&repair->cursor);
    return true;
}

static void copy_quoted(struct repair *repair)
{
    char c = cursor_byte(&repair->cursor, 0);
    bool is_escape = repair->quote == '"'
                         ? c == '\\'
                         : c == '\'' && cursor_byte(&repair->cursor, 1) == '\'';
    cursor_copy(&repair->cursor);
    if (is_escape && repair->cursor.at < repair->cursor.in.len &&
        !is_line_end(cursor_byte(&repair->cursor, 0))) {
        cursor_copy(&repair->cursor);
    } else if (!is_escape && c == repair->quote) {
        repair->quote = 0;
        repair->expects = BEHIND_VALUE;
    }
}

/* The colon behind a quoted key, or one inside a text that a space follows. */
static bool takes_colon(struct repair *repair)
{
    bool is_behind_key = repair->expects == BEHIND_VALUE && repair->is_key;
    if (cursor_wide_sign(&repair->cursor, 0) == ':' && is_behind_key) {
        take_sign(repair, true, EXPECTS_VALUE);
        need_space_behind_colon(repair);
        return true;
    }
    char next = cursor_byte(&repair->cursor, 1);
    if (cursor_byte(&repair->cursor, 0) != ':' ||
        !(is_blank(next) || is_line_end(next) || is_behind_key))
        return false;
    take_sign(repair, false, EXPECTS_VALUE);
    return true;
}

static bool begins_comment(struct repair *repair)
{
    bool is_wide;
    char sign = sign_here(repair, &is_wide);
    if (sign != '#' || !repair->cursor.is_blank_before ||
        (is_wide && (repair->expects != EXPECTS_KEY || repair->depth > 0)))
        return false;
    if (is_wide)
        mend_sign(repair);
    cursor_copy_line(&repair->cursor);
    return true;
}

/* Blanks keep what is expected. A tab is one, except where YAML measures columns. */
static bool takes_blank(struct repair *repair)
{
    char c = cursor_byte(&repair->cursor, 0);
    bool is_start = repair->expects == EXPECTS_KEY || repair->expects == BEHIND_VALUE;
    if (is_start && cursor_wide_space(&repair->cursor, 0) > 0) {
        mend_space(repair);
        return true;
    }
    if (!is_blank(c))
        return false;
    if (c == '\t' && repair->depth == 0 && repair->expects == EXPECTS_KEY) {
        indent_mend_tab(&repair->indent, &repair->cursor);
    } else {
        cursor_copy(&repair->cursor);
    }
    return true;
}

static void scan_piece(struct repair *repair)
{
    bool is_start = repair->expects == EXPECTS_KEY || repair->expects == EXPECTS_VALUE;
    if (takes_blank(repair) || begins_comment(repair) || closes_bracket(repair) ||
        separates(repair))
        return;
    if (is_start
            ? begins_list_item(repair) || opens_bracket(repair) || begins_quote(repair) ||
                  begins_block_text(repair) || takes_key(repair)
            : takes_colon(repair))
        return;
    if (is_start)
        repair->expects = IN_TEXT;
    cursor_copy(&repair->cursor);
}

/* ---- lines ---- */

static unsigned count_spaces(const struct repair *repair)
{
    unsigned count = 0;
    while (cursor_byte(&repair->cursor, count) == ' ')
        count++;
    return count;
}

static bool is_in_block_text(struct repair *repair)
{
    if (!repair->is_block_text)
        return false;
    repair->is_block_text =
        is_line_end(cursor_byte(&repair->cursor, cursor_blanks(&repair->cursor, 0))) ||
        count_spaces(repair) > repair->entry_column;
    return repair->is_block_text;
}

static void begin_line(struct repair *repair)
{
    if (repair->quote != 0 || repair->depth > 0)
        return;
    if (is_in_block_text(repair)) {
        cursor_copy_line(&repair->cursor);
        return;
    }
    repair->expects = EXPECTS_KEY;
    repair->is_key = false;
    indent_mend(&repair->indent, &repair->cursor);
}

static void repair_lines(struct repair *repair)
{
    while (repair->cursor.at < repair->cursor.in.len) {
        begin_line(repair);
        while (!cursor_is_at_line_end(&repair->cursor)) {
            if (repair->quote != 0)
                copy_quoted(repair);
            else
                scan_piece(repair);
        }
        cursor_next_line(&repair->cursor);
    }
}

enum status source_repair(struct arena *arena, struct text decoded,
    struct problems *problems, struct plan_source *out)
{
    struct plan_source source = {0};
    struct repair repair = {.problems = problems};
    enum status status = cursor_begin(&repair.cursor, arena, decoded, &source);
    if (status != STATUS_OK)
        return status;
    repair_lines(&repair);
    indent_report(&repair.indent, problems);
    source.yaml = (struct text){repair.cursor.out, repair.cursor.len};
    *out = source;
    return STATUS_OK;
}
