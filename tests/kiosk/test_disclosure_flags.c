/* test_disclosure_flags.c: with the figure without flagged answers comes one equation
   more; no small group of flagged or other answers of a row may be pinned down by it,
   even if it is known where flagged answers occur. */
#include "tests/support/disclosure_attack.h"
#include "tests/support/test.h"

enum { FLAGGED_YEARS = 240 };

/* A row's flagged answers, or the others. */
static struct printed part_of(
    const struct year *year, const struct printed *row, bool is_flagged)
{
    struct printed part = {.is_hidden = true};
    for (size_t i = 0; i < ATOMS; i++) {
        const struct atom *atom = &year->atoms[i];
        if (!row->holds[i])
            continue;
        part.holds[is_flagged ? ATOMS + i : i] = true;
        part.n += is_flagged ? atom->flagged : atom->n - atom->flagged;
        part.x += is_flagged ? atom->flagged_x : atom->x - atom->flagged_x;
    }
    return part;
}

static bool is_pinned(glp_prob *solver, const struct printed *part)
{
    return attack_solve(solver, part, GLP_MAX) - attack_solve(solver, part, GLP_MIN) <
           0.5;
}

/* What is left of the rows of a breakdown that hold flagged answers, or of the flagged
   ones beside rows that hold nothing else. */
static struct printed rest_of(
    const struct year *year, size_t first, size_t end, bool is_flagged)
{
    struct printed rest = {.is_hidden = true};
    for (size_t i = first; i < end; i++) {
        const struct printed *row = &year->sheet.rows[i];
        struct printed part = part_of(year, row, is_flagged);
        if (part_of(year, row, !is_flagged).n == 0)
            continue;
        for (size_t j = 0; j < COLUMNS; j++)
            rest.holds[j] |= part.holds[j];
        rest.n += part.n;
    }
    return rest;
}

/* How many small groups the one figure more gives away. */
static int derivable_by_flags(struct year *year)
{
    struct sheet *sheet = &year->sheet;
    size_t rows = sheet->count;
    glp_prob *before = attack_set_up(sheet, year, true);
    sheet->rows[sheet->count] = part_of(year, &sheet->rows[0], true);
    sheet->rows[sheet->count++].is_hidden = false;
    glp_prob *after = attack_set_up(sheet, year, true);
    int found = 0;
    for (size_t i = 0; i < rows; i++)
        for (int is_flagged = 0; is_flagged < 2; is_flagged++) {
            struct printed part = part_of(year, &sheet->rows[i], is_flagged != 0);
            found += part.n > 0 && part.n < year->plan.k && is_pinned(after, &part) &&
                     !is_pinned(before, &part);
        }
    for (int kind = STRATUM; kind <= CHANNEL; kind++)
        for (int is_flagged = 0; is_flagged < 2; is_flagged++) {
            struct printed rest = rest_of(
                year, sheet->firsts[kind], sheet->firsts[kind + 1], is_flagged != 0);
            found += rest.n > 0 && rest.n < year->plan.k && is_pinned(after, &rest) &&
                     !is_pinned(before, &rest);
        }
    for (size_t i = 0; i < rows; i++) {
        const struct printed *hidden = &sheet->rows[i];
        found += hidden->is_hidden && !hidden->is_cover && hidden->n > 0 &&
                 is_pinned(after, hidden);
    }
    glp_delete_prob(before);
    glp_delete_prob(after);
    sheet->count = rows;
    return found;
}

/* How often the figure is shown where there are flags; what it gives away is added up. */
static int attack_flagged_years(bool only_shown, int *found)
{
    struct random random = random_start();
    int shown = 0;
    for (int i = 0; i < FLAGGED_YEARS; i++) {
        struct year *year = year_make(&random, true);
        const struct report_indicator *of = &year->report.indicators[0];
        year_print(year);
        bool is_shown = of->without_flagged.is_shown && of->flagged > 0;
        if (is_shown) {
            struct printed flagged = part_of(year, &year->sheet.rows[0], true);
            assert_int_equal(of->n - of->without_flagged.n, flagged.n);
            assert_int_equal(of->x - of->without_flagged.x, flagged.x);
        }
        shown += is_shown;
        if (of->flagged > 0 && !of->is_hidden && (is_shown || !only_shown))
            *found += derivable_by_flags(year);
        year_free(year);
    }
    return shown;
}

static void the_figure_without_flagged_answers_gives_no_group_away(void **state)
{
    (void)state;
    int found = 0;
    int shown = attack_flagged_years(true, &found);
    print_message("shown in %d of %d years\n", shown, FLAGGED_YEARS);
    assert_int_equal(found, 0);
    assert_true(shown > FLAGGED_YEARS / 10);
}

static void showing_it_always_would(void **state)
{
    (void)state;
    int found = 0;
    (void)attack_flagged_years(false, &found);
    assert_true(found > 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_figure_without_flagged_answers_gives_no_group_away),
        cmocka_unit_test(showing_it_always_would),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
