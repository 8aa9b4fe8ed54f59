/* test_rotation.c: which code a tablet shows, and which are good: by numbers and seconds
   alone. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/rotation.h"

#include <string.h>

/* A slot begins here, long after the process did. */
enum { BEGUN = 1770609600 - 10 * 3600, NOW = 1770609600, CENTRE = 7 };

static int set_up(void **state)
{
    struct rotation *rotation = NULL;
    if (rotation_open(BEGUN, &rotation) != STATUS_OK)
        return 1;
    *state = rotation;
    return 0;
}

static int tear_down(void **state)
{
    rotation_close(*state);
    return 0;
}

static struct turn show(struct rotation *rotation, int64_t seconds)
{
    struct turn turn;
    assert_int_equal(rotation_show(rotation, CENTRE, seconds, &turn), STATUS_OK);
    assert_int_equal(turn.screen, CENTRE);
    return turn;
}

static void two_tablets_never_show_one_code(void **state)
{
    struct turn one = show(*state, NOW);
    struct turn other = show(*state, NOW);
    assert_int_equal(one.slot, other.slot);
    assert_int_not_equal(one.number, other.number);
    assert_true(rotation_is_fresh(*state, &one, NOW));
    assert_true(rotation_is_fresh(*state, &other, NOW));

    assert_true(rotation_opens(*state, &one, NOW));

    assert_false(rotation_is_fresh(*state, &one, NOW));
    assert_true(rotation_is_fresh(*state, &other, NOW));
    assert_true(rotation_opens(*state, &other, NOW));
}

static void a_code_is_shown_until_its_minute_is_over(void **state)
{
    struct turn turn = show(*state, NOW + 20);
    assert_true(rotation_is_fresh(*state, &turn, NOW + ROTATING_SECONDS - 1));
    assert_false(rotation_is_fresh(*state, &turn, NOW + ROTATING_SECONDS));
    struct turn next = show(*state, NOW + ROTATING_SECONDS);
    assert_int_equal(next.slot, turn.slot + 1);
}

/* A page without scripts shows its code a minute longer than its slot. */
static void a_code_is_good_for_ten_minutes_after_it_left_the_screen(void **state)
{
    struct turn turn = show(*state, NOW);
    const int64_t left = NOW + 2 * ROTATING_SECONDS;
    assert_true(rotation_opens(*state, &turn, left + ROTATING_VALID_SECONDS - 1));
    assert_false(rotation_opens(*state, &turn, left + ROTATING_VALID_SECONDS));
    assert_false(rotation_opens(*state, &turn, NOW + 3600));
    assert_int_equal(rotation_age(&turn, left), 0);
}

/* Others show codes all the while. */
static void what_others_show_meanwhile_ends_no_code(void **state)
{
    struct turn turn = show(*state, NOW);
    for (int64_t later = 0; later < 11 * ROTATING_SECONDS; later += 3)
        (void)show(*state, NOW + later);
    assert_true(rotation_opens(*state, &turn, NOW + 11 * ROTATING_SECONDS));
}

static void what_was_not_shown_is_not_good(void **state)
{
    struct turn turn = show(*state, NOW);
    turn.number = (turn.number + 1) % ROTATING_NUMBERS;
    assert_false(rotation_opens(*state, &turn, NOW));
    turn.screen++;
    assert_false(rotation_opens(*state, &turn, NOW));
    assert_false(rotation_is_fresh(*state, &turn, NOW));
}

static void a_code_of_the_future_is_not_good(void **state)
{
    struct turn turn = show(*state, NOW + 2 * ROTATING_SECONDS);
    assert_false(rotation_opens(*state, &turn, NOW));
    assert_true(rotation_opens(*state, &turn, NOW + ROTATING_SECONDS));
}

static void what_a_process_before_showed_stays_good(void **state)
{
    struct rotation *next = NULL;
    struct turn turn = show(*state, NOW);
    assert_int_equal(rotation_open(NOW + 30, &next), STATUS_OK);

    assert_true(rotation_opens(next, &turn, NOW + 300));
    assert_false(rotation_is_fresh(next, &turn, NOW + 31)); /* it is replaced */
    const int64_t over = NOW + 2 * ROTATING_SECONDS + ROTATING_VALID_SECONDS;
    assert_true(rotation_opens(next, &turn, over - 1));
    assert_false(rotation_opens(next, &turn, over));
    rotation_close(next);
}

