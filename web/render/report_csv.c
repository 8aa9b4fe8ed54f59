/* report_csv.c: every row has the same columns; what a row has not is an empty cell. */
#include "web/render/report_csv.h"

#include "web/render/csv.h"

#include <math.h>

enum { REPORT_CSV_MAX = 16 * 1024 * 1024 };

static const char header[] = "\xEF\xBB\xBF"
                             "row,indicator,programme,wave,centre,channel,mode,period,"
                             "item,supports,counts,target_bp,"
                             "population,asked,received,n,x,missing,rate,rate_bp,lo,hi,"
                             "lo_bp,hi_bp,bound_lo,bound_hi,"
                             "n_eff,verdict,certain,hidden,seal,answered,response_rate,"
                             "flagged,without_n,without_x,without_rate,"
                             "without_rate_bp,without_verdict,"
                             "pooled_strata,pooled_shift,"
                             "center,lower,upper,tail,baseline,alert,demo\r\n";

static void add_words(struct buffer *out, struct text words)
{
    csv_add_text(out, false, words);
}

static void add_count(struct buffer *out, int64_t count)
{
    csv_add_count(out, false, count);
}

static void add_real(struct buffer *out, double value)
{
    csv_add_number(out, false, value);
}

static void add_real_if(struct buffer *out, bool has_it, double value)
{
    csv_add_number(out, false, has_it ? value : (double)NAN);
}

/* Columns that do not describe a row. */
static void add_empty(struct buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        buffer_add_char(out, ',');
}

static void add_flag(struct buffer *out, bool is_true)
{
    buffer_add_string(out, is_true ? ",1" : ",0");
}

static void add_interval(struct buffer *out, struct interval interval)
{
    add_real(out, interval.lo);
    add_real(out, interval.hi);
}

enum { RESPONSE_COLUMNS = 2, FLAG_COLUMNS = 6, POOLED_COLUMNS = 2, LINE_COLUMNS = 6 };

/* The last column, and the line's end. */
static void end_row(struct buffer *out, bool is_demo)
{
    add_flag(out, is_demo);
    csv_end_row(out);
}

static void add_response(struct buffer *out, int64_t answered, int64_t asked)
{
    add_count(out, answered);
    add_real(out, report_response(answered, asked));
}

static void add_without(struct buffer *out, const struct report_indicator *of)
{
    const struct report_without *without = &of->without_flagged;
    add_count(out, of->flagged);
    add_count(out, without->n);
    add_count(out, without->x);
    add_real(out, without->rate);
    add_count(out, without->rate_bp);
    add_words(
        out, without->is_shown ? text_of(verdict_word(without->verdict)) : TEXT(""));
}

static void add_pooled(struct buffer *out, const struct report_indicator *of)
{
    add_count(out, of->pooled == 0 ? NO_COUNT : (int64_t)of->pooled);
    add_real_if(out, of->pooled > 0, of->figure.shift);
}

/* The lines that chance stays within, of a point of a control chart. */
static void add_lines(struct buffer *out, double center, const struct pchart_point *point)
{
    add_real(out, center);
    add_real(out, point->lower);
    add_real(out, point->upper);
    add_real(out, point->tail);
    add_flag(out, point->is_baseline);
    add_words(out, text_of(pchart_word(point->alert)));
}

static void add_indicator(
    struct buffer *out, const struct report_indicator *of, bool is_demo)
{
    const struct strata *figure = &of->figure;
    bool has_rate = !of->is_hidden && of->indicator->measure != MEASURE_SCORE &&
                    of->indicator->kind == INDICATOR_RATING;
    const struct interval none = {NAN, NAN};
    csv_add_text(out, true, TEXT("indicator"));
    add_words(out, of->indicator->id);
    buffer_add_string(out, ",,,,,,,,,1");
    add_count(out, of->indicator->target_bp);
    add_count(out, of->population);
    add_count(out, of->asked);
    add_count(out, of->received);
    add_count(out, of->n);
    add_count(out, of->x);
    add_count(out, of->missing);
    add_real_if(out, has_rate, figure->p);
    add_count(out, of->rate_bp);
    add_interval(out, has_rate ? figure->interval : none);
    add_count(out, has_rate ? figure->lo_bp : NO_COUNT);
    add_count(out, has_rate ? figure->hi_bp : NO_COUNT);
    add_interval(out, has_rate ? figure->bound : none);
    add_real_if(out, has_rate, figure->n_eff);
    add_words(out, text_of(verdict_word(of->verdict)));
    add_flag(out, figure->certain);
    add_flag(out, of->is_hidden);
    add_empty(out, 1);
    add_response(out, of->answered, of->asked);
    add_without(out, of);
    add_pooled(out, of);
    add_empty(out, LINE_COLUMNS);
    end_row(out, is_demo);
}

