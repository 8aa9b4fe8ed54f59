/* test_restore.c: a backup becomes a store again, or is refused and nothing is touched.
 */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/evidence.h"
#include "db/intake.h"
#include "db/restore.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 20 };

/* A store with answers, a slip and a poster; a backup of it; a place for another. */
struct scene {
    struct temp_store *temp;
    const char *backup;
    const char *target; /* not there at first */
    struct code slip;
    struct code poster;
    struct restore_result result; /* of the last restoration */
};

static const char *path_in(struct scene *scene, const char *name)
{
    struct arena *arena = scene->temp->arena;
    return text_to_string(arena, text_format(arena, "%s/%s", scene->temp->folder, name));
}

static void add_answers(struct temp_store *temp, int count)
{
    struct intake *intake = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    for (int i = 0; i < count; i++) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(temp, i % 2 == 0 ? "430" : "213", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = temp->questionnaire};
        assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    }
    intake_close(intake);
}

static void make_backup(struct scene *scene, const char *name)
{
    int64_t size = 0;
    scene->backup = path_in(scene, name);
    assert_int_equal(
        backup_make(scene->temp->store, scene->backup,
            &(struct backup_listener){NULL, NULL}, &scene->temp->problems, &size),
        STATUS_OK);
}

static int set_up(void **state)
{
    void *store = NULL;
    if (temp_store_set_up(&store) != 0)
        return 1;
    struct scene *scene = calloc(1, sizeof *scene);
    if (scene == NULL)
        return 1;
    scene->temp = store;
    *state = scene;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = 1,
        .today = TEMP_STORE_TODAY};
    int64_t batch;
    assert_int_equal(
        codes_make(scene->temp->store, &order, &scene->slip, &batch), STATUS_OK);
    assert_int_equal(
        codes_open(scene->temp->store, TEXT("visits"), TEXT("north"), &scene->poster),
        STATUS_OK);
    add_answers(scene->temp, ROWS);
    temp_store_settle(scene->temp);
    make_backup(scene, "a.backup");
    scene->target = path_in(scene, "target");
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    void *store = scene->temp;
    free(scene);
    return temp_store_tear_down(&store);
}

static enum status restore(struct scene *scene, const char *key, bool replaces)
{
    const struct restore_order order = {.file = scene->backup,
        .location = scene->target,
        .key_file = key,
        .replaces = replaces};
    scene->result = (struct restore_result){0};
    return restore_store(&order, &scene->temp->problems, &scene->result);
}

