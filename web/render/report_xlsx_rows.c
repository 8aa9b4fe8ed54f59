/* report_xlsx_rows.c: sheets of figures: a sheet is a list of columns, a column says what
   stands in it. */
#include "web/render/report_xlsx_book.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

/* What a row is about: an indicator, and of a breakdown one of its rows. */
struct line {
    const struct report_indicator *of;
    const struct report_row *row; /* NULL: the indicator's own figure */
};

struct column {
    const char *head; /* msgid */
    double width;     /* in characters */
    enum book_style style;
    bool can_hide; /* ＊ in a hidden row */
    struct text (*words)(struct book *book, const struct line *line);
    int64_t (*number)(const struct line *line);
};

static bool is_rated(const struct line *line)
{
    return line->of->indicator->kind == INDICATOR_RATING;
}

static bool is_scored(const struct line *line)
{
    return line->of->indicator->measure == MEASURE_SCORE;
}

static bool is_hidden(const struct line *line)
{
    return line->row == NULL ? line->of->is_hidden : line->row->is_hidden;
}

/* ---- words ---- */

static struct text indicator_words(struct book *book, const struct line *line)
{
    return tr_wording(book->language, &line->of->indicator->name);
}

static struct text measure_words(struct book *book, const struct line *line)
{
    if (!is_rated(line))
        return TEXT("");
    return text_of(figure_measure(book->language, line->of->indicator->measure));
}

static struct text programme_words(struct book *book, const struct line *line)
{
    return tr_wording(book->language, &line->row->programme->name);
}

static struct text wave_words(struct book *book, const struct line *line)
{
    (void)book;
    return line->row->wave->id;
}

static struct text centre_words(struct book *book, const struct line *line)
{
    const struct plan_centre *centre =
        plan_find_centre(book->report->plan, line->row->centre);
    if (line->row->centre.len == 0)
        return text_of(tr(book->language, N_("no centre given")));
    return centre == NULL ? line->row->centre : tr_wording(book->language, &centre->name);
}

static struct text channel_words(struct book *book, const struct line *line)
{
    return text_of(figure_channel(book->language, line->row->channel));
}

static struct text invited_words(struct book *book, const struct line *line)
{
    struct text words = text_of(tr(book->language, channel_is_invited(line->row->channel)
                                                       ? N_("invited to answer")
                                                       : N_("walk-in")));
    if (line->row->mode != MODE_ASSISTED)
        return words;
    return tr_format(book->arena, book->language, N_("{1}, helped by staff"), &words, 1);
}

static struct text period_words(struct book *book, const struct line *line)
{
    return day_format(book->arena, line->row->period);
}

static struct text item_words(struct book *book, const struct line *line)
{
    return tr_wording(book->language, &line->row->item->text);
}

static struct text supports_words(struct book *book, const struct line *line)
{
    (void)book;
    return line->row->item->supports;
}

static struct text counts_words(struct book *book, const struct line *line)
{
    return text_of(
        tr(book->language, line->row->counts ? N_("counted") : N_("not counted")));
}

/* A wave of an indicator that is measured by score has no verdict. */
static struct text verdict_words(struct book *book, const struct line *line)
{
    const struct rate *rate = line->row == NULL ? NULL : &line->row->rate;
    if (!is_rated(line) || (rate != NULL && is_scored(line)))
        return TEXT("");
    return text_of(
        figure_verdict(book->language, rate == NULL ? line->of->verdict : rate->verdict,
            rate == NULL ? line->of->figure.certain : rate->certain));
}

/* ---- numbers ---- */

/* Of an indicator or of a row, NO_COUNT of an appraisal. */
#define NUMBER(name, of_indicator, of_row)                                               \
    static int64_t name(const struct line *line)                                         \
    {                                                                                    \
        if (!is_rated(line))                                                             \
            return NO_COUNT;                                                             \
        return line->row == NULL ? (of_indicator) : (of_row);                            \
    }

static int64_t percent_of(double share, int64_t (*printed)(double share))
{
    return isnan(share) ? NO_COUNT : printed(share);
}

/* The mean's interval, rounded outwards as on the page. */
static int64_t figure_low(const struct line *line)
{
    const struct strata *figure = &line->of->figure;
    return is_scored(line) ? percent_of(figure->mean.lo / 100, printed_low)
                           : figure->lo_bp;
}

static int64_t figure_high(const struct line *line)
{
    const struct strata *figure = &line->of->figure;
    return is_scored(line) ? percent_of(figure->mean.hi / 100, printed_high)
                           : figure->hi_bp;
}

