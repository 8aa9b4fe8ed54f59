/* test_chart_svg.c: strokes as SVG: numbers in tenths, words escaped, markup well-formed.
 */
#include "tests/support/test.h"
#include "tests/support/xml.h"

#include "web/render/canvas_svg.h"

#include <math.h>
#include <string.h>

static void strokes_become_elements_with_numbers_in_tenths(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct buffer out;
    struct canvas_svg svg;
    (void)state;
    buffer_init(&out, arena, 1 << 15);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){.css_class = "x", .width = 10.25, .height = 4});
    canvas_line(&svg.canvas, (struct point){-1.04, 2}, (struct point){NAN, INFINITY},
        (struct pen){PAINT_INK, PAINT_NONE, 1.5, DASH_NONE});
    canvas_circle(&svg.canvas, (struct point){1, 2}, 0.5,
        (struct pen){PAINT_NONE, PAINT_MET, 0, DASH_NONE});
    canvas_svg_close(&svg);
    assert_text_equal(buffer_text(&out),
        "<svg class=\"x\" viewBox=\"0 0 10.3 4\" aria-hidden=\"true\">"
        "<line x1=\"-1\" y1=\"2\" x2=\"0\" y2=\"0\" class=\"s-ink\" "
        "stroke-width=\"1.5\"/>"
        "<circle cx=\"1\" cy=\"2\" r=\"0.5\" class=\"f-met\"/></svg>");
    arena_free(arena);
}

static void words_are_escaped_and_the_drawing_has_a_name(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct buffer out;
    struct canvas_svg svg;
    size_t at;
    (void)state;
    buffer_init(&out, arena, 1 << 15);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){.css_class = "x",
            .width = 10,
            .height = 4,
            .has_size = true,
            .id = TEXT("a\"b"),
            .title = TEXT("<script>&\"'😀"),
            .description = TEXT("1 < 2")});
    canvas_group_begin(&svg.canvas, TEXT("</svg>"), TEXT("&"));
    canvas_text(&svg.canvas, (struct point){1, 2}, TEXT("<b>&amp;"),
        (struct lettering){PAINT_INK, 16, true, ANCHOR_END});
    canvas_group_end(&svg.canvas);
    canvas_svg_close(&svg);
    const char *markup = text_to_string(arena, buffer_text(&out));
    assert_null(xml_mistake(buffer_text(&out), &at));
    assert_null(strstr(markup, "<script"));
    assert_null(strstr(markup, "<b>"));
    assert_non_null(strstr(markup, "role=\"img\""));
    assert_non_null(strstr(markup, "&lt;script&gt;&amp;"));
    assert_non_null(strstr(markup, "width=\"0.6rem\""));
    assert_null(strstr(markup, "style="));
    arena_free(arena);
}

static void the_checker_of_markup_knows_what_is_wrong(void **state)
{
    static const char *const bad[] = {"<a>", "</a>", "<a></b>", "<a b=c/>", "<a b/>",
        "a & b", "a < b", "<a b=\"1\" b=\"2\"/>", "<a b=\"<\"/>", "<a b=\"&x;\"/>"};
    size_t at;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(xml_mistake(text_of(bad[i]), &at));
    assert_null(xml_mistake(TEXT("<a b=\"1\"><c/>&lt;</a>"), &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_become_elements_with_numbers_in_tenths),
        cmocka_unit_test(words_are_escaped_and_the_drawing_has_a_name),
        cmocka_unit_test(the_checker_of_markup_knows_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
