/* test_batches.c: prints for trying, lists of batches, hand-outs, and posters that get a
   new code. */
#include "tests/support/test.h"

#include "db/batches.h"
#include "db/codes.h"
#include "db/intake.h"
#include "db/posters.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

static struct codes_order order_of(size_t count)
{
    return (struct codes_order){.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .count = count,
        .today = TEMP_STORE_TODAY};
}

static int64_t make(
    struct temp_store *temp, const struct codes_order *order, struct code *codes)
{
    int64_t batch = 0;
    assert_int_equal(codes_make(temp->store, order, codes, &batch), STATUS_OK);
    return batch;
}

static int64_t asked(struct temp_store *temp)
{
    int64_t count = -7;
    assert_int_equal(
        codes_asked(temp->store, TEXT("visits"), TEXT("q1"), &count), STATUS_OK);
    return count;
}

static struct code_grant grant_of(struct temp_store *temp, const struct code *code)
{
    struct code_grant grant;
    assert_int_equal(codes_find(temp->store, code, temp->arena, &grant), STATUS_OK);
    return grant;
}

static enum admission admission_of(struct temp_store *temp, const struct code *code)
{
    struct code_grant grant = grant_of(temp, code);
    struct admitted admitted;
    return admission_decide(temp->version->plan, &grant, TEMP_STORE_TODAY, &admitted);
}

/* ---- prints for trying ---- */

static void a_test_print_opens_nothing_and_says_what_it_is(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[2];
    struct codes_order order = order_of(2);
    order.is_test = true;
    (void)make(temp, &order, codes);

    assert_int_equal(admission_of(temp, &codes[0]), ADMISSION_TEST);
    assert_true(grant_of(temp, &codes[1]).is_test);
}

static void a_code_of_a_test_print_is_never_spent_even_if_it_gets_to_the_intake(
    void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    struct intake *intake = NULL;
    struct submission submission;
    enum intake_outcome outcome;
    struct codes_order order = order_of(1);
    order.is_test = true;
    (void)make(temp, &order, &code);
    struct code_grant grant = grant_of(temp, &code);
    grant.state = CODE_FRESH;
    temp_store_submission(temp, "55-", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);

    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);

    assert_int_equal(outcome, INTAKE_VOID);
    intake_close(intake);
}

static void a_test_print_is_asked_of_nobody_and_stands_in_no_list(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[24];
    struct batch_record *list = NULL;
    size_t count = 9;
    struct codes_order order = order_of(24);
    order.is_test = true;
    (void)make(temp, &order, codes);

    assert_int_equal(asked(temp), -1);
    assert_int_equal(
        batches_list(temp->store, temp->arena, TEXT("visits"), TEXT("q1"), &list, &count),
        STATUS_OK);
    assert_int_equal(count, 0);
}

static void a_real_code_taken_back_is_no_test(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    int64_t voided;
    struct codes_order order = order_of(1);
    int64_t batch = make(temp, &order, &code);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);

    assert_int_equal(admission_of(temp, &code), ADMISSION_VOID);
}

/* ---- lists ---- */

static void batches_are_listed_newest_first_with_what_became_of_them(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[40];
    struct batch_record *list = NULL;
    size_t count = 0;
    int64_t voided;
    struct codes_order first = order_of(3);
    struct codes_order second = order_of(40);
    second.centre = TEXT("");
    int64_t batch = make(temp, &first, codes);
    (void)make(temp, &second, codes);
    assert_int_equal(
        codes_void(temp->store, batch, TEXT("a box was lost"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);

    assert_int_equal(
        batches_list(temp->store, temp->arena, TEXT("visits"), TEXT("q1"), &list, &count),
        STATUS_OK);

    assert_int_equal(count, 2);
    assert_int_equal(list[0].count, 40);
    assert_int_equal(list[0].centre.len, 0);
    assert_false(list[0].is_voided);
    assert_int_equal(list[0].made_on, TEMP_STORE_TODAY);
    assert_int_equal(list[0].made_by.len, 0);
    assert_int_equal(list[1].id, batch);
    assert_text_equal(list[1].centre, "north");
    assert_true(list[1].is_voided);
    assert_int_equal(list[1].voided, 3);
    assert_text_equal(list[1].reason, "a box was lost");
}

static void a_list_longer_than_it_began_is_whole(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    struct batch_record *list = NULL;
    size_t count = 0;
    struct codes_order order = order_of(1);
    for (int i = 0; i < 40; i++)
        (void)make(temp, &order, &code);

    assert_int_equal(
        batches_list(temp->store, temp->arena, TEXT("visits"), TEXT("q1"), &list, &count),
        STATUS_OK);

    assert_int_equal(count, 40);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].id, 40 - (int64_t)i);
        assert_text_equal(list[i].centre, "north");
    }
}

/* ---- hand-outs ---- */

static enum status hand_out(struct temp_store *temp, int64_t handed_out, int64_t refused)
{
    const struct handout change = {handed_out, refused};
    return handouts_add(temp->store, TEXT("visits"), TEXT("q1"), &change);
}

