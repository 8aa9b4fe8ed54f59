/* temp_intake.c: an intake to submit to, and its store counted again. */
#include "tests/support/temp_intake.h"

#include "tests/support/test.h"

#include "db/sql.h"
#include "db/verify.h"

struct intake *open_intake(struct temp_store *temp)
{
    struct intake *intake = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    return intake;
}

struct code_grant make_code(struct temp_store *temp, int64_t *out_batch)
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

int64_t count_in(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

void check_rows_and_tallies(struct temp_store *temp, int64_t expected)
{
    struct verify_result result = {0};
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    for (size_t i = 0; i < temp->problems.count; i++)
        print_error("%s\n", temp->problems.list[i].message);
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(result.submissions, expected);
}
