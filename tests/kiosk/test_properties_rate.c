/* test_properties_rate.c: what must hold for the rate of any population, tried on random
   ones; and the promise of the exact interval, counted out whole for two. */
#include "tests/support/random.h"
#include "tests/support/test.h"

#include "kiosk/rate.h"
#include "kiosk/tails.h"

#include <math.h>

enum { TRIALS = 3000 };
static const double little = 1e-9;

static struct rate computed(struct rate_input input)
{
    struct rate rate;
    assert_int_equal(rate_compute(&input, &rate), STATUS_OK);
    return rate;
}

/* Populations of all sizes, any number of answers, mostly satisfied ones. */
static struct rate_input any_input(struct random *random)
{
    static const int confidences[] = {9000, 9500, 9900};
    int64_t most = random_between(random, 0, 9) == 0 ? 30000 : 900;
    int64_t population = random_between(random, 1, most);
    int64_t n = random_between(random, 1, population);
    int64_t least = random_between(random, 0, 1) == 0 ? 0 : n * 7 / 10;
    return (struct rate_input){
        .x = random_between(random, least, n),
        .n = n,
        .population = random_between(random, 0, 9) == 0 ? POPULATION_UNKNOWN : population,
        .confidence_bp = confidences[random_between(random, 0, 2)],
        .target_bp = (int)random_between(random, 1, 10000),
    };
}

static struct rate_input any_drawn(struct random *random)
{
    struct rate_input input = any_input(random);
    while (input.population == POPULATION_UNKNOWN)
        input = any_input(random);
    return input;
}

static void intervals_hold_the_rate_and_stay_within_the_possible(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        struct rate rate = computed(in);
        double slack = 1. / (double)in.population;
        assert_true(rate.wilson.lo >= 0 && rate.wilson.lo <= rate.p);
        assert_true(rate.wilson.hi <= 1 && rate.wilson.hi >= rate.p);
        assert_true(in.x <= rate.k_lo && rate.k_lo <= rate.k_hi);
        assert_true(rate.k_hi <= in.x + in.population - in.n);
        assert_true(rate.exact.lo - slack < rate.p && rate.p < rate.exact.hi + slack);
    }
}

static void counting_the_dissatisfied_mirrors_the_interval(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        struct rate_input mirror = in;
        mirror.x = in.n - in.x;
        struct rate rate = computed(in);
        struct rate other = computed(mirror);
        assert_int_equal(other.k_lo, in.population - rate.k_hi);
        assert_int_equal(other.k_hi, in.population - rate.k_lo);
        assert_true(fabs(other.wilson.lo - (1 - rate.wilson.hi)) < little);
        assert_true(fabs(other.wilson.hi - (1 - rate.wilson.lo)) < little);
    }
}

static void the_two_tails_swap_when_the_target_is_mirrored(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        in.population = POPULATION_UNKNOWN;
        in.target_bp = (int)random_between(&random, 1, 9999);
        struct rate_input mirror = in;
        mirror.x = in.n - in.x;
        mirror.target_bp = 10000 - in.target_bp;
        struct rate rate = computed(in);
        struct rate other = computed(mirror);
        assert_true(fabs(rate.p_met - other.p_missed) < little);
        assert_true(fabs(rate.p_missed - other.p_met) < little);
    }
}

static bool is_inside(struct interval inner, struct interval outer)
{
    return inner.lo >= outer.lo - little && inner.hi <= outer.hi + little;
}

static void more_confidence_never_narrows(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        in.confidence_bp = 9000;
        struct rate ninety = computed(in);
        in.confidence_bp = 9500;
        struct rate more = computed(in);
        in.confidence_bp = 9900;
        struct rate most = computed(in);
        assert_true(is_inside(ninety.exact, more.exact));
        assert_true(is_inside(more.exact, most.exact));
        assert_true(is_inside(ninety.wilson, more.wilson));
        assert_true(is_inside(more.wilson, most.wilson));
    }
}

