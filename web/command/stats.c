/* stats.c: `manyi stats`, the auditor's calculator: figures of a table from its inputs,
   computed by the same functions as reports. Every row is read before anything is
   printed: a file with a mistake gives the mistakes and nothing else. */
#include "web/command/stats.h"

#include "web/command/commands.h"
#include "web/csv_reader.h"
#include "web/render/csv.h"
#include "web/tr.h"

#include "kiosk/figure.h"

#include <string.h>

enum {
    SCRATCH_BYTES = 67108864, /* STRATA_MAX strata of one case; touched as used */
    OUT_BYTES_MAX = 33554432  /* half of the command's arena */
};

/* ---- writing ---- */

static bool is_first(const struct stats *stats)
{
    return stats->out.len == 0 || stats->out.data[stats->out.len - 1] == '\n';
}

void stats_put_text(struct stats *stats, struct text text)
{
    csv_add_text(&stats->out, is_first(stats), text);
}

void stats_put_name(struct stats *stats, const struct stats_value *name)
{
    if (name->is_given)
        stats_put_text(stats, name->text);
    else
        stats_put_count(stats, stats->line);
}

void stats_put_number(struct stats *stats, double number)
{
    csv_add_number(&stats->out, is_first(stats), number);
}

void stats_put_count(struct stats *stats, int64_t count)
{
    csv_add_count(&stats->out, is_first(stats), count);
}

void stats_put_flags(struct stats *stats, unsigned flags)
{
    stats_put_text(stats, figure_flags_text(stats->scratch, flags));
}

void stats_end_row(struct stats *stats)
{
    csv_end_row(&stats->out);
}

/* ---- the header ---- */

static struct text column_list(const struct stats *stats)
{
    struct buffer list;
    buffer_init(&list, stats->call->arena, 1024);
    for (size_t i = 0; i < stats->table->column_count; i++) {
        if (i > 0)
            buffer_add_char(&list, ' ');
        buffer_add_string(&list, stats->table->columns[i].name);
    }
    return buffer_text(&list);
}

static size_t find_column(const struct csv_row *header, const struct stats_column *column)
{
    size_t place = csv_find(header, text_of(column->name));
    if (place == CSV_NONE && column->other_name != NULL)
        place = csv_find(header, text_of(column->other_name));
    return place;
}

/* A name that stands twice could mean either column. */
static bool is_doubled(const struct csv_row *header, size_t place)
{
    for (size_t i = place + 1; i < header->cell_count; i++)
        if (text_equals(text_trim(header->cells[i]), text_trim(header->cells[place])))
            return true;
    return false;
}

static void read_header(struct stats *stats, const struct csv_row *header)
{
    stats->line = header->line;
    stats->file_columns = header->cell_count;
    for (size_t i = 0; i < stats->table->column_count; i++) {
        const struct stats_column *column = &stats->table->columns[i];
        size_t place = find_column(header, column);
        stats->places[i] = place;
        if (place == CSV_NONE && column->presence == NEEDED)
            problems_add(&stats->problems,
                (struct problem){.line = header->line,
                    .message = N_("The column {1} is missing. These are read: {2}."),
                    .argument = {text_of(column->name), column_list(stats)}});
        if (place != CSV_NONE && is_doubled(header, place))
            stats_complain(stats, N_("There are two columns {1}. Leave one."),
                text_of(column->name), TEXT(""));
    }
}

/* ---- rows ---- */

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++)
        if (text_trim(row->cells[i]).len > 0)
            return false;
    return true;
}

static void complain_of_cell(
    struct stats *stats, const struct stats_column *column, struct text cell)
{
    switch (column->kind) {
    case CELL_COUNT:
        problems_add_quoted(&stats->problems,
            (struct problem){.line = stats->line,
                .message = N_("{1} is \"{2}\"; write a whole number from {3} to {4}."),
                .argument = {text_of(column->name), cell,
                    text_format(stats->scratch, "%lld", (long long)column->least),
                    text_format(stats->scratch, "%lld", (long long)column->most)}});
        return;
    case CELL_CONFIDENCE:
        stats_complain(stats, N_("{1} is \"{2}\"; write 0.9, 0.95 or 0.99."),
            text_of(column->name), cell);
        return;
    case CELL_MEASURE:
        stats_complain(stats, N_("{1} is \"{2}\"; write top2 or top3."),
            text_of(column->name), cell);
        return;
    case CELL_TEXT:
    case CELL_NUMBER:
        break;
    }
    stats_complain(
        stats, N_("{1} is \"{2}\"; write a number."), text_of(column->name), cell);
}

static bool read_value(
    struct stats *stats, const struct csv_row *row, size_t index, struct stats_value *out)
{
    const struct stats_column *column = &stats->table->columns[index];
    size_t place = stats->places[index];
    struct text cell = place == CSV_NONE ? TEXT("") : row->cells[place];
    if (!stats_read(cell, column, out)) {
        complain_of_cell(stats, column, text_trim(cell));
        return false;
    }
    if (!out->is_given && column->presence == NEEDED) {
        stats_complain(stats, N_("{1} is empty."), text_of(column->name), TEXT(""));
        return false;
    }
    return true;
}

