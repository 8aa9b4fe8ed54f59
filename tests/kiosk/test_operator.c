/* test_operator.c: names and passwords of operators. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "kiosk/operator.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct arena *arena;
    struct problems problems;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new(1 << 20);
    problems_init(&fixture->problems, fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static enum status check_name(
    struct fixture *fixture, struct text typed, struct operator_name *out)
{
    return operator_name_check(
        fixture->arena, typed, TEXT("name"), &fixture->problems, out);
}

static struct operator_name name_of(struct fixture *fixture, const char *typed)
{
    struct operator_name name;
    assert_int_equal(check_name(fixture, text_of(typed), &name), STATUS_OK);
    return name;
}

static enum status check_password(
    struct fixture *fixture, const char *typed, struct text *out)
{
    struct operator_name name = name_of(fixture, "Wang Min Songjiang");
    return password_check(
        fixture->arena, text_of(typed), &name, TEXT("password"), &fixture->problems, out);
}

/* So many times the piece. */
static const char *many(struct fixture *fixture, const char *piece, int count)
{
    struct buffer out;
    buffer_init(&out, fixture->arena, 1 << 16);
    for (int i = 0; i < count; i++)
        buffer_add_string(&out, piece);
    return text_to_string(fixture->arena, buffer_text(&out));
}

static void a_name_is_kept_as_typed_and_compared_without_case_width_or_blanks(
    void **state)
{
    struct operator_name name = name_of(*state, " Ｗang  Min ");
    assert_text_equal(name.shown, "Ｗang  Min");
    assert_text_equal(name.folded, "wangmin");
    assert_text_equal(name_of(*state, "WANG MIN").folded, "wangmin");
    assert_text_equal(name_of(*state, "王　敏").folded, "王敏");
    assert_text_equal(name_of(*state, "王\xe2\x80\x8b敏").folded, "王敏");
    assert_text_equal(name_of(*state, "STRASSE").folded, "strasse");
    assert_text_equal(name_of(*state, "Straße").folded, "strasse");
}

static void what_is_no_name_is_refused_with_a_sentence(void **state)
{
    static const char *const bad[] = {
        "", "  ", "\xe2\x80\x8b", "a\nb", "a\tb", "\xff", "a\x01", "\xe2\x80\xae ab"};
    struct fixture *fixture = *state;
    struct operator_name name;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(check_name(fixture, text_of(bad[i]), &name), STATUS_INVALID);
    assert_int_equal(
        check_name(fixture, (struct text){"a\0b", 3}, &name), STATUS_INVALID);
    assert_int_equal(fixture->problems.count, sizeof bad / sizeof *bad + 1);
    assert_text_equal(fixture->problems.list[0].field, "name");
}

static void a_name_of_forty_characters_passes_and_one_more_does_not(void **state)
{
    struct fixture *fixture = *state;
    struct operator_name name;
    const char *most = many(fixture, "敏", OPERATOR_NAME_CHARACTERS_MAX);
    const char *more = many(fixture, "敏", OPERATOR_NAME_CHARACTERS_MAX + 1);
    assert_int_equal(check_name(fixture, text_of(most), &name), STATUS_OK);
    assert_int_equal(check_name(fixture, text_of(more), &name), STATUS_INVALID);
    assert_text_equal(fixture->problems.list[0].argument[0], "40");
}

static void a_name_of_four_hundred_bytes_passes_and_one_more_does_not(void **state)
{
    struct fixture *fixture = *state;
    struct operator_name name;
    struct buffer typed;
    buffer_init(&typed, fixture->arena, 1 << 12);
    buffer_add_string(&typed, "aaaa");
    for (int i = 0; i < 198; i++) /* dots above the last letter: one character */
        buffer_add_string(&typed, "\xcc\x87");
    buffer_add_char(&typed, '.');
    assert_int_equal(check_name(fixture, buffer_text(&typed), &name), STATUS_OK);
    assert_int_equal(name.shown.len, OPERATOR_NAME_BYTES_MAX);
    buffer_add_char(&typed, '.');
    assert_int_equal(check_name(fixture, buffer_text(&typed), &name), STATUS_INVALID);
}

static void a_password_of_ten_characters_passes_and_one_less_does_not(void **state)
{
    struct text password;
    assert_int_equal(check_password(*state, "a b c d e.", &password), STATUS_OK);
    assert_text_equal(password, "a b c d e.");
    assert_int_equal(check_password(*state, "a b c d e", &password), STATUS_INVALID);
    assert_int_equal(
        check_password(*state, "满意不满意都请照实说", &password), STATUS_OK);
    assert_int_equal(
        check_password(*state, "满意不满意都请照实", &password), STATUS_INVALID);
}

static void a_password_of_two_hundred_characters_passes_and_one_more_does_not(
    void **state)
{
    struct text password;
    const char *most = many(*state, "满意", PASSWORD_CHARACTERS_MAX / 2);
    assert_int_equal(check_password(*state, most, &password), STATUS_OK);
    assert_int_equal(password.len, strlen(most));
    const char *more = many(*state, "满意.", PASSWORD_CHARACTERS_MAX / 3 + 1);
    assert_int_equal(check_password(*state, more, &password), STATUS_INVALID);
}

static void blanks_at_the_ends_are_not_part_of_a_password(void **state)
{
    struct fixture *fixture = *state;
    struct text checked;
    struct text cleaned;
    assert_int_equal(check_password(fixture, " correct horse ", &checked), STATUS_OK);
    assert_true(password_clean(fixture->arena, TEXT("correct horse\n"), &cleaned));
    assert_true(text_equals(checked, cleaned));
}

static void the_same_letters_composed_or_not_are_one_password(void **state)
{
    struct fixture *fixture = *state;
    struct text composed;
    struct text apart;
    assert_int_equal(
        check_password(fixture, "caf\xc3\xa9 au lait", &composed), STATUS_OK);
    assert_int_equal(check_password(fixture, "cafe\xcc\x81 au lait", &apart), STATUS_OK);
    assert_true(text_equals(composed, apart));
}

static void the_name_and_the_commonest_passwords_are_refused(void **state)
{
    static const char *const bad[] = {"wang min songjiang", "WangMinSongjiang",
        "1234567890", "Password123", "qwertyuiop", "woaini1314", "０１２３４５６７８９",
        "aaaaaaaaaa", "满满满满满满满满满满", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"};
    struct text password;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (check_password(*state, bad[i], &password) != STATUS_INVALID)
            fail_msg("\"%s\" is taken", bad[i]);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(a_name_is_kept_as_typed_and_compared_without_case_width_or_blanks),
        CASE(what_is_no_name_is_refused_with_a_sentence),
        CASE(a_name_of_forty_characters_passes_and_one_more_does_not),
        CASE(a_name_of_four_hundred_bytes_passes_and_one_more_does_not),
        CASE(a_password_of_ten_characters_passes_and_one_less_does_not),
        CASE(a_password_of_two_hundred_characters_passes_and_one_more_does_not),
        CASE(blanks_at_the_ends_are_not_part_of_a_password),
        CASE(the_same_letters_composed_or_not_are_one_password),
        CASE(the_name_and_the_commonest_passwords_are_refused),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
