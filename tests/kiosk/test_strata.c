/* test_strata.c: every case of the reference tables, merging, walk-ins, and the edges. */
#include "tests/support/reference.h"
#include "tests/support/test.h"

#include "kiosk/strata.h"

#include <math.h>

static const double shipped_weights[LEVEL_COUNT] = {100, 80, 60, 30, 0};

static struct strata_input settings(const struct stratum *strata, size_t count)
{
    struct strata_input input = {.strata = strata,
        .count = count,
        .measure = MEASURE_TOP2,
        .confidence_bp = 9500,
        .target_bp = 9000,
        .target_mean = 90};
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        input.weights[i] = shipped_weights[i];
    return input;
}

/* ---- the reference tables ---- */

static struct stratum stratum_of(const struct reference *table, size_t row)
{
    static const char *const levels[] = {"c5", "c4", "c3", "c2", "c1"};
    struct stratum stratum = {.name = reference_text(table, row, "stratum"),
        .group = reference_text(table, row, "group"),
        .population = reference_count(table, row, "N")};
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        stratum.levels[i] = reference_count(table, row, levels[i]);
    return stratum;
}

static size_t read_case(
    const struct reference *table, struct text id, struct stratum *strata, size_t max)
{
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        if (!text_equals(reference_text(table, row, "case"), id))
            continue;
        assert_true(count < max);
        strata[count++] = stratum_of(table, row);
    }
    return count;
}

static void check_row(struct arena *arena, const struct reference *table, size_t row,
    const struct strata_input *input)
{
    struct strata strata;
    assert_int_equal(strata_compute(arena, input, &strata), STATUS_OK);
    check_count(table, row, "strata_used", (int64_t)strata.used);
    check_word(table, row, "collapsed", strata.collapsed);
    check_count(table, row, "N", strata.population);
    check_count(table, row, "n", strata.n);
    check_number(table, row, "p", strata.p);
    check_number(table, row, "se", strata.se);
    check_number(table, row, "n_eff", strata.n_eff);
    check_number(table, row, "lo", strata.interval.lo);
    check_number(table, row, "hi", strata.interval.hi);
    check_number(table, row, "mean", strata.mean.value);
    check_number(table, row, "mean_se", strata.mean.se);
    check_number(table, row, "mean_lo", strata.mean.lo);
    check_number(table, row, "mean_hi", strata.mean.hi);
    check_word(table, row, "verdict", text_of(verdict_word(strata.verdict)));
    check_number(table, row, "p_pooled", strata.p_pooled);
    check_number(table, row, "deff_kish", strata.deff_kish);
    check_number(table, row, "uncovered", strata.uncovered);
    check_set(table, row, "flags", figure_flags_text(arena, strata.flags));
}

static void every_case_of_the_reference_tables_comes_out(void **state)
{
    struct reference inputs = reference_read(*state, "strata_input");
    struct reference expected = reference_read(*state, "strata_expected");
    assert_int_equal(expected.row_count, 12);
    for (size_t row = 0; row < expected.row_count; row++) {
        struct stratum strata[8];
        size_t count =
            read_case(&inputs, reference_text(&expected, row, "id"), strata, 8);
        struct strata_input input = settings(strata, count);
        if (text_equals(reference_text(&expected, row, "top"), TEXT("top3")))
            input.measure = MEASURE_TOP3;
        input.confidence_bp = (int)lround(reference_number(&expected, row, "conf") * 1e4);
        input.target_bp = (int)reference_count(&expected, row, "target_bp");
        check_row(*state, &expected, row, &input);
    }
}

/* ---- merging ---- */

static struct stratum sized(const char *name, const char *group, int64_t population,
    int64_t fives, int64_t threes)
{
    return (struct stratum){.name = text_of(name),
        .group = text_of(group),
        .population = population,
        .levels = {fives, 0, threes, 0, 0}};
}

static struct strata computed(
    struct arena *arena, const struct stratum *strata, size_t count)
{
    struct strata out;
    struct strata_input input = settings(strata, count);
    assert_int_equal(strata_compute(arena, &input, &out), STATUS_OK);
    return out;
}

static void an_empty_stratum_joins_the_nearest_before_it_in_its_group(void **state)
{
    const struct stratum strata[] = {sized("A", "g", 100, 20, 5),
        sized("B", "h", 100, 20, 5), sized("C", "g", 50, 0, 0),
        sized("D", "g", 99, 9, 9)};
    struct strata out = computed(*state, strata, 4);
    assert_text_equal(out.collapsed, "A+C");
    assert_int_equal(out.used, 3);
    assert_int_equal(out.population, 349);
}

static void else_the_nearest_after_it_in_its_group(void **state)
{
    const struct stratum strata[] = {sized("A", "h", 100, 20, 5),
        sized("B", "g", 50, 0, 0), sized("C", "h", 100, 20, 5),
        sized("D", "g", 99, 9, 9)};
    assert_text_equal(computed(*state, strata, 4).collapsed, "D+B");
}

