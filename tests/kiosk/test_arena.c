/* test_arena.c: memory of fixed capacity. */
#include "tests/support/test.h"

#include "kiosk/arena.h"

#include <string.h>

static void pieces_are_zeroed_also_after_a_reset(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    memset(arena_take(arena, 100), 0xff, 100);

    arena_reset(arena);
    const unsigned char *again = arena_take(arena, 100);

    for (int i = 0; i < 100; i++)
        assert_int_equal(again[i], 0);
    arena_free(arena);
}

static void an_arena_gives_its_capacity_and_not_a_byte_more(void **state)
{
    (void)state;
    struct arena *arena = arena_new(256);

    assert_null(arena_take(arena, 257));
    assert_non_null(arena_take(arena, 200));
    assert_null(arena_take(arena, 64));
    arena_free(arena);
}

static void an_array_whose_size_overflows_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new(256);

    assert_null(arena_take_array(arena, SIZE_MAX / 2, 4));
    assert_null(arena_take(arena, SIZE_MAX));
    arena_free(arena);
}

static void the_last_piece_grows_in_place_an_earlier_one_as_a_copy(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    char *first = arena_take(arena, 8);
    memcpy(first, "12345678", 8);

    char *in_place = arena_grow(arena, first, 8, 64);
    assert_ptr_equal(in_place, first);
    (void)arena_take(arena, 8);
    char *copied = arena_grow(arena, in_place, 64, 128);

    assert_ptr_not_equal(copied, first);
    assert_memory_equal(copied, "12345678", 9);
    assert_int_equal(copied[127], 0);
    assert_null(arena_grow(arena, copied, 128, 8192));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(pieces_are_zeroed_also_after_a_reset),
        cmocka_unit_test(an_arena_gives_its_capacity_and_not_a_byte_more),
        cmocka_unit_test(an_array_whose_size_overflows_is_refused),
        cmocka_unit_test(the_last_piece_grows_in_place_an_earlier_one_as_a_copy),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
