/* test_counted.c: what a node has counted is known again, or not at all. */
#include "tests/support/test.h"

#include "db/counted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 5000, COUNTERS = 1 }; /* a questionnaire of no items: the submissions */

static const struct plan_questionnaire questionnaire = {.item_count = 0};

static int set_up(void **state)
{
    *state = counted_new();
    return *state == NULL ? 1 : 0;
}

static int tear_down(void **state)
{
    counted_free(*state);
    return 0;
}

static struct tally_key key_of(const char *programme, int64_t period)
{
    return (struct tally_key){.slice = TALLY_BY_PERIOD,
        .programme = text_of(programme),
        .wave = TEXT("q1"),
        .period = period,
        .centre = TEXT("")};
}

static void note(struct counted *counted, const struct tally_key *key, int64_t number)
{
    counted_note_cell(counted, key, &questionnaire, &number);
}

static void nothing_is_known_at_first(void **state)
{
    struct counted *counted = *state;
    const struct tally_key key = key_of("visits", 1);
    const struct set_key set = {TEXT("visits"), TEXT("q1"), 1};
    struct period_set found;

    assert_null(counted_cell(counted, &key));
    assert_false(counted_set(counted, &set, &found));
}

static void a_cell_is_known_as_it_was_noted_last(void **state)
{
    struct counted *counted = *state;
    const struct tally_key key = key_of("visits", 1);
    const struct tally_key other = key_of("visits", 2);

    note(counted, &key, 7);
    note(counted, &key, 9);

    assert_int_equal(counted_cell(counted, &key)->counter_count, COUNTERS);
    assert_int_equal(counted_cell(counted, &key)->counters[0], 9);
    assert_null(counted_cell(counted, &other));
}

static void a_set_is_known_as_it_was_noted_last(void **state)
{
    struct counted *counted = *state;
    const struct set_key key = {TEXT("visits"), TEXT("q1"), 1};
    struct period_set set = {.count = 3};
    struct period_set found = {0};
    seal_lanes_add(&set.lanes, &(struct seal_digest){{5}});

    counted_note_set(counted, &key, &set);

    assert_true(counted_set(counted, &key, &found));
    assert_int_equal(found.count, 3);
    assert_memory_equal(&found.lanes, &set.lanes, sizeof set.lanes);
}

static void the_texts_of_a_key_may_be_gone_afterwards(void **state)
{
    struct counted *counted = *state;
    char programme[] = "visits";
    const struct tally_key key = key_of(programme, 1);
    const struct tally_key same = key_of("visits", 1);

    note(counted, &key, 7);
    memset(programme, 'x', sizeof programme - 1);

    assert_non_null(counted_cell(counted, &same));
}

static void seals_are_known_until_there_is_a_newer_one(void **state)
{
    struct counted *counted = *state;
    const struct set_key key = {TEXT("visits"), TEXT("q1"), 1};
    int64_t seals = 0;
    assert_false(counted_seals(counted, &key, &seals));

    counted_note_seals(counted, &key, 2);
    assert_true(counted_seals_hold(counted, 40));
    assert_true(counted_seals_hold(counted, 40));
    assert_true(counted_seals(counted, &key, &seals));
    assert_int_equal(seals, 2);

    assert_false(counted_seals_hold(counted, 41));
    assert_false(counted_seals(counted, &key, &seals));
    assert_true(counted_seals_hold(counted, 41));
}

static void what_is_forgotten_is_not_known(void **state)
{
    struct counted *counted = *state;
    const struct tally_key key = key_of("visits", 1);

    note(counted, &key, 7);
    counted_forget(counted);

    assert_null(counted_cell(counted, &key));
}

/* An old number of a cell that is known would lose what was counted since. */
static void a_cell_that_is_known_is_noted_even_without_room_for_others(void **state)
{
    struct counted *counted = *state;
    const struct tally_key first = key_of("visits", 0);
    const struct tally_key last = key_of("visits", MANY);
    note(counted, &first, 1);
    for (int64_t period = 1; period <= MANY; period++) {
        const struct tally_key key = key_of("visits", period);
        note(counted, &key, period);
    }
    assert_null(counted_cell(counted, &last));

    note(counted, &first, 2);

    assert_int_equal(counted_cell(counted, &first)->counters[0], 2);
}

static void room_is_made_only_where_there_was_none(void **state)
{
    struct counted *counted = *state;
    const struct tally_key first = key_of("visits", 0);
    note(counted, &first, 1);
    counted_make_room(counted);
    assert_non_null(counted_cell(counted, &first));

    for (int64_t period = 1; period <= MANY; period++) {
        const struct tally_key key = key_of("visits", period);
        note(counted, &key, period);
    }
    counted_make_room(counted);
    assert_null(counted_cell(counted, &first));

    note(counted, &first, 3);
    assert_int_equal(counted_cell(counted, &first)->counters[0], 3);
}

#define COUNTED_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        COUNTED_TEST(nothing_is_known_at_first),
        COUNTED_TEST(a_cell_is_known_as_it_was_noted_last),
        COUNTED_TEST(a_set_is_known_as_it_was_noted_last),
        COUNTED_TEST(the_texts_of_a_key_may_be_gone_afterwards),
        COUNTED_TEST(seals_are_known_until_there_is_a_newer_one),
        COUNTED_TEST(what_is_forgotten_is_not_known),
        COUNTED_TEST(a_cell_that_is_known_is_noted_even_without_room_for_others),
        COUNTED_TEST(room_is_made_only_where_there_was_none),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
