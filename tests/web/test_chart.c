/* test_chart.c: rulers, whiskers and signs on a canvas that remembers every stroke: where
   they are drawn, that nothing leaves the drawing, and that a verdict is a shape; and the
   same strokes as SVG. */
#include "tests/support/random.h"
#include "tests/support/test.h"
#include "tests/support/xml.h"

#include "web/render/canvas_svg.h"
#include "web/render/chart_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum stroke_kind { LINE, RECT, CIRCLE, PATH, WORDS };
enum { STROKES_MAX = 4096, POINTS_MAX = 40 };

struct stroke {
    enum stroke_kind kind;
    struct point points[POINTS_MAX];
    size_t count;
    double radius; /* of a circle, of a rectangle's corners */
    struct pen pen;
    char words[64]; /* what was written there may be gone */
};

struct memory {
    struct canvas canvas;
    double width;
    double height;
    struct stroke strokes[STROKES_MAX];
    size_t count;
    int depth; /* of groups */
};

/* ---- a canvas that remembers ---- */

static void check_inside(const struct memory *memory, struct point point, double margin)
{
    bool is_inside = isfinite(point.x) && isfinite(point.y) && point.x >= -margin &&
                     point.x <= memory->width + margin && point.y >= -margin &&
                     point.y <= memory->height + margin;
    if (!is_inside)
        fail_msg("%f, %f is not inside %f × %f", point.x, point.y, memory->width,
            memory->height);
}

static struct stroke *remember(
    struct canvas *canvas, enum stroke_kind kind, const struct pen *pen)
{
    struct memory *memory = (struct memory *)canvas;
    assert_true(memory->count < STROKES_MAX);
    struct stroke *stroke = &memory->strokes[memory->count++];
    *stroke = (struct stroke){.kind = kind};
    if (pen != NULL)
        stroke->pen = *pen;
    return stroke;
}

static void add_point(struct canvas *canvas, struct stroke *stroke, struct point point)
{
    check_inside((struct memory *)canvas, point, 0.5);
    assert_true(stroke->count < POINTS_MAX);
    stroke->points[stroke->count++] = point;
}

static void keep_line(
    struct canvas *canvas, struct point from, struct point to, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, LINE, pen);
    add_point(canvas, stroke, from);
    add_point(canvas, stroke, to);
}

static void keep_rect(
    struct canvas *canvas, struct box box, double radius, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, RECT, pen);
    assert_true(box.width >= 0 && box.height >= 0);
    stroke->radius = radius;
    add_point(canvas, stroke, (struct point){box.x, box.y});
    add_point(canvas, stroke, (struct point){box.x + box.width, box.y + box.height});
}

static void keep_circle(
    struct canvas *canvas, struct point centre, double radius, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, CIRCLE, pen);
    stroke->radius = radius;
    add_point(canvas, stroke, centre);
    check_inside(
        (struct memory *)canvas, (struct point){centre.x - radius, centre.y}, 0.5);
    check_inside(
        (struct memory *)canvas, (struct point){centre.x + radius, centre.y}, 0.5);
}

static void keep_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, const struct pen *pen)
{
    struct stroke *stroke = remember(canvas, PATH, pen);
    (void)is_closed;
    for (size_t i = 0; i < count; i++)
        add_point(canvas, stroke, points[i]);
}

static void keep_text(struct canvas *canvas, struct point at, struct text words,
    const struct lettering *lettering)
{
    struct stroke *stroke = remember(canvas, WORDS, NULL);
    double width = canvas_text_width(words, lettering->size);
    double left = at.x - (lettering->anchor == ANCHOR_MIDDLE   ? width / 2
                             : lettering->anchor == ANCHOR_END ? width
                                                               : 0);
    (void)snprintf(stroke->words, sizeof stroke->words, "%.*s", TEXT_ARG(words));
    add_point(canvas, stroke, at);
    check_inside((struct memory *)canvas, (struct point){left, at.y}, 1);
    check_inside((struct memory *)canvas, (struct point){left + width, at.y}, 1);
}

static void keep_group(struct canvas *canvas, struct text title, struct text description)
{
    (void)title;
    (void)description;
    ((struct memory *)canvas)->depth++;
}

static void keep_end(struct canvas *canvas)
{
    ((struct memory *)canvas)->depth--;
}

