/* test_nodes.c: several servers of one database. Each is a store of its own here, as in a
   process of its own; what they share is the server of tests/postgres. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/imports.h"
#include "db/intake.h"
#include "db/seals.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NODES = 2, CLIENTS = 8 };

struct node {
    struct store *store;
    struct intake *intake;
};

struct city {
    struct temp_store *temp;
    struct node nodes[NODES];
};

static void open_node(struct city *city, struct node *node)
{
    struct temp_store *temp = city->temp;
    temp->problems.count = 0;
    enum status rc =
        store_open(temp->location, STORE_SERVE, &temp->problems, &node->store);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(intake_open(node->store, &node->intake), STATUS_OK);
}

static void close_node(struct node *node)
{
    intake_close(node->intake);
    store_close(node->store);
    *node = (struct node){0};
}

static int set_up(void **state)
{
    void *temp = NULL;
    struct city *city = calloc(1, sizeof *city);
    *state = city;
    if (city == NULL || temp_store_set_up(&temp) != 0)
        return 1;
    city->temp = temp;
    for (size_t i = 0; i < NODES; i++)
        open_node(city, &city->nodes[i]);
    return 0;
}

static int tear_down(void **state)
{
    struct city *city = *state;
    void *temp = city->temp;
    for (size_t i = 0; i < NODES; i++)
        close_node(&city->nodes[i]);
    free(city);
    return temp_store_tear_down(&temp);
}

static int64_t ask(struct city *city, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(city->temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(city->temp->store, sql);
    return number;
}

/* The locks of a connection are gone a moment after it. */
#define NUMBERS                                                                          \
    "FROM pg_locks WHERE locktype = 'advisory' AND objid > 1000 AND database ="          \
    " (SELECT oid FROM pg_database WHERE datname = current_database())"

static void leave(struct city *city, struct node *node)
{
    enum { TRIES = 1000 };
    int64_t before = ask(city, "SELECT count(*) " NUMBERS);
    close_node(node);
    for (int i = 0; i < TRIES; i++) {
        if (ask(city, "SELECT count(*) " NUMBERS) < before)
            return;
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    fail_msg("%s", "a closed server keeps its number");
}

static void check_holds(struct city *city, int64_t submissions)
{
    struct temp_store *temp = city->temp;
    struct verify_result result = {0};
    temp->problems.count = 0;
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, submissions);
}

/* ---- one after another ---- */

static enum status try_to_submit(const struct city *city, const struct node *node,
    const struct submission *submission, const struct code_grant *grant,
    enum intake_outcome *out)
{
    const struct intake_entry entry = {.submission = submission,
        .questionnaire = city->temp->questionnaire,
        .grant = grant};
    return intake_submit(node->intake, &entry, out);
}

static enum intake_outcome submit(struct city *city, size_t node,
    const struct submission *submission, const struct code_grant *grant)
{
    enum intake_outcome outcome = INTAKE_VOID;
    assert_int_equal(
        try_to_submit(city, &city->nodes[node], submission, grant, &outcome), STATUS_OK);
    return outcome;
}

