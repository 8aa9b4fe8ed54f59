/* template_tag.c: start tags, end tags and the stack of what is open. Each element is
   closed by hand, except void ones; nothing relies on the browser's repairs. */
#include "web/tools/template_scanner.h"

#include <ctype.h>
#include <string.h>

static struct piece read_tag_name(struct scanner *s)
{
    struct piece name = here(s);
    while (isalnum((unsigned char)look(s)) || look(s) == '-')
        advance(s, 1);
    end_piece(s, &name);
    if (looking_at(s, "{{") && !looking_at(s, "{{?"))
        fail(s, &name, "An expression may not stand in a tag's name.");
    return name;
}

/* White space beside a block's tag is dropped, beside another tag kept as one. */
static void settle_space(struct scanner *s, unsigned traits)
{
    if ((traits & ELEMENT_BLOCK) != 0)
        s->pending_space = '\0';
    else
        flush_space(s);
}

static bool is_foreign(const struct scanner *s)
{
    for (size_t i = 0; i < s->depth; i++)
        if ((s->elements[i].traits & ELEMENT_FOREIGN) != 0)
            return true;
    return false;
}

static void open_element(struct scanner *s, struct piece name, unsigned traits)
{
    if (s->depth == ELEMENTS_MAX)
        fail(s, &name, "More than %d elements are open.", ELEMENTS_MAX);
    else
        s->elements[s->depth++] = (struct element){name, traits};
}

/* Between attributes. False at the tag's end. */
static bool scan_tag_step(struct scanner *s, struct tag *tag, bool *has_space)
{
    struct piece at = here(s);
    if (at_c_line(s)) {
        if (!scan_c_lines(s))
            fail(s, &tag->name, "This tag is never closed.");
        *has_space = true;
    } else if (is_blank(look(s))) {
        advance(s, 1);
        *has_space = true;
    } else if (looking_at(s, "{{?")) {
        scan_condition(s, tag);
        *has_space = false;
    } else if (looking_at(s, "{{")) {
        fail(s, &at,
            "Between attributes only {{? condition : attribute}} may stand; values of "
            "attributes stand in quotes.");
    } else if (isalpha((unsigned char)look(s))) {
        if (!*has_space)
            fail(s, &at, "A blank is missing before this attribute.");
        scan_attribute(s, tag);
        *has_space = false;
    } else if (look(s) == '/' || look(s) == '>') {
        return false;
    } else if (!at_end(s)) {
        fail_at_letter(s, "in a tag");
    }
    return !at_end(s);
}

/* At '>' or '/'. True if the element is closed at once. */
static bool scan_tag_end(struct scanner *s, const struct tag *tag, unsigned traits)
{
    struct piece at = here(s);
    bool is_closed = looking_at(s, "/>");
    bool is_void = (traits & ELEMENT_VOID) != 0;
    if (is_closed && !is_void && !is_foreign(s) && (traits & ELEMENT_FOREIGN) == 0)
        fail(s, &at, "In HTML <%.*s/> is not closed: write </%.*s>.", (int)tag->name.len,
            tag->name.ptr, (int)tag->name.len, tag->name.ptr);
    if (at_end(s))
        fail(s, &tag->name, "This tag is never closed.");
    else if (look(s) == '/' && !is_closed)
        fail(s, &at, "'/' may not stand in a tag.");
    emit_string(&s->emitter, is_closed && !is_void ? "/>" : ">");
    advance(s, is_closed ? 2 : 1);
    return is_closed || is_void;
}

/* ---- script ---- */

static void scan_json_string(struct scanner *s)
{
    struct piece quote = here(s);
    do {
        struct piece at = here(s);
        if (looking_at(s, "{{"))
            fail(
                s, &at, "An expression brings its own quotes in JSON: leave these away.");
        if (look(s) == '<')
            fail(s, &at, "Write \\u003c for < in JSON.");
        size_t bytes = look(s) == '\\' ? 2 : 1;
        for (size_t i = 0; i < bytes && !at_end(s); i++) {
            emit_char(&s->emitter, look(s));
            advance(s, 1);
        }
    } while (!at_end(s) && look(s) != '"' && look(s) != '\n');
    if (look(s) != '"')
        fail(s, &quote, "This string is never closed.");
    emit_char(&s->emitter, '"');
    advance(s, 1);
}

