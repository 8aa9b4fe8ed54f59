/* stats_explain_cells.c: why cells of a two-way table are hidden, and that nobody can
   compute them: what is hidden in each row and column, and for each hidden cell the
   closed way of hidden ones along which counts could be moved without changing a sum. */
#include "web/command/stats.h"

#include "web/tr.h"

#include <string.h>

/* Points are the rows, then the columns; a hidden cell joins its row and its column. */
struct way {
    const struct stats_cells *cells;
    size_t *from;    /* of each point: the one it was reached from, counted from 1 */
    size_t *waiting; /* points in the order in which they were reached */
};

static struct text name_of(const struct stats_cells *cells, size_t point)
{
    size_t rows = cells->table.rows;
    return point < rows ? cells->rows[point] : cells->columns[point - rows];
}

/* The cell between a row and a column, given in either order. */
static size_t cell_between(const struct stats_cells *cells, size_t a, size_t b)
{
    size_t row = a < b ? a : b, column = (a < b ? b : a) - cells->table.rows;
    return row * cells->table.columns + column;
}

/* True if hidden cells other than that one lead from its column to its row; from then
   tells the way back. */
static bool find_way(const struct way *way, size_t row, size_t column)
{
    const struct suppress_table *table = &way->cells->table;
    size_t points = table->rows + table->columns, count = 1;
    size_t without = cell_between(way->cells, row, column);
    memset(way->from, 0, points * sizeof *way->from);
    way->waiting[0] = column;
    way->from[column] = column + 1;
    for (size_t i = 0; i < count && way->from[row] == 0; i++) {
        size_t at = way->waiting[i];
        size_t first = at < table->rows ? table->rows : 0;
        size_t end = at < table->rows ? points : table->rows;
        for (size_t to = first; to < end; to++) {
            size_t cell = cell_between(way->cells, at, to);
            if (cell == without || !way->cells->hidden[cell] || way->from[to] != 0)
                continue;
            way->from[to] = at + 1;
            way->waiting[count++] = to;
        }
    }
    return way->from[row] != 0;
}

/* "north/visits + south/visits − south/elders + …" */
static void write_way(
    struct stats *stats, const struct way *way, size_t row, size_t column)
{
    struct buffer *out = &stats->out;
    bool is_plus = false;
    buffer_add_format(out, "    %.*s/%.*s +", TEXT_ARG(name_of(way->cells, row)),
        TEXT_ARG(name_of(way->cells, column)));
    for (size_t at = row; at != column; at = way->from[at] - 1, is_plus = !is_plus) {
        size_t next = way->from[at] - 1;
        size_t of_row = at < next ? at : next, of_column = at < next ? next : at;
        buffer_add_format(out, ", %.*s/%.*s %s", TEXT_ARG(name_of(way->cells, of_row)),
            TEXT_ARG(name_of(way->cells, of_column)), is_plus ? "+" : "−");
    }
    buffer_add_char(out, '\n');
}

static void explain_cell(
    struct stats *stats, const struct stats_cells *cells, size_t row, size_t column)
{
    static const char *const messages[] = {
        [SUPPRESS_SHOWN] = N_("  {1}, {2}: n = {3}, shown."),
        [SUPPRESS_BEFORE] = N_("  {1}, {2}: n = {3}, shown."), /* nothing was set */
        [SUPPRESS_SMALL] = N_("  {1}, {2}: n = {3}, fewer than k: hidden."),
        [SUPPRESS_LINE] =
            N_("  {1}, {2}: n = {3}, hidden as a cover: the hidden ones of its row or "
               "column were one alone, or together fewer than k."),
        [SUPPRESS_WAY] = N_("  {1}, {2}: n = {3}, hidden as a cover: a hidden cell could "
                            "be computed from the sums of several rows and columns."),
    };
    size_t cell = row * cells->table.columns + column;
    STATS_LINE(stats, messages[cells->reasons[cell]], cells->rows[row],
        cells->columns[column], stats_whole(stats, cells->table.n[cell]));
}

/* Of a row, or of a column: every step-th cell from the first on. */
static void explain_line(
    struct stats *stats, const struct stats_cells *cells, size_t point, size_t count)
{
    bool is_row = point < cells->table.rows;
    size_t step = is_row ? 1 : cells->table.columns;
    size_t first = is_row ? point * cells->table.columns : point - cells->table.rows;
    int64_t hidden = 0, together = 0;
    for (size_t i = 0; i < count; i++)
        if (cells->hidden[first + i * step]) {
            hidden++;
            together += cells->table.n[first + i * step];
        }
    if (hidden > 0)
        STATS_LINE(stats,
            is_row ? N_("  Row {1}: {2} cells are hidden, together {3} answers.")
                   : N_("  Column {1}: {2} cells are hidden, together {3} answers."),
            name_of(cells, point), stats_whole(stats, hidden),
            stats_whole(stats, together));
}

static void explain_ways(struct stats *stats, const struct way *way)
{
    const struct stats_cells *cells = way->cells;
    for (size_t row = 0; row < cells->table.rows; row++)
        for (size_t i = 0; i < cells->table.columns; i++) {
            size_t column = cells->table.rows + i;
            if (!cells->hidden[cell_between(cells, row, column)])
                continue;
            if (!find_way(way, row, column)) {
                STATS_LINE(stats,
                    N_("  {1}, {2}: follows from the sums, whatever is hidden."),
                    cells->rows[row], cells->columns[i]);
                continue;
            }
            STATS_LINE(stats,
                N_("  {1}, {2}: one answer can be moved round this way (row/column), and "
                   "no sum changes:"),
                cells->rows[row], cells->columns[i]);
            write_way(stats, way, row, column);
        }
}

void stats_explain_cells(
    struct stats *stats, const struct stats_value *name, const struct stats_cells *cells)
{
    const struct suppress_table *table = &cells->table;
    size_t points = table->rows + table->columns;
    struct way way = {.cells = cells,
        .from = arena_take_array(stats->scratch, points, sizeof *way.from),
        .waiting = arena_take_array(stats->scratch, points, sizeof *way.waiting)};
    if (way.from == NULL || way.waiting == NULL) {
        stats_no_room(stats);
        return;
    }
    STATS_LINE(stats,
        N_("{1}: {2} rows and {3} columns, whose sums are shown; k = {4}. A cell is "
           "hidden where 0 < n < k; in no row and no column may one be hidden alone, or "
           "several of together fewer than k; and each must lie on a closed way of "
           "hidden ones."),
        stats_row_name(stats, name), stats_whole(stats, (int64_t)table->rows),
        stats_whole(stats, (int64_t)table->columns), stats_whole(stats, table->k));
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++)
            explain_cell(stats, cells, row, column);
    for (size_t point = 0; point < points; point++)
        explain_line(
            stats, cells, point, point < table->rows ? table->columns : table->rows);
    explain_ways(stats, &way);
    stats_end_block(stats);
}