static void store_one(const struct city *city, const struct node *node)
{
    struct submission submission;
    enum intake_outcome outcome = INTAKE_VOID;
    temp_store_submission(city->temp, "430", &submission);
    assert_int_equal(try_to_submit(city, node, &submission, NULL, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
}

static void make_slips(struct city *city, struct code *codes, size_t count)
{
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = count,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(city->temp->store, &order, codes, &batch), STATUS_OK);
}

static struct code_grant find(struct city *city, const struct code *code)
{
    struct code_grant grant;
    assert_int_equal(
        codes_find(city->temp->store, code, city->temp->arena, &grant), STATUS_OK);
    return grant;
}

static void each_counts_under_a_number_of_its_own(void **state)
{
    struct city *city = *state;
    struct submission submission;
    for (size_t i = 0; i < NODES; i++) {
        temp_store_submission(city->temp, "430", &submission);
        assert_int_equal(submit(city, i, &submission, NULL), INTAKE_STORED);
    }
    assert_int_equal(
        ask(city, "SELECT count(DISTINCT node) FROM tally WHERE node > 0"), NODES);
    assert_int_equal(ask(city, "SELECT count(*) FROM period_set"), NODES);
    check_holds(city, NODES);
}

static void the_same_form_at_the_other_node_is_answered_as_the_first_time(void **state)
{
    struct city *city = *state;
    struct submission submission;
    struct code slip;
    make_slips(city, &slip, 1);
    struct code_grant grant = find(city, &slip);
    temp_store_submission(city->temp, "430", &submission);
    assert_int_equal(submit(city, 0, &submission, &grant), INTAKE_STORED);
    assert_int_equal(submit(city, 1, &submission, &grant), INTAKE_DUPLICATE);
    assert_int_equal(submit(city, 0, &submission, &grant), INTAKE_DUPLICATE);
    temp_store_submission(city->temp, "430", &submission);
    assert_int_equal(submit(city, 1, &submission, &grant), INTAKE_SPENT);
    check_holds(city, 1);
}

static void a_number_is_free_again_when_its_server_is_gone(void **state)
{
    struct city *city = *state;
    struct submission submission;
    leave(city, &city->nodes[0]);
    open_node(city, &city->nodes[0]);
    for (size_t i = 0; i < NODES; i++) {
        temp_store_submission(city->temp, "430", &submission);
        assert_int_equal(submit(city, i, &submission, NULL), INTAKE_STORED);
    }
    assert_int_equal(ask(city, "SELECT max(node) FROM tally"), NODES);
}

/* A server remembers what it has counted (db/counted.h), for as long as the number is its
   own. */
static void it_counts_on_from_the_rows_of_whoever_had_its_number_meanwhile(void **state)
{
    enum { FIRST = 1 }; /* the number of the first server */
    struct city *city = *state;
    struct node other;
    char cut[300];
    store_one(city, &city->nodes[0]);
    (void)snprintf(cut, sizeof cut,
        "SELECT count(pg_terminate_backend(pid, 10000)) " NUMBERS " AND objid = %d",
        1000 + FIRST);
    assert_int_equal(ask(city, cut), 1);

    open_node(city, &other);
    store_one(city, &other);
    assert_int_equal(ask(city, "SELECT count(DISTINCT node) FROM tally"), FIRST);
    leave(city, &other);

    store_one(city, &city->nodes[0]);
    assert_int_equal(ask(city, "SELECT max(node) FROM tally"), FIRST);
    check_holds(city, 3);
}

static void what_could_not_be_kept_is_not_counted_later(void **state)
{
    struct city *city = *state;
    struct submission submission;
    enum intake_outcome outcome = INTAKE_VOID;
    struct comment empty = {.item = TEXT("comment"), .text = TEXT("")};
    store_one(city, &city->nodes[0]);

    temp_store_submission(city->temp, "430", &submission);
    submission.comments = &empty; /* no table takes it; told by the commit */
    submission.comment_count = 1;
    assert_int_equal(try_to_submit(city, &city->nodes[0], &submission, NULL, &outcome),
        STATUS_INTERNAL);

    store_one(city, &city->nodes[0]);
    check_holds(city, 2);
}

static void a_seal_that_another_made_is_seen_by_the_next_answer(void **state)
{
    struct city *city = *state;
    size_t made = 0;
    store_one(city, &city->nodes[0]);
    assert_int_equal(
        seals_make(city->temp->store, city->temp->plans, TEMP_STORE_TODAY + 90, &made),
        STATUS_OK);
    assert_int_equal(made, 1);

    store_one(city, &city->nodes[0]);

    assert_int_equal(ask(city, "SELECT count(*) FROM submission WHERE late = 1"), 1);
    check_holds(city, 2);
}

static void one_leads_and_the_next_when_it_is_gone(void **state)
{
    struct city *city = *state;
    assert_true(store_leads(city->nodes[0].store));
    assert_true(store_leads(city->nodes[0].store));
    assert_false(store_leads(city->nodes[1].store));
    leave(city, &city->nodes[0]);
    assert_true(store_leads(city->nodes[1].store));
    open_node(city, &city->nodes[0]);
    assert_false(store_leads(city->nodes[0].store));
}

static void a_command_leaves_the_tables_of_older_servers_alone(void **state)
{
    struct city *city = *state;
    struct temp_store *temp = city->temp;
    struct store *store = NULL;
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(
        sql_script(sql, "UPDATE schema_version SET version = version - 1"), STATUS_OK);
    store_give_writer(temp->store, sql);
    temp->problems.count = 0;
    assert_int_equal(store_open(temp->location, STORE_CHANGE, &temp->problems, &store),
        STATUS_CONFLICT);
    assert_non_null(strstr(temp->problems.list[0].message, "older"));
}

/* ---- at once ---- */

enum { FORMS = 60 };

struct crowd {
    struct city *city;
    struct submission forms[FORMS]; /* each is sent by all clients */
    struct code_grant grants[FORMS];
    atomic_int stored;
    atomic_int duplicates;
    atomic_int spent;
    bool with_own_ids; /* each client fills the slip in anew */
};

struct client {
    struct crowd *crowd;
    size_t number;
    pthread_t thread;
};

static void *send_all(void *context)
{
    const struct client *client = context;
    struct crowd *crowd = client->crowd;
    for (size_t i = 0; i < FORMS; i++) {
        /* Each from another side, so that batches hold the same in another order. */
        size_t at = client->number % 2 == 0 ? i : FORMS - 1 - i;
        struct submission submission = crowd->forms[at];
        if (crowd->with_own_ids)
            submission.id.bytes[15] = (unsigned char)(client->number + 1);
        switch (submit(
            crowd->city, client->number % NODES, &submission, &crowd->grants[at])) {
        case INTAKE_STORED:
            atomic_fetch_add(&crowd->stored, 1);
            break;
        case INTAKE_DUPLICATE:
            atomic_fetch_add(&crowd->duplicates, 1);
            break;
        case INTAKE_SPENT:
            atomic_fetch_add(&crowd->spent, 1);
            break;
        case INTAKE_VOID:
            break;
        }
    }
    return NULL;
}

static void send_by_all(struct crowd *crowd)
{
    struct client clients[CLIENTS];
    for (size_t i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.crowd = crowd, .number = i};
        assert_int_equal(
            pthread_create(&clients[i].thread, NULL, send_all, &clients[i]), 0);
    }
    for (size_t i = 0; i < CLIENTS; i++)
        (void)pthread_join(clients[i].thread, NULL);
}

