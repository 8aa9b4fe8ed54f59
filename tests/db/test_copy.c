/* test_copy.c: a store that moves from one engine to the other and back is the same in
   every row of every table. Needs the server of tests/postgres. */
#include "tests/support/test.h"

#include "db/copy.h"

#include "db/codes.h"
#include "db/imports.h"
#include "db/published.h"
#include "db/intake.h"
#include "db/seals.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A store with a row in every table, in a folder; and a place on the server. */
struct move {
    char folder[40];
    char store[60];
    char back[60];
    char server_folder[40];
    char server[120];
    struct arena *arena;
    struct problems problems;
};

static void check_ok(struct move *move, enum status rc)
{
    for (size_t i = 0; i < move->problems.count; i++)
        print_error("%s\n", move->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
}

/* As they stand in each table; what no function makes in a line or two is written down.
 */
static const char rows[] =
    "INSERT INTO handout VALUES ('visits', 'q1', 5, 1);"
    "INSERT INTO flag_hour VALUES (2026, 'north', 2, 9, 1);"
    "INSERT INTO rotating_spent VALUES (randomblob(16), 20493);"
    "INSERT INTO operator VALUES (x'00112233445566778899aabbccddeeff', '王敏', '王敏', "
    "'', 1,"
    " 0, 29000000);"
    "INSERT INTO comment_arrival (id, programme, wave, centre, overall, item, text, "
    "import)"
    " VALUES (randomblob(16), 'visits', 'q1', 'north', 4, 'comment', 'later', 0);"
    "INSERT INTO invitation VALUES (randomblob(32), NULL, 29000001);"
    "INSERT INTO invitation VALUES (randomblob(32),"
    " x'00112233445566778899aabbccddeeff', 29000001);"
    "INSERT INTO session VALUES (randomblob(32), x'00112233445566778899aabbccddeeff', 1, "
    "2)";

static void answer(struct store *store, struct temp_store *temp, struct code *slip)
{
    struct intake *intake = NULL;
    struct submission submission;
    struct code_grant grant;
    enum intake_outcome outcome;
    struct comment comment = {TEXT("comment"), TEXT("很好 'quoted' \\ ✓")};
    assert_int_equal(codes_find(store, slip, temp->arena, &grant), STATUS_OK);
    assert_int_equal(intake_open(store, &intake), STATUS_OK);
    for (int i = 0; i < 30; i++) {
        temp_store_submission(temp, i % 2 == 0 ? "430" : "530", &submission);
        submission.comments = &comment;
        submission.comment_count = 1;
        submission.flags = i == 1 ? 2 : 0;
        struct intake_entry entry = {.submission = &submission,
            .questionnaire = temp->questionnaire,
            .grant = i == 0 ? &grant : NULL};
        assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
        assert_int_equal(outcome, INTAKE_STORED);
    }
    intake_close(intake);
}

static int64_t import_one(
    struct store *store, struct temp_store *temp, unsigned char file_byte)
{
    struct submission submission;
    struct import_counts counts = {0};
    int64_t id = 0;
    const struct import_file file = {
        .digest = {{file_byte}}, .row_count = 1, .today = TEMP_STORE_TODAY};
    temp_store_submission(temp, "530", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(import_begin(store, &file, &id), STATUS_OK);
    assert_int_equal(
        import_add_chunk(store, id, TEMP_STORE_TODAY, &entry, 1, &counts), STATUS_OK);
    return id;
}

static void fill(struct move *move)
{
    struct temp_store temp = {.arena = move->arena};
    struct code slips[3];
    int64_t number;
    int64_t version;
    bool is_new;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = 3,
        .today = TEMP_STORE_TODAY};
    check_ok(move, store_open(move->store, STORE_MAKE, &move->problems, &temp.store));
    check_ok(move, plans_apply(temp.store, move->arena, text_of(temp_store_plan),
                       TEMP_STORE_TODAY, &move->problems, &version, &is_new));
    check_ok(move, plans_open(temp.store, &temp.plans));
    temp.version = plans_current(temp.plans);
    temp.questionnaire = &temp.version->plan->questionnaires[0];
    check_ok(move, codes_make(temp.store, &order, slips, &number));
    check_ok(move, store_set_setting(temp.store, "public_url", TEXT("http://x")));
    (void)import_one(temp.store, &temp, 7);
    int64_t wrong = import_one(temp.store, &temp, 8);
    answer(temp.store, &temp, &slips[0]);
    size_t made = 0;
    check_ok(move, seals_make(temp.store, temp.plans, TEMP_STORE_TODAY + 90, &made));
    assert_int_equal(made, 1);
    struct sql *sql = NULL;
    struct published published = {
        .plan_version = version, .year = 2026, .report = TEXT("{}")};
    check_ok(move, published_add(temp.store, &temp_store_actor, &published));
    check_ok(move, import_withdraw(temp.store, temp.plans, wrong, TEXT("wrong file"),
                       TEMP_STORE_TODAY + 91, &number));
    check_ok(move, store_begin(temp.store, &sql));
    check_ok(move, store_end(temp.store, sql, sql_script(sql, rows)));
    plans_close(temp.plans);
    store_close(temp.store);
}

static int set_up(void **state)
{
    struct move *move = calloc(1, sizeof *move);
    *state = move;
    if (move == NULL || !temp_folder_make(move->folder) ||
        !temp_place_make(move->server_folder, move->server))
        return 1;
    move->arena = arena_new(32 << 20);
    problems_init(&move->problems, move->arena);
    (void)snprintf(move->store, sizeof move->store, "%s/store", move->folder);
    (void)snprintf(move->back, sizeof move->back, "%s/back", move->folder);
    fill(move);
    return 0;
}

static int tear_down(void **state)
{
    struct move *move = *state;
    temp_place_remove(move->server_folder, move->server);
    temp_folder_remove(move->folder);
    arena_free(move->arena);
    free(move);
    return 0;
}

static enum status copy(struct move *move, const char *from, const char *to)
{
    struct copy_result result = {0};
    const struct copy_order order = {.from = from, .to = to};
    move->problems.count = 0;
    enum status rc = copy_store(&order, &move->problems, &result);
    if (rc == STATUS_OK) {
        assert_int_equal(result.verified.submissions, 31);
        assert_int_equal(result.verified.seals, 1);
    }
    return rc;
}

/* ---- the same in every row ---- */

static int64_t ask(sqlite3 *both, const char *query)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(both, query, -1, &statement, NULL), SQLITE_OK);
    int code = sqlite3_step(statement);
    int64_t number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    assert_true(code == SQLITE_ROW || code == SQLITE_DONE);
    (void)sqlite3_finalize(statement);
    return number;
}

