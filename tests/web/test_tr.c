/* test_tr.c: messages in two languages, their arguments and plurals. */
#include "tests/support/test.h"

#include "web/tr.h"

#define KNOWN "Did you mean “{1}”?"

static int make_arena(void **state)
{
    *state = arena_new(16384);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void english_is_the_message_itself_and_chinese_is_looked_up(void **state)
{
    (void)state;
    static const char known[] = KNOWN;
    static const char unknown[] = "Nobody says this.";
    assert_ptr_equal(tr(LANGUAGE_EN, known), known);
    assert_string_equal(tr(LANGUAGE_ZH, known), "您是不是想写“{1}”？");
    assert_ptr_equal(tr(LANGUAGE_ZH, unknown), unknown);
}

static void the_catalogue_header_is_never_shown(void **state)
{
    (void)state;
    assert_string_equal(tr(LANGUAGE_ZH, ""), "");
}

static void english_has_two_forms_of_a_count_and_chinese_one(void **state)
{
    (void)state;
    assert_string_equal(trn(LANGUAGE_EN, "one", "many", 1), "one");
    assert_string_equal(trn(LANGUAGE_EN, "one", "many", 0), "many");
    assert_string_equal(trn(LANGUAGE_EN, "one", "many", 2), "many");
    assert_string_equal(trn(LANGUAGE_EN, "one", "many", -1), "many");
    assert_string_equal(trn(LANGUAGE_ZH, KNOWN, "many", 2), "您是不是想写“{1}”？");
}

static void arguments_are_put_where_the_message_wants_them(void **state)
{
    static const struct text arguments[] = {{"a", 1}, {"{1}", 3}, {NULL, 0}};
    static const struct {
        const char *message;
        const char *expected;
    } rows[] = {
        {"", ""},
        {"none", "none"},
        {"{1}", "a"},
        {"{2}{1}{1}", "{1}aa"},
        {"<{3}>", "<>"},
        {"{4} {9} {0} {a}", "{4} {9} {0} {a}"},
        {"{", "{"},
        {"{1", "{1"},
        {"{{1}}", "{a}"},
        {"{12}", "{12}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_text_equal(tr_format(*state, LANGUAGE_EN, rows[i].message, arguments, 3),
            rows[i].expected);
}

static void a_full_arena_gives_no_text(void **state)
{
    (void)state;
    struct arena *small = arena_new(256);
    static const struct text argument = {"aaaaaaaa", 8};
    const struct problem problem = {.message = "Something is wrong."};
    assert_null(tr_format(small, LANGUAGE_EN, "{1}", &argument, 1).ptr);
    assert_null(tr_problem(small, LANGUAGE_EN, &problem).ptr);
    arena_free(small);
}

static void a_problem_is_a_sentence_and_says_what_was_meant(void **state)
{
    struct problem problem = {
        .message = N_("Nobody knows {1}, line {2}."),
        .argument = {TEXT("grane"), TEXT("3")},
    };
    assert_text_equal(
        tr_problem(*state, LANGUAGE_EN, &problem), "Nobody knows grane, line 3.");
    problem.did_you_mean = TEXT("grain");
    assert_text_equal(tr_problem(*state, LANGUAGE_EN, &problem),
        "Nobody knows grane, line 3. Did you mean “grain”?");
    assert_text_equal(tr_problem(*state, LANGUAGE_ZH, &problem),
        "Nobody knows grane, line 3.您是不是想写“grain”？");
}

static void a_missing_wording_is_given_in_the_other_language(void **state)
{
    (void)state;
    const struct wording both = {{[LANGUAGE_ZH] = TEXT("中"), [LANGUAGE_EN] = TEXT("E")}};
    const struct wording chinese = {{[LANGUAGE_ZH] = TEXT("中")}};
    assert_text_equal(tr_wording(LANGUAGE_EN, &both), "E");
    assert_text_equal(tr_wording(LANGUAGE_ZH, &both), "中");
    assert_text_equal(tr_wording(LANGUAGE_EN, &chinese), "中");
    assert_string_equal(tr_tag(LANGUAGE_ZH), "zh-CN");
    assert_string_equal(tr_tag(LANGUAGE_EN), "en");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(english_is_the_message_itself_and_chinese_is_looked_up),
        cmocka_unit_test(the_catalogue_header_is_never_shown),
        cmocka_unit_test(english_has_two_forms_of_a_count_and_chinese_one),
        cmocka_unit_test(arguments_are_put_where_the_message_wants_them),
        cmocka_unit_test(a_full_arena_gives_no_text),
        cmocka_unit_test(a_problem_is_a_sentence_and_says_what_was_meant),
        cmocka_unit_test(a_missing_wording_is_given_in_the_other_language),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
