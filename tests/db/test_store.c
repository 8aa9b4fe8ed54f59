/* test_store.c: making, opening and refusing a store's folder; its connections. */
#include "tests/support/test.h"

#include "db/folder.h"
#include "db/sql.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A folder under /tmp in which stores come and go. */
struct place {
    char folder[40];
    char store[60]; /* not there at first */
    struct arena *arena;
    struct problems problems;
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    *state = place;
    if (place == NULL || !temp_folder_make(place->folder))
        return 1;
    (void)snprintf(place->store, sizeof place->store, "%s/store", place->folder);
    place->arena = arena_new(1 << 20);
    problems_init(&place->problems, place->arena);
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    (void)chmod(place->store, 0700);
    temp_folder_remove(place->store);
    temp_folder_remove(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static struct store *open_store(struct place *place, enum store_use use)
{
    struct store *store = NULL;
    assert_int_equal(store_open(place->store, use, &place->problems, &store), STATUS_OK);
    assert_int_equal(place->problems.count, 0);
    return store;
}

static void make_store(struct place *place)
{
    store_close(open_store(place, STORE_MAKE));
}

/* Refused with that status and exactly one sentence that holds the words. */
static void check_refused(struct place *place, const char *location, enum store_use use,
    enum status expected, const char *words)
{
    struct store *store = NULL;
    size_t before = place->problems.count;
    assert_int_equal(store_open(location, use, &place->problems, &store), expected);
    assert_null(store);
    assert_int_equal(place->problems.count, before + 1);
    const struct problem *problem = &place->problems.list[before];
    if (strstr(problem->message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", problem->message, words);
    assert_text_equal(problem->argument[0], location);
}

static const char *path_in(const struct place *place, const char *name)
{
    return text_to_string(
        place->arena, text_format(place->arena, "%s/%s", place->store, name));
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static unsigned mode_of(const char *path)
{
    struct stat seen;
    assert_int_equal(stat(path, &seen), 0);
    return (unsigned)seen.st_mode & 0777U;
}

static void a_missing_store_is_made_only_by_who_may(void **state)
{
    struct place *place = *state;
    check_refused(place, place->store, STORE_READ, STATUS_NOT_FOUND, "There is no store");
    check_refused(
        place, place->store, STORE_CHANGE, STATUS_NOT_FOUND, "There is no store");
    assert_int_not_equal(access(place->store, F_OK), 0);
    place->problems.count = 0;

    make_store(place);

    store_close(open_store(place, STORE_READ));
    store_close(open_store(place, STORE_SERVE));
}

static void an_empty_folder_is_no_store_yet(void **state)
{
    struct place *place = *state;
    assert_int_equal(mkdir(place->store, 0700), 0);
    check_refused(place, place->store, STORE_READ, STATUS_NOT_FOUND, "There is no store");
    place->problems.count = 0;
    make_store(place);
}

static void nobody_else_can_read_what_is_made(void **state)
{
    struct place *place = *state;
    mode_t kept = umask(0);
    make_store(place);
    (void)umask(kept);
    assert_int_equal(mode_of(place->store), 0700);
    assert_int_equal(mode_of(path_in(place, "key")), 0600);
    assert_int_equal(mode_of(path_in(place, "manyi.db")), 0600);
}

static void the_key_stays_the_same_and_differs_between_stores(void **state)
{
    struct place *place = *state;
    struct store *store = open_store(place, STORE_MAKE);
    struct code_key first = *store_key(store);
    store_close(store);
    store = open_store(place, STORE_SERVE);
    struct code_key again = *store_key(store);
    store_close(store);
    temp_folder_remove(place->store);
    store = open_store(place, STORE_MAKE);
    struct code_key other = *store_key(store);
    store_close(store);

    assert_memory_equal(first.bytes, again.bytes, sizeof first.bytes);
    assert_memory_not_equal(first.bytes, other.bytes, sizeof first.bytes);
}

static void a_store_without_its_key_is_refused_and_gets_no_new_one(void **state)
{
    struct place *place = *state;
    make_store(place);
    assert_int_equal(unlink(path_in(place, "key")), 0);
    check_refused(place, place->store, STORE_SERVE, STATUS_INVALID, "is missing");
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "is missing");
    assert_int_not_equal(access(path_in(place, "key"), F_OK), 0);
}

static void a_key_of_another_length_is_refused(void **state)
{
    struct place *place = *state;
    make_store(place);
    write_file(path_in(place, "key"), "0123456789abcdef0123456789abcde", 31);
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "is damaged");
    write_file(path_in(place, "key"), "0123456789abcdef0123456789abcdef0", 33);
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "is damaged");
}

static void a_path_that_is_a_file_is_refused(void **state)
{
    struct place *place = *state;
    write_file(place->store, "x", 1);
    check_refused(place, place->store, STORE_MAKE, STATUS_INVALID, "is a file");
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "is a file");
    check_refused(
        place, path_in(place, "below"), STORE_MAKE, STATUS_INVALID, "is a file");
    assert_int_equal(unlink(place->store), 0);
}

static void a_path_below_nothing_is_refused(void **state)
{
    struct place *place = *state;
    check_refused(place, path_in(place, "deeper"), STORE_MAKE, STATUS_NOT_FOUND,
        "The folder above");
}

static void a_folder_that_cannot_be_written_is_refused(void **state)
{
    struct place *place = *state;
    make_store(place);
    assert_int_equal(chmod(place->folder, 0711), 0);
    assert_int_equal(chmod(place->store, 0500), 0);
    uid_t kept = geteuid();
    if (kept == 0)
        assert_int_equal(seteuid(65534), 0); /* root writes anywhere, nobody does not */
    check_refused(place, place->store, STORE_CHANGE, STATUS_INVALID, "can't be written");
    assert_int_equal(seteuid(kept), 0);
}

static void another_programs_files_are_refused_and_left_as_they_are(void **state)
{
    struct place *place = *state;
    static const char text[] =
        "this is a diary, and a long one at that, not a database\n";
    make_store(place);
    write_file(path_in(place, "manyi.db"), text, sizeof text - 1);
    check_refused(place, place->store, STORE_CHANGE, STATUS_INVALID, "was not made by");
    struct stat seen;
    assert_int_equal(stat(path_in(place, "manyi.db"), &seen), 0);
    assert_int_equal(seen.st_size, sizeof text - 1);
}

static void change_database(struct place *place, const char *script)
{
    struct sql *sql = NULL;
    assert_int_equal(sql_open(path_in(place, "manyi.db"), SQL_WRITER, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    sql_close(sql);
}

static void another_programs_database_is_refused(void **state)
{
    struct place *place = *state;
    make_store(place);
    change_database(place, "PRAGMA application_id = 7");
    check_refused(place, place->store, STORE_SERVE, STATUS_INVALID, "was not made by");
}

static void a_store_of_a_newer_program_is_refused(void **state)
{
    struct place *place = *state;
    make_store(place);
    change_database(place, "UPDATE schema_version SET version = 99");
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "newer manyi");
    assert_text_equal(place->problems.list[0].argument[1], "99");
}

static void an_older_server_does_not_find_its_tables_changed(void **state)
{
    struct place *place = *state;
    struct store *serving = open_store(place, STORE_SERVE);
    change_database(place, "UPDATE schema_version SET version = 1");
    check_refused(place, place->store, STORE_READ, STATUS_CONFLICT, "An older");
    check_refused(place, place->store, STORE_CHANGE, STATUS_CONFLICT, "An older");
    check_refused(place, place->store, STORE_MAKE, STATUS_CONFLICT, "An older");
    store_close(serving);
    place->problems.count = 0;

    /* Nobody serves: now the tables may be brought up to date; here they are already. */
    change_database(place, "UPDATE schema_version SET version = 99");
    check_refused(place, place->store, STORE_READ, STATUS_INVALID, "newer manyi");
}

struct looking {
    struct folder folder;
    atomic_bool is_over;
    atomic_size_t served; /* looks that found a server */
};

static void *look_on(void *context)
{
    struct looking *looking = context;
    while (!atomic_load(&looking->is_over))
        if (folder_is_served(&looking->folder))
            atomic_fetch_add(&looking->served, 1);
    return NULL;
}

static void commands_that_look_for_a_server_keep_none_from_starting(void **state)
{
    enum { ROUNDS = 20 };
    struct place *place = *state;
    struct looking looking = {.is_over = false};
    pthread_t thread;
    make_store(place);
    assert_int_equal(
        folder_open(&looking.folder, place->store, false, &place->problems), STATUS_OK);
    assert_int_equal(pthread_create(&thread, NULL, look_on, &looking), 0);
    for (int i = 0; i < ROUNDS; i++)
        store_close(open_store(place, STORE_SERVE));
    struct store *serving = open_store(place, STORE_SERVE);
    while (atomic_load(&looking.served) == 0)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    store_close(serving);
    atomic_store(&looking.is_over, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_false(folder_is_served(&looking.folder));
    folder_close(&looking.folder);
}

static void a_database_that_was_cut_off_is_refused_as_damage(void **state)
{
    struct place *place = *state;
    make_store(place);
    assert_int_equal(truncate(path_in(place, "manyi.db"), 5 * 4096), 0);
    check_refused(place, place->store, STORE_SERVE, STATUS_INTERNAL, "is damaged");
    check_refused(place, place->store, STORE_READ, STATUS_INTERNAL, "is damaged");
}

static void a_damaged_header_is_refused(void **state)
{
    struct place *place = *state;
    make_store(place);
    int file = open(path_in(place, "manyi.db"), O_WRONLY);
    assert_int_equal(pwrite(file, "\xff\xff\xff\xff", 4, 16), 4); /* page size */
    assert_int_equal(close(file), 0);
    check_refused(place, place->store, STORE_CHANGE, STATUS_INVALID, "was not made by");
}

static void a_damaged_table_is_refused_as_damage(void **state)
{
    struct place *place = *state;
    char rubbish[4096];
    memset(rubbish, 0xa5, sizeof rubbish);
    make_store(place);
    int file = open(path_in(place, "manyi.db"), O_WRONLY);
    assert_int_equal(pwrite(file, rubbish, 3996, 100), 3996); /* the list of tables */
    assert_int_equal(close(file), 0);
    check_refused(place, place->store, STORE_CHANGE, STATUS_INTERNAL, "is damaged");
}

static void a_second_serve_is_refused_and_every_other_use_is_not(void **state)
{
    struct place *place = *state;
    struct store *serving = open_store(place, STORE_SERVE);
    check_refused(place, place->store, STORE_SERVE, STATUS_CONFLICT, "Another");
    place->problems.count = 0;
    store_close(open_store(place, STORE_READ));
    store_close(open_store(place, STORE_CHANGE));
    store_close(open_store(place, STORE_MAKE));
    store_close(serving);
    store_close(open_store(place, STORE_SERVE));
}

static void a_setting_is_kept_and_replaced(void **state)
{
    struct place *place = *state;
    struct store *store = open_store(place, STORE_MAKE);
    struct text value = TEXT("untouched");
    assert_int_equal(
        store_get_setting(store, "public_url", place->arena, &value), STATUS_NOT_FOUND);
    assert_text_equal(value, "untouched");
    assert_int_equal(store_set_setting(store, "public_url", TEXT("http://a")), STATUS_OK);
    assert_int_equal(store_set_setting(store, "public_url", TEXT("http://b")), STATUS_OK);
    store_close(store);

    store = open_store(place, STORE_READ);
    assert_int_equal(
        store_get_setting(store, "public_url", place->arena, &value), STATUS_OK);
    store_close(store);
    assert_text_equal(value, "http://b");
}

static void a_reader_cannot_write(void **state)
{
    struct place *place = *state;
    struct store *store = open_store(place, STORE_MAKE);
    struct sql *reader = store_take_reader(store);
    assert_int_not_equal(sql_script(reader, "DELETE FROM setting"), STATUS_OK);
    store_give_reader(store, reader);
    store_close(store);
}

static void the_log_starts_anew_once_nobody_reads_it(void **state)
{
    struct place *place = *state;
    struct store *store = open_store(place, STORE_MAKE);
    struct sql *reader = store_take_reader(store);
    int64_t count = -1;
    assert_int_equal(store_set_setting(store, "public_url", TEXT("http://a")), STATUS_OK);
    assert_int_equal(sql_begin_read(reader), STATUS_OK);
    assert_int_equal(
        sql_ask_number(reader, "SELECT count(*) FROM setting", &count), STATUS_OK);
    assert_int_equal(store_set_setting(store, "public_url", TEXT("http://b")), STATUS_OK);
    assert_true(store_log_bytes(store) > 0);

    assert_int_equal(store_restart_log(store, 20), STATUS_BUSY);
    assert_true(store_log_bytes(store) > 0);
    sql_rollback(reader);
    store_give_reader(store, reader);
    assert_int_equal(store_restart_log(store, 20), STATUS_OK);

    assert_int_equal(store_log_bytes(store), 0);
    store_close(store);
}

struct taking {
    struct store *store;
    atomic_bool has_taken;
};

static void *take_one_more(void *context)
{
    struct taking *taking = context;
    struct sql *reader = store_take_reader(taking->store);
    atomic_store(&taking->has_taken, true);
    store_give_reader(taking->store, reader);
    return NULL;
}

static void one_reader_more_than_there_are_waits_for_one_to_come_back(void **state)
{
    struct place *place = *state;
    struct store *store = open_store(place, STORE_MAKE);
    struct sql *readers[READERS_MAX];
    for (size_t i = 0; i < READERS_MAX; i++) {
        readers[i] = store_take_reader(store);
        assert_non_null(readers[i]);
    }
    struct taking taking = {.store = store};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, take_one_more, &taking), 0);
    (void)nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    assert_false(atomic_load(&taking.has_taken));

    store_give_reader(store, readers[0]);
    assert_int_equal(pthread_join(thread, NULL), 0);

    assert_true(atomic_load(&taking.has_taken));
    for (size_t i = 1; i < READERS_MAX; i++)
        store_give_reader(store, readers[i]);
    store_close(store);
}

static void *open_and_close(void *context)
{
    struct place *place = context;
    struct arena *arena = arena_new(65536);
    struct problems problems;
    problems_init(&problems, arena);
    struct store *store = NULL;
    struct code_key *key = NULL;
    if (store_open(place->store, STORE_MAKE, &problems, &store) == STATUS_OK) {
        key = malloc(sizeof *key);
        if (key != NULL)
            *key = *store_key(store);
        store_close(store);
    }
    arena_free(arena);
    return key;
}

static void two_that_make_a_store_at_once_get_the_same_one(void **state)
{
    enum { THREADS = 6 };
    struct place *place = *state;
    pthread_t threads[THREADS];
    struct code_key *keys[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, open_and_close, place), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        keys[i] = result;
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_non_null(keys[i]);
        assert_memory_equal(keys[i]->bytes, keys[0]->bytes, CODE_KEY_BYTES);
    }
    for (size_t i = 0; i < THREADS; i++)
        free(keys[i]);
}

