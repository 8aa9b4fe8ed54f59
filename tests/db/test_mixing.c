/* test_mixing.c: when rows are mixed, that they stay what they are, and that neither
   readers nor writers are held up. What it is good for is in test_linkage.c. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/mixing.h"
#include "db/screens.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { K = 10, Q1_CLOSES = TEMP_STORE_TODAY + 50, ROWS = 1500 };

static struct code *make_slips(struct temp_store *temp, size_t count)
{
    struct code *codes = calloc(count, sizeof *codes);
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = count,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    return codes;
}

/* Answers with a comment, by a slip or (NULL) a poster. */
static void answer(
    struct temp_store *temp, struct intake *intake, const struct code *slip)
{
    struct submission submission;
    struct code_grant grant;
    struct comment comment = {TEXT("comment"), TEXT("谢谢")};
    enum intake_outcome outcome;
    temp_store_submission(temp, "430", &submission);
    submission.comments = &comment;
    submission.comment_count = 1;
    if (slip != NULL) {
        assert_int_equal(codes_find(temp->store, slip, temp->arena, &grant), STATUS_OK);
        submission.channel = grant.channel;
    }
    struct intake_entry entry = {.submission = &submission,
        .questionnaire = temp->questionnaire,
        .grant = slip == NULL ? NULL : &grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
}

static void answer_many(struct temp_store *temp, const struct code *slips, size_t count)
{
    struct intake *intake = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        answer(temp, intake, slips == NULL ? NULL : &slips[i]);
    intake_close(intake);
}

/* Until nothing more is to do; BUSY while a checkpoint is at work. */
static enum status mix_all(struct mixing *mixing, day_t today)
{
    enum { TRIES = 1000 };
    enum status rc = STATUS_BUSY;
    bool more = true;
    for (int i = 0; i < TRIES && (rc == STATUS_BUSY || more); i++)
        rc = mixing_step(mixing, today, &more);
    assert_false(more);
    return rc;
}

static void mix_on(struct temp_store *temp, day_t today)
{
    struct mixing *mixing = mixing_new(temp->store, temp->plans);
    assert_int_equal(mix_all(mixing, today), STATUS_OK);
    mixing_free(mixing);
}

/* How many codes the last mixing found spent; -1 if there was none. */
static int64_t mixed(struct temp_store *temp)
{
    struct text value;
    if (store_get_setting(temp->store, "mixed", temp->arena, &value) != STATUS_OK)
        return -1;
    char *at = text_to_string(temp->arena, value);
    assert_non_null(at);
    assert_true(strtoll(at, &at, 10) >= TEMP_STORE_TODAY); /* the day */
    return strtoll(at, &at, 10);
}

/* The same of codes that tablets showed. */
static int64_t mixed_rotating(struct temp_store *temp)
{
    struct text value;
    if (store_get_setting(temp->store, "mixed", temp->arena, &value) != STATUS_OK)
        return -1;
    char *at = text_to_string(temp->arena, value);
    assert_non_null(at);
    int64_t number = -1;
    for (int i = 0; i < 4; i++)
        number = strtoll(at, &at, 10);
    assert_true(*at == '\0' || *at == ' '); /* on a server submissions follow */
    return number;
}

static void check_holds(struct temp_store *temp)
{
    struct verify_result result;
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_OK);
}

static void run_script(struct temp_store *temp, const char *script)
{
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(store_end(temp->store, sql, sql_script(sql, script)), STATUS_OK);
}

static int64_t ask(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static void fewer_than_k_codes_wait_and_k_are_mixed(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, K);
    answer_many(temp, slips, K - 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), -1);

    answer_many(temp, slips + K - 1, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), K);
    free(slips);
}

static void the_next_mixing_waits_for_k_more(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, 2 * K);
    answer_many(temp, slips, K);
    mix_on(temp, TEMP_STORE_TODAY);
    answer_many(temp, slips + K, K - 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), K);

    answer_many(temp, slips + 2 * K - 1, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), 2 * K);
    free(slips);
}

static void comments_of_posters_are_mixed_without_codes(void **state)
{
    struct temp_store *temp = *state;
    answer_many(temp, NULL, K - 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), -1);
    answer_many(temp, NULL, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), 0);
}

static void after_it_no_comment_lies_where_it_came(void **state)
{
    enum { CHUNK = 100 };
    struct temp_store *temp = *state;
    answer_many(temp, NULL, CHUNK + K);
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment_arrival"), CHUNK + K);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment_arrival"), 0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment"), CHUNK + K);
    check_holds(temp);
}

