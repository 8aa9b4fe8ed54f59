/* test_properties_strata.c: what must hold for any strata, tried on random ones. */
#include "tests/support/random.h"
#include "tests/support/test.h"

#include "kiosk/strata.h"

#include <math.h>

enum { TRIALS = 3000, STRATA = 6 };
static const double little = 1e-9;

static struct strata_input settings(const struct stratum *strata, size_t count)
{
    return (struct strata_input){.strata = strata,
        .count = count,
        .measure = MEASURE_TOP2,
        .confidence_bp = 9500,
        .target_bp = 9000,
        .weights = {100, 80, 60, 30, 0},
        .target_mean = 90};
}

static struct strata computed(
    struct arena *arena, const struct stratum *strata, size_t count)
{
    struct strata out;
    struct strata_input input = settings(strata, count);
    assert_int_equal(strata_compute(arena, &input, &out), STATUS_OK);
    return out;
}

/* A stratum of two answers or more, fewer than its people; often all satisfied. */
static struct stratum any_stratum(struct random *random)
{
    struct stratum stratum = {.name = TEXT("s"), .group = TEXT("g")};
    stratum.levels[0] = random_between(random, 2, 60);
    if (random_between(random, 0, 2) > 0)
        stratum.levels[random_between(random, 1, 4)] = random_between(random, 0, 20);
    stratum.population = levels_sum(stratum.levels) + random_between(random, 1, 400);
    return stratum;
}

static size_t any_strata(struct random *random, struct stratum *strata)
{
    size_t count = (size_t)random_between(random, 2, STRATA);
    for (size_t i = 0; i < count; i++)
        strata[i] = any_stratum(random);
    return count;
}

static double rate_of(const struct stratum *stratum)
{
    return (double)levels_top(stratum->levels, MEASURE_TOP2) /
           (double)levels_sum(stratum->levels);
}

static void the_rate_lies_between_those_of_the_strata(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        struct strata out = computed(*state, strata, count);
        double least = 1, most = 0;
        for (size_t at = 0; at < count; at++) {
            least = fmin(least, rate_of(&strata[at]));
            most = fmax(most, rate_of(&strata[at]));
        }
        assert_true(out.p >= least - little && out.p <= most + little);
        assert_true(out.interval.lo <= out.p + little);
        assert_true(out.interval.hi >= out.p - little);
        assert_true(out.interval.lo >= out.bound.lo && out.interval.hi <= out.bound.hi);
        arena_reset(*state);
    }
}

static void their_order_does_not_matter(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA], turned[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        for (size_t at = 0; at < count; at++)
            turned[at] = strata[count - 1 - at];
        struct strata a = computed(*state, strata, count);
        struct strata b = computed(*state, turned, count);
        assert_true(fabs(a.p - b.p) < little && fabs(a.se - b.se) < little);
        assert_true(fabs(a.interval.lo - b.interval.lo) < little);
        assert_true(fabs(a.interval.hi - b.interval.hi) < little);
        assert_true(fabs(a.mean.lo - b.mean.lo) < 1e-6 || isnan(a.mean.lo));
        assert_int_equal(a.verdict, b.verdict);
        arena_reset(*state);
    }
}

static void one_stratum_is_one_population(void **state)
{
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct stratum stratum = any_stratum(&random);
        struct rate_input alone = {.x = levels_top(stratum.levels, MEASURE_TOP2),
            .n = levels_sum(stratum.levels),
            .population = stratum.population,
            .confidence_bp = 9500,
            .target_bp = 9000};
        struct rate rate;
        struct strata out = computed(*state, &stratum, 1);
        assert_int_equal(rate_compute(&alone, &rate), STATUS_OK);
        assert_memory_equal(&out.interval, &rate.exact, sizeof rate.exact);
        assert_int_equal(out.verdict, rate.verdict);
        assert_int_equal(out.certain, rate.certain);
        arena_reset(*state);
    }
}

static void where_all_answered_nothing_is_open(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        for (size_t at = 0; at < count; at++)
            strata[at].population = levels_sum(strata[at].levels);
        struct strata out = computed(*state, strata, count);
        assert_true(out.interval.lo >= out.p && out.interval.hi <= out.p);
        assert_true(out.certain && out.flags == FLAG_CENSUS);
        arena_reset(*state);
    }
}

static void answers_in_proportion_give_the_pooled_rate(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        int64_t factor = random_between(&random, 2, 9);
        for (size_t at = 0; at < count; at++)
            strata[at].population = factor * levels_sum(strata[at].levels);
        struct strata out = computed(*state, strata, count);
        assert_true(fabs(out.p - out.p_pooled) < little);
        arena_reset(*state);
    }
}

static void an_empty_stratum_keeps_the_people_and_goes(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        struct strata before = computed(*state, strata, count);
        size_t empty = (size_t)random_between(&random, 0, (int64_t)count - 1);
        int64_t answers = levels_sum(strata[empty].levels);
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            strata[empty].levels[level] = 0;
        struct strata after = computed(*state, strata, count);
        assert_int_equal(after.population, before.population);
        assert_int_equal(after.used, before.used - 1);
        assert_int_equal(after.n, before.n - answers);
        assert_true((after.flags & FLAG_COLLAPSED) != 0);
        arena_reset(*state);
    }
}

