/* test_postgres.c: what is PostgreSQL's alone: connections that end, results that are
   large, statements that nobody waits for, writers of several programs. Needs the server
   of tests/postgres. */
#include "tests/support/test.h"

#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* ---- connections ---- */

static int64_t ask(struct sql *sql, const char *query)
{
    int64_t number = -1;
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    return number;
}

static void end_process(struct temp_store *temp, int64_t process)
{
    char query[80];
    (void)snprintf(
        query, sizeof query, "SELECT pg_terminate_backend(%lld)", (long long)process);
    struct sql *sql = NULL;
    assert_int_equal(sql_open(temp->location, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(ask(sql, query), 1);
    sql_close(sql);
}

static void cut(struct temp_store *temp, struct sql *victim)
{
    end_process(temp, ask(victim, "SELECT pg_backend_pid()"));
}

static void a_connection_that_the_server_ended_is_opened_again_unnoticed(void **state)
{
    struct temp_store *temp = *state;
    struct sql *reader = store_take_reader(temp->store);
    cut(temp, reader);
    store_give_reader(temp->store, reader);
    struct sql *writer = store_take_writer(temp->store);
    cut(temp, writer);
    store_give_writer(temp->store, writer);
    (void)nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    struct text value = TEXT("");
    assert_int_equal(store_set_setting(temp->store, "a", TEXT("b")), STATUS_OK);
    assert_int_equal(store_get_setting(temp->store, "a", temp->arena, &value), STATUS_OK);
    assert_int_equal(value.len, 1);
}

static void a_connection_cut_in_a_transaction_is_busy_and_nothing_is_kept(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    struct text value = TEXT("");
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
    sql_bind_text(set, 1, TEXT("half"));
    sql_bind_text(set, 2, TEXT("done"));
    assert_int_equal(sql_run(set), STATUS_OK);
    cut(temp, sql);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_BUSY);
    assert_int_equal(
        store_get_setting(temp->store, "half", temp->arena, &value), STATUS_NOT_FOUND);
    assert_int_equal(store_set_setting(temp->store, "half", TEXT("whole")), STATUS_OK);
}

static void a_commit_after_a_failed_statement_is_no_success(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, "INSERT INTO setting VALUES ('x', 'y')"), STATUS_OK);
    assert_int_equal(
        sql_script(sql, "INSERT INTO setting VALUES ('x', 'z')"), STATUS_CONFLICT);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_INTERNAL);
}

static void a_lock_that_another_program_holds_is_waited_for_and_then_busy(void **state)
{
    struct temp_store *temp = *state;
    struct sql *other = NULL;
    struct sql *sql = NULL;
    assert_int_equal(sql_open(temp->location, SQL_WRITER, &other), STATUS_OK);
    assert_int_equal(sql_begin(other), STATUS_OK);
    assert_int_equal(store_begin(temp->store, &sql), STATUS_BUSY);
    sql_rollback(other);
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    sql_close(other);
}

static void a_statement_that_takes_too_long_is_busy(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(
        sql_script(sql, "SET statement_timeout = 20; SELECT pg_sleep(2)"), STATUS_BUSY);
    assert_false(sql_is_broken(sql));
    assert_int_equal(sql_script(sql, "RESET statement_timeout"), STATUS_OK);
    store_give_reader(temp->store, sql);
}

/* ---- rows ---- */

enum { MANY = 4500 }; /* three times what is fetched at once, the last not full */

static void fill(struct temp_store *temp)
{
    char script[300];
    (void)snprintf(script, sizeof script,
        "INSERT INTO audit (number, day, operator, action, subject, detail, chain)"
        " SELECT i, 1, '', 'x', '', repeat('d', CAST(i %% 7 AS integer)), zeroblob(32)"
        " FROM generate_series(2, %d) i",
        MANY + 1);
    assert_int_equal(temp_store_tamper(temp, script), STATUS_OK);
}

static int64_t read_to_the_end(struct sql *sql, bool with_another)
{
    struct sql_statement *rows = sql_use(sql, SQL_AUDIT_AUDIT);
    int64_t count = 0;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        count++;
        assert_int_equal(sql_number(rows, 0), count);
        if (with_another && count % 1000 == 0) {
            struct sql_statement *last = sql_use(sql, SQL_AUDIT_LAST);
            assert_int_equal(sql_step(last), STATUS_OK);
            assert_int_equal(sql_number(last, 0), MANY + 1);
            sql_reset(last);
        }
    }
    assert_int_equal(rc, STATUS_NOT_FOUND);
    return count;
}