static int64_t lying(struct temp_store *temp)
{
    return ask(temp, "SELECT count(*) FROM submission_arrival");
}

static void submissions_are_settled_however_few(void **state)
{
    struct temp_store *temp = *state;
    answer_many(temp, NULL, 1);
    assert_int_equal(lying(temp), 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(lying(temp), 0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM submission"), 1);
    assert_int_equal(mixed(temp), -1);
    check_holds(temp);
}

static void more_submissions_than_a_step_settles_are_settled_in_several(void **state)
{
    struct temp_store *temp = *state;
    bool more = false;
    int steps = 0;
    struct mixing *mixing = mixing_new(temp->store, temp->plans);
    run_script(temp, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 40000) INSERT INTO submission_arrival"
                     " SELECT i, randomblob(16), 'visits', 'q1', 'north', 1, 0, 1, 0,"
                     " '430', 0, 0, randomblob(16), 0 FROM n");
    do {
        enum status rc = mixing_step(mixing, TEMP_STORE_TODAY, &more);
        assert_true(rc == STATUS_OK || rc == STATUS_BUSY); /* a checkpoint is at work */
        steps++;
    } while (more);
    mixing_free(mixing);
    assert_true(steps > 1);
    assert_int_equal(lying(temp), 0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM submission"), 40000);
}

/* What is beside them is not: it would tell which few came meanwhile. */
static void submissions_are_settled_while_codes_wait_for_more(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, K);
    answer_many(temp, slips, K - 1);
    answer_many(temp, NULL, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(lying(temp), 0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment_arrival"), K);
    assert_int_equal(mixed(temp), -1);
    answer_many(temp, slips + K - 1, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), K);
    assert_int_equal(lying(temp), 0);
    check_holds(temp);
    free(slips);
}

/* As if somebody had copied a row into the place where it will stay. */
static void codes_are_mixed_beside_a_row_that_cannot_be_settled(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, K);
    answer_many(temp, slips, K);
    run_script(temp, "INSERT INTO submission SELECT id, programme, wave, centre, channel,"
                     " mode, plan_version, period, answers, import, late, digest, flags"
                     " FROM submission_arrival WHERE place = 1");
    struct mixing *mixing = mixing_new(temp->store, temp->plans);
    assert_int_equal(mix_all(mixing, TEMP_STORE_TODAY), STATUS_CONFLICT);
    assert_int_equal(mixed(temp), K);
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment_arrival"), 0);
    assert_int_equal(lying(temp), K);

    /* Told each time, until it is mended. */
    assert_int_equal(mix_all(mixing, TEMP_STORE_TODAY), STATUS_CONFLICT);
    run_script(temp, "DELETE FROM submission");
    assert_int_equal(mix_all(mixing, TEMP_STORE_TODAY), STATUS_OK);
    assert_int_equal(lying(temp), 0);
    check_holds(temp);
    mixing_free(mixing);
    free(slips);
}

static void codes_of_tablets_are_mixed_like_slips(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[K];
    struct turn turn = {.slot = 29510160};
    assert_int_equal(
        screens_number(temp->store, TEXT("visits"), TEXT("north"), &turn.screen),
        STATUS_OK);
    for (turn.number = 0; turn.number < K; turn.number++)
        codes[turn.number] = rotating_code(store_key(temp->store), &turn);
    answer_many(temp, codes, K - 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed_rotating(temp), -1);
    answer_many(temp, codes + K - 1, 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed_rotating(temp), K);
    assert_int_equal(mixed(temp), 0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM rotating_spent"), K);
    check_holds(temp);
}

static void slips_and_codes_of_tablets_are_counted_together(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, K);
    run_script(temp, "INSERT INTO rotating_spent VALUES (randomblob(16), 20493)");
    answer_many(temp, slips, K - 1);
    mix_on(temp, TEMP_STORE_TODAY);
    assert_int_equal(mixed(temp), K - 1);
    assert_int_equal(mixed_rotating(temp), 1);
    free(slips);
}

/* An older program wrote three numbers. */
static void a_mark_from_before_is_understood(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, K);
    answer_many(temp, slips, K);
    assert_int_equal(
        store_set_setting(temp->store, "mixed", TEXT("20493 10 10")), STATUS_OK);
    mix_on(temp, TEMP_STORE_TODAY);
    struct text value;
    assert_int_equal(
        store_get_setting(temp->store, "mixed", temp->arena, &value), STATUS_OK);
    assert_text_equal(value, "20493 10 10"); /* nothing was due */
    free(slips);
}

