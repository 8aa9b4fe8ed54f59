/* test_disclosure.c: an attacker with a linear programme. Random years are reported, then
   all rows that the report shows become equations over the answers of each wave, centre,
   channel and period, and the least and the most that a hidden row could be are solved
   for. None may be pinned down. The same attack on a report that only hides small rows
   must succeed, or it would prove nothing. Beside it: an attacker who knows how many came
   in, and one who subtracts the report of an earlier day. */
#include "tests/support/disclosure_attack.h"
#include "tests/support/test.h"

#include <math.h>
#include <string.h>

enum { YEARS = 60 };

static size_t count_hidden(const struct sheet *sheet)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->count; i++)
        count += sheet->rows[i].is_hidden;
    return count;
}

static void no_hidden_row_of_a_random_year_can_be_solved_for(void **state)
{
    (void)state;
    struct random random = random_start();
    size_t hidden = 0;
    for (int i = 0; i < YEARS; i++) {
        struct year *year = year_make(&random, false);
        year_print(year);
        hidden += count_hidden(&year->sheet);
        assert_int_equal(attack_derivable(year, false), 0);
        assert_int_equal(attack_derivable(year, true), 0);
        year_free(year);
    }
    assert_true(hidden > YEARS); /* there was something to attack */
}

static void hiding_only_what_is_small_is_seen_through(void **state)
{
    (void)state;
    struct random random = random_start();
    int found = 0;
    for (int i = 0; i < YEARS; i++) {
        struct year *year = year_make(&random, false);
        year_print(year);
        for (size_t j = 0; j < year->sheet.count; j++) {
            struct printed *printed = &year->sheet.rows[j];
            printed->is_hidden = printed->n > 0 && printed->n < year->plan.k;
        }
        found += attack_derivable(year, false);
        year_free(year);
    }
    assert_true(found > 0);
}

/* ---- the day before ---- */

/* What the sheet pins a number down to, as the width of what it can be. */
static double room_for(
    const struct year *year, const struct sheet *sheet, const struct printed *printed)
{
    double room = 0;
    for (int is_x = 0; is_x < 2; is_x++) {
        glp_prob *solver = attack_set_up(sheet, year, is_x == 1);
        double least = attack_solve(solver, printed, GLP_MIN);
        double most = attack_solve(solver, printed, GLP_MAX);
        room = fmax(room, most - least);
        glp_delete_prob(solver);
    }
    return room;
}

/* Every number of an earlier day's report, beside the sheet of today's. */
static int count_told_early(struct year *year, day_t as_of, bool *is_figure_told)
{
    int told = 0;
    year_report(year, as_of);
    year_print(year);
    for (size_t i = 0; i < year->sheet.count; i++) {
        const struct printed *printed = &year->sheet.rows[i];
        if (printed->is_hidden)
            continue;
        told += room_for(year, &year->today, printed) > 0.5;
        *is_figure_told |= i == 0 && printed->n > 0;
    }
    return told;
}

static void a_report_of_an_earlier_day_tells_nothing_that_todays_does_not(void **state)
{
    (void)state;
    struct random random = random_start();
    bool is_figure_told = false;
    for (int i = 0; i < YEARS / 2; i++) {
        struct year *year = year_make(&random, false);
        year_print(year);
        year->today = year->sheet;
        for (int wave = 0; wave < WAVES; wave++)
            assert_int_equal(
                count_told_early(year, wave * 2 * DAYS_OF_WAVE + 8, &is_figure_told), 0);
        year_free(year);
    }
    assert_true(is_figure_told); /* it is not all hidden either */
}

/* ---- how many came in ---- */

/* The second half of the columns is for the dissatisfied here, since nobody is flagged.
 */
static void forget_flags(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        memset(sheet->rows[i].holds + ATOMS, 0, ATOMS * sizeof *sheet->rows[i].holds);
}

/* Nothing was left open, so what came in is n, of every row. */
static glp_prob *set_up_received(const struct sheet *sheet, const struct year *year)
{
    glp_prob *solver = glp_create_prob();
    int row = 0;
    glp_add_cols(solver, 2 * ATOMS); /* satisfied, then dissatisfied */
    for (int i = 0; i < 2 * ATOMS; i++)
        glp_set_col_bnds(
            solver, i + 1, year->atoms[i % ATOMS].is_possible ? GLP_LO : GLP_FX, 0, 0);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct printed *printed = &sheet->rows[i];
        int columns[2 * ATOMS + 1], count = 0;
        double factors[2 * ATOMS + 1];
        for (int at = 0; at < 2 * ATOMS; at++)
            if (printed->holds[at % ATOMS]) {
                columns[++count] = at + 1;
                factors[count] = 1;
            }
        glp_add_rows(solver, 1);
        glp_set_mat_row(solver, ++row, count, columns, factors);
        glp_set_row_bnds(solver, row, GLP_FX, (double)printed->n, (double)printed->n);
        if (printed->is_hidden)
            continue;
        glp_add_rows(solver, 1);
        attack_add_equation(solver, ++row, printed, printed->x);
    }
    return solver;
}

static void how_many_came_in_does_not_tell_what_a_hidden_row_said(void **state)
{
    (void)state;
    struct random random = random_start();
    for (int i = 0; i < YEARS / 2; i++) {
        struct year *year = year_make(&random, false);
        year_print(year);
        forget_flags(&year->sheet);
        glp_prob *solver = set_up_received(&year->sheet, year);
        for (size_t at = 0; at < year->sheet.count; at++) {
            const struct printed *printed = &year->sheet.rows[at];
            if (!printed->is_hidden || printed->is_cover || printed->n == 0)
                continue;
            double least = attack_solve(solver, printed, GLP_MIN);
            assert_true(attack_solve(solver, printed, GLP_MAX) - least > 0.5);
        }
        glp_delete_prob(solver);
        year_free(year);
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(no_hidden_row_of_a_random_year_can_be_solved_for),
        cmocka_unit_test(hiding_only_what_is_small_is_seen_through),
        cmocka_unit_test(how_many_came_in_does_not_tell_what_a_hidden_row_said),
        cmocka_unit_test(a_report_of_an_earlier_day_tells_nothing_that_todays_does_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
