/* test_migrations.c: stores of each version before this one (tests/db/stores), opened
   with the program of today. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/imports.h"
#include "db/migrations.h"
#include "db/operators.h"
#include "db/report_load.h"
#include "db/restore.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char key[] = "a key for tests, thirty-two long";

/* The codes in it are known by their letters, which make.sh prints. */
struct version {
    int64_t number;
    const char *unspent;
    const char *spent;
    const char *void_one;
    int64_t submissions;
    size_t operators;
};

static const struct version versions[] = {
    {1, "JDX5-QPR0-KJYD", "6B4D-03PG-BKMA", "DRXV-JS9E-GXAN", 8, 0},
    {2, "2EBB-C3BR-A18E", "G9WR-D3TW-4SWJ", "EX8T-52MT-Q6W8", 10, 0},
    {3, "AQWN-MHPG-K4H5", "SEVK-AD21-23A3", "6AD4-SXWS-39PZ", 10, 2},
    {4, "EXQ4-FFVR-KCS4", "278B-BPPE-SCR1", "A340-DBDQ-BFX3", 10, 2},
    {7, "RETA-Q38C-J1H7", "G89N-8PTB-JDFB", "TM24-TR9P-KFMX", 10, 2},
    {11, "BXGJ-4N41-RJ94", "CA90-QDJF-T45R", "C3F2-R1R3-9WTX", 10, 2},
    {12, "7NFX-36SJ-1KV7", "6NNA-CA7D-V76A", "5ZWX-AZM9-EW9Y", 10, 2},
    {13, "A2NR-N27A-3RKZ", "02X6-4C2P-HZ9V", "6KJZ-5XKM-S6XT", 10, 2},
};
enum { VERSIONS = sizeof versions / sizeof *versions };

static const char poster_letters[] = "Q8SZPG0M81Z2";

struct old_store {
    const struct version *version;
    char folder[40];
    char database[60];
    struct arena *arena;
    struct problems problems;
    struct store *store;
    struct plans *plans;
};

/* ---- a store of that time ---- */

