/* score.c: points in whole numbers. */
#include "kiosk/score.h"

#include <stdbool.h>

static bool is_within(int64_t number, int64_t least, int64_t most)
{
    return number >= least && number <= most;
}

static bool is_valid(const struct score_input *in)
{
    return is_within(in->actual_bp, 0, 10000) && is_within(in->target_bp, 1, 10000) &&
           is_within(in->full_cp, 0, SCORE_FULL_MAX_CP) &&
           is_within(in->floor_pct, 0, 100);
}

static int64_t points(const struct score_input *in)
{
    int64_t target = in->target_bp;
    if (in->actual_bp >= target)
        return in->full_cp;
    if (100 * in->actual_bp < in->floor_pct * target || in->full_cp == 0)
        return 0;
    int64_t share = (2 * in->full_cp * in->actual_bp + target) / (2 * target);
    return share < in->full_cp ? share : in->full_cp - 1;
}

enum status score_compute(const struct score_input *input, struct score *out)
{
    if (!is_valid(input))
        return STATUS_INVALID;
    *out = (struct score){
        .completion_bp =
            (20000 * input->actual_bp + input->target_bp) / (2 * input->target_bp),
        .score_cp = points(input),
    };
    return STATUS_OK;
}
