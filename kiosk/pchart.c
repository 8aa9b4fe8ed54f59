/* pchart.c: points, lines, and the three rules. */
#include "kiosk/pchart.h"

#include "kiosk/figure.h"
#include "kiosk/limits.h"
#include "kiosk/tails.h"

#include <assert.h>
#include <math.h>

enum { RUN_LENGTH = 8, TWICE_WITHIN = 3 };
static const double far_tail = 0.00135;   /* of a normal variable beyond 3 */
static const double twice_tail = 0.02275; /* beyond 2 */

const char *pchart_word(enum pchart_alert alert)
{
    static const char *const words[] = {[PCHART_NONE] = "none",
        [PCHART_AMBER] = "amber",
        [PCHART_RED] = "red",
        [PCHART_OPEN] = "open"};
    assert(alert <= PCHART_OPEN);
    return words[alert];
}

static bool are_valid(const struct pchart_week *weeks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (weeks[i].x < 0 || weeks[i].x > weeks[i].n || weeks[i].n > WAVE_POPULATION_MAX)
            return false;
    return true;
}

/* ---- points ---- */

static void merge_weeks(const struct pchart_week *weeks, size_t count, size_t baseline,
    int64_t least, struct pchart *chart)
{
    struct pchart_point point = {0};
    for (size_t i = 0; i < count; i++) {
        point.last_week = i;
        point.x += weeks[i].x;
        point.n += weeks[i].n;
        bool is_closed = point.n >= least || (i + 1 == baseline && point.n > 0);
        bool is_last = i + 1 == count && point.n > 0;
        if (!is_closed && !is_last)
            continue;
        point.is_baseline = i < baseline;
        point.alert = is_closed ? PCHART_NONE : PCHART_OPEN;
        point.p = (double)point.x / (double)point.n;
        chart->points[chart->count++] = point;
        point = (struct pchart_point){0};
    }
}

/* The baseline's answers; none while it is not complete. */
static struct pchart_week sum_baseline(
    const struct pchart_week *weeks, size_t count, size_t baseline)
{
    struct pchart_week sum = {0, 0};
    for (size_t i = 0; i < baseline && baseline <= count; i++) {
        sum.x += weeks[i].x;
        sum.n += weeks[i].n;
    }
    return sum;
}

static void draw_lines(struct pchart *chart)
{
    for (size_t i = 0; i < chart->count; i++) {
        struct pchart_point *point = &chart->points[i];
        double half = 3 * sqrt(chart->center * (1 - chart->center) / (double)point->n);
        point->lower = fmax(chart->center - half, 0);
        point->upper = fmin(chart->center + half, 1);
        point->tail = binomial_at_most(point->x, point->n, chart->center);
    }
}

/* ---- rules ---- */

static bool is_twice(const struct pchart_point *points, size_t at)
{
    if (!(points[at].tail < twice_tail))
        return false;
    for (size_t back = 1; back < TWICE_WITHIN && back <= at; back++)
        if (points[at - back].tail < twice_tail)
            return true;
    return false;
}

static void apply_rules(struct pchart *chart, const struct pchart_week *baseline)
{
    size_t run = 0;
    for (size_t i = 0; i < chart->count; i++) {
        struct pchart_point *point = &chart->points[i];
        bool is_below = shares_compare(point->x, point->n, baseline->x, baseline->n) < 0;
        run = is_below ? run + 1 : 0;
        point->rules[PCHART_FAR] = point->tail < far_tail;
        point->rules[PCHART_TWICE] = is_twice(chart->points, i);
        point->rules[PCHART_RUN] = run >= RUN_LENGTH;
        if (point->alert == PCHART_OPEN)
            continue;
        if (point->rules[PCHART_TWICE] || point->rules[PCHART_RUN])
            point->alert = PCHART_AMBER;
        if (point->rules[PCHART_FAR])
            point->alert = PCHART_RED;
    }
}

enum status pchart_compute(struct arena *arena, const struct pchart_week *weeks,
    size_t count, size_t baseline, int64_t least, struct pchart *out)
{
    struct pchart chart = {.center = NAN};
    if (count > PCHART_WEEKS_MAX)
        return STATUS_TOO_LARGE;
    if (!are_valid(weeks, count) || baseline < PCHART_BASELINE_MIN || least < 1)
        return STATUS_INVALID;
    chart.points = arena_take_array(arena, count, sizeof *chart.points);
    if (chart.points == NULL)
        return STATUS_NO_MEMORY;
    merge_weeks(weeks, count, baseline, least, &chart);
    struct pchart_week sum = sum_baseline(weeks, count, baseline);
    if (sum.n > 0) {
        chart.center = (double)sum.x / (double)sum.n;
        draw_lines(&chart);
        apply_rules(&chart, &sum);
    } else
        for (size_t i = 0; i < chart.count; i++)
            chart.points[i].lower = chart.points[i].upper = chart.points[i].tail = NAN;
    *out = chart;
    return STATUS_OK;
}