static void at_a_waves_end_one_code_is_enough(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, 1);
    answer_many(temp, slips, 1);
    mix_on(temp, Q1_CLOSES); /* its last day */
    assert_int_equal(mixed(temp), -1);
    mix_on(temp, Q1_CLOSES + 1);
    assert_int_equal(mixed(temp), 1);
    free(slips);
}

static void rows_stay_what_they_are_over_many_chunks(void **state)
{
    struct temp_store *temp = *state;
    struct code *slips = make_slips(temp, ROWS);
    run_script(temp, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 1500)"
                     " INSERT INTO comment SELECT randomblob(16), 'visits', 'q1',"
                     " 'north', i % 6, 'comment', hex(randomblob(1 + i % 700)), 0,"
                     " i % 2"
                     " FROM n;"
                     "INSERT INTO comment_count VALUES ('visits', 'q1', 1, 750)");
    run_script(temp, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 1500)"
                     " INSERT INTO rotating_spent SELECT randomblob(16), 20493 FROM n");
    answer_many(temp, slips, 3 * K);
    run_script(temp, "CREATE TABLE kept_code AS SELECT * FROM code;"
                     "CREATE TABLE kept_rotating AS SELECT * FROM rotating_spent;"
                     "CREATE TABLE kept_comment AS SELECT * FROM comment"
                     " UNION ALL SELECT id, programme, wave, centre, overall, item,"
                     " text, import, 0 FROM comment_arrival");

    mix_on(temp, TEMP_STORE_TODAY);

    assert_int_equal(mixed(temp), 3 * K);
    assert_int_equal(ask(temp, "SELECT count(*) FROM code"),
        ask(temp, "SELECT count(*) FROM kept_code"));
    assert_int_equal(ask(temp, "SELECT count(*) FROM comment"), ROWS + 3 * K);
    assert_int_equal(
        ask(temp, "SELECT count(*) FROM"
                  " (SELECT * FROM code EXCEPT SELECT * FROM kept_code) AS other"),
        0);
    assert_int_equal(
        ask(temp, "SELECT count(*) FROM"
                  " (SELECT * FROM comment EXCEPT SELECT * FROM kept_comment) AS other"),
        0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM (SELECT * FROM rotating_spent EXCEPT"
                               " SELECT * FROM kept_rotating) AS other"),
        0);
    assert_int_equal(ask(temp, "SELECT count(*) FROM rotating_spent"), ROWS);
    check_holds(temp);
    free(slips);
}

/* A chunk's overlap must be more than a page holds, whatever the table. */
static void no_page_holds_more_rows_than_chunks_overlap(void **state)
{
    enum { OVERLAP = 180 };
    struct temp_store *temp = *state;
    run_script(temp, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 20000)"
                     " INSERT INTO rotating_spent SELECT randomblob(16), 20493 FROM n"
                     " ORDER BY 1");
    int64_t pages = ask(temp, "SELECT count(*) FROM dbstat WHERE name = 'rotating_spent'"
                              " AND pagetype = 'leaf'");
    int64_t most = ask(temp, "SELECT max(ncell) FROM dbstat"
                             " WHERE name = 'rotating_spent' AND pagetype = 'leaf'");
    assert_true(pages > 100);
    assert_in_range(most, 100, OVERLAP - 1);
}

/* ---- the log ---- */

static size_t read_file(
    const struct temp_store *temp, const char *name, unsigned char *bytes, size_t max)
{
    char path[80];
    (void)snprintf(path, sizeof path, "%s/%s", temp->folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, max, file);
    (void)fclose(file);
    return len;
}