static void scan_json_step(struct scanner *s)
{
    struct piece at = here(s);
    char c = look(s);
    if (at_c_line(s)) {
        if (!scan_c_lines(s))
            fail(s, &at, "A <script> is still open.");
    } else if (looking_at(s, "{{")) {
        scan_braces(s, PLACE_JSON);
    } else if (c == '"') {
        scan_json_string(s);
    } else if (is_blank(c)) {
        advance(s, 1); /* means nothing between JSON's tokens */
    } else if (isalnum((unsigned char)c) || strchr("{}[]:,+-.", c) != NULL) {
        emit_char(&s->emitter, c);
        advance(s, 1);
    } else {
        fail_at_letter(s, "in JSON");
    }
}

/* Behind the start tag, up to "</": JSON, or nothing. */
static void scan_script(struct scanner *s, const struct tag *tag)
{
    s->where = IN_JSON;
    s->anchor = tag->name.ptr;
    while (tag->is_json && !at_end(s) && !looking_at(s, "</"))
        scan_json_step(s);
    s->where = IN_TEXT;
    s->anchor = NULL;
    if (!tag->is_json)
        skip_blanks(s);
    struct piece at = here(s);
    if (at_end(s))
        fail(s, &tag->name, "This script is never closed.");
    if (!looking_at(s, "</"))
        fail(s, &at,
            "No script may stand in a page: put it in a file and name it in src=, or "
            "use type=\"application/json\" for data.");
    if (!tag->is_json && !tag->has_src)
        fail(s, &tag->name, "A script without src= or type=\"application/json\".");
}

void scan_start_tag(struct scanner *s)
{
    struct piece less = here(s);
    advance(s, 1);
    struct tag tag = {.name = read_tag_name(s), .block_count = s->block_count};
    const unsigned traits = element_traits(tag.name.ptr, tag.name.len);
    if ((traits & ELEMENT_REFUSED) != 0)
        fail(s, &less, "<%.*s> is never allowed in a page.", (int)tag.name.len,
            tag.name.ptr);
    settle_space(s, traits);
    emit_char(&s->emitter, '<');
    emit_piece(&s->emitter, tag.name);

    s->where = IN_TAG;
    s->anchor = less.ptr;
    bool has_space = false;
    while (scan_tag_step(s, &tag, &has_space))
        ;
    s->where = IN_TEXT;
    s->anchor = NULL;
    bool is_closed = scan_tag_end(s, &tag, traits);
    s->is_after_block = (traits & ELEMENT_BLOCK) != 0;
    if (!is_closed)
        open_element(s, tag.name, traits);
    if ((traits & ELEMENT_SCRIPT) == 0 || s->is_failed)
        return;
    if (is_closed)
        fail(s, &less, "A script is closed by </script>.");
    else
        scan_script(s, &tag);
}

static void check_end_tag(struct scanner *s, const struct piece *name)
{
    const struct element *open = s->depth == 0 ? NULL : &s->elements[s->depth - 1];
    size_t outside = s->block_count == 0 ? 0 : s->blocks[s->block_count - 1].depth;
    if ((element_traits(name->ptr, name->len) & ELEMENT_VOID) != 0)
        fail(s, name, "<%.*s> has no end tag.", (int)name->len, name->ptr);
    else if (open == NULL)
        fail(s, name, "</%.*s> closes nothing.", (int)name->len, name->ptr);
    else if (s->depth <= outside)
        fail(s, name, "</%.*s> would close what was opened outside of this C block.",
            (int)name->len, name->ptr);
    else if (open->name.len != name->len ||
             memcmp(open->name.ptr, name->ptr, name->len) != 0)
        fail(s, name, "</%.*s> does not close <%.*s> of line %u, column %u.",
            (int)name->len, name->ptr, (int)open->name.len, open->name.ptr,
            open->name.line, open->name.column - 1);
}

void scan_end_tag(struct scanner *s)
{
    advance(s, strlen("</"));
    struct piece name = read_tag_name(s);
    if (!s->is_failed)
        check_end_tag(s, &name);
    skip_blanks(s);
    struct piece at = here(s);
    if (look(s) != '>')
        fail(s, &at, "An end tag ends with >.");
    advance(s, 1);
    if (s->is_failed)
        return;
    const unsigned traits = s->elements[--s->depth].traits;
    settle_space(s, traits);
    emit_string(&s->emitter, "</");
    emit_piece(&s->emitter, name);
    emit_char(&s->emitter, '>');
    s->is_after_block = (traits & ELEMENT_BLOCK) != 0;
}
