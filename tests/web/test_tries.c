/* test_tries.c: a name that was tried too often waits, and no other does. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/tries.h"

#include <stdio.h>

#define NOW ((minute_t)29500000)

static int set_up(void **state)
{
    struct tries *tries;
    if (tries_open(&tries) != STATUS_OK)
        return 1;
    *state = tries;
    return 0;
}

static int tear_down(void **state)
{
    tries_close(*state);
    return 0;
}

static void try_often(struct tries *tries, struct text name, int times, minute_t now)
{
    for (int i = 0; i < times; i++)
        assert_int_equal(tries_begin(tries, name, now), 0);
}

static void five_tries_pass_and_the_sixth_waits(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    assert_int_equal(tries_begin(*state, TEXT("a"), NOW), SIGNIN_TRIES_MINUTES);
    assert_int_equal(tries_begin(*state, TEXT("a"), NOW + 9), 1);
}

static void other_names_are_not_held_up(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    try_often(*state, TEXT("b"), SIGNIN_TRIES_MAX, NOW);
    try_often(*state, TEXT("A"), SIGNIN_TRIES_MAX, NOW);
}

static void one_may_go_on_when_the_oldest_try_is_ten_minutes_old(void **state)
{
    try_often(*state, TEXT("a"), 1, NOW);
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX - 1, NOW + 3);
    assert_int_equal(tries_begin(*state, TEXT("a"), NOW + SIGNIN_TRIES_MINUTES - 1), 1);
    assert_int_equal(tries_begin(*state, TEXT("a"), NOW + SIGNIN_TRIES_MINUTES), 0);
    assert_int_equal(tries_begin(*state, TEXT("a"), NOW + SIGNIN_TRIES_MINUTES), 3);
}

static void waiting_is_no_try(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    for (int i = 0; i < 20; i++)
        assert_int_equal(tries_begin(*state, TEXT("a"), NOW + 5), 5);
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW + SIGNIN_TRIES_MINUTES);
}

static void a_right_password_forgets_the_tries(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    tries_forget(*state, TEXT("a"));
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    assert_int_not_equal(tries_begin(*state, TEXT("a"), NOW), 0);
}

static void a_try_that_could_not_be_looked_at_does_not_count(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    tries_take_back(*state, TEXT("a"));
    tries_take_back(*state, TEXT("b"));
    try_often(*state, TEXT("a"), 1, NOW);
    assert_int_not_equal(tries_begin(*state, TEXT("a"), NOW), 0);
}

static void tries_of_other_names_wash_nothing_away_while_there_is_room(void **state)
{
    try_often(*state, TEXT("a"), SIGNIN_TRIES_MAX, NOW);
    for (int i = 0; i < 5000; i++) {
        char name[20];
        struct text text = {name, (size_t)snprintf(name, sizeof name, "n%d", i)};
        assert_int_equal(tries_begin(*state, text, NOW), 0);
        tries_take_back(*state, text);
    }
    assert_int_not_equal(tries_begin(*state, TEXT("a"), NOW), 0);
}

static void a_full_table_gives_up_the_oldest(void **state)
{
    try_often(*state, TEXT("old"), SIGNIN_TRIES_MAX, NOW);
    for (int i = 0; i < SIGNIN_TRIES_KEPT - SIGNIN_TRIES_MAX; i += SIGNIN_TRIES_MAX) {
        char name[20];
        struct text text = {name, (size_t)snprintf(name, sizeof name, "n%d", i)};
        try_often(*state, text, SIGNIN_TRIES_MAX, NOW + 1);
    }
    try_often(*state, TEXT("last"), SIGNIN_TRIES_MAX, NOW + 1);
    assert_int_not_equal(tries_begin(*state, TEXT("last"), NOW + 1), 0);
    assert_int_equal(tries_begin(*state, TEXT("old"), NOW + 1), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(five_tries_pass_and_the_sixth_waits),
        CASE(other_names_are_not_held_up),
        CASE(one_may_go_on_when_the_oldest_try_is_ten_minutes_old),
        CASE(waiting_is_no_try),
        CASE(a_right_password_forgets_the_tries),
        CASE(a_try_that_could_not_be_looked_at_does_not_count),
        CASE(tries_of_other_names_wash_nothing_away_while_there_is_room),
        CASE(a_full_table_gives_up_the_oldest),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
