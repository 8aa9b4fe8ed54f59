/* test_code.c: short codes: their check letter, what a person may type, their hashes. */
#include "tests/support/test.h"

#include "kiosk/code.h"

#include <string.h>

static const struct code_key key = {{1, 2, 3}};

/* A fixed sequence: the tests say the same each time. */
static struct code next_code(uint32_t *seed)
{
    unsigned char random[CODE_RANDOM_BYTES];
    for (size_t i = 0; i < sizeof random; i++) {
        *seed = *seed * 1664525 + 1013904223;
        random[i] = (unsigned char)(*seed >> 24);
    }
    return code_make(random);
}

static bool is_accepted(const char *letters)
{
    struct code code;
    return code_parse(text_of(letters), &code) == STATUS_OK;
}

static void a_code_that_was_made_reads_back_as_itself(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 1000; i++) {
        struct code made = next_code(&seed);
        struct code read;
        assert_int_equal(code_parse(text_of(made.letters), &read), STATUS_OK);
        assert_string_equal(read.letters, made.letters);
    }
}

static void any_one_wrong_letter_is_caught(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint32_t seed = 2;
    for (int i = 0; i < 50; i++) {
        struct code made = next_code(&seed);
        for (size_t place = 0; place < CODE_LETTERS; place++) {
            for (const char *wrong = alphabet; *wrong != '\0'; wrong++) {
                struct code typed = made;
                typed.letters[place] = *wrong;
                assert_int_equal(
                    is_accepted(typed.letters), *wrong == made.letters[place]);
            }
        }
    }
}

static void any_two_swapped_letters_are_caught(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 200; i++) {
        struct code made = next_code(&seed);
        for (size_t a = 0; a < CODE_LETTERS; a++) {
            for (size_t b = a + 1; b < CODE_LETTERS; b++) {
                struct code typed = made;
                typed.letters[a] = made.letters[b];
                typed.letters[b] = made.letters[a];
                assert_int_equal(
                    is_accepted(typed.letters), made.letters[a] == made.letters[b]);
            }
        }
    }
}

static void case_spaces_dashes_and_look_alikes_are_forgiven(void **state)
{
    (void)state;
    const unsigned char zeros[CODE_RANDOM_BYTES] = {0};
    const unsigned char ones[CODE_RANDOM_BYTES] = {0, 0, 0, 0, 0, 0, 1};
    struct code read;
    assert_string_equal(code_make(zeros).letters, "000000000000");
    assert_int_equal(code_parse(TEXT(" oO0o-OOOO-oooo "), &read), STATUS_OK);
    assert_string_equal(read.letters, "000000000000");

    struct code one = code_make(ones);
    assert_int_equal(one.letters[0], '1');
    one.letters[0] = 'l';
    assert_true(is_accepted(one.letters));
    one.letters[0] = 'I';
    assert_true(is_accepted(one.letters));
}

static void what_chinese_keyboards_make_of_it_is_forgiven(void **state)
{
    (void)state;
    assert_true(is_accepted("\uff10\uff10\uff10\uff10\uff0d\uff2f\uff2f\uff2f\uff2f"
                            "\uff0d\uff4f\uff4f\uff4f\uff4f"));
    assert_true(is_accepted("0000\u30000000\u30000000"));
    assert_true(is_accepted("0000\u20130000\u20140000"));
    assert_true(is_accepted("0000\u00a00000\u22120000"));
    assert_false(is_accepted("0000\u4e000000\u4e000000"));
    assert_false(is_accepted("\uff35\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10"
                             "\uff10\uff10\uff10"));
    assert_false(is_accepted("000000000000\xef\xbc")); /* cut off */
    assert_false(is_accepted("00000000000\xef"));
    assert_false(is_accepted("000000000000\xf0\x9f\x98\x80"));
    assert_false(is_accepted("\x80"
                             "00000000000"));
}

static void too_few_too_many_and_foreign_letters_are_refused(void **state)
{
    (void)state;
    assert_false(is_accepted(""));
    assert_false(is_accepted("00000000000"));
    assert_false(is_accepted("0000000000000"));
    assert_false(is_accepted("U00000000000"));
    assert_false(is_accepted("00000000000?"));
    assert_false(is_accepted("零00000000000"));
    struct code code;
    assert_int_equal(
        code_parse((struct text){"00000\0000000", 12}, &code), STATUS_INVALID);
}

static void a_code_is_printed_in_three_groups_of_four(void **state)
{
    (void)state;
    struct code code = {"ABCDEFGHJKMN"};
    char grouped[CODE_LETTERS + 3];
    code_group(&code, grouped);
    assert_string_equal(grouped, "ABCD-EFGH-JKMN");
}

static void an_open_code_can_be_derived_again_and_rotates(void **state)
{
    (void)state;
    struct code first = code_open(&key, TEXT("relief"), TEXT("yueyang"), 0);
    struct code again = code_open(&key, TEXT("relief"), TEXT("yueyang"), 0);
    struct code rotated = code_open(&key, TEXT("relief"), TEXT("yueyang"), 1);
    struct code shifted = code_open(&key, TEXT("reliefy"), TEXT("ueyang"), 0);

    assert_string_equal(first.letters, again.letters);
    assert_string_not_equal(first.letters, rotated.letters);
    assert_string_not_equal(first.letters, shifted.letters);
    assert_true(is_accepted(first.letters));
}

static void the_tablet_has_another_code_than_the_poster(void **state)
{
    (void)state;
    struct code poster = code_open(&key, TEXT("relief"), TEXT("yueyang"), 0);
    struct code kiosk = code_kiosk(&key, TEXT("relief"), TEXT("yueyang"), 0);
    struct code rotated = code_kiosk(&key, TEXT("relief"), TEXT("yueyang"), 1);

    assert_string_not_equal(kiosk.letters, poster.letters);
    assert_string_not_equal(kiosk.letters, rotated.letters);
    assert_true(is_accepted(kiosk.letters));
}

static void hashes_differ_by_code_and_by_key(void **state)
{
    (void)state;
    uint32_t seed = 5;
    struct code a = next_code(&seed), b = next_code(&seed);
    struct code_key other = {{9}};
    struct code_hash hash_a = code_hash(&key, &a), hash_b = code_hash(&key, &b);
    struct code_hash elsewhere = code_hash(&other, &a), again = code_hash(&key, &a);

    assert_memory_equal(hash_a.bytes, again.bytes, CODE_HASH_BYTES);
    assert_memory_not_equal(hash_a.bytes, hash_b.bytes, CODE_HASH_BYTES);
    assert_memory_not_equal(hash_a.bytes, elsewhere.bytes, CODE_HASH_BYTES);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_code_that_was_made_reads_back_as_itself),
        cmocka_unit_test(any_one_wrong_letter_is_caught),
        cmocka_unit_test(any_two_swapped_letters_are_caught),
        cmocka_unit_test(case_spaces_dashes_and_look_alikes_are_forgiven),
        cmocka_unit_test(what_chinese_keyboards_make_of_it_is_forgiven),
        cmocka_unit_test(too_few_too_many_and_foreign_letters_are_refused),
        cmocka_unit_test(a_code_is_printed_in_three_groups_of_four),
        cmocka_unit_test(an_open_code_can_be_derived_again_and_rotates),
        cmocka_unit_test(the_tablet_has_another_code_than_the_poster),
        cmocka_unit_test(hashes_differ_by_code_and_by_key),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
