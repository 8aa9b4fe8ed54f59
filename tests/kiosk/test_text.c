/* test_text.c: text as pointer and length, and the capped buffer. */
#include "tests/support/test.h"

#include "kiosk/text.h"

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

static void texts_are_compared_bytewise_and_shorter_comes_first(void **state)
{
    (void)state;
    assert_true(text_equals(TEXT("满意"), text_of("满意")));
    assert_false(text_equals(TEXT("满意"), TEXT("满")));
    assert_true(text_equals_ignoring_case(TEXT("Host"), TEXT("hOST")));
    assert_true(text_compare(TEXT("ab"), TEXT("abc")) < 0);
    assert_true(text_compare(TEXT("b"), TEXT("abc")) > 0);
    assert_true(text_equals((struct text){0}, TEXT("")));
}

static void a_number_is_digits_only_and_at_most_eighteen(void **state)
{
    (void)state;
    int64_t number = -7;
    assert_true(text_to_number(TEXT("999999999999999999"), &number));
    assert_int_equal(number, 999999999999999999);
    assert_false(text_to_number(TEXT("1000000000000000000"), &number));
    assert_false(text_to_number(TEXT(""), &number));
    assert_false(text_to_number(TEXT("-1"), &number));
    assert_false(text_to_number(TEXT(" 1"), &number));
    assert_int_equal(number, 999999999999999999);
}

static void a_string_with_a_nul_inside_is_refused(void **state)
{
    assert_null(text_to_string(*state, (struct text){"a\0b", 3}));
    assert_string_equal(text_to_string(*state, TEXT("ab")), "ab");
}

static void characters_are_counted_as_a_person_counts_them(void **state)
{
    (void)state;
    assert_int_equal(text_count_characters(TEXT("")), 0);
    assert_int_equal(text_count_characters(TEXT("满意吗？")), 4);
    assert_int_equal(text_count_characters(TEXT("e\xcc\x81")), 1);
    assert_int_equal(text_count_characters(TEXT("👨‍👩‍👧‍👦")), 1);
    assert_int_equal(text_count_characters(TEXT("\xff")), -1);
}

static void the_length_of_valid_utf8_ends_before_the_first_bad_byte(void **state)
{
    (void)state;
    assert_int_equal(text_utf8_length(TEXT("")), 0);
    assert_int_equal(text_utf8_length(TEXT("a评")), 4);
    assert_int_equal(text_utf8_length(TEXT("a评\xff评")), 4);
    assert_int_equal(text_utf8_length(TEXT("a\xe8\xaf")), 1);
}

static void chinese_takes_two_columns_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(text_columns(TEXT("满意 90%")), 8);
    assert_int_equal(text_columns(TEXT("")), 0);
}

static void what_a_person_typed_is_composed_trimmed_and_has_plain_line_ends(void **state)
{
    struct text clean;
    bool is_full;
    assert_true(text_clean(*state, TEXT("  e\xcc\x81\r\nb\rc \n"), &clean, &is_full));
    assert_text_equal(clean, "é\nb\nc");
}

static size_t write_point(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | point >> 12);
    out[1] = (char)(0x80 | (point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (point & 0x3f));
    return 3;
}

/* Text of letters that are composed already is not composed again. A Thai letter beside
   it has it composed; both ways must lead to the same. */
static void each_letter_is_cleaned_alike_whatever_stands_beside_it(void **state)
{
    for (uint32_t point = 0x20; point < 0xfffe; point++) {
        char bytes[16] = "a";
        struct text without, with;
        bool is_full;
        if ((point >= 0x7f && point < 0xa0) || (point >= 0xd800 && point < 0xe000))
            continue;
        size_t len = 1 + write_point(point, bytes + 1);
        bytes[len++] = 'b';
        bool is_clean = text_clean(*state, (struct text){bytes, len}, &without, &is_full);
        size_t more = write_point(0xe01, bytes + len);
        assert_int_equal(
            text_clean(*state, (struct text){bytes, len + more}, &with, &is_full),
            is_clean);
        if (is_clean) {
            with.len -= more;
            assert_true(text_equals(without, with));
        }
        arena_reset(*state);
    }
}

