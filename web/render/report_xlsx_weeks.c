/* report_xlsx_weeks.c: the sheet of weeks, each with the lines that chance stays within.
 */
#include "web/render/report_xlsx_book.h"

#include "web/render/report_grids.h"
#include "web/tr.h"

#include <math.h>

enum column {
    INDICATOR,
    PROGRAMME,
    WEEK,
    VALID,
    SATISFIED,
    RATE,
    LOWER,
    UPPER,
    ALERT,
    COLUMNS
};

static const char *const heads[COLUMNS + 1] = {[INDICATOR] = N_("indicator"),
    [PROGRAMME] = N_("programme"),
    [WEEK] = N_("week from"),
    [VALID] = N_("valid"),
    [SATISFIED] = N_("satisfied"),
    [RATE] = N_("rate"),
    [LOWER] = N_("chance from"),
    [UPPER] = N_("chance to"),
    [ALERT] = N_("alert")};
static const double widths[COLUMNS] = {30, 26, 14, 11, 11, 11, 11, 11, 20};

/* A share in basis points; NO_COUNT: none. */
static int64_t share_of(double share)
{
    return isnan(share) ? NO_COUNT : llround(share * 10000);
}

static void add_names(struct book *book, struct place at,
    const struct report_indicator *of, const struct report_weeks *weeks)
{
    book_words(book, at, tr_wording(book->language, &of->indicator->name), BOOK_WORDS);
    at.column = PROGRAMME;
    book_words(book, at, tr_wording(book->language, &weeks->programme->name), BOOK_WORDS);
}

/* alert in words. */
static void add_point(struct book *book, struct place at,
    const struct pchart_point *point, day_t day, struct text alert)
{
    const struct {
        enum column column;
        enum book_style style;
        int64_t number;
    } numbers[] = {{VALID, BOOK_COUNT, point->n}, {SATISFIED, BOOK_COUNT, point->x},
        {RATE, BOOK_PERCENT, share_of(point->p)},
        {LOWER, BOOK_PERCENT, share_of(point->lower)},
        {UPPER, BOOK_PERCENT, share_of(point->upper)}};
    at.column = WEEK;
    book_words(book, at, day_format(book->arena, day), BOOK_WORDS);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        at.column = (lxw_col_t)numbers[i].column;
        book_number(book, at, numbers[i].number, numbers[i].style);
    }
    at.column = ALERT;
    book_words(book, at, alert, BOOK_WORDS);
    book_end_row(book, at);
}

static void add_hidden(struct book *book, struct place at)
{
    for (at.column = WEEK; at.column < COLUMNS; at.column++)
        book_words(book, at, TEXT("＊"), BOOK_WORDS);
    book_end_row(book, at);
}

static void add_weeks(struct book *book, struct place *at,
    const struct report_indicator *of, const struct report_weeks *weeks)
{
    const struct report_telling telling = {book->arena, book->language, book->report};
    struct report_grid grid;
    struct chart_control chart;
    if (report_weeks_grid(&telling, weeks, &grid, &chart) != STATUS_OK) {
        book->status = STATUS_NO_MEMORY;
        return;
    }
    if (weeks->is_hidden) {
        add_names(book, *at, of, weeks);
        add_hidden(book, *at);
        at->row++;
    }
    for (size_t i = 0; i < grid.rows; i++, at->row++) {
        add_names(book, *at, of, weeks);
        add_point(book, *at, &weeks->chart.points[i], weeks->days[i],
            grid.cells[(i + 1) * grid.columns - 1]);
    }
}

void book_add_weeks(struct book *book)
{
    struct place at = {book_add_sheet(book, N_("Weeks")), 0, 0};
    const struct report *report = book->report;
    if (at.sheet == NULL)
        return;
    book_heads(book, at, heads, widths);
    worksheet_freeze_panes(at.sheet, 1, 1);
    at.row++;
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        const struct report_indicator *of = &report->indicators[i];
        if (!book_wants(book, of->indicator))
            continue;
        for (size_t j = 0; j < of->weeks_count && book->status == STATUS_OK; j++)
            add_weeks(book, &at, of, &of->weeks[j]);
    }
}
