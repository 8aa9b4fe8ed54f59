/* template_braces.c: {{ }} in its six forms, each written as a call that escapes for the
   place where it stands. */
#include "web/tools/template_scanner.h"

#include <ctype.h>
#include <string.h>

/* Named by where the text goes; web/html.h has them. */
static const char *const adders[] = {
    [PLACE_TEXT] = "html_add_text",
    [PLACE_ATTRIBUTE] = "html_add_attribute",
    [PLACE_URL] = "html_add_url",
    [PLACE_JSON] = "html_add_json",
};
static const char *const values[] = {
    [PLACE_TEXT] = "html_text_value",
    [PLACE_ATTRIBUTE] = "html_attribute_value",
    [PLACE_URL] = "",
    [PLACE_JSON] = "html_json_value",
};

struct arguments {
    struct piece list[ARGUMENTS_MAX];
    size_t count;
};

/* Bit n-1 for each {n} in the text. */
static unsigned placeholders(struct piece text)
{
    unsigned found = 0;
    for (size_t i = 0; i + 2 < text.len; i++)
        if (text.ptr[i] == '{' && text.ptr[i + 1] >= '1' && text.ptr[i + 1] <= '9' &&
            text.ptr[i + 2] == '}')
            found |= 1u << (text.ptr[i + 1] - '1');
    return found;
}

static void check_placeholders(
    struct scanner *s, const struct piece *text, unsigned found, size_t count)
{
    if (!looking_at(s, "}}"))
        return; /* the braces are at fault */
    for (unsigned n = 1; n <= ARGUMENTS_MAX; n++) {
        bool is_used = (found >> (n - 1) & 1u) != 0;
        if (is_used && n > count)
            fail(s, text, "The text has {%u}, but there is no such argument.", n);
        if (!is_used && n <= count)
            fail(s, text, "Argument %u is not used: the text has no {%u}.", n, n);
    }
}

static void read_arguments(struct scanner *s, struct arguments *arguments)
{
    while (look(s) == ',') {
        struct piece comma = here(s);
        advance(s, 1);
        if (arguments->count == ARGUMENTS_MAX)
            fail(s, &comma, "A text takes at most %d arguments.", ARGUMENTS_MAX);
        else
            arguments->list[arguments->count++] = read_expression(s, ",");
    }
}

/* Up to the text: "html_add_text_message(out, ". */
static void begin_message(
    struct scanner *s, enum place place, struct piece text, size_t argument_count)
{
    emit_mark(&s->emitter, text);
    fprintf(s->emitter.c, "    %s%s(out, ", adders[place],
        argument_count == 0 ? "" : "_message");
}

static void end_message(
    struct scanner *s, enum place place, const struct arguments *arguments)
{
    FILE *c = s->emitter.c;
    for (size_t i = 0; i < arguments->count; i++)
        fprintf(c, "%s%s((%.*s))", i == 0 ? ", (const struct html_value[]){" : ", ",
            values[place], (int)arguments->list[i].len, arguments->list[i].ptr);
    if (arguments->count > 0)
        fprintf(c, "}, %zu", arguments->count);
    fprintf(c, ");\n");
}

/* Behind "{{_": "text" or "text {1}", argument. */
static void scan_message(struct scanner *s, enum place place)
{
    struct piece text = read_literals(s);
    struct arguments arguments = {.count = 0};
    read_arguments(s, &arguments);
    check_placeholders(s, &text, placeholders(text), arguments.count);
    if (s->is_failed)
        return;
    begin_message(s, place, text, arguments.count);
    fprintf(s->emitter.c, "tr(language, %.*s)", (int)text.len, text.ptr);
    end_message(s, place, &arguments);
}

/* Behind "{{_n": count, "{1} answer", "{1} answers", further arguments. The count is
   argument 1; the singular may spell it out. */
