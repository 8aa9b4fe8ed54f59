#pragma once
/* calendar.h: days, counted from 1970-01-01, and the periods they are cut to. No clock
   here: today is always given. */
#include "kiosk/text.h"

typedef int32_t day_t; /* days since 1970-01-01; DAY_NONE where there is none */
#define DAY_NONE INT32_MIN
typedef int64_t minute_t; /* minutes since 1970-01-01 00:00 UTC; for operators only */

enum grain { GRAIN_WAVE, GRAIN_MONTH, GRAIN_WEEK, GRAIN_DAY, GRAIN_COUNT };

struct date {
    int year;  /* 1900–2999 */
    int month; /* 1–12 */
    int day;   /* 1–31 */
};

/* "YYYY-MM-DD" of a day that exists, years 1900 to 2999. False otherwise; out untouched.
 */
bool day_parse(struct text text, day_t *out);
struct date day_date(day_t day);
day_t day_of(struct date date); /* of a date that exists */
/* "YYYY-MM-DD" in the arena; ptr NULL when the arena is full. */
struct text day_format(struct arena *arena, day_t day);

/* The day in Asia/Shanghai (UTC+8, no summer time) at a number of seconds since the
 * epoch. */
day_t day_at(int64_t unix_seconds);
/* "YYYY-MM-DD HH:MM" in Asia/Shanghai, in the arena; ptr NULL when the arena is full. */
struct text minute_format(struct arena *arena, minute_t minute);

/* The first day of the period that holds day: the wave's first day, the first of the
   month, Monday, or the day itself. Months and weeks are the calendar's, so a period may
   begin before the wave. */
day_t period_start(enum grain grain, day_t wave_opens, day_t day);

/* True if some day of the wave, up to and including today, lies in the period that begins
 * at start. */
bool period_fits(
    enum grain grain, day_t wave_opens, day_t wave_closes, day_t today, day_t start);
