/* test_templates.c: a page as compiled by the build, rendered. */
#include "tests/support/test.h"

#include "tests/tools/pages/sample.html.h"

#include <string.h>

static int make_arena(void **state)
{
    *state = arena_new(65536);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static const struct text names[] = {
    {"满意", 6},
    {"<b> & \"c\"", 9},
};

static const struct sample_view view = {
    .title = {"</title><script>'", 17},
    .guess = "a<b",
    .markup = {{"<em>as is</em>", 14}},
    .next = {{"/t/A?lang=en&plan=3", 19}},
    .names = names,
    .count = 2,
    .chosen = 1,
    .is_open = true,
};

static void a_page_prints_each_value_escaped_for_its_place(void **state)
{
    struct buffer out;
    buffer_init(&out, *state, 65536);

    sample_page(&out, &view, LANGUAGE_EN);

    assert_false(out.is_full);
    assert_text_equal(buffer_text(&out),
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<title>&lt;/title&gt;&lt;script&gt;&#39;</title></head>"
        "<body><h1>&lt;/title&gt;&lt;script&gt;'</h1>"
        "<p>Did you mean “a&lt;b”? <b><em>as is</em></b>\nand 2 samples\?\?/</p>"
        "<ul class=\"levels\">"
        "<li data-first=\"0\"><label>\n"
        "<input type=\"radio\" name=\"level\" value=\"满意\">\n满意\n</label></li>"
        "<li><label>\n<input type=\"radio\" name=\"level\""
        " value=\"&lt;b&gt; &amp; &#34;c&#34;\" checked>\n"
        "&lt;b&gt; &amp; \"c\"\n</label></li></ul>"
        " <a href=\"/t/A?lang=en&amp;plan=3\""
        " title='&lt;/title&gt;&lt;script&gt;&#39; &amp; more'>next</a>\n"
        "<i>or stay</i>\n"
        "<pre>\n  2\n    </pre>"
        "<svg viewBox=\"0 0 4 4\"><path d=\"M0 0h4\"/></svg>"
        "<script type=\"application/json\" id=\"data\">"
        "{\"title\":\"\\u003c/title\\u003e\\u003cscript\\u003e\\u0027\","
        "\"list\":[2,true],\"n\":{\"a\":1}}</script></body></html>");
}

static void messages_come_in_the_language_asked_for(void **state)
{
    struct buffer out;
    buffer_init(&out, *state, 65536);

    sample_page(&out, &view, LANGUAGE_ZH);

    struct text html = buffer_text(&out);
    const char *page = text_to_string(*state, html);
    assert_non_null(page);
    assert_non_null(strstr(page, "<html lang=\"zh-CN\">"));
    assert_non_null(strstr(page, "<p>您是不是想写“a&lt;b”？ <b>"));
}

static void a_page_that_outgrows_its_buffer_says_so(void **state)
{
    struct buffer out;
    buffer_init(&out, *state, 300);

    sample_page(&out, &view, LANGUAGE_EN);

    assert_true(out.is_full);
    assert_true(out.len <= 300);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_page_prints_each_value_escaped_for_its_place),
        cmocka_unit_test(messages_come_in_the_language_asked_for),
        cmocka_unit_test(a_page_that_outgrows_its_buffer_says_so),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
