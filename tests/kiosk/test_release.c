/* test_release.c: when figures take in what has come. */
#include "tests/support/test.h"

#include "kiosk/release.h"

enum { K = 10, OPENS = 100, CLOSES = 200, GRACE = 14, OPEN_DAY = 150 };

static bool is_due(int64_t received, int64_t released, day_t made_on, day_t today)
{
    const struct plan plan = {.k = K, .grace_days = GRACE};
    const struct plan_wave wave = {.opens = OPENS, .closes = CLOSES};
    const struct release_state state = {received, released, made_on};
    return release_is_due(&plan, &wave, &state, today);
}

static void the_first_k_are_released_together(void **state)
{
    (void)state;
    assert_false(is_due(0, 0, DAY_NONE, OPEN_DAY));
    assert_false(is_due(K - 1, 0, DAY_NONE, OPEN_DAY));
    assert_true(is_due(K, 0, DAY_NONE, OPEN_DAY));
}

static void the_next_wait_until_they_are_k_as_well(void **state)
{
    (void)state;
    assert_false(is_due(53 + K - 1, 53, OPEN_DAY, OPEN_DAY + 1));
    assert_true(is_due(53 + K, 53, OPEN_DAY, OPEN_DAY));
}

static void a_wave_that_has_closed_is_released_once_whatever_has_come(void **state)
{
    (void)state;
    assert_false(is_due(3, 0, DAY_NONE, CLOSES));
    assert_true(is_due(3, 0, DAY_NONE, CLOSES + 1));
    assert_true(is_due(54, 53, CLOSES, CLOSES + 1));
    assert_false(is_due(54, 53, CLOSES + 1, CLOSES + 2));
}

static void late_answers_are_released_when_the_days_of_grace_are_over(void **state)
{
    (void)state;
    assert_false(is_due(54, 53, CLOSES + 1, CLOSES + GRACE));
    assert_true(is_due(54, 53, CLOSES + 1, CLOSES + GRACE + 1));
    assert_false(is_due(55, 54, CLOSES + GRACE + 1, CLOSES + GRACE + 2));
}

static void nothing_new_is_no_release(void **state)
{
    (void)state;
    assert_false(is_due(53, 53, OPEN_DAY, CLOSES + 1));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_first_k_are_released_together),
        cmocka_unit_test(the_next_wait_until_they_are_k_as_well),
        cmocka_unit_test(a_wave_that_has_closed_is_released_once_whatever_has_come),
        cmocka_unit_test(late_answers_are_released_when_the_days_of_grace_are_over),
        cmocka_unit_test(nothing_new_is_no_release),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