static struct crowd *make_crowd(struct city *city)
{
    struct code slips[FORMS];
    struct crowd *crowd = calloc(1, sizeof *crowd);
    crowd->city = city;
    make_slips(city, slips, FORMS);
    for (size_t i = 0; i < FORMS; i++) {
        temp_store_submission(city->temp, "430", &crowd->forms[i]);
        crowd->grants[i] = find(city, &slips[i]);
    }
    return crowd;
}

static void forms_sent_to_both_at_once_count_once_and_are_never_told_spent(void **state)
{
    struct city *city = *state;
    struct crowd *crowd = make_crowd(city);
    send_by_all(crowd);
    assert_int_equal(crowd->stored, FORMS);
    assert_int_equal(crowd->duplicates, FORMS * (CLIENTS - 1));
    assert_int_equal(crowd->spent, 0);
    check_holds(city, FORMS);
    assert_int_equal(ask(city, "SELECT count(*) FROM code WHERE state = 1"), FORMS);
    free(crowd);
}

static void of_many_with_one_slip_at_both_one_wins(void **state)
{
    struct city *city = *state;
    struct crowd *crowd = make_crowd(city);
    crowd->with_own_ids = true;
    send_by_all(crowd);
    assert_int_equal(crowd->stored, FORMS);
    assert_int_equal(crowd->spent, FORMS * (CLIENTS - 1));
    assert_int_equal(crowd->duplicates, 0);
    check_holds(city, FORMS);
    assert_int_equal(ask(city, "SELECT count(*) FROM code WHERE state = 1"), FORMS);
    free(crowd);
}

/* One id under two slips, sent to both: one slip must stay unspent. */
static void the_slip_of_a_form_that_was_a_duplicate_stays_unspent(void **state)
{
    struct city *city = *state;
    struct crowd *crowd = make_crowd(city);
    for (size_t i = 0; i < FORMS; i += 2)
        crowd->forms[i + 1].id = crowd->forms[i].id;
    send_by_all(crowd);
    assert_int_equal(crowd->stored, FORMS / 2);
    assert_int_equal(crowd->spent, 0);
    check_holds(city, FORMS / 2);
    assert_int_equal(ask(city, "SELECT count(*) FROM code WHERE state = 1"), FORMS / 2);
    free(crowd);
}