/* The possible range where there is a population; of a score there is none. */
static double possible(const struct line *line, bool is_high)
{
    const struct interval *bound =
        line->row == NULL ? &line->of->figure.bound : &line->row->rate.bound;
    int64_t population = line->row == NULL ? line->of->population : line->row->population;
    if (population == NO_COUNT || is_scored(line))
        return (double)NAN;
    return is_high ? bound->hi : bound->lo;
}

static int64_t received_of(const struct line *line)
{
    return line->row == NULL ? line->of->received : line->row->received;
}

static int64_t possible_low_of(const struct line *line)
{
    return is_rated(line) ? percent_of(possible(line, false), printed_low) : NO_COUNT;
}

static int64_t possible_high_of(const struct line *line)
{
    return is_rated(line) ? percent_of(possible(line, true), printed_high) : NO_COUNT;
}

NUMBER(target_of, line->of->indicator->target_bp,
    is_scored(line) ? NO_COUNT : line->of->indicator->target_bp)
NUMBER(population_of, line->of->population, line->row->population)
NUMBER(asked_of, line->of->asked, line->row->asked)
NUMBER(n_of, line->of->n, line->row->n)
NUMBER(x_of, line->of->x, line->row->x)
NUMBER(missing_of, line->of->missing, NO_COUNT)
NUMBER(rate_of, line->of->rate_bp, line->row->rate.rate_bp)
NUMBER(low_of, figure_low(line), line->row->rate.lo_bp)
NUMBER(high_of, figure_high(line), line->row->rate.hi_bp)
NUMBER(points_of, line->of->indicator->points_cp, NO_COUNT)
NUMBER(earned_of, line->of->has_points ? line->of->points.score_cp : NO_COUNT, NO_COUNT)
NUMBER(completion_of, line->of->has_points ? line->of->points.completion_bp : NO_COUNT,
    NO_COUNT)

/* ---- columns ---- */

enum column_id {
    COLUMN_INDICATOR,
    COLUMN_MEASURE,
    COLUMN_PROGRAMME,
    COLUMN_WAVE,
    COLUMN_CENTRE,
    COLUMN_CHANNEL,
    COLUMN_INVITED,
    COLUMN_PERIOD,
    COLUMN_ITEM,
    COLUMN_SUPPORTS,
    COLUMN_COUNTS,
    COLUMN_TARGET,
    COLUMN_POPULATION,
    COLUMN_ASKED,
    COLUMN_RECEIVED,
    COLUMN_N,
    COLUMN_X,
    COLUMN_MISSING,
    COLUMN_RATE,
    COLUMN_LOW,
    COLUMN_HIGH,
    COLUMN_POSSIBLE_LOW,
    COLUMN_POSSIBLE_HIGH,
    COLUMN_VERDICT,
    COLUMN_POINTS,
    COLUMN_EARNED,
    COLUMN_COMPLETION,
    COLUMN_COUNT
};

/* clang-format off */
static const struct column columns[COLUMN_COUNT] = {
    [COLUMN_INDICATOR] = {N_("indicator"), 30, BOOK_WORDS, false, indicator_words, NULL},
    [COLUMN_MEASURE] = {N_("measure"), 20, BOOK_WORDS, false, measure_words, NULL},
    [COLUMN_PROGRAMME] = {N_("programme"), 26, BOOK_WORDS, false, programme_words, NULL},
    [COLUMN_WAVE] = {N_("wave"), 18, BOOK_WORDS, false, wave_words, NULL},
    [COLUMN_CENTRE] = {N_("centre"), 26, BOOK_WORDS, false, centre_words, NULL},
    [COLUMN_CHANNEL] = {N_("way of answering"), 18, BOOK_WORDS, false, channel_words, NULL},
    [COLUMN_INVITED] = {N_("invited or not"), 20, BOOK_WORDS, false, invited_words, NULL},
    [COLUMN_PERIOD] = {N_("period from"), 14, BOOK_WORDS, false, period_words, NULL},
    [COLUMN_ITEM] = {N_("question"), 40, BOOK_WORDS, false, item_words, NULL},
    [COLUMN_SUPPORTS] = {N_("evidence for"), 24, BOOK_WORDS, false, supports_words, NULL},
    [COLUMN_COUNTS] = {N_("in the figure"), 10, BOOK_WORDS, false, counts_words, NULL},
    [COLUMN_TARGET] = {N_("target"), 10, BOOK_PERCENT, false, NULL, target_of},
    [COLUMN_POPULATION] = {N_("population"), 11, BOOK_COUNT, false, NULL, population_of},
    [COLUMN_ASKED] = {N_("asked"), 11, BOOK_COUNT, false, NULL, asked_of},
    [COLUMN_RECEIVED] = {N_("received"), 11, BOOK_COUNT, false, NULL, received_of},
    [COLUMN_N] = {N_("valid"), 11, BOOK_COUNT, true, NULL, n_of},
    [COLUMN_X] = {N_("satisfied"), 11, BOOK_COUNT, true, NULL, x_of},
    [COLUMN_MISSING] = {N_("left open"), 11, BOOK_COUNT, true, NULL, missing_of},
    [COLUMN_RATE] = {N_("rate"), 11, BOOK_PERCENT, true, NULL, rate_of},
    [COLUMN_LOW] = {N_("interval from"), 11, BOOK_PERCENT, true, NULL, low_of},
    [COLUMN_HIGH] = {N_("interval to"), 11, BOOK_PERCENT, true, NULL, high_of},
    [COLUMN_POSSIBLE_LOW] = {N_("possible from"), 11, BOOK_PERCENT, true, NULL, possible_low_of},
    [COLUMN_POSSIBLE_HIGH] = {N_("possible to"), 11, BOOK_PERCENT, true, NULL, possible_high_of},
    [COLUMN_VERDICT] = {N_("verdict"), 26, BOOK_WORDS, true, verdict_words, NULL},
    [COLUMN_POINTS] = {N_("points"), 8, BOOK_DECIMAL, false, NULL, points_of},
    [COLUMN_EARNED] = {N_("earned"), 8, BOOK_DECIMAL, true, NULL, earned_of},
    [COLUMN_COMPLETION] = {N_("of the target"), 11, BOOK_PERCENT, true, NULL, completion_of},
};
/* clang-format on */

