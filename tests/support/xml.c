/* xml.c: a checker of one pass over the bytes, with a stack of open elements. */
#include "tests/support/xml.h"

#include <string.h>

enum { DEPTH_MAX = 32, ATTRIBUTES_MAX = 32 };

struct checking {
    struct text markup;
    size_t at;
    struct text open[DEPTH_MAX];
    size_t depth;
    const char *mistake;
};

static char now(const struct checking *checking)
{
    return checking->at < checking->markup.len ? checking->markup.ptr[checking->at]
                                               : '\0';
}

static void complain(struct checking *checking, const char *mistake)
{
    if (checking->mistake == NULL)
        checking->mistake = mistake;
    checking->at = checking->markup.len;
}

static struct text take_name(struct checking *checking)
{
    size_t start = checking->at;
    while (now(checking) != '\0' && strchr(" \n=/>\"<", now(checking)) == NULL)
        checking->at++;
    return (struct text){checking->markup.ptr + start, checking->at - start};
}

static void check_entity(struct checking *checking)
{
    static const char *const known[] = {
        "&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;"};
    struct text rest = {
        checking->markup.ptr + checking->at, checking->markup.len - checking->at};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_starts_with(rest, text_of(known[i]))) {
            checking->at += strlen(known[i]);
            return;
        }
    complain(checking, "a bare &");
}

static void check_value(struct checking *checking)
{
    if (now(checking) != '=') {
        complain(checking, "an attribute without a value");
        return;
    }
    checking->at++;
    if (now(checking) != '"') {
        complain(checking, "a value without quotes");
        return;
    }
    checking->at++;
    while (now(checking) != '"' && checking->mistake == NULL) {
        if (now(checking) == '<' || now(checking) == '\0') {
            complain(checking, "a value that does not end");
            return;
        }
        if (now(checking) == '&')
            check_entity(checking);
        else
            checking->at++;
    }
    checking->at++;
}

static void check_attributes(struct checking *checking)
{
    struct text names[ATTRIBUTES_MAX];
    size_t count = 0;
    while (now(checking) == ' ' || now(checking) == '\n') {
        checking->at++;
        struct text name = take_name(checking);
        if (name.len == 0)
            continue;
        for (size_t i = 0; i < count; i++)
            if (text_equals(names[i], name)) {
                complain(checking, "an attribute twice");
                return;
            }
        if (count < ATTRIBUTES_MAX)
            names[count++] = name;
        check_value(checking);
    }
}

static void close_element(struct checking *checking, struct text name)
{
    if (checking->depth == 0 || !text_equals(checking->open[--checking->depth], name))
        complain(checking, "an end without its beginning");
}

static void open_element(struct checking *checking, struct text name)
{
    check_attributes(checking);
    if (now(checking) == '/')
        checking->at++;
    else if (checking->depth == DEPTH_MAX)
        complain(checking, "too deep");
    else
        checking->open[checking->depth++] = name;
}

static void check_tag(struct checking *checking)
{
    checking->at++;
    bool is_end = now(checking) == '/';
    checking->at += is_end;
    struct text name = take_name(checking);
    if (name.len == 0) {
        complain(checking, "a bare <");
        return;
    }
    if (is_end)
        close_element(checking, name);
    else
        open_element(checking, name);
    if (now(checking) != '>')
        complain(checking, "a tag that does not end");
    checking->at++;
}

const char *xml_mistake(struct text markup, size_t *at)
{
    struct checking checking = {.markup = markup};
    while (checking.mistake == NULL && checking.at < markup.len) {
        *at = checking.at;
        if (now(&checking) == '<')
            check_tag(&checking);
        else if (now(&checking) == '&')
            check_entity(&checking);
        else
            checking.at++;
    }
    if (checking.mistake == NULL && checking.depth > 0)
        return "an element that does not end";
    return checking.mistake;
}

struct text xml_find_svg(struct text page, size_t n)
{
    static const char start[] = "<svg", end[] = "</svg>";
    size_t found = 0;
    for (size_t i = 0; i + sizeof end <= page.len; i++) {
        if (memcmp(page.ptr + i, start, sizeof start - 1) != 0 || found++ < n)
            continue;
        for (size_t j = i; j + sizeof end - 1 <= page.len; j++)
            if (memcmp(page.ptr + j, end, sizeof end - 1) == 0)
                return (struct text){page.ptr + i, j + sizeof end - 1 - i};
    }
    return (struct text){NULL, 0};
}
