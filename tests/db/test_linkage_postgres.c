/* test_linkage_postgres.c: test_linkage.c's attack on what PostgreSQL keeps: the numbers
   of transactions, the order of rows, and every byte of the files of tables and indexes.
   500 people answer with slips, one after another: before the mixing nearly everybody is
   found, after it nobody is but by chance. Needs the server of tests/postgres. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/intake.h"
#include "db/mixing.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/linkage.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 500 };

struct village {
    struct temp_store *temp;
    struct attack *attack;
    struct code slips[PEOPLE];
    unsigned char words[PEOPLE][MARK_BYTES];
};

/* ---- people answer ---- */

static void answer(struct village *village, struct intake *intake, int person)
{
    struct temp_store *temp = village->temp;
    struct submission submission;
    struct code_grant grant;
    enum intake_outcome outcome;
    unsigned char *words = village->words[person];
    assert_int_equal(
        codes_find(temp->store, &village->slips[person], temp->arena, &grant), STATUS_OK);
    temp_store_submission(temp, "430", &submission);
    for (int i = 0; i < MARK_BYTES; i++)
        words[i] =
            (unsigned char)('a' + (submission.id.bytes[15 - i % 10] >> i / 10) % 26);
    struct comment comment = {TEXT("comment"), {(const char *)words, MARK_BYTES}};
    submission.channel = CHANNEL_SLIP;
    submission.comments = &comment;
    submission.comment_count = 1;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
    attack_mark(village->attack, MARK_CODE, person, grant.hash.bytes);
    attack_mark(village->attack, MARK_SUBMISSION, person, submission.id.bytes);
    attack_mark(village->attack, MARK_COMMENT, person, words);
}

static void answer_all(struct village *village)
{
    int64_t batch;
    struct intake *intake = NULL;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = PEOPLE,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(
        codes_make(village->temp->store, &order, village->slips, &batch), STATUS_OK);
    assert_int_equal(intake_open(village->temp->store, &intake), STATUS_OK);
    for (int person = 0; person < PEOPLE; person++)
        answer(village, intake, person);
    intake_close(intake);
}

/* BUSY: some transaction of the server, be it another test's, is from before; the job
   asks again, and a test of that once. */
static enum status mix_with(struct village *village, int tries)
{
    struct mixing *mixing = mixing_new(village->temp->store, village->temp->plans);
    enum status rc = STATUS_BUSY;
    bool more = true;
    for (int i = 0; i < tries && (more || rc == STATUS_BUSY); i++)
        rc = mixing_step(mixing, TEMP_STORE_TODAY, &more);
    mixing_free(mixing);
    return rc;
}

static enum status mix(struct village *village)
{
    return mix_with(village, 100);
}

static int set_up(void **state)
{
    void *temp = NULL;
    struct village *village = calloc(1, sizeof *village);
    *state = village;
    if (village == NULL || temp_store_set_up(&temp) != 0)
        return 1;
    village->temp = temp;
    village->attack = attack_new(PEOPLE);
    answer_all(village);
    return 0;
}

static int tear_down(void **state)
{
    struct village *village = *state;
    void *temp = village->temp;
    attack_free(village->attack);
    free(village);
    return temp_store_tear_down(&temp);
}

/* ---- by what a statement sees ---- */

