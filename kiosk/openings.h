#pragma once
/* openings.h: what can be answered at a centre without a slip: by its tablet and by the
   poster in its hall. Programmes that take coded answers only are never among it. */
#include "kiosk/plan.h"
#include "kiosk/status.h"

struct opening {
    const struct plan_programme *programme; /* borrowed from the plan */
    const struct plan_wave *wave;
};

/* Programmes with a wave open at the centre on that day, in the plan's order; in the
   arena. None for a centre that the plan does not know. NO_MEMORY. */
MUST_CHECK enum status openings_list(struct arena *arena, const struct plan *plan,
    struct text centre, day_t today, struct opening **out, size_t *count);

/* The first wave that opens there after that day; NULL members if there is none. */
struct opening openings_next(const struct plan *plan, struct text centre, day_t today);
