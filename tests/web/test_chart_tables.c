/* test_chart_tables.c: heat tables and control charts: that nothing leaves the drawing,
   that what is low or alarming is a word, and that a hidden cell tells no value. */
#include "tests/support/memory_canvas.h"
#include "tests/support/random.h"
#include "tests/support/test.h"

#include "web/render/chart_parts.h"

#include <math.h>

static const struct chart_scale from_80 = {80, 100, 5};

/* ---- heat tables ---- */

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
            memory_fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
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
        memory_fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
    chart_draw_heat(&memory->canvas, arena, &chart);
    assert_true(memory_has_words(memory, "88.83%") && memory_has_words(memory, "77.77%"));
    assert_true(memory_has_words(memory, "low") && memory_has_words(memory, "not shown"));
    assert_false(memory_has_words(memory, "66.66%"));
    cells[1].distance = 0; /* just the target is not below it */
    memory = memory_fresh(state, chart_heat_width(&chart), chart_heat_height(&chart));
    chart_draw_heat(&memory->canvas, arena, &chart);
    assert_false(memory_has_words(memory, "low"));
    arena_free(arena);
}

/* ---- control charts ---- */

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
            memory_fresh(state, chart_control_width(&chart), chart_control_height());
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
        memory_fresh(state, chart_control_width(&chart), chart_control_height());
    chart_draw_control(&memory->canvas, &chart);
    assert_true(memory_has_words(memory, "far below"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_heat_table_leaves_its_drawing),
        cmocka_unit_test(a_cell_says_in_a_word_that_it_is_low_and_a_hidden_one_nothing),
        cmocka_unit_test(no_control_chart_leaves_its_drawing),
        cmocka_unit_test(an_alert_is_a_word_as_well),
    };
    return cmocka_run_group_tests(tests, memory_set_up, memory_tear_down);
}
