/* report_cross.c: the two tables with two sides: programme by centre, and week by
   programme as a control chart each. */
#include "kiosk/report_cross.h"

#include "kiosk/suppress.h"

bool cross_has_weeks(const struct plan_programme *programme)
{
    return programme->grain == GRAIN_WEEK || programme->grain == GRAIN_DAY;
}

day_t cross_monday(day_t period)
{
    return period_start(GRAIN_WEEK, period, period);
}

static struct report_finder finder_of(const struct cross *cross)
{
    return (struct report_finder){
        .plan = cross->input->plan, .indicator = cross->of->indicator};
}

/* The finder's programme if the cell's wave has opened; else NULL. */
static const struct plan_programme *programme_of(const struct cross *cross,
    struct report_finder *finder, const struct tally_cell *cell)
{
    report_find(finder, cell);
    bool is_open = finder->wave != NULL && finder->wave->opens <= cross->input->as_of;
    return is_open ? finder->programme : NULL;
}

static void add_overall(const struct cross *cross, const struct plan_programme *programme,
    const struct tally_cell *cell, struct report_sum *sum)
{
    const struct plan *plan = cross->input->plan;
    report_sum_add(plan, programme, cell,
        programme_questionnaire(plan, programme)->overall, SCOPE_FIGURE, sum);
}

/* ---- programme by centre ---- */

/* Where the programme's cells begin: centres stand as in by_centre. */
static size_t first_cell(
    const struct cross *cross, const struct plan_programme *programme)
{
    const struct plan_indicator *indicator = cross->of->indicator;
    size_t at = 0;
    while (at < indicator->programme_count &&
           &cross->input->plan->programmes[indicator->programmes[at]] != programme)
        at++;
    return at * cross->of->by_centre.count;
}

static size_t centre_at(const struct cross *cross, struct text centre, size_t last)
{
    const struct report_rows *centres = &cross->of->by_centre;
    for (size_t i = 0; i < centres->count; i++) {
        size_t at = (last + i) % centres->count;
        if (text_equals(centres->list[at].centre, centre))
            return at;
    }
    return 0;
}

static void sum_cells(struct cross *cross, struct report_sum *sums)
{
    const struct report_input *input = cross->input;
    struct report_finder finder = finder_of(cross);
    size_t centre = 0;
    for (size_t i = 0; i < input->wave_count; i++) {
        const struct tally_cell *cell = &input->waves[i];
        const struct plan_programme *programme = programme_of(cross, &finder, cell);
        if (programme == NULL)
            continue;
        centre = centre_at(cross, cell->centre, centre);
        add_overall(cross, programme, cell, &sums[first_cell(cross, programme) + centre]);
    }
}

/* Without an interval, which would take longer than all the rest: n stands in the cell.
 */
static void fill_cell(const struct plan_indicator *indicator,
    const struct report_sum *sum, struct report_row *row)
{
    report_row_hide(row); /* nothing is left from before */
    row->is_hidden = false;
    row->n = levels_sum(sum->levels);
    row->x = levels_top(sum->levels, indicator->measure);
    if (row->n == 0)
        return;
    row->rate.p = (double)row->x / (double)row->n;
    row->rate.rate_bp = printed_share(row->x, row->n, indicator->target_bp);
}

static void fill_cells(struct cross *cross, const struct report_sum *sums)
{
    struct report_indicator *of = cross->of;
    for (size_t i = 0; i < of->cells.count; i++) {
        struct report_row *row = &of->cells.list[i];
        size_t programme = of->indicator->programmes[i / of->by_centre.count];
        *row =
            (struct report_row){.programme = &cross->input->plan->programmes[programme],
                .centre = of->by_centre.list[i % of->by_centre.count].centre,
                .counts = true,
                .population = NO_COUNT,
                .asked = NO_COUNT};
        fill_cell(of->indicator, &sums[i], row);
    }
}

/* Small cells, and what two sides with sums take to cover them. */
static enum status cover_cells(struct cross *cross)
{
    struct report_indicator *of = cross->of;
    bool is_safe = true;
    int64_t *n = arena_take_array(cross->arena, of->cells.count, sizeof *n);
    if (n == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < of->cells.count; i++)
        n[i] = of->cells.list[i].n;
    const struct suppress_table table = {n, of->indicator->programme_count,
        of->by_centre.count, cross->input->plan->k, NULL};
    enum status status = suppress_cells(cross->arena, &table, cross->hidden, &is_safe);
    for (size_t i = 0; i < of->cells.count && !is_safe; i++)
        cross->hidden[i] = n[i] > 0;
    return status;
}