static const struct canvas_operations remembering = {.line = keep_line,
    .rect = keep_rect,
    .circle = keep_circle,
    .path = keep_path,
    .text = keep_text,
    .group_begin = keep_group,
    .group_end = keep_end};

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct memory));
    return *state == NULL;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static struct memory *fresh(void **state, double width, double height)
{
    struct memory *memory = *state;
    memory->canvas.operations = &remembering;
    memory->width = width;
    memory->height = height;
    memory->count = 0;
    return memory;
}

/* ---- figures ---- */

static struct chart_figure figure(
    double value, double lo, double hi, enum verdict verdict)
{
    return (struct chart_figure){
        .value = value, .interval = {lo, hi}, .possible = {NAN, NAN}, .verdict = verdict};
}

static const struct chart_scale from_80 = {80, 100, 5};

static struct chart_ruler ruler(struct chart_figure of)
{
    return (struct chart_ruler){.scale = from_80,
        .figure = of,
        .target = 85,
        .target_flag = TEXT("目标 85"),
        .hidden = TEXT("不显示"),
        .width = 320};
}

static struct memory *draw(void **state, const struct chart_ruler *of)
{
    struct memory *memory = fresh(state, of->width, chart_ruler_height(of));
    chart_draw_ruler(&memory->canvas, of);
    return memory;
}

/* On a ruler 320 wide, with 18 on both sides. */
static double place(double value)
{
    return 18 + (value - 80) / 20 * 284;
}

static const struct stroke *find(const struct memory *memory, enum stroke_kind kind,
    enum paint stroke, enum paint fill)
{
    for (size_t i = 0; i < memory->count; i++) {
        const struct stroke *at = &memory->strokes[i];
        if (at->kind == kind && at->pen.stroke == stroke && at->pen.fill == fill)
            return at;
    }
    return NULL;
}

static bool has_words(const struct memory *memory, const char *words)
{
    for (size_t i = 0; i < memory->count; i++)
        if (strcmp(memory->strokes[i].words, words) == 0)
            return true;
    return false;
}

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-6)

/* ---- rulers ---- */

static void the_post_stands_at_the_target_with_its_flag(void **state)
{
    struct chart_ruler of = ruler(figure(88.83, 87.42, 90.10, VERDICT_MET));
    struct memory *memory = draw(state, &of);
    const struct stroke *post = find(memory, LINE, PAINT_INK, PAINT_NONE);
    assert_non_null(post);
    assert_near(post->points[0].x, place(85));
    assert_near(post->points[1].x, place(85));
    assert_true(has_words(memory, "目标 85"));
    assert_true(has_words(memory, "80"));
    assert_true(has_words(memory, "100"));
}

static void a_flag_at_the_end_of_the_scale_turns_inwards(void **state)
{
    struct chart_ruler of = ruler(figure(99, 98, 100, VERDICT_MET));
    of.target = 100;
    (void)draw(state, &of); /* the canvas checks that it is inside */
}

static void the_interval_is_round_above_the_target_and_square_below(void **state)
{
    struct chart_ruler met = ruler(figure(88.83, 87.42, 90.10, VERDICT_MET));
    const struct stroke *bar = find(draw(state, &met), RECT, PAINT_MET, PAINT_MET);
    assert_non_null(bar);
    assert_near(bar->points[0].x, place(87.42));
    assert_near(bar->points[1].x, place(90.10));
    assert_true(bar->radius > 0);

    struct chart_ruler missed = ruler(figure(82, 81, 83, VERDICT_MISSED));
    struct memory *memory = draw(state, &missed);
    bar = find(memory, RECT, PAINT_MISSED, PAINT_MISSED);
    assert_non_null(bar);
    assert_true(bar->radius == 0);
    assert_non_null(find(memory, RECT, PAINT_INK, PAINT_SHEET));
    assert_null(find(memory, CIRCLE, PAINT_INK, PAINT_SHEET));
}

