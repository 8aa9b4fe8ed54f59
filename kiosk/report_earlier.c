/* report_earlier.c: a report as of an earlier day beside today's. Both are of the answers
   that there are now, so what one tells and the other doesn't could be subtracted: a
   centre's answers of a single wave, say. So an earlier day's report shows what follows
   from today's and nothing else: a row that is in today's with the same answers, and a
   figure that today's shown strata and their sums give. */
#include "kiosk/report_sum.h"
#include "kiosk/suppress.h"

#include "kiosk/limits.h"

static bool is_same_item(const struct plan_item *a, const struct plan_item *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return text_equals(a->id, b->id) && text_equals(a->supports, b->supports);
}

/* What does not describe a row is the same in all of its breakdown. */
static bool is_same_row(const struct report_row *a, const struct report_row *b)
{
    return a->wave == b->wave && text_equals(a->centre, b->centre) &&
           a->channel == b->channel && a->mode == b->mode && a->period == b->period &&
           is_same_item(a->item, b->item);
}

static const struct report_row *find(
    const struct report_rows *rows, const struct report_row *wanted)
{
    for (size_t i = 0; i < rows->count; i++)
        if (is_same_row(&rows->list[i], wanted) &&
            (wanted->wave != NULL || rows->list[i].counts == wanted->counts))
            return &rows->list[i];
    return NULL;
}

/* A row that nothing came to since; how much came in is public. */
static void hide_what_grew(const struct report_rows *today, struct report_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct report_row *row = &rows->list[i];
        const struct report_row *now = find(today, row);
        if (now == NULL || now->is_hidden || now->received != row->received)
            report_row_hide(row);
    }
}

/* The figure follows from today's if all that it counts is shown there, or if what is
   hidden there is in it as a whole. */
static bool follows(
    const struct report_indicator *today, const struct report_indicator *of)
{
    size_t hidden_now = 0, hidden_then = 0;
    for (size_t i = 0; i < today->strata.count; i++)
        hidden_now += today->strata.list[i].counts && today->strata.list[i].is_hidden;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        if (!row->counts || !row->is_hidden)
            continue;
        if (!find(&today->strata, row)->counts)
            return false;
        hidden_then++;
    }
    return hidden_then == 0 || hidden_then == hidden_now;
}

/* Figures of two days differ by single waves. In one of few answers the measures would
   give away how these are spread, which is not shown of it by itself either. */
static bool has_few(const struct report_indicator *today)
{
    for (size_t i = 0; i < today->strata.count; i++) {
        const struct report_row *row = &today->strata.list[i];
        if (row->counts && (row->is_hidden || (row->n > 0 && row->n < LEVELS_SHOWN_MIN)))
            return true;
    }
    return false;
}

void report_hide_earlier(
    const struct report_indicator *today, int64_t k, struct report_indicator *of)
{
    hide_what_grew(&today->strata, &of->strata);
    hide_what_grew(&today->by_centre, &of->by_centre);
    hide_what_grew(&today->by_channel, &of->by_channel);
    hide_what_grew(&today->by_period, &of->by_period);
    hide_what_grew(&today->items, &of->items);
    of->tells_levels = has_few(today);
    of->is_withheld = group_is_small(today->n, k) || !follows(today, of) ||
                      (of->indicator->measure == MEASURE_SCORE && of->tells_levels);
    of->is_hidden = of->is_hidden || of->is_withheld;
}
