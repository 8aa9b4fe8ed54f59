/* test_arrivals.c: submissions that lie where they came: found there, counted once, and
   put among the others. */
#include "tests/support/test.h"

#include "db/arrivals.h"
#include "db/seals.h"
#include "db/verify.h"
#include "tests/support/temp_intake.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 8 };

static struct intake *open_for(struct temp_store *temp, size_t arrivals_max)
{
    struct intake *intake = NULL;
    const struct intake_options options = {
        .queue_max = 64, .log_bytes_max = 1 << 26, .arrivals_max = arrivals_max};
    assert_int_equal(intake_open_with(temp->store, &options, &intake), STATUS_OK);
    return intake;
}

static enum intake_outcome submit(struct temp_store *temp, struct intake *intake,
    const struct submission *submission, const struct code_grant *grant)
{
    enum intake_outcome outcome = (enum intake_outcome)99;
    struct intake_entry entry = {
        .submission = submission, .questionnaire = temp->questionnaire, .grant = grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    return outcome;
}

static void submit_many(struct temp_store *temp, struct intake *intake,
    struct submission *submissions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        temp_store_submission(temp, i % 2 == 0 ? "430" : "530", &submissions[i]);
        assert_int_equal(submit(temp, intake, &submissions[i], NULL), INTAKE_STORED);
    }
}

static void check_duplicates(struct temp_store *temp, struct intake *intake,
    const struct submission *submissions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(submit(temp, intake, &submissions[i], NULL), INTAKE_DUPLICATE);
}

static int64_t lying(struct temp_store *temp)
{
    return count_in(temp, "SELECT count(*) FROM submission_arrival");
}

static int64_t staying(struct temp_store *temp)
{
    return count_in(temp, "SELECT count(*) FROM submission");
}

static void run_script(struct temp_store *temp, const char *script)
{
    assert_int_equal(temp_store_tamper(temp, script), STATUS_OK);
}

static void check_verified(struct temp_store *temp, int64_t submissions)
{
    struct verify_result result = {0};
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.submissions, submissions);
}

/* Something with these words is wrong. */
static void check_told(struct temp_store *temp, const char *words)
{
    struct verify_result result = {0};
    bool is_told = false;
    temp->problems.count = 0;
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_INVALID);
    for (size_t i = 0; i < temp->problems.count; i++)
        is_told = is_told || strstr(temp->problems.list[i].message, words) != NULL;
    assert_true(is_told);
}

/* ---- where they lie ---- */

static void a_submission_lies_where_it_came_until_it_is_settled(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    assert_int_equal(lying(temp), FEW);
    assert_int_equal(staying(temp), 0);
    check_verified(temp, FEW);

    temp_store_settle(temp);

    assert_int_equal(lying(temp), 0);
    assert_int_equal(staying(temp), FEW);
    check_verified(temp, FEW);
    intake_close(intake);
}

static void a_form_sent_again_is_found_wherever_it_lies(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    check_duplicates(temp, intake, submissions, FEW);
    temp_store_settle(temp);
    check_duplicates(temp, intake, submissions, FEW);
    intake_close(intake);
    check_rows_and_tallies(temp, FEW);
}

static void a_server_that_starts_anew_knows_what_lies_there(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct submission more;
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    intake_close(intake);

    intake = open_intake(temp);
    check_duplicates(temp, intake, submissions, FEW);
    submit_many(temp, intake, &more, 1);
    check_duplicates(temp, intake, &more, 1);
    intake_close(intake);

    assert_int_equal(lying(temp), FEW + 1);
    check_rows_and_tallies(temp, FEW + 1);
}

static void a_slip_that_is_sent_again_is_not_spent_by_another(void **state)
{
    struct temp_store *temp = *state;
    struct submission submission;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_DUPLICATE);
    assert_int_equal(lying(temp), 1);
    temp_store_settle(temp);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_DUPLICATE);
    intake_close(intake);
}

static void what_comes_late_goes_where_it_stays(void **state)
{
    enum { AFTER_THE_SEAL = 90 };
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct intake *intake = open_intake(temp);
    size_t made = 0;
    submit_many(temp, intake, submissions, FEW);
    assert_int_equal(
        seals_make(temp->store, temp->plans, TEMP_STORE_TODAY + AFTER_THE_SEAL, &made),
        STATUS_OK);
    assert_int_equal(made, 1);
    submit_many(temp, intake, submissions, 2);
    assert_int_equal(lying(temp), FEW);
    assert_int_equal(staying(temp), 2);
    check_duplicates(temp, intake, submissions, FEW);
    intake_close(intake);
    check_verified(temp, FEW + 2);
}

/* ---- how many ---- */