/* ---- beside those who write alone ---- */

struct load {
    struct city *city;
    size_t node;
    pthread_t thread;
    atomic_bool is_over;
    int64_t stored;
};

static void *answer(void *context)
{
    struct load *load = context;
    while (!atomic_load(&load->is_over)) {
        struct submission submission;
        temp_store_submission(load->city->temp, "430", &submission);
        assert_int_equal(
            submit(load->city, load->node, &submission, NULL), INTAKE_STORED);
        load->stored++;
    }
    return NULL;
}

static int64_t with_load(struct city *city, void (*work)(struct city *city))
{
    struct load loads[2 * NODES];
    int64_t stored = 0;
    for (size_t i = 0; i < 2 * NODES; i++) {
        loads[i] = (struct load){.city = city, .node = i % NODES};
        assert_int_equal(pthread_create(&loads[i].thread, NULL, answer, &loads[i]), 0);
    }
    work(city);
    for (size_t i = 0; i < 2 * NODES; i++)
        atomic_store(&loads[i].is_over, true);
    for (size_t i = 0; i < 2 * NODES; i++) {
        (void)pthread_join(loads[i].thread, NULL);
        stored += loads[i].stored;
    }
    return stored;
}

static void import_and_withdraw(struct city *city)
{
    enum { ROWS = 100 };
    static struct submission rows[ROWS];
    struct intake_entry entries[ROWS];
    struct temp_store *temp = city->temp;
    struct import_counts counts = {0};
    const struct import_file file = {
        .digest = {{1}}, .row_count = ROWS, .today = TEMP_STORE_TODAY};
    int64_t id = 0;
    int64_t withdrawn = 0;
    for (size_t i = 0; i < ROWS; i++) {
        temp_store_submission(temp, "530", &rows[i]);
        entries[i] = (struct intake_entry){
            .submission = &rows[i], .questionnaire = temp->questionnaire};
    }
    assert_int_equal(import_begin(temp->store, &file, &id), STATUS_OK);
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, entries, ROWS, &counts),
        STATUS_OK);
    assert_int_equal(counts.stored, ROWS);
    assert_int_equal(import_withdraw(temp->store, temp->plans, id, TEXT("wrong"),
                         TEMP_STORE_TODAY, &withdrawn),
        STATUS_OK);
    assert_int_equal(withdrawn, ROWS);
}

static void an_import_goes_in_and_out_beside_both(void **state)
{
    struct city *city = *state;
    check_holds(city, with_load(city, import_and_withdraw));
}

/* Rows of a period that is sealed this moment are either in its seal or late. */
static void seal_again_and_again(struct city *city)
{
    size_t made = 0;
    size_t sealed = 0;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(seals_make(city->temp->store, city->temp->plans,
                             TEMP_STORE_TODAY + 90, &made),
            STATUS_OK);
        sealed += made;
        (void)nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    assert_true(sealed > 1);
}

static void a_seal_has_what_both_stored_before_it(void **state)
{
    struct city *city = *state;
    check_holds(city, with_load(city, seal_again_and_again));
}

#define CITY_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CITY_TEST(each_counts_under_a_number_of_its_own),
        CITY_TEST(the_same_form_at_the_other_node_is_answered_as_the_first_time),
        CITY_TEST(a_number_is_free_again_when_its_server_is_gone),
        CITY_TEST(it_counts_on_from_the_rows_of_whoever_had_its_number_meanwhile),
        CITY_TEST(what_could_not_be_kept_is_not_counted_later),
        CITY_TEST(a_seal_that_another_made_is_seen_by_the_next_answer),
        CITY_TEST(one_leads_and_the_next_when_it_is_gone),
        CITY_TEST(a_command_leaves_the_tables_of_older_servers_alone),
        CITY_TEST(forms_sent_to_both_at_once_count_once_and_are_never_told_spent),
        CITY_TEST(of_many_with_one_slip_at_both_one_wins),
        CITY_TEST(the_slip_of_a_form_that_was_a_duplicate_stays_unspent),
        CITY_TEST(an_import_goes_in_and_out_beside_both),
        CITY_TEST(a_seal_has_what_both_stored_before_it),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