static void a_large_result_comes_by_and_by_with_other_statements_between(void **state)
{
    struct temp_store *temp = *state;
    fill(temp);
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(read_to_the_end(sql, false), MANY + 1); /* without a view: whole */
    assert_int_equal(sql_begin_read(sql), STATUS_OK);
    assert_int_equal(read_to_the_end(sql, true), MANY + 1);
    struct sql_statement *rows = sql_use(sql, SQL_AUDIT_AUDIT); /* and given up */
    assert_int_equal(sql_step(rows), STATUS_OK);
    sql_reset(rows);
    assert_int_equal(read_to_the_end(sql, false), MANY + 1);
    sql_rollback(sql);
    store_give_reader(temp->store, sql);
}

static void numbers_keep_their_signs_and_sizes(void **state)
{
    static const int64_t numbers[] = {0, 1, -1, 255, -256, INT64_MAX, INT64_MIN};
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sql_statement *set = sql_use(sql, SQL_AUDIT_ADD);
        sql_bind_number(set, 1, (int64_t)i + 10);
        sql_bind_number(set, 2, numbers[i]);
        for (int parameter = 3; parameter <= 6; parameter++)
            sql_bind_text(set, parameter, parameter == 4 ? TEXT("x") : TEXT(""));
        sql_bind_bytes(set, 7, "0123456789abcdef0123456789abcdef", 32);
        assert_int_equal(sql_run(set), STATUS_OK);
        assert_int_equal(sql_changes(sql), 1);
    }
    struct sql_statement *rows = sql_use(sql, SQL_AUDIT_AUDIT);
    assert_int_equal(sql_step(rows), STATUS_OK); /* of the plan */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_int_equal(sql_step(rows), STATUS_OK);
        assert_true(sql_number(rows, 1) == numbers[i]);
    }
    sql_reset(rows);
    assert_int_equal(store_end(temp->store, sql, STATUS_INVALID), STATUS_INVALID);
}

/* ---- statements that nobody waits for ---- */

static void set_later(struct sql *sql, const char *name, struct text value)
{
    struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
    sql_bind_text(set, 1, text_of(name));
    if (value.ptr != NULL)
        sql_bind_text(set, 2, value);
    assert_int_equal(sql_run_later(set), STATUS_OK);
}

static void check_setting(struct temp_store *temp, const char *name, const char *expected)
{
    struct text value = TEXT("");
    enum status rc = store_get_setting(temp->store, name, temp->arena, &value);
    assert_int_equal(rc, expected == NULL ? STATUS_NOT_FOUND : STATUS_OK);
    if (expected != NULL)
        assert_text_equal(value, expected);
}

static void what_runs_later_is_there_for_the_next_statement_and_kept(void **state)
{
    enum { MORE_THAN_ONE_WAY = 150 };
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    char name[20], number[20];
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    for (int i = 0; i < MORE_THAN_ONE_WAY; i++) {
        (void)snprintf(name, sizeof name, "later%d", i % 3);
        (void)snprintf(number, sizeof number, "%d", i);
        set_later(sql, name, text_of(number));
    }
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, TEXT("later0"));
    assert_int_equal(sql_step(get), STATUS_OK);
    assert_text_equal(sql_text(get, 0), "147");
    sql_reset(get);
    set_later(sql, "later2", TEXT("last"));
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    check_setting(temp, "later0", "147");
    check_setting(temp, "later1", "148");
    check_setting(temp, "later2", "last");
}

static void rows_that_come_by_and_by_let_others_run_later_between(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    fill(temp);
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    struct sql_statement *rows = sql_use(sql, SQL_AUDIT_AUDIT);
    size_t count = 0;
    for (; sql_step(rows) == STATUS_OK; count++)
        set_later(sql, "between", TEXT("rows"));
    assert_true(count > MANY);
    rows = sql_use(sql, SQL_AUDIT_AUDIT);
    assert_int_equal(sql_step(rows), STATUS_OK);
    set_later(sql, "between", TEXT("the last"));
    sql_reset(rows);
    assert_int_equal(sql_step(sql_use(sql, SQL_AUDIT_AUDIT)), STATUS_OK);
    sql_reset(rows);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    check_setting(temp, "between", "the last");
}

/* Without its value a setting is refused. */
static void a_refusal_of_what_runs_later_comes_out_of_the_next_statement(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    set_later(sql, "before", TEXT("a"));
    set_later(sql, "refused", (struct text){0});
    set_later(sql, "behind", TEXT("b"));
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, TEXT("before"));
    assert_int_equal(sql_step(get), STATUS_INTERNAL);
    assert_int_equal(store_end(temp->store, sql, STATUS_INTERNAL), STATUS_INTERNAL);
    check_setting(temp, "before", NULL);
    check_setting(temp, "behind", NULL);
    assert_int_equal(store_set_setting(temp->store, "before", TEXT("c")), STATUS_OK);
}

