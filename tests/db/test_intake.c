/* test_intake.c: what becomes of submissions, alone and many at once. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"
#include "db/tally_store.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CROWD = 64 };

static struct intake *open_intake(struct temp_store *temp)
{
    struct intake *intake = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    return intake;
}

static enum intake_outcome submit(struct temp_store *temp, struct intake *intake,
    const struct submission *submission, const struct code_grant *grant)
{
    enum intake_outcome outcome = (enum intake_outcome)99;
    struct intake_entry entry = {
        .submission = submission, .questionnaire = temp->questionnaire, .grant = grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    return outcome;
}

static int64_t count(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static void check_rows_and_tallies(struct temp_store *temp, int64_t expected)
{
    struct verify_result result = {0};
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, expected);
}

static struct code_grant make_code(struct temp_store *temp, int64_t *out_batch)
{
    struct code code;
    struct code_grant grant;
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .count = 1,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(temp->store, &order, &code, &batch), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    if (out_batch != NULL)
        *out_batch = batch;
    return grant;
}

/* ---- one at a time ---- */

static void a_submission_is_stored_and_counted_once(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_DUPLICATE);
    intake_close(intake);

    assert_int_equal(count(temp, "SELECT count(*) FROM submission"), 1);
    check_rows_and_tallies(temp, 1);
}

static void an_open_code_takes_any_number(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code code;
    struct code_grant grant;
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &code), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        struct submission submission;
        temp_store_submission(temp, "550", &submission);
        assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_STORED);
    }
    intake_close(intake);
    check_rows_and_tallies(temp, 3);
}

static void a_one_time_code_is_spent_by_the_first_and_a_replay_is_no_second(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct submission first;
    struct submission second;
    temp_store_submission(temp, "430", &first);
    temp_store_submission(temp, "111", &second);

    assert_int_equal(submit(temp, intake, &first, &grant), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &first, &grant), INTAKE_DUPLICATE);
    assert_int_equal(submit(temp, intake, &second, &grant), INTAKE_SPENT);
    intake_close(intake);

    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE state = 1"), 1);
    check_rows_and_tallies(temp, 1);
}

static void a_replay_with_another_code_spends_nothing(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct code_grant grant = make_code(temp, NULL);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_DUPLICATE);
    intake_close(intake);
    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE state = 1"), 0);
}

static void a_code_that_was_voided_meanwhile_is_refused(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    int64_t batch;
    int64_t voided;
    struct code_grant grant = make_code(temp, &batch);
    struct submission submission;
    temp_store_submission(temp, "430", &submission);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(submit(temp, intake, &submission, &grant), INTAKE_VOID);
    intake_close(intake);
    assert_int_equal(count(temp, "SELECT count(*) FROM submission"), 0);
}

static void comments_are_kept_apart_under_ids_of_their_own(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    struct comment comment = {TEXT("comment"), TEXT("谢谢")};
    temp_store_submission(temp, "430", &submission);
    submission.comments = &comment;
    submission.comment_count = 1;
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_DUPLICATE);
    intake_close(intake);

    assert_int_equal(count(temp, "SELECT count(*) FROM comment_arrival WHERE text = '谢谢'"
                                 " AND overall = 4 AND item = 'comment'"
                                 " AND programme = 'visits' AND centre = 'north'"),
        1);
    assert_int_equal(count(temp, "SELECT count(*) FROM comment_arrival AS comment"
                                 " JOIN submission ON comment.id = submission.id"),
        0);
}

static void a_submission_is_counted_in_both_slices(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    temp_store_submission(temp, "213", &submission);
    assert_int_equal(submit(temp, intake, &submission, NULL), INTAKE_STORED);
    intake_close(intake);

    for (int slice = 0; slice < TALLY_SLICE_COUNT; slice++) {
        struct tally_cell *cells = NULL;
        size_t cell_count = 0;
        assert_int_equal(tally_list(temp->store, temp->arena, (enum tally_slice)slice,
                             TEXT("visits"), &cells, &cell_count),
            STATUS_OK);
        assert_int_equal(cell_count, 1);
        assert_int_equal(cells[0].counter_count, tally_size(temp->questionnaire));
        assert_int_equal(cells[0].counters[0], 1);
        size_t overall = tally_offset(temp->questionnaire, 0);
        size_t reasons = tally_offset(temp->questionnaire, 2);
        assert_int_equal(cells[0].counters[overall + TALLY_LEVEL_1 + 1], 1);
        assert_int_equal(cells[0].counters[reasons], 0);     /* not blank */
        assert_int_equal(cells[0].counters[reasons + 1], 1); /* late */
        assert_int_equal(cells[0].counters[reasons + 2], 1); /* rude */
    }
}

static void a_code_that_is_not_in_the_store_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = open_intake(temp);
    struct submission submission;
    struct code_grant grant = {.programme = TEXT("visits"), .wave = TEXT("q1")};
    enum intake_outcome outcome = INTAKE_STORED;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_NOT_FOUND);
    intake_close(intake);
    assert_int_equal(count(temp, "SELECT count(*) FROM submission"), 0);
}

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

/* ---- under load ---- */

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

    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE is_open = 0"), 2000);
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
        STORE_TEST(a_submission_is_stored_and_counted_once),
        STORE_TEST(an_open_code_takes_any_number),
        STORE_TEST(a_one_time_code_is_spent_by_the_first_and_a_replay_is_no_second),
        STORE_TEST(a_replay_with_another_code_spends_nothing),
        STORE_TEST(a_code_that_was_voided_meanwhile_is_refused),
        STORE_TEST(comments_are_kept_apart_under_ids_of_their_own),
        STORE_TEST(a_submission_is_counted_in_both_slices),
        STORE_TEST(a_code_that_is_not_in_the_store_is_not_found),
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
