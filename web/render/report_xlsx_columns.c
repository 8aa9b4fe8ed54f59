/* report_xlsx_columns.c: what stands in each column of the sheets of figures. */
#include "web/render/report_xlsx_columns.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

struct column {
    const char *head; /* msgid */
    double width;     /* in characters */
    enum book_style style;
    bool (*is_hidden)(const struct book_line *line); /* ＊ stands there; NULL: never */
    struct text (*words)(struct book *book, const struct book_line *line);
    int64_t (*number)(const struct book_line *line);
};

static bool is_rated(const struct book_line *line)
{
    return line->of->indicator->kind == INDICATOR_RATING;
}

static bool is_scored(const struct book_line *line)
{
    return line->of->indicator->measure == MEASURE_SCORE;
}

static bool is_hidden(const struct book_line *line)
{
    return line->row == NULL ? line->of->is_hidden : line->row->is_hidden;
}

/* Without flagged answers: as far as it tells of no small group. */
static bool is_untold(const struct book_line *line)
{
    return is_rated(line) && !line->of->without_flagged.is_shown;
}

/* ---- words ---- */

static struct text indicator_words(struct book *book, const struct book_line *line)
{
    return tr_wording(book->language, &line->of->indicator->name);
}

static struct text measure_words(struct book *book, const struct book_line *line)
{
    if (!is_rated(line))
        return TEXT("");
    return text_of(figure_measure(book->language, line->of->indicator->measure));
}

static struct text programme_words(struct book *book, const struct book_line *line)
{
    return tr_wording(book->language, &line->row->programme->name);
}

static struct text wave_words(struct book *book, const struct book_line *line)
{
    (void)book;
    return line->row->wave->id;
}

static struct text centre_words(struct book *book, const struct book_line *line)
{
    const struct plan_centre *centre =
        plan_find_centre(book->report->plan, line->row->centre);
    if (line->row->centre.len == 0)
        return text_of(tr(book->language, N_("no centre given")));
    return centre == NULL ? line->row->centre : tr_wording(book->language, &centre->name);
}

static struct text channel_words(struct book *book, const struct book_line *line)
{
    return text_of(figure_channel(book->language, line->row->channel));
}

static struct text invited_words(struct book *book, const struct book_line *line)
{
    struct text words = text_of(tr(book->language, channel_is_invited(line->row->channel)
                                                       ? N_("invited to answer")
                                                       : N_("walk-in")));
    if (line->row->mode != MODE_ASSISTED)
        return words;
    return tr_format(book->arena, book->language, N_("{1}, helped by staff"), &words, 1);
}

static struct text period_words(struct book *book, const struct book_line *line)
{
    return day_format(book->arena, line->row->period);
}

static struct text item_words(struct book *book, const struct book_line *line)
{
    return tr_wording(book->language, &line->row->item->text);
}

static struct text supports_words(struct book *book, const struct book_line *line)
{
    (void)book;
    return line->row->item->supports;
}

static struct text counts_words(struct book *book, const struct book_line *line)
{
    return text_of(
        tr(book->language, line->row->counts ? N_("counted") : N_("not counted")));
}

/* A wave of an indicator that is measured by score has no verdict. */
static struct text verdict_words(struct book *book, const struct book_line *line)
{
    const struct rate *rate = line->row == NULL ? NULL : &line->row->rate;
    if (!is_rated(line) || (rate != NULL && is_scored(line)))
        return TEXT("");
    return text_of(
        figure_verdict(book->language, rate == NULL ? line->of->verdict : rate->verdict,
            rate == NULL ? line->of->figure.certain : rate->certain));
}

static struct text without_verdict_words(struct book *book, const struct book_line *line)
{
    if (!is_rated(line))
        return TEXT("");
    return text_of(
        figure_verdict(book->language, line->of->without_flagged.verdict, false));
}

/* ---- numbers ---- */

/* Of an indicator or of a row, NO_COUNT of an appraisal. */
#define NUMBER(name, of_indicator, of_row)                                               \
    static int64_t name(const struct book_line *line)                                    \
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
static int64_t figure_low(const struct book_line *line)
{
    const struct strata *figure = &line->of->figure;
    return is_scored(line) ? percent_of(figure->mean.lo / 100, printed_low)
                           : figure->lo_bp;
}

static int64_t figure_high(const struct book_line *line)
{
    const struct strata *figure = &line->of->figure;
    return is_scored(line) ? percent_of(figure->mean.hi / 100, printed_high)
                           : figure->hi_bp;
}

/* The possible range where there is a population; of a score there is none. */
static double possible(const struct book_line *line, bool is_high)
{
    const struct interval *bound =
        line->row == NULL ? &line->of->figure.bound : &line->row->rate.bound;
    int64_t population = line->row == NULL ? line->of->population : line->row->population;
    if (population == NO_COUNT || is_scored(line))
        return (double)NAN;
    return is_high ? bound->hi : bound->lo;
}

static int64_t received_of(const struct book_line *line)
{
    return line->row == NULL ? line->of->received : line->row->received;
}

static int64_t possible_low_of(const struct book_line *line)
{
    return is_rated(line) ? percent_of(possible(line, false), printed_low) : NO_COUNT;
}

static int64_t possible_high_of(const struct book_line *line)
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
NUMBER(answered_of, line->of->answered, line->row->answered)
NUMBER(response_of, figure_share(line->of->answered, line->of->asked),
    figure_share(line->row->answered, line->row->asked))
NUMBER(flagged_of, line->of->flagged, NO_COUNT)
NUMBER(without_n_of, line->of->without_flagged.n, NO_COUNT)
NUMBER(without_x_of, line->of->without_flagged.x, NO_COUNT)
NUMBER(without_rate_of, line->of->without_flagged.rate_bp, NO_COUNT)

