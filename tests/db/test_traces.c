/* test_traces.c: what a store's files must not tell: the time of an answer, the letters
   of a code. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CODES = 20, FILE_BYTES_MAX = 32 << 20 };

static const char *const files[] = {"manyi.db", "manyi.db-wal", "manyi.db-shm", "key"};

static bool holds(const unsigned char *content, size_t len, struct text bytes)
{
    for (size_t at = 0; at + bytes.len <= len; at++)
        if (memcmp(content + at, bytes.ptr, bytes.len) == 0)
            return true;
    return false;
}

/* True if some file of the store holds the bytes. */
static bool store_holds(const struct temp_store *temp, struct text bytes)
{
    unsigned char *content = malloc(FILE_BYTES_MAX);
    bool found = false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[80];
        (void)snprintf(path, sizeof path, "%s/%s", temp->folder, files[i]);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            continue;
        size_t len = fread(content, 1, FILE_BYTES_MAX, file);
        (void)fclose(file);
        found = found || holds(content, len, bytes);
    }
    free(content);
    return found;
}

static void make_codes(struct temp_store *temp, struct code codes[CODES])
{
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = CODES,
        .today = TEMP_STORE_TODAY};
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
}

static void spend(struct temp_store *temp, struct intake *intake, const struct code *code)
{
    struct submission submission;
    struct code_grant grant;
    enum intake_outcome outcome;
    struct comment comment = {TEXT("comment"), TEXT("很好")};
    assert_int_equal(codes_find(temp->store, code, temp->arena, &grant), STATUS_OK);
    temp_store_submission(temp, "430", &submission);
    submission.channel = CHANNEL_SLIP;
    submission.comments = &comment;
    submission.comment_count = 1;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
}

/* Codes made, half of them spent; files as they are while serving, the log included. */
static void fill(struct temp_store *temp, struct code codes[CODES])
{
    struct intake *intake = NULL;
    make_codes(temp, codes);
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    for (size_t i = 0; i < CODES / 2; i++)
        spend(temp, intake, &codes[i]);
    intake_close(intake);
}

static void no_file_holds_the_letters_of_a_code(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[CODES];
    struct code poster;
    fill(temp, codes);
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &poster), STATUS_OK);

    for (size_t i = 0; i < CODES; i++)
        assert_false(store_holds(temp, text_of(codes[i].letters)));
    assert_false(store_holds(temp, text_of(poster.letters)));
    assert_true(store_holds(temp, TEXT("visits"))); /* the search finds what is there */
}

static void no_file_holds_the_key_but_its_own(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[CODES];
    char path[80];
    fill(temp, codes);
    (void)snprintf(path, sizeof path, "%s/key", temp->folder);
    struct text key = {(const char *)store_key(temp->store)->bytes, CODE_KEY_BYTES};
    assert_true(store_holds(temp, key));
    assert_int_equal(remove(path), 0);
    assert_false(store_holds(temp, key));
}

/* Seconds and milliseconds since the epoch as SQLite would keep them: numbers big end
   first, or digits. */
static void no_file_holds_a_time_of_day(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[CODES];
    int64_t start = (int64_t)time(NULL);
    fill(temp, codes);
    int64_t end = (int64_t)time(NULL);

    for (int64_t second = start; second <= end; second++) {
        char digits[24];
        char bytes[4];
        (void)snprintf(digits, sizeof digits, "%lld", (long long)second);
        assert_false(store_holds(temp, text_of(digits)));
        for (size_t i = 0; i < 4; i++)
            bytes[i] = (char)((uint64_t)second >> (24 - 8 * i) & 0xff);
        assert_false(store_holds(temp, (struct text){bytes, 4}));
        for (size_t i = 0; i < 4; i++) /* the upper four of six: 65 seconds alike */
            bytes[i] = (char)((uint64_t)second * 1000 >> (40 - 8 * i) & 0xff);
        assert_false(store_holds(temp, (struct text){bytes, 4}));
    }
}

/* Whatever order rows are read in, it is that of random keys: the codes were spent in the
   order of making, and that order is nowhere. */
static void rows_are_not_kept_in_the_order_of_arrival(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[CODES];
    fill(temp, codes);
    struct sql *sql = store_take_reader(temp->store);
    int64_t descents = 0;
    struct code_hash last = code_hash(store_key(temp->store), &codes[0]);
    for (size_t i = 1; i < CODES; i++) {
        struct code_hash hash = code_hash(store_key(temp->store), &codes[i]);
        descents += memcmp(hash.bytes, last.bytes, CODE_HASH_BYTES) < 0 ? 1 : 0;
        last = hash;
    }
    int64_t with_rowid = -1;
    assert_int_equal(sql_ask_number(sql,
                         "SELECT count(*) FROM pragma_table_list WHERE wr = 0 AND name IN"
                         " ('code', 'submission', 'comment', 'tally')",
                         &with_rowid),
        STATUS_OK);
    store_give_reader(temp->store, sql);
    assert_true(descents > 0);
    assert_int_equal(with_rowid, 0);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(no_file_holds_the_letters_of_a_code),
        STORE_TEST(no_file_holds_the_key_but_its_own),
        STORE_TEST(no_file_holds_a_time_of_day),
        STORE_TEST(rows_are_not_kept_in_the_order_of_arrival),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