static void what_is_only_likely_is_pale_with_an_outline(void **state)
{
    struct chart_ruler above = ruler(figure(86, 84, 88, VERDICT_LIKELY_MET));
    assert_non_null(
        find(draw(state, &above), RECT, PAINT_LIKELY_MET, PAINT_LIKELY_MET_PALE));
    struct chart_ruler below = ruler(figure(84, 82, 86, VERDICT_LIKELY_MISSED));
    assert_non_null(
        find(draw(state, &below), RECT, PAINT_LIKELY_MISSED, PAINT_LIKELY_MISSED_PALE));
    struct chart_ruler few = ruler(figure(84, 82, 86, VERDICT_INSUFFICIENT));
    const struct stroke *bar =
        find(draw(state, &few), RECT, PAINT_INSUFFICIENT, PAINT_SHEET);
    assert_non_null(bar);
    assert_int_equal(bar->pen.dash, DASH_DASHES);
}

static void what_leaves_the_scale_ends_in_an_arrow_inside_the_drawing(void **state)
{
    struct chart_ruler of = ruler(figure(88, 86, 90, VERDICT_MET));
    of.figure.possible = (struct interval){13.25, 98.39};
    assert_non_null(find(draw(state, &of), PATH, PAINT_MET, PAINT_NONE));
    of.figure.possible = (struct interval){81, 98.39};
    assert_null(find(draw(state, &of), PATH, PAINT_MET, PAINT_NONE));
}

static void a_census_is_a_point_without_a_bar(void **state)
{
    struct chart_ruler of = ruler(figure(95, 95, 95, VERDICT_MET));
    struct memory *memory = draw(state, &of);
    assert_null(find(memory, RECT, PAINT_MET, PAINT_MET));
    assert_near(find(memory, CIRCLE, PAINT_INK, PAINT_SHEET)->points[0].x, place(95));
}

static void a_hidden_figure_is_hatched_and_nothing_else(void **state)
{
    struct chart_ruler of = ruler(figure(88.83, 87.42, 90.10, VERDICT_MET));
    of.figure.is_hidden = true;
    struct memory *memory = draw(state, &of);
    assert_true(has_words(memory, "不显示"));
    assert_null(find(memory, CIRCLE, PAINT_INK, PAINT_SHEET));
    assert_null(find(memory, RECT, PAINT_MET, PAINT_MET));
    assert_null(find(memory, LINE, PAINT_INK, PAINT_NONE));
}

static void a_scale_is_the_usual_one_until_a_figure_lies_lower(void **state)
{
    (void)state;
    const double values[] = {95, NAN, 80};
    assert_int_equal(chart_scale_fit(80, values, 3).lo, 80);
    assert_int_equal(chart_scale_fit(50, values, 3).lo, 50);
    assert_int_equal(chart_scale_fit(80, (const double[]){79.99}, 1).lo, 70);
    assert_int_equal(chart_scale_fit(80, (const double[]){41}, 1).lo, 40);
    assert_int_equal(chart_scale_fit(80, (const double[]){0}, 1).lo, 0);
    assert_int_equal(chart_scale_fit(80, (const double[]){-5}, 1).lo, 0);
}

/* ---- signs ---- */

static void every_verdict_has_a_shape_of_its_own(void **state)
{
    struct memory *memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_MET, false);
    assert_int_equal(memory->strokes[0].kind, CIRCLE);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_MET);
    memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_LIKELY_MET, false);
    assert_int_equal(memory->strokes[0].kind, CIRCLE);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_NONE);
    memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_LIKELY_MISSED, false);
    assert_int_equal(memory->strokes[0].kind, RECT);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_NONE);
    memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_MISSED, true);
    assert_int_equal(memory->strokes[0].kind, RECT);
    assert_int_equal(memory->strokes[1].pen.fill, PAINT_MISSED);
    memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_INSUFFICIENT, false);
    assert_int_equal(memory->strokes[0].pen.dash, DASH_DASHES);
    memory = fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_clock(&memory->canvas);
}

/* ---- whatever the figures are ---- */

static double any_share(struct random *random)
{
    uint64_t number = random_bits(random) % 1200;
    if (number < 100)
        return NAN;
    return ((double)number - 150) / 10; /* −5 to 105 */
}

static struct chart_figure any_figure(struct random *random)
{
    return (struct chart_figure){.value = any_share(random),
        .interval = {any_share(random), any_share(random)},
        .possible = {any_share(random), any_share(random)},
        .verdict = (enum verdict)(random_bits(random) % VERDICT_COUNT),
        .is_certain = random_bits(random) % 2 == 0,
        .is_hidden = random_bits(random) % 8 == 0,
        .is_neutral = random_bits(random) % 4 == 0};
}