/* Rows that one has and the other has not; submissions wherever they lie, since a copy
   has all of them where they stay. */
static int64_t count_missing(
    sqlite3 *both, const char *table, const char *one, const char *other)
{
    static const char moved[] = "id, programme, wave, centre, channel, mode,"
                                " plan_version, period, answers, import, late, digest,"
                                " flags";
    bool may_lie = strcmp(table, "submission") == 0;
    const char *also = may_lie ? "submission_arrival" : table;
    const char *columns = may_lie ? moved : "*";
    char all[2][350];
    char query[800];
    for (int i = 0; i < 2; i++) {
        const char *store = i == 0 ? one : other;
        (void)snprintf(all[i], sizeof all[i],
            "SELECT %s FROM %s.%s UNION SELECT %s FROM %s.%s", columns, store, table,
            columns, store, also);
    }
    (void)snprintf(query, sizeof query,
        "SELECT count(*) FROM (SELECT * FROM (%s) EXCEPT SELECT * FROM (%s))", all[0],
        all[1]);
    return ask(both, query);
}

/* What a key is checked by is a server's, and comes back from it. */
static void compare_table(sqlite3 *both, const char *table)
{
    static const char check[] =
        "SELECT count(*) FROM other.setting WHERE name = 'key_check'";
    char query[120];
    (void)snprintf(query, sizeof query, "SELECT count(*) FROM main.%s", table);
    if (ask(both, query) == 0)
        fail_msg("%s is empty: nothing shows that it is copied", table);
    int64_t lost = count_missing(both, table, "main", "other");
    int64_t added = count_missing(both, table, "other", "main");
    int64_t expected = strcmp(table, "setting") == 0 ? ask(both, check) : 0;
    if (lost != 0 || added != expected)
        fail_msg("%s: %d rows were lost and %d are new", table, (int)lost, (int)added);
}

/* By the engine's own list, so that a table or column of a later form is not forgotten:
   neither here nor in the copy. */