static void control_characters_overrides_and_bad_bytes_are_refused(void **state)
{
    const struct text bad[] = {
        {"a\0b", 3},
        TEXT("bell\a"),
        TEXT("\xe2\x80\xae"
             "evil"),
        TEXT("\xe2\x81\xa6x"),
        TEXT("\xc0\xaf"),
        TEXT("\xed\xa0\x80"),
        TEXT("cut\xe6\xbb"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text untouched = TEXT("untouched");
        bool is_full;
        assert_false(text_clean(*state, bad[i], &untouched, &is_full));
        assert_false(is_full);
        assert_text_equal(untouched, "untouched");
    }
}

static void folding_leaves_what_ways_of_writing_have_in_common(void **state)
{
    struct text folded;
    assert_true(text_fold(*state, TEXT("Ａ b\tC\xe2\x80\x8b\xe3\x80\x80ß"), &folded));
    assert_text_equal(folded, "abcss");
    assert_true(text_fold(*state, TEXT("e \xcc\x81"), &folded)); /* an accent alone */
    assert_text_equal(folded, "\xc3\xa9");
    assert_true(text_fold(*state, TEXT(""), &folded));
    assert_int_equal(folded.len, 0);
    assert_false(text_fold(*state, TEXT("\xff"), &folded));
}

static void a_hexadecimal_digit_has_a_value_in_either_case(void **state)
{
    (void)state;
    static const char lower[] = "0123456789abcdef";
    static const char upper[] = "0123456789ABCDEF";
    for (int i = 0; i < 16; i++) {
        assert_int_equal(text_hex_digit(lower[i]), i);
        assert_int_equal(text_hex_digit(upper[i]), i);
    }
    static const char neighbours[] = "/:@G`g";
    for (size_t i = 0; i < sizeof neighbours; i++) /* the ending NUL as well */
        assert_int_equal(text_hex_digit(neighbours[i]), -1);
}

static void hexadecimal_is_read_back_in_lower_case_only(void **state)
{
    const unsigned char bytes[] = {0, 0x9a, 0xff};
    unsigned char read[3];
    struct text hex = text_hex(*state, bytes, sizeof bytes);
    assert_text_equal(hex, "009aff");
    assert_true(text_from_hex(hex, read, sizeof read));
    assert_memory_equal(read, bytes, sizeof bytes);
    assert_false(text_from_hex(TEXT("009aFf"), read, sizeof read));
    assert_false(text_from_hex(TEXT("009af"), read, sizeof read));
    assert_false(text_from_hex(TEXT("009aff0"), read, sizeof read));
}

static void a_buffer_holds_its_maximum_and_says_when_one_more_did_not_fit(void **state)
{
    struct buffer buffer;
    buffer_init(&buffer, *state, 5);
    buffer_add_string(&buffer, "123");
    buffer_add_char(&buffer, '4');
    buffer_add_text(&buffer, TEXT("5"));
    assert_false(buffer.is_full);
    assert_text_equal(buffer_text(&buffer), "12345");

    buffer_add_char(&buffer, '6');

    assert_true(buffer.is_full);
    assert_text_equal(buffer_text(&buffer), "12345");
}

static void a_buffer_grows_and_formats(void **state)
{
    struct buffer buffer;
    buffer_init(&buffer, *state, 100000);
    for (int i = 0; i < 1000; i++)
        buffer_add_format(&buffer, "%04d ", i);
    buffer_add_number(&buffer, -42);
    assert_false(buffer.is_full);
    assert_int_equal(buffer.len, 5003);
    assert_memory_equal(buffer.data + 4995, "0999 -42", 8);
}

static void the_largest_numbers_of_both_signs_are_written_whole(void **state)
{
    struct buffer buffer;
    buffer_init(&buffer, *state, 100);
    buffer_add_number(&buffer, 0);
    buffer_add_char(&buffer, ' ');
    buffer_add_number(&buffer, INT64_MAX);
    buffer_add_char(&buffer, ' ');
    buffer_add_number(&buffer, INT64_MIN);
    assert_text_equal(buffer_text(&buffer), "0 9223372036854775807 -9223372036854775808");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(texts_are_compared_bytewise_and_shorter_comes_first),
        cmocka_unit_test(a_number_is_digits_only_and_at_most_eighteen),
        cmocka_unit_test(a_string_with_a_nul_inside_is_refused),
        cmocka_unit_test(characters_are_counted_as_a_person_counts_them),
        cmocka_unit_test(the_length_of_valid_utf8_ends_before_the_first_bad_byte),
        cmocka_unit_test(chinese_takes_two_columns_of_a_terminal),
        cmocka_unit_test(what_a_person_typed_is_composed_trimmed_and_has_plain_line_ends),
        cmocka_unit_test(each_letter_is_cleaned_alike_whatever_stands_beside_it),
        cmocka_unit_test(control_characters_overrides_and_bad_bytes_are_refused),
        cmocka_unit_test(folding_leaves_what_ways_of_writing_have_in_common),
        cmocka_unit_test(a_hexadecimal_digit_has_a_value_in_either_case),
        cmocka_unit_test(hexadecimal_is_read_back_in_lower_case_only),
        cmocka_unit_test(a_buffer_holds_its_maximum_and_says_when_one_more_did_not_fit),
        cmocka_unit_test(a_buffer_grows_and_formats),
        cmocka_unit_test(the_largest_numbers_of_both_signs_are_written_whole),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