/* The same slot, before and after a new start: numbers begin elsewhere. */
static void a_new_process_does_not_begin_with_the_same_codes(void **state)
{
    enum { STARTS = 50 };
    unsigned char begun_with[ROTATING_NUMBERS] = {0};
    (void)state;
    for (int64_t i = 0; i < STARTS; i++) {
        struct rotation *next = NULL;
        assert_int_equal(rotation_open(NOW + i, &next), STATUS_OK);
        assert_int_equal(begun_with[show(next, NOW + i).number]++, 0);
        rotation_close(next);
    }
}

static void a_minute_has_as_many_codes_as_there_are_numbers(void **state)
{
    unsigned char seen[ROTATING_NUMBERS] = {0};
    for (int i = 0; i < ROTATING_NUMBERS; i++)
        seen[show(*state, NOW).number]++;
    for (int i = 0; i < ROTATING_NUMBERS; i++)
        assert_int_equal(seen[i], 1);
}

/* Whoever asks for pages in a loop uses up the numbers of a minute; then those are shown
   again that nobody has opened. */
static void past_that_the_codes_that_nobody_opened_come_again(void **state)
{
    struct turn turns[ROTATING_NUMBERS];
    for (int i = 0; i < ROTATING_NUMBERS; i++)
        turns[i] = show(*state, NOW);
    for (int i = 0; i < ROTATING_NUMBERS; i++)
        if (i != 100)
            assert_true(rotation_opens(*state, &turns[i], NOW));
    for (int i = 0; i < 1000; i++)
        assert_int_equal(show(*state, NOW).number, turns[100].number);
    assert_true(rotation_is_fresh(*state, &turns[100], NOW));

    assert_true(rotation_opens(*state, &turns[100], NOW));
    (void)show(*state, NOW); /* any of them, and no endless search */
    assert_true(rotation_is_fresh(*state,
        &(struct turn){
            CENTRE, turns[0].slot + 1, show(*state, NOW + ROTATING_SECONDS).number},
        NOW + ROTATING_SECONDS));
}

static void so_many_centres_are_kept_and_no_more(void **state)
{
    struct turn turn;
    for (uint32_t i = 1; i <= ROTATING_CENTRES_MAX; i++)
        assert_int_equal(rotation_show(*state, i * 3, NOW, &turn), STATUS_OK);
    assert_int_equal(
        rotation_show(*state, 3 * ROTATING_CENTRES_MAX + 3, NOW, &turn), STATUS_BUSY);
    assert_int_equal(rotation_show(*state, 3, NOW, &turn), STATUS_OK);

    /* Nothing of them is good any more: their places are free. */
    const int64_t later = NOW + 2 * ROTATING_SECONDS + ROTATING_VALID_SECONDS + 60;
    assert_int_equal(
        rotation_show(*state, 3 * ROTATING_CENTRES_MAX + 3, later, &turn), STATUS_OK);
    assert_true(rotation_opens(*state, &turn, later));
}

#define ROTATION_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        ROTATION_TEST(two_tablets_never_show_one_code),
        ROTATION_TEST(a_code_is_shown_until_its_minute_is_over),
        ROTATION_TEST(a_code_is_good_for_ten_minutes_after_it_left_the_screen),
        ROTATION_TEST(what_others_show_meanwhile_ends_no_code),
        ROTATION_TEST(what_was_not_shown_is_not_good),
        ROTATION_TEST(a_code_of_the_future_is_not_good),
        ROTATION_TEST(what_a_process_before_showed_stays_good),
        ROTATION_TEST(a_new_process_does_not_begin_with_the_same_codes),
        ROTATION_TEST(a_minute_has_as_many_codes_as_there_are_numbers),
        ROTATION_TEST(past_that_the_codes_that_nobody_opened_come_again),
        ROTATION_TEST(so_many_centres_are_kept_and_no_more),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
