/* test_faults.c: a full disk, a failing one, a locked store: "try again", and afterwards
   all goes on. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static enum status submit(struct temp_store *temp, struct intake *intake)
{
    struct submission submission;
    enum intake_outcome outcome = INTAKE_VOID;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    enum status rc = intake_submit(intake, &entry, &outcome);
    return rc == STATUS_OK && outcome != INTAKE_STORED ? STATUS_INTERNAL : rc;
}

/* Submits until the answer is another than OK; *stored is how many were. */
static enum status fill(struct temp_store *temp, struct intake *intake, int64_t *stored)
{
    enum { ENOUGH = 100000 };
    enum status rc = STATUS_OK;
    for (int i = 0; i < ENOUGH && (rc = submit(temp, intake)) == STATUS_OK; i++)
        ++*stored;
    return rc;
}

static bool holds(struct temp_store *temp, int64_t expected)
{
    struct verify_result result = {0};
    return verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL) ==
               STATUS_OK &&
           result.submissions == expected;
}

static void limit_pages(struct temp_store *temp, int64_t more)
{
    char pragma[60];
    int64_t pages = 0;
    int64_t limit = 0;
    struct sql *writer = store_take_writer(temp->store);
    assert_int_equal(sql_ask_number(writer, "PRAGMA page_count", &pages), STATUS_OK);
    pages += more;
    (void)snprintf(
        pragma, sizeof pragma, "PRAGMA max_page_count = %lld", (long long)pages);
    assert_int_equal(sql_ask_number(writer, pragma, &limit), STATUS_OK);
    assert_int_equal(limit, pages);
    store_give_writer(temp->store, writer);
}

static void a_full_disk_is_busy_until_there_is_room_again(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    int64_t stored = 0;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    limit_pages(temp, 3);

    assert_int_equal(fill(temp, intake, &stored), STATUS_BUSY);
    assert_int_equal(submit(temp, intake), STATUS_BUSY);
    assert_true(holds(temp, stored)); /* reading goes on */

    limit_pages(temp, 100);
    assert_int_equal(submit(temp, intake), STATUS_OK);
    intake_close(intake);
    assert_true(holds(temp, stored + 1));
}

static void a_store_that_others_keep_locked_is_busy(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    struct store *other = NULL;
    struct sql *lock = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(
        store_open(temp->folder, STORE_CHANGE, &temp->problems, &other), STATUS_OK);
    assert_int_equal(store_begin(other, &lock), STATUS_OK);

    assert_int_equal(submit(temp, intake), STATUS_BUSY); /* after SQL_PATIENCE_MS */

    assert_int_equal(store_end(other, lock, STATUS_OK), STATUS_OK);
    assert_int_equal(submit(temp, intake), STATUS_OK);
    intake_close(intake);
    store_close(other);
    assert_true(holds(temp, 1));
}

/* ---- a disk that fails: in a process of its own, whose files may grow no further ----
 */

/* Writes to the log fail with EFBIG from here on, an error that is not "full". */
static bool limit_files(const struct temp_store *temp, bool is_limited)
{
    char path[80];
    struct stat seen;
    struct rlimit limit;
    (void)snprintf(path, sizeof path, "%s/manyi.db-wal", temp->folder);
    if (stat(path, &seen) != 0 || getrlimit(RLIMIT_FSIZE, &limit) != 0)
        return false;
    limit.rlim_cur = is_limited ? (rlim_t)seen.st_size + 100000 : limit.rlim_max;
    return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/* The step that went wrong, or 0. */
static int fail_and_recover(struct temp_store *temp)
{
    struct intake *intake = NULL;
    int64_t stored = 0;
    (void)signal(SIGXFSZ, SIG_IGN);
    /* No checkpoint may start the log anew: a reader keeps its view of it. */
    struct sql *reader = store_take_reader(temp->store);
    int64_t count = 0;
    if (reader == NULL || sql_begin_read(reader) != STATUS_OK ||
        sql_ask_number(reader, "SELECT count(*) FROM plan", &count) != STATUS_OK)
        return 1;
    if (intake_open(temp->store, &intake) != STATUS_OK || !limit_files(temp, true))
        return 2;
    if (fill(temp, intake, &stored) != STATUS_BUSY || stored == 0)
        return 3;
    if (submit(temp, intake) != STATUS_BUSY)
        return 4;
    if (!holds(temp, stored))
        return 5;
    if (!limit_files(temp, false) || submit(temp, intake) != STATUS_OK)
        return 6;
    sql_rollback(reader);
    store_give_reader(temp->store, reader);
    intake_close(intake);
    return holds(temp, stored + 1) ? 0 : 7;
}

static int run_in_child(void)
{
    void *state = NULL;
    int wrong = temp_store_set_up(&state) == 0 ? fail_and_recover(state) : 8;
    return temp_store_tear_down(&state) == 0 ? wrong : 9;
}

static void a_failing_disk_is_busy_and_the_process_recovers(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(run_in_child());
    int end = 0;
    assert_int_equal(waitpid(child, &end, 0), child);
    assert_true(WIFEXITED(end));
    assert_int_equal(WEXITSTATUS(end), 0);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_failing_disk_is_busy_and_the_process_recovers),
        STORE_TEST(a_full_disk_is_busy_until_there_is_room_again),
        STORE_TEST(a_store_that_others_keep_locked_is_busy),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
