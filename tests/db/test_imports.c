/* test_imports.c: files of answers on their way into a store and back out of it. */
#include "tests/support/test.h"

#include "db/imports.h"
#include "db/migrations.h"
#include "db/sql.h"
#include "db/verify.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS_MAX = IMPORT_CHUNK + 1 };

/* The rows of one file, always with the same ids. */
struct rows {
    struct submission submissions[ROWS_MAX];
    struct comment comments[ROWS_MAX];
    struct intake_entry entries[ROWS_MAX];
    size_t count;
};

/* Rows of the file with that name: levels 1 to 5 by paper and by phone, at the north, the
   south and nowhere, in January and February; a comment now and then. */
static struct rows *make_rows(const struct temp_store *temp, char name, size_t count)
{
    static const char *const answers[] = {"110", "2-1", "300", "440", "-50"};
    static const struct text centres[] = {{"north", 5}, {"south", 5}, {"", 0}};
    struct rows *rows = calloc(1, sizeof *rows);
    assert_non_null(rows);
    for (size_t i = 0; i < count; i++) {
        struct submission *submission = &rows->submissions[i];
        unsigned char random[SUBMISSION_RANDOM_BYTES] = {0, 0, 0, 0,
            (unsigned char)name, [9] = (unsigned char)(i >> 8), [10] = (unsigned char)i};
        temp_store_submission(temp, answers[i % 5], submission);
        submission->centre = centres[i % 3];
        submission->channel = i % 2 == 0 ? CHANNEL_PAPER : CHANNEL_PHONE;
        submission->mode = MODE_ASSISTED;
        submission->period = day_of((struct date){2026, i % 4 == 0 ? 1 : 2, 1});
        submission->id = submission_id_make(submission->period, random);
        if (i % 10 == 0) {
            rows->comments[i] = (struct comment){TEXT("comment"), TEXT("谢谢")};
            submission->comments = &rows->comments[i];
            submission->comment_count = 1;
        }
        rows->entries[i] = (struct intake_entry){
            .submission = submission, .questionnaire = temp->questionnaire};
    }
    rows->count = count;
    return rows;
}

static int64_t begin(struct temp_store *temp, char name, size_t row_count)
{
    int64_t id = 0;
    const struct import_file file = {.digest = import_digest((struct text){&name, 1}),
        .row_count = row_count,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(import_begin(temp->store, &file, &id), STATUS_OK);
    return id;
}

/* The whole of a file of at most one chunk; its number. */
static int64_t take_in(
    struct temp_store *temp, char name, size_t count, struct import_counts *counts)
{
    struct rows *rows = make_rows(temp, name, count);
    int64_t id = begin(temp, name, count);
    *counts = (struct import_counts){0};
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, rows->entries, count, counts),
        STATUS_OK);
    free(rows);
    return id;
}

static enum status take_back(struct temp_store *temp, int64_t id, int64_t *withdrawn)
{
    return import_withdraw(temp->store, temp->plans, id, TEXT("the wrong file"),
        TEMP_STORE_TODAY + 1, withdrawn);
}

static int64_t count(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static void check_verified(struct temp_store *temp, int64_t expected)
{
    struct verify_result result = {0};
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, expected);
}

/* Every byte of the tallies, in the arena. */
static struct text tallies_of(struct temp_store *temp)
{
    struct buffer bytes;
    buffer_init(&bytes, temp->arena, 1 << 20);
    struct sql *sql = store_take_reader(temp->store);
    struct sql_statement *rows = sql_use(sql, SQL_TALLY_AUDIT);
    while (sql_step(rows) == STATUS_OK) {
        buffer_add_format(&bytes, "%lld|%.*s|%.*s|%lld|%.*s|%lld|%lld|",
            (long long)sql_number(rows, 0), TEXT_ARG(sql_text(rows, 1)),
            TEXT_ARG(sql_text(rows, 2)), (long long)sql_number(rows, 3),
            TEXT_ARG(sql_text(rows, 4)), (long long)sql_number(rows, 5),
            (long long)sql_number(rows, 6));
        buffer_add_text(
            &bytes, text_hex(temp->arena, (const unsigned char *)sql_blob(rows, 8).ptr,
                        sql_blob(rows, 8).len));
        buffer_add_char(&bytes, '\n');
    }
    store_give_reader(temp->store, sql);
    assert_false(bytes.is_full);
    return bytes.data == NULL ? TEXT("") : buffer_text(&bytes);
}

static void assert_same_tallies(struct temp_store *temp, struct text before)
{
    struct text after = tallies_of(temp);
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.ptr, before.ptr, before.len);
}

/* As someone with the file at hand would. */
static void tamper(struct temp_store *temp, const char *script)
{
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    store_give_writer(temp->store, sql);
}

