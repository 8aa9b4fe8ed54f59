#pragma once
/* score.h: the points that a self-evaluation gives an indicator, from the rate as it is
   printed, so that an auditor can recompute them with a pencil. Whole numbers only. Pure;
   thread-safe. */
#include "kiosk/status.h"

#include <stdint.h>

enum { SCORE_FULL_MAX_CP = 1000000 }; /* ten thousand points: no table gives more */

struct score_input {
    int64_t actual_bp; /* the printed rate, 0–10000 */
    int64_t target_bp; /* 1–10000 */
    int64_t full_cp;   /* all points, in hundredths; 0–SCORE_FULL_MAX_CP */
    int64_t floor_pct; /* under this share of the target no points; 0–100, 0: no floor */
};

struct score {
    int64_t completion_bp; /* actual/target, half up, not capped */
    int64_t score_cp;      /* hundredths of a point; all of them only at the target */
};

/* INVALID: a number out of its range; out is untouched. */
MUST_CHECK enum status score_compute(const struct score_input *input, struct score *out);
