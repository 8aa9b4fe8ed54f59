#pragma once
/* plan_change.h: what a new version of a plan may change, and when it may no longer. */
#include "kiosk/plan.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

/* Compares the plan in force with the next version on a day. Frozen, from the first
   opening day of any of an indicator's waves until the plan's year ends and the last of
   them has closed: its kind, measure, target, confidence, weights, answers, programmes
   and their grain, group, items (ids, kinds, options, order, counts) and the id and
   opening day of waves that have opened; an opened wave may not vanish, nor a centre of a
   programme that has opened from the plan's list. Populations, wordings, closing days,
   later waves, centres that are added may change. A plan of another year is free, but may
   not use a programme's wave id that the plan in force uses. CONFLICT: problems name each
   frozen thing that would change. OK: nothing frozen changes. NO_MEMORY: the arena of the
   problems is full. */
MUST_CHECK enum status plan_check_change(const struct plan *in_force,
    const struct plan *next, day_t today, struct problems *problems);
