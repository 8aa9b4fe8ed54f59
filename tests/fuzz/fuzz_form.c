/* fuzz_form.c: bodies as browsers encode them: what is read is never longer than what
   came, and a field is found by the name it was read with. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/limits.h"
#include "web/http/form.h"

static void check_fields(
    struct arena *arena, struct text input, const struct field *fields, size_t count)
{
    size_t bytes = 0;
    assert(count <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < count; i++)
        bytes += fields[i].name.len + fields[i].value.len;
    assert(bytes <= input.len);
    struct text found;
    if (count == 0)
        return;
    assert(form_find(arena, input, fields[0].name, &found) == STATUS_OK);
    assert(text_equals(found, fields[0].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    struct arena *arena = fuzz_arena(8 * size + 65536);
    struct field *fields = NULL;
    size_t count = 0;
    enum status rc = form_parse(arena, input, &fields, &count);
    assert(rc == STATUS_OK || rc == STATUS_INVALID || rc == STATUS_TOO_LARGE);
    if (rc == STATUS_OK)
        check_fields(arena, input, fields, count);
    arena_free(arena);
    return 0;
}
