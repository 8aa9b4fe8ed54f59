/* xlsx.c: parts by unzip -p, cells by searching. */
#include "tests/support/xlsx.h"

#include "tests/support/shell.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PART_BYTES_MAX = 4 * 1024 * 1024, COMMAND_BYTES = 400 };

struct text xlsx_part(const struct xlsx *xlsx, const char *name)
{
    char command[COMMAND_BYTES];
    (void)snprintf(command, sizeof command, "unzip -p '%.*s' '%s' 2>/dev/null",
        TEXT_ARG(xlsx->path), name);
    return shell_run(xlsx->arena, command, NULL);
}

void xlsx_open(struct arena *arena, const char *path, struct xlsx *out)
{
    *out = (struct xlsx){.arena = arena, .path = text_of(path)};
    assert_true(xlsx_part(out, "xl/workbook.xml").len > 0);
    out->strings = xlsx_part(out, "xl/sharedStrings.xml");
    out->styles = xlsx_part(out, "xl/styles.xml");
}

static struct text undo(struct arena *arena, struct text xml)
{
    static const struct {
        const char *entity;
        char c;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    struct buffer out;
    buffer_init(&out, arena, PART_BYTES_MAX);
    for (size_t i = 0; i < xml.len; i++) {
        struct text rest = {xml.ptr + i, xml.len - i};
        char c = xml.ptr[i];
        for (size_t e = 0; e < sizeof entities / sizeof *entities; e++)
            if (text_starts_with(rest, text_of(entities[e].entity))) {
                c = entities[e].c;
                i += strlen(entities[e].entity) - 1;
                break;
            }
        buffer_add_char(&out, c);
    }
    return out.len == 0 ? TEXT("") : buffer_text(&out);
}

/* The n-th occurrence of a tag's beginning. */
static const char *find_nth(const char *from, const char *tag, int n)
{
    const char *at = from == NULL ? NULL : strstr(from, tag);
    for (; at != NULL && n > 0; n--)
        at = strstr(at + 1, tag);
    return at;
}

static struct text string_at(const struct xlsx *xlsx, int index)
{
    const char *at = find_nth(xlsx->strings.ptr, "<si>", index);
    const char *open = at == NULL ? NULL : strstr(at, "<t");
    const char *begin = open == NULL ? NULL : strchr(open, '>');
    const char *end = begin == NULL ? NULL : strstr(begin, "</t>");
    if (end == NULL) {
        fail_msg("there is no string %d", index);
        return TEXT("");
    }
    return undo(xlsx->arena, (struct text){begin + 1, (size_t)(end - begin) - 1});
}

/* The format of a style's number in cellXfs. */
static struct text format_of(const struct xlsx *xlsx, int style)
{
    char opening[60];
    const char *list = strstr(xlsx->styles.ptr, "<cellXfs");
    const char *at = find_nth(list, "<xf numFmtId=\"", style);
    if (at == NULL) {
        fail_msg("there is no style %d", style);
        return TEXT("");
    }
    long id = strtol(at + strlen("<xf numFmtId=\""), NULL, 10);
    (void)snprintf(opening, sizeof opening, "<numFmt numFmtId=\"%ld\" formatCode=\"", id);
    const char *code = strstr(xlsx->styles.ptr, opening);
    if (code == NULL)
        return TEXT("General");
    code += strlen(opening);
    return (struct text){code, strcspn(code, "\"")};
}

struct xlsx_cell xlsx_cell(const struct xlsx *xlsx, struct text sheet, const char *name)
{
    char opening[40];
    struct xlsx_cell out = {0};
    (void)snprintf(opening, sizeof opening, "<c r=\"%s\"", name);
    const char *at = strstr(sheet.ptr, opening);
    const char *tag_end = at == NULL ? NULL : strchr(at, '>');
    if (tag_end == NULL)
        return out;
    const char *style = strstr(at, " s=\"");
    if (style != NULL && style < tag_end)
        out.format = format_of(xlsx, (int)strtol(style + 4, NULL, 10));
    if (tag_end[-1] == '/')
        return out;
    const char *type = strstr(at, " t=\"");
    bool is_string = type != NULL && type < tag_end;
    if (strncmp(tag_end + 1, "<v>", 3) != 0) {
        out.kind = XLSX_FORMULA;
        return out;
    }
    out.kind = is_string ? XLSX_STRING : XLSX_NUMBER;
    out.number = strtod(tag_end + 4, NULL);
    if (is_string)
        out.string = string_at(xlsx, (int)out.number);
    return out;
}
