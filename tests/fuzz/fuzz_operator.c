/* fuzz_operator.c: names and passwords of operators. The first line is the name, the rest
   the password. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/limits.h"
#include "kiosk/operator.h"

#include <string.h>

static void check_password_of(
    struct arena *arena, const struct operator_name *name, struct text typed)
{
    struct problems problems;
    struct text password;
    struct text clean;
    problems_init(&problems, arena);
    enum status rc =
        password_check(arena, typed, name, TEXT("password"), &problems, &password);
    assert((rc == STATUS_INVALID) == (problems.count > 0));
    if (rc != STATUS_OK)
        return;
    int64_t characters = text_count_characters(password);
    assert(
        characters >= PASSWORD_CHARACTERS_MIN && characters <= PASSWORD_CHARACTERS_MAX);
    assert(password_clean(arena, typed, &clean) && text_equals(clean, password));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    const char *end = size == 0 ? NULL : memchr(input.ptr, '\n', size);
    size_t first = end == NULL ? size : (size_t)(end - input.ptr);
    struct arena *arena = fuzz_arena(1024 * size + 65536);
    struct problems problems;
    struct operator_name name = {0};
    problems_init(&problems, arena);
    enum status rc = operator_name_check(
        arena, (struct text){input.ptr, first}, TEXT("name"), &problems, &name);
    assert((rc == STATUS_INVALID) == (problems.count > 0));
    if (rc == STATUS_OK) {
        assert(name.folded.len > 0 && name.shown.len <= OPERATOR_NAME_BYTES_MAX);
        if (end != NULL)
            check_password_of(arena, &name, (struct text){end + 1, size - first - 1});
    }
    arena_free(arena);
    return 0;
}
