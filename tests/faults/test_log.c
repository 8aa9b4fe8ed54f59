/* test_log.c: the write-ahead log under load: it does not grow past a bound, and one that
   a long reader made large is copied and started anew while answers go on. */
#include "tests/faults/served.h"
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { CROWD = 32, MIB = 1 << 20, SMALL_LOG = MIB };

static int64_t size_of(const struct temp_store *temp, const char *name)
{
    char path[80];
    struct stat seen = {.st_size = 0};
    (void)snprintf(path, sizeof path, "%s/%s", temp->folder, name);
    (void)stat(path, &seen);
    return seen.st_size;
}

/* The server's own limits: the log starts anew above 64 MiB when few wait, above four
   times that whoever waits; a batch may come on top. */
static void the_log_of_a_busy_server_stays_under_its_bound(void **state)
{
    enum { BOUND = 4 * 64 * MIB + 16 * MIB };
    struct served *served = *state;
    int64_t most = 0;
    served_start(served);
    crowd_start(served, CROWD_MAX);
    for (int ms = 0; ms < in_form(2000, 60000); ms += 10) {
        int64_t size = size_of(served->temp, "manyi.db-wal");
        most = size > most ? size : most;
        sleep_ms(10);
    }
    crowd_stop(served);
    (void)served_end(served, SIGKILL);
    served_check(served, true);
    printf("the log had at most %lld KiB while %zu were thanked\n",
        (long long)most / 1024, (size_t)atomic_load(&served->thanked));
    assert_true(most > 0);
    assert_true(most < BOUND);
    /* What it holds comes into the database meanwhile, not at the end. */
    assert_true(size_of(served->temp, "manyi.db") > most / 100);
}

/* A log only ever gets smaller by being emptied; a release may write into it at once, so
   that nobody need see it without a byte. */
static bool wait_until_emptied(const struct temp_store *temp, int patience_ms)
{
    int64_t most = size_of(temp, "manyi.db-wal");
    for (int ms = 0; ms < patience_ms; ms += 20) {
        int64_t size = size_of(temp, "manyi.db-wal");
        if (size < most)
            return true;
        most = size;
        sleep_ms(20);
    }
    return false;
}

/* The jobs begin soon after the start: what was answered before is mixed then. */
static void a_server_mixes_by_itself_and_empties_its_log(void **state)
{
    enum { ANSWERS = 20, PATIENCE_MS = 120000 };
    struct served *served = *state;
    struct temp_store *temp = served->temp;
    struct text value;
    int connection = -1;
    served_start(served);
    for (int i = 0; i < ANSWERS; i++)
        served_ask(served, &connection, served_next(served, true));
    (void)served_end(served, SIGKILL);
    assert_int_equal(atomic_load(&served->thanked), ANSWERS);

    served_start(served);
    assert_true(size_of(temp, "manyi.db-wal") > 0);
    assert_true(wait_until_emptied(temp, PATIENCE_MS));
    (void)served_end(served, SIGKILL);
    served_check(served, true);
    assert_int_equal(
        store_open(temp->folder, STORE_READ, &temp->problems, &temp->store), STATUS_OK);
    assert_int_equal(
        store_get_setting(temp->store, "mixed", temp->arena, &value), STATUS_OK);
    assert_true(text_starts_with(value, TEXT("20493 20 "))); /* the day, the codes */
}

/* ---- in this process, with a log that is large above 1 MiB ---- */

struct load {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    atomic_int failed;
    pthread_t threads[CROWD];
};

static void *send_on(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(load->temp, "430", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = load->temp->questionnaire};
        if (intake_submit(load->intake, &entry, &outcome) != STATUS_OK)
            atomic_fetch_add(&load->failed, 1);
    }
    return NULL;
}

static bool wait_for_log(struct store *store, int64_t least, int64_t most)
{
    for (int ms = 0; ms < 30000; ms++) {
        int64_t bytes = store_log_bytes(store);
        if (bytes >= least && bytes <= most)
            return true;
        sleep_ms(1);
    }
    return false;
}

static void a_large_log_is_started_anew_under_load_once_nobody_reads_it(void **state)
{
    struct temp_store *temp = *state;
    struct load load = {.temp = temp};
    const struct intake_options options = {.queue_max = 1024, .log_bytes_max = SMALL_LOG};
    int64_t count = 0;
    assert_int_equal(intake_open_with(temp->store, &options, &load.intake), STATUS_OK);
    struct sql *reader = store_take_reader(temp->store);
    assert_int_equal(sql_begin_read(reader), STATUS_OK);
    assert_int_equal(
        sql_ask_number(reader, "SELECT count(*) FROM " EVERY_SUBMISSION, &count),
        STATUS_OK);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&load.threads[i], NULL, send_on, &load), 0);
    bool grew = wait_for_log(temp->store, 16 * SMALL_LOG, INT64_MAX);

    sql_rollback(reader);
    store_give_reader(temp->store, reader);
    bool shrank = wait_for_log(temp->store, 0, SMALL_LOG);
    int64_t size = size_of(temp, "manyi.db-wal");
    sleep_ms(in_form(500, 10000));
    int64_t later = size_of(temp, "manyi.db-wal");
    atomic_store(&load.is_over, true);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_join(load.threads[i], NULL), 0);
    intake_close(load.intake);

    assert_true(grew);
    assert_true(shrank);
    assert_true(later <= size + 8 * SMALL_LOG); /* the file is written over, not on */
    assert_int_equal(load.failed, 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(the_log_of_a_busy_server_stays_under_its_bound,
            served_set_up, served_tear_down),
        cmocka_unit_test_setup_teardown(a_server_mixes_by_itself_and_empties_its_log,
            served_set_up, served_tear_down),
        cmocka_unit_test_setup_teardown(
            a_large_log_is_started_anew_under_load_once_nobody_reads_it,
            temp_store_set_up, temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
