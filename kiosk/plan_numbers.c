/* plan_numbers.c: whole numbers, percentages, points, dates and hours. */
#include "kiosk/plan_reading.h"

#include "kiosk/language.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(struct text text)
{
    size_t count = 0;
    while (count < text.len && is_digit(text.ptr[count]))
        count++;
    return count;
}

/* Digits without what people write among them (8,500 or 8500人); empty if others stay. */
static struct text digits_meant(const struct reading *reading)
{
    struct text text = reading->scalar.text;
    char *copy = arena_take(reading_notes(reading), text.len);
    size_t len = 0;
    for (size_t i = 0; copy != NULL && i < text.len; i++) {
        bool is_person = text_starts_with(text_skip(text, i), TEXT("人"));
        if (is_digit(text.ptr[i]))
            copy[len++] = text.ptr[i];
        else if (is_person)
            i += 2;
        else if (text.ptr[i] != ',' && text.ptr[i] != ' ' && text.ptr[i] != '_')
            return (struct text){0};
    }
    return (struct text){copy, copy == NULL ? 0 : len};
}

static struct text without_zeros(struct text digits)
{
    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = text_skip(digits, 1);
    return digits;
}

/* Digits, perhaps with a minus; which numbers are allowed is asked later. */
static bool read_whole(const struct reading *reading, int64_t *out)
{
    struct text text = reading->scalar.text;
    bool is_negative = text_starts_with(text, TEXT("-"));
    struct text digits = is_negative ? text_skip(text, 1) : text;
    if (!reading->scalar.is_plain)
        return reading_refuse_for(reading,
            N_("The number “{1}” stands in quotation marks. Write it without them."),
            count_digits(digits) == digits.len ? text : (struct text){0});
    if (digits.len == 0 || count_digits(digits) != digits.len)
        return reading_refuse_for(reading,
            N_("“{1}” is not a whole number. Write digits only: no comma, point or "
               "word."),
            without_zeros(digits_meant(reading)));
    if (digits.len > 1 && digits.ptr[0] == '0')
        return reading_refuse_for(reading,
            N_("The number “{1}” begins with a zero. Write it without."),
            is_negative ? ((struct text){0}) : without_zeros(digits));
    int64_t number = INT64_MAX;
    (void)text_to_number(digits, &number); /* longer ones are out of any range */
    *out = is_negative ? -number : number;
    return true;
}

bool read_number(const struct reading *reading, void *value)
{
    const struct plan_key *key = reading->key;
    int64_t number = 0;
    if (!read_whole(reading, &number))
        return false;
    if (key->min == key->max && number != key->min)
        return reading_refuse(reading,
            N_("This plan says format {1}; this program reads format {2} only."),
            reading_number(reading, key->min), (struct text){0},
            reading_number(reading, key->min));
    if (number < key->min || number > key->max)
        return reading_refuse(reading,
            N_("{1} is out of range. Write a number from {2} to {3}."),
            reading_number(reading, key->min), reading_number(reading, key->max),
            (struct text){0});
    ((struct number_value *)value)->number = number;
    return true;
}

/* ---- two decimals ---- */

enum decimal { DECIMAL_GOOD, DECIMAL_NONE, DECIMAL_TOO_FINE };

/* A number of hundredths: "85", "85.5", "85.25". */
static enum decimal read_hundredths(struct text text, int64_t *out)
{
    size_t whole = count_digits(text);
    struct text fraction = whole < text.len && text.ptr[whole] == '.'
                               ? text_skip(text, whole + 1)
                               : (struct text){0};
    bool has_point = whole < text.len;
    if (whole == 0 || whole > 9 || count_digits(fraction) != fraction.len ||
        (has_point && fraction.len == 0) || (whole > 1 && text.ptr[0] == '0'))
        return DECIMAL_NONE;
    if (fraction.len > 2)
        return DECIMAL_TOO_FINE;
    int64_t number = 0;
    (void)text_to_number((struct text){text.ptr, whole}, &number);
    for (size_t i = 0; i < 2; i++)
        number = number * 10 + (i < fraction.len ? fraction.ptr[i] - '0' : 0);
    *out = number;
    return DECIMAL_GOOD;
}

