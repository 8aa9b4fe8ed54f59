/* test_verify.c: what verify finds when somebody changed the store by hand. */
#include "tests/support/test.h"

#include "db/batch.h"
#include "db/cells.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
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
    temp_store_settle(temp);
    return is_stored ? 0 : 1;
}

/* As someone with the file at hand would, past foreign keys. */
static void tamper(struct temp_store *temp, const char *script)
{
    assert_int_equal(temp_store_tamper(temp, script), STATUS_OK);
}

static struct verify_result verify(struct temp_store *temp, enum status expected)
{
    struct verify_result result = {.submissions = -1};
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

static void what_reports_show_must_have_been_given(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE tally SET released = cell");
    (void)verify(temp, STATUS_OK);
    tamper(temp, "UPDATE tally SET released = CAST(substr(cell, 1, 24) || x'09000000' ||"
                 " substr(cell, 29) AS BLOB) WHERE slice = 0 AND centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "What reports show of", "visits q1 north poster self", "", "");
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

static void a_deleted_row_shows_in_its_period_and_both_slices(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "DELETE FROM submission WHERE id = (SELECT min(id) FROM submission"
                 " WHERE centre = 'south')");
    struct verify_result result = verify(temp, STATUS_INVALID);
    assert_int_equal(result.submissions, ROWS - 1);
    check_told(temp, 3, "The set of", "visits q1 2026-02-01", "10", "9");
    check_told(temp, 3, "but there are", "visits q1 south poster self", "5", "4");
    check_told(temp, 3, "but there are", "visits q1 south 2026-02-01", "5", "4");
}

/* The first row of the south got a flag; its digest says that it had none, and the tally
   has no cell of such. */
static void a_flag_added_by_hand_is_named_with_the_cell_that_lacks_it(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE submission SET flags = 9 WHERE id = (SELECT min(id) FROM"
                 " submission WHERE centre = 'south')");
    (void)verify(temp, STATUS_INVALID);
    check_told(
        temp, 4, "is missing, but", "visits q1 south poster self burst+night", "1", "");
    check_told(temp, 4, "but there are", "visits q1 south poster self", "5", "4");
    size_t named = 0;
    for (size_t i = 0; i < temp->problems.count; i++)
        named += strstr(temp->problems.list[i].message, "was changed") != NULL;
    assert_int_equal(named, 1);
}

static void submit_flagged(struct temp_store *temp, unsigned flags)
{
    struct intake *intake = NULL;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(temp, "430", &submission);
    submission.flags = flags;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    intake_close(intake);
}

static void flagged_answers_have_cells_of_their_own_and_hold(void **state)
{
    struct temp_store *temp = *state;
    submit_flagged(temp, 1);
    submit_flagged(temp, 1);
    submit_flagged(temp, 12);

    struct verify_result result = verify(temp, STATUS_OK);

    assert_int_equal(result.submissions, ROWS + 3);
    assert_int_equal(result.cells, 4 + 2); /* by period they stand with the others */
}

static void a_flag_taken_off_by_hand_is_named(void **state)
{
    struct temp_store *temp = *state;
    submit_flagged(temp, 4);
    temp_store_settle(temp);
    tamper(temp, "UPDATE submission SET flags = 0 WHERE flags = 4");
    (void)verify(temp, STATUS_INVALID);
    check_told(
        temp, 4, "but there are none", "visits q1 north poster self streak", "1", "");
}

static void more_hours_than_flagged_answers_are_named(void **state)
{
    struct temp_store *temp = *state;
    submit_flagged(temp, 8);
    submit_flagged(temp, 8);
    tamper(temp, "INSERT INTO flag_hour VALUES (2026, 'north', 8, 3, 2)");
    (void)verify(temp, STATUS_OK);

    tamper(temp, "INSERT INTO flag_hour VALUES (2026, 'north', 8, 4, 1)");
    (void)verify(temp, STATUS_INVALID);

    check_told(temp, 1, "The hours of {1} count", "north night", "3", "2");
}

static void a_flagged_count_changed_by_hand_is_named(void **state)
{
    struct temp_store *temp = *state;
    submit_flagged(temp, 2);
    tamper(temp, "UPDATE tally SET flags = 1 WHERE flags = 2");
    (void)verify(temp, STATUS_INVALID);
    check_told(
        temp, 2, "but there are none", "visits q1 north poster self burst", "1", "");
    check_told(temp, 2, "is missing, but", "visits q1 north poster self fast", "1", "");
}

/* A copy of one at the north with another id: what it says is not what was digested. */
static void an_added_row_is_named_with_its_period_and_both_slices(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "INSERT INTO submission (id, programme, wave, centre, channel, mode,"
                 " plan_version, period, answers, digest)"
                 " SELECT x'00005005000080008000001122334455', programme, wave,"
                 " centre, channel, mode, plan_version, period, answers, digest"
                 " FROM submission WHERE centre = 'north' LIMIT 1");
    struct verify_result result = verify(temp, STATUS_INVALID);
    assert_int_equal(result.submissions, ROWS + 1);
    check_told(temp, 4, "was changed", "00005005-0000-8000-8000-001122334455", "1", "");
    check_told(temp, 4, "The set of", "visits q1 2026-02-01", "10", "11");
    check_told(temp, 4, "but there are", "visits q1 north poster self", "5", "6");
}

/* In the form of an UPDATE's condition and of a problem's argument. */
static const char *first_of_north(struct temp_store *temp)
{
    struct sql *sql = store_take_reader(temp->store);
    struct submission_id id = {{0}};
    struct submission_id all;
    memset(all.bytes, 0xff, sizeof all.bytes);
    struct sql_statement *rows = sql_use(sql, SQL_SUBMISSION_RANGE);
    sql_bind_bytes(rows, 1, id.bytes, sizeof id.bytes);
    sql_bind_bytes(rows, 2, all.bytes, sizeof all.bytes);
    while (sql_step(rows) == STATUS_OK && !text_equals(sql_text(rows, 3), TEXT("north")))
        continue;
    memcpy(id.bytes, sql_blob(rows, 0).ptr, sizeof id.bytes);
    sql_reset(rows);
    store_give_reader(temp->store, sql);
    char letters[SUBMISSION_ID_LETTERS + 1];
    submission_id_format(&id, letters);
    return text_to_string(temp->arena, text_of(letters));
}

static void one_changed_byte_of_an_answer_is_named_with_its_row(void **state)
{
    struct temp_store *temp = *state;
    const char *id = first_of_north(temp);
    tamper(temp, "UPDATE submission SET answers = '530' WHERE id ="
                 " (SELECT min(id) FROM submission WHERE centre = 'north')");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 4, "was changed after it was stored", id, "1", "");
    check_told(temp, 4, "are not the ones", "visits q1 2026-02-01", "", "");
    check_told(
        temp, 4, "counts an answer", "visits q1 north poster self overall", "5", "4");
}

