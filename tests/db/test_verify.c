/* test_verify.c: what verify finds when somebody changed the store by hand. */
#include "tests/support/test.h"

#include "db/cells.h"
#include "db/intake.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 10 };

/* A store with ten answers: five at the north (430), five at the south (213). */
static int set_up_answers(void **state)
{
    if (temp_store_set_up(state) != 0)
        return 1;
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    bool is_stored = intake_open(temp->store, &intake) == STATUS_OK;
    for (int i = 0; is_stored && i < ROWS; i++) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(temp, i % 2 == 0 ? "430" : "213", &submission);
        submission.centre = i % 2 == 0 ? TEXT("north") : TEXT("south");
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = temp->questionnaire};
        is_stored = intake_submit(intake, &entry, &outcome) == STATUS_OK;
    }
    intake_close(intake);
    return is_stored ? 0 : 1;
}

/* As someone with the file at hand would, past foreign keys. */
static void tamper(struct temp_store *temp, const char *script)
{
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, "PRAGMA foreign_keys = 0"), STATUS_OK);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    assert_int_equal(sql_script(sql, "PRAGMA foreign_keys = 1"), STATUS_OK);
    store_give_writer(temp->store, sql);
}

static struct verify_result verify(struct temp_store *temp, enum status expected)
{
    struct verify_result result = {-1, -1};
    temp->problems.count = 0;
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        expected);
    return result;
}

/* Exactly so many problems, of which one has the words and these arguments. */
static void check_told(struct temp_store *temp, size_t count, const char *words,
    const char *first, const char *second, const char *third)
{
    assert_int_equal(temp->problems.count, count);
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = &temp->problems.list[i];
        if (strstr(problem->message, words) != NULL &&
            text_equals(problem->argument[0], text_of(first)) &&
            text_equals(problem->argument[1], text_of(second)) &&
            text_equals(problem->argument[2], text_of(third)))
            return;
    }
    for (size_t i = 0; i < count; i++)
        print_error("%s (%.*s)\n", temp->problems.list[i].message,
            TEXT_ARG(temp->problems.list[i].argument[0]));
    fail_msg("nobody says \"%s\" of %s", words, first);
}

static void an_untouched_store_holds(void **state)
{
    struct temp_store *temp = *state;
    struct verify_result result = verify(temp, STATUS_OK);
    assert_int_equal(result.submissions, ROWS);
    assert_int_equal(result.cells, 4);
    assert_int_equal(temp->problems.count, 0);
}

static void an_empty_store_holds(void **state)
{
    struct temp_store *temp = *state;
    struct verify_result result = verify(temp, STATUS_OK);
    assert_int_equal(result.submissions, 0);
    assert_int_equal(result.cells, 0);
}

static void a_tampered_tally_is_named_with_its_item(void **state)
{
    struct temp_store *temp = *state;
    /* Counter 6 of the cell: overall, level 4, from 5 to 9. */
    tamper(temp, "UPDATE tally SET cell = CAST(substr(cell, 1, 24) || x'09000000' ||"
                 " substr(cell, 29) AS BLOB) WHERE slice = 0 AND centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(
        temp, 1, "counts an answer", "visits q1 north poster self overall", "9", "5");
}

static void a_deleted_row_shows_in_both_slices(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "DELETE FROM submission WHERE id = (SELECT min(id) FROM submission"
                 " WHERE centre = 'south')");
    struct verify_result result = verify(temp, STATUS_INVALID);
    assert_int_equal(result.submissions, ROWS - 1);
    check_told(temp, 2, "but there are", "visits q1 south poster self", "5", "4");
    check_told(temp, 2, "but there are", "visits q1 south 2026-02-01", "5", "4");
}

static void an_added_row_shows_in_both_slices(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp,
        "INSERT INTO submission (id, programme, wave, centre, channel, mode,"
        " plan_version, period, answers)"
        " SELECT CAST(substr(id, 1, 8) || x'0011223344556677' AS BLOB), programme, wave,"
        " centre, channel, mode, plan_version, period, answers FROM submission"
        " WHERE centre = 'north' LIMIT 1");
    struct verify_result result = verify(temp, STATUS_INVALID);
    assert_int_equal(result.submissions, ROWS + 1);
    check_told(temp, 2, "but there are", "visits q1 north poster self", "5", "6");
}

static void a_changed_answer_is_named(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE submission SET answers = '530' WHERE id ="
                 " (SELECT min(id) FROM submission WHERE centre = 'north')");
    (void)verify(temp, STATUS_INVALID);
    check_told(
        temp, 2, "counts an answer", "visits q1 north poster self overall", "5", "4");
}

static void a_missing_cell_and_one_too_many_are_named(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE tally SET centre = 'east' WHERE slice = 0 AND centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 2, "there are none", "visits q1 east poster self", "5", "");
    check_told(temp, 2, "is missing", "visits q1 north poster self", "5", "");
}

