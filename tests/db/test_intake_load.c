/* test_intake_load.c: an intake that is never idle: how many share a commit, what others
   get done beside it, and how far its log grows. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/verify.h"
#include "tests/support/temp_intake.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

struct load {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    atomic_int stored;
    pthread_t threads[CROWD];
};

static void *send_on(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(load->temp, "550", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = load->temp->questionnaire};
        if (intake_submit(load->intake, &entry, &outcome) != STATUS_OK)
            return load;
        atomic_fetch_add(&load->stored, outcome == INTAKE_STORED ? 1 : 0);
    }
    return NULL;
}

static void start_load(struct load *load, struct temp_store *temp, struct intake *intake)
{
    *load = (struct load){.temp = temp, .intake = intake};
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&load->threads[i], NULL, send_on, load), 0);
}

static void end_load(struct load *load)
{
    atomic_store(&load->is_over, true);
    for (size_t i = 0; i < CROWD; i++) {
        void *failed = load;
        assert_int_equal(pthread_join(load->threads[i], &failed), 0);
        assert_null(failed);
    }
}

static void commits_are_shared_under_load(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct load load;
    start_load(&load, temp, intake);
    while (atomic_load(&load.stored) < 5000)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    end_load(&load);

    int64_t commits = intake_commits(intake);
    intake_close(intake);
    assert_true(commits * 4 < load.stored);
    check_rows_and_tallies(temp, load.stored);
}

/* As `manyi codes` does it beside a serving store: a store of its own on the same folder.
 */
static void another_process_makes_codes_beside_a_busy_intake(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct load load;
    start_load(&load, temp, intake);
    for (int i = 0; i < 10; i++) {
        struct store *other = NULL;
        struct code codes[200];
        int64_t batch;
        const struct codes_order order = {.programme = TEXT("visits"),
            .wave = TEXT("q1"),
            .channel = CHANNEL_LINK,
            .count = 200,
            .today = TEMP_STORE_TODAY};
        assert_int_equal(
            store_open(temp->location, STORE_CHANGE, &temp->problems, &other), STATUS_OK);
        assert_int_equal(codes_make(other, &order, codes, &batch), STATUS_OK);
        assert_int_equal(batch, i + 1);
        store_close(other);
    }
    end_load(&load);
    intake_close(intake);

    assert_int_equal(count_in(temp, "SELECT count(*) FROM code WHERE is_open = 0"), 2000);
    check_rows_and_tallies(temp, load.stored);
}

static void a_page_that_writes_gets_its_turn_beside_a_busy_intake(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct load load;
    start_load(&load, temp, intake);
    for (int i = 0; i < 50; i++)
        assert_int_equal(
            store_set_setting(temp->store, "public_url", TEXT("http://a")), STATUS_OK);
    end_load(&load);
    intake_close(intake);
}

static void verify_holds_beside_a_busy_intake(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct load load;
    start_load(&load, temp, intake);
    for (int i = 0; i < 5; i++) {
        struct verify_result result;
        assert_int_equal(
            verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
            STATUS_OK);
    }
    end_load(&load);
    intake_close(intake);
}

static int64_t file_size(const struct temp_store *temp, const char *name)
{
    char path[80];
    (void)snprintf(path, sizeof path, "%s/%s", temp->folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 0;
    (void)fseek(file, 0, SEEK_END);
    int64_t size = ftell(file);
    (void)fclose(file);
    return size;
}

static void the_log_is_started_anew_before_it_grows_far(void **state)
{
    /* A commit writes three pages and more; twice the bound is written, however slowly.
     */
    enum { LOG_MAX = 1 << 20, BOUND = 8 * LOG_MAX, COMMITS = 2 * BOUND / (3 * 4096) };
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    const struct intake_options options = {.queue_max = 1024, .log_bytes_max = LOG_MAX};
    assert_int_equal(intake_open_with(temp->store, &options, &intake), STATUS_OK);
    struct load load;
    start_load(&load, temp, intake);
    while (intake_commits(intake) < COMMITS)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    end_load(&load);
    int64_t log_bytes = file_size(temp, "manyi.db-wal");
    intake_close(intake);

    /* At four times the limit it presses, however many wait; a batch may come on top. */
    assert_true(log_bytes < BOUND);
    assert_true(file_size(temp, "manyi.db") > 65536);
    check_rows_and_tallies(temp, load.stored);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(commits_are_shared_under_load),
        STORE_TEST(another_process_makes_codes_beside_a_busy_intake),
        STORE_TEST(a_page_that_writes_gets_its_turn_beside_a_busy_intake),
        STORE_TEST(verify_holds_beside_a_busy_intake),
    };
    /* SQLite's own: its log. */
    const struct CMUnitTest files[] = {
        STORE_TEST(the_log_is_started_anew_before_it_grows_far),
    };
    int failed = cmocka_run_group_tests(cases, NULL, NULL);
    return temp_store_is_cluster() ? failed
                                   : failed + cmocka_run_group_tests(files, NULL, NULL);
}
