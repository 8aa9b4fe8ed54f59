/* calendar.c: the proleptic Gregorian calendar by era arithmetic (400 years are 146,097
 * days). */
#include "kiosk/calendar.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468, YEAR_MIN = 1900, YEAR_MAX = 2999 };

/* Years are counted from 1 March, so that a leap day is the last day of its year. */
day_t day_of(struct date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = year / 400;
    int year_of_era = year - era * 400;
    int month_from_march = (date.month + 9) % 12;
    int day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

struct date day_date(day_t day)
{
    int shifted = day + DAYS_TO_1970;
    int era = shifted / DAYS_PER_ERA;
    int day_of_era = shifted - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct date){
        .year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool day_parse(struct text text, day_t *out)
{
    int64_t year;
    int64_t month;
    int64_t day;
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-' ||
        !text_to_number((struct text){text.ptr, 4}, &year) ||
        !text_to_number((struct text){text.ptr + 5, 2}, &month) ||
        !text_to_number((struct text){text.ptr + 8, 2}, &day))
        return false;
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month((int)year, (int)month))
        return false;
    *out = day_of((struct date){(int)year, (int)month, (int)day});
    return true;
}

struct text day_format(struct arena *arena, day_t day)
{
    struct date date = day_date(day);
    return text_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

day_t day_at(int64_t unix_seconds)
{
    enum { DAY_SECONDS = 86400, UTC_PLUS_8_SECONDS = 28800 };
    return (day_t)((unix_seconds + UTC_PLUS_8_SECONDS) / DAY_SECONDS);
}

/* 1970-01-01 was a Thursday: days 3 behind Monday. Valid for days since 1900. */
static day_t monday_of(day_t day)
{
    const int shift = 7 * 10000; /* keeps the remainder positive for days before 1970 */

    return day - (day + 3 + shift) % 7;
}

day_t period_start(enum grain grain, day_t wave_opens, day_t day)
{
    switch (grain) {
    case GRAIN_MONTH: {
        struct date date = day_date(day);
        return day - (date.day - 1);
    }
    case GRAIN_WEEK:
        return monday_of(day);
    case GRAIN_DAY:
        return day;
    case GRAIN_WAVE:
    case GRAIN_COUNT:
        break;
    }
    return wave_opens;
}

bool period_fits(
    enum grain grain, day_t wave_opens, day_t wave_closes, day_t today, day_t start)
{
    day_t last = today < wave_closes ? today : wave_closes;
    if (last < wave_opens)
        return false;
    day_t first_period = period_start(grain, wave_opens, wave_opens);
    day_t last_period = period_start(grain, wave_opens, last);
    return start >= first_period && start <= last_period &&
           period_start(grain, wave_opens, start) == start;
}

struct text minute_format(struct arena *arena, minute_t minute)
{
    enum { SHANGHAI_MINUTES = 480, DAY_MINUTES = 1440 };
    struct date date = day_date(day_at(minute * 60));
    int of_day = (int)((minute + SHANGHAI_MINUTES) % DAY_MINUTES);
    return text_format(arena, "%04d-%02d-%02d %02d:%02d", date.year, date.month, date.day,
        of_day / 60, of_day % 60);
}