/* A score is no share: its numbers stand there as they are. */
static enum book_style style_of(const struct column *column, const struct line *line)
{
    bool is_mean =
        line->row == NULL && is_scored(line) && column != &columns[COLUMN_COMPLETION];
    return column->style == BOOK_PERCENT && is_mean ? BOOK_DECIMAL : column->style;
}

static void add_cell(struct book *book, struct place at, const struct column *column,
    const struct line *line)
{
    if (column->can_hide && is_hidden(line))
        book_words(book, at, TEXT("＊"), BOOK_WORDS);
    else if (column->words != NULL)
        book_words(book, at, column->words(book, line), BOOK_WORDS);
    else
        book_number(book, at, column->number(line), style_of(column, line));
}

/* ---- sheets ---- */

enum { ROWS_FROM = 1 };

struct layout {
    const char *sheet; /* msgid */
    size_t count;
    enum column_id list[BOOK_COLUMNS_MAX];
};

/* A sheet while it is filled. */
struct filling {
    struct book *book;
    const struct layout *layout;
    lxw_worksheet *sheet;
    lxw_row_t row; /* the next one */
};

static bool begin_sheet(
    struct book *book, const struct layout *layout, struct filling *out)
{
    const char *heads[BOOK_COLUMNS_MAX + 1] = {NULL};
    double widths[BOOK_COLUMNS_MAX];
    *out = (struct filling){book, layout, book_add_sheet(book, layout->sheet), ROWS_FROM};
    if (out->sheet == NULL)
        return false;
    for (size_t i = 0; i < layout->count; i++) {
        heads[i] = columns[layout->list[i]].head;
        widths[i] = columns[layout->list[i]].width;
    }
    book_heads(book, (struct place){out->sheet, 0, 0}, heads, widths);
    worksheet_freeze_panes(out->sheet, ROWS_FROM, 1);
    book_check(book, worksheet_repeat_rows(out->sheet, 0, 0));
    return true;
}

static void add_line(struct filling *filling, const struct line *line)
{
    struct place at = {filling->sheet, filling->row++, 0};
    for (size_t i = 0; i < filling->layout->count; i++, at.column++)
        add_cell(filling->book, at, &columns[filling->layout->list[i]], line);
    book_end_row(filling->book, at);
}

/* Where a column stands; the layout has it. */
static lxw_col_t column_at(const struct layout *layout, enum column_id id)
{
    lxw_col_t at = 0;
    while (layout->list[at] != id)
        at++;
    return at;
}

static bool has_column(const struct layout *layout, enum column_id id)
{
    for (size_t i = 0; i < layout->count; i++)
        if (layout->list[i] == id)
            return true;
    return false;
}

/* How long a bar is says how high a rate: no verdict is passed on these rows. */
static void add_bars(struct filling *filling, struct place first)
{
    lxw_conditional_format bar = {
        .type = LXW_CONDITIONAL_DATA_BAR,
        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .min_value = 0,
        .max_value = 1,
        .bar_color = 0xB9D3CB,
        .data_bar_2010 = 1,
        .bar_solid = 1,
        .bar_no_border = 1,
    };
    book_check(filling->book, worksheet_conditional_format_range(first.sheet, first.row,
                                  first.column, filling->row - 1, first.column, &bar));
}