/* Hundredths as a percentage: 8500 is 85%, 8525 is 85.25%. */
static struct text percentage(const struct reading *reading, int64_t hundredths)
{
    int64_t rest = hundredths % 100;
    return rest == 0 ? text_format(reading_notes(reading), "%lld%%",
                           (long long)(hundredths / 100))
                     : text_format(reading_notes(reading), "%lld.%02lld%%",
                           (long long)(hundredths / 100), (long long)rest);
}

/* 85 and 85 % mean 85%, 0.9 means 90%. */
static struct text percentage_meant(const struct reading *reading)
{
    struct text text = text_trim(reading->scalar.text);
    if (text.len > 0 && text.ptr[text.len - 1] == '%')
        text = text_trim((struct text){text.ptr, text.len - 1});
    int64_t hundredths;
    if (read_hundredths(text, &hundredths) != DECIMAL_GOOD || hundredths == 0 ||
        hundredths > 10000)
        return (struct text){0};
    return percentage(reading, hundredths <= 100 ? hundredths * 100 : hundredths);
}

/* Basis points, not yet in any range. */
static bool read_percentage(const struct reading *reading, int64_t *out)
{
    struct text text = reading->scalar.text;
    bool has_sign = text.len > 0 && text.ptr[text.len - 1] == '%';
    struct text figure = {text.ptr, text.len - has_sign};
    enum decimal decimal = read_hundredths(figure, out);
    if (!has_sign && decimal == DECIMAL_GOOD)
        return reading_refuse_for(reading,
            N_("“{1}” has no % sign. Write a percentage, like 85.00%."),
            percentage_meant(reading));
    if (decimal == DECIMAL_TOO_FINE)
        return reading_refuse_plainly(
            reading, N_("“{1}” has more than two decimals. Write at most two, like "
                        "85.25%."));
    return decimal == DECIMAL_GOOD ||
           reading_refuse_for(reading,
               N_("“{1}” is not a percentage. Write one like 85.00%."),
               percentage_meant(reading));
}

bool read_target(const struct reading *reading, void *value)
{
    int64_t bp = 0;
    if (!read_percentage(reading, &bp))
        return false;
    if (bp < 1 || bp > 10000)
        return reading_refuse_plainly(reading,
            N_("A target of {1} cannot be. Write more than 0% and at most 100%."));
    ((struct number_value *)value)->number = bp;
    return true;
}

bool read_confidence(const struct reading *reading, void *value)
{
    int64_t bp = 0;
    if (!read_percentage(reading, &bp))
        return false;
    if (bp != 9000 && bp != 9500 && bp != 9900)
        return reading_refuse_plainly(
            reading, N_("A confidence of {1} cannot be used. Write 90%, 95% or 99%."));
    ((struct number_value *)value)->number = bp;
    return true;
}

bool read_points(const struct reading *reading, void *value)
{
    int64_t hundredths;
    if (read_hundredths(reading->scalar.text, &hundredths) != DECIMAL_GOOD ||
        hundredths < reading->key->min || hundredths > reading->key->max)
        return reading_refuse_plainly(
            reading, N_("“{1}” cannot be points. Write 0 to 100 with at most two "
                        "decimals, like 10 "
                        "or 7.5."));
    ((struct number_value *)value)->number = hundredths;
    return true;
}

/* ---- dates ---- */

struct date_parts {
    int64_t part[3]; /* year, month, day */
    bool is_iso;     /* written as 2026-01-31 */
};

/* Three numbers with anything but digits between them. */
static bool find_parts(struct text text, struct date_parts *out)
{
    static const size_t iso_lengths[] = {4, 2, 2};
    out->is_iso = text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-';
    for (size_t i = 0; i < 3; i++) {
        size_t digits = count_digits(text);
        if (digits == 0 || digits > 4)
            return false;
        (void)text_to_number((struct text){text.ptr, digits}, &out->part[i]);
        out->is_iso &= digits == iso_lengths[i];
        text = text_skip(text, digits);
        while (text.len > 0 && !is_digit(text.ptr[0]))
            text = text_skip(text, 1);
    }
    return text.len == 0;
}