static void nothing_leaves_the_drawing_whatever_the_figures_are(void **state)
{
    struct random random = random_start();
    struct arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        const double values[] = {any_share(&random)};
        struct chart_ruler of = ruler(any_figure(&random));
        of.target = any_share(&random);
        of.scale = chart_scale_fit(round % 2 ? 80 : 50, values, 1);
        if (round % 3 == 0)
            of.target_flag = (struct text){NULL, 0};
        (void)draw(state, &of);

        struct chart_whisker list[5] = {0};
        for (size_t i = 0; i < 5; i++) {
            list[i].name = TEXT("退休职工“三走”帮困 and a long name that goes on");
            list[i].detail = TEXT("2026-a-rather-long-name-of-a-wave");
            list[i].note = TEXT("1234567 份");
            list[i].value = TEXT("88.83%");
            list[i].figure = any_figure(&random);
        }
        struct chart_whiskers chart = {.scale = of.scale,
            .target = of.target,
            .target_flag = TEXT("目标 85.25"),
            .hidden = TEXT("不显示"),
            .list = list,
            .count = 1 + random_bits(&random) % 5};
        struct memory *memory =
            fresh(state, chart_whiskers_width(&chart), chart_whiskers_height());
        chart_draw_whiskers(&memory->canvas, arena, &chart);
        assert_int_equal(memory->depth, 0);
    }
    arena_free(arena);
}

/* In bytes; a character of Chinese takes three, and two columns. */
static void no_line_ends_with_an_opening_mark_or_begins_with_a_closing_one(void **state)
{
    const struct text name = TEXT("退休职工“三走”帮困");
    (void)state;
    assert_int_equal(chart_fitting(name, 8), 4 * 3);
    assert_int_equal(chart_fitting(name, 10), 4 * 3);
    assert_int_equal(chart_fitting(name, 12), 6 * 3);
    assert_int_equal(chart_fitting(name, 14), 8 * 3);
    assert_int_equal(chart_fitting(name, 16), 8 * 3);
    assert_int_equal(chart_fitting(TEXT("“三走”"), 2), 3);
}

static struct chart_cell any_cell(struct random *random)
{
    return (struct chart_cell){
        .value = random_bits(random) % 5 ? TEXT("100.00%") : TEXT(""),
        .note = TEXT("1234567 份"),
        .distance = any_share(random) - 85,
        .is_hidden = random_bits(random) % 5 == 0};
}

static void no_heat_table_leaves_its_drawing(void **state)
{
    enum { MOST = 8 };
    struct random random = random_start();
    struct arena *arena = arena_new(1 << 20);
    struct text names[MOST];
    struct chart_cell cells[MOST * MOST];
    for (size_t i = 0; i < MOST; i++)
        names[i] = TEXT("退休职工“三走”帮困 and a long name that goes on and on");
    for (int round = 0; round < 300; round++) {
        arena_reset(arena);
        struct chart_heat chart = {.columns = names,
            .column_count = 1 + random_bits(&random) % MOST,
            .rows = names,
            .row_count = 1 + random_bits(&random) % MOST,
            .cells = cells,
            .low = TEXT("低"),
            .hidden = TEXT("不显示")};
        for (size_t i = 0; i < MOST * MOST; i++)
            cells[i] = any_cell(&random);
        struct memory *memory =
            fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
        chart_draw_heat(&memory->canvas, arena, &chart);
        assert_int_equal(memory->depth, 0);
    }
    arena_free(arena);
}

static void a_cell_says_in_a_word_that_it_is_low_and_a_hidden_one_nothing(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    const struct text names[] = {TEXT("a"), TEXT("b")};
    struct chart_cell cells[] = {
        {.value = TEXT("88.83%"), .note = TEXT("12"), .distance = 3.83},
        {.value = TEXT("77.77%"), .note = TEXT("13"), .distance = -7.23},
        {.value = TEXT("66.66%"), .note = TEXT("14"), .distance = -1, .is_hidden = true},
        {.distance = NAN}};
    struct chart_heat chart = {names, 2, names, 2, cells, TEXT("low"), TEXT("not shown")};
    struct memory *memory =
        fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
    chart_draw_heat(&memory->canvas, arena, &chart);
    assert_true(has_words(memory, "88.83%") && has_words(memory, "77.77%"));
    assert_true(has_words(memory, "low") && has_words(memory, "not shown"));
    assert_false(has_words(memory, "66.66%"));
    cells[1].distance = 0; /* just the target is not below it */
    memory = fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
    chart_draw_heat(&memory->canvas, arena, &chart);
    assert_false(has_words(memory, "low"));
    arena_free(arena);
}

