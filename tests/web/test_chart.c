/* test_chart.c: rulers, whiskers and signs: where they are drawn, that nothing leaves the
   drawing, and that a verdict is a shape. */
#include "tests/support/memory_canvas.h"
#include "tests/support/random.h"
#include "tests/support/test.h"

#include "web/render/chart_parts.h"

#include <math.h>

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
    struct memory *memory = memory_fresh(state, of->width, chart_ruler_height(of));
    chart_draw_ruler(&memory->canvas, of);
    return memory;
}

/* On a ruler 320 wide, with 18 on both sides. */
static double place(double value)
{
    return 18 + (value - 80) / 20 * 284;
}

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-6)

/* ---- rulers ---- */

static void the_post_stands_at_the_target_with_its_flag(void **state)
{
    struct chart_ruler of = ruler(figure(88.83, 87.42, 90.10, VERDICT_MET));
    struct memory *memory = draw(state, &of);
    const struct stroke *post = memory_find(memory, LINE, PAINT_INK, PAINT_NONE);
    assert_non_null(post);
    assert_near(post->points[0].x, place(85));
    assert_near(post->points[1].x, place(85));
    assert_true(memory_has_words(memory, "目标 85"));
    assert_true(memory_has_words(memory, "80"));
    assert_true(memory_has_words(memory, "100"));
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
    const struct stroke *bar = memory_find(draw(state, &met), RECT, PAINT_MET, PAINT_MET);
    assert_non_null(bar);
    assert_near(bar->points[0].x, place(87.42));
    assert_near(bar->points[1].x, place(90.10));
    assert_true(bar->radius > 0);

    struct chart_ruler missed = ruler(figure(82, 81, 83, VERDICT_MISSED));
    struct memory *memory = draw(state, &missed);
    bar = memory_find(memory, RECT, PAINT_MISSED, PAINT_MISSED);
    assert_non_null(bar);
    assert_true(bar->radius == 0);
    assert_non_null(memory_find(memory, RECT, PAINT_INK, PAINT_SHEET));
    assert_null(memory_find(memory, CIRCLE, PAINT_INK, PAINT_SHEET));
}

static void what_is_only_likely_is_pale_with_an_outline(void **state)
{
    struct chart_ruler above = ruler(figure(86, 84, 88, VERDICT_LIKELY_MET));
    assert_non_null(
        memory_find(draw(state, &above), RECT, PAINT_LIKELY_MET, PAINT_LIKELY_MET_PALE));
    struct chart_ruler below = ruler(figure(84, 82, 86, VERDICT_LIKELY_MISSED));
    assert_non_null(memory_find(
        draw(state, &below), RECT, PAINT_LIKELY_MISSED, PAINT_LIKELY_MISSED_PALE));
    struct chart_ruler few = ruler(figure(84, 82, 86, VERDICT_INSUFFICIENT));
    const struct stroke *bar =
        memory_find(draw(state, &few), RECT, PAINT_INSUFFICIENT, PAINT_SHEET);
    assert_non_null(bar);
    assert_int_equal(bar->pen.dash, DASH_DASHES);
}

static void what_leaves_the_scale_ends_in_an_arrow_inside_the_drawing(void **state)
{
    struct chart_ruler of = ruler(figure(88, 86, 90, VERDICT_MET));
    of.figure.possible = (struct interval){13.25, 98.39};
    assert_non_null(memory_find(draw(state, &of), PATH, PAINT_MET, PAINT_NONE));
    of.figure.possible = (struct interval){81, 98.39};
    assert_null(memory_find(draw(state, &of), PATH, PAINT_MET, PAINT_NONE));
}

static void a_census_is_a_point_without_a_bar(void **state)
{
    struct chart_ruler of = ruler(figure(95, 95, 95, VERDICT_MET));
    struct memory *memory = draw(state, &of);
    assert_null(memory_find(memory, RECT, PAINT_MET, PAINT_MET));
    assert_near(
        memory_find(memory, CIRCLE, PAINT_INK, PAINT_SHEET)->points[0].x, place(95));
}

static void a_hidden_figure_is_hatched_and_nothing_else(void **state)
{
    struct chart_ruler of = ruler(figure(88.83, 87.42, 90.10, VERDICT_MET));
    of.figure.is_hidden = true;
    struct memory *memory = draw(state, &of);
    assert_true(memory_has_words(memory, "不显示"));
    assert_null(memory_find(memory, CIRCLE, PAINT_INK, PAINT_SHEET));
    assert_null(memory_find(memory, RECT, PAINT_MET, PAINT_MET));
    assert_null(memory_find(memory, LINE, PAINT_INK, PAINT_NONE));
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
    struct memory *memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_MET, false);
    assert_int_equal(memory->strokes[0].kind, CIRCLE);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_MET);
    memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_LIKELY_MET, false);
    assert_int_equal(memory->strokes[0].kind, CIRCLE);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_NONE);
    memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_LIKELY_MISSED, false);
    assert_int_equal(memory->strokes[0].kind, RECT);
    assert_int_equal(memory->strokes[0].pen.fill, PAINT_NONE);
    memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_MISSED, true);
    assert_int_equal(memory->strokes[0].kind, RECT);
    assert_int_equal(memory->strokes[1].pen.fill, PAINT_MISSED);
    memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_mark(&memory->canvas, VERDICT_INSUFFICIENT, false);
    assert_int_equal(memory->strokes[0].pen.dash, DASH_DASHES);
    memory = memory_fresh(state, CHART_MARK_SIZE, CHART_MARK_SIZE);
    chart_draw_clock(&memory->canvas);
}

/* ---- whiskers ---- */

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
        memory_fresh(state, chart_whiskers_width(&chart), chart_whiskers_height());
    chart_draw_whiskers(&memory->canvas, arena, &chart);
    assert_false(memory_has_words(memory, "88.83%"));
    assert_true(memory_has_words(memory, "不显示"));
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

/* ---- whatever the figures are ---- */

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
            memory_fresh(state, chart_whiskers_width(&chart), chart_whiskers_height());
        chart_draw_whiskers(&memory->canvas, arena, &chart);
        assert_int_equal(memory->depth, 0);
    }
    arena_free(arena);
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
        cmocka_unit_test(a_hidden_column_tells_no_value),
    };
    return cmocka_run_group_tests(tests, memory_set_up, memory_tear_down);
}