static void a_known_population_never_widens_wilson(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        struct rate known = computed(in);
        in.population = POPULATION_UNKNOWN;
        assert_true(is_inside(known.wilson, computed(in).wilson));
    }
}

static void one_more_satisfied_person_never_makes_it_worse(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        if (in.x == in.n)
            continue;
        struct rate before = computed(in);
        in.x++;
        struct rate after = computed(in);
        assert_true(after.k_lo >= before.k_lo && after.k_hi >= before.k_hi);
        assert_true(after.exact.lo >= before.exact.lo - little);
        assert_true(after.exact.hi >= before.exact.hi - little);
        assert_true(after.wilson.lo >= before.wilson.lo - little);
        assert_true(after.wilson.hi >= before.wilson.hi - little);
        assert_true(after.prob_ge >= before.prob_ge - little);
        assert_true(after.verdict >= before.verdict);
        assert_true(after.rate_bp >= before.rate_bp);
    }
}

static void a_higher_target_never_makes_it_better(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        struct rate before = computed(in);
        in.target_bp = (int)random_between(&random, in.target_bp, 10000);
        struct rate after = computed(in);
        assert_true(after.verdict <= before.verdict);
        assert_true(after.prob_ge <= before.prob_ge + little);
    }
}

static void a_census_leaves_nothing_open(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        in.population = in.n;
        struct rate rate = computed(in);
        assert_int_equal(rate.k_lo, in.x);
        assert_int_equal(rate.k_hi, in.x);
        assert_true(rate.exact.hi <= rate.exact.lo && rate.wilson.hi <= rate.wilson.lo);
        assert_true(rate.verdict == VERDICT_MET || rate.verdict == VERDICT_MISSED);
        assert_true(rate.certain);
        assert_true(rate.prob_ge <= 0 || rate.prob_ge >= 1);
        assert_int_equal(rate.lo_bp, rate.rate_bp);
        assert_int_equal(rate.hi_bp, rate.rate_bp);
    }
}

static void the_tails_say_what_the_interval_says(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        struct rate rate = computed(in);
        double limit = confidence_tail(in.confidence_bp);
        assert_int_equal(!tail_exceeds(rate.p_met, limit), rate.k_lo >= rate.k_req);
        assert_int_equal(!tail_exceeds(rate.p_missed, limit), rate.k_hi < rate.k_req);
        if (rate.verdict == VERDICT_MET)
            assert_true(10000 * in.x >= in.target_bp * in.n);
        if (rate.verdict == VERDICT_MISSED)
            assert_true(10000 * in.x < in.target_bp * in.n);
    }
}

static void without_a_population_the_tails_agree_with_the_interval_too(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        in.population = POPULATION_UNKNOWN;
        struct rate rate = computed(in);
        double limit = confidence_tail(in.confidence_bp);
        double target = in.target_bp / 10000.;
        if (fabs(rate.exact.lo - target) > little)
            assert_int_equal(!tail_exceeds(rate.p_met, limit), rate.exact.lo >= target);
        if (fabs(rate.exact.hi - target) > little)
            assert_int_equal(!tail_exceeds(rate.p_missed, limit), rate.exact.hi < target);
    }
}

static void what_is_printed_never_flatters(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_input(&random);
        struct rate rate = computed(in);
        bool is_reached = 10000 * in.x >= in.target_bp * in.n;
        assert_int_equal(rate.rate_bp >= in.target_bp, is_reached);
        if ((rate.flags & FLAG_CENSUS) != 0)
            continue;
        assert_true((double)rate.lo_bp / 10000 <= rate.exact.lo + little);
        assert_true((double)rate.hi_bp / 10000 >= rate.exact.hi - little);
        assert_true(fabs((double)rate.lo_bp / 10000 - rate.exact.lo) < 1.01e-4);
        assert_true(fabs((double)rate.hi_bp / 10000 - rate.exact.hi) < 1.01e-4);
    }
}