static void else_the_nearest_of_any_group(void **state)
{
    const struct stratum strata[] = {sized("A", "h", 100, 20, 5),
        sized("B", "g", 50, 0, 0), sized("C", "h", 100, 20, 5)};
    assert_text_equal(computed(*state, strata, 3).collapsed, "A+B");
    const struct stratum first[] = {sized("A", "g", 50, 0, 0),
        sized("B", "h", 100, 20, 5), sized("C", "h", 100, 20, 5)};
    assert_text_equal(computed(*state, first, 3).collapsed, "B+A");
}

static void empty_strata_go_before_those_with_one_answer(void **state)
{
    const struct stratum strata[] = {sized("A", "g", 100, 20, 5),
        sized("B", "g", 100, 1, 0), sized("C", "g", 100, 0, 0),
        sized("D", "g", 100, 20, 5)};
    struct strata out = computed(*state, strata, 4);
    assert_text_equal(out.collapsed, "A+B+C");
    assert_int_equal(out.flags, FLAG_COLLAPSED | FLAG_EMPTY_STRATUM | FLAG_LOW_COVERAGE);
}

static void two_strata_of_one_answer_are_enough_for_each_other(void **state)
{
    const struct stratum strata[] = {sized("A", "g", 100, 1, 0),
        sized("B", "g", 100, 0, 1), sized("C", "h", 100, 20, 5)};
    struct strata out = computed(*state, strata, 3);
    assert_text_equal(out.collapsed, "B+A");
    assert_int_equal(out.used, 2);
}

static void one_answer_of_one_person_is_not_merged(void **state)
{
    const struct stratum strata[] = {
        sized("A", "g", 1, 1, 0), sized("B", "g", 100, 20, 5)};
    struct strata out = computed(*state, strata, 2);
    assert_text_equal(out.collapsed, "");
    assert_int_equal(out.used, 2);
}

static void a_single_answer_of_all_is_insufficient(void **state)
{
    const struct stratum strata[] = {
        sized("A", "g", 100, 0, 0), sized("B", "g", 10, 1, 0)};
    struct strata out = computed(*state, strata, 2);
    assert_text_equal(out.collapsed, "B+A");
    assert_int_equal(out.verdict, VERDICT_INSUFFICIENT);
    assert_true((out.flags & FLAG_NO_VARIANCE) != 0);
    assert_true((out.flags & FLAG_SMALL_N) != 0);
    assert_true(isnan(out.se));
}

static void strata_without_people_are_dropped(void **state)
{
    const struct stratum strata[] = {
        sized("A", "g", 0, 0, 0), sized("B", "g", 100, 20, 5)};
    struct strata out = computed(*state, strata, 2);
    assert_int_equal(out.flags, FLAG_SINGLE_EXACT);
    assert_true(out.uncovered <= 0);
    out = computed(*state, strata, 1);
    assert_int_equal(out.flags, FLAG_NO_DATA);
    assert_int_equal(out.verdict, VERDICT_NO_DATA);
    assert_true(isnan(out.uncovered));
}

static void over_a_fifth_uncovered_nothing_is_sure(void **state)
{
    struct stratum strata[] = {sized("A", "g", 400, 380, 0), sized("B", "g", 400, 380, 0),
        sized("C", "g", 200, 0, 0)};
    struct strata at_limit = computed(*state, strata, 3);
    assert_int_equal(at_limit.verdict, VERDICT_MET);
    assert_int_equal(
        at_limit.flags, FLAG_COLLAPSED | FLAG_EMPTY_STRATUM | FLAG_MEAN_DEGENERATE);
    strata[2].population = 201;
    struct strata over = computed(*state, strata, 3);
    assert_int_equal(over.verdict, VERDICT_LIKELY_MET);
    assert_false(over.certain);
    assert_true((over.flags & FLAG_LOW_COVERAGE) != 0);
}

/* ---- walk-ins ---- */

static void one_stratum_of_walk_ins_takes_the_binomial_interval(void **state)
{
    struct stratum strata[] = {sized("A", "g", 157, 150, 7)};
    strata[0].is_walk_in = true;
    struct strata out = computed(*state, strata, 1);
    struct interval binomial = binomial_interval(150, 157, 9500);
    assert_memory_equal(&out.interval, &binomial, sizeof binomial);
    assert_int_equal(out.flags, FLAG_SINGLE_EXACT);
    assert_false(out.certain);
    assert_true(out.bound.lo <= 0 && out.bound.hi >= 1);
}

static void walk_ins_weigh_by_their_people_but_are_no_census(void **state)
{
    struct stratum strata[] = {
        sized("A", "g", 100, 90, 10), sized("B", "g", 300, 40, 10)};
    struct strata drawn = computed(*state, strata, 2);
    strata[0].is_walk_in = true;
    struct strata walk_in = computed(*state, strata, 2);
    assert_true(fabs(walk_in.p - 0.825) < 1e-12);
    assert_true(walk_in.n_eff < drawn.n_eff);
    assert_true(fabs(walk_in.bound.lo - 0.1) < 1e-12);
    assert_true(fabs(drawn.bound.lo - 0.325) < 1e-12);
    assert_int_equal(walk_in.flags, 0);
}

