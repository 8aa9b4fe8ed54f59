/* test_openings.c: what can be answered at a centre on a day without a slip. */
#include "kiosk/openings.h"

#include "tests/support/test.h"

#include <string.h>

enum { JANUARY = 20454, MARCH = 20513, NORTH = 0, SOUTH = 1 };

static struct plan_wave spring = {.id = {"spring", 6}, .opens = JANUARY, .closes = MARCH};
static struct plan_wave both[] = {
    {.id = {"q1", 2}, .opens = JANUARY, .closes = JANUARY + 9},
    {.id = {"q2", 2}, .opens = MARCH, .closes = MARCH + 9}};
static size_t everywhere[] = {NORTH, SOUTH};
static size_t north_only[] = {NORTH};

static struct plan small_plan(void)
{
    static struct plan_centre centres[] = {{.id = {"north", 5}}, {.id = {"south", 5}}};
    static struct plan_programme programmes[3];
    programmes[0] = (struct plan_programme){.id = TEXT("visits"),
        .waves = &spring,
        .wave_count = 1,
        .centres = north_only,
        .centre_count = 1};
    programmes[1] = (struct plan_programme){.id = TEXT("letters"),
        .coded_only = true,
        .waves = &spring,
        .wave_count = 1,
        .centres = everywhere,
        .centre_count = 2};
    programmes[2] = (struct plan_programme){.id = TEXT("courses"),
        .waves = both,
        .wave_count = 2,
        .centres = everywhere,
        .centre_count = 2};
    return (struct plan){.centres = centres,
        .centre_count = 2,
        .programmes = programmes,
        .programme_count = 3};
}

/* The ids of what is open, with a blank behind each. */
static const char *open_at(struct arena *arena, const char *centre, day_t today)
{
    struct plan plan = small_plan();
    struct opening *list;
    size_t count;
    struct buffer names;
    buffer_init(&names, arena, 1000);
    assert_int_equal(
        openings_list(arena, &plan, text_of(centre), today, &list, &count), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&names, "%.*s/%.*s ", TEXT_ARG(list[i].programme->id),
            TEXT_ARG(list[i].wave->id));
    return text_to_string(arena, buffer_text(&names));
}

static int make_arena(void **state)
{
    *state = arena_new(65536);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_programme_is_open_from_its_first_to_its_last_day(void **state)
{
    assert_string_equal(open_at(*state, "north", JANUARY - 1), "");
    assert_string_equal(open_at(*state, "north", JANUARY), "visits/spring courses/q1 ");
    assert_string_equal(open_at(*state, "north", JANUARY + 10), "visits/spring ");
    assert_string_equal(open_at(*state, "north", MARCH), "visits/spring courses/q2 ");
    assert_string_equal(open_at(*state, "north", MARCH + 1), "courses/q2 ");
}

static void a_centre_has_its_own_programmes_and_never_those_for_slips(void **state)
{
    assert_string_equal(open_at(*state, "south", JANUARY), "courses/q1 ");
    assert_string_equal(open_at(*state, "nowhere", JANUARY), "");
}

static void the_next_opening_is_the_earliest_to_come(void **state)
{
    (void)state;
    struct plan plan = small_plan();
    struct opening next = openings_next(&plan, TEXT("south"), JANUARY - 1);
    assert_text_equal(next.programme->id, "courses");
    assert_int_equal(next.wave->opens, JANUARY);
    next = openings_next(&plan, TEXT("north"), JANUARY);
    assert_int_equal(next.wave->opens, MARCH);
    next = openings_next(&plan, TEXT("north"), MARCH);
    assert_null(next.programme);
    assert_null(next.wave);
}

static void a_full_arena_is_said(void **state)
{
    struct plan plan = small_plan();
    struct opening *list;
    size_t count;
    while (arena_take(*state, 64) != NULL)
        continue;
    assert_int_equal(openings_list(*state, &plan, TEXT("north"), MARCH, &list, &count),
        STATUS_NO_MEMORY);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_arena(a_programme_is_open_from_its_first_to_its_last_day),
        with_arena(a_centre_has_its_own_programmes_and_never_those_for_slips),
        with_arena(the_next_opening_is_the_earliest_to_come),
        with_arena(a_full_arena_is_said),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
