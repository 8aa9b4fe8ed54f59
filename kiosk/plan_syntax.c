/* plan_syntax.c: libyaml, asked twice: first for its tokens, which show what the document
   tree hides (anchors, tags, depth, a second document), then for the tree. */
#include "kiosk/plan_syntax.h"

#include "kiosk/language.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Where a complaint's place is: libyaml tells where it noticed, and where the thing
   began that it was reading. */
enum blames {
    BLAMES_MARK,    /* where it noticed */
    BLAMES_CONTEXT, /* where it began */
    BLAMES_LINE     /* where it noticed if that is the line where it began, else there */
};

static const struct complaint {
    const char *problem; /* how libyaml's words begin */
    enum blames blames;
    const char *message;
} complaints[] = {
    {"mapping values are not allowed", BLAMES_MARK,
        N_("A second colon on one line, or a line that is indented too deep. Put a text "
           "that has a colon in double quotes.")},
    {"could not find expected ':'", BLAMES_CONTEXT,
        N_("There is no colon behind this word. Write “key: value”, with a space behind "
           "the colon.")},
    {"found character that cannot start any token", BLAMES_MARK,
        N_("A value cannot begin with “{1}”. Put it in double quotes.")},
    {"did not find expected ',' or '}'", BLAMES_LINE,
        N_("A comma or “}” is missing in the braces that begin in column {2} of line "
           "{1}.")},
    {"did not find expected ',' or ']'", BLAMES_LINE,
        N_("A comma or “]” is missing in the brackets that begin in column {2} of line "
           "{1}.")},
    {"did not find expected key", BLAMES_MARK,
        N_("This line is not indented like the ones above. Keys of one entry begin in "
           "the "
           "same column, and so do the “- ” of one list.")},
    {"did not find expected '-' indicator", BLAMES_MARK,
        N_("This line is not indented like the ones above. Keys of one entry begin in "
           "the "
           "same column, and so do the “- ” of one list.")},
    {"block sequence entries are not allowed", BLAMES_MARK,
        N_("A list cannot begin here. Put “- ” on a line of its own, below its key.")},
    {"found unexpected end of stream", BLAMES_CONTEXT,
        N_("The quotation mark that stands here is not closed. Add the second one.")},
    {"found unexpected document indicator", BLAMES_CONTEXT,
        N_("The quotation mark that stands here is not closed. Add the second one.")},
    {"found unknown escape character", BLAMES_MARK,
        N_("A backslash inside double quotes is not understood here. Write it twice, or "
           "leave it out.")},
    {"did not find expected hexdecimal number", BLAMES_MARK,
        N_("A backslash inside double quotes is not understood here. Write it twice, or "
           "leave it out.")},
    {"did not find expected alphabetic or numeric character", BLAMES_CONTEXT,
        N_("A value cannot begin with “{1}”. Put it in double quotes.")},
    {"did not find expected node content", BLAMES_MARK,
        N_("A value is missing here. Write one, or remove the sign that stands in its "
           "place.")},
};

static const char *const other_complaint =
    N_("This cannot be read as YAML. Compare the signs and the indentation of this line "
       "with an entry that is right.");

static struct place mark_place(const struct plan_source *source, yaml_mark_t mark)
{
    return source_place(source, mark.line, mark.column);
}

static const struct complaint *find_complaint(const char *problem)
{
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
        if (strncmp(problem, complaints[i].problem, strlen(complaints[i].problem)) == 0)
            return &complaints[i];
    return NULL;
}

/* The sign at a mark. Marks count characters; index does, too. */
static struct text sign_at(const struct plan_source *source, yaml_mark_t mark)
{
    size_t at = 0;
    for (size_t left = mark.index; at < source->yaml.len; at++) {
        bool is_start = ((unsigned char)source->yaml.ptr[at] & 0xC0) != 0x80;
        if (is_start && left-- == 0)
            break;
    }
    struct text sign = {source->yaml.ptr + at, at < source->yaml.len ? 1 : 0};
    bool is_plain = sign.len == 1 && sign.ptr[0] > ' ' && sign.ptr[0] < 0x7F;
    return is_plain ? sign : (struct text){0};
}

