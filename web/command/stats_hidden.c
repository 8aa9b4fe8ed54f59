/* stats_hidden.c: the tables of small groups: which groups of a list, which cells of a
   two-way table must not be shown. What comes in is printed beside the answer; only the
   report hides. */
#include "web/command/stats.h"

#include "web/tr.h"

#include "kiosk/figure.h"
#include "kiosk/limits.h"
#include "kiosk/suppress.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

/* ---- a list ---- */

enum { LIST_CASE, LIST_K, LIST_GROUP, LIST_N };

static const struct stats_column list_columns[] = {
    [LIST_CASE] = {"case", "id", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [LIST_K] = {"k", NULL, CELL_COUNT, MAY_BE_EMPTY, SUPPRESS_K_MIN, WAVE_POPULATION_MAX},
    [LIST_GROUP] = {"group", NULL, CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [LIST_N] = {"n", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
};

static void compute_list(struct stats *stats, const struct stats_case *of)
{
    int64_t k;
    int64_t *n = arena_take_array(stats->scratch, of->count, sizeof *n);
    bool *hidden = arena_take_array(stats->scratch, of->count, sizeof *hidden);
    struct text *names = arena_take_array(stats->scratch, of->count, sizeof *names);
    size_t at = 0;
    if (n == NULL || hidden == NULL || names == NULL) {
        stats_no_room(stats);
        return;
    }
    if (!stats_one_setting(stats, of, LIST_K, SUPPRESS_K, &k))
        return;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        names[at] = row->values[LIST_GROUP].text;
        n[at++] = row->values[LIST_N].count;
    }
    bool is_parent_hidden = suppress_groups(n, of->count, k, hidden);
    if (stats->is_explained) {
        stats_explain_suppress(stats, &of->name,
            &(struct stats_groups){names, n, of->count, k, hidden, is_parent_hidden});
        return;
    }
    at = 0;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        stats_put_name(stats, &of->name);
        stats_put_count(stats, k);
        stats_put_text(stats, row->values[LIST_GROUP].text);
        stats_put_count(stats, n[at]);
        stats_put_count(stats, hidden[at++]);
        stats_put_count(stats, is_parent_hidden);
        stats_end_row(stats);
    }
}

static void list_finish(struct stats *stats)
{
    stats_each_case(stats, compute_list);
}

const struct stats_table stats_suppress = {"suppress", COLUMNS(list_columns),
    "case,k,group,n,hidden,parent_hidden", stats_keep_row, list_finish};

/* ---- a two-way table ---- */

enum { CELL_CASE, CELL_K, CELL_ROW, CELL_COLUMN, CELL_N };

static const struct stats_column cell_columns[] = {
    [CELL_CASE] = {"case", "id", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [CELL_K] = {"k", NULL, CELL_COUNT, MAY_BE_EMPTY, SUPPRESS_K_MIN, WAVE_POPULATION_MAX},
    [CELL_ROW] = {"row", NULL, CELL_TEXT, NEEDED, 0, 0},
    [CELL_COLUMN] = {"col", NULL, CELL_TEXT, NEEDED, 0, 0},
    [CELL_N] = {"n", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
};

/* Rows or columns in the order in which they are first named. */
struct names {
    struct text *list;
    size_t count;
};

static size_t place_of(struct names *names, struct text name)
{
    for (size_t i = 0; i < names->count; i++)
        if (text_equals(names->list[i], name))
            return i;
    names->list[names->count] = name;
    return names->count++;
}

struct cells {
    struct names rows;
    struct names columns;
    size_t *places; /* of each row of the file, row times columns and column */
    int64_t *n;
    bool *is_given;
    bool *hidden;
    enum suppress_reason *reasons;
};

static bool take_room(struct stats *stats, const struct stats_case *of, struct cells *out)
{
    struct arena *scratch = stats->scratch;
    out->rows.list = arena_take_array(scratch, of->count, sizeof *out->rows.list);
    out->columns.list = arena_take_array(scratch, of->count, sizeof *out->columns.list);
    out->places = arena_take_array(scratch, of->count, sizeof *out->places);
    if (out->rows.list == NULL || out->columns.list == NULL || out->places == NULL)
        return false;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        (void)place_of(&out->rows, row->values[CELL_ROW].text);
        (void)place_of(&out->columns, row->values[CELL_COLUMN].text);
        if (out->rows.count * out->columns.count > SUPPRESS_CELLS_MAX)
            return false;
    }
    size_t cells = out->rows.count * out->columns.count;
    out->n = arena_take_array(scratch, cells, sizeof *out->n);
    out->is_given = arena_take_array(scratch, cells, sizeof *out->is_given);
    out->hidden = arena_take_array(scratch, cells, sizeof *out->hidden);
    out->reasons = arena_take_array(scratch, cells, sizeof *out->reasons);
    return out->n != NULL && out->is_given != NULL && out->hidden != NULL &&
           out->reasons != NULL;
}

/* Cells that the file leaves out are empty. */
static bool fill_cells(
    struct stats *stats, const struct stats_case *of, struct cells *out)
{
    size_t at = 0;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        struct text names[] = {row->values[CELL_ROW].text, row->values[CELL_COLUMN].text};
        size_t place = place_of(&out->rows, names[0]) * out->columns.count +
                       place_of(&out->columns, names[1]);
        if (out->is_given[place]) {
            stats->line = row->line;
            stats_complain(
                stats, N_("The cell {1}, {2} stands here twice."), names[0], names[1]);
            return false;
        }
        out->is_given[place] = true;
        out->n[place] = row->values[CELL_N].count;
        out->places[at++] = place;
    }
    return true;
}

static void put_cells(struct stats *stats, const struct stats_case *of, int64_t k,
    const struct cells *cells)
{
    size_t at = 0;
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        size_t place = cells->places[at++];
        stats_put_name(stats, &of->name);
        stats_put_count(stats, k);
        stats_put_text(stats, row->values[CELL_ROW].text);
        stats_put_text(stats, row->values[CELL_COLUMN].text);
        stats_put_count(stats, cells->n[place]);
        stats_put_count(stats, cells->hidden[place]);
        stats_end_row(stats);
    }
}

