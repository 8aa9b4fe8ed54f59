/* reference.c: reads the reference tables and compares with them. */
#include "tests/support/reference.h"

#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MAX_BYTES = 512, TABLE_BYTES_MAX = 1048576, TOLERANCES_BYTES = 262144 };

/* ---- reading ---- */

static struct text read_all(struct arena *arena, FILE *file)
{
    char *bytes = arena_take(arena, TABLE_BYTES_MAX);
    assert_non_null(bytes);
    size_t len = fread(bytes, 1, TABLE_BYTES_MAX, file);
    assert_true(len < TABLE_BYTES_MAX);
    return (struct text){bytes, len};
}

/* Cuts off what stands before the first c; the rest (behind it) stays in *text. */
static struct text cut(struct text *text, char c)
{
    const char *found = text->len == 0 ? NULL : memchr(text->ptr, c, text->len);
    size_t len = found == NULL ? text->len : (size_t)(found - text->ptr);
    struct text first = {text->ptr, len};
    size_t used = found == NULL ? len : len + 1;
    text->ptr += used;
    text->len -= used;
    return first;
}

static size_t count_of(struct text text, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == c;
    return count;
}

struct reference reference_read_file(struct arena *arena, FILE *file, const char *name)
{
    struct text all = read_all(arena, file);
    struct reference table = {.name = text_of(name)};
    size_t lines = count_of(all, '\n') + 1;
    struct text line = cut(&all, '\n');
    table.column_count = count_of(line, ',') + 1;
    table.columns = arena_take_array(arena, lines * table.column_count, sizeof line);
    assert_non_null(table.columns);
    struct text *field = table.columns;
    while (true) {
        assert_int_equal(count_of(line, ',') + 1, table.column_count);
        for (size_t i = 0; i < table.column_count; i++)
            *field++ = text_trim(cut(&line, ','));
        if (all.len == 0)
            break;
        line = cut(&all, '\n');
        table.row_count++;
    }
    return table;
}

struct reference reference_read(struct arena *arena, const char *name)
{
    char path[PATH_MAX_BYTES];
    (void)snprintf(path, sizeof path, SOURCE_DIR "/tests/reference/%s.csv", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s can't be read", path);
    struct reference table = reference_read_file(arena, file, name);
    (void)fclose(file);
    return table;
}

static bool find_column(const struct reference *table, const char *column, size_t *out)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (text_equals(table->columns[i], text_of(column))) {
            *out = i;
            return true;
        }
    return false;
}

struct text reference_text(const struct reference *table, size_t row, const char *column)
{
    size_t at = 0;
    assert_true(row < table->row_count);
    if (!find_column(table, column, &at))
        fail_msg("%.*s has no column %s", TEXT_ARG(table->name), column);
    return table->columns[(row + 1) * table->column_count + at];
}

double reference_number(const struct reference *table, size_t row, const char *column)
{
    struct text field = reference_text(table, row, column);
    char digits[64];
    if (field.len == 0)
        return NAN;
    assert_true(field.len < sizeof digits);
    memcpy(digits, field.ptr, field.len);
    digits[field.len] = '\0';
    char *end = NULL;
    double number = strtod(digits, &end); /* also reads "inf" */
    assert_true(*end == '\0');
    return number;
}

int64_t reference_count(const struct reference *table, size_t row, const char *column)
{
    struct text field = reference_text(table, row, column);
    int64_t number = -1;
    if (field.len > 0 && !text_to_number(field, &number))
        fail_msg("%.*s %s: \"%.*s\" is no number", TEXT_ARG(table->name), column,
            TEXT_ARG(field));
    return number;
}

/* ---- comparing ---- */

struct tolerance {
    double absolute;
    double relative;
};

/* Reads tolerances.csv each time: it is small, and nothing is kept that changes. A column
   that is not there must be equal in the 15 digits that the tables have. */
static struct tolerance tolerance_of(struct text table_name, const char *column)
{
    struct tolerance found = {0, 5e-15};
    struct arena *arena = arena_new(TABLE_BYTES_MAX + TOLERANCES_BYTES);
    assert_non_null(arena);
    struct reference table = reference_read(arena, "tolerances");
    for (size_t row = 0; row < table.row_count; row++) {
        struct text named = reference_text(&table, row, "column");
        if (!text_equals(reference_text(&table, row, "file"), table_name) ||
            !(text_equals(named, text_of(column)) || text_equals(named, TEXT("*"))))
            continue;
        struct text kind = reference_text(&table, row, "kind");
        double limit = reference_number(&table, row, "tol");
        found = (struct tolerance){0, 0};
        if (text_equals(kind, TEXT("abs")))
            found.absolute = limit;
        else if (text_equals(kind, TEXT("rel")))
            found.relative = limit;
    }
    arena_free(arena);
    return found;
}

static bool is_near(double actual, double expected, struct tolerance tolerance)
{
    if (isnan(expected) || isnan(actual))
        return isnan(expected) && isnan(actual);
    if (isinf(expected) || isinf(actual))
        return isinf(expected) && isinf(actual);
    return fabs(actual - expected) <=
           tolerance.absolute + tolerance.relative * fabs(expected);
}

void check_number(
    const struct reference *table, size_t row, const char *column, double actual)
{
    double expected = reference_number(table, row, column);
    if (!is_near(actual, expected, tolerance_of(table->name, column)))
        fail_msg("%.*s, %.*s: %s is %.17g, not %.17g", TEXT_ARG(table->name),
            TEXT_ARG(table->columns[(row + 1) * table->column_count]), column, actual,
            expected);
}

void check_count(
    const struct reference *table, size_t row, const char *column, int64_t actual)
{
    int64_t expected = reference_count(table, row, column);
    if (actual != expected)
        fail_msg("%.*s, %.*s: %s is %lld, not %lld", TEXT_ARG(table->name),
            TEXT_ARG(table->columns[(row + 1) * table->column_count]), column,
            (long long)actual, (long long)expected);
}

void check_word(
    const struct reference *table, size_t row, const char *column, struct text actual)
{
    struct text expected = reference_text(table, row, column);
    if (!text_equals(actual, expected))
        fail_msg("%.*s, %.*s: %s is \"%.*s\", not \"%.*s\"", TEXT_ARG(table->name),
            TEXT_ARG(table->columns[(row + 1) * table->column_count]), column,
            TEXT_ARG(actual), TEXT_ARG(expected));
}

static bool is_within(struct text words, struct text others)
{
    while (words.len > 0) {
        struct text word = cut(&words, '|');
        struct text rest = others;
        bool is_found = false;
        while (rest.len > 0 && !is_found)
            is_found = text_equals(cut(&rest, '|'), word);
        if (!is_found)
            return false;
    }
    return true;
}

void check_set(
    const struct reference *table, size_t row, const char *column, struct text actual)
{
    struct text expected = reference_text(table, row, column);
    if (!is_within(actual, expected) || !is_within(expected, actual))
        check_word(table, row, column, actual);
}
