/* test_admission.c: what a code opens on a day, and if nothing, why. */
#include "tests/support/test.h"

#include "kiosk/admission.h"

/* Two programmes with waves on days 100–199 and 300–399; the second takes coded answers
 * only. */
static struct plan_wave waves[] = {
    {.id = {"q1", 2}, .opens = 100, .closes = 199, .population = 157},
    {.id = {"q2", 2}, .opens = 300, .closes = 399, .population = -1},
};
static struct plan_programme programmes[] = {
    {.id = {"relief", 6}, .waves = waves, .wave_count = 2},
    {.id = {"coded", 5}, .waves = waves, .wave_count = 2, .coded_only = true},
};
static const struct plan plan = {.programmes = programmes, .programme_count = 2};

static enum admission decide(struct code_grant grant, day_t today)
{
    struct admitted admitted;
    return admission_decide(&plan, &grant, today, &admitted);
}

static struct code_grant slip(const char *wave, enum code_state state)
{
    return (struct code_grant){.programme = TEXT("relief"),
        .wave = text_of(wave),
        .channel = CHANNEL_SLIP,
        .state = state};
}

static struct code_grant poster(const char *programme)
{
    return (struct code_grant){
        .programme = text_of(programme), .channel = CHANNEL_POSTER, .is_open = true};
}

static void a_slip_opens_from_the_first_to_the_last_day_of_its_wave(void **state)
{
    (void)state;
    assert_int_equal(decide(slip("q1", CODE_FRESH), 99), ADMISSION_NOT_YET);
    assert_int_equal(decide(slip("q1", CODE_FRESH), 100), ADMISSION_OPEN);
    assert_int_equal(decide(slip("q1", CODE_FRESH), 199), ADMISSION_OPEN);
    assert_int_equal(decide(slip("q1", CODE_FRESH), 200), ADMISSION_CLOSED);
}

static void a_spent_slip_says_used_even_when_its_wave_is_over(void **state)
{
    (void)state;
    assert_int_equal(decide(slip("q1", CODE_SPENT), 150), ADMISSION_USED);
    assert_int_equal(decide(slip("q1", CODE_SPENT), 500), ADMISSION_USED);
}

static void a_void_slip_says_so(void **state)
{
    (void)state;
    assert_int_equal(decide(slip("q1", CODE_VOID), 150), ADMISSION_VOID);
}

static void a_slip_of_a_wave_or_programme_that_is_not_in_the_plan_is_unknown(void **state)
{
    (void)state;
    struct code_grant foreign = slip("q1", CODE_FRESH);
    foreign.programme = TEXT("elsewhere");
    assert_int_equal(decide(slip("q9", CODE_FRESH), 150), ADMISSION_UNKNOWN);
    assert_int_equal(decide(foreign, 150), ADMISSION_UNKNOWN);
}

static void a_poster_follows_the_open_wave_then_waits_for_the_next(void **state)
{
    (void)state;
    struct code_grant grant = poster("relief");
    struct admitted admitted;
    assert_int_equal(admission_decide(&plan, &grant, 150, &admitted), ADMISSION_OPEN);
    assert_text_equal(admitted.wave->id, "q1");
    assert_int_equal(admission_decide(&plan, &grant, 250, &admitted), ADMISSION_NOT_YET);
    assert_text_equal(admitted.wave->id, "q2");
    assert_int_equal(admission_decide(&plan, &grant, 350, &admitted), ADMISSION_OPEN);
    assert_int_equal(admission_decide(&plan, &grant, 400, &admitted), ADMISSION_CLOSED);
    assert_text_equal(admitted.wave->id, "q2");
}

static void a_poster_of_a_coded_programme_sends_to_the_slip(void **state)
{
    (void)state;
    assert_int_equal(decide(poster("coded"), 150), ADMISSION_CODED_ONLY);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_slip_opens_from_the_first_to_the_last_day_of_its_wave),
        cmocka_unit_test(a_spent_slip_says_used_even_when_its_wave_is_over),
        cmocka_unit_test(a_void_slip_says_so),
        cmocka_unit_test(
            a_slip_of_a_wave_or_programme_that_is_not_in_the_plan_is_unknown),
        cmocka_unit_test(a_poster_follows_the_open_wave_then_waits_for_the_next),
        cmocka_unit_test(a_poster_of_a_coded_programme_sends_to_the_slip),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
