/* test_rotating.c: codes that say under the key what they are. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "kiosk/rotating.h"
#include "tests/support/random.h"

#include <stdlib.h>
#include <string.h>

static const struct code_key key = {{1, 2, 3}};
static const struct code_key other_key = {{1, 2, 4}};

static void assert_same_turn(const struct turn *a, const struct turn *b)
{
    assert_int_equal(a->screen, b->screen);
    assert_int_equal(a->slot, b->slot);
    assert_int_equal(a->number, b->number);
}

static void assert_comes_back(struct turn turn)
{
    struct turn found;
    struct code typed;
    struct code code = rotating_code(&key, &turn);
    assert_int_equal(code_parse(text_of(code.letters), &typed), STATUS_OK);
    assert_true(rotating_turn(&key, &typed, &found));
    assert_same_turn(&found, &turn);
}

static void a_code_says_what_it_is_from_the_least_to_the_most(void **state)
{
    (void)state;
    assert_comes_back((struct turn){1, 0, 0});
    assert_comes_back((struct turn){7, 29510160, 3});
    assert_comes_back(
        (struct turn){ROTATING_SCREEN_MAX, ROTATING_SLOT_MAX, ROTATING_NUMBERS - 1});
}

static int compare_bits(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

static void no_two_turns_have_one_code(void **state)
{
    enum { SCREENS = 20, SLOTS = 20, ALL = SCREENS * SLOTS * ROTATING_NUMBERS };
    uint64_t *seen = calloc(ALL, sizeof *seen);
    (void)state;
    assert_non_null(seen);
    for (uint32_t i = 0; i < ALL; i++) {
        struct turn turn = {1 + i / (SLOTS * ROTATING_NUMBERS),
            1000 + i / ROTATING_NUMBERS % SLOTS, i % ROTATING_NUMBERS};
        struct code code = rotating_code(&key, &turn);
        seen[i] = code_bits(&code);
    }
    qsort(seen, ALL, sizeof *seen, compare_bits);
    for (size_t i = 1; i < ALL; i++)
        assert_true(seen[i - 1] < seen[i]);
    free(seen);
}

/* Who sees one code after another learns nothing of the next: they differ in half of
   their bits. */
static void codes_that_follow_each_other_have_nothing_in_common(void **state)
{
    enum { CODES = 4000 };
    int64_t differ = 0;
    (void)state;
    for (uint32_t i = 0; i < CODES; i++) {
        struct turn now = {1, 29510160 + i, 0};
        struct turn next = {1, 29510161 + i, 0};
        struct code a = rotating_code(&key, &now);
        struct code b = rotating_code(&key, &next);
        differ += __builtin_popcountll(code_bits(&a) ^ code_bits(&b));
    }
    /* 27.5 a pair with a deviation of 3.7: five of its errors are 0.3. */
    assert_true((double)differ / CODES > 27.2 && (double)differ / CODES < 27.8);
}

static void under_another_key_a_code_is_another(void **state)
{
    struct turn turn = {5, 29510160, 9};
    struct turn found = turn;
    (void)state;
    struct code code = rotating_code(&key, &turn);
    struct code other = rotating_code(&other_key, &turn);
    assert_string_not_equal(code.letters, other.letters);
    if (rotating_turn(&other_key, &code, &found))
        assert_true(found.screen != turn.screen || found.slot != turn.slot);
}

/* Screens are few of a million, and slots one minute of a century: a slip's code is not
   taken for one that a tablet showed. */
static void what_was_never_shown_looks_like_a_screen_once_in_many_thousands(void **state)
{
    enum { TRIES = 200000, SCREENS = 100 };
    int taken = 0;
    struct random random = {11};
    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct code code = code_of_bits(random_bits(&random) >> 9);
        struct turn turn;
        taken += rotating_turn(&key, &code, &turn) && turn.screen <= SCREENS;
    }
    assert_true(taken <= 30); /* 9.5 are expected */
}

static void a_slot_is_a_minute_within_bounds(void **state)
{
    (void)state;
    assert_int_equal(rotating_slot(0), 0);
    assert_int_equal(rotating_slot(ROTATING_SECONDS - 1), 0);
    assert_int_equal(rotating_slot(ROTATING_SECONDS), 1);
    assert_int_equal(rotating_slot(-1), 0);
    assert_int_equal(rotating_slot(-1000), 0);
    int64_t last = (int64_t)ROTATING_SLOT_MAX * ROTATING_SECONDS;
    assert_int_equal(rotating_slot(last), ROTATING_SLOT_MAX);
    assert_int_equal(rotating_slot(last + ROTATING_SECONDS), ROTATING_SLOT_MAX);
}

static void a_proof_holds_for_its_code_and_key_alone(void **state)
{
    struct turn turn = {5, 29510160, 9};
    struct turn next = {5, 29510160, 10};
    (void)state;
    struct code code = rotating_code(&key, &turn);
    struct code other = rotating_code(&key, &next);
    struct rotating_proof proof = rotating_proof(&key, &code);
    struct text given = text_of(proof.letters);

    assert_true(rotating_proof_holds(&key, &code, given));
    assert_false(rotating_proof_holds(&key, &other, given));
    assert_false(rotating_proof_holds(&other_key, &code, given));
    given.len--;
    assert_false(rotating_proof_holds(&key, &code, given));
    assert_false(rotating_proof_holds(&key, &code, (struct text){0}));
}

static void bits_make_a_code_and_come_back(void **state)
{
    struct random random = {3};
    (void)state;
    for (int i = 0; i < 1000; i++) {
        uint64_t bits = random_bits(&random) >> 9;
        struct code code = code_of_bits(bits);
        assert_true(code_bits(&code) == bits);
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_code_says_what_it_is_from_the_least_to_the_most),
        cmocka_unit_test(no_two_turns_have_one_code),
        cmocka_unit_test(codes_that_follow_each_other_have_nothing_in_common),
        cmocka_unit_test(under_another_key_a_code_is_another),
        cmocka_unit_test(what_was_never_shown_looks_like_a_screen_once_in_many_thousands),
        cmocka_unit_test(a_slot_is_a_minute_within_bounds),
        cmocka_unit_test(a_proof_holds_for_its_code_and_key_alone),
        cmocka_unit_test(bits_make_a_code_and_come_back),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