static void a_large_population_is_like_an_unknown_one(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS / 10; i++) {
        struct rate_input in = {.n = random_between(&random, 1, 500),
            .population = 200000,
            .confidence_bp = 9500,
            .target_bp = (int)random_between(&random, 5000, 9900)};
        in.x = random_between(&random, 0, in.n);
        struct rate large = computed(in);
        in.population = POPULATION_UNKNOWN;
        struct rate unknown = computed(in);
        assert_true(fabs(large.exact.lo - unknown.exact.lo) < 5e-3);
        assert_true(fabs(large.exact.hi - unknown.exact.hi) < 5e-3);
        assert_true(fabs(large.wilson.lo - unknown.wilson.lo) < 1e-3);
        assert_true(fabs(large.wilson.hi - unknown.wilson.hi) < 1e-3);
        assert_true(fabs(large.prob_ge - unknown.prob_ge) < 2e-2);
    }
}

/* P(Y ≥ needed) term by term, from the terms' ratio. */
static double slow_posterior(const struct rate_input *in, int64_t needed)
{
    int64_t unseen = in->population - in->n;
    double a = (double)in->x + 0.5;
    double b = (double)(in->n - in->x) + 0.5;
    double term = 1;
    double all = 0;
    double above = 0;
    for (int64_t y = 0; y <= unseen; y++) {
        double k = (double)y;
        double rest = (double)(unseen - y);
        all += term;
        above += y >= needed ? term : 0;
        term *= rest * (k + a) / ((k + 1) * (rest - 1 + b));
    }
    return above / all;
}

static void the_posterior_is_the_sum_over_the_unseen(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct rate_input in = any_drawn(&random);
        if (in.population > 300)
            continue; /* the slow sum's first term must not vanish beside the others */
        struct rate rate = computed(in);
        double slow = slow_posterior(&in, rate.k_req - in.x);
        assert_true(fabs(rate.prob_ge - slow) < 1e-12);
    }
}

/* Σ P(X = x | K) over the x whose interval holds K. */
static double coverage(int64_t population, int64_t satisfied, int64_t n,
    const struct whole_interval *intervals)
{
    struct draw draw = {population, satisfied, n};
    double covered = 0;
    for (int64_t x = 0; x <= n; x++)
        if (intervals[x].lo <= satisfied && satisfied <= intervals[x].hi)
            covered += draw_at_least(&draw, x) - draw_at_least(&draw, x + 1);
    return covered;
}

static void the_exact_interval_keeps_its_promise_everywhere(void **state)
{
    static const int64_t populations[] = {25, 40};
    static const int confidences[] = {9000, 9500, 9900};
    struct whole_interval intervals[41];
    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 3; j++)
            for (int64_t n = 1; n <= populations[i]; n++) {
                for (int64_t x = 0; x <= n; x++)
                    intervals[x] = draw_interval(x, n, populations[i], confidences[j]);
                for (int64_t k = 0; k <= populations[i]; k++)
                    assert_true(coverage(populations[i], k, n, intervals) >=
                                confidences[j] / 10000. - 1e-12);
            }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(intervals_hold_the_rate_and_stay_within_the_possible),
        cmocka_unit_test(counting_the_dissatisfied_mirrors_the_interval),
        cmocka_unit_test(the_two_tails_swap_when_the_target_is_mirrored),
        cmocka_unit_test(more_confidence_never_narrows),
        cmocka_unit_test(a_known_population_never_widens_wilson),
        cmocka_unit_test(one_more_satisfied_person_never_makes_it_worse),
        cmocka_unit_test(a_higher_target_never_makes_it_better),
        cmocka_unit_test(a_census_leaves_nothing_open),
        cmocka_unit_test(the_tails_say_what_the_interval_says),
        cmocka_unit_test(without_a_population_the_tails_agree_with_the_interval_too),
        cmocka_unit_test(what_is_printed_never_flatters),
        cmocka_unit_test(a_large_population_is_like_an_unknown_one),
        cmocka_unit_test(the_posterior_is_the_sum_over_the_unseen),
        cmocka_unit_test(the_exact_interval_keeps_its_promise_everywhere),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
