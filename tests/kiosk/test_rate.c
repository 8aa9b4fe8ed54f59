/* test_rate.c: every row of the reference table, the exact interval against a direct sum
   in whole numbers, and the limits of what is accepted. */
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/rate.h"
#include "kiosk/tails.h"

#include <math.h>

/* ---- the reference table ---- */

static struct rate_input input_of(const struct reference *table, size_t row)
{
    return (struct rate_input){
        .x = reference_count(table, row, "x"),
        .n = reference_count(table, row, "n"),
        .population = reference_count(table, row, "N"),
        .confidence_bp = (int)lround(reference_number(table, row, "conf") * 10000),
        .target_bp = (int)reference_count(table, row, "target_bp"),
    };
}

static void check_row(struct arena *arena, const struct reference *table, size_t row)
{
    struct rate rate;
    struct rate_input input = input_of(table, row);
    assert_int_equal(rate_compute(&input, &rate), STATUS_OK);
    check_number(table, row, "p", rate.p);
    check_number(table, row, "n_eff", rate.n_eff);
    check_number(table, row, "wilson_lo", rate.wilson.lo);
    check_number(table, row, "wilson_hi", rate.wilson.hi);
    check_count(table, row, "k_lo", rate.k_lo);
    check_count(table, row, "k_hi", rate.k_hi);
    check_number(table, row, "exact_lo", rate.exact.lo);
    check_number(table, row, "exact_hi", rate.exact.hi);
    check_number(table, row, "bound_lo", rate.bound.lo);
    check_number(table, row, "bound_hi", rate.bound.hi);
    check_count(table, row, "k_req", rate.k_req);
    check_number(table, row, "p_met", rate.p_met);
    check_number(table, row, "p_missed", rate.p_missed);
    check_number(table, row, "prob_ge", rate.prob_ge);
    check_word(table, row, "verdict", text_of(verdict_word(rate.verdict)));
    check_count(table, row, "rate_bp", rate.rate_bp);
    check_count(table, row, "lo_bp", rate.lo_bp);
    check_count(table, row, "hi_bp", rate.hi_bp);
    check_set(table, row, "flags", figure_flags_text(arena, rate.flags));
}

static void every_row_of_the_reference_table_comes_out(void **state)
{
    struct reference table = reference_read(*state, "rate");
    assert_int_equal(table.row_count, 29);
    for (size_t row = 0; row < table.row_count; row++)
        check_row(*state, &table, row);
}

/* ---- the exact interval, in whole numbers ---- */

enum { SMALL_MAX = 60 };

/* Row n, column k: how many ways to choose k of n; up to n = 60 they fit in 64 bits, and
   so do the products that add up to one of them. */
static uint64_t (*choices_of(struct arena *arena))[SMALL_MAX + 1]
{
    uint64_t(*c)[SMALL_MAX + 1] = arena_take(arena, (SMALL_MAX + 1) * sizeof *c);
    assert_non_null(c);
    for (int n = 0; n <= SMALL_MAX; n++)
        for (int k = 0; k <= n; k++)
            c[n][k] = k == 0 || k == n ? 1 : c[n - 1][k - 1] + c[n - 1][k];
    return c;
}

/* How many of the draws of n from N with K satisfied have x satisfied or more. */
static uint64_t draws_at_least(
    uint64_t (*c)[SMALL_MAX + 1], int x, int population, int satisfied, int n)
{
    uint64_t sum = 0;
    for (int k = x; k <= n && k <= satisfied; k++)
        if (n - k <= population - satisfied)
            sum += c[satisfied][k] * c[population - satisfied][n - k];
    return sum;
}

/* The definition, with equality decided in whole numbers: parts = 2/α. */
static int lowest_by_definition(
    uint64_t (*c)[SMALL_MAX + 1], int x, int population, int n, uint64_t parts)
{
    int satisfied = x;
    while (draws_at_least(c, x, population, satisfied, n) <= c[population][n] / parts)
        satisfied++;
    return satisfied;
}

