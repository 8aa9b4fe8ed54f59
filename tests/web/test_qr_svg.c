/* test_qr_svg.c: symbols as SVG. */
#include "web/render/qr_svg.h"

#include "tests/support/test.h"

static int make_arena(void **state)
{
    *state = arena_new(1 << 20);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void runs_stand_behind_the_quiet_zone(void **state)
{
    static const unsigned char modules[] = {1, 1, 0, 0, 0, 1, 1, 0, 1};
    const struct qr symbol = {3, modules};
    assert_text_equal(qr_svg(*state, &symbol).markup,
        "<svg class=\"qr\" viewBox=\"0 0 11 11\" aria-hidden=\"true\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h11v11h-11z\"/>"
        "<path fill=\"#000\" d=\"M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z\"/>"
        "</svg>");
}

static void the_largest_symbol_fits(void **state)
{
    unsigned char *modules = arena_take(*state, 177 * 177);
    const struct qr symbol = {177, modules};
    for (size_t i = 0; i < 177 * 177; i += 2)
        modules[i] = 1;
    assert_non_null(qr_svg(*state, &symbol).markup.ptr);
}

static void a_full_arena_gives_nothing(void **state)
{
    static const unsigned char modules[] = {1};
    const struct qr symbol = {1, modules};
    while (arena_take(*state, 1024) != NULL)
        continue;
    assert_null(qr_svg(*state, &symbol).markup.ptr);
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_arena(runs_stand_behind_the_quiet_zone),
        with_arena(the_largest_symbol_fits),
        with_arena(a_full_arena_gives_nothing),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
