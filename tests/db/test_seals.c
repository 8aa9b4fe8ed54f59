/* test_seals.c: periods that are sealed, what comes and goes afterwards, and what verify
   says of a chain that somebody touched. */
#include "tests/support/test.h"

#include "db/imports.h"
#include "db/intake.h"
#include "db/operators.h"
#include "db/seals.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 6,
    Q1_CLOSES = 20543,             /* 2026-03-31 */
    Q1_SEALED = Q1_CLOSES + 14 + 1 /* the first day after the days of grace */
};

static void store_row(struct temp_store *temp, const char *answers, day_t period)
{
    struct intake *intake = NULL;
    struct submission submission;
    enum intake_outcome outcome;
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    temp_store_submission(temp, answers, &submission);
    memcpy(random, submission.id.bytes, sizeof random);
    submission.period = period;
    submission.id = submission_id_make(period, random);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
    intake_close(intake);
}

static day_t february(void)
{
    return day_of((struct date){2026, 2, 1});
}

static day_t march(void)
{
    return day_of((struct date){2026, 3, 1});
}

/* Three answers of February, three of March. */
static int set_up_answers(void **state)
{
    if (temp_store_set_up(state) != 0)
        return 1;
    for (int i = 0; i < ROWS; i++)
        store_row(*state, i % 3 == 0 ? "213" : "430", i % 2 == 0 ? february() : march());
    return 0;
}

static size_t make_seals(struct temp_store *temp, day_t today)
{
    size_t made = 99;
    assert_int_equal(seals_make(temp->store, temp->plans, today, &made), STATUS_OK);
    return made;
}

static size_t list_seals(struct temp_store *temp, struct seal **out)
{
    size_t count = 0;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(
        seals_list(sql, temp->arena, TEXT("visits"), out, &count), STATUS_OK);
    store_give_reader(temp->store, sql);
    return count;
}

static size_t list_sets(struct temp_store *temp, struct seal_period **out)
{
    size_t count = 0;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sets_list(sql, temp->arena, TEXT("visits"), out, &count), STATUS_OK);
    store_give_reader(temp->store, sql);
    return count;
}

static void tamper(struct temp_store *temp, const char *script)
{
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    store_give_writer(temp->store, sql);
}

static struct verify_result verify(struct temp_store *temp, enum status expected)
{
    struct verify_result result = {0};
    temp->problems.count = 0;
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    if (rc != expected)
        for (size_t i = 0; i < temp->problems.count; i++)
            print_error("%s (%.*s)\n", temp->problems.list[i].message,
                TEXT_ARG(temp->problems.list[i].argument[0]));
    assert_int_equal(rc, expected);
    return result;
}

/* Exactly so many problems, of which one has the words and the argument. */
static void check_told(
    struct temp_store *temp, size_t count, const char *words, const char *first)
{
    bool is_told = false;
    for (size_t i = 0; i < temp->problems.count; i++) {
        const struct problem *problem = &temp->problems.list[i];
        is_told = is_told || (strstr(problem->message, words) != NULL &&
                                 text_equals(problem->argument[0], text_of(first)));
    }
    for (size_t i = 0; i < temp->problems.count; i++)
        if (!is_told || temp->problems.count != count)
            print_error("%s (%.*s)\n", temp->problems.list[i].message,
                TEXT_ARG(temp->problems.list[i].argument[0]));
    assert_true(is_told);
    assert_int_equal(temp->problems.count, count);
}

/* ---- making ---- */

static void a_period_is_sealed_when_its_days_of_grace_are_over(void **state)
{
    struct temp_store *temp = *state;
    struct seal *seals = NULL;
    assert_int_equal(make_seals(temp, Q1_SEALED - 1), 0);
    assert_int_equal(make_seals(temp, Q1_SEALED), 2);

    assert_int_equal(list_seals(temp, &seals), 2);
    assert_int_equal(seals[0].number, 1);
    assert_text_equal(seals[0].wave, "q1");
    assert_int_equal(seals[0].period, february());
    assert_int_equal(seals[1].period, march());
    for (int i = 0; i < 2; i++) {
        struct seal_digest chain = seal_chain(&seals[i]);
        assert_int_equal(seals[i].count, ROWS / 2);
        assert_int_equal(seals[i].late, 0);
        assert_int_equal(seals[i].sealed_on, Q1_SEALED);
        assert_false(seals[i].is_supplement);
        assert_true(seal_digest_equals(&chain, &seals[i].chain));
    }
    assert_true(seal_digest_equals(&seals[0].chain, &seals[1].previous));
}