static void strata_that_all_answered_walking_in_are_no_census(void **state)
{
    struct stratum strata[] = {sized("A", "g", 100, 99, 1), sized("B", "g", 300, 299, 1)};
    assert_int_equal(computed(*state, strata, 2).flags, FLAG_CENSUS);
    strata[0].is_walk_in = strata[1].is_walk_in = true;
    struct strata out = computed(*state, strata, 2);
    assert_int_equal(out.flags, 0);
    assert_int_equal(out.verdict, VERDICT_MET);
    assert_false(out.certain);
    assert_true(out.interval.lo < out.p);
}

/* ---- the rest ---- */

static void certain_is_what_the_others_cannot_change(void **state)
{
    struct stratum strata[] = {sized("A", "g", 100, 95, 0), sized("B", "g", 100, 85, 0)};
    struct strata out = computed(*state, strata, 2);
    assert_int_equal(out.verdict, VERDICT_MET);
    assert_true(out.certain);
    strata[1] = sized("B", "g", 100, 84, 0);
    out = computed(*state, strata, 2);
    assert_int_equal(out.verdict, VERDICT_MET);
    assert_false(out.certain);
}

static void a_mean_has_a_verdict_of_its_own(void **state)
{
    const struct stratum strata[] = {
        sized("A", "g", 1000, 100, 10), sized("B", "g", 1000, 100, 10)};
    struct strata_input input = settings(strata, 2);
    struct strata out;
    input.target_mean = 90;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
    assert_int_equal(out.mean_verdict, VERDICT_MET);
    input.target_mean = 96;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
    assert_int_equal(out.mean_verdict, VERDICT_LIKELY_MET);
    input.target_mean = 97;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
    assert_int_equal(out.mean_verdict, VERDICT_LIKELY_MISSED);
    input.target_mean = 99;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_OK);
    assert_int_equal(out.mean_verdict, VERDICT_MISSED);
}

static void what_is_no_count_is_refused(void **state)
{
    struct strata out = {.n = 77};
    struct stratum strata[] = {sized("A", "g", 100, -1, 0)};
    struct strata_input input = settings(strata, 1);
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_INVALID);
    strata[0] = sized("A", "g", (int64_t)WAVE_POPULATION_MAX + 1, 1, 0);
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_INVALID);
    strata[0] = sized("A", "g", WAVE_POPULATION_MAX, 1, 0);
    input.target_bp = 0;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_INVALID);
    input.target_bp = 9000;
    input.count = (size_t)STRATA_MAX + 1;
    assert_int_equal(strata_compute(*state, &input, &out), STATUS_TOO_LARGE);
    assert_int_equal(out.n, 77);
}

static void a_full_arena_is_no_memory(void **state)
{
    (void)state;
    const struct stratum strata[] = {
        sized("A", "g", 100, 20, 5), sized("B", "g", 50, 0, 0)};
    struct strata_input input = settings(strata, 2);
    struct strata out;
    struct arena *tiny = arena_new(64);
    assert_int_equal(strata_compute(tiny, &input, &out), STATUS_NO_MEMORY);
    arena_free(tiny);
    struct arena *small = arena_new(320);
    assert_int_equal(strata_compute(small, &input, &out), STATUS_NO_MEMORY);
    arena_free(small);
}

static int make_arena(void **state)
{
    *state = arena_new(8388608);
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
        cmocka_unit_test(every_case_of_the_reference_tables_comes_out),
        cmocka_unit_test(an_empty_stratum_joins_the_nearest_before_it_in_its_group),
        cmocka_unit_test(else_the_nearest_after_it_in_its_group),
        cmocka_unit_test(else_the_nearest_of_any_group),
        cmocka_unit_test(empty_strata_go_before_those_with_one_answer),
        cmocka_unit_test(two_strata_of_one_answer_are_enough_for_each_other),
        cmocka_unit_test(one_answer_of_one_person_is_not_merged),
        cmocka_unit_test(a_single_answer_of_all_is_insufficient),
        cmocka_unit_test(strata_without_people_are_dropped),
        cmocka_unit_test(over_a_fifth_uncovered_nothing_is_sure),
        cmocka_unit_test(one_stratum_of_walk_ins_takes_the_binomial_interval),
        cmocka_unit_test(walk_ins_weigh_by_their_people_but_are_no_census),
        cmocka_unit_test(strata_that_all_answered_walking_in_are_no_census),
        cmocka_unit_test(certain_is_what_the_others_cannot_change),
        cmocka_unit_test(a_mean_has_a_verdict_of_its_own),
        cmocka_unit_test(what_is_no_count_is_refused),
        cmocka_unit_test(a_full_arena_is_no_memory),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
