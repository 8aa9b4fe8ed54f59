/* report_xlsx_charts.c: dots with whiskers against the target, as charts of the workbook,
   each beside the table that it is drawn from. What the report hides is an empty cell
   there: programs draw a text as zero. Names in charts are cells, never words. */
#include "web/render/report_xlsx_book.h"

#include "web/render/chart.h"
#include "web/tr.h"

#include <math.h>

enum {
    CHART_ROWS_MIN = 2, /* one alone is a number */
    CHART_ROWS_MAX = 40,
    CHART_HEIGHT_ROWS = 27,
    SCALE_FROM = 80, /* percent: where a scale begins if it can */
    INK = 0x22282B,
    INK_2 = 0x4F575A,
    WASH = 0xDFEFF1
};
enum table_column { NAME, RATE, LOW, HIGH, TARGET, TABLE_COLUMNS };

typedef struct text (*name_fn)(struct book *book, const struct report_row *row);

struct drawing {
    struct book *book;
    struct place at; /* the title of the table */
    const struct report_indicator *of;
    const struct report_rows *rows;
    const char *title; /* msgid with the indicator's name */
    name_fn name;
};

static struct text wave_name(struct book *book, const struct report_row *row)
{
    return text_format(book->arena, "%.*s %.*s",
        TEXT_ARG(tr_wording(book->language, &row->programme->name)),
        TEXT_ARG(row->wave->id));
}

static struct text period_name(struct book *book, const struct report_row *row)
{
    return day_format(book->arena, row->period);
}

/* The target of a score says nothing about rates. */
static bool has_target(const struct drawing *drawing)
{
    return drawing->of->indicator->measure != MEASURE_SCORE;
}

/* ---- the table ---- */

static void add_row(
    struct drawing *drawing, struct place at, const struct report_row *row)
{
    struct book *book = drawing->book;
    struct text name = drawing->name(book, row);
    if (row->is_hidden)
        name = tr_format(book->arena, book->language, N_("{1} (not shown)"), &name, 1);
    book_words(book, at, name, BOOK_WORDS);
    const int64_t numbers[] = {[RATE] = row->is_hidden ? NO_COUNT : row->rate.rate_bp,
        [LOW] = row->is_hidden ? NO_COUNT : row->rate.lo_bp,
        [HIGH] = row->is_hidden ? NO_COUNT : row->rate.hi_bp,
        [TARGET] = has_target(drawing) ? drawing->of->indicator->target_bp : NO_COUNT};
    for (int column = RATE; column < TABLE_COLUMNS; column++)
        book_number(book,
            (struct place){at.sheet, at.row, (lxw_col_t)(at.column + column)},
            numbers[column], BOOK_PERCENT);
    book_end_row(book, at);
}

static void add_table(struct drawing *drawing)
{
    static const char *const heads[] = {
        "", N_("rate"), N_("interval from"), N_("interval to"), N_("target"), NULL};
    static const double widths[] = {44, 11, 11, 11, 11};

    struct book *book = drawing->book;
    struct place at = drawing->at;
    struct text name = tr_wording(book->language, &drawing->of->indicator->name);
    book_words(book, at, tr_format(book->arena, book->language, drawing->title, &name, 1),
        BOOK_TITLE);
    at.row++;
    book_heads(book, at, heads, widths);
    for (size_t i = 0; i < drawing->rows->count; i++) {
        at.row++;
        add_row(drawing, at, &drawing->rows->list[i]);
    }
}

/* ---- the chart ---- */