static void scan_plural(struct scanner *s, enum place place)
{
    struct arguments arguments = {.count = 1};
    struct piece count = read_expression(s, ",");
    arguments.list[0] = count;
    advance(s, 1);
    struct piece one = read_literals(s);
    struct piece comma = here(s);
    if (look(s) != ',')
        fail(s, &comma, "Write {{_n count, \"one\", \"many\"}}.");
    advance(s, 1);
    struct piece many = read_literals(s);
    read_arguments(s, &arguments);
    check_placeholders(s, &many, placeholders(one) | placeholders(many), arguments.count);
    if (s->is_failed)
        return;
    begin_message(s, place, count, arguments.count);
    fprintf(s->emitter.c, "trn(language, %.*s, %.*s, (int64_t)(%.*s))", (int)one.len,
        one.ptr, (int)many.len, many.ptr, (int)count.len, count.ptr);
    end_message(s, place, &arguments);
}

static bool is_identifier_character(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Behind "{{>": name(arguments). */
static void scan_call(struct scanner *s)
{
    struct piece call = read_expression(s, "");
    size_t name = 0;
    while (name < call.len && is_identifier_character(call.ptr[name]))
        name++;
    if (name == 0 || name + 1 >= call.len || call.ptr[name] != '(' ||
        call.ptr[call.len - 1] != ')')
        fail(s, &call, "Write {{> template_name(arguments)}}.");
    if (s->is_failed)
        return;
    const char *inside = call.ptr + name + 1;
    size_t len = call.len - name - 2;
    emit_mark(&s->emitter, call);
    fprintf(s->emitter.c, "    %.*s(out%s%.*s);\n", (int)name, call.ptr,
        strspn(inside, " \t\n") >= len ? "" : ", ", (int)len, inside);
}

static void scan_value(struct scanner *s, enum place place)
{
    struct piece value = read_expression(s, "");
    if (s->is_failed)
        return;
    emit_mark(&s->emitter, value);
    fprintf(
        s->emitter.c, "    %s(out, (%.*s));\n", adders[place], (int)value.len, value.ptr);
}

static bool is_tag_free(const struct scanner *s)
{
    return s->depth > 0 && (s->elements[s->depth - 1].traits & ELEMENT_TEXT_ONLY) != 0;
}

static void scan_form(struct scanner *s, enum place place, const struct piece *start)
{
    if (look(s) == '?') {
        fail(s, start, "{{? }} stands between the attributes of a tag only.");
    } else if (look(s) == '>') {
        if (place != PLACE_TEXT || is_tag_free(s))
            fail(s, start, "{{> }} stands in text only.");
        advance(s, 1);
        scan_call(s);
    } else if (look(s) == '_' && place == PLACE_URL) {
        fail(s, start, "An address is one expression of type struct url.");
    } else if (looking_at(s, "_n ")) {
        advance(s, 2);
        scan_plural(s, place);
    } else if (looking_at(s, "_ ") || looking_at(s, "_\n") || looking_at(s, "_\"")) {
        advance(s, 1);
        scan_message(s, place);
    } else {
        scan_value(s, place);
    }
}

void scan_braces(struct scanner *s, enum place place)
{
    struct piece start = here(s);
    advance(s, 2);
    /* Where tags are not read as tags, trusted markup has no place either: its
       characters are escaped like an attribute's. */
    if (place == PLACE_TEXT && is_tag_free(s) && look(s) != '>')
        place = PLACE_ATTRIBUTE;
    scan_form(s, place, &start);
    struct piece end = here(s);
    if (!looking_at(s, "}}"))
        fail(s, &end, "}} is missing here.");
    advance(s, 2);
}

void scan_condition(struct scanner *s, struct tag *tag)
{
    advance(s, strlen("{{?"));
    struct piece condition = read_expression(s, ":");
    struct piece colon = here(s);
    if (look(s) != ':')
        fail(s, &colon, "Write {{? condition : attribute}}.");
    advance(s, 1);
    skip_blanks(s);
    if (s->is_failed)
        return;
    emit_mark(&s->emitter, condition);
    fprintf(s->emitter.c, "    if (%.*s) {\n", (int)condition.len, condition.ptr);
    scan_literal_attribute(s, tag);
    emit_flush(&s->emitter);
    fprintf(s->emitter.c, "    }\n");
    skip_blanks(s);
    struct piece end = here(s);
    if (!looking_at(s, "}}"))
        fail(s, &end, "}} is missing here: {{? }} takes one attribute.");
    advance(s, 2);
}
