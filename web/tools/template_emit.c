/* template_emit.c: writes the C: markup as string literals, the page's own C with #line
   so that errors point into the page. */
#include "web/tools/template_scanner.h"

#include <string.h>

/* A literal is written before it outgrows what C17 promises for one (4095 characters),
   and never cut inside a character. */
void emit_char(struct emitter *out, char c)
{
    bool begins_character = ((unsigned char)c & 0xC0) != 0x80;
    if (out->literal_len > LITERAL_BYTES_MAX - 8 && begins_character)
        emit_flush(out);
    out->literal[out->literal_len++] = c;
}

void emit_piece(struct emitter *out, struct piece piece)
{
    for (size_t i = 0; i < piece.len; i++)
        emit_char(out, piece.ptr[i]);
}

void emit_string(struct emitter *out, const char *string)
{
    for (; *string != '\0'; string++)
        emit_char(out, *string);
}

/* '?' is escaped because two of them begin a trigraph in C17. */
static void write_literal_char(struct emitter *out, char c, bool is_last)
{
    if (c == '\n')
        fputs(is_last ? "\\n" : "\\n\"\n        \"", out->c);
    else if (c == '\t')
        fputs("\\t", out->c);
    else if (strchr("\"\\?", c) != NULL)
        fprintf(out->c, "\\%c", c);
    else
        fputc(c, out->c);
}

void emit_flush(struct emitter *out)
{
    if (out->literal_len == 0)
        return;
    fputs("    buffer_add(out,\n        \"", out->c);
    for (size_t i = 0; i < out->literal_len; i++)
        write_literal_char(out, out->literal[i], i + 1 == out->literal_len);
    fprintf(out->c, "\", %zu);\n", out->literal_len);
    out->literal_len = 0;
}

static void write_path(struct emitter *out)
{
    for (const char *c = out->path; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            fputc('\\', out->c);
        fputc(*c, out->c);
    }
}

void emit_mark(struct emitter *out, struct piece origin)
{
    emit_flush(out);
    fprintf(out->c, "#line %u \"", origin.line);
    write_path(out);
    fputs("\"\n", out->c);
}

void emit_c_line(struct emitter *out, struct piece line)
{
    emit_mark(out, line);
    fprintf(out->c, "    %.*s\n", (int)line.len, line.ptr);
}

void emit_file_begin(struct emitter *out)
{
    const char *slash = strrchr(out->path, '/');
    const char *base = slash == NULL ? out->path : slash + 1;
    fprintf(out->c, "/* Made from %s by the template compiler; do not edit. */\n", base);
    fprintf(out->c, "#include \"%s.h\"\n", base);
    fprintf(out->header, "#pragma once\n");
    fprintf(
        out->header, "/* Made from %s by the template compiler; do not edit. */\n", base);
    fprintf(out->header, "#include \"web/html.h\"\n#include \"web/tr.h\"\n");
    fprintf(out->header, "#include \"web/url.h\"\n");
}

static bool is_empty(struct piece parameters)
{
    for (size_t i = 0; i < parameters.len; i++)
        if (!is_blank(parameters.ptr[i]))
            return parameters.len - i == 4 && memcmp(parameters.ptr + i, "void", 4) == 0;
    return true;
}

void emit_function_begin(struct emitter *out, struct piece name, struct piece parameters)
{
    const char *comma = is_empty(parameters) ? "" : ", ";
    int len = is_empty(parameters) ? 0 : (int)parameters.len;
    fprintf(out->header, "\nvoid %.*s(struct buffer *out%s%.*s);\n", (int)name.len,
        name.ptr, comma, len, parameters.ptr);
    fputc('\n', out->c);
    emit_mark(out, name);
    fprintf(out->c, "void %.*s(struct buffer *out%s%.*s)\n{\n", (int)name.len, name.ptr,
        comma, len, parameters.ptr);
}

void emit_function_end(struct emitter *out)
{
    emit_flush(out);
    fputs("}\n", out->c);
}