static void answers_are_never_worth_more_than_weights_allow(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        struct strata out = computed(*state, strata, count);
        double kish = (double)out.n / out.deff_kish;
        assert_true(out.n_eff <= kish * (1 + little));
        arena_reset(*state);
    }
}

static void a_sample_never_has_an_interval_of_no_width(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        for (size_t at = 1; at < count; at++) /* all but one answered whole, all agree */
            strata[at] = (struct stratum){.name = TEXT("s"),
                .group = TEXT("g"),
                .population = strata[at].levels[0],
                .levels = {strata[at].levels[0]}};
        strata[0].population = levels_sum(strata[0].levels) + 1;
        struct strata out = computed(*state, strata, count);
        assert_true(out.interval.lo < out.interval.hi);
        arena_reset(*state);
    }
}

static int make_arena(void **state)
{
    *state = arena_new(1048576);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* ---- the pool ---- */

enum { POOLS = 4000, POOLED_MAX = 4 };

/* Strata under ten answers each, whose people differ in size and in satisfaction; and one
   large one. What is true of all of them is written down. */
static double any_pooled_year(
    struct random *random, struct stratum *strata, size_t *out_count, int64_t satisfied[])
{
    size_t count = (size_t)random_between(random, 3, POOLED_MAX + 1);
    int64_t people = 0, all_satisfied = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t population = i == 0 ? 400 : random_between(random, 12, 300);
        int64_t share = random_between(random, 40, 100);
        satisfied[i] = population * share / 100;
        strata[i] = (struct stratum){.name = TEXT("s"),
            .group = TEXT("g"),
            .population = population,
            .is_pooled = i > 0};
        people += population;
        all_satisfied += satisfied[i];
    }
    *out_count = count;
    return (double)all_satisfied / (double)people;
}

/* Draws n of the people without putting back; one in ten received is left open. */
static void draw_answers(
    struct random *random, struct stratum *stratum, int64_t satisfied, int64_t n)
{
    int64_t left = stratum->population, good = satisfied;
    stratum->levels[0] = stratum->levels[3] = 0;
    for (int64_t i = 0; i < n; i++, left--) {
        bool is_good = random_between(random, 1, left) <= good;
        stratum->levels[is_good ? 0 : 3]++;
        good -= is_good;
    }
    stratum->received = n + random_between(random, 0, n / 5);
}

static void pooling_says_no_more_than_the_confidence_allows(void **state)
{
    struct random random = random_start();
    struct stratum strata[POOLED_MAX + 1];
    int64_t satisfied[POOLED_MAX + 1];
    int wrong_met = 0, wrong_missed = 0, outside = 0, settled = 0;
    for (int i = 0; i < POOLS; i++) {
        size_t count;
        double truth = any_pooled_year(&random, strata, &count, satisfied);
        for (size_t at = 0; at < count; at++)
            draw_answers(&random, &strata[at], satisfied[at],
                at == 0 ? 150 : random_between(&random, 2, 9));
        struct strata_input input = settings(strata, count);
        struct strata out;
        input.target_bp = (int)fmin(10000, fmax(1, ceil(truth * 10000) + 1));
        assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
        wrong_met += out.verdict == VERDICT_MET;
        outside += truth < out.interval.lo - little || truth > out.interval.hi + little;
        input.target_bp = (int)fmax(1, floor(truth * 10000));
        assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
        wrong_missed += out.verdict == VERDICT_MISSED;
        input.target_bp = (int)fmax(1, floor(truth * 10000) - 3000);
        assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
        settled += out.verdict == VERDICT_MET;
        arena_reset(*state);
    }
    printf("of %d: %d wrongly met, %d wrongly missed, %d outside, %d settled\n", POOLS,
        wrong_met, wrong_missed, outside, settled);
    assert_true(wrong_met <= POOLS * 25 / 1000 && wrong_missed <= POOLS * 25 / 1000);
    assert_true(outside <= POOLS * 5 / 100);
    assert_true(settled > POOLS / 10); /* it still says something */
}

static void without_a_pool_nothing_is_wider(void **state)
{
    struct random random = random_start();
    struct stratum strata[STRATA];
    for (int i = 0; i < TRIALS; i++) {
        size_t count = any_strata(&random, strata);
        for (size_t at = 0; at < count; at++)
            strata[at].received = random_between(&random, 0, 500);
        assert_true(computed(*state, strata, count).shift <= 0);
        arena_reset(*state);
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_rate_lies_between_those_of_the_strata),
        cmocka_unit_test(their_order_does_not_matter),
        cmocka_unit_test(one_stratum_is_one_population),
        cmocka_unit_test(where_all_answered_nothing_is_open),
        cmocka_unit_test(answers_in_proportion_give_the_pooled_rate),
        cmocka_unit_test(an_empty_stratum_keeps_the_people_and_goes),
        cmocka_unit_test(answers_are_never_worth_more_than_weights_allow),
        cmocka_unit_test(a_sample_never_has_an_interval_of_no_width),
        cmocka_unit_test(pooling_says_no_more_than_the_confidence_allows),
        cmocka_unit_test(without_a_pool_nothing_is_wider),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