static void a_sealed_period_is_not_sealed_again(void **state)
{
    struct temp_store *temp = *state;
    assert_int_equal(make_seals(temp, Q1_SEALED), 2);
    assert_int_equal(make_seals(temp, Q1_SEALED), 0);
    assert_int_equal(make_seals(temp, Q1_SEALED + 400), 0);
    assert_int_equal(verify(temp, STATUS_OK).seals, 2);
}

static void the_digest_of_a_seal_is_that_of_the_periods_set(void **state)
{
    struct temp_store *temp = *state;
    struct seal *seals = NULL;
    struct seal_period *periods = NULL;
    (void)make_seals(temp, Q1_SEALED);
    assert_int_equal(list_seals(temp, &seals), 2);
    size_t count = list_sets(temp, &periods);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(periods[i].period, seals[i].period);
        assert_int_equal(periods[i].count, seals[i].count);
        assert_true(seal_digest_equals(&periods[i].digest, &seals[i].digest));
    }
}

/* ---- what comes and goes after it ---- */

static void late_answers_are_kept_and_sealed_in_a_supplement(void **state)
{
    struct temp_store *temp = *state;
    struct seal *seals = NULL;
    (void)make_seals(temp, Q1_SEALED);
    store_row(temp, "430", february());
    store_row(temp, "530", february());
    (void)verify(temp, STATUS_OK); /* also while they wait for their seal */

    assert_int_equal(make_seals(temp, Q1_SEALED + 1), 1);
    assert_int_equal(list_seals(temp, &seals), 3);
    assert_true(seals[2].is_supplement);
    assert_int_equal(seals[2].count, ROWS / 2 + 2);
    assert_int_equal(seals[2].late, 2);
    store_row(temp, "330", february());
    assert_int_equal(make_seals(temp, Q1_SEALED + 2), 1);
    assert_int_equal(list_seals(temp, &seals), 4);
    assert_int_equal(seals[3].count, ROWS / 2 + 3);
    assert_int_equal(seals[3].late, 1);
    (void)verify(temp, STATUS_OK);
}

/* An import of so many answers of February; its number. */
static int64_t import_rows(struct temp_store *temp, size_t count)
{
    struct submission submissions[4];
    struct intake_entry entries[4];
    struct import_counts counts = {0};
    int64_t id = 0;
    const struct import_file file = {
        .digest = import_digest(TEXT("a file")), .row_count = count, .today = Q1_SEALED};
    for (size_t i = 0; i < count; i++) {
        temp_store_submission(temp, "430", &submissions[i]);
        entries[i] = (struct intake_entry){
            .submission = &submissions[i], .questionnaire = temp->questionnaire};
    }
    assert_int_equal(import_begin(temp->store, &file, &id), STATUS_OK);
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, entries, count, &counts),
        STATUS_OK);
    assert_int_equal(counts.stored, count);
    return id;
}

static void withdraw(struct temp_store *temp, int64_t id, int64_t expected)
{
    int64_t withdrawn = 0;
    assert_int_equal(import_withdraw(temp->store, temp->plans, id, TEXT("wrong"),
                         Q1_SEALED, &withdrawn),
        STATUS_OK);
    assert_int_equal(withdrawn, expected);
}

static void an_import_withdrawn_before_the_seal_leaves_the_set_as_it_was(void **state)
{
    struct temp_store *temp = *state;
    struct seal_period *before = NULL;
    struct seal_period *after = NULL;
    assert_int_equal(list_sets(temp, &before), 2);
    withdraw(temp, import_rows(temp, 4), 4);
    assert_int_equal(list_sets(temp, &after), 2);
    assert_true(seal_digest_equals(&before[0].digest, &after[0].digest));
    assert_int_equal(before[0].count, after[0].count);
    (void)verify(temp, STATUS_OK);
}

static void an_import_withdrawn_after_the_seal_leaves_a_trace_that_verifies(void **state)
{
    struct temp_store *temp = *state;
    struct seal *seals = NULL;
    int64_t id = import_rows(temp, 4);
    (void)make_seals(temp, Q1_SEALED);
    withdraw(temp, id, 4);
    (void)verify(temp, STATUS_OK);

    assert_int_equal(make_seals(temp, Q1_SEALED + 1), 1);
    assert_int_equal(list_seals(temp, &seals), 3);
    assert_int_equal(seals[0].count, ROWS / 2 + 4);
    assert_int_equal(seals[2].count, ROWS / 2);
    assert_int_equal(seals[2].late, 0);
    (void)verify(temp, STATUS_OK);
    tamper(temp, "DELETE FROM withdrawn_set");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "is not of the submissions", "1");
}

