/* fuzz_day.c: a day as written: it is written again the same way. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    day_t day = DAY_NONE;
    if (!day_parse(fuzz_text(data, size), &day)) {
        assert(day == DAY_NONE);
        return 0;
    }
    struct arena *arena = fuzz_arena(1024);
    assert(text_equals(day_format(arena, day), fuzz_text(data, size)));
    assert(day_of(day_date(day)) == day);
    for (int grain = 0; grain < GRAIN_COUNT; grain++)
        assert(period_start((enum grain)grain, day, day) <= day);
    arena_free(arena);
    return 0;
}
