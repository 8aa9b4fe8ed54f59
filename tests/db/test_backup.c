/* test_backup.c: a store copied to one file, at rest and under load. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/restore.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static const struct backup_listener nobody = {NULL, NULL};

static const char *path_in(struct temp_store *temp, const char *name)
{
    return text_to_string(
        temp->arena, text_format(temp->arena, "%s/%s", temp->folder, name));
}

static const char *make_backup(struct temp_store *temp, const char *name)
{
    const char *file = path_in(temp, name);
    int64_t size = 0;
    struct stat seen;
    assert_int_equal(
        backup_make(temp->store, file, &nobody, &temp->problems, &size), STATUS_OK);
    assert_int_equal(stat(file, &seen), 0);
    assert_int_equal(seen.st_size, size);
    return file;
}

static void check_refused(
    struct temp_store *temp, const char *file, enum status expected, const char *words)
{
    int64_t size = -1;
    size_t before = temp->problems.count;
    assert_int_equal(
        backup_make(temp->store, file, &nobody, &temp->problems, &size), expected);
    assert_int_equal(size, -1);
    assert_int_equal(temp->problems.count, before + 1);
    if (strstr(temp->problems.list[before].message, words) == NULL)
        fail_msg(
            "\"%s\" does not say \"%s\"", temp->problems.list[before].message, words);
}

static struct text read_file(struct temp_store *temp, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    enum { BYTES_MAX = 1 << 20 };
    char *bytes = arena_take(temp->arena, BYTES_MAX);
    assert_non_null(bytes);
    size_t len = fread(bytes, 1, BYTES_MAX, file);
    assert_int_equal(fclose(file), 0);
    assert_true(len > 0 && len < BYTES_MAX);
    return (struct text){bytes, len};
}

/* True if a file of the store's folder has the words in its name. */
static bool has_file_like(const struct temp_store *temp, const char *words)
{
    DIR *entries = opendir(temp->folder);
    const struct dirent *entry;
    bool is_found = false;
    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL)
        is_found = is_found || strstr(entry->d_name, words) != NULL;
    assert_int_equal(closedir(entries), 0);
    return is_found;
}

static void a_backup_is_one_file_that_needs_no_other(void **state)
{
    struct temp_store *temp = *state;
    struct text bytes = read_file(temp, make_backup(temp, "a.backup"));
    assert_memory_equal(bytes.ptr, "SQLite format 3", 16);
    assert_int_equal(bytes.ptr[18], 1); /* how it is written: without a log beside it */
    assert_int_equal(bytes.ptr[19], 1); /* and read */
    assert_false(has_file_like(temp, "a.backup-"));
    assert_false(has_file_like(temp, "partial"));
}

static void nobody_else_can_read_it(void **state)
{
    struct temp_store *temp = *state;
    struct stat seen;
    mode_t kept = umask(0);
    const char *file = make_backup(temp, "a.backup");
    (void)umask(kept);
    assert_int_equal(stat(file, &seen), 0);
    assert_int_equal((unsigned)seen.st_mode & 0777U, 0600);
}

static void the_key_of_the_codes_is_not_in_it(void **state)
{
    struct temp_store *temp = *state;
    struct text bytes = read_file(temp, make_backup(temp, "a.backup"));
    const struct code_key *key = store_key(temp->store);
    for (size_t i = 0; i + sizeof key->bytes <= bytes.len; i++)
        assert_int_not_equal(memcmp(bytes.ptr + i, key->bytes, sizeof key->bytes), 0);
}

static void a_backup_overwrites_nothing(void **state)
{
    struct temp_store *temp = *state;
    const char *file = make_backup(temp, "a.backup");
    struct text before = read_file(temp, file);
    assert_int_equal(
        store_set_setting(temp->store, "public_url", TEXT("http://b")), STATUS_OK);
    check_refused(temp, file, STATUS_CONFLICT, "There is a file");
    struct text after = read_file(temp, file);
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.ptr, before.ptr, before.len);
}