/* ---- columns ---- */

/* clang-format off */
static const struct column columns[COLUMN_COUNT] = {
    [COLUMN_INDICATOR] = {N_("indicator"), 30, BOOK_WORDS, NULL, indicator_words, NULL},
    [COLUMN_MEASURE] = {N_("measure"), 20, BOOK_WORDS, NULL, measure_words, NULL},
    [COLUMN_PROGRAMME] = {N_("programme"), 26, BOOK_WORDS, NULL, programme_words, NULL},
    [COLUMN_WAVE] = {N_("wave"), 18, BOOK_WORDS, NULL, wave_words, NULL},
    [COLUMN_CENTRE] = {N_("centre"), 26, BOOK_WORDS, NULL, centre_words, NULL},
    [COLUMN_CHANNEL] = {N_("way of answering"), 18, BOOK_WORDS, NULL, channel_words, NULL},
    [COLUMN_INVITED] = {N_("invited or not"), 20, BOOK_WORDS, NULL, invited_words, NULL},
    [COLUMN_PERIOD] = {N_("period from"), 14, BOOK_WORDS, NULL, period_words, NULL},
    [COLUMN_ITEM] = {N_("question"), 40, BOOK_WORDS, NULL, item_words, NULL},
    [COLUMN_SUPPORTS] = {N_("evidence for"), 24, BOOK_WORDS, NULL, supports_words, NULL},
    [COLUMN_COUNTS] = {N_("in the figure"), 10, BOOK_WORDS, NULL, counts_words, NULL},
    [COLUMN_TARGET] = {N_("target"), 10, BOOK_PERCENT, NULL, NULL, target_of},
    [COLUMN_POPULATION] = {N_("population"), 11, BOOK_COUNT, NULL, NULL, population_of},
    [COLUMN_ASKED] = {N_("asked"), 11, BOOK_COUNT, NULL, NULL, asked_of},
    [COLUMN_RECEIVED] = {N_("received"), 11, BOOK_COUNT, NULL, NULL, received_of},
    [COLUMN_N] = {N_("valid"), 11, BOOK_COUNT, is_hidden, NULL, n_of},
    [COLUMN_X] = {N_("satisfied"), 11, BOOK_COUNT, is_hidden, NULL, x_of},
    [COLUMN_MISSING] = {N_("left open"), 11, BOOK_COUNT, is_hidden, NULL, missing_of},
    [COLUMN_RATE] = {N_("rate"), 11, BOOK_PERCENT, is_hidden, NULL, rate_of},
    [COLUMN_LOW] = {N_("interval from"), 11, BOOK_PERCENT, is_hidden, NULL, low_of},
    [COLUMN_HIGH] = {N_("interval to"), 11, BOOK_PERCENT, is_hidden, NULL, high_of},
    [COLUMN_POSSIBLE_LOW] = {N_("possible from"), 11, BOOK_PERCENT, is_hidden, NULL, possible_low_of},
    [COLUMN_POSSIBLE_HIGH] = {N_("possible to"), 11, BOOK_PERCENT, is_hidden, NULL, possible_high_of},
    [COLUMN_VERDICT] = {N_("verdict"), 26, BOOK_WORDS, is_hidden, verdict_words, NULL},
    [COLUMN_POINTS] = {N_("points"), 8, BOOK_DECIMAL, NULL, NULL, points_of},
    [COLUMN_EARNED] = {N_("earned"), 8, BOOK_DECIMAL, is_hidden, NULL, earned_of},
    [COLUMN_COMPLETION] = {N_("of the target"), 11, BOOK_PERCENT, is_hidden, NULL, completion_of},
    [COLUMN_ANSWERED] = {N_("answered with a code"), 11, BOOK_COUNT, NULL, NULL, answered_of},
    [COLUMN_RESPONSE] = {N_("response rate"), 11, BOOK_PERCENT, NULL, NULL, response_of},
    [COLUMN_FLAGGED] = {N_("flagged"), 11, BOOK_COUNT, NULL, NULL, flagged_of},
    [COLUMN_WITHOUT_N] = {N_("valid without flagged"), 13, BOOK_COUNT, is_untold, NULL, without_n_of},
    [COLUMN_WITHOUT_X] = {N_("satisfied without flagged"), 13, BOOK_COUNT, is_untold, NULL, without_x_of},
    [COLUMN_WITHOUT_RATE] = {N_("rate without flagged"), 13, BOOK_PERCENT, is_untold, NULL, without_rate_of},
    [COLUMN_WITHOUT_VERDICT] = {N_("verdict without flagged"), 26, BOOK_WORDS, is_untold, without_verdict_words, NULL},
};
/* clang-format on */

/* A score is no share: its numbers stand there as they are. */
static enum book_style style_of(const struct column *column, const struct book_line *line)
{
    bool is_share =
        column == &columns[COLUMN_COMPLETION] || column == &columns[COLUMN_RESPONSE];
    bool is_mean = line->row == NULL && is_scored(line) && !is_share;
    return column->style == BOOK_PERCENT && is_mean ? BOOK_DECIMAL : column->style;
}

const char *book_column_head(enum book_column column)
{
    return columns[column].head;
}

double book_column_width(enum book_column column)
{
    return columns[column].width;
}

void book_add_cell(
    struct book *book, struct place at, enum book_column id, const struct book_line *line)
{
    const struct column *column = &columns[id];
    if (column->is_hidden != NULL && column->is_hidden(line))
        book_words(book, at, TEXT("＊"), BOOK_WORDS);
    else if (column->words != NULL)
        book_words(book, at, column->words(book, line), BOOK_WORDS);
    else
        book_number(book, at, column->number(line), style_of(column, line));
}
