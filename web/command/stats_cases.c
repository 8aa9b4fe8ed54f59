/* stats_cases.c: tables of which several rows make one figure: rows are kept by case, in
   their order, until the file has been read whole. */
#include "web/command/stats.h"

#include <string.h>

struct cases {
    struct stats_case *list;
    size_t count;
    size_t capacity;
};

void stats_no_room(struct stats *stats)
{
    stats_complain(stats, N_("There is no room for so many rows. Split the file."),
        TEXT(""), TEXT(""));
}

static struct cases *cases_of(struct stats *stats)
{
    if (stats->rows == NULL)
        stats->rows = arena_take(stats->call->arena, sizeof(struct cases));
    return stats->rows;
}

/* From the last case back: rows of a case mostly stand together. */
static struct stats_case *find_case(struct cases *cases, struct text id)
{
    for (size_t i = cases->count; i-- > 0;)
        if (text_equals(cases->list[i].name.text, id))
            return &cases->list[i];
    return NULL;
}

static struct stats_case *add_case(
    struct stats *stats, struct cases *cases, const struct stats_value *name)
{
    struct arena *arena = stats->call->arena;
    if (cases->count == cases->capacity) {
        size_t wanted = cases->capacity == 0 ? 64 : cases->capacity * 2;
        struct stats_case *grown = arena_grow(
            arena, cases->list, cases->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        cases->list = grown;
        cases->capacity = wanted;
    }
    struct stats_case *added = &cases->list[cases->count++];
    *added = (struct stats_case){.name = *name, .line = stats->line};
    added->name.text = text_copy(arena, name->text);
    return added;
}

/* The row with its own texts; NULL when the arena is full. */
static struct stats_row *copy_row(struct stats *stats, const struct stats_value *values)
{
    struct arena *arena = stats->call->arena;
    size_t columns = stats->table->column_count;
    struct stats_row *row = arena_take(arena, sizeof *row);
    struct stats_value *copies = arena_take_array(arena, columns, sizeof *copies);
    if (row == NULL || copies == NULL)
        return NULL;
    memcpy(copies, values, columns * sizeof *copies);
    for (size_t i = 0; i < columns; i++)
        if (stats->table->columns[i].kind == CELL_TEXT)
            copies[i].text = text_copy(arena, values[i].text);
    *row = (struct stats_row){.values = copies, .line = stats->line};
    return row;
}

void stats_keep_row(struct stats *stats, const struct stats_value *values)
{
    struct cases *cases = cases_of(stats);
    struct stats_row *row = copy_row(stats, values);
    struct stats_case *of = cases == NULL ? NULL : find_case(cases, values[0].text);
    if (of == NULL && cases != NULL)
        of = add_case(stats, cases, &values[0]);
    if (of == NULL || row == NULL) {
        stats_no_room(stats);
        return;
    }
    *(of->count == 0 ? &of->first : &of->last->next) = row;
    of->last = row;
    of->count++;
}

void stats_each_case(struct stats *stats,
    void (*compute)(struct stats *stats, const struct stats_case *of))
{
    const struct cases *cases = cases_of(stats);
    if (cases == NULL) {
        stats_no_room(stats);
        return;
    }
    for (size_t i = 0; i < cases->count; i++) {
        arena_reset(stats->scratch);
        stats->line = cases->list[i].line;
        compute(stats, &cases->list[i]);
    }
}

bool stats_one_setting(struct stats *stats, const struct stats_case *of, size_t column,
    int64_t otherwise, int64_t *out)
{
    *out = stats_count_or(&of->first->values[column], otherwise);
    for (const struct stats_row *row = of->first; row != NULL; row = row->next) {
        if (stats_count_or(&row->values[column], otherwise) == *out)
            continue;
        stats->line = row->line;
        stats_complain(stats, N_("{1} differs within the case \"{2}\"."),
            text_of(stats->table->columns[column].name), of->name.text);
        return false;
    }
    return true;
}
