/* test_screens.c: screens keep their numbers, and a code that was shown is spent once. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/screens.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SLOT = 29510160, CROWD = 16 };

static uint32_t number_of(struct temp_store *temp, const char *programme, const char *at)
{
    uint32_t number = 0;
    assert_int_equal(
        screens_number(temp->store, text_of(programme), text_of(at), &number), STATUS_OK);
    return number;
}

static struct code code_of(struct temp_store *temp, const char *programme, uint32_t nth)
{
    struct turn turn = {number_of(temp, programme, "north"), SLOT, nth};
    return rotating_code(store_key(temp->store), &turn);
}

static struct code_grant find(struct temp_store *temp, struct code code)
{
    struct code_grant grant;
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    return grant;
}

static void each_programme_at_each_centre_has_a_number_of_its_own(void **state)
{
    struct temp_store *temp = *state;
    uint32_t numbers[] = {number_of(temp, "visits", "north"),
        number_of(temp, "visits", "south"), number_of(temp, "courses", "north"),
        number_of(temp, "", "north"), number_of(temp, "", "south")};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(numbers[i], numbers[k]);
    uint32_t none = 0;
    assert_int_equal(screens_number(temp->store, TEXT("courses"), TEXT("south"), &none),
        STATUS_NOT_FOUND);
}

/* A code that is on a screen while the plan is changed goes on. */
static void numbers_outlive_new_plans(void **state)
{
    struct temp_store *temp = *state;
    uint32_t before = number_of(temp, "visits", "south");
    int64_t version = 0;
    bool is_new = false;
    struct text yaml = text_format(temp->arena, "%s# a remark\n", temp_store_plan);
    assert_int_equal(plans_apply(temp->store, temp->arena, yaml, TEMP_STORE_TODAY,
                         &temp->problems, &version, &is_new),
        STATUS_OK);
    assert_true(is_new);
    assert_int_equal(number_of(temp, "visits", "south"), before);
    assert_true(temp_store_reopen(temp));
    assert_int_equal(number_of(temp, "visits", "south"), before);
}

static void a_code_opens_what_its_screen_shows(void **state)
{
    struct temp_store *temp = *state;
    struct code_grant grant = find(temp, code_of(temp, "visits", 3));
    assert_text_equal(grant.programme, "visits");
    assert_text_equal(grant.centre, "north");
    assert_int_equal(grant.channel, CHANNEL_KIOSK);
    assert_true(grant.is_rotating);
    assert_false(grant.is_open);
    assert_int_equal(grant.state, CODE_FRESH);
    assert_int_equal(grant.turn.slot, SLOT);
    assert_int_equal(grant.turn.number, 3);
    assert_int_equal(grant.centre_screen, number_of(temp, "", "north"));
    assert_int_equal(find(temp, code_of(temp, "", 3)).programme.len, 0);
}

static void a_screen_that_is_none_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct turn turn = {ROTATING_SCREEN_MAX, SLOT, 0};
    struct code_grant grant;
    struct code code = rotating_code(store_key(temp->store), &turn);
    assert_int_equal(
        codes_find(temp->store, &code, temp->arena, &grant), STATUS_NOT_FOUND);
}

/* ---- once ---- */

struct crowd {
    struct temp_store *temp;
    struct intake *intake;
    struct code_grant grant;
    atomic_int stored;
    atomic_int spent;
};

static void *answer(void *context)
{
    struct crowd *crowd = context;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(crowd->temp, "430", &submission);
    submission.channel = CHANNEL_KIOSK;
    struct intake_entry entry = {.submission = &submission,
        .questionnaire = crowd->temp->questionnaire,
        .grant = &crowd->grant};
    if (intake_submit(crowd->intake, &entry, &outcome) != STATUS_OK)
        return NULL;
    atomic_fetch_add(outcome == INTAKE_STORED ? &crowd->stored : &crowd->spent, 1);
    return NULL;
}

static void of_many_phones_with_one_code_one_wins(void **state)
{
    struct temp_store *temp = *state;
    struct crowd crowd = {.temp = temp, .grant = find(temp, code_of(temp, "visits", 1))};
    pthread_t threads[CROWD];
    int64_t rows = 0;
    assert_int_equal(intake_open(temp->store, &crowd.intake), STATUS_OK);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, answer, &crowd), 0);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    intake_close(crowd.intake);

    assert_int_equal(atomic_load(&crowd.stored), 1);
    assert_int_equal(atomic_load(&crowd.spent), CROWD - 1);
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(
        sql_ask_number(sql, "SELECT COUNT(*) FROM " EVERY_SUBMISSION, &rows), STATUS_OK);
    assert_int_equal(rows, 1);
    assert_int_equal(
        sql_ask_number(sql, "SELECT COUNT(*) FROM rotating_spent", &rows), STATUS_OK);
    assert_int_equal(rows, 1);
    store_give_reader(temp->store, sql);
    assert_int_equal(find(temp, code_of(temp, "visits", 1)).state, CODE_SPENT);
    assert_int_equal(find(temp, code_of(temp, "visits", 2)).state, CODE_FRESH);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(each_programme_at_each_centre_has_a_number_of_its_own),
        STORE_TEST(numbers_outlive_new_plans),
        STORE_TEST(a_code_opens_what_its_screen_shows),
        STORE_TEST(a_screen_that_is_none_is_not_found),
        STORE_TEST(of_many_phones_with_one_code_one_wins),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