static void the_exact_interval_is_the_definitions_for_all_small_populations(void **state)
{
    static const struct {
        int confidence_bp;
        uint64_t parts;
    } levels[] = {{9000, 20}, {9500, 40}, {9900, 200}};
    uint64_t(*c)[SMALL_MAX + 1] = choices_of(*state);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        for (int population = 1; population <= SMALL_MAX; population++)
            for (int n = 1; n <= population; n++)
                for (int x = 0; x <= n; x++) {
                    struct whole_interval found =
                        draw_interval(x, n, population, levels[i].confidence_bp);
                    int lowest =
                        lowest_by_definition(c, x, population, n, levels[i].parts);
                    int least =
                        lowest_by_definition(c, n - x, population, n, levels[i].parts);
                    if (found.lo != lowest || found.hi != population - least)
                        fail_msg("%d of %d of %d at %d", x, n, population,
                            levels[i].confidence_bp);
                }
}

static void tails_of_small_populations_are_the_counted_ones(void **state)
{
    uint64_t(*c)[SMALL_MAX + 1] = choices_of(*state);
    for (int population = 1; population <= SMALL_MAX; population += 7)
        for (int n = 0; n <= population; n++)
            for (int satisfied = 0; satisfied <= population; satisfied++)
                for (int x = 0; x <= n; x++) {
                    struct draw draw = {population, satisfied, n};
                    double counted =
                        (double)draws_at_least(c, x, population, satisfied, n) /
                        (double)c[population][n];
                    double found = draw_at_least(&draw, x);
                    assert_true(fabs(found - counted) <= 1e-13);
                    assert_true(fabs(found - counted) <= 1e-12 * counted);
                }
}

/* A direct sum over all of a tail, in long doubles, from logarithms of factorials. */
static double slow_at_least(int x, int population, int satisfied, int n)
{
    long double sum = 0;
    for (int k = x; k <= n && k <= satisfied; k++) {
        long double term = 0;
        if (n - k > population - satisfied)
            continue;
        for (int i = 1; i <= k; i++)
            term += logl(satisfied - k + i) - logl(i);
        for (int i = 1; i <= n - k; i++)
            term += logl(population - satisfied - (n - k) + i) - logl(i);
        for (int i = 1; i <= n; i++)
            term -= logl(population - n + i) - logl(i);
        sum += expl(term);
    }
    return (double)sum;
}

static void tails_of_larger_populations_are_the_direct_sums(void **state)
{
    static const int populations[] = {289, 910};
    (void)state;
    for (size_t i = 0; i < sizeof populations / sizeof *populations; i++)
        for (int n = 10; n < populations[i]; n += populations[i] / 7)
            for (int satisfied = n / 2; satisfied <= populations[i];
                 satisfied += populations[i] / 9) {
                struct draw draw = {populations[i], satisfied, n};
                for (int x = 0; x <= n; x += 1 + n / 6) {
                    double slow = slow_at_least(x, populations[i], satisfied, n);
                    assert_true(fabs(draw_at_least(&draw, x) - slow) <= 1e-12);
                }
            }
}

static void a_tail_of_exactly_the_allowed_error_does_not_exceed_it(void **state)
{
    (void)state;
    struct draw one_of_forty = {40, 1, 1};
    struct draw one_of_twenty = {20, 1, 1};
    struct draw one_of_two_hundred = {200, 1, 1};
    assert_false(tail_exceeds(draw_at_least(&one_of_forty, 1), confidence_tail(9500)));
    assert_false(tail_exceeds(draw_at_least(&one_of_twenty, 1), confidence_tail(9000)));
    assert_false(
        tail_exceeds(draw_at_least(&one_of_two_hundred, 1), confidence_tail(9900)));
    assert_int_equal(draw_interval(1, 1, 40, 9500).lo, 2);
    assert_int_equal(draw_interval(1, 1, 20, 9000).lo, 2);
}

/* ---- what the tables do not show ---- */

static struct rate computed(struct rate_input input)
{
    struct rate rate;
    input.confidence_bp = input.confidence_bp == 0 ? 9500 : input.confidence_bp;
    input.target_bp = input.target_bp == 0 ? 9000 : input.target_bp;
    assert_int_equal(rate_compute(&input, &rate), STATUS_OK);
    return rate;
}