static void a_late_import_can_be_withdrawn_before_and_after_its_supplement(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    withdraw(temp, import_rows(temp, 2), 2);
    assert_int_equal(make_seals(temp, Q1_SEALED + 1), 0); /* nothing is different */
    int64_t id = import_rows(temp, 3);
    assert_int_equal(make_seals(temp, Q1_SEALED + 1), 1);
    withdraw(temp, id, 3);
    assert_int_equal(make_seals(temp, Q1_SEALED + 2), 1);
    (void)verify(temp, STATUS_OK);
}

static void a_period_of_which_everything_was_withdrawn_is_sealed_empty(void **state)
{
    struct temp_store *temp = *state; /* without answers */
    struct seal *seals = NULL;
    int64_t id = import_rows(temp, 2);
    (void)make_seals(temp, Q1_SEALED);
    withdraw(temp, id, 2);
    assert_int_equal(make_seals(temp, Q1_SEALED + 1), 1);
    assert_int_equal(list_seals(temp, &seals), 2);
    assert_int_equal(seals[1].count, 0);
    assert_int_equal(make_seals(temp, Q1_SEALED + 2), 0);
    (void)verify(temp, STATUS_OK);
}

static void a_period_that_never_held_anything_gets_no_seal(void **state)
{
    struct temp_store *temp = *state; /* without answers */
    withdraw(temp, import_rows(temp, 2), 2);
    assert_int_equal(make_seals(temp, Q1_SEALED), 0);
}

/* ---- what verify says ---- */

/* With tallies, digest and set to match: only the seal knows. */
static void a_row_removed_with_all_traces_is_named_by_its_seal(void **state)
{
    struct temp_store *temp = *state;
    int64_t id = import_rows(temp, 1);
    (void)make_seals(temp, Q1_SEALED);
    withdraw(temp, id, 1);
    tamper(temp, "DELETE FROM withdrawn_set");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "is not of the submissions", "1");
    assert_text_equal(temp->problems.list[0].argument[1], "visits q1 2026-02-01");
}

static void a_row_marked_as_late_is_missed_by_its_seal(void **state)
{
    struct temp_store *temp = *state;
    temp_store_settle(temp);
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "UPDATE submission SET late = 2 WHERE id ="
                 " (SELECT min(id) FROM submission)");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 4, "is not of the submissions", "1");
    check_told(temp, 4, "never made", "1");
}

static void a_seal_that_was_changed_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "UPDATE seal SET sealed_on = sealed_on - 1 WHERE number = 2");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "Seal {1} was changed", "2");
}

static void a_chain_in_another_order_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "UPDATE seal SET number = 9 WHERE number = 1;"
                 "UPDATE seal SET number = 1 WHERE number = 2;"
                 "UPDATE seal SET number = 2 WHERE number = 9");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 4, "the chain is broken", "1");
    check_told(temp, 4, "the chain is broken", "2");
    check_told(temp, 4, "was changed after it was made", "1");
    check_told(temp, 4, "was changed after it was made", "2");
}

static void a_seal_that_is_missing_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "CREATE TEMP TABLE kept AS SELECT * FROM seal WHERE number = 1;"
                 "DELETE FROM seal WHERE number = 1");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "Seal {1} is missing", "1");
    tamper(temp, "INSERT INTO seal SELECT * FROM kept;"
                 "DELETE FROM seal WHERE number = 2");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "The log tells of seal", "2");
}

/* ---- the log ---- */

/* Of line number, or of none: "" */
static struct text log_line_of(struct temp_store *temp, int64_t number)
{
    struct text found = TEXT("");
    struct sql *sql = store_take_reader(temp->store);
    struct sql_statement *rows = sql_use(sql, SQL_AUDIT_AUDIT);
    while (sql_step(rows) == STATUS_OK)
        if (sql_number(rows, 0) == number)
            found = text_format(temp->arena, "%lld|%.*s|%.*s|%.*s",
                (long long)sql_number(rows, 1), TEXT_ARG(sql_text(rows, 2)),
                TEXT_ARG(sql_text(rows, 3)), TEXT_ARG(sql_text(rows, 4)));
    store_give_reader(temp->store, sql);
    return found;
}

