/* test_special.c: distributions against closed forms and published values. */
#include "tests/support/test.h"

#include "kiosk/interval.h"
#include "kiosk/special.h"
#include "kiosk/tails.h"

#include <math.h>

static void assert_near(double actual, double expected, double relative)
{
    if (fabs(actual - expected) > relative * fabs(expected))
        fail_msg("%.17g is not %.17g", actual, expected);
}

static void normal_quantiles_have_all_their_digits(void **state)
{
    (void)state;
    assert_near(normal_critical(0.025), 1.959963984540054, 4e-16);
    assert_near(normal_critical(0.05), 1.644853626951473, 4e-16);
    assert_near(normal_critical(0.005), 2.575829303548901, 4e-16);
    assert_near(normal_critical(0.00135), 2.999976992703393, 4e-16);
    assert_true(fabs(normal_critical(0.5)) <= 0);
}

static void student_quantiles_are_the_published_ones(void **state)
{
    (void)state;
    assert_near(student_critical(1, 0.025), 12.706204736174704, 1e-13);
    assert_near(student_critical(2, 0.025), 4.302652729749464, 1e-13);
    assert_near(student_critical(10, 0.025), 2.228138851986274, 1e-13);
    assert_near(student_critical(1, 0.005), 63.656741162871526, 1e-13);
    assert_near(student_critical(2, 0.05), 2.919985580353725, 1e-13);
}

static void student_meets_normal_at_a_thousand_million(void **state)
{
    (void)state;
    double z = normal_critical(0.025);
    double t = student_critical(1e9, 0.025);
    /* the first term of the difference: (z³ + z)/(4 degrees) */
    assert_near(t - z, (z * z * z + z) / 4e9, 1e-4);
}

static void binomial_terms_add_up_to_one(void **state)
{
    (void)state;
    for (int n = 0; n <= 200; n += 13)
        for (int percent = 1; percent < 100; percent += 7) {
            double p = percent / 100.;
            double sum = 0;
            for (int k = 0; k <= n; k++)
                sum += binomial_term(k, n, p, 1 - p);
            assert_near(sum, 1, 1e-13);
        }
}

static void a_term_of_a_thousand_million_keeps_its_digits(void **state)
{
    (void)state;
    /* the middle term: √(2/(π n)) e^(−1/(4n) + …) */
    double n = 1e9;
    double expected = sqrt(2 / (acos(-1) * n)) * exp(-1 / (4 * n));
    assert_near(binomial_term(n / 2, n, 0.5, 0.5), expected, 1e-14);
}

static void beta_tails_are_the_closed_forms(void **state)
{
    (void)state;
    for (int percent = 1; percent < 100; percent += 3) {
        double x = percent / 100.;
        assert_near(beta_below(x, 1 - x, 1, 1), x, 1e-13);
        assert_near(beta_below(x, 1 - x, 7, 1), pow(x, 7), 1e-13);
        assert_near(beta_below(x, 1 - x, 1, 9), -expm1(9 * log1p(-x)), 1e-13);
        double arcsine = 2 / acos(-1) * asin(sqrt(x));
        assert_near(beta_below(x, 1 - x, 0.5, 0.5), arcsine, 1e-13);
    }
    assert_true(beta_below(0, 1, 2, 3) <= 0);
    assert_true(beta_below(1, 0, 2, 3) >= 1);
}

static void beta_tails_of_both_sides_add_up_to_one(void **state)
{
    static const double sizes[] = {0.5, 1, 2.5, 40, 1e3, 1e6, 5e8};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            double a = sizes[i];
            double b = sizes[j];
            double x = a / (a + b);
            double y = b / (a + b);
            double sum = beta_below(x, y, a, b) + beta_below(y, x, b, a);
            assert_near(sum, 1, 1e-12);
        }
}

static void a_beta_quantile_has_the_tail_it_was_asked_for(void **state)
{
    static const double sizes[] = {0.5, 1, 3, 57, 1e4, 1e8};
    static const double tails[] = {0.005, 0.025, 0.5, 0.95};
    (void)state;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            for (size_t k = 0; k < 4; k++) {
                double x = beta_quantile(tails[k], sizes[i], sizes[j]);
                double tail = beta_below(x, 1 - x, sizes[i], sizes[j]);
                /* near 1 a double has no nearer x than one with this slope */
                if (x < 0.999)
                    assert_near(tail, tails[k], 1e-10);
            }
}

static void binomial_tails_are_the_sums_of_their_terms(void **state)
{
    (void)state;
    for (int n = 1; n <= 60; n += 7)
        for (int percent = 5; percent < 100; percent += 9) {
            double p = percent / 100.;
            double sum = 0;
            for (int x = n; x >= 0; x--) {
                sum += binomial_term(x, n, p, 1 - p);
                assert_near(binomial_at_least(x, n, p), sum, 1e-12);
                double doubled = binomial_term(x, n, p, 1 - p);
                assert_near(binomial_at_most(x, n, p) + sum, 1 + doubled, 1e-12);
            }
        }
}

static void clopper_and_pearson_know_all_and_none(void **state)
{
    (void)state;
    struct interval all = binomial_interval(50, 50, 9500);
    struct interval none = binomial_interval(0, 50, 9500);
    assert_near(all.lo, pow(0.025, 1. / 50), 1e-14);
    assert_true(all.hi >= 1 && none.lo <= 0);
    assert_near(none.hi, 1 - pow(0.025, 1. / 50), 1e-14);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(normal_quantiles_have_all_their_digits),
        cmocka_unit_test(student_quantiles_are_the_published_ones),
        cmocka_unit_test(student_meets_normal_at_a_thousand_million),
        cmocka_unit_test(binomial_terms_add_up_to_one),
        cmocka_unit_test(a_term_of_a_thousand_million_keeps_its_digits),
        cmocka_unit_test(beta_tails_are_the_closed_forms),
        cmocka_unit_test(beta_tails_of_both_sides_add_up_to_one),
        cmocka_unit_test(a_beta_quantile_has_the_tail_it_was_asked_for),
        cmocka_unit_test(binomial_tails_are_the_sums_of_their_terms),
        cmocka_unit_test(clopper_and_pearson_know_all_and_none),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