/* The day that the parts name, or the last one of the month if it is shorter. */
static struct text date_meant(
    const struct reading *reading, const struct date_parts *parts)
{
    const int64_t *part = parts->part;
    for (int64_t day = part[2]; part[2] <= 31 && day >= part[2] - 3; day--) {
        struct text text = text_format(reading_notes(reading), "%04lld-%02lld-%02lld",
            (long long)part[0], (long long)part[1], (long long)day);
        day_t found;
        if (day_parse(text, &found))
            return text;
    }
    return (struct text){0};
}

bool read_date(const struct reading *reading, void *value)
{
    day_t day;
    struct date_parts parts;
    if (day_parse(reading->scalar.text, &day)) {
        ((struct number_value *)value)->number = day;
        return true;
    }
    if (!find_parts(reading->scalar.text, &parts))
        return reading_refuse_plainly(reading,
            N_("“{1}” is not a date. Write year, month and day like 2026-01-31."));
    struct text meant = date_meant(reading, &parts);
    return reading_refuse_for(reading,
        parts.is_iso
            ? N_("There is no day {1} in the calendar of the years 1900 to 2999.")
            : N_("“{1}” is not a date. Write year, month and day like 2026-01-31."),
        meant);
}

/* ---- hours ---- */

/* "5:00" or "05:00" at the front, up to 24:00; how many bytes it is, 0: none. */
static size_t read_clock(struct text text, int *minutes)
{
    int64_t hour = 0, minute = 0;
    size_t digits = count_digits(text);
    if (digits == 0 || digits > 2 || text.len < digits + 3 || text.ptr[digits] != ':')
        return 0;
    struct text rest = text_skip(text, digits + 1);
    (void)text_to_number((struct text){text.ptr, digits}, &hour);
    (void)text_to_number((struct text){rest.ptr, 2}, &minute);
    if (count_digits(rest) != 2 || minute > 59 || hour * 60 + minute > 24 * 60)
        return 0;
    *minutes = (int)(hour * 60 + minute);
    return digits + 3;
}

/* Hours alone, blanks around the dash, or ~ for it: “5-23” means 05:00-23:00. */
static struct text hours_meant(const struct reading *reading)
{
    struct text text = text_trim(reading->scalar.text);
    int64_t part[2] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        size_t digits = count_digits(text);
        if (digits == 0 || digits > 2)
            return (struct text){0};
        (void)text_to_number((struct text){text.ptr, digits}, &part[i]);
        text = text_skip(text, digits);
        if (text_starts_with(text, TEXT(":00")))
            text = text_skip(text, 3);
        while (i == 0 && text.len > 0 && !is_digit(text.ptr[0]))
            text = text_skip(text, 1);
    }
    if (text.len > 0 || part[0] >= part[1] || part[1] > 24)
        return (struct text){0};
    return text_format(reading_notes(reading), "%02lld:00-%02lld:00", (long long)part[0],
        (long long)part[1]);
}

bool read_hours(const struct reading *reading, void *value)
{
    struct hours_value *hours = value;
    struct text text = reading->scalar.text;
    int from = 0, to = 0;
    size_t first = read_clock(text, &from);
    bool has_dash = first > 0 && first < text.len && text.ptr[first] == '-';
    struct text rest = has_dash ? text_skip(text, first + 1) : (struct text){0};
    size_t second = read_clock(rest, &to);
    if (second == 0 || second != rest.len)
        return reading_refuse_for(reading,
            N_("“{1}” is no time of day. Write from and to, like 05:00-24:00."),
            hours_meant(reading));
    if (from >= to)
        return reading_refuse_plainly(
            reading, N_("“{1}” ends before it begins. Write the earlier hour first, like "
                        "05:00-24:00."));
    hours->from = from;
    hours->to = to;
    return true;
}
