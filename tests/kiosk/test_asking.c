/* test_asking.c: who is asked and who answers: sample sizes and response rates, by the
   reference tables and by what must hold for any input. */
#include "tests/support/random.h"
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/interval.h"
#include "kiosk/response.h"
#include "kiosk/sample_size.h"
#include "kiosk/special.h"

#include <math.h>

enum { TRIALS = 3000 };
static const double little = 1e-9;

/* ---- sample sizes ---- */

static struct sample_size sized(struct sample_size_input input)
{
    struct sample_size size;
    assert_int_equal(sample_size_compute(&input, &size), STATUS_OK);
    return size;
}

static void sample_sizes_of_the_reference_come_out(void **state)
{
    struct reference table = reference_read(*state, "sample_size");
    for (size_t row = 0; row < table.row_count; row++) {
        struct sample_size size = sized((struct sample_size_input){
            .population = reference_count(&table, row, "N"),
            .margin = reference_number(&table, row, "margin"),
            .p = reference_number(&table, row, "p"),
            .confidence_bp = (int)lround(reference_number(&table, row, "conf") * 10000),
            .expected_share = reference_number(&table, row, "expected_rr")});
        check_number(&table, row, "n_raw", size.n_raw);
        check_count(&table, row, "n", size.n);
        check_count(&table, row, "invitations", size.invitations);
    }
    assert_int_equal(table.row_count, 10);
}

static struct sample_size_input any_size(struct random *random)
{
    static const int confidences[] = {9000, 9500, 9900};
    return (struct sample_size_input){
        .population = random_between(random, 1, 20000),
        .margin = (double)random_between(random, 1, 300) / 1000,
        .p = (double)random_between(random, 0, 1000) / 1000,
        .confidence_bp = confidences[random_between(random, 0, 2)],
        .expected_share = (double)random_between(random, 1, 100) / 100,
    };
}

static void a_sample_lies_between_one_and_everybody_and_keeps_the_margin(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct sample_size_input in = any_size(&random);
        struct sample_size size = sized(in);
        double people = (double)in.population, n = (double)size.n;
        double z = normal_critical(confidence_tail(in.confidence_bp));
        assert_true(size.n >= 1 && size.n <= in.population);
        assert_true(size.invitations >= size.n && size.invitations <= in.population);
        if (in.population > 1)
            assert_true(z * sqrt(in.p * (1 - in.p) / n * (people - n) / (people - 1)) <=
                        in.margin + little);
    }
}

static void more_people_more_certainty_or_less_margin_never_need_fewer(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct sample_size_input in = any_size(&random), other = in;
        int64_t n = sized(in).n;
        other.population = in.population + random_between(&random, 1, 5000);
        assert_true(sized(other).n >= n);
        other.population = POPULATION_UNKNOWN;
        assert_true(sized(other).n >= n);
        other = in;
        other.confidence_bp = 9950;
        assert_true(sized(other).n >= n);
        other = in;
        other.margin = in.margin / 2;
        assert_true(sized(other).n >= n);
        other = in;
        other.p = 1 - in.p;
        assert_true(fabs(sized(other).n_raw - sized(in).n_raw) < 1e-6);
    }
}