static int64_t ask(struct village *village, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(village->temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(village->temp->store, sql);
    return number;
}

/* Comments, where they came and where they stay. */
#define COMMENTS "(SELECT xmin FROM comment UNION ALL SELECT xmin FROM comment_arrival)"

/* Rows of two tables that one transaction wrote. */
static int64_t count_joined(struct village *village, const char *one, const char *other)
{
    char query[300];
    (void)snprintf(query, sizeof query,
        "SELECT count(*) FROM %s one JOIN %s other"
        " ON CAST(one.xmin AS text) = CAST(other.xmin AS text)",
        one, other);
    return ask(village, query);
}

static int64_t count_all_joined(struct village *village)
{
    return count_joined(village, "code", "submission") +
           count_joined(village, COMMENTS, "submission") +
           count_joined(village, "code", COMMENTS);
}

/* Rows that lie before one with a smaller key, among those of one transaction. */
static int64_t count_disorder(struct village *village, const char *table, const char *key)
{
    char query[300];
    (void)snprintf(query, sizeof query,
        "SELECT count(*) FROM (SELECT %s AS here, lag(%s) OVER"
        " (PARTITION BY CAST(xmin AS text) ORDER BY ctid) AS before FROM %s) AS row"
        " WHERE before > here",
        key, key, table);
    return ask(village, query);
}

static int64_t count_writers(struct village *village, const char *table)
{
    char query[120];
    (void)snprintf(
        query, sizeof query, "SELECT count(DISTINCT CAST(xmin AS text)) FROM %s", table);
    return ask(village, query);
}

static void transactions_and_places_tell_before_the_mixing_and_not_after(void **state)
{
    struct village *village = *state;
    struct verify_result result = {0};
    assert_int_equal(count_all_joined(village), 3 * PEOPLE);
    assert_int_equal(count_writers(village, "submission"), PEOPLE);

    assert_int_equal(mix(village), STATUS_OK);

    assert_int_equal(count_all_joined(village), 0);
    assert_int_equal(ask(village, "SELECT count(*) FROM comment"), PEOPLE);
    static const char *const tables[][2] = {
        {"code", "hash"}, {"comment", "id"}, {"submission", "id"}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(count_disorder(village, tables[i][0], tables[i][1]), 0);
        assert_true(count_writers(village, tables[i][0]) <= 3);
    }
    assert_int_equal(verify_store(village->temp->store, village->temp->plans,
                         &village->temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.submissions, PEOPLE);
}

/* ---- by every byte of the tables' files ---- */

static FILE *open_relation(struct village *village, const char *relation)
{
    char path[200];
    char query[120];
    (void)snprintf(query, sizeof query, "SELECT pg_relation_filenode('%s')", relation);
    int64_t node = ask(village, query);
    int64_t database = ask(village, "SELECT CAST(oid AS bigint) FROM pg_database"
                                    " WHERE datname = current_database()");
    (void)snprintf(path, sizeof path, "%s/data/base/%lld/%lld",
        getenv("MANYI_TEST_SERVER"), (long long)database, (long long)node);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s can't be read", path);
    return file;
}

enum { PAGE_BYTES = 8192, HEAD_BYTES = 24, LOWER_AT = 12, UPPER_AT = 14 };

static size_t short_at(const unsigned char *page, size_t at)
{
    return (size_t)(page[at] | page[at + 1] << 8);
}

/* A page's rows in the order of their numbers, which is that of their coming; they lie in
   it from the end to the beginning. Then what is free, which may hold older ones. */
static void write_page(const unsigned char *page, FILE *to)
{
    size_t lower = short_at(page, LOWER_AT);
    size_t upper = short_at(page, UPPER_AT);
    for (size_t at = HEAD_BYTES; at + 4 <= lower; at += 4) {
        size_t from = short_at(page, at) & 0x7fff;
        size_t len = short_at(page, at + 2) >> 1;
        if (from >= HEAD_BYTES && from + len <= PAGE_BYTES)
            assert_int_equal(fwrite(page + from, 1, len, to), len);
    }
    if (lower >= HEAD_BYTES && lower < upper && upper <= PAGE_BYTES)
        assert_int_equal(fwrite(page + lower, 1, upper - lower, to), upper - lower);
}

enum { RELATIONS = 4 };

static void gather(
    struct village *village, const char *const relations[RELATIONS], const char *name)
{
    char path[80];
    unsigned char *page = malloc(PAGE_BYTES);
    (void)snprintf(path, sizeof path, "%s/%s", village->temp->folder, name);
    FILE *to = fopen(path, "wb");
    assert_non_null(to);
    for (size_t i = 0; i < RELATIONS; i++) {
        FILE *from = open_relation(village, relations[i]);
        while (fread(page, 1, PAGE_BYTES, from) == PAGE_BYTES)
            write_page(page, to);
        (void)fclose(from);
    }
    assert_int_equal(fclose(to), 0);
    free(page);
}

static struct attack_result attack(struct village *village)
{
    static const char *const heaps[] = {
        "code", "comment", "comment_arrival", "submission"};
    static const char *const indexes[] = {
        "code_next_pkey", "comment_pkey", "comment_arrival_pkey", "submission_pkey"};
    struct attack_result result = {0};
    struct sql *sql = store_take_writer(village->temp->store);
    assert_int_equal(sql_script(sql, "CHECKPOINT"), STATUS_OK);
    store_give_writer(village->temp->store, sql);
    gather(village, heaps, "manyi.db");
    gather(village, indexes, "backup.db");
    attack_run(village->attack, village->temp->folder, &result);
    print_message("%d right of %d tries (chance: up to %d): %s\n", result.most,
        result.tries, result.bound, result.best);
    return result;
}

static void the_files_of_tables_tell_before_the_mixing_and_not_after(void **state)
{
    struct village *village = *state;
    struct attack_result before = attack(village);
    assert_true(before.most > PEOPLE / 2);

    assert_int_equal(mix(village), STATUS_OK);

    struct attack_result after = attack(village);
    assert_true(after.sightings > 3 * PEOPLE);
    assert_true(after.most <= after.bound);
    assert_true(after.order <= after.order_bound);
}

/* ---- what holds it up ---- */

static void whoever_still_looks_at_the_rows_before_is_waited_for(void **state)
{
    struct village *village = *state;
    struct sql *reader = store_take_reader(village->temp->store);
    int64_t count = 0;
    assert_int_equal(sql_begin_read(reader), STATUS_OK);
    assert_int_equal(
        sql_ask_number(reader, "SELECT count(*) FROM code", &count), STATUS_OK);
    assert_int_equal(mix_with(village, 3), STATUS_BUSY);
    sql_rollback(reader);
    store_give_reader(village->temp->store, reader);
    assert_int_equal(mix(village), STATUS_OK);
    assert_int_equal(count_all_joined(village), 0);
}

#define VILLAGE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        VILLAGE_TEST(transactions_and_places_tell_before_the_mixing_and_not_after),
        VILLAGE_TEST(the_files_of_tables_tell_before_the_mixing_and_not_after),
        VILLAGE_TEST(whoever_still_looks_at_the_rows_before_is_waited_for),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