/* ---- in ---- */

static void a_file_is_taken_in_and_counted(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    assert_int_equal(take_in(temp, 'a', 100, &counts), 1);
    assert_int_equal(counts.stored, 100);
    assert_int_equal(counts.present, 0);
    assert_int_equal(
        count(temp, "SELECT count(*) FROM submission WHERE import = 1"), 100);
    assert_int_equal(count(temp, "SELECT count(*) FROM comment WHERE import = 1"), 10);
    assert_int_equal(count(temp, "SELECT count(*) FROM import WHERE row_count = 100 AND"
                                 " stored = 100 AND imported_on = 20493"),
        1);
    check_verified(temp, 100);
}

static void the_same_file_again_adds_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    assert_int_equal(take_in(temp, 'a', 100, &counts), 1);
    struct text before = tallies_of(temp);
    assert_int_equal(take_in(temp, 'a', 100, &counts), 1);
    assert_int_equal(counts.stored, 0);
    assert_int_equal(counts.present, 100);
    assert_int_equal(count(temp, "SELECT stored FROM import"), 100);
    assert_same_tallies(temp, before);
    check_verified(temp, 100);
}

static void another_file_is_another_import(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    assert_int_equal(take_in(temp, 'a', 10, &counts), 1);
    assert_int_equal(take_in(temp, 'b', 10, &counts), 2);
    assert_int_equal(counts.stored, 10);
    check_verified(temp, 20);
}

static void a_chunk_of_the_limit_is_one_commit_and_one_row_more_is_too_large(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts = {0};
    struct rows *rows = make_rows(temp, 'a', ROWS_MAX);
    int64_t id = begin(temp, 'a', ROWS_MAX);
    int64_t commits = store_commits(temp->store);
    assert_int_equal(import_add_chunk(temp->store, id, TEMP_STORE_TODAY, rows->entries,
                         ROWS_MAX, &counts),
        STATUS_TOO_LARGE);
    assert_int_equal(import_add_chunk(temp->store, id, TEMP_STORE_TODAY, rows->entries,
                         IMPORT_CHUNK, &counts),
        STATUS_OK);
    assert_int_equal(store_commits(temp->store), commits + 1);
    assert_int_equal(import_add_chunk(temp->store, id, TEMP_STORE_TODAY,
                         rows->entries + IMPORT_CHUNK, 1, &counts),
        STATUS_OK);
    assert_int_equal(counts.stored, ROWS_MAX);
    free(rows);
    check_verified(temp, ROWS_MAX);
}

static void one_that_cannot_be_kept_keeps_its_chunk_out(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts = {0};
    struct rows *rows = make_rows(temp, 'a', 10);
    int64_t id = begin(temp, 'a', 10);
    rows->submissions[7].plan_version = 77; /* no such version: the last wall */
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, rows->entries, 10, &counts),
        STATUS_INTERNAL);
    assert_int_equal(counts.stored + counts.present, 0);
    free(rows);
    check_verified(temp, 0);
}

/* Two chunks' worth of rows, the process gone between them. */
static void import_until_killed(struct temp_store *temp)
{
    struct import_counts counts = {0};
    if (!temp_store_reopen(temp))
        _exit(1);
    struct rows *rows = make_rows(temp, 'a', 900);
    int64_t id = begin(temp, 'a', 900);
    if (import_add_chunk(
            temp->store, id, TEMP_STORE_TODAY, rows->entries, 450, &counts) != STATUS_OK)
        _exit(1);
    (void)raise(SIGKILL);
    _exit(1);
}

static void an_import_that_was_killed_is_completed_and_doubles_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int result = 0;
    plans_close(temp->plans);
    store_close(temp->store);
    temp->plans = NULL;
    temp->store = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        import_until_killed(temp);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    assert_true(temp_store_reopen(temp));
    check_verified(temp, 450);

    assert_int_equal(take_in(temp, 'a', 900, &counts), 1);
    assert_int_equal(counts.stored, 450);
    assert_int_equal(counts.present, 450);
    assert_int_equal(count(temp, "SELECT stored FROM import"), 900);
    check_verified(temp, 900);
}

/* ---- back ---- */

static void a_withdrawal_leaves_the_tallies_as_they_were(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int64_t withdrawn = 0;
    (void)take_in(temp, 'a', 7, &counts); /* shares some cells with the next, not all */
    struct text before = tallies_of(temp);
    int64_t id = take_in(temp, 'b', 500, &counts);
    check_verified(temp, 507);

    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);

    assert_int_equal(withdrawn, 500);
    assert_same_tallies(temp, before);
    assert_int_equal(count(temp, "SELECT count(*) FROM submission"), 7);
    assert_int_equal(count(temp, "SELECT count(*) FROM comment"), 1);
    assert_int_equal(count(temp, "SELECT count(*) FROM import WHERE id = 2 AND"
                                 " withdrawn_on = 20494 AND reason = 'the wrong file'"
                                 " AND stored = 500"),
        1);
    check_verified(temp, 7);
}

