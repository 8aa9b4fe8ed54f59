/* test_crash.c: a serving process is killed in the middle of its work, again and again:
   what it acknowledged is there, once, and everything agrees. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/id_list.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ROUNDS = 20,
    SENDERS = 8,
    CODES = 4000,
    ENOUGH = 60, /* acknowledged before a kill */
    ACKNOWLEDGED = 1 << 20
};

/* The killed process. */
struct serving {
    struct temp_store *temp;
    struct intake *intake;
    const struct code_grant *grants;
    atomic_size_t next_grant;
    int acknowledge; /* a pipe: the id of each stored submission */
};

/* Every other submission with a one-time code, while there are some. */
static void *send_on(void *context)
{
    struct serving *serving = context;
    for (size_t i = 0;; i++) {
        struct submission submission;
        const struct code_grant *grant = NULL;
        enum intake_outcome outcome;
        temp_store_submission(serving->temp, "430", &submission);
        if (i % 2 == 0) {
            size_t next = atomic_fetch_add(&serving->next_grant, 1);
            grant = next < CODES ? &serving->grants[next] : NULL;
        }
        if (grant != NULL)
            submission.channel = CHANNEL_SLIP;
        struct intake_entry entry = {.submission = &submission,
            .questionnaire = serving->temp->questionnaire,
            .grant = grant};
        if (intake_submit(serving->intake, &entry, &outcome) != STATUS_OK)
            _exit(1);
        if (outcome == INTAKE_STORED && write(serving->acknowledge, submission.id.bytes,
                                            SUBMISSION_ID_BYTES) != SUBMISSION_ID_BYTES)
            _exit(1);
    }
}

static void serve_until_killed(struct serving *serving)
{
    struct temp_store *temp = serving->temp;
    pthread_t thread;
    if (store_open(temp->folder, STORE_SERVE, &temp->problems, &temp->store) !=
            STATUS_OK ||
        intake_open(temp->store, &serving->intake) != STATUS_OK)
        _exit(1);
    for (int i = 0; i < SENDERS; i++)
        if (pthread_create(&thread, NULL, send_on, serving) != 0)
            _exit(1);
    for (;;)
        (void)pause();
}

/* The ids that were acknowledged, in the order of the pipe. */
struct acknowledged {
    struct submission_id *ids;
    size_t count;
};

/* False at the pipe's end. */
static bool take_acknowledged(int from, struct acknowledged *acknowledged)
{
    unsigned char *id = acknowledged->ids[acknowledged->count].bytes;
    size_t have = 0;
    while (have < SUBMISSION_ID_BYTES) {
        ssize_t len = read(from, id + have, SUBMISSION_ID_BYTES - have);
        if (len <= 0)
            return false;
        have += (size_t)len;
    }
    acknowledged->count++;
    assert_true(acknowledged->count < ACKNOWLEDGED);
    return true;
}

static void kill_one(struct serving *serving, struct acknowledged *acknowledged)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        serving->acknowledge = ends[1];
        serve_until_killed(serving);
    }
    (void)close(ends[1]);
    size_t enough = acknowledged->count + ENOUGH + (size_t)(child % 61);
    while (acknowledged->count < enough && take_acknowledged(ends[0], acknowledged))
        continue;
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    while (take_acknowledged(ends[0], acknowledged))
        continue;
    (void)close(ends[0]);
    assert_true(acknowledged->count >= enough);
}

static int64_t ask(struct sql *sql, const char *query)
{
    int64_t number = -1;
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    return number;
}

static void check_all_there(struct temp_store *temp, struct acknowledged *acknowledged)
{
    struct sql *sql = store_take_reader(temp->store);
    struct id_list *stored = id_list_new(sql);
    for (size_t i = 0; i < acknowledged->count; i++)
        assert_true(id_list_has(stored, &acknowledged->ids[i]));
    id_list_free(stored);
    int64_t spent = ask(sql, "SELECT count(*) FROM code WHERE state = 1");
    assert_int_equal(
        spent, ask(sql, "SELECT count(*) FROM " EVERY_SUBMISSION " WHERE channel = 2"));
    assert_true(spent > 0);
    store_give_reader(temp->store, sql);
}

static void check_after_kill(struct temp_store *temp, struct acknowledged *acknowledged)
{
    struct verify_result result;
    assert_int_equal(
        store_open(temp->folder, STORE_READ, &temp->problems, &temp->store), STATUS_OK);
    check_all_there(temp, acknowledged);
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_true(result.submissions >= (int64_t)acknowledged->count);
    store_close(temp->store);
    temp->store = NULL;
}

static struct code_grant *make_grants(struct temp_store *temp)
{
    struct code *codes = calloc(CODES, sizeof *codes);
    struct code_grant *grants = calloc(CODES, sizeof *grants);
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = CODES,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    for (size_t i = 0; i < CODES; i++)
        assert_int_equal(
            codes_find(temp->store, &codes[i], temp->arena, &grants[i]), STATUS_OK);
    free(codes);
    return grants;
}

static void nothing_acknowledged_is_lost_or_doubled_by_kills(void **state)
{
    struct temp_store *temp = *state;
    struct code_grant *grants = make_grants(temp);
    struct serving serving = {.temp = temp, .grants = grants};
    struct acknowledged acknowledged = {
        .ids = calloc(ACKNOWLEDGED, sizeof *acknowledged.ids)};
    store_close(temp->store); /* no connection may live through a fork */
    temp->store = NULL;
    for (size_t round = 0; round < ROUNDS; round++) {
        atomic_store(&serving.next_grant, round * (CODES / ROUNDS));
        kill_one(&serving, &acknowledged);
        check_after_kill(temp, &acknowledged);
    }
    free(acknowledged.ids);
    free(grants);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(nothing_acknowledged_is_lost_or_doubled_by_kills,
            temp_store_set_up, temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
