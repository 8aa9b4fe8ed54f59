/* test_score.c: every row of the reference table; points never fall as the rate rises. */
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/score.h"

static void every_row_of_the_reference_table_comes_out(void **state)
{
    struct reference table = reference_read(*state, "score");
    assert_int_equal(table.row_count, 12);
    for (size_t row = 0; row < table.row_count; row++) {
        struct score score;
        struct score_input input = {
            .actual_bp = reference_count(&table, row, "actual_bp"),
            .target_bp = reference_count(&table, row, "target_bp"),
            .full_cp = reference_count(&table, row, "full_cp"),
            .floor_pct = reference_count(&table, row, "floor_pct"),
        };
        assert_int_equal(score_compute(&input, &score), STATUS_OK);
        check_count(&table, row, "completion_bp", score.completion_bp);
        check_count(&table, row, "score_cp", score.score_cp);
    }
}

static int64_t points_of(int64_t actual, int64_t target, int64_t full, int64_t floor_pct)
{
    struct score score;
    struct score_input input = {actual, target, full, floor_pct};
    assert_int_equal(score_compute(&input, &score), STATUS_OK);
    return score.score_cp;
}

static void points_rise_with_the_rate_and_are_full_only_at_the_target(void **state)
{
    static const int64_t targets[] = {1, 4999, 8500, 9000, 10000};
    static const int64_t fulls[] = {1, 250, 1000, SCORE_FULL_MAX_CP};
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        for (size_t j = 0; j < sizeof fulls / sizeof *fulls; j++) {
            int64_t before = 0;
            for (int64_t actual = 0; actual <= 10000; actual++) {
                int64_t points = points_of(actual, targets[i], fulls[j], 0);
                assert_true(points >= before && points <= fulls[j]);
                assert_true((points == fulls[j]) == (actual >= targets[i]));
                before = points;
            }
        }
}

static void under_the_floor_there_are_no_points(void **state)
{
    (void)state;
    assert_int_equal(points_of(5400, 9000, 1000, 60), 600);
    assert_int_equal(points_of(5399, 9000, 1000, 60), 0);
    assert_int_equal(points_of(0, 9000, 0, 0), 0);
}

static void numbers_out_of_their_range_are_refused(void **state)
{
    static const struct score_input bad[] = {{-1, 9000, 1000, 0}, {10001, 9000, 1000, 0},
        {9000, 0, 1000, 0}, {9000, 10001, 1000, 0}, {9000, 9000, -1, 0},
        {9000, 9000, SCORE_FULL_MAX_CP + 1, 0}, {9000, 9000, 1000, -1},
        {9000, 9000, 1000, 101}};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct score score = {77, 77};
        assert_int_equal(score_compute(&bad[i], &score), STATUS_INVALID);
        assert_int_equal(score.score_cp, 77);
    }
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
        cmocka_unit_test(points_rise_with_the_rate_and_are_full_only_at_the_target),
        cmocka_unit_test(under_the_floor_there_are_no_points),
        cmocka_unit_test(numbers_out_of_their_range_are_refused),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
