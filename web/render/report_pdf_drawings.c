/* report_pdf_drawings.c: the drawings of an indicator on paper, by the functions that
   draw them on pages. What is too wide for paper is drawn in pieces. */
#include "web/render/report_pdf_parts.h"

#include "web/render/figures.h"

static const struct text none = {NULL, 0};

enum {
    CHART_ROWS_MAX = 24, /* more are a table only */
    /* Beside or below each other, so that letters stay readable. */
    CHART_COLUMNS_MAX = 6,
    HEAT_COLUMNS_MAX = 4,
    HEAT_ROWS_MAX = 10,
    WEEKS_MAX = 24,   /* with their table, a page */
    WEEKS_ROOM = 780, /* units of a drawing */
    /* Points on a page. */
    CAPTION = 64, /* a caption and a note */
    TABLE_HEAD = 34,
    TABLE_ROW = 24,
    QUARTERS_HIGH = 210,
    WEEKS_HIGH = 270 /* and some rows of the table */
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

struct report_telling paper_telling(const struct paper *paper)
{
    return (struct report_telling){
        paper->arena, paper->pdf->language, paper->pdf->report};
}

struct text paper_quarter(const struct paper *paper, day_t quarter)
{
    const struct report_telling telling = paper_telling(paper);
    return report_quarter_name(&telling, quarter);
}

/* ---- rows beside each other ---- */

void paper_draw_rows(const struct paper *paper, const struct report_indicator *of,
    enum report_chart_kind kind)
{
    const struct report_telling telling = paper_telling(paper);
    struct report_chart whole;
    enum status status = report_chart_find(&telling, of, kind, none, &whole);
    if (status == STATUS_NO_MEMORY)
        document_fail(paper->document, status);
    if (status != STATUS_OK || whole.whiskers.count > CHART_ROWS_MAX)
        return;
    if (kind == REPORT_CHART_QUARTERS)
        document_caption(paper->document, whole.title, QUARTERS_HIGH);
    for (size_t first = 0; first < whole.whiskers.count; first += CHART_COLUMNS_MAX) {
        struct chart_whiskers chart = whole.whiskers;
        chart.list = &whole.whiskers.list[first];
        chart.count = least(whole.whiskers.count - first, CHART_COLUMNS_MAX);
        struct canvas *canvas = document_drawing_begin(
            paper->document, chart_whiskers_width(&chart), chart_whiskers_height());
        chart_draw_whiskers(canvas, paper->arena, &chart);
        document_drawing_end(paper->document);
    }
}

/* ---- tables of two sides ---- */

void paper_cut(const struct paper *paper, size_t rows)
{
    if (rows <= PAPER_ROWS_MAX)
        return;
    document_note(paper->document,
        paper_words(paper,
            N_("These are the first {1} of {2} rows; the workbook has them all."),
            figure_count(paper->arena, PAPER_ROWS_MAX),
            figure_count(paper->arena, (int64_t)rows), none));
}

static void add_title(
    const struct paper *paper, const struct report_grid *grid, double company)
{
    document_caption(paper->document, grid->title, CAPTION + company);
    document_note(paper->document, grid->hint);
    document_space(paper->document, 4);
}

/* Some rows, of these the first column and some others. */
struct piece {
    size_t row;
    size_t rows;
    size_t column; /* of the drawing: behind the first one of the table */
    size_t columns;
};

static void add_table(
    const struct paper *paper, const struct report_grid *grid, const struct piece *piece)
{
    struct document_column columns[DOCUMENT_COLUMNS_MAX];
    size_t width = piece->columns + 1;
    struct text *cells =
        arena_take_array(paper->arena, piece->rows * width, sizeof *cells);
    if (cells == NULL) {
        document_fail(paper->document, STATUS_NO_MEMORY);
        return;
    }
    columns[0] = (struct document_column){grid->head[0], 1, SHEET_LEFT};
    for (size_t i = 0; i < piece->columns; i++)
        columns[i + 1] =
            (struct document_column){grid->head[piece->column + i + 1], 1, SHEET_CENTRE};
    for (size_t row = 0; row < piece->rows; row++) {
        const struct text *from = &grid->cells[(piece->row + row) * grid->columns];
        cells[row * width] = from[0];
        for (size_t i = 0; i < piece->columns; i++)
            cells[row * width + i + 1] = from[piece->column + i + 1];
    }
    document_table(paper->document,
        &(struct document_table){columns, width, cells, piece->rows, true});
}

/* ---- centres by programme ---- */

static struct chart_heat part_of(
    const struct paper *paper, const struct chart_heat *whole, const struct piece *piece)
{
    struct chart_heat chart = *whole;
    struct chart_cell *cells =
        arena_take_array(paper->arena, piece->rows * piece->columns, sizeof *cells);
    for (size_t i = 0; i < piece->rows * piece->columns && cells != NULL; i++)
        cells[i] = whole->cells[(piece->row + i / piece->columns) * whole->column_count +
                                piece->column + i % piece->columns];
    chart.columns = &whole->columns[piece->column];
    chart.column_count = piece->columns;
    chart.rows = &whole->rows[piece->row];
    chart.row_count = cells == NULL ? 0 : piece->rows;
    chart.cells = cells;
    if (cells == NULL)
        document_fail(paper->document, STATUS_NO_MEMORY);
    return chart;
}

/* With its table, in points. */
static double heat_company(const struct chart_heat *chart)
{
    return document_drawing_height(chart_heat_width(chart), chart_heat_height(chart)) +
           TABLE_HEAD + (double)chart->row_count * TABLE_ROW;
}

/* A drawing and its table stand on one page. */
static void add_heat(const struct paper *paper, const struct report_grid *grid,
    const struct chart_heat *whole, const struct piece *piece)
{
    struct chart_heat chart = part_of(paper, whole, piece);
    if (piece->row == 0 && piece->column == 0)
        add_title(paper, grid, heat_company(&chart));
    else
        document_keep(paper->document, heat_company(&chart));
    struct canvas *canvas = document_drawing_begin(
        paper->document, chart_heat_width(&chart), chart_heat_height(&chart));
    chart_draw_heat(canvas, paper->arena, &chart);
    document_drawing_end(paper->document);
    add_table(paper, grid, piece);
}

void paper_heat(const struct paper *paper, const struct report_indicator *of)
{
    const struct report_telling telling = paper_telling(paper);
    struct report_grid grid;
    struct chart_heat chart;
    if (of->cells.count == 0)
        return;
    enum status status = report_heat_grid(&telling, of, &grid, &chart);
    if (status != STATUS_OK) {
        document_fail(paper->document, status);
        return;
    }
    size_t rows = least(grid.rows, PAPER_ROWS_MAX);
    for (size_t column = 0; column < chart.column_count; column += HEAT_COLUMNS_MAX)
        for (size_t row = 0; row < rows; row += HEAT_ROWS_MAX) {
            const struct piece piece = {row, least(rows - row, HEAT_ROWS_MAX), column,
                least(chart.column_count - column, HEAT_COLUMNS_MAX)};
            add_heat(paper, &grid, &chart, &piece);
        }
    paper_cut(paper, grid.rows);
}

/* ---- weeks ---- */

static void draw_weeks(const struct paper *paper, const struct chart_control *whole,
    const struct piece *piece)
{
    struct chart_control chart = *whole;
    chart.list = &whole->list[piece->row];
    chart.count = piece->rows;
    chart.baseline = whole->baseline > piece->row ? whole->baseline - piece->row : 0;
    chart.room = WEEKS_ROOM;
    struct canvas *canvas = document_drawing_begin(
        paper->document, chart_control_width(&chart), chart_control_height());
    chart_draw_control(canvas, &chart);
    document_drawing_end(paper->document);
}

/* All of them: the last are the ones to act on. */
static void add_weeks(const struct paper *paper, const struct report_weeks *weeks)
{
    const struct report_telling telling = paper_telling(paper);
    struct report_grid grid;
    struct chart_control chart;
    enum status status = report_weeks_grid(&telling, weeks, &grid, &chart);
    if (status != STATUS_OK) {
        document_fail(paper->document, status);
        return;
    }
    add_title(paper, &grid, grid.rows > 0 ? WEEKS_HIGH : 0);
    for (size_t row = 0; row < grid.rows; row += WEEKS_MAX) {
        const struct piece piece = {
            row, least(grid.rows - row, WEEKS_MAX), 0, grid.columns - 1};
        document_keep(paper->document, WEEKS_HIGH);
        draw_weeks(paper, &chart, &piece);
        add_table(paper, &grid, &piece);
    }
}

void paper_weeks(const struct paper *paper, const struct report_indicator *of)
{
    for (size_t i = 0; i < of->weeks_count; i++)
        add_weeks(paper, &of->weeks[i]);
}