/* Which column names a breakdown's rows. */
enum breakdown {
    BY_WAVE,
    BY_CENTRE,
    BY_CHANNEL,
    BY_PERIOD,
    BY_QUARTER,
    BY_ITEM,
    BY_CELL,
    INVITED, /* one row each */
    WALK_IN,
    BREAKDOWN_COUNT
};

static void add_names(struct buffer *out, enum breakdown by, const struct report_row *row)
{
    bool has_channel = by == BY_CHANNEL, has_centre = by == BY_CENTRE || by == BY_CELL;
    bool has_period = by == BY_PERIOD || by == BY_QUARTER;
    add_words(
        out, by == BY_WAVE || by == BY_CELL ? row->programme->id : (struct text){0});
    add_words(out, by == BY_WAVE ? row->wave->id : (struct text){0});
    add_words(out, has_centre ? row->centre : (struct text){0});
    add_words(out, has_channel ? channel_word(row->channel) : (struct text){0});
    add_words(out, has_channel ? mode_word(row->mode) : (struct text){0});
    add_words(out, has_period ? day_format(out->arena, row->period) : (struct text){0});
    add_words(out, by == BY_ITEM ? row->item->id : (struct text){0});
    add_words(out, by == BY_ITEM ? row->item->supports : (struct text){0});
}

static void add_row(struct buffer *out, const struct plan_indicator *indicator,
    enum breakdown by, const struct report_row *row, bool is_demo)
{
    static const char *const kinds[BREAKDOWN_COUNT] = {[BY_WAVE] = "stratum",
        [BY_CENTRE] = "centre",
        [BY_CHANNEL] = "channel",
        [BY_PERIOD] = "period",
        [BY_QUARTER] = "quarter",
        [BY_ITEM] = "item",
        [BY_CELL] = "cell",
        [INVITED] = "invited",
        [WALK_IN] = "walk_in"};

    bool has_verdict = by == BY_WAVE && !row->is_hidden;
    csv_add_text(out, true, text_of(kinds[by]));
    add_words(out, indicator->id);
    add_names(out, by, row);
    add_flag(out, row->counts);
    add_count(out, indicator->target_bp);
    add_count(out, row->population);
    add_count(out, row->asked);
    add_count(out, by == BY_CELL ? NO_COUNT : row->received);
    add_count(out, row->n);
    add_count(out, row->x);
    buffer_add_char(out, ',');
    add_real(out, row->rate.p);
    add_count(out, row->rate.rate_bp);
    add_interval(out, row->rate.exact);
    add_count(out, row->rate.lo_bp);
    add_count(out, row->rate.hi_bp);
    add_interval(out, has_verdict ? row->rate.bound : (struct interval){NAN, NAN});
    add_real_if(out, has_verdict, row->rate.n_eff);
    add_words(out, has_verdict ? text_of(verdict_word(row->rate.verdict)) : TEXT(""));
    add_flag(out, has_verdict && row->rate.certain);
    add_flag(out, row->is_hidden);
    add_empty(out, 1);
    if (by == BY_WAVE)
        add_response(out, row->answered, row->asked);
    else
        add_empty(out, RESPONSE_COLUMNS);
    add_empty(out, FLAG_COLUMNS + POOLED_COLUMNS + LINE_COLUMNS);
    end_row(out, is_demo);
}

static void add_rows(struct buffer *out, const struct plan_indicator *indicator,
    enum breakdown by, const struct report_rows *rows, bool is_demo)
{
    for (size_t i = 0; i < rows->count; i++)
        add_row(out, indicator, by, &rows->list[i], is_demo);
}

/* A row of few columns: names, n, x, rate and of weeks the lines; the others are empty.
 */
struct brief {
    const char *kind;
    struct text programme;
    struct text period;
    struct text item;
    int64_t n;
    int64_t x;
    bool is_hidden;
    double center;
    const struct pchart_point *point; /* NULL: no lines */
};

static void add_brief(struct buffer *out, const struct plan_indicator *indicator,
    const struct brief *row, bool is_demo)
{
    enum {
        BEFORE_PERIOD = 4,
        BEFORE_N = 5,
        BEFORE_RATE = 1,
        BEFORE_HIDDEN = 10,
        BEFORE_LINES = 1 + RESPONSE_COLUMNS + FLAG_COLUMNS + POOLED_COLUMNS
    };
    csv_add_text(out, true, text_of(row->kind));
    add_words(out, indicator->id);
    add_words(out, row->programme);
    add_empty(out, BEFORE_PERIOD);
    add_words(out, row->period);
    add_words(out, row->item);
    add_empty(out, 1);
    add_flag(out, true);
    add_empty(out, BEFORE_N - 1);
    add_count(out, row->n);
    add_count(out, row->x);
    add_empty(out, BEFORE_RATE);
    add_real_if(out, row->n > 0, (double)row->x / (double)row->n);
    add_empty(out, BEFORE_HIDDEN);
    add_flag(out, row->is_hidden);
    add_empty(out, BEFORE_LINES);
    if (row->point != NULL)
        add_lines(out, row->center, row->point);
    else
        add_empty(out, LINE_COLUMNS);
    end_row(out, is_demo);
}

