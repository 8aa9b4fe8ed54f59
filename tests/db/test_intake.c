/* test_intake.c: what becomes of submissions, one at a time. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/tally_store.h"
#include "tests/support/temp_intake.h"

static enum intake_outcome submit(struct temp_store *temp, struct intake *intake,
    const struct submission *submission, const struct code_grant *grant)
{
    enum intake_outcome outcome = (enum intake_outcome)99;
    struct intake_entry entry = {
        .submission = submission, .questionnaire = temp->questionnaire, .grant = grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    return outcome;
}

static void a_submission_is_stored_and_counted_once(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_DUPLICATE);
    intake_close(intake);

    assert_int_equal(count_in(temp, "SELECT count(*) FROM " EVERY_SUBMISSION), 1);
    check_rows_and_tallies(temp, 1);
}

static void an_open_code_takes_any_number(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code code;
    struct code_grant grant;
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &code), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        struct submission submission;
        temp_store_submission(temp, "550", &submission);
        assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_STORED);
    }
    intake_close(intake);
    check_rows_and_tallies(temp, 3);
}

static void a_one_time_code_is_spent_by_the_first_and_a_replay_is_no_second(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct submission first;
    struct submission second;
    temp_store_submission(temp, "430", &first);
    temp_store_submission(temp, "111", &second);

    assert_int_equal(submit(temp, intake, &first, &grant), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &first, &grant), INTAKE_DUPLICATE);
    assert_int_equal(submit(temp, intake, &second, &grant), INTAKE_SPENT);
    intake_close(intake);

    assert_int_equal(count_in(temp, "SELECT count(*) FROM code WHERE state = 1"), 1);
    check_rows_and_tallies(temp, 1);
}

static void a_replay_with_another_code_spends_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_DUPLICATE);
    intake_close(intake);
    assert_int_equal(count_in(temp, "SELECT count(*) FROM code WHERE state = 1"), 0);
}

static void a_code_that_was_voided_meanwhile_is_refused(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    int64_t batch;
    int64_t voided;
    struct code_grant grant = make_code(temp, &batch);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_VOID);
    intake_close(intake);
    assert_int_equal(count_in(temp, "SELECT count(*) FROM " EVERY_SUBMISSION), 0);
}

static void comments_are_kept_apart_under_ids_of_their_own(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    struct comment comment = {TEXT("comment"), TEXT("谢谢")};
    temp_store_submission(temp, "430", &submission);
    submission.comments = &comment;
    submission.comment_count = 1;
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_DUPLICATE);
    intake_close(intake);

    assert_int_equal(
        count_in(temp, "SELECT count(*) FROM comment_arrival WHERE text = '谢谢'"
                       " AND overall = 4 AND item = 'comment'"
                       " AND programme = 'visits' AND centre = 'north'"),
        1);
    assert_int_equal(count_in(temp, "SELECT count(*) FROM comment_arrival AS comment"
                                    " JOIN submission ON comment.id = submission.id"),
        0);
}

static void a_submission_is_counted_in_both_slices(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    temp_store_submission(temp, "213", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    intake_close(intake);

    for (int slice = 0; slice < TALLY_SLICE_COUNT; slice++) {
        struct tally_cell *cells = NULL;
        size_t cell_count = 0;
        assert_int_equal(tally_list(temp->store, temp->arena, (enum tally_slice)slice,
                             TEXT("visits"), &cells, &cell_count),
            STATUS_OK);
        assert_int_equal(cell_count, 1);
        assert_int_equal(cells[0].counter_count, tally_size(temp->questionnaire));
        assert_int_equal(cells[0].counters[0], 1);
        size_t overall = tally_offset(temp->questionnaire, 0);
        size_t reasons = tally_offset(temp->questionnaire, 2);
        assert_int_equal(cells[0].counters[overall + TALLY_LEVEL_1 + 1], 1);
        assert_int_equal(cells[0].counters[reasons], 0);     /* not blank */
        assert_int_equal(cells[0].counters[reasons + 1], 1); /* late */
        assert_int_equal(cells[0].counters[reasons + 2], 1); /* rude */
    }
}

static void a_code_that_is_not_in_the_store_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    struct code_grant grant = {.programme = TEXT("visits"), .wave = TEXT("q1")};
    enum intake_outcome outcome = INTAKE_STORED;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_NOT_FOUND);
    intake_close(intake);
    assert_int_equal(count_in(temp, "SELECT count(*) FROM " EVERY_SUBMISSION), 0);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_submission_is_stored_and_counted_once),
        STORE_TEST(an_open_code_takes_any_number),
        STORE_TEST(a_one_time_code_is_spent_by_the_first_and_a_replay_is_no_second),
        STORE_TEST(a_replay_with_another_code_spends_nothing),
        STORE_TEST(a_code_that_was_voided_meanwhile_is_refused),
        STORE_TEST(comments_are_kept_apart_under_ids_of_their_own),
        STORE_TEST(a_submission_is_counted_in_both_slices),
        STORE_TEST(a_code_that_is_not_in_the_store_is_not_found),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