static void what_was_done_is_in_the_log_in_its_order(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[2];
    int64_t batch = 0;
    int64_t voided = 0;
    const struct operator_id by = {{0xab, 1}};
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = 2,
        .today = TEMP_STORE_TODAY,
        .by = &by};
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("lost"), TEMP_STORE_TODAY + 1, &voided),
        STATUS_OK);
    withdraw(temp, import_rows(temp, 1), 1);

    assert_text_equal(log_line_of(temp, 1), "20493||plan.apply|plan 1");
    assert_text_equal(log_line_of(temp, 2),
        "20493|ab010000000000000000000000000000|codes.make|batch 1");
    assert_text_equal(log_line_of(temp, 3), "20494||codes.void|batch 1");
    assert_text_equal(log_line_of(temp, 4), "20558||import|import 1");
    assert_text_equal(log_line_of(temp, 5), "20558||import.withdraw|import 1");
    assert_text_equal(log_line_of(temp, 6), "");
    assert_int_equal(verify(temp, STATUS_OK).audit_lines, 5);
    for (size_t i = 0; i < 2; i++) {
        struct sql *sql = store_take_reader(temp->store);
        int64_t found = -1;
        char query[120];
        (void)snprintf(query, sizeof query,
            "SELECT count(*) FROM audit WHERE instr(detail, '%s') > 0", codes[i].letters);
        assert_int_equal(sql_ask_number(sql, query, &found), STATUS_OK);
        store_give_reader(temp->store, sql);
        assert_int_equal(found, 0);
    }
}

static void a_deed_that_fails_leaves_no_line(void **state)
{
    struct temp_store *temp = *state;
    int64_t voided = 0;
    assert_int_equal(codes_void(temp->store, 7, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_NOT_FOUND);
    assert_text_equal(log_line_of(temp, 2), "");
}

static void a_seal_is_in_the_log(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    assert_text_equal(log_line_of(temp, 2), "20558||seal|seal 1");
    assert_text_equal(log_line_of(temp, 3), "20558||seal|seal 2");
}

static void a_line_of_the_log_that_was_touched_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "UPDATE audit SET day = day + 1 WHERE number = 2");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "of the log was changed", "2");
    tamper(temp, "UPDATE audit SET day = day - 1 WHERE number = 2;"
                 "DELETE FROM audit WHERE number = 1");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "Line {1} of the log is missing", "1");
}

static void lines_cut_from_the_end_of_the_log_are_missed_by_the_seals(void **state)
{
    struct temp_store *temp = *state;
    (void)make_seals(temp, Q1_SEALED);
    tamper(temp, "DELETE FROM audit WHERE number = 3");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "The log does not tell of seal", "2");
}

#define ANSWERS_TEST(case)                                                               \
    cmocka_unit_test_setup_teardown(case, set_up_answers, temp_store_tear_down)
#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        ANSWERS_TEST(a_period_is_sealed_when_its_days_of_grace_are_over),
        ANSWERS_TEST(a_sealed_period_is_not_sealed_again),
        ANSWERS_TEST(the_digest_of_a_seal_is_that_of_the_periods_set),
        ANSWERS_TEST(late_answers_are_kept_and_sealed_in_a_supplement),
        ANSWERS_TEST(an_import_withdrawn_before_the_seal_leaves_the_set_as_it_was),
        ANSWERS_TEST(an_import_withdrawn_after_the_seal_leaves_a_trace_that_verifies),
        ANSWERS_TEST(a_late_import_can_be_withdrawn_before_and_after_its_supplement),
        STORE_TEST(a_period_of_which_everything_was_withdrawn_is_sealed_empty),
        STORE_TEST(a_period_that_never_held_anything_gets_no_seal),
        ANSWERS_TEST(a_row_removed_with_all_traces_is_named_by_its_seal),
        ANSWERS_TEST(a_row_marked_as_late_is_missed_by_its_seal),
        ANSWERS_TEST(a_seal_that_was_changed_is_named),
        ANSWERS_TEST(a_chain_in_another_order_is_named),
        ANSWERS_TEST(a_seal_that_is_missing_is_named),
        STORE_TEST(what_was_done_is_in_the_log_in_its_order),
        STORE_TEST(a_deed_that_fails_leaves_no_line),
        ANSWERS_TEST(a_seal_is_in_the_log),
        ANSWERS_TEST(a_line_of_the_log_that_was_touched_is_named),
        ANSWERS_TEST(lines_cut_from_the_end_of_the_log_are_missed_by_the_seals),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
