/* report_fields.c: comparing, with words for what differs. */
#include "tests/support/report_fields.h"

#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void assert_same(struct text a, struct text b, const char *where, struct text about)
{
    if (!text_equals(a, b))
        fail_msg("%s of %.*s: \"%.*s\" is not \"%.*s\"", where, TEXT_ARG(about),
            TEXT_ARG(a), TEXT_ARG(b));
}

struct text printed_figure(struct formats *formats, struct text bp, const char *unit)
{
    long long number =
        strtoll(bp.len == 0 ? "" : text_to_string(formats->arena, bp), NULL, 10);
    if (bp.len == 0)
        return TEXT("");
    return text_format(formats->arena, "%lld.%02lld%s", number / 100, number % 100, unit);
}

struct text printed_range(struct formats *formats, struct text lo, struct text hi)
{
    return text_format(formats->arena, "%.*s–%.*s",
        TEXT_ARG(printed_figure(formats, lo, "")),
        TEXT_ARG(printed_figure(formats, hi, "%")));
}

struct text or_dash(struct text number)
{
    return number.len == 0 ? TEXT("–") : number;
}

void assert_contains(
    const char *whole, struct text part, const char *where, struct text about)
{
    char *string = malloc(part.len + 1);
    assert_non_null(string);
    memcpy(string, part.ptr, part.len);
    string[part.len] = '\0';
    bool is_there = strstr(whole, string) != NULL;
    if (!is_there)
        print_error("%s of %.*s has no \"%s\"\n", where, TEXT_ARG(about), string);
    free(string);
    assert_true(is_there);
}

void assert_same_number(
    struct formats *formats, struct text a, struct text b, const char *where)
{
    if (a.len == 0 || b.len == 0) {
        assert_same(a, b, where, TEXT("a week"));
        return;
    }
    double first = strtod(text_to_string(formats->arena, a), NULL);
    double second = strtod(text_to_string(formats->arena, b), NULL);
    if (!(fabs(first - second) <= 1e-15 * fabs(first)))
        fail_msg("%s: %.*s is not %.*s", where, TEXT_ARG(a), TEXT_ARG(b));
}

void assert_rows_are_whole(const struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        assert_int_equal(table->widths[i], table->widths[0]);
}
