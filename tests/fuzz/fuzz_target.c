/* fuzz_target.c: a path and a query against the table of routes. */
#include "tests/fuzz/fuzz.h"

#include "web/http/router.h"
#include "web/routes.h"

#include <string.h>

static const char *const keys[] = {"lang", "plan", "then", "as_of", "code"};

static void check_choice(const struct route_choice *choice, struct text path)
{
    assert(choice->status == 0 || choice->status == 404 || choice->status == 405);
    assert((choice->status == 0) == (choice->route != NULL));
    assert((choice->status == 405) == (choice->allow != NULL));
    if (choice->parameter.len > 0)
        assert(choice->parameter.ptr > path.ptr &&
               choice->parameter.ptr + choice->parameter.len <= path.ptr + path.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    enum method method = (enum method)(fuzz_take_byte(&input) % (METHOD_COUNT + 1));
    const char *mark = input.len == 0 ? NULL : memchr(input.ptr, '?', input.len);
    struct text path = {input.ptr, mark == NULL ? input.len : (size_t)(mark - input.ptr)};
    struct arena *arena = fuzz_arena(8 * size + 65536);
    struct request request = {.arena = arena,
        .query =
            mark == NULL ? TEXT("") : (struct text){mark + 1, input.len - path.len - 1}};
    struct route_choice choice = router_find(routes, route_count, method, path);
    check_choice(&choice, path);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct text value = TEXT("");
        if (request_query(&request, keys[i], &value))
            assert(value.len <= request.query.len);
    }
    arena_free(arena);
    return 0;
}
