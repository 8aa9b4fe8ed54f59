/* test_report_links.c: things in equations: what is left alone is covered, and a system
   too large to be solved hides every breakdown instead. */
#include "tests/support/test.h"

#include "kiosk/report_links.h"

enum { SIDE_MAX = 1024 };

struct scene {
    struct arena *arena;
    struct links links;
    struct thing *things;
};

static int make_scene(void **state)
{
    struct arena *arena = arena_new(8 << 20);
    struct scene *scene = arena_take(arena, sizeof *scene);
    scene->arena = arena;
    scene->things = arena_take_array(arena, SIDE_MAX, sizeof *scene->things);
    scene->links = (struct links){.list = scene->things, .k = 10};
    *state = scene;
    return 0;
}

static int free_scene(void **state)
{
    struct scene *scene = *state;
    arena_free(scene->arena);
    return 0;
}

static struct thing *add(struct scene *scene, enum thing_kind kind, int64_t n)
{
    struct thing *thing = &scene->things[scene->links.count++];
    assert_true(scene->links.count <= SIDE_MAX);
    *thing = (struct thing){.kind = kind, .n = n, .is_hidden = n > 0 && n < 10};
    thing->terms.list = arena_take_array(scene->arena, 4, sizeof *thing->terms.list);
    return thing;
}

static void put(struct scene *scene, struct thing *thing, size_t sum)
{
    thing->terms.list[thing->terms.count++] =
        (struct term){sum, thing->kind == THING_STRATUM ? 1 : residue_negative(1)};
    if (sum >= scene->links.sum_count)
        scene->links.sum_count = sum + 1;
}

static void cover(struct scene *scene)
{
    assert_int_equal(links_cover(scene->arena, &scene->links), STATUS_OK);
}

/* A small stratum with the smallest beside it, both in the figure and in one period. */
static void a_small_thing_alone_in_a_sum_takes_the_smallest_of_its_kind_with_it(
    void **state)
{
    struct scene *scene = *state;
    struct thing *total = add(scene, THING_TOTAL, 127);
    struct thing *small = add(scene, THING_STRATUM, 7);
    struct thing *larger = add(scene, THING_STRATUM, 90);
    struct thing *smallest = add(scene, THING_STRATUM, 30);
    put(scene, total, 0);
    put(scene, small, 0);
    put(scene, larger, 0);
    put(scene, smallest, 0);
    cover(scene);
    assert_true(small->is_hidden && smallest->is_hidden);
    assert_false(larger->is_hidden || total->is_hidden);
}

/* Its sum is the figure's less one that is shown: no single equation says so. */
static void what_only_two_equations_together_give_away_is_covered(void **state)
{
    struct scene *scene = *state;
    struct thing *total = add(scene, THING_TOTAL, 60);
    struct thing *small = add(scene, THING_STRATUM, 8);
    struct thing *cover_of_it = add(scene, THING_STRATUM, 12);
    struct thing *other = add(scene, THING_STRATUM, 40);
    struct thing *period = add(scene, THING_PERIOD, 52);
    cover_of_it->is_hidden = true;
    put(scene, total, 0);
    put(scene, small, 0);
    put(scene, cover_of_it, 0);
    put(scene, other, 0);
    put(scene, cover_of_it, 1); /* 12 and 40 are the period's 52 */
    put(scene, other, 1);
    put(scene, period, 1);
    cover(scene);
    assert_true(small->is_hidden);
    assert_true(other->is_hidden || period->is_hidden);
}

static void several_that_are_few_together_are_covered_too(void **state)
{
    struct scene *scene = *state;
    struct thing *total = add(scene, THING_TOTAL, 48);
    struct thing *one = add(scene, THING_CENTRE, 4);
    struct thing *two = add(scene, THING_CENTRE, 4);
    struct thing *rest = add(scene, THING_CENTRE, 40);
    put(scene, total, 0);
    put(scene, one, 0);
    put(scene, two, 0);
    put(scene, rest, 0);
    cover(scene);
    assert_true(rest->is_hidden);
}

static void a_cover_that_follows_anyhow_is_shown_again(void **state)
{
    struct scene *scene = *state;
    struct thing *total = add(scene, THING_TOTAL, 40);
    struct thing *stratum = add(scene, THING_STRATUM, 40);
    put(scene, total, 0);
    put(scene, stratum, 0);
    stratum->is_hidden = true;
    cover(scene);
    assert_false(stratum->is_hidden);
}

/* So many strata, each the only one of its period; the first is small, in a figure. */
static void many(struct scene *scene, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct thing *stratum = add(scene, THING_STRATUM, i == 0 ? 5 : 20 + (int64_t)i);
        struct thing *period = add(scene, THING_PERIOD, stratum->n);
        put(scene, stratum, i);
        put(scene, period, i);
    }
}

static void equations_that_are_too_many_hide_the_breakdowns_and_no_stratum(void **state)
{
    struct scene *scene = *state;
    size_t most = 0;
    while (2 * (most + 1) * (most + 1) <= RESIDUES_MAX)
        most++;
    many(scene, most);
    cover(scene);
    assert_false(scene->things[3].is_hidden); /* a period of another wave */

    scene->links.count = 0;
    scene->links.sum_count = 0;
    many(scene, most);
    scene->links.sum_count = RESIDUES_MAX / scene->links.count + 1;
    cover(scene);
    for (size_t i = 0; i < scene->links.count; i++)
        assert_int_equal(scene->things[i].is_hidden,
            scene->things[i].kind == THING_PERIOD || scene->things[i].n < 10);
}

/* 2x + 3y = 8 and 4x + 9y = 22: x = 1, y = 2. */
static void elimination_solves_a_system(void **state)
{
    (void)state;
    uint32_t cells[] = {2, 3, 8, /**/ 4, 9, 22};
    struct residues system = {cells, 2, 3};
    assert_int_equal(residues_eliminate(&system, 2), 2);
    assert_int_equal(residues_row(&system, 0)[2], 1);
    assert_int_equal(residues_row(&system, 1)[2], 2);
    assert_int_equal(residue_sum(RESIDUES_PRIME - 1, 2), 1);
    assert_int_equal(residue_negative(0), 0);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, make_scene, free_scene)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(a_small_thing_alone_in_a_sum_takes_the_smallest_of_its_kind_with_it),
        in_scene(what_only_two_equations_together_give_away_is_covered),
        in_scene(several_that_are_few_together_are_covered_too),
        in_scene(a_cover_that_follows_anyhow_is_shown_again),
        in_scene(equations_that_are_too_many_hide_the_breakdowns_and_no_stratum),
        cmocka_unit_test(elimination_solves_a_system),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
