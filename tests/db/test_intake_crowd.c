/* test_intake_crowd.c: many submissions at once: what is one batch, what a full queue
   does, and what those are told that watch instead of sleeping. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "tests/support/temp_intake.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

/* ---- many at once ---- */

/* One thread's submission, with what came of it. */
struct sender {
    struct temp_store *temp;
    struct intake *intake;
    struct submission submission;
    const struct code_grant *grant;
    const struct intake_watch *watch;
    enum status status;
    enum intake_outcome outcome;
    pthread_t thread;
};

static void *send_one(void *context)
{
    struct sender *sender = context;
    struct intake_entry entry = {.submission = &sender->submission,
        .questionnaire = sender->temp->questionnaire,
        .grant = sender->grant,
        .watch = sender->watch};
    sender->status = intake_submit(sender->intake, &entry, &sender->outcome);
    return NULL;
}

/* Makes senders of a crowd, each with an id of its own. */
static struct sender *make_crowd(struct temp_store *temp, struct intake *intake)
{
    struct sender *crowd = calloc(CROWD, sizeof *crowd);
    for (size_t i = 0; i < CROWD; i++) {
        crowd[i].temp = temp;
        crowd[i].intake = intake;
        temp_store_submission(temp, i % 2 == 0 ? "430" : "550", &crowd[i].submission);
    }
    return crowd;
}

static void start_crowd(struct sender *crowd, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(pthread_create(&crowd[i].thread, NULL, send_one, &crowd[i]), 0);
}

static void join_crowd(struct sender *crowd, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(pthread_join(crowd[i].thread, NULL), 0);
}

static size_t count_outcomes(
    const struct sender *crowd, size_t size, enum intake_outcome outcome)
{
    size_t found = 0;
    for (size_t i = 0; i < size; i++)
        found += crowd[i].status == STATUS_OK && crowd[i].outcome == outcome ? 1 : 0;
    return found;
}

/* Waits until the intake's writer holds back that many. */
static void wait_for_queue(const struct intake *intake, size_t size)
{
    for (int i = 0; i < 5000 && intake_waiting(intake) < size; i++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    assert_int_equal(intake_waiting(intake), size);
}

static void many_with_one_code_spend_it_once(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct sender *crowd = make_crowd(temp, intake);
    for (size_t i = 0; i < CROWD; i++)
        crowd[i].grant = &grant;
    start_crowd(crowd, CROWD);
    join_crowd(crowd, CROWD);
    intake_close(intake);

    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), 1);
    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_SPENT), CROWD - 1);
    check_rows_and_tallies(temp, 1);
    free(crowd);
}

static void many_with_one_id_are_one_submission(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct sender *crowd = make_crowd(temp, intake);
    for (size_t i = 1; i < CROWD; i++)
        crowd[i].submission = crowd[0].submission;
    start_crowd(crowd, CROWD);
    join_crowd(crowd, CROWD);
    intake_close(intake);

    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), 1);
    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_DUPLICATE), CROWD - 1);
    check_rows_and_tallies(temp, 1);
    free(crowd);
}

/* While the test holds the writer all of a crowd gather in the queue. */
static void one_id_and_one_code_twice_within_one_batch_are_told_apart(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct sender *crowd = make_crowd(temp, intake);
    crowd[0].grant = &grant;
    crowd[1] = crowd[0]; /* the same form, sent twice */
    crowd[2].grant = &grant;
    crowd[3].submission = crowd[4].submission; /* without a code */
    struct sql *writer = store_take_writer(temp->store);
    for (size_t i = 0; i < 5; i++) {
        start_crowd(&crowd[i], 1);
        wait_for_queue(intake, i + 1);
    }
    store_give_writer(temp->store, writer);
    join_crowd(crowd, 5);

    assert_int_equal(intake_commits(intake), 1);
    intake_close(intake);
    assert_int_equal(crowd[0].outcome, INTAKE_STORED);
    assert_int_equal(crowd[1].outcome, INTAKE_DUPLICATE);
    assert_int_equal(crowd[2].outcome, INTAKE_SPENT);
    assert_int_equal(crowd[3].outcome, INTAKE_STORED);
    assert_int_equal(crowd[4].outcome, INTAKE_DUPLICATE);
    check_rows_and_tallies(temp, 2);
    free(crowd);
}

static void whatever_has_queued_is_one_commit(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct sender *crowd = make_crowd(temp, intake);
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, CROWD);
    wait_for_queue(intake, CROWD);
    store_give_writer(temp->store, writer);
    join_crowd(crowd, CROWD);

    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), CROWD);
    assert_int_equal(intake_commits(intake), 1);
    intake_close(intake);
    check_rows_and_tallies(temp, CROWD);
    free(crowd);
}

static void a_full_queue_is_busy_and_one_less_is_not(void **state)
{
    enum { QUEUE = 5 };
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    const struct intake_options options = {.queue_max = QUEUE, .log_bytes_max = 1 << 26};
    assert_int_equal(intake_open_with(temp->store, &options, &intake), STATUS_OK);
    struct sender *crowd = make_crowd(temp, intake);
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, QUEUE);
    wait_for_queue(intake, QUEUE);

    (void)send_one(&crowd[QUEUE]);
    assert_int_equal(crowd[QUEUE].status, STATUS_BUSY);

    store_give_writer(temp->store, writer);
    join_crowd(crowd, QUEUE);
    assert_int_equal(count_outcomes(crowd, QUEUE, INTAKE_STORED), QUEUE);
    (void)send_one(&crowd[QUEUE]);
    assert_int_equal(crowd[QUEUE].status, STATUS_OK);
    assert_int_equal(crowd[QUEUE].outcome, INTAKE_STORED);
    intake_close(intake);
    free(crowd);
}

