/* suppress.c: small groups, and those that are hidden to cover them, along a line and in
   a table.

   In a table a line's rule is not enough. Rows and columns are the points of a graph,
   each hidden cell joins its row and its column. A cell can be computed from the sums
   exactly if it is the only way between the two halves of its part of the graph: the sums
   of one half's rows less those of its columns. Else a closed way leads through it, along
   which counts can be moved up and down in turn, and no sum shows which of them is true.
 */
#include "kiosk/suppress.h"

#include <string.h>

enum { NOWHERE = -1 };

bool group_is_small(int64_t n, int64_t k)
{
    return n > 0 && n < k;
}

/* ---- along a line ---- */

/* Every step-th of the counts: a whole list, a row or a column. */
struct line {
    const int64_t *n;
    bool *hidden;
    size_t count;
    size_t step;
    int64_t k;
};

static bool needs_cover(const struct line *line)
{
    size_t hidden = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < line->count; i++)
        if (line->hidden[i * line->step]) {
            hidden++;
            sum += line->n[i * line->step];
        }
    return hidden == 1 || (hidden > 1 && sum < line->k);
}

/* Hides the smallest that is shown and not empty; false if there is none. */
static bool hide_smallest(const struct line *line)
{
    size_t smallest = 0;
    bool is_found = false;
    for (size_t i = 0; i < line->count; i++) {
        size_t at = i * line->step;
        if (line->hidden[at] || line->n[at] <= 0)
            continue;
        if (!is_found || line->n[at] < line->n[smallest])
            smallest = at;
        is_found = true;
    }
    if (is_found)
        line->hidden[smallest] = true;
    return is_found;
}

/* True if something was hidden. */
static bool cover_line(const struct line *line)
{
    bool has_changed = false;
    while (needs_cover(line) && hide_smallest(line))
        has_changed = true;
    return has_changed;
}

bool suppress_groups(const int64_t *n, size_t count, int64_t k, bool *hidden)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        hidden[i] |= group_is_small(n[i], k);
        sum += n[i];
    }
    (void)cover_line(&(struct line){n, hidden, count, 1, k});
    return group_is_small(sum, k);
}

/* ---- in a table ---- */

/* Points are the rows, then the columns. */
struct search {
    const struct suppress_table *table;
    bool *hidden;
    bool *is_reached; /* of each point */
    size_t *waiting;  /* points whose cells were not followed yet */
};

static size_t cell_of(const struct search *search, size_t row, size_t column)
{
    return row * search->table->columns + column;
}

/* The cells of a point lead to points of the other kind. */
static size_t reach_from(
    const struct search *search, size_t point, size_t without, size_t waiting)
{
    const struct suppress_table *table = search->table;
    bool is_row = point < table->rows;
    size_t others = is_row ? table->columns : table->rows;
    for (size_t i = 0; i < others; i++) {
        size_t cell =
            is_row ? cell_of(search, point, i) : cell_of(search, i, point - table->rows);
        size_t other = is_row ? table->rows + i : i;
        if (cell == without || !search->hidden[cell] || search->is_reached[other])
            continue;
        search->is_reached[other] = true;
        search->waiting[waiting++] = other;
    }
    return waiting;
}

/* All points that hidden cells join with this row, not using one of them. */
static void reach(const struct search *search, size_t row, size_t without)
{
    size_t waiting = 1;
    memset(search->is_reached, 0,
        (search->table->rows + search->table->columns) * sizeof *search->is_reached);
    search->is_reached[row] = true;
    search->waiting[0] = row;
    for (size_t i = 0; i < waiting; i++)
        waiting = reach_from(search, search->waiting[i], without, waiting);
}

/* The smallest shown cell that is not empty and leads out of what was reached. */
static int64_t way_out(const struct search *search)
{
    const struct suppress_table *table = search->table;
    int64_t found = NOWHERE;
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++) {
            size_t cell = cell_of(search, row, column);
            bool leads_out =
                search->is_reached[row] != search->is_reached[table->rows + column];
            if (!leads_out || search->hidden[cell] || table->n[cell] <= 0)
                continue;
            if (found == NOWHERE || table->n[cell] < table->n[found])
                found = (int64_t)cell;
        }
    return found;
}

/* Opens a second way between the ends of each hidden cell that has none. True if a cell
   was hidden for it: the lines must be looked at again. */
static bool cover_ways(const struct search *search, bool *out_is_safe)
{
    const struct suppress_table *table = search->table;
    *out_is_safe = true;
    for (size_t cell = 0; cell < table->rows * table->columns; cell++) {
        if (!search->hidden[cell])
            continue;
        reach(search, cell / table->columns, cell);
        if (search->is_reached[table->rows + cell % table->columns])
            continue;
        int64_t out = way_out(search);
        if (out != NOWHERE) {
            search->hidden[out] = true;
            return true;
        }
        *out_is_safe = false;
    }
    return false;
}

static bool cover_lines(const struct suppress_table *table, bool *hidden)
{
    bool has_changed = false;
    for (size_t row = 0; row < table->rows; row++) {
        size_t first = row * table->columns;
        has_changed |= cover_line(&(struct line){
            table->n + first, hidden + first, table->columns, 1, table->k});
    }
    for (size_t column = 0; column < table->columns; column++)
        has_changed |= cover_line(&(struct line){
            table->n + column, hidden + column, table->rows, table->columns, table->k});
    return has_changed;
}

/* What is hidden and was not before has that reason. */
static void tell(
    const struct suppress_table *table, const bool *hidden, enum suppress_reason reason)
{
    for (size_t i = 0; table->reasons != NULL && i < table->rows * table->columns; i++)
        if (hidden[i] && table->reasons[i] == SUPPRESS_SHOWN)
            table->reasons[i] = reason;
}

static bool has_negative(const struct suppress_table *table)
{
    for (size_t i = 0; i < table->rows * table->columns; i++)
        if (table->n[i] < 0)
            return true;
    return false;
}

enum status suppress_cells(struct arena *arena, const struct suppress_table *table,
    bool *hidden, bool *out_is_safe)
{
    size_t points = table->rows + table->columns;
    if (table->rows > SUPPRESS_CELLS_MAX || table->columns > SUPPRESS_CELLS_MAX ||
        table->rows * table->columns > SUPPRESS_CELLS_MAX)
        return STATUS_TOO_LARGE;
    if (has_negative(table))
        return STATUS_INVALID;
    struct search search = {
        .table = table,
        .hidden = hidden,
        .is_reached = arena_take_array(arena, points, sizeof *search.is_reached),
        .waiting = arena_take_array(arena, points, sizeof *search.waiting),
    };
    if (search.is_reached == NULL || search.waiting == NULL)
        return STATUS_NO_MEMORY;
    tell(table, hidden, SUPPRESS_BEFORE);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        hidden[i] |= group_is_small(table->n[i], table->k);
    tell(table, hidden, SUPPRESS_SMALL);
    do {
        tell(table, hidden, SUPPRESS_WAY);
        while (cover_lines(table, hidden)) {
        }
        tell(table, hidden, SUPPRESS_LINE);
    } while (cover_ways(&search, out_is_safe));
    return STATUS_OK;
}
