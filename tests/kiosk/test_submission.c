/* test_submission.c: ids, words, and what may stand in a filled questionnaire. */
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/submission.h"

#include <stdlib.h>
#include <string.h>

struct filled {
    struct arena *arena;
    struct problems problems;
    struct submission submission;
};

static int make_filled(void **state)
{
    struct filled *filled = calloc(1, sizeof *filled);
    filled->arena = arena_new(65536);
    problems_init(&filled->problems, filled->arena);
    *state = filled;
    return 0;
}

static int free_filled(void **state)
{
    struct filled *filled = *state;
    arena_free(filled->arena);
    free(filled);
    return 0;
}

/* Checks a form written as name, value, name, value …, NULL. */
static enum status fill(struct filled *filled, ...)
{
    struct field fields[16];
    size_t count = 0;
    va_list arguments;
    va_start(arguments, filled);
    for (const char *name; (name = va_arg(arguments, const char *)) != NULL; count++)
        fields[count] = (struct field){text_of(name), text_of(va_arg(arguments, char *))};
    va_end(arguments);
    struct plan_questionnaire questionnaire = sample_questionnaire();
    return submission_check(filled->arena, &questionnaire, fields, count,
        &filled->problems, &filled->submission);
}

static void assert_problem(
    const struct filled *filled, const char *field, const char *start)
{
    assert_int_equal(filled->problems.count, 1);
    assert_text_equal(filled->problems.list[0].field, field);
    assert_memory_equal(filled->problems.list[0].message, start, strlen(start));
}

static void a_full_form_becomes_one_text_of_answers(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(
        fill(filled, "overall", "2", "timely", "5", "reasons", "late", "reasons", "other",
            "paid", "card", "comment", " 慢\r\n了 ", NULL),
        STATUS_OK);
    assert_text_equal(filled->submission.answers, "25122");
    assert_int_equal(filled->submission.overall, 2);
    assert_int_equal(filled->submission.comment_count, 1);
    assert_text_equal(filled->submission.comments[0].item, "comment");
    assert_text_equal(filled->submission.comments[0].text, "慢\n了");
}

static void only_the_required_item_must_be_answered(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(
        fill(filled, "overall", "5", "comment", "", "timely", "", NULL), STATUS_OK);
    assert_text_equal(filled->submission.answers, "5-000");
    assert_int_equal(filled->submission.comment_count, 0);
}

static void a_missing_required_answer_is_named(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(fill(filled, "timely", "5", NULL), STATUS_INVALID);
    assert_problem(filled, "overall", "Please choose one.");
}

static void an_empty_form_is_missing_its_required_answer(void **state)
{
    assert_int_equal(fill(*state, NULL), STATUS_INVALID);
    assert_problem(*state, "overall", "Please choose one.");
}

static void unknown_is_an_answer_where_it_is_offered_and_zero_never_is(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(fill(filled, "overall", "unknown", NULL), STATUS_OK);
    assert_text_equal(filled->submission.answers, "0-000");
    assert_int_equal(filled->submission.overall, 0);

    assert_int_equal(
        fill(filled, "overall", "5", "timely", "unknown", NULL), STATUS_INVALID);
    assert_problem(filled, "timely", "This is not one of the answers");
}

static void levels_outside_one_to_five_are_refused(void **state)
{
    struct filled *filled = *state;
    const char *bad[] = {"0", "6", "-1", "5.0", "05", "５", "five", " 5", "5 "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        problems_init(&filled->problems, filled->arena);
        assert_int_equal(fill(filled, "overall", bad[i], NULL), STATUS_INVALID);
        assert_problem(filled, "overall", "This is not one of the answers");
    }
}

static void a_rating_given_twice_is_refused_even_if_equal(void **state)
{
    assert_int_equal(fill(*state, "overall", "5", "overall", "5", NULL), STATUS_INVALID);
    assert_problem(*state, "overall", "This question was answered twice");
}

static void a_single_choice_takes_one_option_a_many_choice_several(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(fill(filled, "overall", "5", "paid", "cash", "paid", "card", NULL),
        STATUS_INVALID);
    assert_problem(filled, "paid", "This question was answered twice");
}

static void an_option_that_is_not_offered_is_refused(void **state)
{
    assert_int_equal(
        fill(*state, "overall", "1", "reasons", "bogus", NULL), STATUS_INVALID);
    assert_problem(*state, "reasons", "This is not one of the answers");
}

static void an_item_that_is_not_asked_is_refused(void **state)
{
    assert_int_equal(fill(*state, "overall", "5", "name", "Li", NULL), STATUS_INVALID);
    assert_problem(*state, "name", "The form has a question that is not asked here");
}

static void reasons_for_a_rating_that_was_raised_again_are_left_out(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(fill(filled, "reasons", "late", "overall", "3", NULL), STATUS_OK);
    assert_text_equal(filled->submission.answers, "3-000");
}

static void a_comment_of_its_maximum_passes_and_one_more_is_refused(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(
        fill(filled, "overall", "5", "comment", "一二三四五", NULL), STATUS_OK);
    assert_int_equal(
        fill(filled, "overall", "5", "comment", "一二三四五六", NULL), STATUS_INVALID);
    assert_problem(filled, "comment", "This text is too long");
}

static void a_comment_in_bad_utf8_is_refused(void **state)
{
    assert_int_equal(
        fill(*state, "overall", "5", "comment", "\xff", NULL), STATUS_INVALID);
    assert_problem(*state, "comment", "This text has characters that can't be kept");
}

static void every_problem_of_a_form_is_named_at_once(void **state)
{
    struct filled *filled = *state;
    assert_int_equal(fill(filled, "timely", "9", "paid", "gold", "comment", "\x01", NULL),
        STATUS_INVALID);
    assert_int_equal(filled->problems.count, 4);
}

