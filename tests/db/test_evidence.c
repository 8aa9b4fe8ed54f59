/* test_evidence.c: files that are checked without their store: evidence, and copies of a
   database; what is in them, and which are refused. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/evidence.h"
#include "db/intake.h"
#include "db/invitations.h"
#include "db/migrations.h"
#include "db/seals.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 8, SEALED_ON = 20558, FILE_BYTES_MAX = 4 << 20 };

#define REMARK "排队太久了"

struct scene {
    struct temp_store *temp;
    char folder[40];
    char file[60];
};

static void store_rows(struct temp_store *temp)
{
    struct intake *intake = NULL;
    struct comment comment = {TEXT("comment"), TEXT(REMARK)};
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    for (int i = 0; i < ROWS; i++) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(temp, i % 2 == 0 ? "430" : "213", &submission);
        submission.comments = &comment;
        submission.comment_count = 1;
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = temp->questionnaire};
        assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    }
    intake_close(intake);
}

/* A store with answers, remarks, codes, an operator and a seal; a folder for files. */
static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    void *temp = NULL;
    struct code codes[3];
    struct secret secret;
    int64_t batch = 0;
    size_t made = 0;
    const struct operator_name name = {TEXT("王敏"), TEXT("王敏")};
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = 3,
        .today = TEMP_STORE_TODAY};
    *state = scene;
    if (scene == NULL || temp_store_set_up(&temp) != 0 ||
        !temp_folder_make(scene->folder))
        return 1;
    scene->temp = temp;
    (void)snprintf(scene->file, sizeof scene->file, "%s/evidence", scene->folder);
    store_rows(temp);
    temp_store_settle(temp);
    struct store *store = scene->temp->store;
    assert_int_equal(codes_make(store, &order, codes, &batch), STATUS_OK);
    assert_int_equal(
        invitations_make(store, &name, &temp_store_actor, 0, &secret), STATUS_OK);
    assert_int_equal(seals_make(store, scene->temp->plans, SEALED_ON, &made), STATUS_OK);
    assert_int_equal(made, 1);
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    void *temp = scene->temp;
    temp_folder_remove(scene->folder);
    (void)temp_store_tear_down(&temp);
    free(scene);
    return 0;
}

static const struct text words[EVIDENCE_WORD_COUNT] = {
    [EVIDENCE_PROGRAM] = {"0.0", 3},
    [EVIDENCE_README] = {"read me", 7},
    [EVIDENCE_REPORT] = {"{}", 2},
    [EVIDENCE_AS_OF] = {"2026-02-09", 10},
    [EVIDENCE_LANGUAGE] = {"zh", 2},
};

static void make_evidence(struct scene *scene)
{
    struct problems *problems = &scene->temp->problems;
    assert_int_equal(
        evidence_begin(scene->temp->store, scene->file, problems, NULL, NULL), STATUS_OK);
    assert_int_equal(evidence_finish(scene->file, words, problems), STATUS_OK);
}

/* Verifies the file as a store of its own. */
static struct verify_result verify_file(struct scene *scene, enum status expected)
{
    struct verify_result result = {0};
    struct store *store = NULL;
    struct plans *plans = NULL;
    struct problems *problems = &scene->temp->problems;
    problems->count = 0;
    assert_int_equal(store_open_file(scene->file, problems, &store), STATUS_OK);
    assert_int_equal(plans_open(store, &plans), STATUS_OK);
    enum status rc = verify_store(store, plans, problems, &result, NULL, NULL);
    plans_close(plans);
    store_close(store);
    for (size_t i = 0; rc != expected && i < problems->count; i++)
        print_error("%s\n", problems->list[i].message);
    assert_int_equal(rc, expected);
    return result;
}

static void change_file(struct scene *scene, const char *script)
{
    struct sql *sql = NULL;
    assert_int_equal(sql_open(scene->file, SQL_BULK, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, "PRAGMA foreign_keys = 0"), STATUS_OK);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    sql_close(sql);
}

static int64_t ask_file(struct scene *scene, const char *query)
{
    struct sql *sql = NULL;
    int64_t number = -1;
    assert_int_equal(sql_open(scene->file, SQL_FILE, &sql), STATUS_OK);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    sql_close(sql);
    return number;
}