static void end_sheet(struct filling *filling)
{
    const struct layout *layout = filling->layout;
    struct book *book = filling->book;
    struct place first = {filling->sheet, ROWS_FROM, 0};
    if (filling->row == ROWS_FROM)
        return;
    first.column = column_at(layout, COLUMN_RATE);
    if (has_column(layout, COLUMN_VERDICT)) {
        book_tint_rates(book, first, filling->row - 1, column_at(layout, COLUMN_TARGET));
        first.column = column_at(layout, COLUMN_VERDICT);
        book_tint_verdicts(book, first, filling->row - 1);
    } else {
        add_bars(filling, first);
    }
    book_check(book, worksheet_autofilter(filling->sheet, 0, 0, filling->row - 1,
                         (lxw_col_t)(layout->count - 1)));
}

void book_add_figures(struct book *book)
{
    static const struct layout layout = {N_("Figures"), 18,
        {COLUMN_INDICATOR, COLUMN_MEASURE, COLUMN_TARGET, COLUMN_RATE, COLUMN_LOW,
            COLUMN_HIGH, COLUMN_VERDICT, COLUMN_POSSIBLE_LOW, COLUMN_POSSIBLE_HIGH,
            COLUMN_N, COLUMN_X, COLUMN_MISSING, COLUMN_POPULATION, COLUMN_ASKED,
            COLUMN_RECEIVED, COLUMN_POINTS, COLUMN_EARNED, COLUMN_COMPLETION}};
    struct filling filling;
    if (!begin_sheet(book, &layout, &filling))
        return;
    for (size_t i = 0; i < book->report->plan->indicator_count; i++) {
        const struct line line = {&book->report->indicators[i], NULL};
        if (book_wants(book, line.of->indicator))
            add_line(&filling, &line);
    }
    end_sheet(&filling);
}

/* ---- breakdowns ---- */

enum breakdown { BY_WAVE, BY_CENTRE, BY_CHANNEL, BY_PERIOD, BY_ITEM, BREAKDOWN_COUNT };

static const struct report_rows *rows_of(
    const struct report_indicator *of, enum breakdown by)
{
    const struct report_rows *const rows[BREAKDOWN_COUNT] = {
        [BY_WAVE] = &of->strata,
        [BY_CENTRE] = &of->by_centre,
        [BY_CHANNEL] = &of->by_channel,
        [BY_PERIOD] = &of->by_period,
        [BY_ITEM] = &of->items,
    };
    return rows[by];
}

#define RATES COLUMN_RECEIVED, COLUMN_N, COLUMN_X, COLUMN_RATE, COLUMN_LOW, COLUMN_HIGH

static const struct layout layouts[BREAKDOWN_COUNT] = {
    [BY_WAVE] = {N_("Waves"), 16,
        {COLUMN_INDICATOR, COLUMN_PROGRAMME, COLUMN_WAVE, COLUMN_COUNTS, COLUMN_TARGET,
            COLUMN_POPULATION, COLUMN_ASKED, RATES, COLUMN_VERDICT, COLUMN_POSSIBLE_LOW,
            COLUMN_POSSIBLE_HIGH}},
    [BY_CENTRE] = {N_("Centres"), 8, {COLUMN_INDICATOR, COLUMN_CENTRE, RATES}},
    [BY_CHANNEL] = {N_("Ways of answering"), 10,
        {COLUMN_INDICATOR, COLUMN_CHANNEL, COLUMN_INVITED, COLUMN_COUNTS, RATES}},
    [BY_PERIOD] = {N_("Periods"), 8, {COLUMN_INDICATOR, COLUMN_PERIOD, RATES}},
    [BY_ITEM] = {N_("Questions"), 9,
        {COLUMN_INDICATOR, COLUMN_ITEM, COLUMN_SUPPORTS, RATES}},
};

static void add_rows(struct filling *filling, const struct report_indicator *of,
    const struct report_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct line line = {of, &rows->list[i]};
        add_line(filling, &line);
    }
}

void book_add_breakdowns(struct book *book)
{
    const struct report *report = book->report;
    for (int by = 0; by < BREAKDOWN_COUNT && book->status == STATUS_OK; by++) {
        struct filling filling;
        if (!begin_sheet(book, &layouts[by], &filling))
            return;
        for (size_t i = 0; i < report->plan->indicator_count; i++)
            if (book_wants(book, &report->plan->indicators[i]))
                add_rows(&filling, &report->indicators[i],
                    rows_of(&report->indicators[i], (enum breakdown)by));
        end_sheet(&filling);
    }
}
