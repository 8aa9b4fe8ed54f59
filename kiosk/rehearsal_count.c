/* rehearsal_count.c: what a report must say, counted from the answers themselves. It is a
   second way to each number, so it shares nothing with the tallies but the plan. */
#include "kiosk/rehearsal.h"

#include <math.h>

/* A row's question about one submission. */
struct question {
    const struct plan *plan;
    const struct plan_indicator *indicator;
    enum rehearsal_break by;
    const struct report_row *row;
};

static bool channel_counts(
    const struct plan_programme *programme, const struct submission *submission)
{
    return programme->answers == ANSWERS_ALL || channel_is_invited(submission->channel);
}

static bool is_of_row(const struct question *question,
    const struct plan_programme *programme, const struct submission *submission)
{
    const struct report_row *row = question->row;
    switch (question->by) {
    case REHEARSE_WAVE:
        return programme == row->programme &&
               text_equals(submission->wave, row->wave->id);
    case REHEARSE_CENTRE:
        return text_equals(submission->centre, row->centre);
    case REHEARSE_CHANNEL:
        return submission->channel == row->channel && submission->mode == row->mode &&
               channel_counts(programme, submission) == row->counts;
    case REHEARSE_PERIOD:
        return submission->period == row->period;
    case REHEARSE_ITEM:
        return true;
    }
    return false;
}

/* Where the row's item stands in the questionnaire; the item that counts for others.
   PLAN_NONE: it is not asked there. */
static size_t item_of(
    const struct question *question, const struct plan_questionnaire *questionnaire)
{
    if (question->by != REHEARSE_ITEM)
        return questionnaire->overall;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (questionnaire->items[i].kind == ITEM_RATING &&
            text_equals(questionnaire->items[i].id, question->row->item->id) &&
            text_equals(questionnaire->items[i].supports, question->row->item->supports))
            return i;
    return PLAN_NONE;
}

static bool is_satisfied(enum measure measure, int level)
{
    return level >= (measure == MEASURE_TOP3 ? 3 : 4);
}

static void count_one(const struct question *question,
    const struct plan_programme *programme, const struct submission *submission,
    struct rehearsal_count *out)
{
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(question->plan, programme);
    size_t item = item_of(question, questionnaire);
    if (item == PLAN_NONE)
        return;
    out->received++;
    if (question->by != REHEARSE_CHANNEL && !channel_counts(programme, submission))
        return;
    int level = answers_level(questionnaire, submission->answers, item);
    if (level < LEVEL_MIN) {
        out->missing++;
        return;
    }
    out->n++;
    out->x += is_satisfied(question->indicator->measure, level);
}

struct rehearsal_count rehearsal_count_row(const struct plan *plan,
    const struct demo *demo, const struct plan_indicator *indicator,
    enum rehearsal_break by, const struct report_row *row)
{
    const struct question question = {plan, indicator, by, row};
    struct rehearsal_count out = {0};
    for (size_t i = 0; i < demo->submission_count; i++) {
        const struct submission *submission = &demo->submissions[i];
        const struct plan_programme *programme =
            plan_find_programme(plan, submission->programme);
        if (&plan->indicators[programme->indicator] == indicator &&
            is_of_row(&question, programme, submission))
            count_one(&question, programme, submission, &out);
    }
    return out;
}

struct rehearsal_count rehearsal_count_indicator(
    const struct plan *plan, const struct demo *demo, const struct report_indicator *of)
{
    struct rehearsal_count out = {0};
    for (size_t i = 0; i < of->strata.count; i++) {
        struct rehearsal_count one = rehearsal_count_row(
            plan, demo, of->indicator, REHEARSE_WAVE, &of->strata.list[i]);
        out.received += one.received;
        if (!of->strata.list[i].counts)
            continue;
        out.n += one.n;
        out.x += one.x;
        out.missing += one.missing;
    }
    return out;
}

/* ---- the truth ---- */

static double mean_of(
    const struct rehearsal_wave *wave, const struct plan_indicator *indicator)
{
    double sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        sum += (double)wave->levels[i] * indicator->weights[i];
    return sum / (double)wave->people;
}

static double truth_of(
    const struct rehearsal_wave *wave, const struct plan_indicator *indicator)
{
    if (indicator->measure == MEASURE_SCORE)
        return mean_of(wave, indicator);
    return (double)wave->satisfied / (double)wave->people;
}

static const struct rehearsal_wave *find_wave(
    const struct rehearsal *rehearsal, const struct plan_wave *wave)
{
    for (size_t i = 0; i < rehearsal->wave_count; i++)
        if (rehearsal->waves[i].wave == wave)
            return &rehearsal->waves[i];
    return NULL;
}

double rehearsal_true_figure(
    const struct rehearsal *rehearsal, const struct report_indicator *of)
{
    double sum = 0;
    double all = 0;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        const struct rehearsal_wave *wave = find_wave(rehearsal, row->wave);
        if (!row->counts || wave == NULL || wave->people <= 0)
            continue;
        bool is_pooled = of->population == NO_COUNT; /* every answer weighs the same */
        double weight = (double)(is_pooled ? row->received : wave->people);
        sum += weight * truth_of(wave, of->indicator);
        all += weight;
    }
    return all > 0 ? sum / all : (double)NAN;
}
