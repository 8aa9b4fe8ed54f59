/* template_c.c: the C in a page. Expressions are cut out whole, never understood; of C
   lines only braces, brackets, strings and a few words are. The rule that keeps pages
   safe: a block { } ends in the very state of the page in which it began (the same place,
   the same tag or attribute, the same open elements), so that it may run never, once or
   many times. Statements that leave a block in its middle are refused for the same
   reason. */
#include "web/tools/template_scanner.h"

#include <ctype.h>
#include <string.h>

/* At a quote: passes the string or character literal. */
static void skip_quoted(struct scanner *s)
{
    struct piece start = here(s);
    char quote = look(s);
    advance(s, 1);
    while (!at_end(s) && look(s) != quote && look(s) != '\n')
        advance(s, look(s) == '\\' ? 2 : 1);
    if (look(s) != quote)
        fail(s, &start, "This C literal is never closed.");
    advance(s, 1);
}

static void trim_end(struct piece *piece)
{
    while (piece->len > 0 && is_blank(piece->ptr[piece->len - 1]))
        piece->len--;
}

/* Passes one step of an expression; counts brackets. */
static void skip_expression_step(struct scanner *s, size_t *open)
{
    struct piece at = here(s);
    char c = look(s);
    if (c == '"' || c == '\'') {
        skip_quoted(s);
        return;
    }
    if (c == ';' || c == '\\' || looking_at(s, "//") || looking_at(s, "/*"))
        fail(s, &at, "Only one expression of C, without comments, may stand in {{ }}.");
    if (strchr("([{", c) != NULL)
        (*open)++;
    if (strchr(")]}", c) != NULL && (*open)-- == 0)
        fail(s, &at, "This %c closes nothing.", c);
    advance(s, 1);
}

struct piece read_expression(struct scanner *s, const char *stops)
{
    skip_blanks(s);
    struct piece expression = here(s);
    size_t open = 0;
    while (!at_end(s)) {
        if (open == 0 && (looking_at(s, "}}") || strchr(stops, look(s)) != NULL))
            break;
        if (open == 0 && look(s) == ',') {
            struct piece comma = here(s);
            fail(s, &comma, "One expression only: this comma starts a second.");
        }
        skip_expression_step(s, &open);
    }
    end_piece(s, &expression);
    if (at_end(s))
        fail(s, &expression, "This expression is never closed with }}.");
    trim_end(&expression);
    if (expression.len == 0)
        fail(s, &expression, "An expression is missing here.");
    return expression;
}

struct piece read_literals(struct scanner *s)
{
    skip_blanks(s);
    struct piece literals = here(s);
    if (look(s) != '"')
        fail(s, &literals, "A text in double quotes is missing here.");
    while (look(s) == '"') {
        skip_quoted(s);
        end_piece(s, &literals);
        skip_blanks(s);
    }
    return literals;
}

/* ---- C lines ---- */

/* What is known of the C in a run of C lines. */
struct c_run {
    size_t parentheses;
    char last; /* the last character that is neither blank nor comment */
    struct piece last_at;
};

static void open_block(struct scanner *s, struct piece brace)
{
    if (s->block_count == BLOCKS_MAX) {
        fail(s, &brace, "More than %d blocks are open.", BLOCKS_MAX);
        return;
    }
    s->blocks[s->block_count++] = (struct block){
        .brace = brace, .where = s->where, .anchor = s->anchor, .depth = s->depth};
}

static void close_block(struct scanner *s, struct piece brace)
{
    if (s->block_count == 0) {
        fail(s, &brace, "This } closes nothing.");
        return;
    }
    const struct block *block = &s->blocks[--s->block_count];
    if (s->depth > block->depth) {
        struct piece name = s->elements[s->depth - 1].name;
        fail(s, &brace,
            "<%.*s> of line %u is still open at the end of the block that began on "
            "line %u.",
            (int)name.len, name.ptr, name.line, block->brace.line);
    } else if (s->where != block->where || s->anchor != block->anchor) {
        fail(s, &brace,
            "This block ends in another place of the page than it began in on line "
            "%u: begin and end it in the same text, tag or value.",
            block->brace.line);
    }
}

