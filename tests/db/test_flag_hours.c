/* test_flag_hours.c: hours of flagged answers, added up over a year. */
#include "tests/support/test.h"

#include "db/flag_hours.h"
#include "tests/support/temp_store.h"

#include <string.h>

static void add(struct temp_store *temp, int year, const char *centre, unsigned flags,
    int hour, int64_t count)
{
    struct stuffing_group group = {
        .year = year, .flags = flags, .centre_len = strlen(centre), .count = count};
    memcpy(group.centre, centre, group.centre_len);
    group.hours[hour] = count;
    assert_int_equal(flag_hours_add(temp->store, &group), STATUS_OK);
}

static void lots_are_added_up_by_centre_flags_and_hour(void **state)
{
    struct temp_store *temp = *state;
    struct flag_hour *list = NULL;
    size_t count = 9;
    add(temp, 2026, "south", 1, 14, 10);
    add(temp, 2026, "north", 9, 2, 12);
    add(temp, 2026, "south", 1, 14, 11);
    add(temp, 2027, "south", 1, 14, 10);

    assert_int_equal(
        flag_hours_list(temp->store, temp->arena, 2026, &list, &count), STATUS_OK);

    assert_int_equal(count, 2);
    assert_text_equal(list[0].centre, "north");
    assert_int_equal(list[0].flags, 9);
    assert_int_equal(list[0].hour, 2);
    assert_int_equal(list[0].count, 12);
    assert_text_equal(list[1].centre, "south");
    assert_int_equal(list[1].count, 21);
}

static void a_year_without_flags_is_an_empty_list(void **state)
{
    struct temp_store *temp = *state;
    struct flag_hour *list = NULL;
    size_t count = 9;
    assert_int_equal(
        flag_hours_list(temp->store, temp->arena, 2026, &list, &count), STATUS_OK);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(lots_are_added_up_by_centre_flags_and_hour,
            temp_store_set_up, temp_store_tear_down),
        cmocka_unit_test_setup_teardown(a_year_without_flags_is_an_empty_list,
            temp_store_set_up, temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
