/* stats_periods.c: the tables about time: change between two periods, trend over several,
   and the weekly control chart. */
#include "web/command/stats.h"

#include "kiosk/change.h"
#include "kiosk/figure.h"
#include "kiosk/limits.h"
#include "kiosk/pchart.h"

#define COUNT_MAX WAVE_POPULATION_MAX
#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static bool is_part(struct stats *stats, int64_t x, int64_t n)
{
    if (x > n)
        stats_complain_counts(
            stats, N_("x is {1}, more than the {2} answers of n."), x, n);
    return x <= n;
}

/* ---- change ---- */

enum { CHANGE_ID, CHANGE_FIRST, CHANGE_SECOND = CHANGE_FIRST + 3, CHANGE_CONF = 7 };

static const struct stats_column change_columns[] = {
    [CHANGE_ID] = {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [CHANGE_FIRST] = {"x1", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"n1", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"N1", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
    [CHANGE_SECOND] = {"x2", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"n2", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"N2", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
    [CHANGE_CONF] = {"conf", "confidence", CELL_CONFIDENCE, MAY_BE_EMPTY, 0, 0},
};

static struct change_side side_of(const struct stats_value *values)
{
    return (struct change_side){.x = values[0].count,
        .n = values[1].count,
        .population = stats_count_or(&values[2], POPULATION_UNKNOWN)};
}

static void change_row(struct stats *stats, const struct stats_value *values)
{
    struct change change;
    const struct change_side sides[] = {
        side_of(&values[CHANGE_FIRST]), side_of(&values[CHANGE_SECOND])};
    int confidence_bp = (int)stats_count_or(&values[CHANGE_CONF], stats->confidence_bp);
    if (!is_part(stats, sides[0].x, sides[0].n) ||
        !is_part(stats, sides[1].x, sides[1].n))
        return;
    if (change_compute(&sides[0], &sides[1], confidence_bp, &change) != STATUS_OK) {
        stats_complain(
            stats, N_("These numbers don't fit together."), TEXT(""), TEXT(""));
        return;
    }
    if (stats->is_explained) {
        stats_explain_change(stats, &values[CHANGE_ID], sides, confidence_bp, &change);
        return;
    }
    stats_put_name(stats, &values[CHANGE_ID]);
    stats_put_number(stats, change.difference);
    stats_put_number(stats, change.interval.lo);
    stats_put_number(stats, change.interval.hi);
    stats_put_number(stats, change.chisq);
    stats_put_number(stats, change.p_value);
    stats_put_text(stats, text_of(change_word(change.decision)));
    stats_end_row(stats);
}

const struct stats_table stats_change = {"change", COLUMNS(change_columns),
    "id,d,lo,hi,chisq,p_value,decision", change_row, NULL};

/* ---- trend ---- */

enum { TREND_CASE, TREND_PERIOD, TREND_X, TREND_N };

static const struct stats_column trend_columns[] = {
    [TREND_CASE] = {"case", "id", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [TREND_PERIOD] = {"period", NULL, CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [TREND_X] = {"x", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [TREND_N] = {"n", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
};

static void trend_row(struct stats *stats, const struct stats_value *values)
{
    if (is_part(stats, values[TREND_X].count, values[TREND_N].count))
        stats_keep_row(stats, values);
}

static void compute_trend(struct stats *stats, const struct stats_case *of)
{
    struct trend trend;
    size_t count = 0;
    struct change_side *periods =
        arena_take_array(stats->scratch, of->count, sizeof *periods);
    if (periods == NULL) {
        stats_no_room(stats);
        return;
    }
    for (const struct stats_row *row = of->first; row != NULL; row = row->next)
        periods[count++] = (struct change_side){.x = row->values[TREND_X].count,
            .n = row->values[TREND_N].count,
            .population = POPULATION_UNKNOWN};
    if (trend_compute(periods, count, &trend) != STATUS_OK) {
        stats_complain(
            stats, N_("These numbers don't fit together."), TEXT(""), TEXT(""));
        return;
    }
    if (stats->is_explained) {
        stats_explain_trend(stats, &of->name, periods, count, &trend);
        return;
    }
    stats_put_name(stats, &of->name);
    stats_put_number(stats, trend.chisq);
    stats_put_number(stats, trend.p_value);
    stats_put_number(stats, trend.direction);
    stats_end_row(stats);
}

static void trend_finish(struct stats *stats)
{
    stats_each_case(stats, compute_trend);
}

const struct stats_table stats_trend = {"trend", COLUMNS(trend_columns),
    "id,chisq,p_value,direction", trend_row, trend_finish};

/* ---- pchart ---- */

enum { CHART_CASE, CHART_WEEK, CHART_X, CHART_N, CHART_BASELINE };

static const struct stats_column chart_columns[] = {
    [CHART_CASE] = {"case", "id", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [CHART_WEEK] = {"week", NULL, CELL_TEXT, NEEDED, 0, 0},
    [CHART_X] = {"x", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [CHART_N] = {"n", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [CHART_BASELINE] = {"baseline_weeks", NULL, CELL_COUNT, MAY_BE_EMPTY,
        PCHART_BASELINE_MIN, PCHART_WEEKS_MAX},
};

static void chart_row(struct stats *stats, const struct stats_value *values)
{
    if (is_part(stats, values[CHART_X].count, values[CHART_N].count))
        stats_keep_row(stats, values);
}

static void put_point(struct stats *stats, const struct stats_case *of,
    const struct pchart *chart, size_t index, struct text last_week)
{
    const struct pchart_point *point = &chart->points[index];
    stats_put_name(stats, &of->name);
    stats_put_count(stats, (int64_t)index + 1);
    stats_put_text(stats, last_week);
    stats_put_count(stats, point->x);
    stats_put_count(stats, point->n);
    stats_put_count(stats, point->is_baseline);
    stats_put_number(stats, chart->center);
    stats_put_number(stats, point->lower);
    stats_put_number(stats, point->upper);
    stats_put_number(stats, point->p);
    stats_put_number(stats, point->tail);
    for (size_t i = 0; i < PCHART_RULE_COUNT; i++)
        stats_put_count(stats, point->rules[i]);
    stats_put_text(stats, text_of(pchart_word(point->alert)));
    stats_end_row(stats);
}

/* Points follow the weeks, so one walk names them. */
static void put_chart(
    struct stats *stats, const struct stats_case *of, const struct pchart *chart)
{
    size_t week = 0, point = 0;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next, week++)
        if (point < chart->count && chart->points[point].last_week == week)
            put_point(stats, of, chart, point++, row->values[CHART_WEEK].text);
}

static void compute_chart(struct stats *stats, const struct stats_case *of)
{
    int64_t baseline;
    struct pchart chart;
    size_t count = 0;
    struct pchart_week *weeks =
        arena_take_array(stats->scratch, of->count, sizeof *weeks);
    struct text *names = arena_take_array(stats->scratch, of->count, sizeof *names);
    if (weeks == NULL || names == NULL) {
        stats_no_room(stats);
        return;
    }
    if (!stats_one_setting(stats, of, CHART_BASELINE, PCHART_BASELINE, &baseline))
        return;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        names[count] = row->values[CHART_WEEK].text;
        weeks[count++] =
            (struct pchart_week){row->values[CHART_X].count, row->values[CHART_N].count};
    }
    if (pchart_compute(stats->scratch, weeks, count, (size_t)baseline, PCHART_LEAST,
            &chart) != STATUS_OK)
        stats_no_room(stats);
    else if (stats->is_explained)
        stats_explain_pchart(stats, &of->name, names, (size_t)baseline, &chart);
    else
        put_chart(stats, of, &chart);
}

static void chart_finish(struct stats *stats)
{
    stats_each_case(stats, compute_chart);
}

const struct stats_table stats_pchart = {"pchart", COLUMNS(chart_columns),
    "id,point,last_week,x,n,baseline,center,lcl,ucl,p,tail,rule1,rule2,rule3,alert",
    chart_row, chart_finish};
