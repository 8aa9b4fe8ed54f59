/* test_properties_mean.c: what must hold for the mean score and the net score of any
   answers, tried on random ones. */
#include "tests/support/random.h"
#include "tests/support/test.h"

#include "kiosk/mean.h"

#include <math.h>

enum { TRIALS = 3000 };
static const double little = 1e-9;

static struct mean computed(const struct mean_input *input)
{
    struct mean mean;
    assert_int_equal(mean_compute(input, &mean), STATUS_OK);
    return mean;
}

/* A few or many answers, some levels empty; sometimes all equal. */
static struct mean_input any_input(struct random *random)
{
    struct mean_input input = {.weights = {100, 80, 60, 30, 0},
        .confidence_bp = 9500,
        .target = (double)random_between(random, 1, 100)};
    int64_t most = random_between(random, 0, 3) == 0 ? 2 : 200;
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        if (random_between(random, 0, 2) > 0)
            input.levels[i] = random_between(random, 0, most);
    if (levels_sum(input.levels) == 0)
        input.levels[random_between(random, 0, 4)] = most;
    int64_t n = levels_sum(input.levels);
    input.population = random_between(random, 0, 4) == 0
                           ? POPULATION_UNKNOWN
                           : random_between(random, n, 3 * n);
    return input;
}

static void the_interval_holds_the_mean_and_stays_within_the_weights(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct mean_input input = any_input(&random);
        struct mean mean = computed(&input);
        assert_true(mean.score.value >= 0 && mean.score.value <= 100);
        if (isnan(mean.score.lo))
            continue;
        assert_true(mean.score.lo >= -little && mean.score.hi <= 100 + little);
        assert_true(mean.score.lo <= mean.score.value + little);
        assert_true(mean.score.hi >= mean.score.value - little);
        assert_true(mean.net.lo >= -100 - little && mean.net.hi <= 100 + little);
        assert_true(mean.net.lo <= mean.net.value + little);
        assert_true(mean.net.hi >= mean.net.value - little);
    }
}

static void assert_same(double a, double b)
{
    if (isnan(a) || isnan(b))
        assert_true(isnan(a) && isnan(b));
    else
        assert_true(fabs(a - b) < 1e-8);
}

static void another_scale_of_weights_only_rescales(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct mean_input input = any_input(&random);
        struct mean before = computed(&input);
        double shift = (double)random_between(&random, -50, 50);
        double factor = (double)random_between(&random, 1, 40) / 10;
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            input.weights[level] = shift + factor * input.weights[level];
        struct mean after = computed(&input);
        assert_same(after.score.value, shift + factor * before.score.value);
        assert_same(after.score.se, factor * before.score.se);
        assert_same(after.score.lo, shift + factor * before.score.lo);
        assert_same(after.score.hi, shift + factor * before.score.hi);
        assert_same(after.net.lo, before.net.lo);
    }
}

static void weights_of_all_or_nothing_give_the_rate(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        static const double weights[LEVEL_COUNT] = {100, 100, 0, 0, 0};
        struct mean_input input = any_input(&random);
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            input.weights[level] = weights[level];
        struct mean mean = computed(&input);
        double n = (double)mean.n;
        double p = (double)levels_top(input.levels, MEASURE_TOP2) / n;
        double unseen = 1;
        if (input.population != POPULATION_UNKNOWN)
            unseen = 1 - n / (double)input.population;
        assert_true(fabs(mean.score.value - 100 * p) < little);
        if (mean.n > 1)
            assert_same(mean.score.se, 100 * sqrt(unseen * p * (1 - p) / (n - 1)));
    }
}

static void the_net_score_is_satisfied_less_dissatisfied(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct mean_input input = any_input(&random);
        int64_t good = input.levels[0] + input.levels[1];
        int64_t bad = input.levels[3] + input.levels[4];
        struct mean mean = computed(&input);
        double net = 100. * (double)(good - bad) / (double)mean.n;
        assert_true(fabs(mean.net.value - net) < little);
    }
}

static void a_census_has_no_error(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct mean_input input = any_input(&random);
        input.population = levels_sum(input.levels);
        struct mean mean = computed(&input);
        assert_true(mean.score.se <= 0 && mean.score.lo >= mean.score.value);
        assert_true(mean.score.hi <= mean.score.value);
        assert_true(mean.verdict == VERDICT_MET || mean.verdict == VERDICT_MISSED);
    }
}

static void a_sample_never_has_an_interval_of_no_width(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct mean_input input = any_input(&random);
        int64_t n = levels_sum(input.levels);
        if (n == 1)
            continue;
        input.population = 3 * n; /* n = N − 1 may be all that the interval allows */
        struct mean mean = computed(&input);
        assert_true(mean.score.lo < mean.score.hi && mean.net.lo < mean.net.hi);
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_interval_holds_the_mean_and_stays_within_the_weights),
        cmocka_unit_test(another_scale_of_weights_only_rescales),
        cmocka_unit_test(weights_of_all_or_nothing_give_the_rate),
        cmocka_unit_test(the_net_score_is_satisfied_less_dissatisfied),
        cmocka_unit_test(a_census_has_no_error),
        cmocka_unit_test(a_sample_never_has_an_interval_of_no_width),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