static void shares_out_of_their_range_are_no_sample_size(void **state)
{
    (void)state;
    const struct sample_size_input good = {100, 0.05, 0.5, 9500, 1};
    struct sample_size_input bad[] = {good, good, good, good, good, good, good, good};
    struct sample_size size;
    bad[0].population = 0;
    bad[1].margin = 0;
    bad[2].margin = 1.01;
    bad[3].p = -0.01;
    bad[4].p = 1.01;
    bad[5].expected_share = 0;
    bad[6].expected_share = 1.01;
    bad[7] = (struct sample_size_input){POPULATION_UNKNOWN, 1e-12, 0.5, 9500, 1};
    assert_int_equal(sample_size_compute(&good, &size), STATUS_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(sample_size_compute(&bad[i], &size), STATUS_INVALID);
}

/* ---- response ---- */

static void response_rates_of_the_reference_come_out(void **state)
{
    static const char *const names[] = {"RR1", "RR2", "RR3", "RR4", "RR5", "RR6"};
    struct reference table = reference_read(*state, "response");
    for (size_t row = 0; row < table.row_count; row++) {
        struct response found;
        struct response_input input = {
            .complete = reference_count(&table, row, "I"),
            .partial = reference_count(&table, row, "P"),
            .refused = reference_count(&table, row, "R"),
            .missed = reference_count(&table, row, "NC"),
            .other = reference_count(&table, row, "O"),
            .unknown = reference_count(&table, row, "U"),
            .ineligible = reference_count(&table, row, "NE"),
            .population = reference_count(&table, row, "pop"),
            .valid = reference_count(&table, row, "valid"),
        };
        assert_int_equal(response_compute(&input, &found), STATUS_OK);
        check_number(&table, row, "e", found.eligible);
        for (size_t i = 0; i < 6; i++)
            check_number(&table, row, names[i], found.rr[i]);
        check_number(&table, row, "COOP1", found.coop[0]);
        check_number(&table, row, "COOP2", found.coop[1]);
        check_number(&table, row, "REF1", found.refusal);
        check_number(&table, row, "CON1", found.contact);
        check_number(&table, row, "participation", found.participation);
        check_number(&table, row, "item_valid", found.item_valid);
    }
    assert_int_equal(table.row_count, 6);
}

static void response_rates_are_ordered_shares(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < TRIALS; i++) {
        struct response found;
        struct response_input input = {
            .complete = random_between(&random, 1, 900),
            .partial = random_between(&random, 0, 90),
            .refused = random_between(&random, 0, 90),
            .missed = random_between(&random, 0, 900),
            .other = random_between(&random, 0, 20),
            .unknown = random_between(&random, 0, 900),
            .ineligible = random_between(&random, 0, 90),
            .population = POPULATION_UNKNOWN,
            .valid = NO_COUNT,
        };
        assert_int_equal(response_compute(&input, &found), STATUS_OK);
        const double *rr = found.rr;
        assert_true(rr[0] <= rr[2] + little && rr[2] <= rr[4] + little);
        assert_true(rr[1] <= rr[3] + little && rr[3] <= rr[5] + little);
        assert_true(rr[0] >= 0 && rr[0] <= rr[1] && rr[5] <= 1);
        assert_true(found.coop[0] <= found.coop[1] && found.coop[1] <= 1);
        assert_true(found.refusal >= 0 && found.refusal <= found.contact);
        assert_true(found.contact <= 1);
    }
}

static void as_many_valid_answers_as_questionnaires_are_taken_and_one_more_is_not(
    void **state)
{
    (void)state;
    struct response found;
    struct response_input input = {.complete = 8, .partial = 2, .population = 20};
    input.valid = 10;
    assert_int_equal(response_compute(&input, &found), STATUS_OK);
    assert_true(fabs(found.participation - 0.5) < little);
    input.valid = 11;
    assert_int_equal(response_compute(&input, &found), STATUS_INVALID);
    input.valid = NO_COUNT;
    input.missed = -1;
    assert_int_equal(response_compute(&input, &found), STATUS_INVALID);
}

static int make_arena(void **state)
{
    *state = arena_new(4 << 20);
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
        cmocka_unit_test(sample_sizes_of_the_reference_come_out),
        cmocka_unit_test(a_sample_lies_between_one_and_everybody_and_keeps_the_margin),
        cmocka_unit_test(more_people_more_certainty_or_less_margin_never_need_fewer),
        cmocka_unit_test(shares_out_of_their_range_are_no_sample_size),
        cmocka_unit_test(response_rates_of_the_reference_come_out),
        cmocka_unit_test(response_rates_are_ordered_shares),
        cmocka_unit_test(
            as_many_valid_answers_as_questionnaires_are_taken_and_one_more_is_not),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