/* Whoever makes the row and its tallies fit each other is found by the set alone. */
static void a_changed_answer_with_tallies_to_match_is_named_by_its_row(void **state)
{
    struct temp_store *temp = *state;
    const char *id = first_of_north(temp);
    tamper(temp, "UPDATE submission SET answers = '450' WHERE id ="
                 " (SELECT min(id) FROM submission WHERE centre = 'north');"
                 "UPDATE tally SET cell = CAST(substr(cell, 1, 28 + 20) || x'04000000'"
                 " || substr(cell, 53, 4) || x'01000000' || substr(cell, 61) AS BLOB)"
                 " WHERE centre = 'north'");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 2, "was changed after it was stored", id, "1", "");
    check_told(temp, 2, "are not the ones", "visits q1 2026-02-01", "", "");
}

static void a_changed_set_is_named(void **state)
{
    struct temp_store *temp = *state;
    tamper(temp, "UPDATE period_set SET lanes ="
                 " CAST(substr(lanes, 1, 2040) || x'0000000000000000' AS BLOB)");
    enum status expected = STATUS_INVALID;
    (void)verify(temp, expected);
    check_told(temp, 1, "are not the ones", "visits q1 2026-02-01", "", "");
    tamper(temp, "DELETE FROM period_set");
    (void)verify(temp, STATUS_INVALID);
    check_told(temp, 1, "is missing", "visits q1 2026-02-01", "10", "");
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

/* What one changed row refers to; that it was changed, its period and both slices of the
   tallies are named as well. */
static void check_row_told(
    struct temp_store *temp, const char *set, const char *words, size_t count)
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
    assert_int_equal(temp->problems.count, count);
}

