/* test_mean.c: every row of the reference table, and the mean's own edges. */
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/mean.h"

#include <math.h>

static struct mean_input input_of(const struct reference *table, size_t row)
{
    static const char *const levels[] = {"c5", "c4", "c3", "c2", "c1"};
    static const char *const weights[] = {"w5", "w4", "w3", "w2", "w1"};
    struct mean_input input = {
        .population = reference_count(table, row, "N"),
        .confidence_bp = (int)lround(reference_number(table, row, "conf") * 10000),
        .target = reference_number(table, row, "target"),
    };
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        input.levels[i] = reference_count(table, row, levels[i]);
        input.weights[i] = reference_number(table, row, weights[i]);
    }
    return input;
}

static void check_row(struct arena *arena, const struct reference *table, size_t row)
{
    struct mean mean;
    struct mean_input input = input_of(table, row);
    assert_int_equal(mean_compute(&input, &mean), STATUS_OK);
    check_count(table, row, "n", mean.n);
    check_count(table, row, "top2_x", levels_top(input.levels, MEASURE_TOP2));
    check_count(table, row, "top3_x", levels_top(input.levels, MEASURE_TOP3));
    check_number(table, row, "mean", mean.score.value);
    check_number(table, row, "sd", mean.sd);
    check_number(table, row, "se", mean.score.se);
    check_count(table, row, "df", mean.df);
    check_number(table, row, "lo", mean.score.lo);
    check_number(table, row, "hi", mean.score.hi);
    check_number(table, row, "net", mean.net.value);
    check_number(table, row, "net_se", mean.net.se);
    check_number(table, row, "net_lo", mean.net.lo);
    check_number(table, row, "net_hi", mean.net.hi);
    check_word(table, row, "verdict", text_of(verdict_word(mean.verdict)));
    check_set(table, row, "flags", figure_flags_text(arena, mean.flags));
}

static void every_row_of_the_reference_table_comes_out(void **state)
{
    struct reference table = reference_read(*state, "mean");
    assert_int_equal(table.row_count, 11);
    for (size_t row = 0; row < table.row_count; row++)
        check_row(*state, &table, row);
}

static struct mean_input shipped(int64_t five, int64_t three, int64_t population)
{
    return (struct mean_input){.levels = {five, 0, three, 0, 0},
        .weights = {100, 80, 60, 30, 0},
        .population = population,
        .confidence_bp = 9500,
        .target = 80};
}

static void one_answer_of_one_person_is_a_census(void **state)
{
    struct mean mean;
    struct mean_input input = shipped(1, 0, 1);
    (void)state;
    assert_int_equal(mean_compute(&input, &mean), STATUS_OK);
    assert_int_equal(mean.flags, FLAG_CENSUS);
    assert_true(mean.score.lo >= 100 && mean.score.hi <= 100 && mean.score.se <= 0);
    assert_true(isnan(mean.sd));
    assert_int_equal(mean.verdict, VERDICT_MET);
}

static void walk_in_answers_take_no_correction_and_no_census(void **state)
{
    struct mean walk_in, unknown;
    struct mean_input input = shipped(20, 20, 40);
    (void)state;
    input.is_walk_in = true;
    assert_int_equal(mean_compute(&input, &walk_in), STATUS_OK);
    input.population = POPULATION_UNKNOWN;
    assert_int_equal(mean_compute(&input, &unknown), STATUS_OK);
    assert_memory_equal(&walk_in.score, &unknown.score, sizeof walk_in.score);
    assert_int_equal(walk_in.flags, 0);
    assert_int_equal(unknown.flags, FLAG_POP_UNKNOWN);
}

static void nine_answers_are_insufficient_and_ten_are_not(void **state)
{
    struct mean mean;
    struct mean_input nine = shipped(9, 0, 100);
    struct mean_input ten = shipped(10, 0, 100);
    (void)state;
    assert_int_equal(mean_compute(&nine, &mean), STATUS_OK);
    assert_int_equal(mean.verdict, VERDICT_INSUFFICIENT);
    assert_int_equal(mean_compute(&ten, &mean), STATUS_OK);
    assert_int_not_equal(mean.verdict, VERDICT_INSUFFICIENT);
}

static void answers_of_equal_weight_do_not_vary(void **state)
{
    static const double weights[] = {100, 100, 0, -100, -100};
    static const int64_t fours_and_fives[] = {3, 7, 0, 0, 0};
    static const int64_t mixed[] = {3, 0, 1, 0, 0};
    static const int64_t none[] = {0, 0, 0, 0, 0};
    (void)state;
    assert_false(levels_vary(fours_and_fives, weights));
    assert_true(levels_vary(mixed, weights));
    assert_false(levels_vary(none, weights));
}

static void what_is_no_count_or_no_weight_is_refused(void **state)
{
    struct mean mean;
    struct mean_input input = shipped(-1, 5, 100);
    (void)state;
    assert_int_equal(mean_compute(&input, &mean), STATUS_INVALID);
    input = shipped(1, 5, -2);
    assert_int_equal(mean_compute(&input, &mean), STATUS_INVALID);
    input = shipped(1, 5, 100);
    input.weights[2] = INFINITY;
    assert_int_equal(mean_compute(&input, &mean), STATUS_INVALID);
    input = shipped(1, 5, 100);
    input.confidence_bp = 10000;
    assert_int_equal(mean_compute(&input, &mean), STATUS_INVALID);
}

static int make_arena(void **state)
{
    *state = arena_new(4194304);
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
        cmocka_unit_test(every_row_of_the_reference_table_comes_out),
        cmocka_unit_test(one_answer_of_one_person_is_a_census),
        cmocka_unit_test(walk_in_answers_take_no_correction_and_no_census),
        cmocka_unit_test(nine_answers_are_insufficient_and_ten_are_not),
        cmocka_unit_test(answers_of_equal_weight_do_not_vary),
        cmocka_unit_test(what_is_no_count_or_no_weight_is_refused),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
