/* test_shown.c: the stamp of a form: read back, and refused when anything is not as it
   was made. */
#include "tests/support/test.h"

#include "kiosk/shown.h"

static const struct code_key key = {.bytes = {1, 2, 3}};
static const struct submission_id id = {.bytes = {0, 0, 80, 1, 9, 9, 0x80, 0, 0x80}};
enum { SECOND = 1767240000 };

static void a_stamp_tells_the_second_it_was_made_in(void **state)
{
    (void)state;
    char stamp[SHOWN_LETTERS + 1];
    int64_t second = 0;
    shown_format(&key, &id, SECOND, stamp);

    assert_true(shown_parse(&key, &id, text_of(stamp), &second));
    assert_int_equal(second, SECOND);
}

static void no_letter_of_a_stamp_can_be_changed(void **state)
{
    (void)state;
    char stamp[SHOWN_LETTERS + 1];
    int64_t second = 7;
    shown_format(&key, &id, SECOND, stamp);

    for (size_t i = 0; i < SHOWN_LETTERS; i++) {
        char kept = stamp[i];
        stamp[i] = kept == '0' ? '1' : '0';
        assert_false(shown_parse(&key, &id, text_of(stamp), &second));
        stamp[i] = 'g';
        assert_false(shown_parse(&key, &id, text_of(stamp), &second));
        stamp[i] = kept;
    }
    assert_int_equal(second, 7);
}

static void a_stamp_is_good_for_one_submission_and_one_key(void **state)
{
    (void)state;
    char stamp[SHOWN_LETTERS + 1];
    int64_t second = 0;
    struct submission_id other = id;
    struct code_key other_key = key;
    shown_format(&key, &id, SECOND, stamp);
    other.bytes[15] = 1;
    other_key.bytes[31] = 1;

    assert_false(shown_parse(&key, &other, text_of(stamp), &second));
    assert_false(shown_parse(&other_key, &id, text_of(stamp), &second));
}

static void what_is_no_stamp_is_refused(void **state)
{
    (void)state;
    char stamp[SHOWN_LETTERS + 2] = {0};
    int64_t second = 0;
    shown_format(&key, &id, SECOND, stamp);

    assert_false(shown_parse(&key, &id, TEXT(""), &second));
    assert_false(
        shown_parse(&key, &id, (struct text){stamp, SHOWN_LETTERS - 1}, &second));
    stamp[SHOWN_LETTERS] = '0';
    assert_false(
        shown_parse(&key, &id, (struct text){stamp, SHOWN_LETTERS + 1}, &second));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_stamp_tells_the_second_it_was_made_in),
        cmocka_unit_test(no_letter_of_a_stamp_can_be_changed),
        cmocka_unit_test(a_stamp_is_good_for_one_submission_and_one_key),
        cmocka_unit_test(what_is_no_stamp_is_refused),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