static void met_whatever_the_others_think_is_certain(void **state)
{
    (void)state;
    struct rate met =
        computed((struct rate_input){.x = 261, .n = 270, .population = 289});
    assert_int_equal(met.verdict, VERDICT_MET);
    assert_true(met.certain);
    struct rate one_less =
        computed((struct rate_input){.x = 260, .n = 270, .population = 289});
    assert_int_equal(one_less.verdict, VERDICT_MET);
    assert_false(one_less.certain);
}

static void missed_whatever_the_others_think_is_certain(void **state)
{
    (void)state;
    struct rate missed =
        computed((struct rate_input){.x = 80, .n = 109, .population = 289});
    assert_int_equal(missed.verdict, VERDICT_MISSED);
    assert_true(missed.certain);
    struct rate still_possible =
        computed((struct rate_input){.x = 81, .n = 109, .population = 289});
    assert_int_equal(still_possible.verdict, VERDICT_MISSED);
    assert_false(still_possible.certain);
}

static void too_few_answers_are_never_certain(void **state)
{
    (void)state;
    struct rate rate = computed((struct rate_input){.x = 0, .n = 9, .population = 10});
    assert_int_equal(rate.verdict, VERDICT_INSUFFICIENT);
    assert_false(rate.certain);
    assert_int_equal(rate.flags, FLAG_SMALL_N);
    struct rate ten = computed((struct rate_input){.x = 0, .n = 10, .population = 11});
    assert_int_equal(ten.verdict, VERDICT_MISSED);
    assert_true(ten.certain);
    assert_int_equal(ten.flags, 0);
}

static void walk_in_answers_leave_the_population_no_bound(void **state)
{
    (void)state;
    struct rate walk_in = computed(
        (struct rate_input){.x = 150, .n = 157, .population = 157, .is_walk_in = true});
    struct rate unknown = computed(
        (struct rate_input){.x = 150, .n = 157, .population = POPULATION_UNKNOWN});
    assert_int_equal(walk_in.flags, 0);
    assert_false(walk_in.certain);
    assert_int_equal(walk_in.k_req, NO_COUNT);
    assert_true(walk_in.n_eff >= 157 && walk_in.n_eff <= 157);
    assert_true(walk_in.bound.lo <= 0 && walk_in.bound.hi >= 1);
    assert_memory_equal(&walk_in.exact, &unknown.exact, sizeof walk_in.exact);
    assert_int_equal(unknown.flags, FLAG_POP_UNKNOWN);
}

static void nobody_of_nobody_is_no_data(void **state)
{
    (void)state;
    struct rate rate = computed((struct rate_input){.x = 0, .n = 0, .population = 0});
    assert_int_equal(rate.verdict, VERDICT_NO_DATA);
    assert_int_equal(rate.flags, FLAG_NO_DATA);
    assert_int_equal(rate.lo_bp, 0);
    assert_int_equal(rate.hi_bp, 10000);
}

static void a_rate_under_the_target_is_never_printed_as_reaching_it(void **state)
{
    (void)state;
    assert_int_equal(printed_share(17999, 20000, 9000), 8999);
    assert_int_equal(printed_share(17999, 20000, 9001), 9000);
    assert_int_equal(printed_share(18000, 20000, 9000), 9000);
    assert_int_equal(printed_share(1, 8, 9000), 1250);
    assert_int_equal(printed_rate(0.89995, 9000), 8999);
    assert_int_equal(printed_rate(0.89995, 9500), 9000);
    assert_int_equal(printed_rate(0.9, 9000), 9000);
    assert_int_equal(printed_rate(0.3 + 0.6, 9000), 9000);
}

static void an_interval_is_printed_outwards(void **state)
{
    (void)state;
    assert_int_equal(printed_low(0.90659), 9065);
    assert_int_equal(printed_high(0.94801), 9481);
    assert_int_equal(printed_low(0.9), 9000);
    assert_int_equal(printed_high(0.9), 9000);
    assert_int_equal(printed_low_share(262, 289), 9065);
    assert_int_equal(printed_high_share(274, 289), 9481);
    assert_int_equal(printed_high_share(9, 10), 9000);
}

