#pragma once
/* clock.h: the one place that asks what day it is. MANYI_TODAY=YYYY-MM-DD sets the
   calendar of every command and of the whole server, for rehearsals and demonstrations.
 */
#include "kiosk/calendar.h"
#include "kiosk/language.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

struct clock {
    bool is_set;      /* by MANYI_TODAY, or by a demonstration */
    day_t day;        /* if it is set */
    int64_t begun_s;  /* seconds since 1970 when the process began … */
    int64_t begun_ms; /* … and then by a clock that goes on evenly */
};

/* INVALID (with a problem) if MANYI_TODAY is no date. */
MUST_CHECK enum status clock_init(struct clock *clock, struct problems *problems);
/* Today in Asia/Shanghai. */
day_t clock_today(const struct clock *clock);
/* The minute by the system's clock, which MANYI_TODAY does not set: sessions and links
   last as long in a rehearsal as they do otherwise. */
minute_t clock_minute(void);
/* Seconds since 1970 as told at the start and counted evenly since: a clock that is put
   right meanwhile moves nothing that is good for minutes. MANYI_TODAY does not set it. */
int64_t clock_seconds(const struct clock *clock);
/* Milliseconds by a clock that never jumps; only differences mean anything. */
int64_t clock_ms(void);
