/* template_attribute.c: one attribute of a tag and its value, by the kind that the tables
   give its name. Values stand in quotes; an address is literal or one expression. */
#include "web/tools/template_scanner.h"

#include <ctype.h>
#include <string.h>

/* A value while it is read. */
struct value {
    struct piece name;    /* of the attribute */
    struct piece quote;   /* where it opens */
    struct piece literal; /* from the first character to the last, if has_expression is
                             false */
    enum attribute_kind kind;
    bool is_content; /* of a meta tag */
    bool has_expression;
    bool allows_expressions; /* false inside {{? }} */
};

static bool is_name_character(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

static struct piece read_name(struct scanner *s)
{
    struct piece name = here(s);
    while (is_name_character(look(s)))
        advance(s, 1);
    end_piece(s, &name);
    if (looking_at(s, "{{") && !looking_at(s, "{{?"))
        fail(s, &name, "An expression may not stand in an attribute's name.");
    return name;
}

static void check_expression(
    struct scanner *s, const struct value *value, const struct piece *at)
{
    const struct piece name = value->name;
    if (!value->allows_expressions)
        fail(s, at, "No expression may stand in the attribute of a {{? }}: use %% if.");
    else if (value->kind == ATTRIBUTE_LITERAL)
        fail(s, at, "No expression may stand in %.*s=.", (int)name.len, name.ptr);
    else if (value->kind == ATTRIBUTE_URL && s->at != value->quote.ptr + 1)
        fail(s, at,
            "An address is one expression from a URL builder; nothing may stand "
            "beside it in %.*s=.",
            (int)name.len, name.ptr);
}

static void scan_value_expression(struct scanner *s, struct value *value)
{
    struct piece at = here(s);
    check_expression(s, value, &at);
    value->has_expression = true;
    scan_braces(s, value->kind == ATTRIBUTE_URL ? PLACE_URL : PLACE_ATTRIBUTE);
    at = here(s);
    if (value->kind == ATTRIBUTE_URL && look(s) != *value->quote.ptr)
        fail(s, &at,
            "An address is one expression from a URL builder; nothing may stand "
            "beside it in %.*s=.",
            (int)value->name.len, value->name.ptr);
}

static void scan_value_c_lines(struct scanner *s, const struct value *value)
{
    struct piece at = here(s);
    if (value->kind != ATTRIBUTE_PLAIN || !value->allows_expressions)
        fail(s, &at, "No C line may stand in %.*s=.", (int)value->name.len,
            value->name.ptr);
    else if (!scan_c_lines(s))
        fail(s, &value->quote, "This value is never closed.");
}

static void scan_value_step(struct scanner *s, struct value *value)
{
    struct piece at = here(s);
    if (at_c_line(s))
        scan_value_c_lines(s, value);
    else if (looking_at(s, "{{"))
        scan_value_expression(s, value);
    else if (look(s) == '&')
        scan_reference(s);
    else if (look(s) == '<')
        fail(s, &at,
            "Write &lt; for < in a value; or is the quote of line %u, column %u never "
            "closed?",
            value->quote.line, value->quote.column);
    else {
        emit_char(&s->emitter, look(s));
        advance(s, 1);
    }
}

/* At the opening quote. */
static void scan_quoted(struct scanner *s, struct value *value)
{
    const char quote = look(s);
    const enum where where = s->where;
    const char *anchor = s->anchor;
    s->where = IN_VALUE;
    s->anchor = value->name.ptr;
    value->quote = here(s);
    emit_char(&s->emitter, quote);
    advance(s, 1);
    value->literal = here(s);
    while (!at_end(s) && look(s) != quote)
        scan_value_step(s, value);
    end_piece(s, &value->literal);
    if (at_end(s))
        fail(s, &value->quote, "This quote is never closed.");
    emit_char(&s->emitter, quote);
    advance(s, 1);
    s->where = where;
    s->anchor = anchor;
}

static bool literal_is(const struct value *value, const char *word)
{
    return !value->has_expression &&
           name_is(value->literal.ptr, value->literal.len, word);
}

/* A literal address that would run script or hide a page in itself. Browsers skip blanks
   in front. */
static void check_address(struct scanner *s, const struct value *value)
{
    static const char *const refused[] = {"javascript:", "vbscript:", "data:", "blob:"};
    const char *at = value->literal.ptr;
    size_t left = value->literal.len;
    for (; left > 0 && is_blank(*at); left--)
        at++;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        size_t len = strlen(refused[i]);
        if (left >= len && name_is(at, len, refused[i]))
            fail(s, &value->literal, "An address may not begin with %s", refused[i]);
    }
}

/* What decides how a script's body is read must not depend on a condition. */
static void note_script(struct scanner *s, struct tag *tag, const struct value *value)
{
    const struct piece name = value->name;
    if (name_is(name.ptr, name.len, "src"))
        tag->has_src = true;
    if (!name_is(name.ptr, name.len, "type"))
        return;
    if (value->has_expression || !value->allows_expressions ||
        s->block_count != tag->block_count)
        fail(s, &name, "A script's type is written out and stands under no condition.");
    tag->is_json = literal_is(value, "application/json");
    if (!tag->is_json && !literal_is(value, "module"))
        fail(
            s, &value->literal, "A script's type is \"module\" or \"application/json\".");
}

static void note_attribute(struct scanner *s, struct tag *tag, const struct value *value)
{
    const struct piece name = value->name;
    if (value->kind == ATTRIBUTE_URL && !value->has_expression)
        check_address(s, value);
    if (name_is(tag->name.ptr, tag->name.len, "script"))
        note_script(s, tag, value);
    if (name_is(name.ptr, name.len, "http-equiv"))
        tag->has_http_equiv = true;
    if (name_is(name.ptr, name.len, "content") && value->has_expression)
        tag->has_dynamic_content = true;
    if (tag->has_http_equiv && tag->has_dynamic_content)
        fail(s, &name, "No expression may stand in a tag with http-equiv=.");
}

static void scan(struct scanner *s, struct tag *tag, bool allows_expressions)
{
    struct value value = {.name = read_name(s), .allows_expressions = allows_expressions};
    value.kind = attribute_kind(value.name.ptr, value.name.len);
    if (value.name.len == 0)
        fail(s, &value.name, "An attribute is missing here.");
    if (value.kind == ATTRIBUTE_REFUSED)
        fail(s, &value.name, "%.*s= is never allowed: use a class or a script file.",
            (int)value.name.len, value.name.ptr);
    emit_char(&s->emitter, ' ');
    emit_piece(&s->emitter, value.name);
    value.literal = value.name;
    if (look(s) != '=')
        return;
    emit_char(&s->emitter, '=');
    advance(s, 1);
    struct piece at = here(s);
    if (look(s) != '"' && look(s) != '\'')
        fail(s, &at, "Put the value of %.*s= in quotes.", (int)value.name.len,
            value.name.ptr);
    else
        scan_quoted(s, &value);
    if (!s->is_failed)
        note_attribute(s, tag, &value);
}

void scan_attribute(struct scanner *s, struct tag *tag)
{
    scan(s, tag, true);
}

void scan_literal_attribute(struct scanner *s, struct tag *tag)
{
    scan(s, tag, false);
}