static void a_thousand_million_people_are_no_limit(void **state)
{
    (void)state;
    struct rate rate = computed(
        (struct rate_input){.x = 930, .n = 1000, .population = WAVE_POPULATION_MAX});
    assert_true(fabs(rate.exact.lo - 0.912383766510715) < 1e-6);
    assert_true(fabs(rate.prob_ge - 0.99953308076976) < 1e-6);
    assert_int_equal(rate.k_req, 900000000);
    struct rate half = computed((struct rate_input){.x = WAVE_POPULATION_MAX / 2 - 1,
        .n = WAVE_POPULATION_MAX / 2,
        .population = WAVE_POPULATION_MAX});
    assert_true(half.k_hi >= WAVE_POPULATION_MAX - 3);
    assert_int_equal(half.verdict, VERDICT_MET);
}

static void what_is_no_count_is_refused_and_never_cut(void **state)
{
    static const struct rate_input bad[] = {
        {.x = 11, .n = 10, .population = 20, .confidence_bp = 9500, .target_bp = 9000},
        {.x = -1, .n = 10, .population = 20, .confidence_bp = 9500, .target_bp = 9000},
        {.x = 0, .n = -1, .population = 20, .confidence_bp = 9500, .target_bp = 9000},
        {.x = 0, .n = 10, .population = -2, .confidence_bp = 9500, .target_bp = 9000},
        {.x = 5, .n = 10, .population = 20, .confidence_bp = 9500, .target_bp = 0},
        {.x = 5, .n = 10, .population = 20, .confidence_bp = 9500, .target_bp = 10001},
        {.x = 5, .n = 10, .population = 20, .confidence_bp = 4999, .target_bp = 9000},
        {.x = 5, .n = 10, .population = 20, .confidence_bp = 10000, .target_bp = 9000},
        {.x = 5,
            .n = 10,
            .population = FIGURE_COUNT_MAX + 1,
            .confidence_bp = 9500,
            .target_bp = 9000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct rate rate = {.k_req = 77};
        assert_int_equal(rate_compute(&bad[i], &rate), STATUS_INVALID);
        assert_int_equal(rate.k_req, 77);
    }
}

static void the_largest_count_and_the_smallest_target_are_taken(void **state)
{
    (void)state;
    struct rate rate = computed((struct rate_input){
        .x = 1, .n = 10000, .population = FIGURE_COUNT_MAX, .target_bp = 1});
    assert_int_equal(rate.rate_bp, 1);
    assert_int_equal(rate.verdict, VERDICT_LIKELY_MET);
    struct rate all = computed(
        (struct rate_input){.x = 10, .n = 10, .population = 20, .target_bp = 10000});
    assert_int_equal(all.verdict, VERDICT_LIKELY_MET);
    assert_int_equal(all.k_req, 20);
}

static int make_arena(void **state)
{
    *state = arena_new(4194304);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_row_of_the_reference_table_comes_out),
        cmocka_unit_test(the_exact_interval_is_the_definitions_for_all_small_populations),
        cmocka_unit_test(tails_of_small_populations_are_the_counted_ones),
        cmocka_unit_test(tails_of_larger_populations_are_the_direct_sums),
        cmocka_unit_test(a_tail_of_exactly_the_allowed_error_does_not_exceed_it),
        cmocka_unit_test(met_whatever_the_others_think_is_certain),
        cmocka_unit_test(missed_whatever_the_others_think_is_certain),
        cmocka_unit_test(too_few_answers_are_never_certain),
        cmocka_unit_test(walk_in_answers_leave_the_population_no_bound),
        cmocka_unit_test(nobody_of_nobody_is_no_data),
        cmocka_unit_test(a_rate_under_the_target_is_never_printed_as_reaching_it),
        cmocka_unit_test(an_interval_is_printed_outwards),
        cmocka_unit_test(a_thousand_million_people_are_no_limit),
        cmocka_unit_test(what_is_no_count_is_refused_and_never_cut),
        cmocka_unit_test(the_largest_count_and_the_smallest_target_are_taken),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
