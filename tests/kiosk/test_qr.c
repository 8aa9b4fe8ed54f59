/* test_qr.c: addresses in symbols, and the symbols. That a scanner reads them is tried in
   tests/browser/. */
#include "kiosk/qr.h"

#include "tests/support/test.h"

#include <string.h>

enum { ARENA_BYTES = 1 << 20 };

static const struct code code = {"ABCDEFGHJKMN"};

static int make_arena(void **state)
{
    *state = arena_new(ARENA_BYTES);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void an_address_is_in_upper_case_but_for_the_scheme(void **state)
{
    assert_text_equal(qr_address(*state, TEXT("https://my.sjgh.example"), &code),
        "https://MY.SJGH.EXAMPLE/T/ABCDEFGHJKMN");
    assert_text_equal(qr_address(*state, TEXT("HTTP://127.0.0.1:8080/"), &code),
        "http://127.0.0.1:8080/T/ABCDEFGHJKMN");
}

static void a_path_before_the_code_keeps_its_case(void **state)
{
    assert_text_equal(qr_address(*state, TEXT("https://sjgh.example/manyi/"), &code),
        "https://SJGH.EXAMPLE/manyi/T/ABCDEFGHJKMN");
}

static bool has_finder(const struct qr *qr, unsigned left, unsigned top)
{
    static const char *const rows[] = {
        "1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"};
    for (unsigned y = 0; y < 7; y++)
        for (unsigned x = 0; x < 7; x++)
            if (qr->modules[(top + y) * qr->size + left + x] != rows[y][x] - '0')
                return false;
    return true;
}

static void a_symbol_has_its_three_corners(void **state)
{
    struct qr qr;
    assert_int_equal(
        qr_make(*state, TEXT("https://MY.CN/T/ABCDEFGHJKMN"), &qr), STATUS_OK);
    assert_true(has_finder(&qr, 0, 0));
    assert_true(has_finder(&qr, qr.size - 7, 0));
    assert_true(has_finder(&qr, 0, qr.size - 7));
    assert_false(has_finder(&qr, qr.size - 7, qr.size - 7));
}

static void fifty_characters_of_an_address_fit_into_version_3(void **state)
{
    struct qr qr;
    struct text address =
        qr_address(*state, TEXT("https://survey.songjiang-ghzs.cn"), &code);
    assert_true(address.len <= 50);
    assert_int_equal(qr_make(*state, address, &qr), STATUS_OK);
    assert_int_equal(qr.size, 29);
}

static void the_same_content_makes_the_same_symbol(void **state)
{
    struct qr one;
    struct qr other;
    assert_int_equal(qr_make(*state, TEXT("满意"), &one), STATUS_OK);
    assert_int_equal(qr_make(*state, TEXT("满意"), &other), STATUS_OK);
    assert_int_equal(one.size, other.size);
    assert_memory_equal(one.modules, other.modules, one.size * one.size);
}

/* Version 40 with correction M holds 3391 alphanumeric characters. */
static void the_largest_symbol_is_made_and_one_character_more_is_too_large(void **state)
{
    static char content[3393];
    struct qr qr;
    memset(content, 'A', sizeof content);
    assert_int_equal(qr_make(*state, (struct text){content, 3391}, &qr), STATUS_OK);
    assert_int_equal(qr.size, 177);
    assert_int_equal(
        qr_make(*state, (struct text){content, 3392}, &qr), STATUS_TOO_LARGE);
}

static void nothing_and_a_nul_have_no_symbol(void **state)
{
    struct qr qr;
    assert_int_equal(qr_make(*state, TEXT(""), &qr), STATUS_INVALID);
    assert_int_equal(qr_make(*state, TEXT("a\0b"), &qr), STATUS_INVALID);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_arena(an_address_is_in_upper_case_but_for_the_scheme),
        with_arena(a_path_before_the_code_keeps_its_case),
        with_arena(a_symbol_has_its_three_corners),
        with_arena(fifty_characters_of_an_address_fit_into_version_3),
        with_arena(the_same_content_makes_the_same_symbol),
        with_arena(the_largest_symbol_is_made_and_one_character_more_is_too_large),
        with_arena(nothing_and_a_nul_have_no_symbol),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