static void the_last_answers_leave_no_cells_behind(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int64_t withdrawn = 0;
    int64_t id = take_in(temp, 'a', 50, &counts);
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);
    assert_int_equal(count(temp, "SELECT count(*) FROM tally"), 0);
    check_verified(temp, 0);
}

static void an_import_is_withdrawn_once_and_an_unknown_one_never(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int64_t withdrawn = -1;
    int64_t id = take_in(temp, 'a', 5, &counts);
    assert_int_equal(take_back(temp, 9, &withdrawn), STATUS_NOT_FOUND);
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);
    withdrawn = -1;
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_CONFLICT);
    assert_int_equal(withdrawn, -1);
}

static void a_withdrawn_file_may_be_imported_again_as_a_new_import(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int64_t withdrawn = 0;
    int64_t id = take_in(temp, 'a', 20, &counts);
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);
    assert_int_equal(take_in(temp, 'a', 20, &counts), 2);
    assert_int_equal(counts.stored, 20);
    assert_int_equal(take_in(temp, 'a', 20, &counts), 2);
    assert_int_equal(counts.stored, 0);
    check_verified(temp, 20);
}

static void an_import_withdrawn_while_it_is_under_way_takes_no_more(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts = {0};
    int64_t withdrawn = 0;
    struct rows *rows = make_rows(temp, 'a', 20);
    int64_t id = begin(temp, 'a', 20);
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, rows->entries, 10, &counts),
        STATUS_OK);
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);
    assert_int_equal(import_add_chunk(temp->store, id, TEMP_STORE_TODAY,
                         rows->entries + 10, 10, &counts),
        STATUS_CONFLICT);
    free(rows);
    check_verified(temp, 0);
}

static void answers_that_were_there_before_stay(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    struct import_counts counts;
    enum intake_outcome outcome;
    int64_t withdrawn = 0;
    struct rows *rows = make_rows(temp, 'a', 10);
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &rows->entries[0], &outcome), STATUS_OK);
    intake_close(intake);
    free(rows);

    int64_t id = take_in(temp, 'a', 10, &counts);
    assert_int_equal(counts.stored, 9);
    assert_int_equal(counts.present, 1);
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_OK);
    assert_int_equal(withdrawn, 9);
    check_verified(temp, 1);
}

static void what_does_not_match_is_not_withdrawn(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    int64_t withdrawn = 0;
    int64_t id = take_in(temp, 'a', 10, &counts);
    tamper(temp, "UPDATE tally SET cell = zeroblob(length(cell)) WHERE slice = 1");
    assert_int_equal(take_back(temp, id, &withdrawn), STATUS_INTERNAL);
    assert_int_equal(count(temp, "SELECT count(*) FROM submission"), 10);
    assert_int_equal(
        count(temp, "SELECT count(*) FROM import WHERE withdrawn_on IS NULL"), 1);
}

/* ---- verify ---- */

static void assert_told(struct temp_store *temp, const char *words)
{
    struct verify_result result;
    temp->problems.count = 0;
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_INVALID);
    for (size_t i = 0; i < temp->problems.count; i++)
        if (strstr(temp->problems.list[i].message, words) != NULL)
            return;
    fail_msg("nobody says \"%s\"", words);
}

static void verify_names_an_import_whose_count_is_wrong(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    (void)take_in(temp, 'a', 10, &counts);
    tamper(temp, "UPDATE import SET stored = 9");
    assert_told(temp, "should have {2} submissions");
    assert_text_equal(temp->problems.list[0].argument[1], "9");
    assert_text_equal(temp->problems.list[0].argument[2], "10");
}

static void verify_names_rows_of_no_import(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    (void)take_in(temp, 'a', 10, &counts);
    tamper(temp, "DELETE FROM import");
    assert_told(temp, "which is not on record");
}

static void verify_names_what_a_withdrawn_import_left_behind(void **state)
{
    struct temp_store *temp = *state;
    struct import_counts counts;
    (void)take_in(temp, 'a', 10, &counts);
    tamper(temp, "UPDATE import SET withdrawn_on = 1, reason = 'x'");
    assert_told(temp, "should have {2} submissions");
    assert_told(temp, "comments of it are still there");
}

/* ---- beside others ---- */

struct load {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    int64_t stored;
};

