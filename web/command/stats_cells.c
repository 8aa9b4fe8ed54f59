/* stats_cells.c: cells as people and statistics programs write them. */
#include "web/command/stats.h"

#include "kiosk/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_LETTERS_MAX = 40 };

/* A decimal number, also as 1e+06; nothing else that strtod would take. */
static bool read_number(struct text cell, double *out)
{
    char letters[NUMBER_LETTERS_MAX + 1] = "";
    if (cell.len == 0 || cell.len > NUMBER_LETTERS_MAX)
        return false;
    memcpy(letters, cell.ptr, cell.len);
    if (strspn(letters, "0123456789.eE+-") != cell.len)
        return false;
    char *end = NULL;
    *out = strtod(letters, &end);
    return *end == '\0' && isfinite(*out);
}

static bool read_count(
    struct text cell, const struct stats_column *column, struct stats_value *out)
{
    if (!read_number(cell, &out->number) || fabs(out->number) > 1e15)
        return false;
    out->count = llround(out->number);
    bool is_whole = fabs(out->number - (double)out->count) <= 0;
    return is_whole && out->count >= column->least && out->count <= column->most;
}

/* As a share or a percentage; one of the three that figures are made with. */
static bool read_confidence(struct text cell, struct stats_value *out)
{
    static const int allowed_bp[] = {9000, 9500, 9900};
    bool is_percent = cell.len > 0 && cell.ptr[cell.len - 1] == '%';
    cell.len -= is_percent;
    if (!read_number(cell, &out->number))
        return false;
    double bp = out->number * (is_percent || out->number > 1 ? 100 : 10000);
    for (size_t i = 0; i < sizeof allowed_bp / sizeof *allowed_bp; i++) {
        out->count = allowed_bp[i];
        if (fabs(bp - allowed_bp[i]) < 1e-6)
            return true;
    }
    return false;
}

static bool read_measure(struct text cell, struct stats_value *out)
{
    out->count =
        text_equals(cell, TEXT("top3")) ? (int64_t)MEASURE_TOP3 : (int64_t)MEASURE_TOP2;
    return text_equals(cell, TEXT("top2")) || text_equals(cell, TEXT("top3"));
}

bool stats_read(
    struct text cell, const struct stats_column *column, struct stats_value *out)
{
    *out = (struct stats_value){.text = text_trim(cell)};
    out->is_given = out->text.len > 0;
    if (!out->is_given)
        return true;
    switch (column->kind) {
    case CELL_TEXT:
        return true;
    case CELL_COUNT:
        return read_count(out->text, column, out);
    case CELL_NUMBER:
        return read_number(out->text, &out->number);
    case CELL_CONFIDENCE:
        return read_confidence(out->text, out);
    case CELL_MEASURE:
        return read_measure(out->text, out);
    }
    return false;
}

void stats_complain(
    struct stats *stats, const char *message, struct text first, struct text second)
{
    problems_add_quoted(&stats->problems,
        (struct problem){
            .line = stats->line, .message = message, .argument = {first, second}});
}

void stats_complain_counts(
    struct stats *stats, const char *message, int64_t first, int64_t second)
{
    stats_complain(stats, message, text_format(stats->scratch, "%lld", (long long)first),
        text_format(stats->scratch, "%lld", (long long)second));
}

int64_t stats_count_or(const struct stats_value *value, int64_t otherwise)
{
    return value->is_given ? value->count : otherwise;
}

double stats_number_or(const struct stats_value *value, double otherwise)
{
    return value->is_given ? value->number : otherwise;
}
