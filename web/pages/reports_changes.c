/* reports_changes.c: whether a rate rose or fell, in words. Nobody is told of a rise or a
   fall that the test does not bear out. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

static struct text say(const struct reports_making *making, const char *message)
{
    return text_of(tr(making->language, message));
}

/* Points with two decimals and, unless plain, their sign. */
static struct text points(
    const struct reports_making *making, double hundredths, bool plain)
{
    double value = plain ? fabs(hundredths) : hundredths;
    return text_format(making->arena, plain ? "%.2f" : "%+.2f", value / 100 + 0.0);
}

/* Outwards, so that it says no more than the interval. */
static struct text lower(const struct reports_making *making, double share)
{
    return points(making, floor(share * 10000 + 1e-7), false);
}

static struct text upper(const struct reports_making *making, double share)
{
    return points(making, ceil(share * 10000 - 1e-7), false);
}

/* "2026-q1" of a wave, "from 1 April" of a quarter. */
static struct text step_name(
    const struct reports_making *making, const struct report_row *row)
{
    return row->wave != NULL ? row->wave->id : reports_quarter(making, row->period);
}

static const char *sentence_of(enum change_decision decision)
{
    switch (decision) {
    case CHANGE_IMPROVED:
    case CHANGE_HIGHER:
        return N_(
            "{1}: from {2} to {3} the rate rose by {4} points ({5} to {6}), which is "
            "more than chance.");
    case CHANGE_DECLINED:
    case CHANGE_LOWER:
        return N_(
            "{1}: from {2} to {3} the rate fell by {4} points ({5} to {6}), which is "
            "more than chance.");
    case CHANGE_NO_DATA:
    case CHANGE_NO_EVIDENCE:
    case CHANGE_EQUAL:
    case CHANGE_DECISION_COUNT:
        break;
    }
    return N_("{1}: from {2} to {3} no change is proven; {4} points ({5} to {6}), which "
              "chance alone may do.");
}

static bool is_proven(enum change_decision decision)
{
    return decision != CHANGE_NO_EVIDENCE && decision != CHANGE_EQUAL;
}

static struct text trend_words(const struct reports_making *making,
    const struct report_indicator *of, const struct report_change *change)
{
    enum { STEPS_MIN = 3 };
    const struct trend *trend = &change->trend;
    double allowed = 1 - of->indicator->confidence_bp / 10000.0;
    const char *message = N_(" Over all {1} no trend is proven (p = {2}).");
    if (change->steps < STEPS_MIN || isnan(trend->p_value))
        return TEXT("");
    if (trend->p_value < allowed && trend->direction != 0)
        message = trend->direction > 0 ? N_(" Over all {1} it is rising (p = {2}).")
                                       : N_(" Over all {1} it is falling (p = {2}).");
    return reports_format(making, message,
        text_format(making->arena, "%zu", change->steps),
        text_format(making->arena, "%.4f", trend->p_value), (struct text){0});
}

static struct text change_words(const struct reports_making *making,
    const struct report_indicator *of, const struct report_change *change)
{
    const struct change *by = &change->change;
    struct text name = change->programme == NULL
                           ? say(making, N_("All answers together"))
                           : tr_wording(making->language, &change->programme->name);
    const struct text arguments[] = {name, step_name(making, change->from),
        step_name(making, change->to),
        points(making, (double)llround(by->difference * 10000), is_proven(by->decision)),
        lower(making, by->interval.lo), upper(making, by->interval.hi)};
    struct text sentence = tr_format(
        making->arena, making->language, sentence_of(by->decision), arguments, 6);
    struct text trend = trend_words(making, of, change);
    return text_format(making->arena, "%.*s%.*s", TEXT_ARG(sentence), TEXT_ARG(trend));
}

enum status reports_changes(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    out->changes =
        arena_take_array(making->arena, of->change_count, sizeof *out->changes);
    if (out->changes == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < of->change_count && i < REPORTS_ROWS_MAX; i++)
        out->changes[out->change_count++] = change_words(making, of, &of->changes[i]);
    return STATUS_OK;
}
