/* test_gather.c: the log's writes are gathered, and nothing is missed for it. */
#include "tests/support/test.h"

#include "db/sql.h"
#include "db/store.h"
#include "tests/support/temp_store.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* ---- counting the engine's writes, in the place of the C library's ---- */

static atomic_int writes;

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at);
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at)
{
    atomic_fetch_add(&writes, 1);
    return pwrite(file, bytes, count, at);
}

/* ---- rows to write ---- */

enum {
    FEW = 40,     /* comments of one batch: some pages */
    MANY = 30000, /* 12 MB: more than the connection's cache holds */
    TEXT_CHARACTERS = 400
};

/* Comments have keys that lie all over the table. */
static enum status add_comment(struct sql *sql, uint32_t number)
{
    char words[TEXT_CHARACTERS];
    unsigned char id[16] = {0};
    uint32_t spread = number * 2654435761U;
    memcpy(id, &spread, sizeof spread);
    memset(words, 'a' + (int)(number % 26), sizeof words);
    struct sql_statement *add = sql_use(sql, SQL_MIX_COMMENT_ADD);
    sql_bind_bytes(add, 1, id, sizeof id);
    sql_bind_text(add, 2, TEXT("visits"));
    sql_bind_text(add, 3, TEXT("q1"));
    sql_bind_text(add, 4, TEXT("north"));
    sql_bind_number(add, 5, 4);
    sql_bind_text(add, 6, TEXT("comment"));
    sql_bind_text(add, 7, (struct text){words, sizeof words});
    sql_bind_number(add, 8, 0);
    sql_bind_number(add, 9, 0);
    return sql_run(add);
}

static void add_comments(struct sql *sql, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(add_comment(sql, i), STATUS_OK);
}

/* Asks the file past the driver. */
static void assert_file_says(
    const struct temp_store *temp, const char *question, const char *expected)
{
    sqlite3 *bare = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(store_database(temp->store), &bare), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(bare, question, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(row, 0), expected);
    sqlite3_finalize(row);
    sqlite3_close(bare);
}

/* ---- what holds ---- */

static void a_commit_is_one_write(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    add_comments(sql, FEW);
    int before = atomic_load(&writes);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    assert_int_equal(atomic_load(&writes) - before, 1);
    assert_file_says(temp, "SELECT count(*) FROM comment", "40");
}

static void a_transaction_larger_than_the_cache_reads_what_it_wrote(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    add_comments(sql, MANY);
    for (uint32_t i = 0; i < MANY; i += 97)
        assert_int_equal(add_comment(sql, i), STATUS_CONFLICT);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    assert_file_says(temp, "PRAGMA integrity_check", "ok");
    assert_file_says(temp, "SELECT count(*) FROM comment", "30000");
}

static void what_was_gathered_is_forgotten_with_its_transaction(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    add_comments(sql, MANY);
    assert_int_equal(store_end(temp->store, sql, STATUS_BUSY), STATUS_BUSY);
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    add_comments(sql, FEW);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    assert_file_says(temp, "PRAGMA integrity_check", "ok");
    assert_file_says(temp, "SELECT count(*) FROM comment", "40");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(
            a_commit_is_one_write, temp_store_set_up, temp_store_tear_down),
        cmocka_unit_test_setup_teardown(
            a_transaction_larger_than_the_cache_reads_what_it_wrote, temp_store_set_up,
            temp_store_tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_gathered_is_forgotten_with_its_transaction, temp_store_set_up,
            temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