static yaml_mark_t blamed(const struct complaint *complaint, const yaml_parser_t *parser)
{
    bool has_context = parser->context != NULL;
    bool is_elsewhere = parser->context_mark.line != parser->problem_mark.line;
    if (has_context && (complaint->blames == BLAMES_CONTEXT ||
                           (complaint->blames == BLAMES_LINE && is_elsewhere)))
        return parser->context_mark;
    return parser->problem_mark;
}

static enum status complain(const yaml_parser_t *parser, const struct plan_source *source,
    struct problems *problems)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return STATUS_NO_MEMORY;
    const struct complaint *complaint =
        parser->problem == NULL ? NULL : find_complaint(parser->problem);
    struct problem problem = {.message = other_complaint};
    yaml_mark_t mark = parser->problem_mark;
    if (complaint != NULL) {
        struct place begin = mark_place(source, parser->context_mark);
        problem.message = complaint->message;
        mark = blamed(complaint, parser);
        if (complaint->blames == BLAMES_LINE) {
            problem.argument[0] = text_format(problems->arena, "%u", begin.line);
            problem.argument[1] = text_format(problems->arena, "%u", begin.column);
        } else {
            problem.argument[0] = sign_at(source, mark);
        }
    }
    source_report(problems, mark_place(source, mark), problem);
    return STATUS_INVALID;
}

/* ---- tokens ---- */

struct token_check {
    const struct plan_source *source;
    struct problems *problems;
    unsigned depth;
    bool has_content;
    bool has_alias;
    bool is_second; /* a second document has begun: its tokens are not looked at */
    bool is_too_deep;
    bool is_broken; /* what follows cannot be cut into tokens */
};

static const struct token_rule {
    yaml_token_type_t type;
    int depth;           /* what it adds */
    const char *refusal; /* or NULL */
} token_rules[] = {
    {YAML_BLOCK_SEQUENCE_START_TOKEN, 1, NULL},
    {YAML_BLOCK_MAPPING_START_TOKEN, 1, NULL},
    {YAML_FLOW_SEQUENCE_START_TOKEN, 1, NULL},
    {YAML_FLOW_MAPPING_START_TOKEN, 1, NULL},
    {YAML_BLOCK_END_TOKEN, -1, NULL},
    {YAML_FLOW_SEQUENCE_END_TOKEN, -1, NULL},
    {YAML_FLOW_MAPPING_END_TOKEN, -1, NULL},
    {YAML_SCALAR_TOKEN, 0, NULL},
    {YAML_ALIAS_TOKEN, 0,
        N_("Plans have no references (& and *). Write the text out, or put it in double "
           "quotes.")},
    {YAML_ANCHOR_TOKEN, 0,
        N_("Plans have no references (& and *). Write the text out, or put it in double "
           "quotes.")},
    {YAML_TAG_TOKEN, 0,
        N_("Plans have no tags (words that begin with !). Leave it out, or put the text "
           "in "
           "double quotes.")},
    {YAML_VERSION_DIRECTIVE_TOKEN, 0,
        N_("Plans have no lines that begin with %. Leave this line out.")},
    {YAML_TAG_DIRECTIVE_TOKEN, 0,
        N_("Plans have no lines that begin with %. Leave this line out.")},
};

static void refuse(struct token_check *check, yaml_mark_t mark, const char *message)
{
    source_report(check->problems, mark_place(check->source, mark),
        (struct problem){.message = message});
}