static void a_cell_of_another_form_is_named(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE tally SET cell = x'05000000' WHERE slice = 0 AND"
                 " centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "another questionnaire", "visits q1 north poster self", "", "");
    tamper(temp, "UPDATE tally SET cell = x'0500000000' WHERE slice = 0 AND"
                 " centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 2, "not readable", "visits q1 north poster self", "", "");
}

/* What one changed row refers to; the tallies differ as well, in both slices. */
static void check_row_told(struct temp_store *temp, const char *set, const char *words)
{
    char script[400];
    (void)snprintf(script, sizeof script,
        "UPDATE submission SET %s WHERE id = (SELECT min(id) FROM submission)", set);
    tamper(temp, script);
    (void)verify(temp, STATUS_INVALID);
    size_t found = 0;
    for (size_t i = 0; i < temp->problems.count; i++)
        found += strstr(temp->problems.list[i].message, words) != NULL ? 1 : 0;
    if (found != 1)
        fail_msg("nobody says \"%s\"", words);
    assert_int_equal(temp->problems.count, 3);
}

static void rows_that_refer_to_nothing_are_named(void **state)
{
    struct temp_store *temp = *state;
    check_row_told(temp, "plan_version = 9", "which is not kept");
    check_row_told(temp, "plan_version = 1, programme = 'gone'", "of a programme");
    check_row_told(temp, "programme = 'visits', wave = 'q9'", "of a wave");
    check_row_told(temp, "wave = 'q1', centre = 'east'", "of a centre");
    check_row_told(temp, "centre = 'north', answers = '93'", "do not fit");
    check_row_told(temp, "answers = '430', period = 20000", "another period");
}

static void batches_whose_codes_were_changed_are_named(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[4];
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = 4,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    (void)verify(temp, STATUS_OK);
    tamper(temp, "DELETE FROM code WHERE hash = (SELECT min(hash) FROM code"
                 " WHERE batch = 1);"
                 "UPDATE code SET state = 2 WHERE batch = 1");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 2, "was made of", "1", "4", "3");
    check_told(temp, 2, "voided codes", "1", "0", "3");
}

static void note_progress(void *context, int64_t done, int64_t total)
{
    int64_t *seen = context;
    seen[0] = done;
    seen[1] = total;
}

static void progress_ends_with_all_rows(void **state)
{
    struct temp_store *temp = *state;
    struct verify_result result;
    int64_t seen[2] = {-1, -1};
    assert_int_equal(verify_store(temp->store, temp->plans, &temp->problems, &result,
                         note_progress, seen),
        STATUS_OK);
    assert_int_equal(seen[0], ROWS);
    assert_int_equal(seen[1], ROWS);
}

static void a_table_of_cells_finds_each_of_many(void **state)
{
    enum { MANY = 3000 };
    struct temp_store *temp = *state;
    struct cells *cells = cells_new();
    for (int i = 0; i < MANY; i++) {
        struct tally_key key = {.programme = TEXT("visits"), .period = i};
        struct cell *cell = cells_add(cells, &key, temp->questionnaire);
        assert_non_null(cell);
        cell->counters[0] = i;
    }
    assert_int_equal(cells_count(cells), MANY);
    for (int i = 0; i < MANY; i++) {
        struct tally_key key = {.programme = TEXT("visits"), .period = i};
        assert_int_equal(cells_find(cells, &key)->counters[0], i);
        assert_ptr_equal(
            cells_add(cells, &key, temp->questionnaire), cells_find(cells, &key));
    }
    struct tally_key other = {.programme = TEXT("visits"), .period = MANY};
    assert_null(cells_find(cells, &other));
    cells_free(cells);
}

#define ANSWERS_TEST(case)                                                               \
    cmocka_unit_test_setup_teardown(case, set_up_answers, temp_store_tear_down)
#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        ANSWERS_TEST(an_untouched_store_holds),
        STORE_TEST(an_empty_store_holds),
        ANSWERS_TEST(a_tampered_tally_is_named_with_its_item),
        ANSWERS_TEST(a_deleted_row_shows_in_both_slices),
        ANSWERS_TEST(an_added_row_shows_in_both_slices),
        ANSWERS_TEST(a_changed_answer_is_named),
        ANSWERS_TEST(a_missing_cell_and_one_too_many_are_named),
        ANSWERS_TEST(a_cell_of_another_form_is_named),
        ANSWERS_TEST(rows_that_refer_to_nothing_are_named),
        STORE_TEST(batches_whose_codes_were_changed_are_named),
        ANSWERS_TEST(progress_ends_with_all_rows),
        STORE_TEST(a_table_of_cells_finds_each_of_many),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
