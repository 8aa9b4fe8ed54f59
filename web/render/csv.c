/* csv.c: quoting and the guard against formulas. */
#include "web/render/csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Spreadsheets run a cell that begins with one of these. */
static bool looks_like_formula(struct text text)
{
    return text.len > 0 && memchr("=+-@\t\r", text.ptr[0], 6) != NULL;
}

static bool needs_quotes(struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (memchr(",\"\r\n", text.ptr[i], 4) != NULL)
            return true;
    return false;
}

void csv_add_text(struct buffer *out, bool is_first, struct text text)
{
    bool is_quoted = needs_quotes(text);
    if (!is_first)
        buffer_add_char(out, ',');
    if (is_quoted)
        buffer_add_char(out, '"');
    if (looks_like_formula(text))
        buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, text.ptr[i]);
    }
    if (is_quoted)
        buffer_add_char(out, '"');
}

/* The fewest digits that read back the same; 17 always do. */
static void add_digits(struct buffer *out, double number)
{
    char digits[40] = "";
    for (int precision = 15; precision <= 17; precision++) {
        (void)snprintf(digits, sizeof digits, "%.*g", precision, number);
        double again = strtod(digits, NULL);
        if (again >= number && again <= number)
            break;
    }
    buffer_add_string(out, digits);
}

void csv_add_number(struct buffer *out, bool is_first, double number)
{
    if (!is_first)
        buffer_add_char(out, ',');
    if (isinf(number))
        buffer_add_string(out, number < 0 ? "-inf" : "inf");
    else if (!isnan(number))
        add_digits(out, number);
}

void csv_add_count(struct buffer *out, bool is_first, int64_t count)
{
    if (!is_first)
        buffer_add_char(out, ',');
    if (count >= 0)
        buffer_add_number(out, count);
}

void csv_end_row(struct buffer *out)
{
    buffer_add_string(out, "\r\n");
}
