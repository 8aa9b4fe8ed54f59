/* test_stuffing.c: which answers are flagged, at each threshold and one past it, and that
   people who queue in a hall never are. */
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/stuffing.h"

#include <stdlib.h>

enum { NOON = 1767240000 }; /* of 2026-01-01 in Shanghai */

struct bench {
    struct stuffing *stuffing;
    struct plan plan;
    struct plan_questionnaire questionnaire;
    struct code_hash link;
    struct submission submission;
    struct stuffing_answer answer;
};

/* The plan's defaults; one poster; everybody answers two questions, each otherwise than
   the one before. */
static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->stuffing = calloc(1, sizeof *bench->stuffing);
    assert_non_null(bench->stuffing);
    bench->plan.flags = (struct plan_flags){
        .tablet = 60, .poster = 120, .minutes = 10, .fast = 1, .streak = 100};
    bench->plan.hours = (struct plan_hours){.from = 300, .to = 1440};
    bench->questionnaire = sample_questionnaire();
    bench->link.bytes[5] = 1;
    bench->submission =
        (struct submission){.channel = CHANNEL_POSTER, .answers = TEXT("55000")};
    bench->answer = (struct stuffing_answer){.submission = &bench->submission,
        .questionnaire = &bench->questionnaire,
        .link = &bench->link,
        .shown = STUFFING_NOT_SHOWN,
        .now = NOON};
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    free(bench->stuffing);
    free(bench);
    return 0;
}

static unsigned judge(struct bench *bench)
{
    return stuffing_judge(bench->stuffing, &bench->plan, &bench->answer);
}

/* So many answers, so many seconds apart; the flags of all of them together. */
static unsigned judge_many(struct bench *bench, int count, int64_t apart)
{
    unsigned flags = 0;
    for (int i = 0; i < count; i++) {
        bench->submission.answers = i % 2 == 0 ? TEXT("55000") : TEXT("45000");
        flags |= judge(bench);
        bench->answer.now += apart;
    }
    return flags;
}

static void the_sample_begins_at_noon(void **state)
{
    struct bench *bench = *state;
    bench->plan.hours = (struct plan_hours){.from = 720, .to = 721};

    assert_int_equal(judge(bench), 0);
    bench->answer.now--;
    assert_int_equal(judge(bench), 1 << STUFFING_NIGHT);
}

/* ---- queues ---- */

static void a_hall_of_sixty_after_a_bell_is_not_flagged(void **state)
{
    struct bench *bench = *state;
    bench->answer.shown = NOON - 20;

    for (int i = 0; i < 60; i++) { /* all in one minute, most of them content */
        bench->answer.now = NOON + i;
        bench->answer.shown = bench->answer.now - 8 - i % 5;
        assert_int_equal(judge(bench), 0);
    }
}

static void sixty_people_in_line_before_a_tablet_are_not_flagged(void **state)
{
    struct bench *bench = *state;
    bench->submission.channel = CHANNEL_KIOSK;

    for (int i = 0; i < 60; i++) {
        bench->answer.now = NOON + 15 * i;
        bench->answer.shown = bench->answer.now - 6;
        assert_int_equal(judge(bench), 0);
    }
}

/* ---- bursts ---- */