static lxw_chart_series *add_series(
    const struct drawing *drawing, lxw_chart *chart, enum table_column column)
{
    const char *sheet = drawing->at.sheet->name;
    lxw_row_t head = drawing->at.row + 1;
    lxw_row_t last = head + (lxw_row_t)drawing->rows->count;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (series == NULL) {
        book_check(drawing->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    chart_series_set_categories(series, sheet, head + 1, NAME, last, NAME);
    chart_series_set_values(
        series, sheet, head + 1, (lxw_col_t)column, last, (lxw_col_t)column);
    chart_series_set_name_range(series, sheet, head, (lxw_col_t)column);
    return series;
}

/* From the first line to the last a bar is drawn: the interval. Programs that know no
   such bars (LibreOffice) still have its ends. */
static const struct {
    enum table_column column;
    uint8_t marker;
    uint8_t size;
    lxw_color_t fill;
    bool is_line;
} shapes[] = {{LOW, LXW_CHART_MARKER_DIAMOND, 5, INK_2, false},
    {RATE, LXW_CHART_MARKER_CIRCLE, 9, INK, false},
    {TARGET, LXW_CHART_MARKER_NONE, 2, INK, true},
    {HIGH, LXW_CHART_MARKER_DIAMOND, 5, INK_2, false}};

static void shape_series(lxw_chart_series *series, size_t shape)
{
    lxw_chart_line hidden = {.none = LXW_TRUE};
    lxw_chart_line outline = {.color = INK, .width = 1};
    lxw_chart_line target = {
        .color = INK, .width = 2, .dash_type = LXW_CHART_LINE_DASH_DASH};
    lxw_chart_fill fill = {.color = shapes[shape].fill};
    chart_series_set_line(series, shapes[shape].is_line ? &target : &hidden);
    chart_series_set_marker_type(series, shapes[shape].marker);
    if (shapes[shape].is_line)
        return;
    chart_series_set_marker_size(series, shapes[shape].size);
    chart_series_set_marker_line(series, &outline);
    chart_series_set_marker_fill(series, &fill);
    if (shapes[shape].column != RATE)
        return;
    chart_series_set_labels(series);
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_RIGHT);
}

static void add_lines(const struct drawing *drawing, lxw_chart *chart)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].column == TARGET && !has_target(drawing))
            continue;
        lxw_chart_series *series = add_series(drawing, chart, shapes[i].column);
        if (series == NULL)
            return;
        shape_series(series, i);
    }
    lxw_chart_line edge = {.color = INK, .width = 1};
    lxw_chart_fill wash = {.color = WASH};
    chart_set_up_down_bars_format(chart, &edge, &wash, &edge, &wash);
}

/* Wide enough for what is shown; the axis may begin above zero, since no bar does. */
static struct chart_scale scale_of(const struct drawing *drawing)
{
    double values[CHART_ROWS_MAX + 1];
    size_t count = 0;
    for (size_t i = 0; i < drawing->rows->count; i++) {
        const struct report_row *row = &drawing->rows->list[i];
        if (!row->is_hidden && row->rate.lo_bp != NO_COUNT)
            values[count++] = (double)row->rate.lo_bp / 100;
    }
    if (has_target(drawing))
        values[count++] = drawing->of->indicator->target_bp / 100.0;
    return chart_scale_fit(SCALE_FROM, values, count);
}

static void add_chart(const struct drawing *drawing)
{
    struct chart_scale scale = scale_of(drawing);
    lxw_chart *chart = workbook_add_chart(drawing->book->workbook, LXW_CHART_LINE);
    if (chart == NULL) {
        book_check(drawing->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    add_lines(drawing, chart);
    chart_title_set_name_range(
        chart, drawing->at.sheet->name, drawing->at.row, drawing->at.column);
    lxw_chart_font small = {.size = 11};
    chart_title_set_name_font(chart, &small);
    chart_axis_set_min(chart->y_axis, scale.lo / 100.0);
    chart_axis_set_max(chart->y_axis, scale.hi / 100.0);
    chart_axis_set_major_unit(chart->y_axis, scale.step / 100.0);
    chart_axis_set_num_format(chart->y_axis, "0%");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    lxw_chart_options options = {.x_scale = 2.2, .y_scale = 1.7};
    book_check(drawing->book, worksheet_insert_chart_opt(drawing->at.sheet,
                                  drawing->at.row, TABLE_COLUMNS + 1, chart, &options));
}

/* ---- the sheet ---- */

/* The row below the drawing; its own row if there is nothing to draw. */
static lxw_row_t draw(struct drawing *drawing)
{
    size_t count = drawing->rows->count;
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        shown +=
            drawing->rows->list[i].is_hidden || drawing->rows->list[i].n <= 0 ? 0 : 1;
    if (count < CHART_ROWS_MIN || count > CHART_ROWS_MAX || shown == 0 ||
        drawing->book->status != STATUS_OK)
        return drawing->at.row;
    add_table(drawing);
    add_chart(drawing);
    lxw_row_t height = (lxw_row_t)count + 3;
    return drawing->at.row + (height > CHART_HEIGHT_ROWS ? height : CHART_HEIGHT_ROWS);
}

void book_add_charts(struct book *book)
{
    struct place at = {book_add_sheet(book, N_("Charts")), 0, 0};
    const struct report *report = book->report;
    for (size_t i = 0; i < report->plan->indicator_count && at.sheet != NULL; i++) {
        const struct report_indicator *of = &report->indicators[i];
        struct drawing drawing = {
            book, at, of, &of->strata, N_("{1}: by programme and wave"), wave_name};
        if (!book_wants(book, of->indicator))
            continue;
        drawing.at.row = draw(&drawing);
        drawing.rows = &of->by_period;
        drawing.title = N_("{1}: by period");
        drawing.name = period_name;
        at.row = draw(&drawing);
    }
}