static struct text read_file(struct scene *scene)
{
    char *bytes = arena_take(scene->temp->arena, FILE_BYTES_MAX);
    FILE *file = fopen(scene->file, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, FILE_BYTES_MAX, file);
    assert_int_equal(fclose(file), 0);
    return (struct text){bytes, len};
}

static bool holds(struct text bytes, struct text wanted)
{
    for (size_t at = 0; at + wanted.len <= bytes.len; at++)
        if (memcmp(bytes.ptr + at, wanted.ptr, wanted.len) == 0)
            return true;
    return false;
}

/* ---- evidence ---- */

static void evidence_verifies_by_itself(void **state)
{
    struct scene *scene = *state;
    make_evidence(scene);
    struct verify_result result = verify_file(scene, STATUS_OK);
    assert_int_equal(result.submissions, ROWS);
    assert_int_equal(result.periods, 1);
    assert_int_equal(result.seals, 1);
    assert_int_equal(result.audit_lines, 4); /* plan, codes, operator, seal */
}

static void evidence_holds_no_codes_no_remarks_and_no_operators(void **state)
{
    struct scene *scene = *state;
    make_evidence(scene);
    struct text bytes = read_file(scene);
    assert_true(holds(bytes, TEXT("visits")));
    assert_false(holds(bytes, TEXT(REMARK)));
    assert_false(holds(bytes, TEXT("王敏")));
    assert_int_equal(ask_file(scene, "SELECT count(*) FROM submission"), ROWS);
    assert_int_equal(ask_file(scene, "SELECT (SELECT count(*) FROM code) +"
                                     " (SELECT count(*) FROM open_code) +"
                                     " (SELECT count(*) FROM comment) +"
                                     " (SELECT count(*) FROM operator) +"
                                     " (SELECT count(*) FROM invitation)"),
        0);
    assert_int_equal(ask_file(scene, "SELECT count(*) FROM batch"), 1);
}

static void evidence_carries_the_flags(void **state)
{
    struct scene *scene = *state;
    struct intake *intake = NULL;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(scene->temp, "430", &submission);
    submission.flags = 5;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = scene->temp->questionnaire};
    assert_int_equal(intake_open(scene->temp->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    intake_close(intake);

    make_evidence(scene);

    assert_int_equal(verify_file(scene, STATUS_OK).submissions, ROWS + 1);
    assert_int_equal(
        ask_file(scene, "SELECT count(*) FROM submission WHERE flags = 5"), 1);
    assert_int_equal(ask_file(scene, "SELECT count(*) FROM tally WHERE flags = 5"), 1);
}

static void evidence_says_what_it_is(void **state)
{
    struct scene *scene = *state;
    struct store *store = NULL;
    struct text found;
    make_evidence(scene);
    assert_int_equal(
        store_open_file(scene->file, &scene->temp->problems, &store), STATUS_OK);
    for (int i = 0; i < EVIDENCE_WORD_COUNT; i++) {
        assert_int_equal(
            evidence_get(store, (enum evidence_word)i, scene->temp->arena, &found),
            STATUS_OK);
        assert_true(text_equals(found, words[i]));
    }
    store_close(store);
    assert_int_equal(
        evidence_get(scene->temp->store, EVIDENCE_REPORT, scene->temp->arena, &found),
        STATUS_NOT_FOUND);
}

static void one_changed_byte_in_evidence_is_named(void **state)
{
    struct scene *scene = *state;
    make_evidence(scene);
    change_file(scene, "UPDATE submission SET answers = '530' WHERE id ="
                       " (SELECT min(id) FROM submission WHERE answers = '430')");
    (void)verify_file(scene, STATUS_INVALID);
    assert_non_null(
        strstr(scene->temp->problems.list[0].message, "was changed after it was stored"));
}

static void a_batch_without_codes_is_only_evidence_in_a_file(void **state)
{
    struct scene *scene = *state;
    struct verify_result result;
    struct temp_store *temp = scene->temp;
    assert_int_equal(
        store_set_setting(temp->store, "evidence.program", TEXT("0.0")), STATUS_OK);
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, "DELETE FROM code WHERE batch = 1"), STATUS_OK);
    store_give_writer(temp->store, sql);
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_INVALID);
    assert_non_null(strstr(temp->problems.list[0].message, "was made of"));
}

