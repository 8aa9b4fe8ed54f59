/* template_text.c: what stands between tags, and the page as a whole. White space outside
   <pre> and <textarea> is kept as one blank or line end, and dropped beside the tags of
   blocks, where it is never seen; words are never merged. */
#include "web/tools/template_scanner.h"

#include <ctype.h>
#include <string.h>

void flush_space(struct scanner *s)
{
    if (s->pending_space != '\0' && !s->is_after_block)
        emit_char(&s->emitter, s->pending_space);
    s->pending_space = '\0';
    s->is_after_block = false;
}

static bool keeps_space(const struct scanner *s)
{
    for (size_t i = 0; i < s->depth; i++)
        if ((s->elements[i].traits & ELEMENT_KEEPS_SPACE) != 0)
            return true;
    return false;
}

static const struct element *text_only_element(const struct scanner *s)
{
    const struct element *top = s->depth == 0 ? NULL : &s->elements[s->depth - 1];
    return top != NULL && (top->traits & ELEMENT_TEXT_ONLY) != 0 ? top : NULL;
}

static size_t count_digits(const char *at, const char *end, int (*is_digit)(int))
{
    size_t count = 0;
    while (at + count < end && is_digit((unsigned char)at[count]))
        count++;
    return count;
}

void scan_reference(struct scanner *s)
{
    struct piece at = here(s);
    size_t prefix = looking_at(s, "&#x") ? 3 : looking_at(s, "&#") ? 2 : 1;
    size_t digits = count_digits(s->at + prefix, s->end,
        prefix == 3   ? isxdigit
        : prefix == 2 ? isdigit
                      : isalnum);
    const char *semicolon = s->at + prefix + digits;
    if (digits == 0 || semicolon >= s->end || *semicolon != ';') {
        fail(s, &at, "Write &amp; for an ampersand.");
        return;
    }
    advance(s, prefix + digits + 1);
    end_piece(s, &at);
    emit_piece(&s->emitter, at);
}

/* Comments are for authors and are not printed. */
static void scan_comment(struct scanner *s)
{
    struct piece start = here(s);
    advance(s, strlen("<!--"));
    while (!at_end(s) && !looking_at(s, "-->")) {
        struct piece at = here(s);
        if (at_c_line(s) || looking_at(s, "{{"))
            fail(s, &at, "Neither C lines nor {{ may stand in a comment.");
        advance(s, 1);
    }
    if (at_end(s))
        fail(s, &start, "This comment is never closed.");
    advance(s, strlen("-->"));
}

static void scan_declaration(struct scanner *s)
{
    static const char doctype[] = "<!doctype html>";
    struct piece at = here(s);
    if ((size_t)(s->end - s->at) < strlen(doctype) ||
        !name_is(s->at, strlen(doctype), doctype))
        fail(s, &at, "Only <!doctype html> and comments may start with <!.");
    s->pending_space = '\0';
    emit_string(&s->emitter, doctype);
    advance(s, strlen(doctype));
    s->is_after_block = true;
}

static void scan_less(struct scanner *s)
{
    struct piece at = here(s);
    const struct element *text_only = text_only_element(s);
    if (text_only != NULL && !looking_at(s, "</"))
        fail(s, &at, "Only text may stand in <%.*s>.", (int)text_only->name.len,
            text_only->name.ptr);
    else if (looking_at(s, "<!--"))
        scan_comment(s);
    else if (looking_at(s, "<!"))
        scan_declaration(s);
    else if (looking_at(s, "</"))
        scan_end_tag(s);
    else if (s->end - s->at > 1 && isalpha((unsigned char)s->at[1]))
        scan_start_tag(s);
    else if (looking_at(s, "<{{"))
        fail(s, &at, "An expression may not stand in a tag's name.");
    else
        fail(s, &at, "Write &lt; for a less-than sign.");
}

static void scan_space(struct scanner *s)
{
    char c = look(s);
    advance(s, 1);
    if (keeps_space(s))
        emit_char(&s->emitter, c);
    else if (c == '\n' || s->pending_space == '\0')
        s->pending_space = c == '\n' ? '\n' : ' ';
}

/* At a boundary of C the page may come from, or go on, elsewhere: what is pending is
   settled, and nothing is known of what was printed last. */
static bool scan_c_in_text(struct scanner *s)
{
    flush_space(s);
    return scan_c_lines(s);
}

static void scan_text_step(struct scanner *s)
{
    struct piece at = here(s);
    char c = look(s);
    if (is_blank(c)) {
        scan_space(s);
    } else if (c == '<') {
        scan_less(s);
    } else if (looking_at(s, "{{")) {
        flush_space(s);
        scan_braces(s, PLACE_TEXT);
    } else if (looking_at(s, "}}")) {
        fail(s, &at, "This }} closes nothing.");
    } else {
        flush_space(s);
        if (c == '&') {
            scan_reference(s);
        } else {
            emit_char(&s->emitter, c);
            advance(s, 1);
        }
    }
}

static void check_all_closed(struct scanner *s)
{
    if (s->depth > 0) {
        struct piece name = s->elements[s->depth - 1].name;
        fail(s, &name, "<%.*s> is never closed.", (int)name.len, name.ptr);
    }
    if (s->block_count > 0)
        fail(s, &s->blocks[s->block_count - 1].brace, "This { is never closed.");
}

/* One template, from behind its %template line to the next or to the end. */
void scan_content(struct scanner *s)
{
    s->pending_space = '\0';
    s->is_after_block = true; /* white space at both ends is dropped */
    while (!at_end(s)) {
        if (at_template_line(s))
            break;
        if (at_c_line(s))
            (void)scan_c_in_text(s);
        else
            scan_text_step(s);
    }
    check_all_closed(s);
    emit_function_end(&s->emitter);
}

bool template_compile(const char *path, const char *source, size_t length, FILE *c,
    FILE *header, struct template_error *error)
{
    struct scanner s = {.start = source,
        .at = source,
        .end = source + length,
        .line = 1,
        .column = 1,
        .emitter = {.c = c, .header = header, .path = path},
        .error = error};
    if (!check_bytes(&s))
        return false;
    s.at = source;
    s.line = 1;
    s.column = 1;
    emit_file_begin(&s.emitter);
    scan_preamble(&s);
    while (!at_end(&s)) {
        scan_template_line(&s);
        scan_content(&s);
    }
    return !s.is_failed;
}
