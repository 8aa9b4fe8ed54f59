#pragma once
/* release.h: when the figures of a wave take in the answers that have come. Reports show
   what was released last, so that two of them never differ by a handful of answers, whose
   levels would be the difference. How many came is told at once. STATISTICS, small cells
   in reports. */
#include "kiosk/plan.h"

struct release_state {
    int64_t received; /* submissions of the wave now … */
    int64_t released; /* … and those in its figures */
    day_t made_on;    /* of the last release; DAY_NONE: never */
};

/* Due once k have come, again when k more have, and then with whatever there is: when the
   wave has closed, and when its days of grace are over. */
bool release_is_due(const struct plan *plan, const struct plan_wave *wave,
    const struct release_state *state, day_t today);
