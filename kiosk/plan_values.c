/* plan_values.c: reads the value behind a key by the kind that the key's row names; the
   readers are in plan_texts.c and plan_numbers.c. Signs of a Chinese keyboard in what is
   no text for people are reported here, with what was meant. */
#include "kiosk/plan_reading.h"

#include "kiosk/language.h"

#include <string.h>

enum { EXCERPT_BYTES_MAX = 60 };

struct text value_excerpt(struct arena *arena, struct text text)
{
    bool is_cut = text.len > EXCERPT_BYTES_MAX;
    size_t len = is_cut ? EXCERPT_BYTES_MAX : text.len;
    while (is_cut && len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    char *copy = arena_take(arena, len + 3);
    if (copy == NULL)
        return (struct text){0};
    for (size_t i = 0; i < len; i++)
        copy[i] = (unsigned char)text.ptr[i] < ' ' ? ' ' : text.ptr[i];
    if (is_cut)
        memcpy(copy + len, "…", 3);
    return (struct text){copy, len + (is_cut ? 3 : 0)};
}

bool reading_refuse(const struct reading *reading, const char *message,
    struct text second, struct text third, struct text did_you_mean)
{
    struct problems *problems = reading->reader->problems;
    source_report(problems, reading->scalar.at,
        (struct problem){.field = text_of(reading->key->name),
            .message = message,
            .argument = {value_excerpt(problems->arena, reading->scalar.text), second,
                third},
            .did_you_mean = did_you_mean});
    return false;
}

bool reading_refuse_plainly(const struct reading *reading, const char *message)
{
    return reading_refuse(
        reading, message, (struct text){0}, (struct text){0}, (struct text){0});
}

bool reading_refuse_for(
    const struct reading *reading, const char *message, struct text did_you_mean)
{
    return reading_refuse(
        reading, message, (struct text){0}, (struct text){0}, did_you_mean);
}

struct arena *reading_notes(const struct reading *reading)
{
    return reading->reader->problems->arena;
}

struct text reading_number(const struct reading *reading, int64_t number)
{
    return text_format(reading_notes(reading), "%lld", (long long)number);
}

bool reading_keep(const struct reading *reading, struct text text, struct text *out)
{
    *out = text_copy(reading->reader->arena, text);
    reading->reader->is_full |= out->ptr == NULL;
    return out->ptr != NULL;
}

/* ---- full-width forms ---- */

/* The ASCII form of the full-width character at the front, or 0. */
static char narrow(struct text text)
{
    static const struct {
        const char *wide;
        char narrow;
    } others[] = {{"\xE3\x80\x80", ' '}, {"。", '.'}, {"—", '-'}, {"–", '-'}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_starts_with(text, text_of(others[i].wide)))
            return others[i].narrow;
    /* U+FF01 to U+FF5E stand in the order of ASCII: EF BC 81–BF, EF BD 80–9E. */
    if (text.len < 3 || (unsigned char)text.ptr[0] != 0xEF)
        return 0;
    unsigned second = (unsigned char)text.ptr[1];
    unsigned third = (unsigned char)text.ptr[2];
    unsigned point = (second & 0x3F) << 6 | (third & 0x3F); /* 0xF01 is “！” */
    return second >= 0xBC && point >= 0xF01 && point <= 0xF5E
               ? (char)(point - 0xF00 + 0x20)
               : 0;
}

static bool is_ascii(struct text text)
{
    size_t at = 0;
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
        at++;
    return at == text.len;
}

/* The text typed with the half-width keyboard; empty if it was, or if other characters
   would remain. */
static struct text narrowed(struct arena *arena, struct text text)
{
    char *copy = is_ascii(text) ? NULL : arena_take(arena, text.len);
    size_t len = 0;
    for (size_t at = 0; copy != NULL && at < text.len;) {
        bool is_narrow = (unsigned char)text.ptr[at] < 0x80;
        char c = is_narrow ? text.ptr[at] : narrow(text_skip(text, at));
        if (c == 0)
            return (struct text){0};
        copy[len++] = c;
        at += is_narrow ? 1 : 3; /* all wide forms have three bytes */
    }
    return text_trim((struct text){copy, len});
}

/* ---- by kind ---- */

static const struct kind_reader {
    bool (*read)(const struct reading *reading, void *value);
    bool is_for_people; /* full-width signs are right */
} kinds[] = {
    [KIND_TEXT] = {read_text, true},
    [KIND_ID] = {read_id, false},
    [KIND_ITEM_ID] = {read_item_id, false},
    [KIND_REFERENCE] = {read_reference, false},
    [KIND_NUMBER] = {read_number, false},
    [KIND_TARGET] = {read_target, false},
    [KIND_CONFIDENCE] = {read_confidence, false},
    [KIND_POINTS] = {read_points, false},
    [KIND_DATE] = {read_date, false},
    [KIND_FLAG] = {read_flag, false},
    [KIND_WORD] = {read_word, false},
    [KIND_WHEN] = {read_when, false},
    [KIND_HOURS] = {read_hours, false},
};

void value_read(struct value_reader *reader, const struct plan_key *key,
    struct scalar scalar, void *value)
{
    struct value *is = value;
    struct reading reading = {reader, key, scalar};
    *is = (struct value){VALUE_WRONG, scalar.at};
    const struct kind_reader *kind = &kinds[key->kind == KIND_LIST ? key->of : key->kind];
    struct text meant = kind->is_for_people
                            ? ((struct text){0})
                            : narrowed(reader->problems->arena, scalar.text);
    if (meant.len > 0)
        (void)reading_refuse_for(&reading,
            N_("“{1}” has full-width characters. Type it in half-width ones."), meant);
    else if (kind->read(&reading, value))
        is->state = VALUE_GOOD;
}
