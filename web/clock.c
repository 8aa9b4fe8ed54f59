/* clock.c: today, from the system or from MANYI_TODAY. */
#include "web/clock.h"

#include <stdlib.h>
#include <time.h>

/* Goes on while a machine sleeps. */
static int64_t even_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum status clock_init(struct clock *clock, struct problems *problems)
{
    *clock = (struct clock){.begun_s = (int64_t)time(NULL), .begun_ms = even_ms()};
    struct text asked = text_of(getenv("MANYI_TODAY"));
    if (asked.len == 0)
        return STATUS_OK;
    if (!day_parse(asked, &clock->day)) {
        problems_add(problems,
            (struct problem){
                .message = N_("MANYI_TODAY is \"{1}\"; write a day as YYYY-MM-DD."),
                .argument = {asked},
            });
        return STATUS_INVALID;
    }
    clock->is_set = true;
    return STATUS_OK;
}

day_t clock_today(const struct clock *clock)
{
    return clock->is_set ? clock->day : day_at((int64_t)time(NULL));
}

minute_t clock_minute(void)
{
    return (minute_t)time(NULL) / 60;
}

int64_t clock_seconds(const struct clock *clock)
{
    return clock->begun_s + (even_ms() - clock->begun_ms) / 1000;
}

int64_t clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