static void *send_on(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(load->temp, "550", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = load->temp->questionnaire};
        if (intake_submit(load->intake, &entry, &outcome) != STATUS_OK)
            return load;
        load->stored++;
    }
    return NULL;
}

/* As the command does it beside a serving store: a store of its own on the same folder.
 */
static void a_file_goes_in_and_out_beside_a_busy_intake(void **state)
{
    struct temp_store *temp = *state;
    struct load load = {.temp = temp};
    struct temp_store beside = *temp;
    struct import_counts counts;
    int64_t withdrawn = 0;
    pthread_t sender;
    void *failed = &load;
    assert_int_equal(intake_open(temp->store, &load.intake), STATUS_OK);
    assert_int_equal(pthread_create(&sender, NULL, send_on, &load), 0);
    assert_int_equal(
        store_open(temp->location, STORE_CHANGE, &temp->problems, &beside.store),
        STATUS_OK);
    for (int i = 0; i < 10; i++) {
        int64_t id = take_in(&beside, (char)('a' + i), 400, &counts);
        assert_int_equal(counts.stored, 400);
        if (i % 2 == 0)
            assert_int_equal(take_back(&beside, id, &withdrawn), STATUS_OK);
    }
    store_close(beside.store);
    atomic_store(&load.is_over, true);
    assert_int_equal(pthread_join(sender, &failed), 0);
    assert_null(failed);
    intake_close(load.intake);
    assert_true(load.stored > 0);
    check_verified(temp, load.stored + 5 * 400);
}

/* ---- an older store ---- */

static char *read_migration(const char *name)
{
    char path[300];
    char *text = calloc(1, 65536);
    (void)snprintf(path, sizeof path, SOURCE_DIR "/db/migrations/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, 65535, file) > 0);
    (void)fclose(file);
    return text;
}

static void a_store_from_before_imports_keeps_its_answers(void **state)
{
    struct temp_store *temp = *state;
    char path[80];
    int64_t found = 0;
    struct sql *sql = NULL;
    char *first = read_migration("0001_start.sql");
    (void)snprintf(path, sizeof path, "%s/old.db", temp->folder);
    FILE *empty = fopen(path, "wb");
    assert_int_equal(fclose(empty), 0);
    assert_int_equal(sql_open(path, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(sql_adopt(sql), STATUS_OK);
    char *expanded = sql_expand(sql, first);
    assert_int_equal(
        sql_script(sql, "CREATE TABLE schema_version (version INTEGER NOT NULL);"
                        "INSERT INTO schema_version (version) VALUES (1)"),
        STATUS_OK);
    assert_int_equal(sql_script(sql, expanded), STATUS_OK);
    assert_int_equal(
        sql_script(sql, "INSERT INTO plan VALUES (1, 'x', zeroblob(32), 1);"
                        "INSERT INTO submission VALUES (zeroblob(16), 'visits', 'q1', '',"
                        " 4, 0, 1, 0, '5')"),
        STATUS_OK);

    assert_int_equal(migrations_run(sql, &found), STATUS_OK);

    assert_int_equal(found, 1);
    assert_int_equal(
        sql_ask_number(sql, "SELECT import FROM submission WHERE answers = '5'", &found),
        STATUS_OK);
    assert_int_equal(found, 0);
    assert_int_equal(sql_prepare_all(sql), STATUS_OK);
    sql_close(sql);
    free(expanded);
    free(first);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_file_is_taken_in_and_counted),
        STORE_TEST(the_same_file_again_adds_nothing),
        STORE_TEST(another_file_is_another_import),
        STORE_TEST(a_chunk_of_the_limit_is_one_commit_and_one_row_more_is_too_large),
        STORE_TEST(one_that_cannot_be_kept_keeps_its_chunk_out),
        STORE_TEST(an_import_that_was_killed_is_completed_and_doubles_nothing),
        STORE_TEST(a_withdrawal_leaves_the_tallies_as_they_were),
        STORE_TEST(the_last_answers_leave_no_cells_behind),
        STORE_TEST(an_import_is_withdrawn_once_and_an_unknown_one_never),
        STORE_TEST(a_withdrawn_file_may_be_imported_again_as_a_new_import),
        STORE_TEST(an_import_withdrawn_while_it_is_under_way_takes_no_more),
        STORE_TEST(answers_that_were_there_before_stay),
        STORE_TEST(what_does_not_match_is_not_withdrawn),
        STORE_TEST(verify_names_an_import_whose_count_is_wrong),
        STORE_TEST(verify_names_rows_of_no_import),
        STORE_TEST(verify_names_what_a_withdrawn_import_left_behind),
        STORE_TEST(a_file_goes_in_and_out_beside_a_busy_intake),
        STORE_TEST(a_store_from_before_imports_keeps_its_answers),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