/* Words that would leave a block, or a switch's case, in the middle of the page. */
static void check_word(struct scanner *s, const struct piece *word)
{
    static const char *const refused[] = {
        "return", "goto", "break", "continue", "switch", "case", "default"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (strlen(refused[i]) == word->len &&
            memcmp(refused[i], word->ptr, word->len) == 0)
            fail(s, word, "%s would leave the page half way: use if and else.",
                refused[i]);
}

static bool is_word_character(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void skip_word(struct scanner *s)
{
    struct piece word = here(s);
    while (is_word_character(look(s)))
        advance(s, 1);
    end_piece(s, &word);
    check_word(s, &word);
}

/* At slash and star: passes the comment, which must end on its line. */
static void skip_comment(struct scanner *s)
{
    struct piece start = here(s);
    advance(s, 2);
    while (look(s) != '\n' && !at_end(s) && !looking_at(s, "*/"))
        advance(s, 1);
    if (!looking_at(s, "*/"))
        fail(s, &start, "A comment in a C line ends on the same line.");
    advance(s, 2);
}

static void skip_to_line_end(struct scanner *s)
{
    while (!at_end(s) && look(s) != '\n')
        advance(s, 1);
}

/* A character of C that is neither in a string nor in a comment. */
static void scan_c_character(struct scanner *s, struct c_run *run)
{
    struct piece at = here(s);
    char c = look(s);
    run->last = c;
    run->last_at = at;
    advance(s, 1);
    if (c == '#')
        fail(s, &at, "Preprocessor lines stand before %%template.");
    else if (c == '{')
        open_block(s, at);
    else if (c == '}')
        close_block(s, at);
    else if (c == '(')
        run->parentheses++;
    else if (c == ')' && run->parentheses-- == 0)
        fail(s, &at, "This ) closes nothing.");
}

/* Behind the '%', to the end of the line. */
static void scan_c(struct scanner *s, struct c_run *run)
{
    while (!at_end(s) && look(s) != '\n') {
        char c = look(s);
        if (looking_at(s, "//"))
            skip_to_line_end(s);
        else if (looking_at(s, "/*"))
            skip_comment(s);
        else if (is_blank(c))
            advance(s, 1);
        else if (c == '"' || c == '\'' || is_word_character(c)) {
            run->last = 'x';
            run->last_at = here(s);
            if (is_word_character(c))
                skip_word(s);
            else
                skip_quoted(s);
        } else
            scan_c_character(s, run);
    }
}

/* At a C line: passes the blanks and the '%'. */
static void skip_percent(struct scanner *s)
{
    while (look(s) != '%')
        advance(s, 1);
    advance(s, 1);
    while (look(s) == ' ' || look(s) == '\t')
        advance(s, 1);
}

bool at_template_line(const struct scanner *s)
{
    struct scanner ahead = *s;
    if (!at_c_line(s))
        return false;
    skip_percent(&ahead);
    return looking_at(&ahead, "template ");
}

bool scan_c_lines(struct scanner *s)
{
    struct c_run run = {.last = ';'};
    while (at_c_line(s) && !at_template_line(s)) {
        skip_percent(s);
        struct piece line = here(s);
        scan_c(s, &run);
        end_piece(s, &line);
        emit_c_line(&s->emitter, line);
        advance(s, 1);
    }
    if (run.parentheses > 0 || strchr("{};", run.last) == NULL)
        fail(s, &run.last_at,
            "C lines before text end with {, } or ;: put braces around what if, else "
            "or for governs.");
    return !at_template_line(s);
}

void scan_preamble(struct scanner *s)
{
    while (!at_end(s) && !at_template_line(s)) {
        struct piece at = here(s);
        if (!at_c_line(s)) {
            if (!is_blank(look(s)))
                fail(
                    s, &at, "Only lines that start with %% may stand before %%template.");
            advance(s, 1);
            continue;
        }
        skip_percent(s);
        struct piece line = here(s);
        bool is_include = looking_at(s, "#include");
        skip_to_line_end(s);
        end_piece(s, &line);
        if (is_include)
            fprintf(s->emitter.header, "%.*s\n", (int)line.len, line.ptr);
        else
            emit_c_line(&s->emitter, line);
        advance(s, 1);
    }
    struct piece end = here(s);
    if (at_end(s))
        fail(s, &end, "There is no %%template line.");
}

/* To the parenthesis that closes the one before the cursor. */
static struct piece read_parameters(struct scanner *s)
{
    struct piece parameters = here(s);
    size_t open = 1;
    while (!at_end(s) && look(s) != '\n') {
        if (look(s) == '(')
            open++;
        if (look(s) == ')' && --open == 0)
            break;
        advance(s, 1);
    }
    end_piece(s, &parameters);
    if (look(s) != ')')
        fail(s, &parameters, "The parameters of a template end with ) on the same line.");
    advance(s, 1);
    return parameters;
}

void scan_template_line(struct scanner *s)
{
    skip_percent(s);
    advance(s, strlen("template"));
    skip_blanks(s);
    struct piece name = here(s);
    while (is_word_character(look(s)))
        advance(s, 1);
    end_piece(s, &name);
    if (name.len == 0 || look(s) != '(')
        fail(s, &name, "Write %%template NAME(PARAMETERS).");
    advance(s, 1);
    struct piece parameters = read_parameters(s);
    while (look(s) == ' ')
        advance(s, 1);
    struct piece rest = here(s);
    skip_to_line_end(s);
    end_piece(s, &rest);
    trim_end(&rest);
    if (rest.len > 0)
        fail(s, &rest, "Nothing may stand behind the ) of a %%template line.");
    advance(s, 1);
    if (!s->is_failed)
        emit_function_begin(&s->emitter, name, parameters);
}
