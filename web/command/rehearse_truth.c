/* rehearse_truth.c: rows of a table into truths; every mistake is told at once. */
#include "web/command/rehearse_truth.h"

#include "web/csv_reader.h"

enum column {
    COLUMN_PROGRAMME,
    COLUMN_SATISFIED,
    COLUMN_RESPONSE,
    COLUMN_NEEDED_COUNT, /* those before must be there */
    COLUMN_WAVE = COLUMN_NEEDED_COUNT,
    COLUMN_WALK_IN,
    COLUMN_PEOPLE,
    COLUMN_COUNT
};

static const char *const names[COLUMN_COUNT] = {
    [COLUMN_PROGRAMME] = "programme",
    [COLUMN_SATISFIED] = "satisfied",
    [COLUMN_RESPONSE] = "response",
    [COLUMN_WAVE] = "wave",
    [COLUMN_WALK_IN] = "walk_in",
    [COLUMN_PEOPLE] = "people",
};

struct table {
    struct arena *arena;
    struct problems *problems;
    size_t places[COLUMN_COUNT];
    struct csv_row row; /* at hand */
};

static void tell(struct table *table, size_t place, const char *message,
    struct text first, struct text second)
{
    problems_add_quoted(
        table->problems, (struct problem){.line = table->row.line,
                             .column = place == CSV_NONE ? 1 : (unsigned)place + 1,
                             .message = message,
                             .argument = {first, second}});
}

static bool is_name(struct text text)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (text_equals(text, text_of(names[i])))
            return true;
    return false;
}

static void read_header(struct table *table)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        table->places[i] = csv_find(&table->row, text_of(names[i]));
        if (i < COLUMN_NEEDED_COUNT && table->places[i] == CSV_NONE)
            tell(table, 0,
                N_("The column “{1}” is missing. The first row names the columns: "
                   "programme, satisfied, response; wave, walk_in and people may be "
                   "there."),
                text_of(names[i]), TEXT(""));
    }
    for (size_t i = 0; i < table->row.cell_count; i++)
        if (!is_name(text_trim(table->row.cells[i])))
            tell(table, i, N_("There is no column “{1}” here."), table->row.cells[i],
                TEXT(""));
}

static struct text cell_of(const struct table *table, enum column column)
{
    size_t place = table->places[column];
    return place == CSV_NONE || place >= table->row.cell_count
               ? TEXT("")
               : text_trim(table->row.cells[place]);
}

/* "88%" and "88.25%" as basis points. */
static bool parse_percent(struct text text, int64_t *out)
{
    int64_t whole = 0;
    int64_t part = 0;
    size_t point = 0;
    if (text.len < 2 || text.ptr[text.len - 1] != '%')
        return false;
    text.len--;
    while (point < text.len && text.ptr[point] != '.')
        point++;
    struct text decimals = {text.ptr + point + 1, text.len - point - 1};
    if (!text_to_number((struct text){text.ptr, point}, &whole) || whole > 100)
        return false;
    if (point < text.len && (decimals.len > 2 || !text_to_number(decimals, &part)))
        return false;
    *out = whole * 100 + (point < text.len && decimals.len == 1 ? part * 10 : part);
    return *out <= 10000;
}

static int64_t percent_of(struct table *table, enum column column, int64_t fallback)
{
    int64_t out = fallback;
    struct text cell = cell_of(table, column);
    if (cell.len == 0 && column >= COLUMN_NEEDED_COUNT)
        return fallback;
    if (!parse_percent(cell, &out))
        tell(table, table->places[column],
            N_("“{1}” is not a percentage from 0% to 100%. Write one like 88.25%."), cell,
            TEXT(""));
    return out;
}

static int64_t people_of(struct table *table)
{
    int64_t out = NO_COUNT;
    struct text cell = cell_of(table, COLUMN_PEOPLE);
    if (cell.len > 0 &&
        (!text_to_number(cell, &out) || out < 1 || out > WAVE_POPULATION_MAX))
        tell(table, table->places[COLUMN_PEOPLE], N_("“{1}” is not a number of people."),
            cell, TEXT(""));
    return out;
}

static void read_row(struct table *table, struct rehearsal_truth *out)
{
    *out = (struct rehearsal_truth){
        .line = table->row.line,
        .programme = text_copy(table->arena, cell_of(table, COLUMN_PROGRAMME)),
        .wave = text_copy(table->arena, cell_of(table, COLUMN_WAVE)),
        .satisfied_bp = percent_of(table, COLUMN_SATISFIED, 0),
        .response_bp = percent_of(table, COLUMN_RESPONSE, 0),
        .walk_in_bp = percent_of(table, COLUMN_WALK_IN, 0),
        .people = people_of(table),
    };
}

static enum status read_rows(struct table *table, struct csv_reader *reader,
    struct rehearsal_truth *list, size_t *count)
{
    enum status status;
    while ((status = csv_next(reader, table->problems, &table->row)) == STATUS_OK) {
        if (*count == TRUTHS_MAX)
            return STATUS_TOO_LARGE;
        read_row(table, &list[(*count)++]);
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status read_table(struct table *table, struct csv_reader *reader,
    struct rehearsal_truth *list, size_t *count)
{
    size_t before = table->problems->count;
    enum status status = csv_next(reader, table->problems, &table->row);
    if (status == STATUS_NOT_FOUND)
        table->row = (struct csv_row){.line = 1};
    else if (status != STATUS_OK)
        return status;
    read_header(table);
    if (table->problems->count > before)
        return STATUS_INVALID;
    status = read_rows(table, reader, list, count);
    if (status == STATUS_TOO_LARGE)
        tell(table, 0, N_("There are more than {1} rows."),
            text_format(table->arena, "%d", TRUTHS_MAX), TEXT(""));
    if (status == STATUS_OK && *count == 0)
        tell(table, 0, N_("There is no row beneath the names of the columns."), TEXT(""),
            TEXT(""));
    return status == STATUS_OK && table->problems->count > before ? STATUS_INVALID
                                                                  : status;
}

enum status rehearse_truth_read(struct arena *arena, const char *path,
    struct problems *problems, struct rehearsal_truth **out, size_t *count)
{
    struct csv_reader *reader = NULL;
    struct table table = {.arena = arena, .problems = problems};
    *count = 0;
    *out = arena_take_array(arena, TRUTHS_MAX, sizeof **out);
    if (*out == NULL)
        return STATUS_NO_MEMORY;
    enum status status = csv_open(path, problems, &reader);
    if (status != STATUS_OK)
        return status;
    status = read_table(&table, reader, *out, count);
    csv_close(reader);
    return status;
}