static void nothing_is_written_over_what_is_there(void **state)
{
    struct scene *scene = *state;
    struct problems *problems = &scene->temp->problems;
    make_evidence(scene);
    assert_int_equal(
        evidence_begin(scene->temp->store, scene->file, problems, NULL, NULL),
        STATUS_CONFLICT);
    assert_int_equal(problems->count, 1);
    assert_int_equal(unlink(scene->file), 0);
    /* One that is not finished yet is in the way as well, and dropping it is not. */
    assert_int_equal(
        evidence_begin(scene->temp->store, scene->file, problems, NULL, NULL), STATUS_OK);
    assert_int_equal(
        evidence_begin(scene->temp->store, scene->file, problems, NULL, NULL),
        STATUS_CONFLICT);
    evidence_drop(scene->file);
    make_evidence(scene);
}

static void a_file_that_came_meanwhile_is_left_as_it_is(void **state)
{
    struct scene *scene = *state;
    struct problems *problems = &scene->temp->problems;
    assert_int_equal(
        evidence_begin(scene->temp->store, scene->file, problems, NULL, NULL), STATUS_OK);
    int file = open(scene->file, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(file, "mine", 4), 4);
    assert_int_equal(close(file), 0);
    assert_int_equal(evidence_finish(scene->file, words, problems), STATUS_INTERNAL);
    assert_true(text_equals(read_file(scene), TEXT("mine")));
    assert_int_not_equal(access(evidence_part(scene->temp->arena, scene->file), F_OK), 0);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct scene *scene = *state;
    struct problems *problems = &scene->temp->problems;
    assert_int_equal(
        evidence_begin(scene->temp->store, "/nowhere/file", problems, NULL, NULL),
        STATUS_INTERNAL);
    assert_int_equal(problems->count, 1);
    assert_non_null(strstr(problems->list[0].message, "can't be written"));
}

/* ---- files of databases ---- */

/* The database as a backup has it: one file, with nothing beside it. */
static void copy_database(struct scene *scene)
{
    struct temp_store *temp = scene->temp;
    char script[120];
    (void)snprintf(script, sizeof script, "VACUUM INTO '%s'", scene->file);
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    store_give_writer(temp->store, sql);
}

static void a_copy_of_the_database_verifies_and_is_left_as_it_is(void **state)
{
    struct scene *scene = *state;
    copy_database(scene);
    struct text before = read_file(scene);
    assert_int_equal(chmod(scene->file, 0400), 0);
    assert_int_equal(verify_file(scene, STATUS_OK).submissions, ROWS);
    assert_true(text_equals(before, read_file(scene)));
    char log[80];
    (void)snprintf(log, sizeof log, "%s-wal", scene->file);
    assert_int_not_equal(access(log, F_OK), 0);
}

static void a_name_with_signs_of_an_address_is_still_a_name(void **state)
{
    struct scene *scene = *state;
    (void)snprintf(scene->file, sizeof scene->file, "%s/a%%20?b#c", scene->folder);
    copy_database(scene);
    assert_int_equal(verify_file(scene, STATUS_OK).submissions, ROWS);
}