static void hand_outs_are_counted_up_and_down_but_not_below_none(void **state)
{
    struct temp_store *temp = *state;
    struct handout now = {7, 7};
    assert_int_equal(
        handouts_get(temp->store, TEXT("visits"), TEXT("q1"), &now), STATUS_OK);
    assert_int_equal(now.handed_out + now.refused, 0);

    assert_int_equal(hand_out(temp, 10, 1), STATUS_OK);
    assert_int_equal(hand_out(temp, -1, 0), STATUS_OK);
    assert_int_equal(hand_out(temp, 0, -2), STATUS_INVALID);
    assert_int_equal(hand_out(temp, -10, 0), STATUS_INVALID);

    assert_int_equal(
        handouts_get(temp->store, TEXT("visits"), TEXT("q1"), &now), STATUS_OK);
    assert_int_equal(now.handed_out, 9);
    assert_int_equal(now.refused, 1);
}

static void more_hand_outs_than_a_wave_can_have_people_are_refused(void **state)
{
    struct temp_store *temp = *state;
    assert_int_equal(hand_out(temp, WAVE_POPULATION_MAX, 0), STATUS_OK);
    assert_int_equal(hand_out(temp, 1, 0), STATUS_INVALID);
    assert_int_equal(hand_out(temp, INT64_MAX, 0), STATUS_INVALID);
}

static void asked_is_whom_staff_gave_a_slip_if_they_recorded_it(void **state)
{
    struct temp_store *temp = *state;
    struct code codes[20];
    struct codes_order order = order_of(20);
    (void)make(temp, &order, codes);
    assert_int_equal(asked(temp), 20);

    assert_int_equal(hand_out(temp, 12, 3), STATUS_OK);
    assert_int_equal(asked(temp), 12);
    assert_int_equal(hand_out(temp, -12, 0), STATUS_OK);
    assert_int_equal(asked(temp), 20);
}

/* ---- posters ---- */

static enum status renew(
    struct temp_store *temp, const char *programme, const char *centre)
{
    return posters_renew(temp->store, text_of(programme), text_of(centre),
        &(struct actor){.today = TEMP_STORE_TODAY});
}

static void a_poster_with_a_new_code_leaves_the_old_one_void(void **state)
{
    struct temp_store *temp = *state;
    struct code old;
    struct code fresh;
    struct code other;
    struct code same;
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &old), STATUS_OK);
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("south"), &other), STATUS_OK);

    assert_int_equal(renew(temp, "visits", "north"), STATUS_OK);

    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &fresh), STATUS_OK);
    assert_string_not_equal(old.letters, fresh.letters);
    assert_int_equal(admission_of(temp, &old), ADMISSION_VOID);
    assert_int_equal(admission_of(temp, &fresh), ADMISSION_OPEN);
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("south"), &same), STATUS_OK);
    assert_string_equal(other.letters, same.letters);
    assert_int_equal(admission_of(temp, &other), ADMISSION_OPEN);
}

static void a_centres_own_poster_can_have_a_new_code_too(void **state)
{
    struct temp_store *temp = *state;
    struct code old;
    struct code fresh;
    assert_int_equal(codes_open(temp->store, TEXT(""), TEXT("north"), &old), STATUS_OK);

    assert_int_equal(renew(temp, "", "north"), STATUS_OK);

    assert_int_equal(codes_open(temp->store, TEXT(""), TEXT("north"), &fresh), STATUS_OK);
    assert_int_equal(grant_of(temp, &old).state, CODE_VOID);
    assert_int_equal(grant_of(temp, &fresh).state, CODE_FRESH);
}

static void applying_the_plan_again_keeps_the_new_code(void **state)
{
    struct temp_store *temp = *state;
    struct code fresh;
    struct code again;
    int64_t version;
    bool is_new;
    assert_int_equal(renew(temp, "visits", "north"), STATUS_OK);
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &fresh), STATUS_OK);

    assert_int_equal(plans_apply(temp->store, temp->arena, text_of(temp_store_plan),
                         TEMP_STORE_TODAY, &temp->problems, &version, &is_new),
        STATUS_OK);

    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &again), STATUS_OK);
    assert_string_equal(fresh.letters, again.letters);
    assert_int_equal(admission_of(temp, &again), ADMISSION_OPEN);
}

static void a_poster_that_there_is_not_gets_no_new_code(void **state)
{
    struct temp_store *temp = *state;
    assert_int_equal(renew(temp, "visits", "nowhere"), STATUS_NOT_FOUND);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_test_print_opens_nothing_and_says_what_it_is),
        STORE_TEST(a_code_of_a_test_print_is_never_spent_even_if_it_gets_to_the_intake),
        STORE_TEST(a_test_print_is_asked_of_nobody_and_stands_in_no_list),
        STORE_TEST(a_real_code_taken_back_is_no_test),
        STORE_TEST(batches_are_listed_newest_first_with_what_became_of_them),
        STORE_TEST(a_list_longer_than_it_began_is_whole),
        STORE_TEST(hand_outs_are_counted_up_and_down_but_not_below_none),
        STORE_TEST(more_hand_outs_than_a_wave_can_have_people_are_refused),
        STORE_TEST(asked_is_whom_staff_gave_a_slip_if_they_recorded_it),
        STORE_TEST(a_poster_with_a_new_code_leaves_the_old_one_void),
        STORE_TEST(a_centres_own_poster_can_have_a_new_code_too),
        STORE_TEST(applying_the_plan_again_keeps_the_new_code),
        STORE_TEST(a_poster_that_there_is_not_gets_no_new_code),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
