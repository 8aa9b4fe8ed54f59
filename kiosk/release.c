/* release.c: when a wave's figures take in what has come. */
#include "kiosk/release.h"

/* True if that day is over and was not when the last release was made. */
static bool has_passed(day_t day, day_t made_on, day_t today)
{
    return today > day && (made_on == DAY_NONE || made_on <= day);
}

bool release_is_due(const struct plan *plan, const struct plan_wave *wave,
    const struct release_state *state, day_t today)
{
    int64_t further = state->received - state->released;
    if (further == 0)
        return false;
    return further >= plan->k || has_passed(wave->closes, state->made_on, today) ||
           has_passed(wave->closes + plan->grace_days, state->made_on, today);
}
