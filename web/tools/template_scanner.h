#pragma once
/* template_scanner.h: what the parts of the template compiler share: the cursor in the
   page, where in the HTML it stands, what is open. Not for use outside web/tools. */
#include "web/tools/template.h"
#include "web/tools/template_names.h"

enum { ELEMENTS_MAX = 64, BLOCKS_MAX = 32, ARGUMENTS_MAX = 9, LITERAL_BYTES_MAX = 1200 };

/* A stretch of the page and where it begins. */
struct piece {
    const char *ptr;
    size_t len;
    unsigned line;
    unsigned column;
};

/* Where in the page a C line or an expression stands. */
enum where { IN_TEXT, IN_TAG, IN_VALUE, IN_JSON };

/* How an expression is escaped. */
enum place { PLACE_TEXT, PLACE_ATTRIBUTE, PLACE_URL, PLACE_JSON };

struct element {
    struct piece name;
    unsigned traits; /* of template_names.h */
};

/* A C block that is open, and the state in which it began and must end. */
struct block {
    struct piece brace;
    enum where where;
    const char *anchor;
    size_t depth;
};

struct emitter {
    FILE *c;
    FILE *header;
    const char *path;
    char literal[LITERAL_BYTES_MAX]; /* markup not yet written */
    size_t literal_len;
};

struct scanner {
    const char *start;
    const char *at;
    const char *end;
    unsigned line;
    unsigned column;

    enum where where;
    const char *anchor; /* the tag or attribute we are inside of; NULL in text */
    struct element elements[ELEMENTS_MAX];
    size_t depth;
    struct block blocks[BLOCKS_MAX];
    size_t block_count;

    char pending_space;  /* ' ' or '\n' that may have to be printed; 0: none */
    bool is_after_block; /* the last thing printed was a block's tag: space is dropped */

    struct emitter emitter;
    struct template_error *error;
    bool is_failed;
};

/* What the attributes of a tag tell about what follows it. */
struct tag {
    struct piece name;
    size_t block_count; /* blocks open where it began */
    bool has_src;
    bool is_json; /* a script of type application/json */
    bool has_http_equiv;
    bool has_dynamic_content;
};

/* ---- template_cursor.c: moving through the page ---- */
bool at_end(const struct scanner *s);
char look(const struct scanner *s); /* the next byte; 0 at the end */
bool looking_at(const struct scanner *s, const char *word);
void advance(struct scanner *s, size_t bytes);
bool is_blank(char c); /* space, tab, line end */
void skip_blanks(struct scanner *s);
struct piece here(const struct scanner *s); /* an empty piece at the cursor */
void end_piece(const struct scanner *s, struct piece *); /* up to the cursor */
/* At a line whose first character that is not blank is '%'. */
bool at_c_line(const struct scanner *s);
/* Notes the first mistake only; everything stops soon after. */
void fail(struct scanner *s, const struct piece *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of the character at the cursor, which may not stand there ("in a tag"). */
void fail_at_letter(struct scanner *s, const char *where);
/* False with a mistake for bad UTF-8 or control characters; moves the cursor to the end.
 */
bool check_bytes(struct scanner *s);

/* ---- template_c.c: the C in a page ---- */
/* C up to "}}" or one of the stops, outside brackets and strings; trimmed, not empty. */
struct piece read_expression(struct scanner *s, const char *stops);
/* One or more string literals side by side, as written. */
struct piece read_literals(struct scanner *s);
/* The C lines at the cursor: checked, written, blocks opened and closed. False at a
   %template line, which is left alone. */
bool scan_c_lines(struct scanner *s);
/* The lines before the first %template. */
void scan_preamble(struct scanner *s);
/* A %template line. */
void scan_template_line(struct scanner *s);
bool at_template_line(const struct scanner *s);

/* ---- template_braces.c: {{ }} ---- */
void scan_braces(struct scanner *s, enum place place);
/* {{? condition : attribute}}, at the cursor. */
void scan_condition(struct scanner *s, struct tag *tag);

/* ---- template_text.c: text between tags ---- */
void scan_content(struct scanner *s);
void flush_space(struct scanner *s);
/* At '&': a well-formed character reference is printed, else a mistake. */
void scan_reference(struct scanner *s);

/* ---- template_tag.c: tags and attributes ---- */
void scan_start_tag(struct scanner *s);
void scan_end_tag(struct scanner *s);
/* ---- template_attribute.c ---- */
void scan_attribute(struct scanner *s, struct tag *tag);
/* An attribute without expressions, inside {{? }}. */
void scan_literal_attribute(struct scanner *s, struct tag *tag);

/* ---- template_emit.c: writing C ---- */
void emit_char(struct emitter *out, char c);
void emit_piece(struct emitter *out, struct piece piece);
void emit_string(struct emitter *out, const char *string);
void emit_flush(struct emitter *out); /* writes the markup collected so far */
/* Flushes and says which line of the page the C that follows comes from. */
void emit_mark(struct emitter *out, struct piece origin);
void emit_c_line(struct emitter *out, struct piece line); /* with its mark */
void emit_file_begin(struct emitter *out);
void emit_function_begin(struct emitter *out, struct piece name, struct piece parameters);
void emit_function_end(struct emitter *out);