static void an_arena_that_is_too_small_is_no_fault_of_the_form(void **state)
{
    (void)state;
    struct plan_questionnaire questionnaire = sample_questionnaire();
    struct field field = {TEXT("overall"), TEXT("5")};
    struct arena *tiny = arena_new(64);
    struct problems problems;
    struct submission submission;
    problems_init(&problems, tiny);
    assert_int_equal(
        submission_check(tiny, &questionnaire, &field, 1, &problems, &submission),
        STATUS_NO_MEMORY);
    arena_free(tiny);
}

static void of_what_was_collected_elsewhere_nothing_is_required(void **state)
{
    struct filled *filled = *state;
    struct plan_questionnaire questionnaire = sample_questionnaire();
    struct field field = {TEXT("timely"), TEXT("6")};
    assert_int_equal(submission_check_collected(filled->arena, &questionnaire, NULL, 0,
                         &filled->problems, &filled->submission),
        STATUS_OK);
    assert_text_equal(filled->submission.answers, "--000");
    assert_int_equal(filled->submission.overall, -1);

    assert_int_equal(submission_check_collected(filled->arena, &questionnaire, &field, 1,
                         &filled->problems, &filled->submission),
        STATUS_INVALID);
    assert_problem(filled, "timely", "“{2}” is no answer to “{1}”.");
    assert_text_equal(filled->problems.list[0].argument[1], "6");
}

static void uuids_of_other_programs_are_read_too(void **state)
{
    (void)state;
    struct submission_id id;
    assert_int_equal(
        submission_uuid_parse(TEXT("7d444840-9dc0-41d1-B245-5ffdce74fad2"), &id),
        STATUS_OK);
    assert_int_equal(id.bytes[8], 0xb2);
    assert_false(submission_id_is_ours(&id));
    assert_int_equal(
        submission_uuid_parse(TEXT("7d444840-9dc0-41d1-b245-5ffdce74fad"), &id),
        STATUS_INVALID);
}

static void an_id_carries_its_period_and_reads_back(void **state)
{
    (void)state;
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    memset(random, 0xff, sizeof random);
    struct submission_id id = submission_id_make(20726, random);
    char letters[SUBMISSION_ID_LETTERS + 1];
    submission_id_format(&id, letters);
    assert_string_equal(letters, "000050f6-ffff-8fff-bfff-ffffffffffff");

    struct submission_id again;
    assert_int_equal(submission_id_parse(text_of(letters), &again), STATUS_OK);
    assert_memory_equal(again.bytes, id.bytes, sizeof id.bytes);
    assert_int_equal(submission_id_period(&again), 20726);
    assert_int_equal(
        submission_id_parse(TEXT("000050F6-FFFF-8FFF-BFFF-FFFFFFFFFFFF"), &again),
        STATUS_OK);
    struct submission_id old = submission_id_make(-5, random);
    assert_int_equal(submission_id_period(&old), -5);
}

static void ids_that_are_no_uuid_of_version_eight_are_refused(void **state)
{
    (void)state;
    const char *bad[] = {"", "000050f6-ffff-4fff-bfff-ffffffffffff",
        "000050f6-ffff-8fff-3fff-ffffffffffff", "000050f6-ffff-8fff-bfff-fffffffffff",
        "000050f6-ffff-8fff-bfff-ffffffffffff0", "000050f6xffff-8fff-bfff-ffffffffffff",
        "g00050f6-ffff-8fff-bfff-ffffffffffff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct submission_id id;
        assert_int_equal(submission_id_parse(text_of(bad[i]), &id), STATUS_INVALID);
    }
}

static void channels_and_modes_have_the_contracts_words(void **state)
{
    (void)state;
    enum channel channel;
    enum mode mode;
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        assert_true(channel_parse(channel_word((enum channel)i), &channel));
        assert_int_equal(channel, i);
    }
    assert_true(mode_parse(TEXT("assisted"), &mode));
    assert_int_equal(mode, MODE_ASSISTED);
    assert_false(channel_parse(TEXT("fax"), &channel));
    assert_false(mode_parse(TEXT(""), &mode));
}

#define with_form(f) cmocka_unit_test_setup_teardown(f, make_filled, free_filled)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_form(a_full_form_becomes_one_text_of_answers),
        with_form(only_the_required_item_must_be_answered),
        with_form(a_missing_required_answer_is_named),
        with_form(an_empty_form_is_missing_its_required_answer),
        with_form(unknown_is_an_answer_where_it_is_offered_and_zero_never_is),
        with_form(levels_outside_one_to_five_are_refused),
        with_form(a_rating_given_twice_is_refused_even_if_equal),
        with_form(a_single_choice_takes_one_option_a_many_choice_several),
        with_form(an_option_that_is_not_offered_is_refused),
        with_form(an_item_that_is_not_asked_is_refused),
        with_form(reasons_for_a_rating_that_was_raised_again_are_left_out),
        with_form(a_comment_of_its_maximum_passes_and_one_more_is_refused),
        with_form(a_comment_in_bad_utf8_is_refused),
        with_form(every_problem_of_a_form_is_named_at_once),
        cmocka_unit_test(an_arena_that_is_too_small_is_no_fault_of_the_form),
        with_form(of_what_was_collected_elsewhere_nothing_is_required),
        cmocka_unit_test(uuids_of_other_programs_are_read_too),
        cmocka_unit_test(an_id_carries_its_period_and_reads_back),
        cmocka_unit_test(ids_that_are_no_uuid_of_version_eight_are_refused),
        cmocka_unit_test(channels_and_modes_have_the_contracts_words),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