static void check_restored(struct scene *scene, const char *key, bool replaces)
{
    size_t before = scene->temp->problems.count;
    enum status rc = restore(scene, key, replaces);
    for (size_t i = before; i < scene->temp->problems.count; i++)
        print_error("%s\n", scene->temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
}

/* With one sentence more, which holds the words. */
static void check_refused(struct scene *scene, const char *key, bool replaces,
    enum status expected, const char *words)
{
    const struct problems *problems = &scene->temp->problems;
    size_t before = problems->count;
    assert_int_equal(restore(scene, key, replaces), expected);
    assert_int_equal(problems->count, before + 1);
    if (strstr(problems->list[before].message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", problems->list[before].message, words);
}

static struct store *open_store(struct scene *scene, const char *location)
{
    struct store *store = NULL;
    struct problems *problems = &scene->temp->problems;
    assert_int_equal(store_open(location, STORE_CHANGE, problems, &store), STATUS_OK);
    return store;
}

static int64_t count_in(struct scene *scene, const char *location, const char *query)
{
    struct store *store = open_store(scene, location);
    struct sql *sql = store_take_reader(store);
    int64_t number = -1;
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(store, sql);
    store_close(store);
    return number;
}

static int64_t rows_in(struct scene *scene, const char *location)
{
    return count_in(scene, location, "SELECT count(*) FROM " EVERY_SUBMISSION);
}

static bool knows(struct scene *scene, const struct code *code)
{
    struct store *store = open_store(scene, scene->target);
    struct code_grant grant;
    enum status rc = codes_find(store, code, scene->temp->arena, &grant);
    store_close(store);
    return rc == STATUS_OK;
}

static const char *file_of(struct scene *scene, const char *location, const char *name)
{
    struct arena *arena = scene->temp->arena;
    return text_to_string(arena, text_format(arena, "%s/%s", location, name));
}

static void write_at(const char *path, off_t at, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(pwrite(file, bytes, size, at), size);
    assert_int_equal(close(file), 0);
}

/* ---- what comes back ---- */

static void a_new_folder_gets_the_rows_and_counts(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    assert_int_equal(scene->result.verified.submissions, ROWS);
    assert_null(scene->result.aside);
    assert_int_equal(rows_in(scene, scene->target), ROWS);
    assert_int_not_equal(access(file_of(scene, scene->target, "restoring"), F_OK), 0);
}

static void an_empty_folder_takes_a_store_too(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(mkdir(scene->target, 0700), 0);
    check_restored(scene, NULL, false);
    assert_int_equal(rows_in(scene, scene->target), ROWS);
}

static void a_restored_store_is_for_its_owner_alone(void **state)
{
    struct scene *scene = *state;
    struct stat seen;
    mode_t kept = umask(0);
    check_restored(scene, NULL, false);
    (void)umask(kept);
    assert_int_equal(stat(scene->target, &seen), 0);
    assert_int_equal((unsigned)seen.st_mode & 0777U, 0700);
    assert_int_equal(stat(file_of(scene, scene->target, "manyi.db"), &seen), 0);
    assert_int_equal((unsigned)seen.st_mode & 0777U, 0600);
    assert_int_equal(stat(file_of(scene, scene->target, "key"), &seen), 0);
    assert_int_equal((unsigned)seen.st_mode & 0777U, 0600);
}

static void what_a_restoration_left_when_it_was_cut_off_is_no_hindrance(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(mkdir(scene->target, 0700), 0);
    assert_int_equal(mkdir(file_of(scene, scene->target, "restoring"), 0700), 0);
    write_at(file_of(scene, scene->target, "restoring/manyi.db"), 0, "half", 4);
    write_at(file_of(scene, scene->target, "restoring/manyi.db-wal"), 0, "log", 3);
    write_at(file_of(scene, scene->target, "restoring/key"), 0, "key", 3);
    check_restored(scene, NULL, false);
    assert_int_equal(rows_in(scene, scene->target), ROWS);
}

/* ---- the key ---- */

static void with_its_key_every_printed_code_works(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, path_in(scene, "key"), false);
    assert_false(scene->result.has_other_key);
    assert_true(knows(scene, &scene->slip));
    assert_true(knows(scene, &scene->poster));
}

static void the_key_in_the_folder_is_kept(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, path_in(scene, "key"), false);
    check_restored(scene, NULL, true);
    assert_false(scene->result.has_other_key);
    assert_true(knows(scene, &scene->slip));
}

static void without_a_key_posters_get_new_codes_and_slips_are_unknown(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    assert_true(scene->result.has_other_key);
    assert_false(knows(scene, &scene->slip));
    assert_false(knows(scene, &scene->poster));

    struct store *store = open_store(scene, scene->target);
    struct code poster;
    int64_t asked = 0;
    assert_int_equal(
        codes_open(store, TEXT("visits"), TEXT("north"), &poster), STATUS_OK);
    assert_int_equal(codes_asked(store, TEXT("visits"), TEXT("q1"), &asked), STATUS_OK);
    store_close(store);
    assert_true(knows(scene, &poster));
    assert_int_equal(asked, 1);
    assert_int_equal(
        count_in(scene, scene->target, "SELECT count(*) FROM code WHERE batch = 0"),
        count_in(scene, scene->target, "SELECT count(*) FROM open_code"));
}

static void a_key_that_is_not_its_own_is_refused(void **state)
{
    struct scene *scene = *state;
    const char *other = path_in(scene, "other.key");
    write_at(other, 0, "0123456789abcdef0123456789abcdef", 32);
    check_refused(scene, other, false, STATUS_INVALID, "not made with the key {1}");
    assert_int_not_equal(access(scene->target, F_OK), 0);
}

static void another_key_in_the_folder_stays_and_is_told(void **state)
{
    struct scene *scene = *state;
    struct code poster;
    check_restored(scene, NULL, false);
    struct store *store = open_store(scene, scene->target);
    assert_int_equal(
        codes_open(store, TEXT("visits"), TEXT("north"), &poster), STATUS_OK);
    store_close(store);

    check_restored(scene, NULL, true);

    assert_true(scene->result.has_other_key);
    assert_true(knows(scene, &poster));
    assert_false(knows(scene, &scene->poster));
}

static void a_damaged_key_in_the_folder_is_refused(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(mkdir(scene->target, 0700), 0);
    write_at(file_of(scene, scene->target, "key"), 0, "short", 5);
    check_refused(scene, NULL, false, STATUS_INVALID, "is damaged");
    assert_int_equal(access(file_of(scene, scene->target, "key"), F_OK), 0);
}

static void a_key_of_another_length_is_refused(void **state)
{
    struct scene *scene = *state;
    const char *other = path_in(scene, "other.key");
    write_at(other, 0, "0123456789abcdef0123456789abcde", 31);
    check_refused(scene, other, false, STATUS_INVALID, "is no key");
    write_at(other, 0, "0123456789abcdef0123456789abcdef0", 33);
    check_refused(scene, other, false, STATUS_INVALID, "is no key");
    check_refused(scene, path_in(scene, "nothing"), false, STATUS_INVALID, "is no key");
    assert_int_not_equal(access(scene->target, F_OK), 0);
}

/* ---- a store that is there ---- */

static void a_store_is_not_overwritten_unless_told(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    struct store *store = open_store(scene, scene->target);
    assert_int_equal(
        store_set_setting(store, "public_url", TEXT("http://mine")), STATUS_OK);
    store_close(store);
    check_refused(scene, NULL, false, STATUS_CONFLICT, "There is a store");
    assert_int_equal(count_in(scene, scene->target,
                         "SELECT count(*) FROM setting WHERE value = 'http://mine'"),
        1);
}

static void a_store_that_is_replaced_is_moved_aside_whole(void **state)
{
    struct scene *scene = *state;
    add_answers(scene->temp, 5);
    const char *first = scene->backup;
    make_backup(scene, "later.backup");
    check_restored(scene, NULL, false);
    scene->backup = first;

    check_restored(scene, NULL, true);

    assert_int_equal(rows_in(scene, scene->target), ROWS);
    assert_non_null(scene->result.aside);
    assert_text_equal(
        text_of(scene->result.aside), file_of(scene, scene->target, "replaced-1"));
    assert_int_equal(rows_in(scene, scene->result.aside), ROWS + 5);
    check_restored(scene, NULL, true);
    assert_text_equal(
        text_of(scene->result.aside), file_of(scene, scene->target, "replaced-2"));
}

static void a_damaged_store_can_be_replaced_and_is_kept_as_it_is(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    static const char rubbish[] = "not a database any more, whatever it was before that";
    assert_int_equal(truncate(file_of(scene, scene->target, "manyi.db"), 0), 0);
    write_at(file_of(scene, scene->target, "manyi.db"), 0, rubbish, sizeof rubbish);
    write_at(file_of(scene, scene->target, "manyi.db-wal"), 0, "log", 3);

    check_restored(scene, NULL, true);

    struct stat seen;
    assert_int_equal(rows_in(scene, scene->target), ROWS);
    assert_int_equal(stat(file_of(scene, scene->result.aside, "manyi.db"), &seen), 0);
    assert_int_equal(seen.st_size, sizeof rubbish);
    assert_int_equal(
        access(file_of(scene, scene->result.aside, "manyi.db-wal"), F_OK), 0);
}

static void a_store_that_is_served_is_not_replaced(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    struct store *serving = NULL;
    assert_int_equal(
        store_open(scene->target, STORE_SERVE, &scene->temp->problems, &serving),
        STATUS_OK);
    check_refused(scene, NULL, true, STATUS_CONFLICT, "manyi serve");
    store_close(serving);
    check_restored(scene, NULL, true);
}

static void a_store_that_a_command_has_open_is_not_replaced(void **state)
{
    struct scene *scene = *state;
    check_restored(scene, NULL, false);
    struct store *reading = open_store(scene, scene->target);
    check_refused(scene, NULL, true, STATUS_BUSY, "Another program");
    store_close(reading);
    check_restored(scene, NULL, true);
}

/* ---- what is no backup ---- */

static void check_file_refused(
    struct scene *scene, const char *file, enum status status, const char *words)
{
    scene->backup = file;
    check_refused(scene, NULL, false, status, words);
    assert_int_not_equal(access(scene->target, F_OK), 0);
}

static void what_is_no_file_is_refused(void **state)
{
    struct scene *scene = *state;
    check_file_refused(
        scene, path_in(scene, "nothing"), STATUS_NOT_FOUND, "can't be read");
    check_file_refused(scene, scene->temp->folder, STATUS_INVALID, "no backup");
    write_at(path_in(scene, "empty"), 0, "", 0);
    check_file_refused(scene, path_in(scene, "empty"), STATUS_INVALID, "no backup");
}

static void a_place_that_cannot_be_made_is_refused(void **state)
{
    struct scene *scene = *state;
    scene->target = path_in(scene, "nowhere/target");
    check_refused(scene, NULL, false, STATUS_NOT_FOUND, "can't be made");
}

static void another_programs_file_is_refused(void **state)
{
    struct scene *scene = *state;
    const char *file = path_in(scene, "diary");
    static const char text[] = "this is a diary, and a long one at that, no database\n";
    write_at(file, 0, text, sizeof text);
    check_file_refused(scene, file, STATUS_INVALID, "no backup");
}

static void change_backup(struct scene *scene, const char *script)
{
    struct sql *sql = NULL;
    assert_int_equal(sql_open(scene->backup, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    sql_close(sql);
}

static void another_programs_database_is_refused(void **state)
{
    struct scene *scene = *state;
    change_backup(scene, "PRAGMA application_id = 7");
    check_file_refused(scene, scene->backup, STATUS_INVALID, "no backup");
}

static void a_backup_of_a_newer_program_is_refused(void **state)
{
    struct scene *scene = *state;
    change_backup(scene, "UPDATE schema_version SET version = 99");
    check_file_refused(scene, scene->backup, STATUS_INVALID, "newer manyi");
}

static void evidence_for_auditors_is_no_backup(void **state)
{
    struct scene *scene = *state;
    const struct text words[EVIDENCE_WORD_COUNT] = {
        TEXT("0.1.0"), TEXT("read me"), TEXT("{}"), TEXT("2026-02-09"), TEXT("en")};
    struct problems *problems = &scene->temp->problems;
    const char *file = path_in(scene, "evidence");
    assert_int_equal(
        evidence_begin(scene->temp->store, file, problems, NULL, NULL), STATUS_OK);
    assert_int_equal(evidence_finish(file, words, problems), STATUS_OK);
    check_file_refused(scene, file, STATUS_INVALID, "is evidence");
}

static void a_backup_that_was_cut_off_is_refused_wherever(void **state)
{
    struct scene *scene = *state;
    struct stat seen;
    assert_int_equal(stat(scene->backup, &seen), 0);
    const off_t ends[] = {
        seen.st_size - 1, seen.st_size - 4096, seen.st_size / 2, 4096, 100, 1};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        assert_int_equal(truncate(scene->backup, ends[i]), 0);
        check_file_refused(scene, scene->backup, STATUS_INVALID, "no backup");
    }
}

static void a_damaged_page_is_found(void **state)
{
    struct scene *scene = *state;
    char rubbish[4096];
    struct stat seen;
    memset(rubbish, 0xa5, sizeof rubbish);
    assert_int_equal(stat(scene->backup, &seen), 0);
    for (off_t page = 1; page < seen.st_size / 4096; page += 5) {
        char name[40];
        (void)snprintf(name, sizeof name, "%ld.backup", (long)page);
        make_backup(scene, name);
        write_at(scene->backup, page * 4096, rubbish, sizeof rubbish);
        check_file_refused(scene, scene->backup, STATUS_INVALID, "no backup");
    }
}

static void a_backup_with_a_changed_answer_is_refused(void **state)
{
    struct scene *scene = *state;
    change_backup(scene, "UPDATE submission SET answers = '530' WHERE id ="
                         " (SELECT min(id) FROM submission)");
    const struct problems *problems = &scene->temp->problems;
    assert_int_equal(restore(scene, NULL, false), STATUS_INVALID);
    assert_true(problems->count > 1);
    assert_non_null(
        strstr(problems->list[problems->count - 1].message, "does not fit together"));
    assert_int_not_equal(access(scene->target, F_OK), 0);
}

static void note_progress(void *context, int64_t done, int64_t total)
{
    int64_t *seen = context;
    seen[0] = done;
    seen[1] = total;
}

static void the_progress_ends_with_the_last_row(void **state)
{
    struct scene *scene = *state;
    int64_t seen[2] = {-1, -1};
    const struct restore_order order = {.file = scene->backup,
        .location = scene->target,
        .listener = {note_progress, seen}};
    assert_int_equal(
        restore_store(&order, &scene->temp->problems, &scene->result), STATUS_OK);
    assert_int_equal(seen[0], ROWS);
    assert_int_equal(seen[1], ROWS);
}

#define SCENE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        SCENE_TEST(a_new_folder_gets_the_rows_and_counts),
        SCENE_TEST(an_empty_folder_takes_a_store_too),
        SCENE_TEST(a_restored_store_is_for_its_owner_alone),
        SCENE_TEST(what_a_restoration_left_when_it_was_cut_off_is_no_hindrance),
        SCENE_TEST(with_its_key_every_printed_code_works),
        SCENE_TEST(the_key_in_the_folder_is_kept),
        SCENE_TEST(without_a_key_posters_get_new_codes_and_slips_are_unknown),
        SCENE_TEST(a_key_that_is_not_its_own_is_refused),
        SCENE_TEST(another_key_in_the_folder_stays_and_is_told),
        SCENE_TEST(a_damaged_key_in_the_folder_is_refused),
        SCENE_TEST(a_key_of_another_length_is_refused),
        SCENE_TEST(a_store_is_not_overwritten_unless_told),
        SCENE_TEST(a_store_that_is_replaced_is_moved_aside_whole),
        SCENE_TEST(a_damaged_store_can_be_replaced_and_is_kept_as_it_is),
        SCENE_TEST(a_store_that_is_served_is_not_replaced),
        SCENE_TEST(a_store_that_a_command_has_open_is_not_replaced),
        SCENE_TEST(what_is_no_file_is_refused),
        SCENE_TEST(a_place_that_cannot_be_made_is_refused),
        SCENE_TEST(another_programs_file_is_refused),
        SCENE_TEST(another_programs_database_is_refused),
        SCENE_TEST(a_backup_of_a_newer_program_is_refused),
        SCENE_TEST(evidence_for_auditors_is_no_backup),
        SCENE_TEST(a_backup_that_was_cut_off_is_refused_wherever),
        SCENE_TEST(a_damaged_page_is_found),
        SCENE_TEST(a_backup_with_a_changed_answer_is_refused),
        SCENE_TEST(the_progress_ends_with_the_last_row),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