static void a_backup_goes_only_where_a_file_can_be_made(void **state)
{
    struct temp_store *temp = *state;
    check_refused(
        temp, path_in(temp, "nowhere/a.backup"), STATUS_INVALID, "can't be written");
    check_refused(temp, path_in(temp, ""), STATUS_CONFLICT, "There is a file");
}

static void a_full_disk_leaves_no_half_a_backup(void **state)
{
    struct temp_store *temp = *state;
    const struct rlimit small = {.rlim_cur = 20000, .rlim_max = RLIM_INFINITY};
    struct rlimit kept;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    check_refused(temp, path_in(temp, "a.backup"), STATUS_INTERNAL, "failed");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
    (void)signal(SIGXFSZ, handler);
    assert_false(has_file_like(temp, "a.backup"));
    (void)make_backup(temp, "a.backup");
}

static void note_progress(void *context, int64_t done, int64_t total)
{
    int64_t *seen = context;
    assert_true(done <= total);
    seen[0] = done;
    seen[1] = total;
}

static void the_progress_ends_with_the_whole(void **state)
{
    struct temp_store *temp = *state;
    int64_t seen[2] = {-1, -1};
    int64_t size = 0;
    const struct backup_listener listener = {note_progress, seen};
    assert_int_equal(backup_make(temp->store, path_in(temp, "a.backup"), &listener,
                         &temp->problems, &size),
        STATUS_OK);
    assert_true(seen[1] > 0);
    assert_int_equal(seen[0], seen[1]);
}

/* ---- under load ---- */

enum { CROWD = 8, BACKUPS = 5 };

struct load {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    atomic_llong acknowledged;
};

static void *send_on(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(load->temp, "430", &submission);
        const struct intake_entry entry = {
            .submission = &submission, .questionnaire = load->temp->questionnaire};
        if (intake_submit(load->intake, &entry, &outcome) == STATUS_OK)
            atomic_fetch_add(&load->acknowledged, 1);
    }
    return NULL;
}

/* A restoration verifies each row and each count. */
static int64_t restore_elsewhere(struct temp_store *temp, const char *file, int number)
{
    char name[20];
    (void)snprintf(name, sizeof name, "store-%d", number);
    const struct restore_order order = {.file = file, .location = path_in(temp, name)};
    struct restore_result result = {0};
    enum status rc = restore_store(&order, &temp->problems, &result);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    return result.verified.submissions;
}

static void backups_under_load_hold_all_that_was_acknowledged_before(void **state)
{
    struct temp_store *temp = *state;
    struct load load = {.temp = temp};
    pthread_t crowd[CROWD];
    const char *files[BACKUPS];
    int64_t before[BACKUPS];
    assert_int_equal(intake_open(temp->store, &load.intake), STATUS_OK);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&crowd[i], NULL, send_on, &load), 0);

    for (int i = 0; i < BACKUPS; i++) {
        char name[20];
        (void)snprintf(name, sizeof name, "%d.backup", i);
        while (atomic_load(&load.acknowledged) < 200 * (i + 1))
            (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        before[i] = atomic_load(&load.acknowledged);
        files[i] = make_backup(temp, name);
    }
    atomic_store(&load.is_over, true);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_join(crowd[i], NULL), 0);
    intake_close(load.intake);

    int64_t last = 0;
    for (int i = 0; i < BACKUPS; i++) {
        int64_t kept = restore_elsewhere(temp, files[i], i);
        assert_true(kept >= before[i] && kept >= last);
        last = kept;
    }
    assert_true(last <= atomic_load(&load.acknowledged));
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_backup_is_one_file_that_needs_no_other),
        STORE_TEST(nobody_else_can_read_it),
        STORE_TEST(the_key_of_the_codes_is_not_in_it),
        STORE_TEST(a_backup_overwrites_nothing),
        STORE_TEST(a_backup_goes_only_where_a_file_can_be_made),
        STORE_TEST(a_full_disk_leaves_no_half_a_backup),
        STORE_TEST(the_progress_ends_with_the_whole),
        STORE_TEST(backups_under_load_hold_all_that_was_acknowledged_before),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
