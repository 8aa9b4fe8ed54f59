/* test_stuffing_hours.c: hours wait until k answers with the same flags are together. */
#include "tests/support/test.h"

#include "kiosk/stuffing_hours.h"

#include <stdio.h>
#include <stdlib.h>

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct stuffing_hours));
    return *state == NULL;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static void the_hour_is_that_of_shanghai(void **state)
{
    (void)state;
    assert_int_equal(stuffing_hour_at(1767240000), 12);
    assert_int_equal(stuffing_hour_at(1767240000 + 3599), 12);
    assert_int_equal(stuffing_hour_at(1767240000 + 12 * 3600), 0);
}

static void a_group_is_had_from_k_answers_on(void **state)
{
    struct stuffing_hours *hours = *state;
    struct stuffing_group group;
    for (int i = 0; i < 9; i++)
        stuffing_hours_add(hours, 2026, TEXT("north"), 1, i % 2 == 0 ? 14 : 2);

    assert_false(stuffing_hours_take(hours, 10, &group));
    stuffing_hours_add(hours, 2026, TEXT("north"), 1, 14);

    assert_true(stuffing_hours_take(hours, 10, &group));
    assert_int_equal(group.count, 10);
    assert_int_equal(group.hours[14], 6);
    assert_int_equal(group.hours[2], 4);
    assert_int_equal(group.flags, 1);
    assert_text_equal(((struct text){group.centre, group.centre_len}), "north");
    assert_false(stuffing_hours_take(hours, 1, &group));
}

static void other_flags_centres_and_years_wait_apart(void **state)
{
    struct stuffing_hours *hours = *state;
    struct stuffing_group group;
    stuffing_hours_add(hours, 2026, TEXT("north"), 1, 5);
    stuffing_hours_add(hours, 2026, TEXT("north"), 3, 5);
    stuffing_hours_add(hours, 2026, TEXT("nort"), 1, 5);
    stuffing_hours_add(hours, 2026, TEXT(""), 1, 5);
    stuffing_hours_add(hours, 2027, TEXT("north"), 1, 5);

    assert_int_equal(hours->count, 5);
    assert_false(stuffing_hours_take(hours, 2, &group));
}

static void what_is_put_back_waits_on(void **state)
{
    struct stuffing_hours *hours = *state;
    struct stuffing_group group;
    stuffing_hours_add(hours, 2026, TEXT("north"), 1, 5);
    assert_true(stuffing_hours_take(hours, 1, &group));
    stuffing_hours_add(hours, 2026, TEXT("north"), 1, 6);

    stuffing_hours_put_back(hours, &group);

    assert_true(stuffing_hours_take(hours, 2, &group));
    assert_int_equal(group.hours[5], 1);
    assert_int_equal(group.hours[6], 1);
}

static void so_many_groups_are_kept_and_no_more(void **state)
{
    struct stuffing_hours *hours = *state;
    for (int i = 0; i <= FLAG_GROUPS_MAX; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "c%d", i);
        stuffing_hours_add(hours, 2026, text_of(name), 1, 5);
        assert_int_equal(hours->count, i < FLAG_GROUPS_MAX ? i + 1 : FLAG_GROUPS_MAX);
    }

    stuffing_hours_add(hours, 2026, TEXT("c0"), 1, 5); /* one that is there goes on */

    assert_int_equal(hours->groups[0].count, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(the_hour_is_that_of_shanghai),
        CASE(a_group_is_had_from_k_answers_on),
        CASE(other_flags_centres_and_years_wait_apart),
        CASE(what_is_put_back_waits_on),
        CASE(so_many_groups_are_kept_and_no_more),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
