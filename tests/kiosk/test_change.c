/* test_change.c: two periods and several, by the reference tables and by what must hold
   for any. */
#include "tests/support/random.h"
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/change.h"
#include "kiosk/figure.h"

#include <math.h>

enum { TRIALS = 3000, PERIODS_MAX = 12 };
static const double little = 1e-9;

static struct change changed(
    struct change_side first, struct change_side second, int confidence_bp)
{
    struct change change;
    assert_int_equal(change_compute(&first, &second, confidence_bp, &change), STATUS_OK);
    return change;
}

static void changes_of_the_reference_come_out(void **state)
{
    struct reference table = reference_read(*state, "change");
    for (size_t row = 0; row < table.row_count; row++) {
        struct change_side first = {reference_count(&table, row, "x1"),
            reference_count(&table, row, "n1"), reference_count(&table, row, "N1")};
        struct change_side second = {reference_count(&table, row, "x2"),
            reference_count(&table, row, "n2"), reference_count(&table, row, "N2")};
        struct change change = changed(
            first, second, (int)lround(reference_number(&table, row, "conf") * 10000));
        check_number(&table, row, "d", change.difference);
        check_number(&table, row, "lo", change.interval.lo);
        check_number(&table, row, "hi", change.interval.hi);
        check_number(&table, row, "chisq", change.chisq);
        check_number(&table, row, "p_value", change.p_value);
        check_word(&table, row, "decision", text_of(change_word(change.decision)));
    }
    assert_int_equal(table.row_count, 10);
}

static struct change_side any_side(struct random *random)
{
    int64_t n = random_between(random, 1, 500);
    return (struct change_side){random_between(random, 0, n), n,
        random_between(random, 0, 2) > 0 ? POPULATION_UNKNOWN
                                         : n + random_between(random, 1, 500)};
}

static void the_other_way_round_is_the_mirror(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct change_side a = any_side(&random), b = any_side(&random);
        struct change there = changed(a, b, 9500), back = changed(b, a, 9500);
        assert_true(fabs(there.difference + back.difference) < little);
        assert_true(fabs(there.interval.lo + back.interval.hi) < little);
        assert_true(fabs(there.interval.hi + back.interval.lo) < little);
        assert_true(fabs(there.p_value - back.p_value) < little);
    }
}

static void the_interval_holds_the_difference_within_one(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct change change = changed(any_side(&random), any_side(&random), 9900);
        assert_true(change.interval.lo >= -1 - little);
        assert_true(change.interval.lo <= change.difference);
        assert_true(change.difference <= change.interval.hi);
        assert_true(change.interval.hi <= 1 + little);
        assert_true(change.p_value >= 0 && change.p_value <= 1);
    }
}

static void equal_samples_are_no_evidence(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct change_side side = any_side(&random);
        struct change change = changed(side, side, 9000);
        assert_true(fabs(change.difference) <= 0);
        assert_true(fabs(change.p_value - 1) <= 0);
        assert_int_equal(change.decision, CHANGE_NO_EVIDENCE);
    }
}

static void two_counts_of_everybody_are_compared_as_facts(void **state)
{
    (void)state;
    const struct change_side fewer = {140, 157, 157}, more = {141, 157, 157};
    const struct change_side same = {280, 314, 314};
    assert_int_equal(changed(fewer, more, 9500).decision, CHANGE_HIGHER);
    assert_int_equal(changed(more, fewer, 9500).decision, CHANGE_LOWER);
    assert_int_equal(changed(fewer, same, 9500).decision, CHANGE_EQUAL);
}

static void no_answers_are_no_data_and_impossible_counts_are_refused(void **state)
{
    (void)state;
    struct change_side side = {1, 2, POPULATION_UNKNOWN}, none = {0, 0, 10};
    struct change change = changed(side, none, 9500);
    assert_int_equal(change.decision, CHANGE_NO_DATA);
    assert_true(isnan(change.difference) != 0);
    none.x = 1;
    assert_int_equal(change_compute(&side, &none, 9500, &change), STATUS_INVALID);
    assert_int_equal(change_compute(&side, &side, 4999, &change), STATUS_INVALID);
    assert_int_equal(change_compute(&side, &side, 10000, &change), STATUS_INVALID);
}

