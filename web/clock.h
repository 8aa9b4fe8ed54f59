#pragma once
/* clock.h: the one place that asks what day it is. MANYI_TODAY=YYYY-MM-DD sets the
   calendar of every command and of the whole server, for rehearsals and demonstrations.
 */
#include "kiosk/calendar.h"
#include "kiosk/language.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

struct clock {
    bool is_set; /* by MANYI_TODAY, or by a demonstration */
    day_t day;   /* if it is set */
};

/* INVALID (with a problem) if MANYI_TODAY is no date. */
MUST_CHECK enum status clock_init(struct clock *clock, struct problems *problems);
/* Today in Asia/Shanghai. */
day_t clock_today(const struct clock *clock);
/* The minute by the system's clock, which MANYI_TODAY does not set: sessions and links
   last as long in a rehearsal as they do otherwise. */
minute_t clock_minute(void);
/* The second by the system's clock, since 1970-01-01 UTC. */
int64_t clock_second(void);
/* Milliseconds by a clock that never jumps; only differences mean anything. */
int64_t clock_ms(void);