static void one_more_than_may_lie_there_goes_where_it_stays(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW + 1];
    struct intake *intake = open_for(temp, FEW);
    submit_many(temp, intake, submissions, FEW);
    assert_int_equal(staying(temp), 0);
    check_duplicates(temp, intake, submissions, FEW);
    submit_many(temp, intake, &submissions[FEW], 1);
    assert_int_equal(lying(temp), FEW);
    assert_int_equal(staying(temp), 1);
    check_duplicates(temp, intake, submissions, FEW + 1);
    intake_close(intake);
    check_rows_and_tallies(temp, FEW + 1);
}

static void once_they_are_settled_there_is_room_again(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[2 * FEW];
    struct intake *intake = open_for(temp, FEW);
    submit_many(temp, intake, submissions, FEW);
    temp_store_settle(temp);
    submit_many(temp, intake, &submissions[FEW], FEW);
    assert_int_equal(lying(temp), FEW);
    check_duplicates(temp, intake, submissions, 2 * FEW);
    intake_close(intake);
    check_rows_and_tallies(temp, 2 * FEW);
}

/* The table of ids grows three times. */
static void each_of_thousands_is_found_and_no_other(void **state)
{
    enum { MANY = 5000 };
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    struct arrivals *arrivals = arrivals_new(MANY);
    struct submission_id *ids = calloc(MANY, sizeof *ids);
    assert_non_null(arrivals);
    assert_non_null(ids);
    run_script(temp, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 5000) INSERT INTO submission_arrival"
                     " SELECT i * 3, randomblob(16), 'visits', 'q1', 'north', 1, 0, 1, 0,"
                     " '430', 0, 0, randomblob(16), 0 FROM n");
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    struct sql_statement *rows = sql_use(sql, SQL_ARRIVAL_IDS);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(sql_step(rows), STATUS_OK);
        memcpy(ids[i].bytes, sql_blob(rows, 1).ptr, sizeof ids[i].bytes);
    }
    sql_reset(rows);
    assert_int_equal(arrivals_begin(arrivals, sql), STATUS_OK);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(arrivals_find(arrivals, sql, &ids[i]), STATUS_OK);
        ids[i].bytes[SUBMISSION_ID_BYTES - 1] ^= 1;
        assert_int_equal(arrivals_find(arrivals, sql, &ids[i]), STATUS_NOT_FOUND);
    }
    assert_int_equal(arrivals_take_place(arrivals, &ids[0]), 0);
    assert_int_equal(store_end(temp->store, sql, STATUS_CLOSED), STATUS_CLOSED);
    arrivals_free(arrivals);
    free(ids);
}

/* ---- what is wrong ---- */

static void a_changed_byte_of_one_that_lies_there_is_named(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    intake_close(intake);
    run_script(temp, "UPDATE submission_arrival SET answers = '130' WHERE place = 3");
    check_told(temp, "was changed after it was stored");
}

static void one_that_was_taken_out_there_is_missed(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    intake_close(intake);
    run_script(temp, "DELETE FROM submission_arrival WHERE place = 3");
    check_told(temp, "but there are");
}

/* Nothing is lost either: all stay where they are. */
static void what_is_in_both_places_is_not_settled(void **state)
{
    struct temp_store *temp = *state;
    struct submission submissions[FEW];
    struct sql *sql = NULL;
    int64_t settled = 0;
    struct intake *intake = open_intake(temp);
    submit_many(temp, intake, submissions, FEW);
    intake_close(intake);
    run_script(temp, "INSERT INTO submission SELECT id, programme, wave, centre, channel,"
                     " mode, plan_version, period, answers, import, late, digest, flags"
                     " FROM submission_arrival WHERE place = 3");
    check_told(temp, "but there are");
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(
        store_end(temp->store, sql, arrivals_settle(sql, INT64_MAX, &settled)),
        STATUS_CONFLICT);
    assert_int_equal(lying(temp), FEW);
    assert_int_equal(staying(temp), 1);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_submission_lies_where_it_came_until_it_is_settled),
        STORE_TEST(a_form_sent_again_is_found_wherever_it_lies),
        STORE_TEST(a_server_that_starts_anew_knows_what_lies_there),
        STORE_TEST(a_slip_that_is_sent_again_is_not_spent_by_another),
        STORE_TEST(what_comes_late_goes_where_it_stays),
        STORE_TEST(one_more_than_may_lie_there_goes_where_it_stays),
        STORE_TEST(once_they_are_settled_there_is_room_again),
        STORE_TEST(each_of_thousands_is_found_and_no_other),
        STORE_TEST(a_changed_byte_of_one_that_lies_there_is_named),
        STORE_TEST(one_that_was_taken_out_there_is_missed),
        STORE_TEST(what_is_in_both_places_is_not_settled),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