static void check_refused(struct scene *scene, enum status expected, const char *message)
{
    struct store *store = NULL;
    struct problems *problems = &scene->temp->problems;
    problems->count = 0;
    assert_int_equal(store_open_file(scene->file, problems, &store), expected);
    assert_null(store);
    assert_int_equal(problems->count, 1);
    if (strstr(problems->list[0].message, message) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", problems->list[0].message, message);
}

static void files_of_another_form_are_refused(void **state)
{
    struct scene *scene = *state;
    check_refused(scene, STATUS_NOT_FOUND, "There is no file");
    copy_database(scene);
    change_file(scene, "UPDATE schema_version SET version = 3");
    check_refused(scene, STATUS_INVALID, "an older manyi");
    change_file(scene, "UPDATE schema_version SET version = 99");
    check_refused(scene, STATUS_INVALID, "a newer manyi");
    change_file(scene, "PRAGMA application_id = 7");
    check_refused(scene, STATUS_INVALID, "neither a backup nor evidence");
}

static void the_file_of_a_store_in_use_is_refused(void **state)
{
    struct scene *scene = *state;
    (void)snprintf(
        scene->file, sizeof scene->file, "%s", store_database(scene->temp->store));
    check_refused(scene, STATUS_INVALID, "in use");
}

static void a_file_can_not_be_written_to(void **state)
{
    struct scene *scene = *state;
    struct store *store = NULL;
    struct sql *sql = NULL;
    copy_database(scene);
    assert_int_equal(
        store_open_file(scene->file, &scene->temp->problems, &store), STATUS_OK);
    assert_true(store_is_file(store));
    assert_false(store_is_file(scene->temp->store));
    assert_int_equal(store_begin(store, &sql), STATUS_BUSY);
    store_close(store);
}

/* ---- stores from before there were digests ---- */

/* The form of version 4, with the rows that are there. */
static const char without_seals[] = "DROP INDEX submission_late;"
                                    "ALTER TABLE submission DROP COLUMN late;"
                                    "ALTER TABLE submission DROP COLUMN digest;"
                                    "DROP TABLE comment_arrival;"
                                    "DROP TABLE submission_arrival;"
                                    "DROP TABLE seal;"
                                    "DROP TABLE withdrawn_set;"
                                    "DROP TABLE period_set;"
                                    "DROP TABLE audit;"
                                    "DROP TABLE published;"
                                    "DROP TABLE handout;"
                                    "DROP TABLE screen;"
                                    "DROP TABLE rotating_spent;"
                                    "ALTER TABLE batch DROP COLUMN made_by;"
                                    "ALTER TABLE batch DROP COLUMN is_test;"
                                    "ALTER TABLE submission DROP COLUMN flags;"
                                    "DROP TABLE flag_hour;"
                                    "DROP TABLE release;"
                                    "ALTER TABLE tally DROP COLUMN released;"
                                    "DROP TABLE comment_count;"
                                    "DROP INDEX comment_of_wave; DROP INDEX comment_new;"
                                    "ALTER TABLE comment DROP COLUMN state;"
                                    "UPDATE schema_version SET version = 4";

static int64_t count_in_store(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static void rows_from_before_get_their_digests_and_sets(void **state)
{
    struct scene *scene = *state;
    struct temp_store *temp = scene->temp;
    struct verify_result result = {0};
    char database[sizeof temp->location];
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, "CREATE TABLE kept AS SELECT id, digest, "
                                     "(SELECT lanes FROM period_set) AS lanes"
                                     " FROM submission"),
        STATUS_OK);
    store_give_writer(temp->store, sql);
    (void)snprintf(database, sizeof database, "%s", store_database(temp->store));
    plans_close(temp->plans);
    store_close(temp->store);
    assert_int_equal(sql_open(database, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, without_seals), STATUS_OK);
    sql_close(sql);

    temp->plans = NULL;
    temp->store = NULL;
    assert_true(temp_store_reopen(temp));

    assert_int_equal(count_in_store(temp,
                         "SELECT count(*) FROM submission JOIN kept USING (id, digest)"
                         " WHERE lanes = (SELECT lanes FROM period_set)"),
        ROWS);
    assert_int_equal(count_in_store(temp, "SELECT count FROM period_set"), ROWS);
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_OK);
}

#define SCENE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        SCENE_TEST(evidence_verifies_by_itself),
        SCENE_TEST(evidence_holds_no_codes_no_remarks_and_no_operators),
        SCENE_TEST(evidence_carries_the_flags),
        SCENE_TEST(evidence_says_what_it_is),
        SCENE_TEST(one_changed_byte_in_evidence_is_named),
        SCENE_TEST(a_batch_without_codes_is_only_evidence_in_a_file),
        SCENE_TEST(nothing_is_written_over_what_is_there),
        SCENE_TEST(a_file_that_came_meanwhile_is_left_as_it_is),
        SCENE_TEST(a_folder_that_is_not_there_is_told),
        SCENE_TEST(rows_from_before_get_their_digests_and_sets),
    };
    /* SQLite's own: a store that is a file. */
    const struct CMUnitTest files[] = {
        SCENE_TEST(a_copy_of_the_database_verifies_and_is_left_as_it_is),
        SCENE_TEST(a_name_with_signs_of_an_address_is_still_a_name),
        SCENE_TEST(files_of_another_form_are_refused),
        SCENE_TEST(the_file_of_a_store_in_use_is_refused),
        SCENE_TEST(a_file_can_not_be_written_to),
    };
    int failed = cmocka_run_group_tests(cases, NULL, NULL);
    return temp_store_is_cluster() ? failed
                                   : failed + cmocka_run_group_tests(files, NULL, NULL);
}