static void apply_rule(
    struct token_check *check, const yaml_token_t *token, const struct token_rule *rule)
{
    check->has_content |= rule->refusal == NULL;
    check->has_alias |= token->type == YAML_ALIAS_TOKEN;
    check->depth = (unsigned)((int)check->depth + rule->depth);
    if (rule->refusal != NULL)
        refuse(check, token->start_mark, rule->refusal);
    if (check->depth <= PLAN_NESTING_MAX)
        return;
    check->is_too_deep = true;
    source_report(check->problems, mark_place(check->source, token->start_mark),
        (struct problem){.message = N_("Lists and entries are nested too deep here (more "
                                       "than {1}). Compare with a plan that is right."),
            .argument = {
                text_format(check->problems->arena, "%d", (int)PLAN_NESTING_MAX)}});
}

static void check_token(struct token_check *check, const yaml_token_t *token)
{
    bool is_boundary = token->type == YAML_DOCUMENT_START_TOKEN;
    if (is_boundary && check->has_content) {
        check->is_second = true;
        refuse(check, token->start_mark,
            N_("A second document begins here. A plan is one: remove this line (---)."));
    }
    for (size_t i = 0; i < sizeof token_rules / sizeof *token_rules; i++)
        if (token->type == token_rules[i].type)
            apply_rule(check, token, &token_rules[i]);
}

static enum status report_nothing(struct token_check *check)
{
    bool is_empty = text_trim(check->source->yaml).len == 0;
    source_report(check->problems, (struct place){1, 1},
        (struct problem){
            .message = is_empty ? N_("The file is empty. Start from the plan that comes "
                                     "with this program.")
                                : N_("The file has only comments. Remove the # of the "
                                     "lines that are meant, or start from the plan that "
                                     "comes with this program.")});
    return STATUS_INVALID;
}

/* OK: the tree may be loaded, or at least tried: a mistake in the grammar lies before the
   place where the tokens break off, and is the one to tell. */
static enum status check_tokens(yaml_parser_t *parser, struct token_check *check)
{
    bool is_end = false;
    while (!is_end && !check->is_second && !check->is_too_deep && !check->is_broken) {
        yaml_token_t token;
        check->is_broken = !yaml_parser_scan(parser, &token);
        if (check->is_broken)
            break;
        check_token(check, &token);
        is_end = token.type == YAML_STREAM_END_TOKEN;
        yaml_token_delete(&token);
    }
    if (check->is_too_deep)
        return STATUS_INVALID;
    if (check->has_alias)
        return check->is_broken ? complain(parser, check->source, check->problems)
                                : STATUS_INVALID;
    return check->has_content || check->is_broken ? STATUS_OK : report_nothing(check);
}

/* ---- both passes ---- */

static bool begin(yaml_parser_t *parser, const struct plan_source *source)
{
    if (!yaml_parser_initialize(parser))
        return false;
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        parser, (const unsigned char *)source->yaml.ptr, source->yaml.len);
    return true;
}

static enum status load_tree(const struct plan_source *source, struct problems *problems,
    yaml_document_t *document)
{
    yaml_parser_t parser;
    if (!begin(&parser, source))
        return STATUS_NO_MEMORY;
    enum status status = yaml_parser_load(&parser, document)
                             ? STATUS_OK
                             : complain(&parser, source, problems);
    yaml_parser_delete(&parser);
    return status;
}

enum status syntax_load(const struct plan_source *source, struct problems *problems,
    struct yaml_document_s **out)
{
    yaml_parser_t parser;
    struct token_check check = {.source = source, .problems = problems};
    if (!begin(&parser, source))
        return STATUS_NO_MEMORY;
    enum status status = check_tokens(&parser, &check);
    yaml_parser_delete(&parser);
    yaml_document_t *document = status == STATUS_OK ? malloc(sizeof *document) : NULL;
    if (document == NULL)
        return status == STATUS_OK ? STATUS_NO_MEMORY : status;
    status = load_tree(source, problems, document);
    if (status == STATUS_OK)
        *out = document;
    else
        free(document);
    return status;
}

void syntax_free(struct yaml_document_s *document)
{
    if (document == NULL)
        return;
    yaml_document_delete(document);
    free(document);
}
