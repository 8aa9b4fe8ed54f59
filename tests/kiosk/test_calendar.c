/* test_calendar.c: days, and the periods they are cut to. */
#include "tests/support/test.h"

#include "kiosk/calendar.h"

static day_t day(const char *date)
{
    day_t parsed = DAY_NONE;
    assert_true(day_parse(text_of(date), &parsed));
    return parsed;
}

static void the_epoch_is_day_zero(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("1969-12-31"), -1);
    assert_int_equal(day("2026-11-25"), 20782);
}

static void every_day_of_eleven_centuries_reads_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    for (day_t d = day("1900-01-01"); d <= day("2999-12-31"); d++) {
        arena_reset(arena);
        day_t again;
        assert_true(day_parse(day_format(arena, d), &again));
        assert_int_equal(again, d);
    }
    arena_free(arena);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    const char *bad[] = {"2026-02-29", "2026-02-30", "2100-02-29", "2026-13-01",
        "2026-00-10", "2026-01-00", "2026-04-31", "1899-12-31", "3000-01-01",
        "2026/01/01", "2026-1-1", "2026-01-01 ", "", "２026-01-01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        day_t untouched = 7;
        assert_false(day_parse(text_of(bad[i]), &untouched));
        assert_int_equal(untouched, 7);
    }
    assert_int_equal(day("2024-02-29"), day("2024-03-01") - 1);
    assert_int_equal(day("2000-02-29"), day("2000-03-01") - 1);
}

static void the_day_turns_at_midnight_in_shanghai(void **state)
{
    (void)state;
    assert_int_equal(day_at(1795622399), day("2026-11-25"));
    assert_int_equal(day_at(1795622400), day("2026-11-26"));
}

static void a_minute_is_shown_in_shanghai(void **state)
{
    struct arena *arena = arena_new(1000);
    (void)state;
    assert_text_equal(minute_format(arena, 1795622399 / 60), "2026-11-25 23:59");
    assert_text_equal(minute_format(arena, 1795622400 / 60), "2026-11-26 00:00");
    arena_free(arena);
}

static void a_period_begins_with_the_wave_the_month_the_monday_or_the_day(void **state)
{
    (void)state;
    day_t opens = day("2026-11-04");
    day_t wednesday = day("2026-11-25");
    assert_int_equal(period_start(GRAIN_WAVE, opens, wednesday), opens);
    assert_int_equal(period_start(GRAIN_MONTH, opens, wednesday), day("2026-11-01"));
    assert_int_equal(period_start(GRAIN_WEEK, opens, wednesday), day("2026-11-23"));
    assert_int_equal(period_start(GRAIN_DAY, opens, wednesday), wednesday);
    assert_int_equal(
        period_start(GRAIN_WEEK, opens, day("1969-12-31")), day("1969-12-29"));
    assert_int_equal(
        period_start(GRAIN_WEEK, opens, day("1970-01-05")), day("1970-01-05"));
}

static void a_period_fits_only_if_it_is_one_of_the_waves_up_to_today(void **state)
{
    (void)state;
    day_t opens = day("2026-10-07"), closes = day("2026-12-15"),
          today = day("2026-11-25");
    assert_true(period_fits(GRAIN_WAVE, opens, closes, today, opens));
    assert_false(period_fits(GRAIN_WAVE, opens, closes, today, opens + 1));
    assert_false(period_fits(GRAIN_WAVE, opens, closes, opens - 1, opens));
    assert_true(period_fits(GRAIN_MONTH, opens, closes, today, day("2026-10-01")));
    assert_true(period_fits(GRAIN_MONTH, opens, closes, today, day("2026-11-01")));
    assert_false(period_fits(GRAIN_MONTH, opens, closes, today, day("2026-12-01")));
    assert_false(period_fits(GRAIN_MONTH, opens, closes, today, day("2026-11-02")));
    assert_true(period_fits(GRAIN_WEEK, opens, closes, today, day("2026-10-05")));
    assert_false(period_fits(GRAIN_WEEK, opens, closes, today, day("2026-09-28")));
    assert_true(period_fits(GRAIN_DAY, opens, closes, today, today));
    assert_false(period_fits(GRAIN_DAY, opens, closes, today, today + 1));
    assert_false(period_fits(GRAIN_DAY, opens, closes, closes + 9, closes + 1));
    assert_false(period_fits(GRAIN_DAY, opens, closes, today, INT32_MAX));
    assert_false(period_fits(GRAIN_MONTH, opens, closes, today, INT32_MIN));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_epoch_is_day_zero),
        cmocka_unit_test(every_day_of_eleven_centuries_reads_back),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(the_day_turns_at_midnight_in_shanghai),
        cmocka_unit_test(a_minute_is_shown_in_shanghai),
        cmocka_unit_test(a_period_begins_with_the_wave_the_month_the_monday_or_the_day),
        cmocka_unit_test(a_period_fits_only_if_it_is_one_of_the_waves_up_to_today),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
