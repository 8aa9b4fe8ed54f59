/* report_sum.c: tally cells added up, and a row's figures made of the sum. */
#include "kiosk/report_sum.h"

#include <math.h>

bool channel_is_invited(enum channel channel)
{
    return channel == CHANNEL_SLIP || channel == CHANNEL_LINK ||
           channel == CHANNEL_PAPER || channel == CHANNEL_PHONE;
}

bool report_channel_counts(const struct plan_programme *programme, enum channel channel)
{
    return programme->answers == ANSWERS_ALL || channel_is_invited(channel);
}

day_t report_period(const struct plan_programme *programme, day_t period)
{
    enum { THURSDAY = 3 }; /* days behind Monday */
    bool is_fine = programme->grain == GRAIN_WEEK || programme->grain == GRAIN_DAY;
    if (!is_fine || period == DAY_NONE)
        return period;
    day_t middle = period_start(GRAIN_WEEK, period, period) + THURSDAY;
    return period_start(GRAIN_MONTH, middle, middle);
}

void report_find(struct report_finder *finder, const struct tally_cell *cell)
{
    const struct plan *plan = finder->plan;
    const struct tally_cell *last = finder->last;
    bool is_same_programme =
        last != NULL && text_equals(last->programme, cell->programme);
    finder->last = cell;
    if (is_same_programme && text_equals(last->wave, cell->wave))
        return;
    if (!is_same_programme) {
        finder->programme = plan_find_programme(plan, cell->programme);
        if (finder->programme != NULL &&
            &plan->indicators[finder->programme->indicator] != finder->indicator)
            finder->programme = NULL;
    }
    finder->wave = finder->programme == NULL
                       ? NULL
                       : programme_find_wave(finder->programme, cell->wave);
}

static int64_t count_valid(const int64_t *rating)
{
    int64_t valid = 0;
    for (int level = LEVEL_MIN; level <= LEVEL_MAX; level++)
        valid += rating[TALLY_LEVEL_1 + level - LEVEL_MIN];
    return valid;
}

int64_t report_valid(const struct plan *plan, const struct plan_programme *programme,
    const struct tally_cell *cell)
{
    const struct plan_questionnaire *asked = programme_questionnaire(plan, programme);
    return report_channel_counts(programme, cell->channel)
               ? count_valid(cell->counters + tally_offset(asked, asked->overall))
               : 0;
}

void report_sum_add(const struct plan *plan, const struct plan_programme *programme,
    const struct tally_cell *cell, size_t item, enum report_scope scope,
    struct report_sum *sum)
{
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(plan, programme);
    const int64_t *counters = cell->counters + tally_offset(questionnaire, item);
    int64_t valid = count_valid(counters);
    sum->received += cell->received;
    sum->released += cell->counters[0];
    if (cell->channel == CHANNEL_SLIP || cell->channel == CHANNEL_LINK)
        sum->coded += cell->received;
    if (scope == SCOPE_FIGURE && !report_channel_counts(programme, cell->channel)) {
        sum->walk_in_beside += valid;
        return;
    }
    for (int level = LEVEL_MIN; level <= LEVEL_MAX; level++)
        sum->levels[LEVEL_MAX - level] += counters[TALLY_LEVEL_1 + level - LEVEL_MIN];
    sum->missing += counters[TALLY_BLANK] + counters[TALLY_UNKNOWN];
    if (!channel_is_invited(cell->channel))
        sum->walk_in += valid;
    if (cell->flags != 0) {
        sum->flagged += cell->counters[0];
        return;
    }
    for (int level = LEVEL_MIN; level <= LEVEL_MAX; level++)
        sum->clean[LEVEL_MAX - level] += counters[TALLY_LEVEL_1 + level - LEVEL_MIN];
    if (!channel_is_invited(cell->channel))
        sum->clean_walk_in += valid;
}

double report_response(int64_t answered, int64_t asked)
{
    return asked > 0 ? (double)answered / (double)asked : (double)NAN;
}

void report_row_hide(struct report_row *row)
{
    row->is_hidden = true;
    row->n = NO_COUNT;
    row->x = NO_COUNT;
    row->rate = (struct rate){.p = NAN,
        .wilson = {NAN, NAN},
        .exact = {NAN, NAN},
        .bound = {NAN, NAN},
        .rate_bp = NO_COUNT,
        .lo_bp = NO_COUNT,
        .hi_bp = NO_COUNT};
}

enum status report_row_fill(const struct plan_indicator *indicator,
    const struct report_sum *sum, int64_t population, struct report_row *row)
{
    row->received = sum->received;
    row->n = levels_sum(sum->levels);
    row->x = levels_top(sum->levels, indicator->measure);
    row->answered = sum->coded;
    struct rate_input input = {
        .x = row->x,
        .n = row->n,
        .population = population,
        .is_walk_in = sum->walk_in > 0,
        .confidence_bp = indicator->confidence_bp,
        .target_bp = indicator->target_bp,
        .is_row = true,
    };
    row->has_walk_in = sum->walk_in > 0;
    row->waits = sum->received > 0 && sum->released == 0;
    return rate_compute(&input, &row->rate) == STATUS_OK ? STATUS_OK : STATUS_INTERNAL;
}