static void warn_of_sums(const struct stats *stats, const struct stats_case *of)
{
    const struct invocation *call = stats->call;
    complain(call,
        tr(call->language, "Case \"{1}\": hidden cells can be computed from the sums of "
                           "rows and columns whatever is hidden. Leave these sums out."),
        text_to_string(call->arena, of->name.text), NULL);
}

static void compute_cells(struct stats *stats, const struct stats_case *of)
{
    int64_t k;
    bool is_safe;
    struct cells cells = {0};
    if (!take_room(stats, of, &cells)) {
        stats_no_room(stats);
        return;
    }
    if (!stats_one_setting(stats, of, CELL_K, SUPPRESS_K, &k) ||
        !fill_cells(stats, of, &cells))
        return;
    struct suppress_table table = {
        cells.n, cells.rows.count, cells.columns.count, k, cells.reasons};
    if (suppress_cells(stats->scratch, &table, cells.hidden, &is_safe) != STATUS_OK) {
        stats_no_room(stats);
        return;
    }
    if (stats->is_explained)
        stats_explain_cells(stats, &of->name,
            &(struct stats_cells){
                cells.rows.list, cells.columns.list, table, cells.hidden, cells.reasons});
    else
        put_cells(stats, of, k, &cells);
    if (!is_safe)
        warn_of_sums(stats, of);
}

static void cells_finish(struct stats *stats)
{
    stats_each_case(stats, compute_cells);
}

const struct stats_table stats_suppress2 = {"suppress2", COLUMNS(cell_columns),
    "case,k,row,col,n,hidden", stats_keep_row, cells_finish};
