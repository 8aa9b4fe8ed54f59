/* test_code_cache.c: open codes are remembered for a second, others never. */
#include "tests/support/test.h"

#include "db/code_cache.h"
#include "kiosk/limits.h"

#include <string.h>

enum { NOW = 5000 };

static const struct code_grant poster = {
    .programme = {"visits", 6},
    .wave = {"", 0},
    .centre = {"north", 5},
    .channel = CHANNEL_POSTER,
    .is_open = true,
    .hash = {{7, 1}},
};

static const struct code poster_code = {"ABCDEFGHJKM2"};
static const struct code other_code = {"ABCDEFGHJKM3"};
static const struct code neighbour_code = {
    "ABCDEFGHJLO3"}; /* shares poster_code's place */

struct caching {
    struct code_cache *cache;
    struct arena *arena;
    struct code_grant found;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new(65536);
    struct caching *caching = arena_take(arena, sizeof *caching);
    caching->arena = arena;
    caching->cache = code_cache_new();
    *state = caching;
    return caching->cache == NULL ? 1 : 0;
}

static int tear_down(void **state)
{
    struct caching *caching = *state;
    code_cache_free(caching->cache);
    arena_free(caching->arena);
    return 0;
}

static enum status find(struct caching *caching, const struct code *code, int64_t now_ms)
{
    return code_cache_find(caching->cache, code, now_ms, caching->arena, &caching->found);
}

static void an_open_code_is_found_with_all_that_it_opens(void **state)
{
    struct caching *caching = *state;
    code_cache_add(caching->cache, &poster_code, &poster, NOW);

    assert_int_equal(find(caching, &poster_code, NOW), STATUS_OK);

    assert_text_equal(caching->found.programme, "visits");
    assert_text_equal(caching->found.wave, "");
    assert_text_equal(caching->found.centre, "north");
    assert_int_equal(caching->found.channel, CHANNEL_POSTER);
    assert_true(caching->found.is_open);
    assert_int_equal(caching->found.state, CODE_FRESH);
    assert_memory_equal(caching->found.hash.bytes, poster.hash.bytes, CODE_HASH_BYTES);
}

static void it_is_read_anew_once_its_time_is_over(void **state)
{
    struct caching *caching = *state;
    code_cache_add(caching->cache, &poster_code, &poster, NOW);

    assert_int_equal(find(caching, &poster_code, NOW + OPEN_CODE_MS - 1), STATUS_OK);
    assert_int_equal(find(caching, &poster_code, NOW + OPEN_CODE_MS), STATUS_NOT_FOUND);
}

static void a_one_time_code_is_never_kept(void **state)
{
    struct caching *caching = *state;
    struct code_grant slip = poster;
    slip.is_open = false;
    code_cache_add(caching->cache, &other_code, &slip, NOW);

    assert_int_equal(find(caching, &other_code, NOW), STATUS_NOT_FOUND);
}

static void another_code_of_the_same_place_is_not_mistaken_for_it(void **state)
{
    struct caching *caching = *state;
    struct code_grant other = poster;
    other.hash.bytes[CODE_HASH_BYTES - 1] = 9;
    other.programme = TEXT("courses");
    code_cache_add(caching->cache, &poster_code, &poster, NOW);
    assert_int_equal(find(caching, &neighbour_code, NOW), STATUS_NOT_FOUND);

    code_cache_add(caching->cache, &neighbour_code, &other, NOW);

    assert_int_equal(find(caching, &poster_code, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find(caching, &neighbour_code, NOW), STATUS_OK);
    assert_text_equal(caching->found.programme, "courses");
}

static void one_that_opens_nothing_any_more_is_forgotten_by_its_hash(void **state)
{
    struct caching *caching = *state;
    struct code_grant other = poster;
    other.hash.bytes[CODE_HASH_BYTES - 1] = 9;
    code_cache_add(caching->cache, &poster_code, &poster, NOW);
    code_cache_add(caching->cache, &other_code, &other, NOW);

    code_cache_remove(caching->cache, &poster.hash);

    assert_int_equal(find(caching, &poster_code, NOW), STATUS_NOT_FOUND);
    assert_int_equal(find(caching, &other_code, NOW), STATUS_OK);
}

static void a_full_arena_is_told(void **state)
{
    struct caching *caching = *state;
    code_cache_add(caching->cache, &poster_code, &poster, NOW);
    while (arena_take(caching->arena, 16) != NULL)
        continue;

    assert_int_equal(find(caching, &poster_code, NOW), STATUS_NO_MEMORY);
}

#define with_cache(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_cache(an_open_code_is_found_with_all_that_it_opens),
        with_cache(it_is_read_anew_once_its_time_is_over),
        with_cache(a_one_time_code_is_never_kept),
        with_cache(another_code_of_the_same_place_is_not_mistaken_for_it),
        with_cache(one_that_opens_nothing_any_more_is_forgotten_by_its_hash),
        with_cache(a_full_arena_is_told),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
