/* test_template_compiler.c: what the template compiler refuses, and where it points; the
   C it writes for what it takes. */
#include "tests/support/test.h"

#include "web/tools/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct outcome {
    bool is_right;
    struct template_error error;
    char *c; /* the caller frees both */
    char *header;
};

static struct outcome compile(const char *page, size_t len)
{
    struct outcome outcome = {0};
    size_t c_len;
    size_t header_len;
    FILE *c = open_memstream(&outcome.c, &c_len);
    FILE *header = open_memstream(&outcome.header, &header_len);
    assert_non_null(c);
    assert_non_null(header);
    outcome.is_right =
        template_compile("web/pages/p.html", page, len, c, header, &outcome.error);
    assert_int_equal(fclose(c), 0);
    assert_int_equal(fclose(header), 0);
    return outcome;
}

static void clear(struct outcome *outcome)
{
    free(outcome->c);
    free(outcome->header);
}

struct refusal {
    const char *page; /* behind "%template p(int x)\n" */
    unsigned line;    /* of the page, the %template line being 1 */
    unsigned column;
    const char *words; /* part of the sentence */
};

#define TEMPLATE "%template p(int x)\n"

static void check_refusals(const struct refusal *rows, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char page[4096];
        int len = snprintf(page, sizeof page, "%s%s", TEMPLATE, rows[i].page);
        assert_in_range(len, 0, sizeof page - 1);
        struct outcome outcome = compile(page, (size_t)len);
        bool is_as_expected = !outcome.is_right && outcome.error.line == rows[i].line &&
                              outcome.error.column == rows[i].column &&
                              strstr(outcome.error.message, rows[i].words) != NULL;
        if (!is_as_expected) {
            print_error("%s\n  gives %u:%u: %s\n", rows[i].page, outcome.error.line,
                outcome.error.column,
                outcome.is_right ? "(taken)" : outcome.error.message);
            wrong++;
        }
        clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_REFUSALS(rows) check_refusals(rows, sizeof(rows) / sizeof *(rows))

static void expressions_are_refused_where_no_escaping_is_safe(void **state)
{
    (void)state;
    static const struct refusal rows[] = {
        {"<p class={{ x }}></p>", 2, 10, "Put the value of class= in quotes."},
        {"<p class=a></p>", 2, 10, "quotes"},
        {"<p onclick=\"f({{ x }})\"></p>", 2, 4, "onclick= is never allowed"},
        {"<p ONclick=\"f()\"></p>", 2, 4, "ONclick= is never allowed"},
        {"<p style=\"color:{{ x }}\"></p>", 2, 4, "style= is never allowed"},
        {"<p style=\"\"></p>", 2, 4, "style="},
        {"<iframe srcdoc=\"{{ x }}\"></iframe>", 2, 1, "<iframe> is never allowed"},
        {"<p srcdoc=\"{{ x }}\"></p>", 2, 4, "srcdoc="},
        {"<img srcset=\"{{ x }}\">", 2, 14, "No expression may stand in srcset=."},
        {"<a rel=\"{{ x }}\"></a>", 2, 9, "rel="},
        {"<a target=\"{{ x }}\"></a>", 2, 12, "target="},
        {"<form method=\"{{ x }}\"></form>", 2, 15, "method="},
        {"<{{ x }}>", 2, 1, "tag's name"},
        {"<p{{ x }}></p>", 2, 2, "tag's name"},
        {"<p></{{ x }}>", 2, 6, "tag's name"},
        {"<p {{ x }}></p>", 2, 4, "Between attributes"},
        {"<p {{ x }}=\"a\"></p>", 2, 4, "Between attributes"},
        {"<p data-{{ x }}=\"a\"></p>", 2, 4, "attribute's name"},
        {"<!-- {{ x }} -->", 2, 6, "comment"},
        {"<!-- a\n% x++;\n-->", 3, 1, "comment"},
        {"<!doctype {{ x }}>", 2, 1, "Only <!doctype html>"},
        {"<![CDATA[{{ x }}]]>", 2, 1, "Only <!doctype html>"},
        {"<style>p { color: {{ x }} }</style>", 2, 1, "<style> is never allowed"},
        {"<a href=\"/t/{{ x }}\"></a>", 2, 13, "An address is one expression"},
        {"<a href=\"{{ x }}/a\"></a>", 2, 17, "nothing may stand beside it in href="},
        {"<a href=\"{{ x }}{{ x }}\"></a>", 2, 17, "An address"},
        {"<a href=\" {{ x }}\"></a>", 2, 11, "An address"},
        {"<a href=\"{{_ \"x\"}}\"></a>", 2, 10, "struct url"},
        {"<a href=\"\n% x++;\n\"></a>", 3, 1, "No C line may stand in href="},
        {"<a href=\"javascript:f()\"></a>", 2, 10, "may not begin with javascript:"},
        {"<a href=\" JavaScript:f()\"></a>", 2, 10, "javascript:"},
        {"<img src='data:x'>", 2, 11, "data:"},
        {"<meta http-equiv=\"refresh\" content=\"{{ x }}\">", 2, 28, "http-equiv="},
        {"<meta content=\"{{ x }}\" http-equiv=\"refresh\">", 2, 25, "http-equiv="},
        {"<base href=\"{{ x }}\">", 2, 1, "<base>"},
        {"<svg><set to=\"{{ x }}\"/></svg>", 2, 6, "<set>"},
        {"<textarea>{{> q()}}</textarea>", 2, 11, "{{> }} stands in text only."},
        {"<p title=\"{{> q()}}\"></p>", 2, 11, "{{> }} stands in text only."},
        {"{{? x : checked}}", 2, 1, "{{? }} stands between the attributes"},
    };
    CHECK_REFUSALS(rows);
}

static void scripts_are_data_or_files(void **state)
{
    (void)state;
    static const struct refusal rows[] = {
        {"<script>var a = {{ x }};</script>", 2, 9, "No script may stand in a page"},
        {"<SCRIPT>f()</SCRIPT>", 2, 9, "No script may stand in a page"},
        {"<script></script>", 2, 2, "A script without src="},
        {"<script type=\"module\" src=\"/a.js\">f()</script>", 2, 35, "No script"},
        {"<script type=\"text/javascript\" src=\"/a.js\"></script>", 2, 15, "type is"},
        {"<script type=\"{{ x }}\"></script>", 2, 9, "written out"},
        {"<script{{? x : type=\"application/json\"}}></script>", 2, 16, "no condition"},
        {"<script\n% if (x) {\ntype=\"application/json\"\n% }\n></script>", 4, 1,
            "no condition"},
        {"<svg><script href=\"/a.js\"/></svg>", 2, 6, "closed by </script>"},
        {"<script type=\"application/json\">{\"a\": \"{{ x }}\"}</script>", 2, 40,
            "leave these away"},
        {"<script type=\"application/json\">\"<b>\"</script>", 2, 34, "\\u003c"},
        {"<script type=\"application/json\">[<b>]</script>", 2, 34,
            "'<' may not stand in JSON"},
        {"<script type=\"application/json\">['a']</script>", 2, 34, "JSON"},
        {"<script type=\"application/json\">[\"a\n\"]</script>", 2, 34,
            "This string is never closed"},
        {"<script type=\"application/json\">[1", 2, 2, "This script is never closed"},
    };
    CHECK_REFUSALS(rows);
}

static void markup_must_be_well_formed(void **state)
{
    (void)state;
    static const struct refusal rows[] = {
        {"<p>", 2, 2, "<p> is never closed."},
        {"</p>", 2, 3, "</p> closes nothing."},
        {"<p><b></p></b>", 2, 9, "</p> does not close <b> of line 2, column 4."},
        {"<ul>\n<li>a\n</ul>", 4, 3, "</ul> does not close <li> of line 3, column 1."},
        {"<br></br>", 2, 7, "<br> has no end tag."},
        {"<div/>", 2, 5, "write </div>"},
        {"<p", 2, 2, "This tag is never closed."},
        {"<p class=\"a></p>", 2, 13, "the quote of line 2, column 10"},
        {"<p class=\"a", 2, 10, "This quote is never closed."},
        {"<p a=\"b\"c=\"d\"></p>", 2, 9, "A blank is missing"},
        {"<p / a></p>", 2, 4, "'/' may not stand in a tag"},
        {"<p =a></p>", 2, 4, "'=' may not stand in a tag"},
        {"<p a b\"></p>", 2, 7, "'\"' may not stand in a tag"},
        {"<p 好></p>", 2, 4, "'好' may not stand in a tag"},
        {"a < b", 2, 3, "Write &lt;"},
        {"a <", 2, 3, "Write &lt;"},
        {"a & b", 2, 3, "Write &amp;"},
        {"a &nosemicolon b", 2, 3, "Write &amp;"},
        {"&#x; b", 2, 1, "Write &amp;"},
        {"<p a=\"b & c\"></p>", 2, 9, "Write &amp;"},
        {"满意 & b", 2, 4, "Write &amp;"},
        {"<!-- a", 2, 1, "This comment is never closed."},
        {"<title><b></b></title>", 2, 8, "Only text may stand in <title>."},
        {"<textarea></p></textarea>", 2, 13, "</p> does not close <textarea>"},
        {"</p x>", 2, 3, "closes nothing"},
        {"<p></p x>", 2, 8, "An end tag ends with >."},
        {"a\xff", 2, 2, "This is not UTF-8."},
        {"a\xe6\xbb", 2, 2, "This is not UTF-8."},
        {"a\r\n", 2, 2, "carriage return"},
        {"a\x01", 2, 2, "control character (1)"},
    };
    CHECK_REFUSALS(rows);
}

static void blocks_of_c_end_as_they_began(void **state)
{
    (void)state;
    static const struct refusal rows[] = {
        {"% if (x) {\n<p>\n% }\n</p>", 4, 3, "<p> of line 3 is still open"},
        {"<p>\n% if (x) {\n</p>\n% }", 4, 3, "opened outside of this C block"},
        {"<p\n% if (x) {\n>\n% }\n</p>", 5, 3, "<p> of line 2 is still open"},
        {"<p a=\"\n% if (x) {\n\" b=\"\n% }\n\"></p>", 5, 3, "another place"},
        {"% if (x) {\n<p a=\"\n% }\n\"></p>", 4, 3, "another place"},
        {"% if (x) {\n<i>a</i>\n% } else {\n<i>\n% }\n</i>", 6, 3, "<i> of line 5"},
        {"% if (x) {\n", 2, 10, "This { is never closed."},
        {"% }\n", 2, 3, "This } closes nothing."},
        {"% if (x)\na", 2, 8, "C lines before text end with"},
        {"% f(x,\na", 2, 6, "C lines before text end with"},
        {"% if (x) f(); else\na", 2, 15, "C lines before text end with"},
        {"% for (;;) {\n% continue;\n% }", 3, 3, "continue would leave"},
        {"% return;", 2, 3, "return would leave"},
        {"% switch (x) {\n% }", 2, 3, "switch would leave"},
        {"% f());", 2, 6, "This ) closes nothing."},
        {"%   #define A", 2, 5, "before %template"},
        {"% f(\"a);", 2, 5, "This C literal is never closed."},
        {"% /* {", 2, 3, "A comment in a C line ends"},
        {"<p>\n%template q()\n</p>", 2, 2, "<p> is never closed."},
        {"<p\n%template q()\n></p>", 2, 2, "This tag is never closed."},
    };
    CHECK_REFUSALS(rows);
}

static void braces_hold_one_whole_expression(void **state)
{
    (void)state;
    static const struct refusal rows[] = {
        {"{{ x", 2, 4, "never closed with }}"},
        {"{{ x }", 2, 6, "This } closes nothing."},
        {"{{ }}", 2, 4, "An expression is missing"},
        {"{{}}", 2, 3, "An expression is missing"},
        {"a }} b", 2, 3, "This }} closes nothing."},
        {"{{ x); f(x }}", 2, 5, "This ) closes nothing."},
        {"{{ x; }}", 2, 5, "Only one expression"},
        {"{{ x /* y */ }}", 2, 6, "without comments"},
        {"{{ x, y }}", 2, 5, "this comma starts a second"},
        {"{{ \"a }}", 2, 4, "This C literal is never closed."},
        {"{{_ x}}", 2, 5, "A text in double quotes is missing"},
        {"{{_ \"{1}\"}}", 2, 5, "no such argument"},
        {"{{_ \"a\", x}}", 2, 5, "Argument 1 is not used"},
        {"{{_ \"{2}\", x, x}}", 2, 5, "Argument 1 is not used"},
        {"{{_ \"{1}\", x x}", 2, 15, "This } closes nothing."},
        {"{{_ \"{1}\" x}}", 2, 11, "}} is missing here."},
        {"{{_ \"{1}\", }}", 2, 12, "An expression is missing"},
        {"{{_n x, \"{1}\"}}", 2, 14, "Write {{_n count"},
        {"{{_n x, \"a\", \"b\"}}", 2, 14, "Argument 1 is not used"},
        {"{{> q}}", 2, 5, "Write {{> template_name(arguments)}}."},
        {"{{> q(x) + 1}}", 2, 5, "Write {{> template_name(arguments)}}."},
        {"<p{{? x}}></p>", 2, 8, "Write {{? condition : attribute}}."},
        {"<p{{? x : }}></p>", 2, 11, "An attribute is missing"},
        {"<p{{? x : a b}}></p>", 2, 13, "takes one attribute"},
        {"<p{{? x : a=\"{{ x }}\"}}></p>", 2, 14, "use % if"},
        {"<p{{? x : onclick=\"a\"}}></p>", 2, 11, "onclick="},
        {"<p{{? x : a}}b></p>", 2, 14, "A blank is missing"},
    };
    CHECK_REFUSALS(rows);
}

static void a_file_begins_with_c_lines_and_a_template_line(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        unsigned line;
        unsigned column;
        const char *words;
    } rows[] = {
        {"", 1, 1, "There is no %template line."},
        {"<p></p>", 1, 1, "Only lines that start with %"},
        {"%template\n", 2, 1, "There is no %template line."},
        {"% #include \"a.h\"\n", 2, 1, "There is no %template line."},
        {"%template (int x)\n", 1, 11, "Write %template NAME(PARAMETERS)."},
        {"%template p\n", 1, 11, "Write %template NAME(PARAMETERS)."},
        {"%template p(int x\n)\n", 1, 13, "end with ) on the same line"},
        {"%template p(int x) {\n", 1, 20, "Nothing may stand behind"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome outcome = compile(rows[i].page, strlen(rows[i].page));
        assert_false(outcome.is_right);
        assert_non_null(strstr(outcome.error.message, rows[i].words));
        assert_int_equal(outcome.error.line, rows[i].line);
        assert_int_equal(outcome.error.column, rows[i].column);
        clear(&outcome);
    }
}

static void a_nul_in_a_page_is_refused(void **state)
{
    (void)state;
    struct outcome outcome = compile(TEMPLATE "a\0b", sizeof TEMPLATE - 1 + 3);
    assert_false(outcome.is_right);
    assert_int_equal(outcome.error.column, 2);
    clear(&outcome);
}

/* Compiles what stands behind the %template line and compares the function's lines. */
static void check_body(const char *page, const char *expected)
{
    char source[4000];
    int len = snprintf(source, sizeof source, "%s%s", TEMPLATE, page);
    struct outcome outcome = compile(source, (size_t)len);
    if (!outcome.is_right)
        print_error("%u:%u: %s\n", outcome.error.line, outcome.error.column,
            outcome.error.message);
    assert_true(outcome.is_right);
    const char *body = strstr(outcome.c, "\n{\n");
    assert_non_null(body);
    assert_string_equal(body + 3, expected);
    clear(&outcome);
}

static void a_template_becomes_a_function_and_its_prototype(void **state)
{
    (void)state;
    static const char page[] = "% /* p.html: a page. */\n"
                               "% #include \"view.h\"\n"
                               "% static int twice(int n);\n"
                               "\n"
                               "%template p(const struct view *v, int n)\n"
                               "<p>a</p>\n"
                               "%template q()\n"
                               "b\n";
    struct outcome outcome = compile(page, strlen(page));
    assert_true(outcome.is_right);
    assert_string_equal(outcome.header,
        "#pragma once\n"
        "/* Made from p.html by the template compiler; do not edit. */\n"
        "#include \"web/html.h\"\n#include \"web/tr.h\"\n#include \"web/url.h\"\n"
        "#include \"view.h\"\n"
        "\nvoid p(struct buffer *out, const struct view *v, int n);\n"
        "\nvoid q(struct buffer *out);\n");
    assert_string_equal(outcome.c,
        "/* Made from p.html by the template compiler; do not edit. */\n"
        "#include \"p.html.h\"\n"
        "#line 1 \"web/pages/p.html\"\n    /* p.html: a page. */\n"
        "#line 3 \"web/pages/p.html\"\n    static int twice(int n);\n"
        "\n#line 5 \"web/pages/p.html\"\n"
        "void p(struct buffer *out, const struct view *v, int n)\n{\n"
        "    buffer_add(out,\n        \"<p>a</p>\", 8);\n"
        "}\n"
        "\n#line 7 \"web/pages/p.html\"\n"
        "void q(struct buffer *out)\n{\n"
        "    buffer_add(out,\n        \"b\", 1);\n"
        "}\n");
    clear(&outcome);
}

#define LINE(n) "#line " #n " \"web/pages/p.html\"\n"
#define MARKUP(literal, len) "    buffer_add(out,\n        \"" literal "\", " #len ");\n"

static void each_form_of_braces_becomes_a_call_named_by_its_place(void **state)
{
    (void)state;
    check_body("{{ x }}", LINE(2) "    html_add_text(out, (x));\n}\n");
    check_body("{{ (struct text){\"}}\", '}'}}}",
        LINE(2) "    html_add_text(out, ((struct text){\"}}\", '}'}));\n}\n");
    check_body("{{_ \"a \"\n \"{1}\" , f(x, 1)}}",
        LINE(2) "    html_add_text_message(out, tr(language, \"a \"\n \"{1}\"), "
                "(const struct html_value[]){html_text_value((f(x, 1)))}, 1);\n}\n");
    check_body("{{_n x, \"one\", \"{1}\"}}",
        LINE(2) "    html_add_text_message(out, trn(language, \"one\", \"{1}\", "
                "(int64_t)(x)), (const struct html_value[]){html_text_value((x))}, "
                "1);\n}\n");
    check_body("{{> q(x, 1)}}{{> r( )}}",
        LINE(2) "    q(out, x, 1);\n" LINE(2) "    r(out );\n}\n");
    check_body("<i a='{{ x }}'></i>",
        MARKUP("<i a='", 6)
            LINE(2) "    html_add_attribute(out, (x));\n" MARKUP("'></i>", 6) "}\n");
    check_body("<i{{? x == 1 : a=\"b\"}} c></i>",
        MARKUP("<i", 2) LINE(2) "    if (x == 1) {\n" MARKUP(
            " a=\\\"b\\\"", 6) "    }\n" MARKUP(" c></i>", 7) "}\n");
}

static void white_space_shrinks_but_never_merges_words(void **state)
{
    (void)state;
    check_body(" \n a  b\n\n c <i>d</i>\n <i>e</i> \n",
        "    buffer_add(out,\n        \"a b\\n\"\n        \"c <i>d</i>\\n\"\n"
        "        \"<i>e</i>\", 23);\n}\n");
    check_body(
        "<p>\n  a <br> b\n</p>\n\n<p> c</p>", MARKUP("<p>a<br>b</p><p>c</p>", 21) "}\n");
    check_body("a <!-- b --> c", MARKUP("a c", 3) "}\n");
    check_body(
        "a\n% x++;\n b", MARKUP("a\\n", 2) LINE(3) "    x++;\n" MARKUP(" b", 2) "}\n");
    check_body("<pre>\n a  <b>b</b>\n</pre>",
        "    buffer_add(out,\n        \"<pre>\\n\"\n        \" a  <b>b</b>\\n\"\n"
        "        \"</pre>\", 25);\n}\n");
    check_body("<i\n  a=\"b\n  c\"\n  d\n></i>",
        "    buffer_add(out,\n        \"<i a=\\\"b\\n\"\n        \"  c\\\" d></i>\", "
        "19);\n}\n");
}

static void c_lines_may_hold_braces_strings_and_comments(void **state)
{
    (void)state;
    check_body("% const int a[] = {1, 2}; /* { */ // {\n"
               "% const char *b = \"{\"; char c = '{';\n"
               "% f(a,\n"
               "%   b);\n"
               "x",
        LINE(2) "    const int a[] = {1, 2}; /* { */ // {\n" LINE(
            3) "    const char *b = \"{\"; char c = '{';\n" LINE(4) "    f(a,\n" LINE(5) "    b);\n" MARKUP("x",
            1) "}\n");
}

static void long_markup_is_cut_between_characters(void **state)
{
    (void)state;
    char page[3001] = "";
    for (size_t i = 0; i < 1000; i++)
        memcpy(page + i * 3, "满", 3);
    char source[4000];
    int len = snprintf(source, sizeof source, "%s%s", TEMPLATE, page);
    struct outcome outcome = compile(source, (size_t)len);
    assert_true(outcome.is_right);
    assert_true(text_is_utf8(text_of(outcome.c)));
    assert_non_null(strstr(outcome.c, "满\", 1194);"));
    clear(&outcome);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    char page[4096];
    struct buffer out;
    for (size_t depth = 64; depth <= 65; depth++) {
        struct arena *arena = arena_new(8192);
        buffer_init(&out, arena, sizeof page);
        buffer_add_string(&out, TEMPLATE);
        for (size_t i = 0; i < depth; i++)
            buffer_add_string(&out, "<i>");
        for (size_t i = 0; i < depth; i++)
            buffer_add_string(&out, "</i>");
        struct outcome outcome = compile(out.data, out.len);
        assert_int_equal(outcome.is_right, depth == 64);
        clear(&outcome);
        arena_free(arena);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Pages put together from pieces that matter; most are refused, with a place inside the
   page. Copied into blocks of their exact size for the address sanitizer. */
static void any_page_is_compiled_or_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<p>", "</p>", "<p ", "a=\"", "\"", "'", ">",
        "/>", "{{ x }}", "{{_ \"a\"}}", "{{? x : b}}", "{{", "}}", "{", "}", "(", ")",
        ",", "\n% if (x) {\n", "\n% }\n", "\n% } else {\n", "\n%", "\n%template q()\n",
        "<!--", "-->", "<!doctype html>", "<svg>", "</svg>", "<br>", "<title>",
        "</title>", "href=\"", "<script type=\"application/json\">", "</script>", "&amp;",
        "&", "<", "\\", "/*", "满", "\n", " ", "<pre>", "</pre>", "\xff"};
    uint32_t seed = 1;
    size_t taken = 0;
    for (int round = 0; round < 5000; round++) {
        char page[400] = TEMPLATE;
        size_t len = sizeof TEMPLATE - 1;
        for (uint32_t n = next_random(&seed) % 14; n > 0; n--) {
            const char *piece =
                pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
            memcpy(page + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *exact = malloc(len);
        assert_non_null(exact);
        memcpy(exact, page, len);
        struct outcome outcome = compile(exact, len);
        taken += outcome.is_right ? 1 : 0;
        if (!outcome.is_right) {
            assert_in_range(outcome.error.line, 1, 40);
            assert_in_range(outcome.error.column, 1, 400);
            assert_true(outcome.error.message[0] != '\0');
        }
        clear(&outcome);
        free(exact);
    }
    assert_in_range(taken, 250, 2500);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(expressions_are_refused_where_no_escaping_is_safe),
        cmocka_unit_test(scripts_are_data_or_files),
        cmocka_unit_test(markup_must_be_well_formed),
        cmocka_unit_test(blocks_of_c_end_as_they_began),
        cmocka_unit_test(braces_hold_one_whole_expression),
        cmocka_unit_test(a_file_begins_with_c_lines_and_a_template_line),
        cmocka_unit_test(a_nul_in_a_page_is_refused),
        cmocka_unit_test(a_template_becomes_a_function_and_its_prototype),
        cmocka_unit_test(each_form_of_braces_becomes_a_call_named_by_its_place),
        cmocka_unit_test(white_space_shrinks_but_never_merges_words),
        cmocka_unit_test(c_lines_may_hold_braces_strings_and_comments),
        cmocka_unit_test(long_markup_is_cut_between_characters),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(any_page_is_compiled_or_refused_with_its_place),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