static void rows_that_refer_to_nothing_are_named(void **state)
{
    struct temp_store *temp = *state;
    check_row_told(temp, "plan_version = 9", "which is not kept", 5);
    check_row_told(temp, "plan_version = 1, programme = 'gone'", "of a programme", 5);
    check_row_told(temp, "programme = 'visits', wave = 'q9'", "of a wave", 5);
    check_row_told(temp, "wave = 'q1', centre = 'east'", "of a centre", 5);
    check_row_told(temp, "centre = 'north', answers = '93'", "do not fit", 5);
    check_row_told(temp, "answers = '430', period = 20000", "another period", 6);
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

/* ---- many ---- */

enum { MANY = 20500, CHUNK = 500 }; /* enough for two threads */

/* Adds so many answers of February and March, by large batches. */
static void store_many(struct temp_store *temp, size_t count)
{
    struct batch *batch = batch_new(CHUNK);
    struct submission *submissions = calloc(CHUNK, sizeof *submissions);
    struct intake_entry *entries = calloc(CHUNK, sizeof *entries);
    struct batch_item *items = calloc(CHUNK, sizeof *items);
    struct batch_item **pointers = calloc(CHUNK, sizeof(struct batch_item *));
    for (size_t done = 0; done < count; done += CHUNK) {
        struct sql *sql = NULL;
        for (size_t i = 0; i < CHUNK; i++) {
            unsigned char random[SUBMISSION_RANDOM_BYTES];
            struct submission *submission = &submissions[i];
            temp_store_submission(temp, "430", submission);
            memcpy(random, submission->id.bytes, sizeof random);
            submission->period += i % 2 == 0 ? 0 : 28; /* March */
            submission->id = submission_id_make(submission->period, random);
            entries[i] = (struct intake_entry){
                .submission = submission, .questionnaire = temp->questionnaire};
            items[i].entry = &entries[i];
            pointers[i] = &items[i];
        }
        assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
        assert_int_equal(
            store_end(temp->store, sql, batch_write(batch, sql, pointers, CHUNK)),
            STATUS_OK);
    }
    batch_free(batch);
    free(submissions);
    free(entries);
    free(items);
    free(pointers);
}

static void a_large_store_is_read_in_two_halves(void **state)
{
    struct temp_store *temp = *state;
    store_many(temp, MANY);
    assert_int_equal(verify(temp, STATUS_OK).submissions, MANY);
    /* One in each half; both are of one period each, and of one cell. */
    tamper(temp, "UPDATE submission SET answers = '431' WHERE id ="
                 " (SELECT min(id) FROM submission) OR id ="
                 " (SELECT max(id) FROM submission)");
    struct verify_result result = verify(temp, STATUS_INVALID);
    assert_int_equal(result.submissions, MANY);
    size_t changed = 0;
    size_t periods = 0;
    for (size_t i = 0; i < temp->problems.count; i++) {
        const char *message = temp->problems.list[i].message;
        changed += strstr(message, "was changed after it was stored") != NULL;
        periods += strstr(message, "the digest of their set") != NULL;
    }
    assert_int_equal(changed, 2);
    assert_int_equal(periods, 2);
}

struct writing {
    struct temp_store *temp;
    atomic_bool is_over;
};

static void *write_on(void *context)
{
    struct writing *writing = context;
    while (!atomic_load(&writing->is_over))
        store_many(writing->temp, CHUNK);
    return NULL;
}

static void both_halves_see_one_moment_while_answers_come_in(void **state)
{
    struct writing writing = {.temp = *state};
    struct verify_result result = {0};
    pthread_t thread;
    store_many(writing.temp, MANY);
    assert_int_equal(pthread_create(&thread, NULL, write_on, &writing), 0);
    for (int i = 0; i < 5; i++) {
        int64_t before = result.submissions;
        result = verify(writing.temp, STATUS_OK);
        assert_true(result.submissions >= before);
    }
    atomic_store(&writing.is_over, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(result.submissions > MANY);
}

static void a_table_of_cells_finds_each_of_many(void **state)
{
    enum { CELLS = 3000 };
    struct temp_store *temp = *state;
    struct cells *cells = cells_new();
    for (int i = 0; i < CELLS; i++) {
        struct tally_key key = {.programme = TEXT("visits"), .period = i};
        struct cell *cell = cells_add(cells, &key, temp->questionnaire);
        assert_non_null(cell);
        cell->counters[0] = i;
    }
    assert_int_equal(cells_count(cells), CELLS);
    for (int i = 0; i < CELLS; i++) {
        struct tally_key key = {.programme = TEXT("visits"), .period = i};
        assert_int_equal(cells_find(cells, &key)->counters[0], i);
        assert_ptr_equal(
            cells_add(cells, &key, temp->questionnaire), cells_find(cells, &key));
    }
    struct tally_key other = {.programme = TEXT("visits"), .period = CELLS};
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
        ANSWERS_TEST(what_reports_show_must_have_been_given),
        ANSWERS_TEST(a_tampered_tally_is_named_with_its_item),
        ANSWERS_TEST(a_deleted_row_shows_in_its_period_and_both_slices),
        ANSWERS_TEST(a_flag_added_by_hand_is_named_with_the_cell_that_lacks_it),
        ANSWERS_TEST(flagged_answers_have_cells_of_their_own_and_hold),
        ANSWERS_TEST(a_flag_taken_off_by_hand_is_named),
        ANSWERS_TEST(more_hours_than_flagged_answers_are_named),
        ANSWERS_TEST(a_flagged_count_changed_by_hand_is_named),
        ANSWERS_TEST(an_added_row_is_named_with_its_period_and_both_slices),
        ANSWERS_TEST(one_changed_byte_of_an_answer_is_named_with_its_row),
        ANSWERS_TEST(a_changed_answer_with_tallies_to_match_is_named_by_its_row),
        ANSWERS_TEST(a_changed_set_is_named),
        ANSWERS_TEST(a_missing_cell_and_one_too_many_are_named),
        ANSWERS_TEST(a_cell_of_another_form_is_named),
        ANSWERS_TEST(rows_that_refer_to_nothing_are_named),
        STORE_TEST(batches_whose_codes_were_changed_are_named),
        ANSWERS_TEST(progress_ends_with_all_rows),
        STORE_TEST(a_large_store_is_read_in_two_halves),
        STORE_TEST(both_halves_see_one_moment_while_answers_come_in),
        STORE_TEST(a_table_of_cells_finds_each_of_many),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