#define PLACE_TEST(case) cmocka_unit_test_setup_teardown(case, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest cases[] = {
        PLACE_TEST(a_missing_store_is_made_only_by_who_may),
        PLACE_TEST(an_empty_folder_is_no_store_yet),
        PLACE_TEST(nobody_else_can_read_what_is_made),
        PLACE_TEST(the_key_stays_the_same_and_differs_between_stores),
        PLACE_TEST(a_store_without_its_key_is_refused_and_gets_no_new_one),
        PLACE_TEST(a_key_of_another_length_is_refused),
        PLACE_TEST(a_path_that_is_a_file_is_refused),
        PLACE_TEST(a_path_below_nothing_is_refused),
        PLACE_TEST(a_folder_that_cannot_be_written_is_refused),
        PLACE_TEST(another_programs_files_are_refused_and_left_as_they_are),
        PLACE_TEST(another_programs_database_is_refused),
        PLACE_TEST(a_store_of_a_newer_program_is_refused),
        PLACE_TEST(an_older_server_does_not_find_its_tables_changed),
        PLACE_TEST(commands_that_look_for_a_server_keep_none_from_starting),
        PLACE_TEST(a_database_that_was_cut_off_is_refused_as_damage),
        PLACE_TEST(a_damaged_header_is_refused),
        PLACE_TEST(a_damaged_table_is_refused_as_damage),
        PLACE_TEST(a_second_serve_is_refused_and_every_other_use_is_not),
        PLACE_TEST(a_setting_is_kept_and_replaced),
        PLACE_TEST(a_reader_cannot_write),
        PLACE_TEST(the_log_starts_anew_once_nobody_reads_it),
        PLACE_TEST(one_reader_more_than_there_are_waits_for_one_to_come_back),
        PLACE_TEST(two_that_make_a_store_at_once_get_the_same_one),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