static void the_log_is_empty_afterwards_and_nothing_is_remembered_of_it(void **state)
{
    enum { HEADER_BYTES = 136, MAX = 1 << 20 };
    struct temp_store *temp = *state;
    unsigned char *bytes = malloc(MAX);
    answer_many(temp, NULL, K);
    size_t len = read_file(temp, "manyi.db-shm", bytes, MAX);
    int remembered = 0;
    for (size_t i = HEADER_BYTES; i < len; i++)
        remembered += bytes[i] != 0 ? 1 : 0;
    assert_true(remembered > 0);
    assert_true(read_file(temp, "manyi.db-wal", bytes, MAX) > 0);

    mix_on(temp, TEMP_STORE_TODAY);

    assert_int_equal(read_file(temp, "manyi.db-wal", bytes, MAX), 0);
    len = read_file(temp, "manyi.db-shm", bytes, MAX);
    assert_true(len > HEADER_BYTES);
    for (size_t i = HEADER_BYTES; i < len; i++)
        assert_int_equal(bytes[i], 0);
    free(bytes);
    answer_many(temp, NULL, 1); /* and the store goes on */
    check_holds(temp);
}

static void a_reader_holds_the_log_up_and_later_it_is_emptied(void **state)
{
    struct temp_store *temp = *state;
    struct mixing *mixing = mixing_new(temp->store, temp->plans);
    struct sql *reader = store_take_reader(temp->store);
    int64_t count = 0;
    bool more = true;
    answer_many(temp, NULL, K);
    assert_int_equal(sql_begin_read(reader), STATUS_OK);
    assert_int_equal(
        sql_ask_number(reader, "SELECT count(*) FROM comment", &count), STATUS_OK);
    assert_int_equal(mixing_step(mixing, TEMP_STORE_TODAY, &more), STATUS_BUSY);
    assert_int_equal(mixed(temp), 0); /* the rows are done, and not done again */
    answer_many(temp, NULL, 1);       /* nobody else is held up */

    sql_rollback(reader);
    store_give_reader(temp->store, reader);
    assert_int_equal(mixing_step(mixing, TEMP_STORE_TODAY, &more), STATUS_OK);
    assert_false(more);
    mixing_free(mixing);
}

/* ---- beside a busy intake ---- */

struct load {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    atomic_int answered;
};

static void *answer_on(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        answer(load->temp, load->intake, NULL);
        atomic_fetch_add(&load->answered, 1);
    }
    return NULL;
}

static void answers_go_on_while_rows_are_mixed(void **state)
{
    enum { THREADS = 8 };
    struct temp_store *temp = *state;
    struct load load = {.temp = temp};
    pthread_t threads[THREADS];
    struct code *slips = make_slips(temp, ROWS);
    answer_many(temp, slips, K);
    assert_int_equal(intake_open(temp->store, &load.intake), STATUS_OK);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, answer_on, &load), 0);
    while (atomic_load(&load.answered) < 200)
        continue;
    int before = atomic_load(&load.answered);
    mix_on(temp, TEMP_STORE_TODAY);
    int during = atomic_load(&load.answered) - before;
    atomic_store(&load.is_over, true);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    intake_close(load.intake);

    assert_true(during > 0);
    assert_int_equal(mixed(temp), K);
    check_holds(temp);
    free(slips);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(fewer_than_k_codes_wait_and_k_are_mixed),
        STORE_TEST(the_next_mixing_waits_for_k_more),
        STORE_TEST(comments_of_posters_are_mixed_without_codes),
        STORE_TEST(after_it_no_comment_lies_where_it_came),
        STORE_TEST(codes_of_tablets_are_mixed_like_slips),
        STORE_TEST(slips_and_codes_of_tablets_are_counted_together),
        STORE_TEST(at_a_waves_end_one_code_is_enough),
        STORE_TEST(rows_stay_what_they_are_over_many_chunks),
        STORE_TEST(answers_go_on_while_rows_are_mixed),
    };
    /* SQLite's own: its log, its pages, the marks of older programs. */
    const struct CMUnitTest files[] = {
        STORE_TEST(a_mark_from_before_is_understood),
        STORE_TEST(submissions_are_settled_however_few),
        STORE_TEST(more_submissions_than_a_step_settles_are_settled_in_several),
        STORE_TEST(submissions_are_settled_while_codes_wait_for_more),
        STORE_TEST(codes_are_mixed_beside_a_row_that_cannot_be_settled),
        STORE_TEST(no_page_holds_more_rows_than_chunks_overlap),
        STORE_TEST(the_log_is_empty_afterwards_and_nothing_is_remembered_of_it),
        STORE_TEST(a_reader_holds_the_log_up_and_later_it_is_emptied),
    };
    int failed = cmocka_run_group_tests(cases, NULL, NULL);
    return temp_store_is_cluster() ? failed
                                   : failed + cmocka_run_group_tests(files, NULL, NULL);
}