static void take_row(struct stats *stats, const struct csv_row *row)
{
    struct stats_value values[STATS_COLUMNS_MAX];
    bool is_good = true;
    arena_reset(stats->scratch);
    stats->line = row->line;
    if (is_blank(row))
        return;
    if (row->cell_count != stats->file_columns) {
        stats_complain_counts(stats,
            N_("This row has {1} cells, the header has {2}. Make them equal."),
            (int64_t)row->cell_count, (int64_t)stats->file_columns);
        return;
    }
    for (size_t i = 0; i < stats->table->column_count; i++)
        is_good = read_value(stats, row, i, &values[i]) && is_good;
    if (is_good)
        stats->table->row(stats, values);
}

/* All rows, also behind a bad one, so that every mistake is named at once. */
static void read_rows(struct stats *stats, struct csv_reader *reader)
{
    struct csv_row row;
    enum status status;
    while ((status = csv_next(reader, &stats->problems, &row)) != STATUS_NOT_FOUND)
        if (status == STATUS_OK)
            take_row(stats, &row);
}

static bool has_problems(const struct stats *stats)
{
    return stats->problems.count > 0 || stats->problems.is_incomplete;
}

static void read_file(struct stats *stats, struct csv_reader *reader)
{
    struct csv_row header;
    enum status status = csv_next(reader, &stats->problems, &header);
    if (status == STATUS_NOT_FOUND)
        stats_complain(stats,
            N_("This file is empty. Its first row names the columns; these are read: "
               "{1}."),
            column_list(stats), TEXT(""));
    if (status != STATUS_OK)
        return;
    read_header(stats, &header);
    if (has_problems(stats))
        return;
    if (!stats->is_explained) {
        buffer_add_string(&stats->out, stats->table->outputs);
        csv_end_row(&stats->out);
    }
    read_rows(stats, reader);
    if (stats->table->finish != NULL && !has_problems(stats))
        stats->table->finish(stats);
}

/* ---- the command ---- */

static const struct stats_table *find_table(const char *name)
{
    for (size_t i = 0; stats_tables[i] != NULL; i++)
        if (strcmp(stats_tables[i]->name, name) == 0)
            return stats_tables[i];
    return NULL;
}

static const char *table_list(const struct invocation *call)
{
    struct buffer list;
    buffer_init(&list, call->arena, 1024);
    for (size_t i = 0; stats_tables[i] != NULL; i++) {
        if (list.len > 0)
            buffer_add_char(&list, ' ');
        buffer_add_string(&list, stats_tables[i]->name);
    }
    return text_to_string(call->arena, buffer_text(&list));
}

static enum exit_code no_such_table(const struct invocation *call)
{
    const char *name = call->operands[0];
    return usage_error(call,
        tr(call->language, "There is no table \"{1}\". These can be computed: {2}."),
        name, table_list(call), NULL);
}

/* An option's value, read as a cell would be; otherwise where it was not given. */
static bool read_setting(const struct invocation *call, enum option option,
    const struct stats_column *as, int64_t *setting)
{
    struct stats_value value;
    const char *given = call->values[option];
    if (given == NULL)
        return true;
    if (!stats_read(text_of(given), as, &value) || !value.is_given) {
        (void)usage_error(call,
            tr(call->language, "--{1} \"{2}\" is none; see the help."), as->name, given,
            NULL);
        return false;
    }
    *setting = value.count;
    return true;
}

static bool read_settings(const struct invocation *call, struct stats *stats)
{
    static const struct stats_column measure = {"measure", .kind = CELL_MEASURE};
    static const struct stats_column target = {
        "target-bp", .kind = CELL_COUNT, .least = 1, .most = 10000};
    static const struct stats_column confidence = {"confidence", .kind = CELL_CONFIDENCE};
    int64_t chosen = MEASURE_TOP2;
    stats->target_bp = 9000;
    stats->confidence_bp = 9500;
    if (!read_setting(call, OPTION_MEASURE, &measure, &chosen) ||
        !read_setting(call, OPTION_TARGET_BP, &target, &stats->target_bp) ||
        !read_setting(call, OPTION_CONFIDENCE, &confidence, &stats->confidence_bp))
        return false;
    stats->measure = (enum measure)chosen;
    return true;
}

static enum exit_code compute(struct stats *stats)
{
    const struct invocation *call = stats->call;
    struct csv_reader *reader = NULL;
    enum status status = csv_open(call->operands[1], &stats->problems, &reader);
    if (status == STATUS_OK)
        read_file(stats, reader);
    csv_close(reader);
    if (status != STATUS_OK || has_problems(stats)) {
        print_problems(call, false, call->operands[1], &stats->problems);
        return EXIT_FAILED;
    }
    if (stats->out.is_full) {
        complain(call, tr(call->language, "The file is too large. Split it."), NULL);
        return EXIT_FAILED;
    }
    return write_result(call, buffer_text(&stats->out));
}

enum exit_code command_stats(const struct invocation *call)
{
    struct stats stats = {.call = call, .table = find_table(call->operands[0])};
    if (stats.table == NULL)
        return no_such_table(call);
    stats.is_explained = call->values[OPTION_EXPLAIN] != NULL;
    if (!read_settings(call, &stats))
        return EXIT_USAGE;
    problems_init(&stats.problems, call->arena);
    buffer_init(&stats.out, call->arena, OUT_BYTES_MAX);
    stats.scratch = arena_new(SCRATCH_BYTES);
    if (stats.scratch == NULL) {
        complain(call, tr(call->language, "There is not enough memory."), NULL);
        return EXIT_FAILED;
    }
    enum exit_code code = compute(&stats);
    arena_free(stats.scratch);
    return code;
}
