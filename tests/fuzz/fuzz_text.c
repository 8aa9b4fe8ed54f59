/* fuzz_text.c: what people type, cleaned: what is clean stays as it is. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_clean(struct arena *arena, struct text clean)
{
    struct text again;
    bool is_full = false;
    assert(text_is_utf8(clean));
    assert(text_utf8_length(clean) == clean.len);
    assert(text_count_characters(clean) >= 0);
    assert(clean.len == 0 || memchr(clean.ptr, '\0', clean.len) == NULL);
    assert(text_clean(arena, clean, &again, &is_full) || is_full);
    assert(is_full || text_equals(again, clean));
}

static void check_fold(struct arena *arena, struct text text)
{
    struct text once;
    struct text twice;
    if (text_fold(arena, text, &once) && text_fold(arena, once, &twice))
        assert(text_equals(once, twice));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    struct arena *arena = fuzz_arena(256 * size + 65536);
    struct text clean;
    bool is_full = false;
    assert(text_is_utf8(input) == (text_utf8_length(input) == input.len));
    assert((text_count_characters(input) >= 0) == text_is_utf8(input));
    assert(text_columns(input) <= 2 * size);
    if (text_clean(arena, input, &clean, &is_full))
        check_clean(arena, clean);
    check_fold(arena, input);
    arena_free(arena);
    return 0;
}