static void one_that_cannot_be_kept_does_not_fail_its_neighbours(void **state)
{
    enum { BAD = 3 };
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct sender *crowd = make_crowd(temp, intake);
    crowd[BAD].submission.plan_version = 77; /* no such version: the last wall */
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, CROWD);
    wait_for_queue(intake, CROWD);
    store_give_writer(temp->store, writer);
    join_crowd(crowd, CROWD);
    intake_close(intake);

    assert_int_equal(crowd[BAD].status, STATUS_INTERNAL);
    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), CROWD - 1);
    check_rows_and_tallies(temp, CROWD - 1);
    free(crowd);
}

static void closing_finishes_what_is_queued(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct sender *crowd = make_crowd(temp, intake);
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, CROWD);
    wait_for_queue(intake, CROWD);
    store_give_writer(temp->store, writer);
    intake_close(intake);
    join_crowd(crowd, CROWD);

    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), CROWD);
    check_rows_and_tallies(temp, CROWD);
    free(crowd);
}

/* ---- watching ---- */

/* Waits until it is told, as a server's thread waits for its client. */
struct watcher {
    struct intake_watch watch;
    sem_t told;
    int waits;
    int times_told;
    enum status status;
    enum intake_outcome outcome;
};

static void wait_until_told(void *context)
{
    struct watcher *watcher = context;
    watcher->waits++;
    while (sem_wait(&watcher->told) != 0)
        continue;
}

static void tell(void *context, enum status status, enum intake_outcome outcome)
{
    struct watcher *watcher = context;
    watcher->times_told++;
    watcher->status = status;
    watcher->outcome = outcome;
    (void)sem_post(&watcher->told);
}

static void watch(struct watcher *watcher)
{
    *watcher = (struct watcher){
        .watch = {.context = watcher, .wait = wait_until_told, .answered = tell}};
    assert_int_equal(sem_init(&watcher->told, 0, 0), 0);
}

static void a_watcher_is_told_what_submitting_returns(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    struct watcher watcher;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {.submission = &submission,
        .questionnaire = temp->questionnaire,
        .watch = &watcher.watch};
    const enum intake_outcome expected[] = {INTAKE_STORED, INTAKE_DUPLICATE};
    for (size_t i = 0; i < 2; i++) {
        enum intake_outcome outcome;
        watch(&watcher);
        assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
        assert_int_equal(outcome, expected[i]);
        assert_int_equal(watcher.times_told, 1);
        assert_int_equal(watcher.status, STATUS_OK);
        assert_int_equal(watcher.outcome, expected[i]);
    }
    temp_store_submission(temp, "430", &submission);
    submission.plan_version = 77; /* no such version: the last wall */
    watch(&watcher);
    enum intake_outcome outcome;
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_INTERNAL);
    assert_int_equal(watcher.times_told, 1);
    assert_int_equal(watcher.status, STATUS_INTERNAL);
    intake_close(intake);
    check_rows_and_tallies(temp, 1);
}

static void watchers_and_sleepers_of_one_batch_all_come_back(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct sender *crowd = make_crowd(temp, intake);
    struct watcher *watchers = calloc(CROWD, sizeof *watchers);
    assert_non_null(watchers);
    for (size_t i = 0; i < CROWD; i++) {
        watch(&watchers[i]);
        crowd[i].watch = i % 3 == 0 ? NULL : &watchers[i].watch;
    }
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, CROWD);
    wait_for_queue(intake, CROWD);
    store_give_writer(temp->store, writer);
    join_crowd(crowd, CROWD);
    intake_close(intake);

    assert_int_equal(count_outcomes(crowd, CROWD, INTAKE_STORED), CROWD);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(watchers[i].times_told, i % 3 == 0 ? 0 : 1);
    check_rows_and_tallies(temp, CROWD);
    free(watchers);
    free(crowd);
}

static void a_full_queue_neither_lets_a_watcher_wait_nor_tells_it(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    struct watcher watcher;
    const struct intake_options options = {.queue_max = 1, .log_bytes_max = 1 << 26};
    assert_int_equal(intake_open_with(temp->store, &options, &intake), STATUS_OK);
    struct sender *crowd = make_crowd(temp, intake);
    struct sql *writer = store_take_writer(temp->store);
    start_crowd(crowd, 1);
    wait_for_queue(intake, 1);
    watch(&watcher);
    crowd[1].watch = &watcher.watch;

    (void)send_one(&crowd[1]);

    assert_int_equal(crowd[1].status, STATUS_BUSY);
    assert_int_equal(watcher.waits, 0);
    assert_int_equal(watcher.times_told, 0);
    store_give_writer(temp->store, writer);
    join_crowd(crowd, 1);
    intake_close(intake);
    free(crowd);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(many_with_one_code_spend_it_once),
        STORE_TEST(many_with_one_id_are_one_submission),
        STORE_TEST(one_id_and_one_code_twice_within_one_batch_are_told_apart),
        STORE_TEST(whatever_has_queued_is_one_commit),
        STORE_TEST(a_full_queue_is_busy_and_one_less_is_not),
        STORE_TEST(a_watcher_is_told_what_submitting_returns),
        STORE_TEST(watchers_and_sleepers_of_one_batch_all_come_back),
        STORE_TEST(a_full_queue_neither_lets_a_watcher_wait_nor_tells_it),
        STORE_TEST(one_that_cannot_be_kept_does_not_fail_its_neighbours),
        STORE_TEST(closing_finishes_what_is_queued),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
