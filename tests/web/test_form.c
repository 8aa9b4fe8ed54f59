/* test_form.c: urlencoded fields. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/form.h"

#include <stdio.h>
#include <string.h>

static int set_up(void **state)
{
    *state = arena_new(262144);
    return *state == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static struct field *parse_two(struct arena *arena, const char *encoded)
{
    struct field *fields;
    size_t count;
    assert_int_equal(form_parse(arena, text_of(encoded), &fields, &count), STATUS_OK);
    assert_int_equal(count, 2);
    return fields;
}

static void fields_come_in_order_and_may_repeat(void **state)
{
    struct field *fields = parse_two(*state, "reasons=late&reasons=rude");

    assert_text_equal(fields[0].name, "reasons");
    assert_text_equal(fields[0].value, "late");
    assert_text_equal(fields[1].value, "rude");
}

static void plus_is_a_space_and_percent_a_byte(void **state)
{
    struct field *fields = parse_two(*state, "a+b=c+d%2B%2b&%E5%85%AC=%e5%85%b1");

    assert_text_equal(fields[0].name, "a b");
    assert_text_equal(fields[0].value, "c d++");
    assert_text_equal(fields[1].name, "公");
    assert_text_equal(fields[1].value, "共");
}

static void a_value_may_hold_any_byte_also_nul(void **state)
{
    struct field *fields = parse_two(*state, "a=x%00y%FF&b=1");

    assert_int_equal(fields[0].value.len, 4);
    assert_memory_equal(fields[0].value.ptr, "x\0y\xff", 4);
}

static void empty_pairs_are_skipped(void **state)
{
    struct field *fields = parse_two(*state, "&&a=1&&&b=2&");

    assert_text_equal(fields[0].name, "a");
    assert_text_equal(fields[1].name, "b");
}

static void a_name_without_equals_has_an_empty_value(void **state)
{
    struct field *fields = parse_two(*state, "a&=b=c");

    assert_text_equal(fields[0].name, "a");
    assert_int_equal(fields[0].value.len, 0);
    assert_int_equal(fields[1].name.len, 0);
    assert_text_equal(fields[1].value, "b=c");
}

static void nothing_has_no_fields(void **state)
{
    struct field *fields;
    size_t count = 9;

    assert_int_equal(form_parse(*state, (struct text){0}, &fields, &count), STATUS_OK);
    assert_int_equal(count, 0);
}

static void a_percent_without_two_digits_is_invalid(void **state)
{
    static const char *const broken[] = {
        "a=%", "a=%4", "a=%4g", "a=%g4", "%=1", "a=1&b=%%20", "a=% 41", "a=%+1"};
    struct field *fields;
    size_t count;

    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_int_equal(
            form_parse(*state, text_of(broken[i]), &fields, &count), STATUS_INVALID);
}

static void as_many_fields_as_the_limit_and_not_one_more(void **state)
{
    const size_t at_limit = 2UL * FORM_FIELDS_MAX;
    char encoded[2 * FORM_FIELDS_MAX + 2];
    struct field *fields;
    size_t count;
    for (size_t i = 0; i < sizeof encoded; i++)
        encoded[i] = i % 2 == 0 ? 'a' : '&';

    struct text fits = {encoded, at_limit};
    assert_int_equal(form_parse(*state, fits, &fields, &count), STATUS_OK);
    assert_int_equal(count, FORM_FIELDS_MAX);
    struct text too_long = {encoded, at_limit + 1};
    assert_int_equal(form_parse(*state, too_long, &fields, &count), STATUS_TOO_LARGE);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    struct arena *small = arena_new(128);
    struct field *fields;
    size_t count;

    assert_int_equal(
        form_parse(small, text_of("a=1&b=2&c=3&d=4"), &fields, &count), STATUS_NO_MEMORY);
    arena_free(small);
}

static void a_query_key_is_found_by_its_decoded_name(void **state)
{
    struct text found;

    assert_int_equal(
        form_find(*state, TEXT("x=1&&l%61ng=e%6e&lang=zh"), TEXT("lang"), &found),
        STATUS_OK);
    assert_text_equal(found, "en");
    assert_int_equal(
        form_find(*state, TEXT("Lang=en&langs"), TEXT("lang"), &found), STATUS_NOT_FOUND);
    assert_int_equal(
        form_find(*state, TEXT("lang=%zz"), TEXT("lang"), &found), STATUS_INVALID);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(
            fields_come_in_order_and_may_repeat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            plus_is_a_space_and_percent_a_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_value_may_hold_any_byte_also_nul, set_up, tear_down),
        cmocka_unit_test_setup_teardown(empty_pairs_are_skipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_name_without_equals_has_an_empty_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_has_no_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_percent_without_two_digits_is_invalid, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            as_many_fields_as_the_limit_and_not_one_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_arena_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_query_key_is_found_by_its_decoded_name, set_up, tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