/* ---- trend ---- */

static void trends_of_the_reference_come_out(void **state)
{
    struct reference given = reference_read(*state, "trend_input");
    struct reference table = reference_read(*state, "trend_expected");
    for (size_t row = 0; row < table.row_count; row++) {
        struct change_side periods[PERIODS_MAX];
        struct trend trend;
        size_t count = 0;
        for (size_t i = 0; i < given.row_count; i++)
            if (text_equals(
                    reference_text(&given, i, "case"), reference_text(&table, row, "id")))
                periods[count++] = (struct change_side){reference_count(&given, i, "x"),
                    reference_count(&given, i, "n"), POPULATION_UNKNOWN};
        assert_int_equal(trend_compute(periods, count, &trend), STATUS_OK);
        check_number(&table, row, "chisq", trend.chisq);
        check_number(&table, row, "p_value", trend.p_value);
        check_number(&table, row, "direction", trend.direction);
    }
    assert_int_equal(table.row_count, 3);
}

static void two_periods_are_the_test_of_a_change(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct change_side sides[] = {any_side(&random), any_side(&random)};
        struct trend trend;
        sides[0].population = sides[1].population = POPULATION_UNKNOWN;
        assert_int_equal(trend_compute(sides, 2, &trend), STATUS_OK);
        struct change change = changed(sides[0], sides[1], 9500);
        assert_true(fabs(trend.chisq - change.chisq) < 1e-6);
    }
}

static void backwards_a_trend_only_turns_its_direction(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct change_side there[PERIODS_MAX], back[PERIODS_MAX];
        struct trend rising, falling;
        size_t count = (size_t)random_between(&random, 3, PERIODS_MAX);
        for (size_t j = 0; j < count; j++)
            back[count - 1 - j] = there[j] = any_side(&random);
        assert_int_equal(trend_compute(there, count, &rising), STATUS_OK);
        assert_int_equal(trend_compute(back, count, &falling), STATUS_OK);
        assert_true(fabs(rising.chisq - falling.chisq) < 1e-6);
        if (rising.chisq > 1e-6)
            assert_int_equal(rising.direction, -falling.direction);
    }
}

static void one_period_has_no_trend(void **state)
{
    (void)state;
    const struct change_side periods[] = {{3, 4, -1}, {0, 0, -1}, {0, 0, -1}};
    struct trend trend;
    assert_int_equal(trend_compute(periods, 3, &trend), STATUS_OK);
    assert_true(isnan(trend.chisq) != 0);
    assert_int_equal(trend.direction, 0);
}

static void shares_are_compared_where_products_would_not_fit(void **state)
{
    (void)state;
    const int64_t large = INT64_MAX / 3;
    assert_int_equal(shares_compare(large - 1, large, large - 2, large - 1), 1);
    assert_int_equal(shares_compare(large - 2, large - 1, large - 1, large), -1);
    assert_int_equal(shares_compare(1, 3, large / 3 * 1, large / 3 * 3), 0);
    assert_int_equal(shares_compare(0, 5, 0, 7), 0);
    assert_int_equal(shares_compare(5, 5, 7, 7), 0);
    assert_int_equal(shares_compare(0, 5, 1, 7), -1);
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
        cmocka_unit_test(changes_of_the_reference_come_out),
        cmocka_unit_test(the_other_way_round_is_the_mirror),
        cmocka_unit_test(the_interval_holds_the_difference_within_one),
        cmocka_unit_test(equal_samples_are_no_evidence),
        cmocka_unit_test(two_counts_of_everybody_are_compared_as_facts),
        cmocka_unit_test(no_answers_are_no_data_and_impossible_counts_are_refused),
        cmocka_unit_test(trends_of_the_reference_come_out),
        cmocka_unit_test(two_periods_are_the_test_of_a_change),
        cmocka_unit_test(backwards_a_trend_only_turns_its_direction),
        cmocka_unit_test(one_period_has_no_trend),
        cmocka_unit_test(shares_are_compared_where_products_would_not_fit),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