/* One programme or one centre alone has no table of its own. */
static enum status make_cells(struct cross *cross)
{
    struct report_indicator *of = cross->of;
    size_t count = of->indicator->programme_count * of->by_centre.count;
    if (of->indicator->programme_count < 2 || of->by_centre.count < 2 ||
        count > SUPPRESS_CELLS_MAX)
        return STATUS_OK;
    struct report_sum *sums = arena_take_array(cross->arena, count, sizeof *sums);
    of->cells.list = arena_take_array(cross->arena, count, sizeof *of->cells.list);
    cross->hidden = arena_take_array(cross->arena, count, sizeof *cross->hidden);
    if (sums == NULL || of->cells.list == NULL || cross->hidden == NULL)
        return STATUS_NO_MEMORY;
    of->cells.count = count;
    sum_cells(cross, sums);
    fill_cells(cross, sums);
    return cover_cells(cross);
}

/* ---- week by programme ---- */

static void widen(struct cross_weeks *weeks, day_t monday)
{
    if (weeks->count == 0)
        weeks->first = monday;
    if (monday < weeks->first) {
        weeks->count += (size_t)(weeks->first - monday) / 7;
        weeks->first = monday;
    }
    size_t count = (size_t)(monday - weeks->first) / 7 + 1;
    weeks->count = count > weeks->count ? count : weeks->count;
}

/* What a cell says of the programme; false if it is not the programme's, or empty. */
static bool sum_of_week(const struct cross *cross, struct report_finder *finder,
    const struct cross_weeks *weeks, const struct tally_cell *cell,
    struct report_sum *out)
{
    *out = (struct report_sum){0};
    if (programme_of(cross, finder, cell) != weeks->programme)
        return false;
    add_overall(cross, weeks->programme, cell, out);
    return levels_sum(out->levels) > 0;
}

static enum status sum_weeks(struct cross *cross, struct cross_weeks *weeks)
{
    const struct report_input *input = cross->input;
    struct report_sum sum;
    struct report_finder finder = finder_of(cross);
    for (size_t i = 0; i < input->period_count; i++)
        if (sum_of_week(cross, &finder, weeks, &input->periods[i], &sum))
            widen(weeks, cross_monday(input->periods[i].period));
    weeks->list = arena_take_array(cross->arena, weeks->count, sizeof *weeks->list);
    if (weeks->list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < input->period_count; i++) {
        if (!sum_of_week(cross, &finder, weeks, &input->periods[i], &sum))
            continue;
        size_t at = (size_t)(cross_monday(input->periods[i].period) - weeks->first) / 7;
        weeks->list[at].n += levels_sum(sum.levels);
        weeks->list[at].x += levels_top(sum.levels, cross->of->indicator->measure);
    }
    return STATUS_OK;
}

/* Weeks that are not a point yet. */
struct joining {
    const struct cross_weeks *weeks;
    size_t first; /* of them */
    int64_t n;    /* of them together */
    bool has_whole;
    size_t whole; /* the week that ends the last point, if has_whole */
};

static day_t month_of(const struct cross_weeks *weeks, size_t week)
{
    return report_period(weeks->programme, weeks->first + (day_t)(7 * week));
}

/* Whole months, so that no week is left between a month's sum and the points. */
static size_t baseline_of(const struct cross_weeks *weeks)
{
    size_t baseline = PCHART_BASELINE;
    while (month_of(weeks, baseline - 1) == month_of(weeks, baseline))
        baseline++;
    return baseline;
}

/* The open weeks go to the point before them. */
static void join_back(struct joining *joining, size_t end, struct pchart_week *out)
{
    for (size_t i = joining->first; i < end; i++) {
        out[joining->whole].n += out[i].n;
        out[joining->whole].x += out[i].x;
        out[i] = (struct pchart_week){0, 0};
        joining->weeks->joined[i] = joining->whole;
    }
    joining->first = end;
    joining->n = 0;
}