static void compare_stores(struct move *move)
{
    char text[200];
    sqlite3 *both = NULL;
    sqlite3_stmt *tables = NULL;
    int seen = 0;
    (void)snprintf(text, sizeof text, "%s/manyi.db", move->store);
    assert_int_equal(sqlite3_open(text, &both), SQLITE_OK);
    (void)snprintf(text, sizeof text, "ATTACH '%s/manyi.db' AS other", move->back);
    (void)ask(both, text);
    assert_int_equal(sqlite3_prepare_v2(both,
                         "SELECT name FROM main.sqlite_schema WHERE type = 'table'", -1,
                         &tables, NULL),
        SQLITE_OK);
    assert_int_equal(ask(both, "SELECT count(*) FROM main.submission_arrival"), 30);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        if (strcmp(table, "submission_arrival") != 0)
            compare_table(both, table);
        seen++;
    }
    (void)sqlite3_finalize(tables);
    (void)sqlite3_close(both);
    assert_true(seen >= 18);
}

static bool has_same_key(const char *a, const char *b)
{
    char bytes[2][40] = {{0}};
    const char *names[2] = {a, b};
    for (size_t i = 0; i < 2; i++) {
        char path[100];
        (void)snprintf(path, sizeof path, "%s/key", names[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        assert_int_equal(fread(bytes[i], 1, 40, file), 32);
        (void)fclose(file);
    }
    return memcmp(bytes[0], bytes[1], 40) == 0;
}

static void a_store_goes_to_a_server_and_back_and_is_the_same_in_every_row(void **state)
{
    struct move *move = *state;
    check_ok(move, copy(move, move->store, move->server));
    assert_true(has_same_key(move->store, move->server_folder));
    check_ok(move, copy(move, move->server, move->back));
    assert_true(has_same_key(move->store, move->back));
    compare_stores(move);
}

static void a_store_goes_to_another_folder(void **state)
{
    struct move *move = *state;
    check_ok(move, copy(move, move->store, move->back));
    compare_stores(move);
}

/* ---- what is refused ---- */

static void check_refused(struct move *move, const char *from, const char *to,
    enum status expected, const char *words)
{
    assert_int_equal(copy(move, from, to), expected);
    assert_int_equal(move->problems.count, 1);
    if (strstr(move->problems.list[0].message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", move->problems.list[0].message, words);
}

static void nothing_is_copied_over_what_is_there(void **state)
{
    struct move *move = *state;
    check_ok(move, copy(move, move->store, move->back));
    check_refused(move, move->store, move->back, STATUS_CONFLICT, "something at");
    check_refused(move, move->store, move->store, STATUS_CONFLICT, "something at");
}

static void a_place_with_another_key_is_refused(void **state)
{
    struct move *move = *state;
    char path[60];
    (void)snprintf(path, sizeof path, "%s/key", move->server_folder);
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite("another key, of 32 bytes as well", 1, 32, file), 32);
    assert_int_equal(fclose(file), 0);
    check_refused(move, move->store, move->server, STATUS_INVALID, "another key");
}

static void a_store_that_is_served_stays(void **state)
{
    struct move *move = *state;
    struct store *serving = NULL;
    check_ok(move, store_open(move->store, STORE_SERVE, &move->problems, &serving));
    check_refused(move, move->store, move->back, STATUS_CONFLICT, "A server runs");
    store_close(serving);
    check_ok(move, copy(move, move->store, move->server));
    check_ok(move, store_open(move->server, STORE_SERVE, &move->problems, &serving));
    check_refused(move, move->server, move->back, STATUS_CONFLICT, "A server runs");
    store_close(serving);
}

static void a_store_that_is_not_there_is_told(void **state)
{
    struct move *move = *state;
    check_refused(move, "/nowhere/store", move->server, STATUS_NOT_FOUND, "no store");
    check_refused(move, move->server, move->back, STATUS_NOT_FOUND, "no store");
}

static void what_does_not_hold_is_told_after_it_was_copied(void **state)
{
    struct move *move = *state;
    struct sql *sql = NULL;
    char path[80];
    (void)snprintf(path, sizeof path, "%s/manyi.db", move->store);
    assert_int_equal(sql_open(path, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(
        sql_script(sql, "UPDATE submission_arrival SET answers = '130'"), STATUS_OK);
    sql_close(sql);
    assert_int_equal(copy(move, move->store, move->server), STATUS_INVALID);
    const struct problems *problems = &move->problems;
    assert_non_null(
        strstr(problems->list[problems->count - 1].message, "does not fit together"));
}

#define MOVE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        MOVE_TEST(a_store_goes_to_a_server_and_back_and_is_the_same_in_every_row),
        MOVE_TEST(a_store_goes_to_another_folder),
        MOVE_TEST(nothing_is_copied_over_what_is_there),
        MOVE_TEST(a_place_with_another_key_is_refused),
        MOVE_TEST(a_store_that_is_served_stays),
        MOVE_TEST(a_store_that_is_not_there_is_told),
        MOVE_TEST(what_does_not_hold_is_told_after_it_was_copied),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
