/* test_postgres.c: what is PostgreSQL's alone: how its databases are opened and refused,
   connections that end, results that are large, writers of several programs. Needs the
   server of tests/postgres. */
#include "tests/support/test.h"

#include "db/log.h"
#include "db/sql.h"
#include "db/sql_server.h"
#include "tests/support/temp_store.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* ---- opening ---- */

struct place {
    char folder[40];
    char location[120];
    struct arena *arena;
    struct problems problems;
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    *state = place;
    if (place == NULL || !temp_place_make(place->folder, place->location))
        return 1;
    place->arena = arena_new(1 << 20);
    problems_init(&place->problems, place->arena);
    return place->arena == NULL ? 1 : 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    temp_place_remove(place->folder, place->location);
    arena_free(place->arena);
    free(place);
    return 0;
}

/* As the owner of the database. */
static void order(const struct place *place, const char *script)
{
    struct sql *sql = NULL;
    assert_int_equal(sql_open(place->location, SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    sql_close(sql);
}

static void check_opens(struct place *place, enum store_use use)
{
    struct store *store = NULL;
    enum status rc = store_open(place->location, use, &place->problems, &store);
    for (size_t i = 0; i < place->problems.count; i++)
        print_error("%s\n", place->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    store_close(store);
}

/* One sentence, with these words in it or in its arguments, and no password in any. */
static void check_refused_at(struct place *place, const char *location,
    enum store_use use, enum status expected, const char *words)
{
    struct store *store = NULL;
    place->problems.count = 0;
    assert_int_equal(store_open(location, use, &place->problems, &store), expected);
    assert_null(store);
    assert_int_equal(place->problems.count, 1);
    const struct problem *problem = &place->problems.list[0];
    bool is_told = strstr(problem->message, words) != NULL;
    for (size_t i = 0; i < PROBLEM_ARGUMENTS_MAX; i++) {
        const char *argument = text_to_string(place->arena, problem->argument[i]);
        is_told = is_told || strstr(argument, words) != NULL;
        assert_null(strstr(argument, "secret"));
    }
    if (!is_told)
        fail_msg("\"%s\" does not say \"%s\"", problem->message, words);
}

static void check_refused(
    struct place *place, enum store_use use, enum status expected, const char *words)
{
    check_refused_at(place, place->location, use, expected, words);
}

static void an_empty_database_becomes_a_store_only_by_a_command_that_makes(void **state)
{
    struct place *place = *state;
    check_refused(place, STORE_READ, STATUS_NOT_FOUND, "There is no store");
    check_refused(place, STORE_CHANGE, STATUS_NOT_FOUND, "There is no store");
    place->problems.count = 0;
    check_opens(place, STORE_MAKE);
    check_opens(place, STORE_READ);
    check_opens(place, STORE_SERVE);
}

static void the_tables_of_another_program_are_left_alone(void **state)
{
    struct place *place = *state;
    struct sql *sql = NULL;
    order(place, "CREATE TABLE schema_version (version integer)");
    check_refused(place, STORE_MAKE, STATUS_INVALID, "another program");
    assert_int_equal(sql_open(place->location, SQL_WRITER, &sql), STATUS_INVALID);
}

static void a_newer_store_is_refused(void **state)
{
    struct place *place = *state;
    check_opens(place, STORE_MAKE);
    order(place, "UPDATE schema_version SET version = 99");
    check_refused(place, STORE_SERVE, STATUS_INVALID, "newer manyi");
}

static void a_key_that_is_missing_wrong_or_no_key_is_refused(void **state)
{
    struct place *place = *state;
    char path[60];
    check_opens(place, STORE_MAKE);
    (void)snprintf(path, sizeof path, "%s/key", place->folder);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    int first = fgetc(file);
    rewind(file);
    (void)fputc(first ^ 1, file);
    assert_int_equal(fclose(file), 0);
    check_refused(place, STORE_SERVE, STATUS_INVALID, "another key");
    assert_int_equal(truncate(path, 31), 0);
    check_refused(place, STORE_SERVE, STATUS_INVALID, "not a key");
    assert_int_equal(remove(path), 0);
    check_refused(place, STORE_SERVE, STATUS_INVALID, "is missing");
    assert_int_not_equal(access(path, F_OK), 0); /* none is made for what has codes */
    assert_int_equal(unsetenv("MANYI_KEY"), 0);
    check_refused(place, STORE_SERVE, STATUS_INVALID, "Set MANYI_KEY");
}

static void a_key_comes_from_systemd_where_nothing_names_one(void **state)
{
    struct place *place = *state;
    char path[60];
    char credential[60];
    check_opens(place, STORE_MAKE);
    (void)snprintf(path, sizeof path, "%s/key", place->folder);
    (void)snprintf(credential, sizeof credential, "%s/manyi-key", place->folder);
    assert_int_equal(rename(path, credential), 0);
    assert_int_equal(unsetenv("MANYI_KEY"), 0);
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", place->folder, 1), 0);
    check_opens(place, STORE_CHANGE);
    assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

static void a_server_that_only_lets_read_is_refused(void **state)
{
    struct place *place = *state;
    char script[120];
    const char *name = strstr(place->location, "@/") + 2;
    (void)snprintf(script, sizeof script,
        "ALTER DATABASE %.*s SET default_transaction_read_only = on",
        (int)strcspn(name, "?"), name);
    check_opens(place, STORE_MAKE);
    order(place, script);
    check_refused(place, STORE_SERVE, STATUS_INVALID, "only lets read");
}

/* The same database, by another user or under another name. */
static const char *location_of(
    const struct place *place, const char *user, const char *database)
{
    return text_to_string(
        place->arena, text_format(place->arena, "postgres://%s:secret@/%s?host=%s", user,
                          database, getenv("MANYI_TEST_SERVER")));
}

static void a_user_without_rights_is_refused(void **state)
{
    struct place *place = *state;
    const char *name = strstr(place->location, "@/") + 2;
    const char *database =
        text_to_string(place->arena, (struct text){name, strcspn(name, "?")});
    order(place, "DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN");
    const char *location = location_of(place, "clerk", database);
    check_refused_at(place, location, STORE_MAKE, STATUS_INVALID, "lacks the rights");
    place->problems.count = 0;
    check_opens(place, STORE_MAKE);
    check_refused_at(place, location, STORE_CHANGE, STATUS_INVALID, "lacks the rights");
    order(place, "DROP ROLE clerk");
}

static void a_database_in_another_encoding_is_refused(void **state)
{
    struct place *place = *state;
    order(place, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'"
                 " LOCALE_PROVIDER libc LOCALE 'C'");
    check_refused_at(place, location_of(place, "postgres", "latin"), STORE_MAKE,
        STATUS_INVALID, "LATIN1");
    order(place, "DROP DATABASE latin");
}

static void a_server_that_is_not_there_and_a_bad_address_are_told(void **state)
{
    struct place *place = *state;
    check_refused_at(place, "postgres://u:secret@/x?host=/nowhere", STORE_MAKE,
        STATUS_INTERNAL, "/nowhere");
    check_refused_at(place, location_of(place, "postgres", "no_such"), STORE_MAKE,
        STATUS_INTERNAL, "no_such");
    check_refused_at(
        place, "postgres://u:my@secret@host/x", STORE_MAKE, STATUS_INVALID, "%40");
    check_refused_at(
        place, "postgresql://u:my/secret@host/x", STORE_MAKE, STATUS_INVALID, "%40");
    check_refused_at(place, "postgres://host/x?colour=secret", STORE_MAKE, STATUS_INVALID,
        "not an address");
}

/* ---- an old server: so much of one as says its version ---- */

static void put(
    unsigned char *message, size_t *len, char type, const char *body, size_t size)
{
    uint32_t count = htonl((uint32_t)size + 4);
    message[(*len)++] = (unsigned char)type;
    memcpy(message + *len, &count, 4);
    memcpy(message + *len + 4, body, size);
    *len += 4 + size;
}

static void *be_old(void *context)
{
    unsigned char message[200];
    size_t len = 0;
    int client = accept(*(int *)context, NULL, NULL);
    char startup[500];
    ssize_t got = read(client, startup, sizeof startup);
    static const char version[] = "server_version\00012.22";
    static const char encoding[] = "server_encoding\0UTF8";
    put(message, &len, 'R', "\0\0\0\0", 4);
    put(message, &len, 'S', version, sizeof version);
    put(message, &len, 'S', encoding, sizeof encoding);
    put(message, &len, 'Z', "I", 1);
    if (got > 0 && write(client, message, len) == (ssize_t)len)
        while (read(client, startup, sizeof startup) > 0) /* its farewell */
            continue;
    (void)close(client);
    return NULL;
}

static void a_server_of_an_old_version_is_refused(void **state)
{
    struct place *place = *state;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    pthread_t thread;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(server, 1), 0);
    assert_int_equal(getsockname(server, (struct sockaddr *)&address, &size), 0);
    assert_int_equal(pthread_create(&thread, NULL, be_old, &server), 0);
    char location[80];
    (void)snprintf(location, sizeof location,
        "postgres://u:secret@127.0.0.1:%d/x?sslmode=disable&gssencmode=disable",
        ntohs(address.sin_port));
    check_refused_at(place, location, STORE_MAKE, STATUS_INVALID, "12.22");
    (void)pthread_join(thread, NULL);
    (void)close(server);
}

static void an_address_is_shown_without_its_password(void **state)
{
    static const char *const addresses[][2] = {
        {"postgres://me:secret@host:5433/db?sslmode=require",
            "postgres://me@host:5433/db"},
        {"postgresql://me@host/db", "postgresql://me@host/db"},
        {"postgres://host/db?password=secret", "postgres://host/db"},
        {"postgres://me:sec@ret@host/db", "postgres://me@host/db"},
        {"postgres://me:sec/ret@host/db", "postgres://me@host/db"},
        {"postgres:///db", "postgres:///db"},
        {"folder/a@b:c", "folder/a@b:c"},
    };
    struct place *place = *state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct text name = store_name(place->arena, addresses[i][0]);
        assert_string_equal(text_to_string(place->arena, name), addresses[i][1]);
    }
}

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
    enum { MORE_THAN_ONE_WAY = 40 };
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
    assert_text_equal(sql_text(get, 0), "39");
    sql_reset(get);
    set_later(sql, "later2", TEXT("last"));
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    check_setting(temp, "later0", "39");
    check_setting(temp, "later1", "37");
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

#define PLACE_TEST(case) cmocka_unit_test_setup_teardown(case, make_place, remove_place)
#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        PLACE_TEST(an_empty_database_becomes_a_store_only_by_a_command_that_makes),
        PLACE_TEST(the_tables_of_another_program_are_left_alone),
        PLACE_TEST(a_newer_store_is_refused),
        PLACE_TEST(a_key_that_is_missing_wrong_or_no_key_is_refused),
        PLACE_TEST(a_key_comes_from_systemd_where_nothing_names_one),
        PLACE_TEST(a_server_that_only_lets_read_is_refused),
        PLACE_TEST(a_user_without_rights_is_refused),
        PLACE_TEST(a_database_in_another_encoding_is_refused),
        PLACE_TEST(a_server_that_is_not_there_and_a_bad_address_are_told),
        PLACE_TEST(a_server_of_an_old_version_is_refused),
        PLACE_TEST(an_address_is_shown_without_its_password),
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
