/* test_pchart.c: the weekly control chart, by the reference tables and by what must hold
   for any weeks. */
#include "tests/support/random.h"
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/pchart.h"

#include <math.h>

enum { TRIALS = 600, SHORTEST = 30, LONGEST = 60 };

static struct pchart charted(
    struct arena *arena, const struct pchart_week *weeks, size_t count, size_t baseline)
{
    struct pchart chart;
    assert_int_equal(
        pchart_compute(arena, weeks, count, baseline, PCHART_LEAST, &chart), STATUS_OK);
    return chart;
}

static void check_point(const struct reference *table, size_t row,
    const struct pchart *of, const struct pchart_point *point)
{
    check_count(table, row, "last_week", (int64_t)point->last_week + 1);
    check_count(table, row, "x", point->x);
    check_count(table, row, "n", point->n);
    check_count(table, row, "baseline", point->is_baseline);
    check_number(table, row, "center", of->center);
    check_number(table, row, "lcl", point->lower);
    check_number(table, row, "ucl", point->upper);
    check_number(table, row, "p", point->p);
    check_number(table, row, "tail", point->tail);
    check_count(table, row, "rule1", point->rules[PCHART_FAR]);
    check_count(table, row, "rule2", point->rules[PCHART_TWICE]);
    check_count(table, row, "rule3", point->rules[PCHART_RUN]);
    check_word(table, row, "alert", text_of(pchart_word(point->alert)));
}

static void charts_of_the_reference_come_out(void **state)
{
    struct reference given = reference_read(*state, "pchart_input");
    struct reference table = reference_read(*state, "pchart_expected");
    size_t row = 0;
    for (size_t first = 0; first < given.row_count;) {
        struct pchart_week weeks[LONGEST];
        size_t count = 0;
        struct text name = reference_text(&given, first, "case");
        int64_t baseline = reference_count(&given, first, "baseline_weeks");
        for (; first < given.row_count &&
               text_equals(reference_text(&given, first, "case"), name);
             first++)
            weeks[count++] = (struct pchart_week){
                reference_count(&given, first, "x"), reference_count(&given, first, "n")};
        struct pchart chart = charted(*state, weeks, count, (size_t)baseline);
        for (size_t i = 0; i < chart.count; i++, row++)
            check_point(&table, row, &chart, &chart.points[i]);
    }
    assert_int_equal(row, table.row_count);
}

static size_t any_weeks(struct random *random, struct pchart_week weeks[LONGEST])
{
    int64_t most = random_between(random, 3, 60);
    size_t count = (size_t)random_between(random, SHORTEST, LONGEST);
    for (size_t i = 0; i < count; i++) {
        weeks[i].n = random_between(random, 0, most);
        weeks[i].x = weeks[i].n - random_between(random, 0, weeks[i].n / 4);
    }
    return count;
}

static void lines_enclose_the_centre_and_no_good_point_is_red(void **state)
{
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct pchart_week weeks[LONGEST];
        size_t count = any_weeks(&random, weeks);
        arena_reset(*state);
        struct pchart chart = charted(*state, weeks, count, PCHART_BASELINE);
        for (size_t j = 0; j < chart.count; j++) {
            const struct pchart_point *point = &chart.points[j];
            assert_true(point->lower >= 0 && point->lower <= chart.center);
            assert_true(point->upper <= 1 && point->upper >= chart.center);
            assert_true(point->p < chart.center || !point->rules[PCHART_FAR]);
            assert_true(point->n >= PCHART_LEAST || point->alert == PCHART_OPEN ||
                        point->is_baseline);
        }
    }
}

static void lines_narrow_as_answers_grow(void **state)
{
    struct pchart_week weeks[SHORTEST];
    for (size_t i = 0; i < SHORTEST; i++)
        weeks[i] = (struct pchart_week){(int64_t)(i + 1) * 9, (int64_t)(i + 1) * 10};
    struct pchart chart = charted(*state, weeks, SHORTEST, PCHART_BASELINE);
    for (size_t i = 1; i < chart.count; i++)
        assert_true(chart.points[i].lower > chart.points[i - 1].lower);
}

static void further_weeks_change_no_earlier_point(void **state)
{
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct pchart_week weeks[LONGEST];
        size_t count = any_weeks(&random, weeks);
        arena_reset(*state);
        struct pchart whole = charted(*state, weeks, count, PCHART_BASELINE);
        struct pchart part = charted(*state, weeks, count - 5, PCHART_BASELINE);
        for (size_t j = 0; j < part.count; j++)
            if (part.points[j].alert != PCHART_OPEN) {
                assert_int_equal(part.points[j].n, whole.points[j].n);
                assert_int_equal(part.points[j].alert, whole.points[j].alert);
                assert_true(fabs(part.points[j].tail - whole.points[j].tail) <= 0);
            }
    }
}

static void while_the_baseline_is_short_there_are_points_and_no_lines(void **state)
{
    struct pchart_week weeks[PCHART_BASELINE];
    for (size_t i = 0; i < PCHART_BASELINE; i++)
        weeks[i] = (struct pchart_week){9, 10};
    struct pchart chart = charted(*state, weeks, PCHART_BASELINE - 1, PCHART_BASELINE);
    assert_int_equal(chart.count, PCHART_BASELINE - 1);
    assert_true(isnan(chart.center) != 0 && isnan(chart.points[0].lower) != 0);
    chart = charted(*state, weeks, PCHART_BASELINE, PCHART_BASELINE);
    assert_true(fabs(chart.center - 0.9) < 1e-12);
}

static void limits_are_kept(void **state)
{
    struct pchart chart;
    struct pchart_week week = {1, 1};
    assert_int_equal(
        pchart_compute(*state, &week, 1, PCHART_BASELINE_MIN, 1, &chart), STATUS_OK);
    assert_int_equal(pchart_compute(*state, &week, 1, PCHART_BASELINE_MIN - 1, 1, &chart),
        STATUS_INVALID);
    assert_int_equal(
        pchart_compute(*state, &week, 1, PCHART_BASELINE_MIN, 0, &chart), STATUS_INVALID);
    week.x = 2;
    assert_int_equal(
        pchart_compute(*state, &week, 1, PCHART_BASELINE_MIN, 1, &chart), STATUS_INVALID);
    assert_int_equal(pchart_compute(*state, NULL, PCHART_WEEKS_MAX + 1,
                         PCHART_BASELINE_MIN, 1, &chart),
        STATUS_TOO_LARGE);
}

static int make_arena(void **state)
{
    *state = arena_new(8 << 20);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(charts_of_the_reference_come_out),
        cmocka_unit_test(lines_enclose_the_centre_and_no_good_point_is_red),
        cmocka_unit_test(lines_narrow_as_answers_grow),
        cmocka_unit_test(further_weeks_change_no_earlier_point),
        cmocka_unit_test(while_the_baseline_is_short_there_are_points_and_no_lines),
        cmocka_unit_test(limits_are_kept),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
