/* test_statements.c: the table of statements and the driver that prepares it. */
#include "tests/support/test.h"

#include "db/migrations.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A bare connection to the store's file, to look at it past the driver. */
static sqlite3 *open_bare(const struct temp_store *temp)
{
    sqlite3 *bare = NULL;
    assert_int_equal(sqlite3_open(store_database(temp->store), &bare), SQLITE_OK);
    return bare;
}

static void every_statement_has_a_name_and_a_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++) {
        assert_non_null(statement_texts[i].name);
        assert_non_null(statement_texts[i].sql);
    }
}

static void every_statement_prepares(void **state)
{
    struct temp_store *temp = *state;
    sqlite3 *bare = open_bare(temp);
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++) {
        sqlite3_stmt *handle = NULL;
        assert_int_equal(
            sqlite3_prepare_v2(bare, statement_texts[i].sql, -1, &handle, NULL),
            SQLITE_OK);
        sqlite3_finalize(handle);
    }
    sqlite3_close(bare);
}

static void check_no_scan(sqlite3 *bare, const struct statement_text *statement)
{
    char query[2000];
    sqlite3_stmt *plan = NULL;
    (void)snprintf(query, sizeof query, "EXPLAIN QUERY PLAN %s", statement->sql);
    assert_int_equal(sqlite3_prepare_v2(bare, query, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(plan, 3);
        if (strncmp(line, "SCAN", 4) == 0 && strncmp(line, "SCAN CONSTANT", 13) != 0)
            fail_msg("%s reads a whole table: %s", statement->name, line);
    }
    sqlite3_finalize(plan);
}

static void no_statement_reads_a_whole_table_unless_it_says_so(void **state)
{
    struct temp_store *temp = *state;
    sqlite3 *bare = open_bare(temp);
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        if (strstr(statement_texts[i].sql, "/* scan ok: ") == NULL)
            check_no_scan(bare, &statement_texts[i]);
    sqlite3_close(bare);
}

/* What only one of the engines takes, or takes in another way. */
static void no_statement_uses_words_of_one_engine(void **state)
{
    static const char *const words[] = {"::", "REPLACE", "IFNULL", "GLOB", "rowid",
        "AUTOINCREMENT", "datetime", "strftime", "random", "group_concat", "json", "IS ?",
        "\"", "TRUE", "FALSE", "*,", "SELECT *"};
    (void)state;
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strstr(statement_texts[i].sql, words[k]) != NULL)
                fail_msg("%s uses %s", statement_texts[i].name, words[k]);
}

static void parameters_go_by_their_number_not_by_their_place(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, "INSERT INTO batch (id, programme, wave, centre,"
                                     " channel, count, made_on)"
                                     " VALUES (7, 'visits', 'q1', '', 2, 5, 1)"),
        STATUS_OK);
    struct sql_statement *record = sql_use(sql, SQL_BATCH_VOID); /* names $2 before $1 */
    sql_bind_number(record, 1, 7);
    sql_bind_number(record, 2, 20493);
    sql_bind_text(record, 3, TEXT("lost"));
    sql_bind_number(record, 4, 4);
    assert_int_equal(sql_run(record), STATUS_OK);
    int64_t voided_on = 0;
    assert_int_equal(sql_ask_number(sql,
                         "SELECT voided_on FROM batch WHERE id = 7 AND voided_count = 4"
                         " AND void_reason = 'lost'",
                         &voided_on),
        STATUS_OK);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    assert_int_equal(voided_on, 20493);
}

static void an_empty_text_is_not_null(void **state)
{
    struct temp_store *temp = *state;
    assert_int_equal(
        store_set_setting(temp->store, "public_url", (struct text){0}), STATUS_OK);
    struct text value = TEXT("before");
    assert_int_equal(
        store_get_setting(temp->store, "public_url", temp->arena, &value), STATUS_OK);
    assert_int_equal(value.len, 0);
}

static void a_taken_key_is_a_conflict_and_a_broken_rule_internal(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, "INSERT INTO open_code (programme, centre, channel,"
                                     " counter) VALUES ('visits', 'north', 1, 0)"),
        STATUS_CONFLICT);
    assert_int_equal(
        sql_script(sql, "UPDATE code SET state = 1 WHERE is_open = 1"), STATUS_INTERNAL);
    assert_int_equal(store_end(temp->store, sql, STATUS_INTERNAL), STATUS_INTERNAL);
}

static void migrations_run_a_second_time_change_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = store_take_writer(temp->store);
    int64_t found = 0;
    int64_t before = 0;
    int64_t after = 1;
    assert_int_equal(sql_ask_number(sql, "PRAGMA schema_version", &before), STATUS_OK);
    assert_int_equal(migrations_run(sql, &found), STATUS_OK);
    assert_int_equal(sql_ask_number(sql, "PRAGMA schema_version", &after), STATUS_OK);
    store_give_writer(temp->store, sql);
    assert_int_equal(found, migrations_newest());
    assert_int_equal(after, before);
}

static void type_words_are_expanded_as_words_only(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = store_take_reader(temp->store);
    char *expanded = sql_expand(sql, "a BIGINT, MY_BIGINT BYTEA) CLUSTERED;");
    assert_string_equal(expanded, "a INTEGER, MY_BIGINT BLOB) STRICT, WITHOUT ROWID;");
    free(expanded);
    store_give_reader(temp->store, sql);
}

/* The order of rows must tell nothing: no table of answers or codes has hidden numbers,
   but those of submissions and comments that wait for their mixing. */
static void rows_lie_in_key_order_in_every_table_with_a_key(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = store_take_reader(temp->store);
    int64_t others = -1;
    assert_int_equal(sql_ask_number(sql,
                         "SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
                         " AND name NOT LIKE 'sqlite%' AND name <> 'schema_version'"
                         " AND name NOT IN ('comment_arrival', 'submission_arrival')"
                         " AND (wr = 0 OR strict = 0)",
                         &others),
        STATUS_OK);
    store_give_reader(temp->store, sql);
    assert_int_equal(others, 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_statement_has_a_name_and_a_text),
        cmocka_unit_test(no_statement_uses_words_of_one_engine),
        cmocka_unit_test(parameters_go_by_their_number_not_by_their_place),
        cmocka_unit_test(an_empty_text_is_not_null),
        cmocka_unit_test(a_taken_key_is_a_conflict_and_a_broken_rule_internal),
    };
    /* SQLite's own: its plans, its words, its tables. */
    const struct CMUnitTest files[] = {
        cmocka_unit_test(every_statement_prepares),
        cmocka_unit_test(no_statement_reads_a_whole_table_unless_it_says_so),
        cmocka_unit_test(migrations_run_a_second_time_change_nothing),
        cmocka_unit_test(type_words_are_expanded_as_words_only),
        cmocka_unit_test(rows_lie_in_key_order_in_every_table_with_a_key),
    };
    int failed = cmocka_run_group_tests(cases, temp_store_set_up, temp_store_tear_down);
    return temp_store_is_cluster()
               ? failed
               : failed + cmocka_run_group_tests(
                              files, temp_store_set_up, temp_store_tear_down);
}