static void add_weeks(struct buffer *out, const struct report_indicator *of, bool is_demo)
{
    for (size_t i = 0; i < of->weeks_count; i++) {
        const struct report_weeks *weeks = &of->weeks[i];
        struct brief row = {.kind = "week",
            .programme = weeks->programme->id,
            .n = NO_COUNT,
            .x = NO_COUNT,
            .is_hidden = weeks->is_hidden,
            .center = weeks->chart.center};
        if (weeks->is_hidden)
            add_brief(out, of->indicator, &row, is_demo);
        for (size_t at = 0; at < weeks->chart.count; at++) {
            row.period = day_format(out->arena, weeks->days[at]);
            row.n = weeks->chart.points[at].n;
            row.x = weeks->chart.points[at].x;
            row.point = &weeks->chart.points[at];
            add_brief(out, of->indicator, &row, is_demo);
        }
    }
}

/* An option is named behind its item: reasons/late. */
static void add_reasons(
    struct buffer *out, const struct report_indicator *of, bool is_demo)
{
    for (size_t i = 0; i < of->reasons_count; i++) {
        const struct report_reasons *reasons = &of->reasons[i];
        for (size_t at = 0; at < reasons->item->option_count; at++) {
            struct brief row = {.kind = "option",
                .programme = reasons->programmes[0]->id,
                .item = text_format(out->arena, "%.*s/%.*s", TEXT_ARG(reasons->item->id),
                    TEXT_ARG(reasons->item->options[at].id)),
                .n = reasons->n,
                .x = reasons->counts[at],
                .is_hidden = reasons->is_hidden};
            add_brief(out, of->indicator, &row, is_demo);
        }
    }
}

/* The seal of the whole comes first, then the sealed periods. */
static void add_seals(struct buffer *out, const struct report *report)
{
    enum {
        BETWEEN = 29,
        IN_NAMES = 3,
        BEFORE_COUNT = 6,
        BEHIND_COUNT = 15,
        BEHIND_SEAL = RESPONSE_COLUMNS + FLAG_COLUMNS + POOLED_COLUMNS + LINE_COLUMNS
    };
    csv_add_text(out, true, TEXT("report"));
    add_empty(out, BETWEEN);
    add_words(out, seal_digest_text(out->arena, &report->seal));
    add_empty(out, BEHIND_SEAL);
    end_row(out, report->is_demo);
    for (size_t i = 0; i < report->seal_count; i++) {
        const struct seal *seal = &report->seals[i];
        csv_add_text(out, true, TEXT("seal"));
        add_empty(out, 1);
        add_words(out, seal->programme);
        add_words(out, seal->wave);
        add_empty(out, IN_NAMES);
        add_words(out, day_format(out->arena, seal->period));
        add_empty(out, BEFORE_COUNT);
        add_count(out, seal->count);
        add_empty(out, BEHIND_COUNT);
        add_words(out, seal_digest_text(out->arena, &seal->digest));
        add_empty(out, BEHIND_SEAL);
        end_row(out, report->is_demo);
    }
}

struct text report_csv(struct arena *arena, const struct report *report, struct text only)
{
    struct buffer out;
    buffer_init(&out, arena, REPORT_CSV_MAX);
    bool is_demo = report->is_demo;
    buffer_add_string(&out, header);
    add_seals(&out, report);
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        if (only.len > 0 && !text_equals(only, of->indicator->id))
            continue;
        add_indicator(&out, of, is_demo);
        add_rows(&out, of->indicator, BY_WAVE, &of->strata, is_demo);
        add_rows(&out, of->indicator, BY_CENTRE, &of->by_centre, is_demo);
        add_rows(&out, of->indicator, BY_CHANNEL, &of->by_channel, is_demo);
        if (of->indicator->kind == INDICATOR_RATING) {
            add_row(&out, of->indicator, INVITED, &of->invited, is_demo);
            add_row(&out, of->indicator, WALK_IN, &of->walk_in, is_demo);
        }
        add_rows(&out, of->indicator, BY_PERIOD, &of->by_period, is_demo);
        add_rows(&out, of->indicator, BY_QUARTER, &of->by_quarter, is_demo);
        add_rows(&out, of->indicator, BY_ITEM, &of->items, is_demo);
        add_rows(&out, of->indicator, BY_CELL, &of->cells, is_demo);
        add_weeks(&out, of, is_demo);
        add_reasons(&out, of, is_demo);
    }
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}