static void write_file(const struct old_store *old, const char *name, const char *bytes)
{
    char path[60];
    (void)snprintf(path, sizeof path, "%s/%s", old->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
}

static const char *read_rows(const struct old_store *old)
{
    enum { ROWS_MAX = 1 << 18 };
    char path[200];
    (void)snprintf(path, sizeof path, SOURCE_DIR "/tests/db/stores/version_%lld.sql",
        (long long)old->version->number);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *rows = arena_take(old->arena, ROWS_MAX);
    assert_non_null(rows);
    size_t len = fread(rows, 1, ROWS_MAX - 1, file);
    assert_int_equal(fclose(file), 0);
    assert_true(len > 0 && len < ROWS_MAX - 1);
    return rows;
}

static struct sql *open_old(const struct old_store *old)
{
    struct sql *sql = NULL;
    assert_int_equal(sql_open(old->database, SQL_WRITER, &sql), STATUS_OK);
    return sql;
}

static void fill(struct old_store *old)
{
    struct sql *sql = open_old(old);
    assert_int_equal(migrations_run_to(sql, old->version->number), STATUS_OK);
    assert_int_equal(sql_begin(sql), STATUS_OK);
    assert_int_equal(sql_script(sql, read_rows(old)), STATUS_OK);
    assert_int_equal(sql_commit(sql), STATUS_OK);
    sql_close(sql);
}

static struct old_store *make_old(const struct version *version)
{
    struct old_store *old = calloc(1, sizeof *old);
    assert_non_null(old);
    old->version = version;
    assert_true(temp_folder_make(old->folder));
    (void)snprintf(old->database, sizeof old->database, "%s/manyi.db", old->folder);
    old->arena = arena_new(64 << 20);
    assert_non_null(old->arena);
    problems_init(&old->problems, old->arena);
    write_file(old, "key", key);
    write_file(old, "manyi.db", "");
    fill(old);
    return old;
}

static void open_now(struct old_store *old)
{
    enum status rc = store_open(old->folder, STORE_CHANGE, &old->problems, &old->store);
    for (size_t i = 0; i < old->problems.count; i++)
        print_error("%s\n", old->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(plans_open(old->store, &old->plans), STATUS_OK);
}

static void remove_old(struct old_store *old)
{
    plans_close(old->plans);
    store_close(old->store);
    temp_folder_remove(old->folder);
    arena_free(old->arena);
    free(old);
}

/* One behaviour, looked at in a store of each version. */
static void check_each(void (*check)(struct old_store *old))
{
    for (size_t i = 0; i < VERSIONS; i++) {
        struct old_store *old = make_old(&versions[i]);
        open_now(old);
        check(old);
        remove_old(old);
    }
}

static int64_t ask(struct old_store *old, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(old->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(old->store, sql);
    return number;
}

/* ---- its form ---- */

/* Every table and index as text, in the order of their names. */
static struct text form_of(struct arena *arena, const char *database)
{
    struct buffer form;
    sqlite3 *bare = NULL;
    sqlite3_stmt *rows = NULL;
    buffer_init(&form, arena, 1 << 17);
    assert_int_equal(sqlite3_open(database, &bare), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(bare,
                         "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                         " ORDER BY type, name",
                         -1, &rows, NULL),
        SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        buffer_add_format(&form, "%s;\n", (const char *)sqlite3_column_text(rows, 0));
    assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
    assert_int_equal(sqlite3_close(bare), SQLITE_OK);
    assert_false(form.is_full);
    return buffer_text(&form);
}

static void check_form(struct old_store *old)
{
    void *fresh = NULL;
    assert_int_equal(temp_store_set_up(&fresh), 0);
    struct temp_store *temp = fresh;
    struct text wanted = form_of(old->arena, store_database(temp->store));
    struct text found = form_of(old->arena, old->database);
    assert_int_equal(temp_store_tear_down(&fresh), 0);
    assert_true(text_equals(found, wanted));
    assert_int_equal(ask(old, "SELECT version FROM schema_version"), migrations_newest());
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM schema_version"), 1);
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
}

static void each_gets_the_form_of_a_new_store(void **state)
{
    (void)state;
    check_each(check_form);
}

/* ---- its rows ---- */

static void check_rows(struct old_store *old)
{
    struct verify_result result = {0};
    enum status rc =
        verify_store(old->store, old->plans, &old->problems, &result, NULL, NULL);
    for (size_t i = 0; i < old->problems.count; i++)
        print_error("%s\n", old->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, old->version->submissions);
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM plan"), 2);
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM batch WHERE voided_count = 4"), 1);
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM comment WHERE text LIKE 'word_'"), 5);
}

static void each_keeps_its_rows_and_verifies(void **state)
{
    (void)state;
    check_each(check_rows);
}

static void check_report(struct old_store *old)
{
    struct report report;
    const struct plan_version *in_force = plans_current(old->plans);
    assert_non_null(in_force);
    assert_int_equal(in_force->version, 2);
    assert_int_equal(report_load(old->store, old->arena, in_force, TEMP_STORE_TODAY,
                         TEMP_STORE_TODAY, &report),
        STATUS_OK);
    const struct report_indicator *relief = &report.indicators[0];
    assert_int_equal(relief->received, old->version->submissions);
    assert_int_equal(relief->asked, 5);
    assert_int_equal(relief->population, 157);
}

static void each_reports_what_it_counted(void **state)
{
    (void)state;
    check_each(check_report);
}

static void check_imports(struct old_store *old)
{
    int64_t imports = old->version->number < 2 ? 0 : 1;
    assert_int_equal(
        ask(old, "SELECT COUNT(*) FROM import WHERE withdrawn_on IS NULL"), imports);
    assert_int_equal(ask(old, "SELECT COUNT(*) FROM import"), 2 * imports);
    assert_int_equal(
        ask(old, "SELECT COUNT(*) FROM submission WHERE import = 1"), 2 * imports);
    if (imports == 0)
        return;
    int64_t withdrawn = 0;
    assert_int_equal(import_withdraw(old->store, old->plans, 1, TEXT("twice"),
                         TEMP_STORE_TODAY, &withdrawn),
        STATUS_OK);
    assert_int_equal(withdrawn, 2);
}

static void each_keeps_its_imports_and_can_take_them_back(void **state)
{
    (void)state;
    check_each(check_imports);
}

static void check_operators(struct old_store *old)
{
    struct operator_account *list = NULL;
    size_t count = 99;
    assert_int_equal(operators_list(old->store, old->arena, &list, &count), STATUS_OK);
    assert_int_equal(count, old->version->operators);
    if (count == 0)
        return;
    assert_text_equal(list[0].name.shown, "Li Na");
    assert_true(list[0].is_disabled);
    assert_text_equal(list[1].name.shown, "Wang Min");
    assert_false(list[1].is_disabled);
}

static void each_keeps_its_operators(void **state)
{
    (void)state;
    check_each(check_operators);
}

/* ---- its codes ---- */

static struct code_grant find(struct old_store *old, const char *letters)
{
    struct code code;
    struct code_grant grant;
    assert_int_equal(code_parse(text_of(letters), &code), STATUS_OK);
    assert_int_equal(codes_find(old->store, &code, old->arena, &grant), STATUS_OK);
    return grant;
}

static void check_codes(struct old_store *old)
{
    struct code_grant unspent = find(old, old->version->unspent);
    assert_int_equal(unspent.state, CODE_FRESH);
    assert_int_equal(unspent.channel, CHANNEL_SLIP);
    assert_text_equal(unspent.programme, "visits");
    assert_text_equal(unspent.wave, "q1");
    assert_text_equal(unspent.centre, "north");
    assert_int_equal(find(old, old->version->spent).state, CODE_SPENT);
    assert_int_equal(find(old, old->version->void_one).state, CODE_VOID);

    struct code_grant open = find(old, poster_letters);
    assert_true(open.is_open);
    assert_int_equal(open.channel, CHANNEL_POSTER);
    struct code poster;
    assert_int_equal(
        codes_open(old->store, TEXT("visits"), TEXT("north"), &poster), STATUS_OK);
    assert_string_equal(poster.letters, poster_letters);
}

static void each_knows_the_codes_that_were_printed(void **state)
{
    (void)state;
    check_each(check_codes);
}

/* What an older program had no codes for gets them when the plan is applied again. */
static void check_new_codes(struct old_store *old)
{
    struct text yaml = plans_current(old->plans)->text;
    int64_t version = 0;
    bool is_new = true;
    struct code code;
    assert_int_equal(plans_apply(old->store, old->arena, yaml, TEMP_STORE_TODAY,
                         &old->problems, &version, &is_new),
        STATUS_OK);
    assert_false(is_new);
    assert_int_equal(version, 2);
    assert_int_equal(
        codes_kiosk(old->store, TEXT("visits"), TEXT("north"), &code), STATUS_OK);
    assert_int_equal(find(old, code.letters).channel, CHANNEL_KIOSK);
    assert_int_equal(codes_open(old->store, TEXT(""), TEXT("south"), &code), STATUS_OK);
    assert_text_equal(find(old, code.letters).centre, "south");
    check_codes(old);
}

static void each_gets_the_codes_that_came_later(void **state)
{
    (void)state;
    check_each(check_new_codes);
}

/* ---- and goes on ---- */

static enum intake_outcome answer(
    struct old_store *old, const struct code_grant *grant, unsigned char random)
{
    const struct plan_version *in_force = plans_current(old->plans);
    const unsigned char bytes[SUBMISSION_RANDOM_BYTES] = {
        [SUBMISSION_RANDOM_BYTES - 1] = random};
    day_t period = day_of((struct date){2026, 2, 1});
    const struct submission submission = {
        .id = submission_id_make(period, bytes),
        .programme = grant->programme,
        .wave = TEXT("q1"),
        .centre = grant->centre,
        .channel = grant->channel,
        .plan_version = in_force->version,
        .period = period,
        .answers = TEXT("530"),
        .overall = 5,
    };
    const struct intake_entry entry = {.submission = &submission,
        .questionnaire = &in_force->plan->questionnaires[0],
        .grant = grant};
    struct intake *intake = NULL;
    enum intake_outcome outcome = INTAKE_VOID;
    assert_int_equal(intake_open(old->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    intake_close(intake);
    return outcome;
}

static void check_answers(struct old_store *old)
{
    struct code_grant slip = find(old, old->version->unspent);
    struct code_grant poster = find(old, poster_letters);
    assert_int_equal(answer(old, &poster, 1), INTAKE_STORED);
    assert_int_equal(answer(old, &slip, 2), INTAKE_STORED);
    assert_int_equal(answer(old, &slip, 3), INTAKE_SPENT);
    assert_int_equal(find(old, old->version->unspent).state, CODE_SPENT);
    struct verify_result result = {0};
    enum status rc =
        verify_store(old->store, old->plans, &old->problems, &result, NULL, NULL);
    for (size_t i = 0; i < old->problems.count; i++)
        print_error("%s %.*s\n", old->problems.list[i].message,
            TEXT_ARG(old->problems.list[i].argument[0]));
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, old->version->submissions + 2);
}

static void each_takes_answers_on(void **state)
{
    (void)state;
    check_each(check_answers);
}

/* A backup is the database alone; it may be as old as any store. */
static void check_restored(struct old_store *old)
{
    char target[60];
    char key_file[60];
    (void)snprintf(target, sizeof target, "%s/restored", old->folder);
    (void)snprintf(key_file, sizeof key_file, "%s/key", old->folder);
    const struct restore_order order = {
        .file = old->database, .location = target, .key_file = key_file};
    struct restore_result result = {0};
    assert_int_equal(restore_store(&order, &old->problems, &result), STATUS_OK);
    assert_int_equal(result.verified.submissions, old->version->submissions);
    assert_false(result.has_other_key);
    assert_int_equal(
        store_open(target, STORE_CHANGE, &old->problems, &old->store), STATUS_OK);
    assert_int_equal(plans_open(old->store, &old->plans), STATUS_OK);
    check_codes(old);
}

static void a_backup_of_each_is_restored_as_a_store_of_today(void **state)
{
    (void)state;
    for (size_t i = 0; i < VERSIONS; i++) {
        struct old_store *old = make_old(&versions[i]);
        check_restored(old);
        remove_old(old);
    }
}

static void a_step_that_fails_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    struct old_store *old = make_old(&versions[2]);
    struct sql *sql = open_old(old);
    int64_t version = 0;
    assert_int_equal(sql_script(sql, "CREATE TABLE code_next (taken TEXT)"), STATUS_OK);
    sql_close(sql);

    assert_int_equal(store_open(old->folder, STORE_CHANGE, &old->problems, &old->store),
        STATUS_INTERNAL);

    sql = open_old(old);
    assert_int_equal(migrations_find(sql, &version), STATUS_OK);
    assert_int_equal(version, 3);
    assert_int_equal(sql_script(sql, "DROP TABLE code_next"), STATUS_OK);
    sql_close(sql);
    old->problems.count = 0;
    open_now(old);
    check_rows(old);
    check_codes(old);
    remove_old(old);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(each_gets_the_form_of_a_new_store),
        cmocka_unit_test(each_keeps_its_rows_and_verifies),
        cmocka_unit_test(each_reports_what_it_counted),
        cmocka_unit_test(each_keeps_its_imports_and_can_take_them_back),
        cmocka_unit_test(each_keeps_its_operators),
        cmocka_unit_test(each_knows_the_codes_that_were_printed),
        cmocka_unit_test(each_gets_the_codes_that_came_later),
        cmocka_unit_test(each_takes_answers_on),
        cmocka_unit_test(a_backup_of_each_is_restored_as_a_store_of_today),
        cmocka_unit_test(a_step_that_fails_leaves_the_store_as_it_was),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
