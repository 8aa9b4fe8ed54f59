/* test_codes.c: batches of one-time codes. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/sql.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <stdlib.h>
#include <string.h>

static struct codes_order order_of(size_t count)
{
    return (struct codes_order){.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .count = count,
        .today = TEMP_STORE_TODAY};
}

static int64_t asked(struct temp_store *temp, const char *wave)
{
    int64_t count = -7;
    assert_int_equal(
        codes_asked(temp->store, TEXT("visits"), text_of(wave), &count), STATUS_OK);
    return count;
}

static void a_made_code_is_found_with_all_it_was_made_for(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[3];
    int64_t batch = 0;
    struct codes_order order = order_of(3);
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    assert_int_equal(batch, 1);
    for (size_t i = 0; i < 3; i++) {
        struct code_grant grant;
        struct code again;
        assert_int_equal(code_parse(text_of(codes[i].letters), &again), STATUS_OK);
        assert_int_equal(codes_find(temp->store, &again, temp->arena, &grant), STATUS_OK);
        assert_text_equal(grant.programme, "visits");
        assert_text_equal(grant.wave, "q1");
        assert_text_equal(grant.centre, "north");
        assert_int_equal(grant.channel, CHANNEL_SLIP);
        assert_false(grant.is_open);
        assert_int_equal(grant.state, CODE_FRESH);
        struct code_hash hash = code_hash(store_key(temp->store), &again);
        assert_memory_equal(grant.hash.bytes, hash.bytes, CODE_HASH_BYTES);
    }
}

static void a_code_that_was_never_made_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct code code = code_make((const unsigned char[CODE_RANDOM_BYTES]){1, 2, 3});
    struct code_grant grant;
    assert_int_equal(
        codes_find(temp->store, &code, temp->arena, &grant), STATUS_NOT_FOUND);
}

static void another_stores_codes_are_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    int64_t batch;
    struct codes_order order = order_of(1);
    void *other = NULL;
    assert_int_equal(temp_store_set_up(&other), 0);
    struct temp_store *foreign = other;
    assert_int_equal(codes_make(foreign->store, &order, &code, &batch), STATUS_OK);
    struct code_grant grant;
    assert_int_equal(
        codes_find(temp->store, &code, temp->arena, &grant), STATUS_NOT_FOUND);
    assert_int_equal(temp_store_tear_down(&other), 0);
}

static void a_batch_holds_at_least_one_and_at_most_the_limit(void **state)
{
    struct temp_store *temp = *state;
    int64_t batch = -7;
    struct code *codes = calloc(CODES_BATCH_MAX + 1, sizeof *codes);
    struct codes_order none = order_of(0);
    struct codes_order most = order_of(CODES_BATCH_MAX);
    struct codes_order more = order_of(CODES_BATCH_MAX + 1);

    assert_int_equal(codes_make(temp->store, &none, codes, &batch), STATUS_INVALID);
    assert_int_equal(codes_make(temp->store, &more, codes, &batch), STATUS_TOO_LARGE);
    assert_int_equal(batch, -7);
    assert_int_equal(codes_make(temp->store, &most, codes, &batch), STATUS_OK);

    assert_int_equal(asked(temp, "q1"), CODES_BATCH_MAX);
    assert_int_equal(strlen(codes[CODES_BATCH_MAX - 1].letters), CODE_LETTERS);
    free(codes);
}

static void what_was_asked_counts_made_less_voided_and_knows_none_from_zero(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[5];
    int64_t first;
    int64_t second;
    int64_t voided;
    struct codes_order order = order_of(5);
    struct codes_order two = order_of(2);
    assert_int_equal(asked(temp, "q1"), -1);
    assert_int_equal(codes_make(temp->store, &order, codes, &first), STATUS_OK);
    assert_int_equal(codes_make(temp->store, &two, codes, &second), STATUS_OK);
    assert_int_not_equal(first, second);
    assert_int_equal(asked(temp, "q1"), 7);
    assert_int_equal(asked(temp, "q2"), -1);
    assert_int_equal(
        codes_void(temp->store, first, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(voided, 5);
    assert_int_equal(asked(temp, "q1"), 2);
    assert_int_equal(
        codes_void(temp->store, second, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(asked(temp, "q1"), 0);
}

static void voiding_takes_what_is_unspent_and_leaves_the_rest(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[3];
    int64_t batch;
    int64_t voided = -7;
    struct codes_order order = order_of(3);
    assert_int_equal(codes_make(temp->store, &order, codes, &batch), STATUS_OK);
    struct code_hash hash = code_hash(store_key(temp->store), &codes[1]);
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    struct sql_statement *spend = sql_use(sql, SQL_CODE_SPEND);
    sql_bind_bytes(spend, 1, hash.bytes, sizeof hash.bytes);
    assert_int_equal(store_end(temp->store, sql, sql_run(spend)), STATUS_OK);

    assert_int_equal(
        codes_void(temp->store, batch, TEXT("wrong address"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);

    static const enum code_state expected[] = {CODE_VOID, CODE_SPENT, CODE_VOID};
    assert_int_equal(voided, 2);
    for (size_t i = 0; i < 3; i++) {
        struct code_grant grant;
        assert_int_equal(
            codes_find(temp->store, &codes[i], temp->arena, &grant), STATUS_OK);
        assert_int_equal(grant.state, expected[i]);
    }
}

static void a_batch_is_voided_once_and_only_if_it_is_there(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    int64_t batch;
    int64_t voided = -7;
    struct codes_order order = order_of(1);
    assert_int_equal(codes_void(temp->store, 1, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_NOT_FOUND);
    assert_int_equal(voided, -7);
    assert_int_equal(codes_make(temp->store, &order, &code, &batch), STATUS_OK);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    voided = -7;
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("again"), TEMP_STORE_TODAY, &voided),
        STATUS_CONFLICT);
    assert_int_equal(voided, -7);
}

static void a_batch_for_no_centre_in_particular_is_fine(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    struct code_grant grant;
    int64_t batch;
    struct codes_order order = order_of(1);
    order.centre = (struct text){0};
    order.channel = CHANNEL_LINK;
    assert_int_equal(codes_make(temp->store, &order, &code, &batch), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    assert_int_equal(grant.centre.len, 0);
    assert_int_equal(grant.channel, CHANNEL_LINK);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_made_code_is_found_with_all_it_was_made_for),
        STORE_TEST(a_code_that_was_never_made_is_not_found),
        STORE_TEST(another_stores_codes_are_not_found),
        STORE_TEST(a_batch_holds_at_least_one_and_at_most_the_limit),
        STORE_TEST(what_was_asked_counts_made_less_voided_and_knows_none_from_zero),
        STORE_TEST(voiding_takes_what_is_unspent_and_leaves_the_rest),
        STORE_TEST(a_batch_is_voided_once_and_only_if_it_is_there),
        STORE_TEST(a_batch_for_no_centre_in_particular_is_fine),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