static void no_control_chart_leaves_its_drawing(void **state)
{
    enum { MOST = 60 };
    struct random random = random_start();
    struct chart_control_point list[MOST];
    for (int round = 0; round < 300; round++) {
        struct chart_control chart = {.scale = from_80,
            .center = any_share(&random),
            .center_flag = TEXT("平常 96.65%"),
            .baseline = random_bits(&random) % 30,
            .baseline_words = TEXT("基准期"),
            .list = list,
            .count = 1 + random_bits(&random) % MOST};
        for (size_t i = 0; i < MOST; i++)
            list[i] = (struct chart_control_point){.value = any_share(&random),
                .lower = any_share(&random),
                .upper = any_share(&random),
                .name = TEXT("11 月 30 日"),
                .alert = random_bits(&random) % 4 ? TEXT("") : TEXT("low for long"),
                .is_red = random_bits(&random) % 2 == 0};
        struct memory *memory =
            fresh(state, chart_control_width(&chart), chart_control_height());
        chart_draw_control(&memory->canvas, &chart);
        assert_int_equal(memory->depth, 0);
    }
}

static void an_alert_is_a_word_as_well(void **state)
{
    const struct chart_control_point list[] = {{.value = 95, .lower = 90, .upper = 100},
        {.value = 82, .lower = 90, .upper = 100, .alert = TEXT("far below")}};
    struct chart_control chart = {
        .scale = from_80, .center = 95, .list = list, .count = 2};
    struct memory *memory =
        fresh(state, chart_control_width(&chart), chart_control_height());
    chart_draw_control(&memory->canvas, &chart);
    assert_true(has_words(memory, "far below"));
}

static void a_hidden_column_tells_no_value(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    struct chart_whisker list[] = {
        {.name = TEXT("a"), .value = TEXT("88.83%"), .figure = {.is_hidden = true}}};
    struct chart_whiskers chart = {.scale = from_80,
        .target = 85,
        .hidden = TEXT("不显示"),
        .list = list,
        .count = 1};
    struct memory *memory =
        fresh(state, chart_whiskers_width(&chart), chart_whiskers_height());
    chart_draw_whiskers(&memory->canvas, arena, &chart);
    assert_false(has_words(memory, "88.83%"));
    assert_true(has_words(memory, "不显示"));
    arena_free(arena);
}

/* ---- as SVG ---- */

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
        cmocka_unit_test(the_post_stands_at_the_target_with_its_flag),
        cmocka_unit_test(a_flag_at_the_end_of_the_scale_turns_inwards),
        cmocka_unit_test(the_interval_is_round_above_the_target_and_square_below),
        cmocka_unit_test(what_is_only_likely_is_pale_with_an_outline),
        cmocka_unit_test(what_leaves_the_scale_ends_in_an_arrow_inside_the_drawing),
        cmocka_unit_test(a_census_is_a_point_without_a_bar),
        cmocka_unit_test(a_hidden_figure_is_hatched_and_nothing_else),
        cmocka_unit_test(a_scale_is_the_usual_one_until_a_figure_lies_lower),
        cmocka_unit_test(every_verdict_has_a_shape_of_its_own),
        cmocka_unit_test(nothing_leaves_the_drawing_whatever_the_figures_are),
        cmocka_unit_test(no_line_ends_with_an_opening_mark_or_begins_with_a_closing_one),
        cmocka_unit_test(no_heat_table_leaves_its_drawing),
        cmocka_unit_test(a_cell_says_in_a_word_that_it_is_low_and_a_hidden_one_nothing),
        cmocka_unit_test(no_control_chart_leaves_its_drawing),
        cmocka_unit_test(an_alert_is_a_word_as_well),
        cmocka_unit_test(a_hidden_column_tells_no_value),
        cmocka_unit_test(strokes_become_elements_with_numbers_in_tenths),
        cmocka_unit_test(words_are_escaped_and_the_drawing_has_a_name),
        cmocka_unit_test(the_checker_of_markup_knows_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
