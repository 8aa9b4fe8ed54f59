/* fuzz_plan_value.c: single values of a plan: numbers, percentages, points, days, words,
   conditions, ids and wordings. The first byte says which kind, and whether in quotes. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/plan_values.h"

union any_value {
    struct value is;
    struct text_value text;
    struct number_value number;
    struct when_value when;
    struct hours_value hours;
};

static const char *const words[] = {"top2", "top3", "score", NULL};

static void check_good(enum value_kind kind, const union any_value *value)
{
    if (kind == KIND_NUMBER || kind == KIND_POINTS)
        assert(value->number.number >= 0 && value->number.number <= 1000);
    if (kind == KIND_TARGET || kind == KIND_CONFIDENCE)
        assert(value->number.number >= 0 && value->number.number <= 10000);
    if (kind == KIND_WORD)
        assert(value->number.number >= 0 && value->number.number < 3);
    if (kind == KIND_WHEN)
        assert(value->when.level >= 1 && value->when.level <= 5);
    if (kind == KIND_HOURS)
        assert(value->hours.from >= 0 && value->hours.from < value->hours.to &&
               value->hours.to <= 1440);
    if (kind == KIND_TEXT || kind == KIND_ID || kind == KIND_ITEM_ID)
        assert(value->text.text.len > 0 && text_is_utf8(value->text.text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    unsigned choice = fuzz_take_byte(&input);
    struct arena *arena = fuzz_arena(65536);
    struct problems problems;
    problems_init(&problems, arena);
    struct value_reader reader = {.arena = arena, .problems = &problems};
    const struct plan_key key = {.name = "key",
        .kind = (enum value_kind)(choice % (KIND_HOURS + 1)),
        .min = 0,
        .max = 1000,
        .words = words};
    union any_value value = {.is = {VALUE_ABSENT, {0}}};
    const struct scalar scalar = {.text = input, .is_plain = choice >= 128};
    value_read(&reader, &key, scalar, &value);
    assert(value.is.state != VALUE_ABSENT);
    assert(value.is.state == VALUE_GOOD || problems.count > 0 || reader.is_full);
    if (value.is.state == VALUE_GOOD)
        check_good(key.kind, &value);
    arena_free(arena);
    return 0;
}
