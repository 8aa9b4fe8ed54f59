/* report_xlsx_rows.c: sheets of figures: a sheet is a list of columns. */
#include "web/render/report_xlsx_columns.h"

#include "web/tr.h"

/* ---- sheets ---- */

enum { ROWS_FROM = 1 };

struct layout {
    const char *sheet; /* msgid */
    size_t count;
    enum book_column list[BOOK_COLUMNS_MAX];
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
        heads[i] = book_column_head(layout->list[i]);
        widths[i] = book_column_width(layout->list[i]);
    }
    book_heads(book, (struct place){out->sheet, 0, 0}, heads, widths);
    worksheet_freeze_panes(out->sheet, ROWS_FROM, 1);
    book_check(book, worksheet_repeat_rows(out->sheet, 0, 0));
    return true;
}

static void add_line(struct filling *filling, const struct book_line *line)
{
    struct place at = {filling->sheet, filling->row++, 0};
    for (size_t i = 0; i < filling->layout->count; i++, at.column++)
        book_add_cell(filling->book, at, filling->layout->list[i], line);
    book_end_row(filling->book, at);
}

/* Where a column stands; the layout has it. */
static lxw_col_t column_at(const struct layout *layout, enum book_column id)
{
    lxw_col_t at = 0;
    while (layout->list[at] != id)
        at++;
    return at;
}

static bool has_column(const struct layout *layout, enum book_column id)
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
    static const struct layout layout = {N_("Figures"), 25,
        {COLUMN_INDICATOR, COLUMN_MEASURE, COLUMN_TARGET, COLUMN_RATE, COLUMN_LOW,
            COLUMN_HIGH, COLUMN_VERDICT, COLUMN_POSSIBLE_LOW, COLUMN_POSSIBLE_HIGH,
            COLUMN_N, COLUMN_X, COLUMN_MISSING, COLUMN_POPULATION, COLUMN_ASKED,
            COLUMN_RECEIVED, COLUMN_POINTS, COLUMN_EARNED, COLUMN_COMPLETION,
            COLUMN_ANSWERED, COLUMN_RESPONSE, COLUMN_FLAGGED, COLUMN_WITHOUT_N,
            COLUMN_WITHOUT_X, COLUMN_WITHOUT_RATE, COLUMN_WITHOUT_VERDICT}};
    struct filling filling;
    if (!begin_sheet(book, &layout, &filling))
        return;
    for (size_t i = 0; i < book->report->plan->indicator_count; i++) {
        const struct book_line line = {&book->report->indicators[i], NULL};
        if (book_wants(book, line.of->indicator))
            add_line(&filling, &line);
    }
    end_sheet(&filling);
}

/* ---- breakdowns ---- */

enum breakdown {
    BY_WAVE,
    BY_CENTRE,
    BY_CHANNEL,
    BY_PERIOD,
    BY_ITEM,
    BY_GROUP,
    BY_QUARTER,
    BY_CELL,
    BREAKDOWN_COUNT
};

enum { GROUPS = 2 }; /* invited and walk-in */

static struct report_rows rows_of(const struct report_indicator *of, enum breakdown by,
    struct report_row groups[GROUPS])
{
    const bool is_rated = of->indicator->kind == INDICATOR_RATING;
    groups[0] = of->invited;
    groups[1] = of->walk_in;
    const struct report_rows rows[BREAKDOWN_COUNT] = {
        [BY_WAVE] = of->strata,
        [BY_CENTRE] = of->by_centre,
        [BY_CHANNEL] = of->by_channel,
        [BY_PERIOD] = of->by_period,
        [BY_ITEM] = of->items,
        [BY_GROUP] = {groups, is_rated ? GROUPS : 0},
        [BY_QUARTER] = of->by_quarter,
        [BY_CELL] = of->cells,
    };
    return rows[by];
}

#define RATES COLUMN_RECEIVED, COLUMN_N, COLUMN_X, COLUMN_RATE, COLUMN_LOW, COLUMN_HIGH

static const struct layout layouts[BREAKDOWN_COUNT] = {
    [BY_WAVE] = {N_("Waves"), 18,
        {COLUMN_INDICATOR, COLUMN_PROGRAMME, COLUMN_WAVE, COLUMN_COUNTS, COLUMN_TARGET,
            COLUMN_POPULATION, COLUMN_ASKED, RATES, COLUMN_VERDICT, COLUMN_POSSIBLE_LOW,
            COLUMN_POSSIBLE_HIGH, COLUMN_ANSWERED, COLUMN_RESPONSE}},
    [BY_CENTRE] = {N_("Centres"), 8, {COLUMN_INDICATOR, COLUMN_CENTRE, RATES}},
    [BY_CHANNEL] = {N_("Ways of answering"), 10,
        {COLUMN_INDICATOR, COLUMN_CHANNEL, COLUMN_INVITED, COLUMN_COUNTS, RATES}},
    [BY_PERIOD] = {N_("Periods"), 8, {COLUMN_INDICATOR, COLUMN_PERIOD, RATES}},
    [BY_ITEM] = {N_("Questions"), 9,
        {COLUMN_INDICATOR, COLUMN_ITEM, COLUMN_SUPPORTS, RATES}},
    [BY_GROUP] = {N_("Invited and walk-in"), 9,
        {COLUMN_INDICATOR, COLUMN_INVITED, COLUMN_COUNTS, RATES}},
    [BY_QUARTER] = {N_("Quarters"), 8, {COLUMN_INDICATOR, COLUMN_PERIOD, RATES}},
    /* As in every format, without what was received there. */
    [BY_CELL] = {N_("Centres by programme"), 6,
        {COLUMN_INDICATOR, COLUMN_PROGRAMME, COLUMN_CENTRE, COLUMN_N, COLUMN_X,
            COLUMN_RATE}},
};

static void add_rows(
    struct filling *filling, const struct report_indicator *of, enum breakdown by)
{
    struct report_row groups[GROUPS];
    struct report_rows rows = rows_of(of, by, groups);
    for (size_t i = 0; i < rows.count; i++) {
        const struct book_line line = {of, &rows.list[i]};
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
                add_rows(&filling, &report->indicators[i], (enum breakdown)by);
        end_sheet(&filling);
    }
}