static void what_goes_over_a_posters_pace_is_a_burst(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(judge_many(bench, 120, 1), 0);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

static void what_goes_over_a_tablets_pace_is_a_burst(void **state)
{
    struct bench *bench = *state;
    bench->submission.channel = CHANNEL_KIOSK;

    assert_int_equal(judge_many(bench, 60, 1), 0);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

static void a_pace_just_below_is_never_a_burst(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(judge_many(bench, 2000, 5), 0); /* 120 in ten minutes */
}

static void after_a_while_of_quiet_nothing_is_left_of_a_burst(void **state)
{
    struct bench *bench = *state;
    (void)judge_many(bench, 500, 0);

    bench->answer.now += 9 * 60;
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
    bench->answer.now += 60;
    assert_int_equal(judge_many(bench, 119, 0), 0);
}

static void posters_do_not_share_a_pace(void **state)
{
    struct bench *bench = *state;
    (void)judge_many(bench, 120, 0);

    bench->link.bytes[15] = 9;

    assert_int_equal(judge(bench), 0);
}

static void a_code_of_ones_own_has_no_pace(void **state)
{
    struct bench *bench = *state;
    bench->answer.link = NULL;
    bench->submission.channel = CHANNEL_SLIP;

    assert_int_equal(judge_many(bench, 1000, 0), 0);
}

static void the_longest_window_holds_an_hour(void **state)
{
    struct bench *bench = *state;
    bench->plan.flags.minutes = FLAG_MINUTES_MAX;
    bench->plan.flags.poster = 59;

    assert_int_equal(judge_many(bench, 59, 60), 0);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

static void an_answer_taken_back_was_never_there(void **state)
{
    struct bench *bench = *state;
    (void)judge_many(bench, 120, 0);

    stuffing_take_back(bench->stuffing, &bench->answer);

    assert_int_equal(judge(bench), 0);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

static void a_clock_that_is_set_back_flags_nobody(void **state)
{
    struct bench *bench = *state;
    (void)judge_many(bench, 100, 0);

    bench->answer.now -= 3600;
    bench->answer.shown = bench->answer.now + 5;

    assert_int_equal(judge(bench), 0);
    assert_int_equal(judge_many(bench, 19, 0), 0);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

/* ---- reading ---- */

static void two_questions_are_not_read_in_under_two_seconds(void **state)
{
    struct bench *bench = *state;

    bench->answer.shown = NOON - 1; /* 1.0 to 1.9 seconds */
    assert_int_equal(judge(bench), 1 << STUFFING_FAST);
    bench->answer.shown = NOON - 2;
    assert_int_equal(judge(bench), 0);
}

static void only_what_was_answered_had_to_be_read(void **state)
{
    struct bench *bench = *state;
    bench->submission.answers = TEXT("5-000");

    bench->answer.shown = NOON - 1;
    assert_int_equal(judge(bench), 0);
    bench->answer.shown = NOON;
    assert_int_equal(judge(bench), 1 << STUFFING_FAST);
    bench->submission.answers = TEXT("0-011"); /* can't say, a reason, how it was paid */
    bench->answer.shown = NOON - 2;
    assert_int_equal(judge(bench), 1 << STUFFING_FAST);
}

static void who_knows_nothing_of_the_handing_out_flags_nothing(void **state)
{
    struct bench *bench = *state;

    bench->answer.shown = STUFFING_NOT_SHOWN;
    assert_int_equal(judge(bench), 0);
    bench->answer.shown = NOON + 1;
    assert_int_equal(judge(bench), 0);
}

static void zero_seconds_turn_the_rule_off(void **state)
{
    struct bench *bench = *state;
    bench->plan.flags.fast = 0;
    bench->answer.shown = NOON;

    assert_int_equal(judge(bench), 0);
}

static void a_slip_is_read_as_slowly_as_a_poster(void **state)
{
    struct bench *bench = *state;
    bench->answer.link = NULL;
    bench->answer.shown = NOON;

    assert_int_equal(judge(bench), 1 << STUFFING_FAST);
}

/* ---- streaks ---- */

static void the_hundredth_equal_answer_in_a_row_is_a_streak(void **state)
{
    struct bench *bench = *state;
    bench->answer.now = NOON;

    for (int i = 0; i < 99; i++) {
        assert_int_equal(judge(bench), 0);
        bench->answer.now += 30;
    }
    assert_int_equal(judge(bench), 1 << STUFFING_STREAK);
    bench->submission.answers = TEXT("15000");
    assert_int_equal(judge(bench), 0);
}

static void an_hour_without_answers_ends_a_streak(void **state)
{
    struct bench *bench = *state;
    bench->plan.flags.streak = 10;
    for (int i = 0; i < 9; i++)
        assert_int_equal(judge(bench), 0);

    bench->answer.now += STUFFING_PAUSE_SECONDS;
    assert_int_equal(judge(bench), 0);
    for (int i = 0; i < 8; i++) {
        bench->answer.now += STUFFING_PAUSE_SECONDS - 1;
        assert_int_equal(judge(bench) & 1 << STUFFING_STREAK, 0);
    }
    bench->answer.now += STUFFING_PAUSE_SECONDS - 1;
    assert_int_equal(judge(bench) & 1 << STUFFING_STREAK, 1 << STUFFING_STREAK);
}

/* ---- night ---- */

static void outside_the_hours_it_is_night(void **state)
{
    struct bench *bench = *state;
    bench->answer.now = NOON + 12 * 3600; /* midnight */

    assert_int_equal(judge(bench), 1 << STUFFING_NIGHT);
    bench->answer.now += 5 * 3600 - 1;
    assert_int_equal(judge(bench), 1 << STUFFING_NIGHT);
    bench->answer.now += 1;
    assert_int_equal(judge(bench), 0);
    bench->answer.now += 19 * 3600 - 1; /* a second before midnight */
    assert_int_equal(judge(bench), 0);
}

static void an_answer_may_have_several_flags(void **state)
{
    struct bench *bench = *state;
    bench->answer.now = NOON + 13 * 3600;
    bench->answer.shown = bench->answer.now;
    bench->plan.flags.streak = 10;

    unsigned flags = 0;
    for (int i = 0; i < 121; i++)
        flags = judge(bench);

    assert_int_equal(flags, STUFFING_FLAGS - 1);
}

/* ---- how much is remembered ---- */

static struct code_hash code_number(unsigned number)
{
    return (struct code_hash){
        .bytes = {(unsigned char)(number >> 8), (unsigned char)number, 7}};
}

static void so_many_codes_are_remembered_and_then_the_quietest_is_forgotten(void **state)
{
    struct bench *bench = *state;
    bench->plan.flags.poster = 10;
    for (unsigned i = 0; i < FLAG_LINKS_MAX; i++) {
        bench->link = code_number(i);
        assert_int_equal(judge_many(bench, 10, 0), 0);
        bench->answer.now += i % 100 == 0;
    }

    for (unsigned i = 0; i < FLAG_LINKS_MAX; i++) {
        bench->link = code_number(i);
        assert_int_equal(judge(bench), 1 << STUFFING_BURST);
    }
    bench->link = code_number(FLAG_LINKS_MAX); /* shares a place with 0 */
    assert_int_equal(judge(bench), 0);
    bench->link = code_number(0);
    assert_int_equal(judge(bench), 0);
    bench->link = code_number(1);
    assert_int_equal(judge(bench), 1 << STUFFING_BURST);
}

static void rules_are_named(void **state)
{
    (void)state;
    static const char *const words[] = {"burst", "fast", "streak", "night"};
    for (int rule = 0; rule < STUFFING_RULE_COUNT; rule++)
        assert_text_equal(stuffing_word((enum stuffing_rule)rule), words[rule]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(the_sample_begins_at_noon),
        CASE(a_hall_of_sixty_after_a_bell_is_not_flagged),
        CASE(sixty_people_in_line_before_a_tablet_are_not_flagged),
        CASE(what_goes_over_a_posters_pace_is_a_burst),
        CASE(what_goes_over_a_tablets_pace_is_a_burst),
        CASE(a_pace_just_below_is_never_a_burst),
        CASE(after_a_while_of_quiet_nothing_is_left_of_a_burst),
        CASE(posters_do_not_share_a_pace),
        CASE(a_code_of_ones_own_has_no_pace),
        CASE(the_longest_window_holds_an_hour),
        CASE(an_answer_taken_back_was_never_there),
        CASE(a_clock_that_is_set_back_flags_nobody),
        CASE(two_questions_are_not_read_in_under_two_seconds),
        CASE(only_what_was_answered_had_to_be_read),
        CASE(who_knows_nothing_of_the_handing_out_flags_nothing),
        CASE(zero_seconds_turn_the_rule_off),
        CASE(a_slip_is_read_as_slowly_as_a_poster),
        CASE(the_hundredth_equal_answer_in_a_row_is_a_streak),
        CASE(an_hour_without_answers_ends_a_streak),
        CASE(outside_the_hours_it_is_night),
        CASE(an_answer_may_have_several_flags),
        CASE(so_many_codes_are_remembered_and_then_the_quietest_is_forgotten),
        CASE(rules_are_named),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
