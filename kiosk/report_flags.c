/* report_flags.c: the figure without flagged answers, and invited answers beside walk-in
   ones. */
#include "kiosk/report_sum.h"

#include <math.h>

/* ---- the figure without them ---- */

static struct report_without make_without(
    const struct strata *figure, const struct report_indicator *of)
{
    bool is_score = of->indicator->measure == MEASURE_SCORE;
    struct report_without without = {.is_shown = true,
        .n = figure->n,
        .x = figure->x,
        .rate = is_score ? (double)NAN : figure->p,
        .rate_bp = figure->rate_bp,
        .verdict = is_score ? figure->mean_verdict : figure->verdict};
    if (is_score)
        without.rate_bp =
            isnan(figure->mean.value)
                ? NO_COUNT
                : printed_rate(figure->mean.value / 100, of->indicator->target_bp);
    return without;
}

enum status report_add_without(struct arena *arena, const struct report_input *input,
    const struct strata_input *clean, int64_t flagged, struct report_indicator *of)
{
    struct strata figure = {0};
    bool does_tell = false;
    of->flagged = flagged;
    of->without_flagged = (struct report_without){.n = NO_COUNT,
        .x = NO_COUNT,
        .rate = NAN,
        .rate_bp = NO_COUNT,
        .verdict = VERDICT_INSUFFICIENT};
    if (of->is_hidden || (of->is_earlier && flagged > 0))
        return STATUS_OK; /* of an earlier day, today's would have to be looked at too */
    enum status status = strata_compute(arena, clean, &figure);
    if (status == STATUS_OK && flagged > 0)
        status = report_flags_tell(arena, input, of, &does_tell);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status : STATUS_INTERNAL;
    if (!does_tell)
        of->without_flagged = make_without(&figure, of);
    return STATUS_OK;
}

/* ---- invited and walk-in ---- */

/* The sum of rows that are shown tells nothing that they do not. */
static enum status add_group(
    const struct report_indicator *of, bool is_invited, struct report_row *out)
{
    *out = (struct report_row){.counts = true,
        .channel = is_invited ? CHANNEL_SLIP : CHANNEL_POSTER, /* one of them */
        .population = NO_COUNT,
        .asked = NO_COUNT};
    for (size_t i = 0; i < of->by_channel.count; i++) {
        const struct report_row *row = &of->by_channel.list[i];
        if (channel_is_invited(row->channel) != is_invited)
            continue;
        out->received += row->received;
        out->answered += row->answered;
        out->counts &= row->counts;
        out->is_hidden |= row->is_hidden;
        out->n += row->is_hidden ? 0 : row->n;
        out->x += row->is_hidden ? 0 : row->x;
        out->has_walk_in |= row->has_walk_in;
    }
    const struct rate_input input = {.x = out->x,
        .n = out->n,
        .population = POPULATION_UNKNOWN,
        .is_walk_in = out->has_walk_in,
        .confidence_bp = of->indicator->confidence_bp,
        .target_bp = of->indicator->target_bp,
        .is_row = true};
    if (rate_compute(&input, &out->rate) != STATUS_OK)
        return STATUS_INTERNAL;
    if (out->is_hidden)
        report_row_hide(out);
    return STATUS_OK;
}

enum status report_add_invited(struct report_indicator *of)
{
    enum status status = add_group(of, true, &of->invited);
    return status == STATUS_OK ? add_group(of, false, &of->walk_in) : status;
}
