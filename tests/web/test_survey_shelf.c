/* test_survey_shelf.c: which rendered pages are kept, and for how long. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/pages/survey_shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char stamp[] = "00005041-aaaa-8bbb-8ccc-0123456789ab";

static int set_up(void **state)
{
    *state = survey_shelf_new();
    return *state == NULL ? 1 : 0;
}

static int tear_down(void **state)
{
    survey_shelf_free(*state);
    return 0;
}

/* A page of so many bytes that can't be compressed. */
static struct stamped *page_of(size_t size)
{
    char *bytes = malloc(size);
    uint32_t number = 1;
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        number = number * 1664525u + 1013904223u;
        bytes[i] = (char)(number >> 25);
    }
    memcpy(bytes, stamp, sizeof stamp - 1);
    struct stamped *page = stamped_new((struct text){bytes, size}, text_of(stamp));
    free(bytes);
    assert_non_null(page);
    return page;
}

static struct text name_of(char name[8], int number)
{
    (void)snprintf(name, 8, "n%d", number);
    return text_of(name);
}

static bool has(struct survey_shelf *shelf, int number)
{
    char name[8];
    struct stamped *page = survey_shelf_take(shelf, name_of(name, number));
    bool is_there = page != NULL;
    stamped_release(page);
    return is_there;
}

static void put(struct survey_shelf *shelf, int number, size_t size)
{
    char name[8];
    survey_shelf_put(shelf, name_of(name, number), page_of(size));
}

static void a_page_is_found_under_its_name_and_no_other(void **state)
{
    put(*state, 1, 200);
    assert_true(has(*state, 1));
    assert_false(has(*state, 11));
    assert_null(survey_shelf_take(*state, TEXT("n")));
}

static void the_page_put_first_makes_room_for_one_too_many(void **state)
{
    for (int i = 0; i < SHELF_PAGES_MAX; i++)
        put(*state, i, 200);
    assert_true(has(*state, 0));

    put(*state, SHELF_PAGES_MAX, 200);

    assert_false(has(*state, 0));
    assert_true(has(*state, 1));
    assert_true(has(*state, SHELF_PAGES_MAX));
}

static void large_pages_make_room_for_each_other(void **state)
{
    enum { SIZE = SHELF_BYTES_MAX / 5 }; /* plain and packed: two fit, three do not */
    put(*state, 1, SIZE);
    put(*state, 2, SIZE);
    assert_true(has(*state, 1));

    put(*state, 3, SIZE);

    assert_false(has(*state, 1));
    assert_true(has(*state, 2));
    assert_true(has(*state, 3));
}

static void a_page_larger_than_the_shelf_is_not_kept(void **state)
{
    put(*state, 1, SHELF_BYTES_MAX);
    assert_false(has(*state, 1));
}

static void the_longest_name_is_kept_and_a_longer_or_empty_one_is_not(void **state)
{
    char name[SHELF_NAME_BYTES_MAX + 1];
    memset(name, 'x', sizeof name);
    struct text longest = {name, SHELF_NAME_BYTES_MAX};
    struct text longer = {name, sizeof name};
    survey_shelf_put(*state, longer, page_of(200));
    survey_shelf_put(*state, (struct text){0}, page_of(200));
    assert_null(survey_shelf_take(*state, longer));
    assert_null(survey_shelf_take(*state, (struct text){0}));

    survey_shelf_put(*state, longest, page_of(200));

    struct stamped *page = survey_shelf_take(*state, longest);
    assert_non_null(page);
    stamped_release(page);
}

static void a_page_at_hand_outlives_its_place(void **state)
{
    struct arena *arena = arena_new(4096);
    struct request request = {.arena = arena};
    struct response response = {0};
    buffer_init(&response.body, arena, 4096);
    put(*state, 0, 200);
    struct stamped *page = survey_shelf_take(*state, TEXT("n0"));
    for (int i = 1; i <= SHELF_PAGES_MAX; i++)
        put(*state, i, 200);
    assert_false(has(*state, 0));

    stamped_show(page, &request, text_of(stamp), &response);

    assert_int_equal(response.body.len, 200);
    stamped_release(page);
    arena_free(arena);
}

#define with_shelf(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_shelf(a_page_is_found_under_its_name_and_no_other),
        with_shelf(the_page_put_first_makes_room_for_one_too_many),
        with_shelf(large_pages_make_room_for_each_other),
        with_shelf(a_page_larger_than_the_shelf_is_not_kept),
        with_shelf(the_longest_name_is_kept_and_a_longer_or_empty_one_is_not),
        with_shelf(a_page_at_hand_outlives_its_place),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