static void a_refusal_of_what_runs_later_comes_out_of_the_commit(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    set_later(sql, "before", TEXT("a"));
    set_later(sql, "refused", (struct text){0});
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_INTERNAL);
    check_setting(temp, "before", NULL);
    assert_int_equal(store_set_setting(temp->store, "before", TEXT("c")), STATUS_OK);
}

static void what_runs_later_is_taken_back_with_its_transaction(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    set_later(sql, "never", TEXT("a"));
    assert_int_equal(store_end(temp->store, sql, STATUS_INVALID), STATUS_INVALID);
    check_setting(temp, "never", NULL);
}

static void a_connection_cut_behind_what_runs_later_is_busy(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    int64_t process = ask(sql, "SELECT pg_backend_pid()");
    set_later(sql, "half", TEXT("done"));
    end_process(temp, process);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_BUSY);
    check_setting(temp, "half", NULL);
    assert_int_equal(store_set_setting(temp->store, "half", TEXT("whole")), STATUS_OK);
}

static struct sql_statement *ask_ahead(struct sql *sql, const char *name)
{
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, text_of(name));
    assert_int_equal(sql_ask_ahead(get), STATUS_OK);
    return get;
}

static void what_is_asked_ahead_is_told_as_it_was_then(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    set_later(sql, "a", TEXT("first"));
    struct sql_statement *asked = ask_ahead(sql, "a");
    set_later(sql, "a", TEXT("second"));
    struct sql_statement *last = sql_use(sql, SQL_AUDIT_LAST);
    assert_true(sql_step(last) != STATUS_INTERNAL);
    sql_reset(last);
    assert_int_equal(sql_step(asked), STATUS_OK);
    assert_text_equal(sql_text(asked, 0), "first");
    assert_int_equal(sql_step(asked), STATUS_NOT_FOUND);
    asked = ask_ahead(sql, "a"); /* and with nothing between */
    assert_int_equal(sql_step(asked), STATUS_OK);
    assert_text_equal(sql_text(asked, 0), "second");
    sql_reset(asked);
    assert_int_equal(sql_step(ask_ahead(sql, "none")), STATUS_NOT_FOUND);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    check_setting(temp, "a", "second");
}

static void what_was_asked_ahead_for_nothing_is_forgotten(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_set_setting(temp->store, "a", TEXT("here")), STATUS_OK);
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    (void)ask_ahead(sql, "a");
    struct sql_statement *asked = ask_ahead(sql, "none"); /* the same statement again */
    assert_int_equal(sql_step(asked), STATUS_NOT_FOUND);
    (void)ask_ahead(sql, "a");
    assert_int_equal(store_end(temp->store, sql, STATUS_INVALID), STATUS_INVALID);
    check_setting(temp, "a", "here");
}

static void a_refusal_before_what_is_asked_ahead_comes_out_of_it(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    set_later(sql, "refused", (struct text){0});
    struct sql_statement *asked = ask_ahead(sql, "a");
    assert_int_equal(sql_step(asked), STATUS_INTERNAL);
    assert_int_equal(store_end(temp->store, sql, STATUS_INTERNAL), STATUS_INTERNAL);
    assert_int_equal(store_set_setting(temp->store, "a", TEXT("c")), STATUS_OK);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_connection_that_the_server_ended_is_opened_again_unnoticed),
        STORE_TEST(a_connection_cut_in_a_transaction_is_busy_and_nothing_is_kept),
        STORE_TEST(a_commit_after_a_failed_statement_is_no_success),
        STORE_TEST(a_lock_that_another_program_holds_is_waited_for_and_then_busy),
        STORE_TEST(a_statement_that_takes_too_long_is_busy),
        STORE_TEST(a_large_result_comes_by_and_by_with_other_statements_between),
        STORE_TEST(numbers_keep_their_signs_and_sizes),
        STORE_TEST(what_runs_later_is_there_for_the_next_statement_and_kept),
        STORE_TEST(rows_that_come_by_and_by_let_others_run_later_between),
        STORE_TEST(a_refusal_of_what_runs_later_comes_out_of_the_next_statement),
        STORE_TEST(a_refusal_of_what_runs_later_comes_out_of_the_commit),
        STORE_TEST(what_runs_later_is_taken_back_with_its_transaction),
        STORE_TEST(a_connection_cut_behind_what_runs_later_is_busy),
        STORE_TEST(what_is_asked_ahead_is_told_as_it_was_then),
        STORE_TEST(what_was_asked_ahead_for_nothing_is_forgotten),
        STORE_TEST(a_refusal_before_what_is_asked_ahead_comes_out_of_it),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
