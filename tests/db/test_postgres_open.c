/* test_postgres_open.c: how a server's databases are opened, and which are refused. Needs
   the server of tests/postgres. */
#include "tests/support/test.h"

#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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

#define PLACE_TEST(case) cmocka_unit_test_setup_teardown(case, make_place, remove_place)

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
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