/* No point crosses the end of a month that is large enough to be shown: what is left
   there joins the point before. So does what is left at the baseline's end and at last.
 */
static void join_small(
    const struct cross_weeks *weeks, int64_t k, struct pchart_week *out)
{
    struct joining joining = {.weeks = weeks};
    for (size_t i = 0; i < weeks->count; i++) {
        out[i] = weeks->list[i];
        weeks->joined[i] = i;
        joining.n += weeks->list[i].n;
        if (joining.n >= k) {
            joining.n = 0;
            joining.first = i + 1;
            joining.whole = i;
            joining.has_whole = true;
        }
        bool is_end = i + 1 == weeks->count || i + 1 == weeks->out->baseline;
        bool is_month_end = is_end || month_of(weeks, i) != month_of(weeks, i + 1);
        bool is_near = joining.has_whole &&
                       (is_end || month_of(weeks, joining.whole) == month_of(weeks, i));
        if (is_month_end && is_near)
            join_back(&joining, i + 1, out);
        if (i + 1 == weeks->out->baseline)
            joining = (struct joining){.weeks = weeks, .first = i + 1};
    }
}

static enum status make_chart(struct cross *cross, struct cross_weeks *weeks)
{
    struct arena *arena = cross->arena;
    struct report_weeks *out = weeks->out;
    int64_t k = cross->input->plan->k;
    struct pchart_week *joined = arena_take_array(arena, weeks->count, sizeof *joined);
    weeks->joined = arena_take_array(arena, weeks->count, sizeof *weeks->joined);
    if (joined == NULL || weeks->joined == NULL)
        return STATUS_NO_MEMORY;
    out->baseline = baseline_of(weeks);
    join_small(weeks, k, joined);
    enum status status =
        pchart_compute(arena, joined, weeks->count, out->baseline, k, &out->chart);
    out->days = arena_take_array(arena, out->chart.count, sizeof *out->days);
    if (status == STATUS_OK && out->days == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; status == STATUS_OK && i < out->chart.count; i++) {
        out->days[i] = weeks->first + (day_t)(7 * out->chart.points[i].last_week);
        out->is_hidden |= group_is_small(out->chart.points[i].n, k);
    }
    return status;
}

static enum status make_weeks(struct cross *cross)
{
    struct report_indicator *of = cross->of;
    size_t room = of->indicator->programme_count;
    cross->weeks = arena_take_array(cross->arena, room, sizeof *cross->weeks);
    of->weeks = arena_take_array(cross->arena, room, sizeof *of->weeks);
    if (cross->weeks == NULL || of->weeks == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < room; i++) {
        const struct plan_programme *programme =
            &cross->input->plan->programmes[of->indicator->programmes[i]];
        struct cross_weeks *weeks = &cross->weeks[cross->weeks_count];
        if (!cross_has_weeks(programme))
            continue;
        *weeks = (struct cross_weeks){
            .programme = programme, .out = &of->weeks[of->weeks_count]};
        weeks->out->programme = programme;
        enum status status = sum_weeks(cross, weeks);
        if (status == STATUS_OK && weeks->count > 0)
            status = make_chart(cross, weeks);
        if (status != STATUS_OK)
            return status;
        cross->weeks_count += weeks->count > 0;
        of->weeks_count += weeks->count > 0;
    }
    return STATUS_OK;
}

static void hide_chart(struct report_weeks *weeks)
{
    if (!weeks->is_hidden)
        return;
    weeks->chart = (struct pchart){0};
    weeks->days = NULL;
}

enum status report_cross(
    struct arena *arena, const struct report_input *input, struct report_indicator *of)
{
    struct cross cross = {.arena = arena, .input = input, .of = of};
    enum status status = make_cells(&cross);
    if (status == STATUS_OK)
        status = make_weeks(&cross);
    if (status == STATUS_OK)
        status = cross_hide(&cross);
    for (size_t i = 0; status == STATUS_OK && i < of->cells.count; i++)
        if (cross.hidden[i])
            report_row_hide(&of->cells.list[i]);
    for (size_t i = 0; status == STATUS_OK && i < of->weeks_count; i++)
        hide_chart(&of->weeks[i]);
    return status;
}
