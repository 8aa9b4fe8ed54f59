/* disclosure_attack.c: equations and their bounds, by glpk. */
#include "tests/support/disclosure_attack.h"

#include "tests/support/test.h"

#include <math.h>

void attack_add_equation(
    glp_prob *solver, int row, const struct printed *printed, int64_t number)
{
    int columns[COLUMNS + 1], count = 0;
    double factors[COLUMNS + 1];
    for (int i = 0; i < COLUMNS; i++)
        if (printed->holds[i]) {
            columns[++count] = i + 1;
            factors[count] = 1;
        }
    glp_set_mat_row(solver, row, count, columns, factors);
    glp_set_row_bnds(solver, row, GLP_FX, (double)number, (double)number);
}

/* What is public of flags: where they are by wave, centre and channel, not by period. */
static bool may_have(const struct year *year, int place, bool is_flagged)
{
    int first = place - place % PERIODS;
    bool has_any = false, has_it = false;
    for (int i = first; i < first + PERIODS; i++) {
        const struct atom *atom = &year->atoms[i];
        has_any |= atom->n > 0;
        has_it |= (is_flagged ? atom->flagged : atom->n - atom->flagged) > 0;
    }
    return has_it || (!has_any && !is_flagged);
}

glp_prob *attack_set_up(const struct sheet *sheet, const struct year *year, bool is_x)
{
    glp_prob *solver = glp_create_prob();
    int rows = 0;
    glp_add_cols(solver, COLUMNS);
    for (int i = 0; i < ATOMS; i++) {
        bool has_clean = year->atoms[i].is_possible && may_have(year, i, false);
        bool has_flagged = year->atoms[i].is_possible && may_have(year, i, true);
        glp_set_col_bnds(solver, i + 1, has_clean ? GLP_LO : GLP_FX, 0, 0);
        glp_set_col_bnds(solver, ATOMS + i + 1, has_flagged ? GLP_LO : GLP_FX, 0, 0);
    }
    for (size_t i = 0; i < sheet->count; i++)
        rows += !sheet->rows[i].is_hidden;
    if (rows > 0)
        glp_add_rows(solver, rows);
    rows = 0;
    for (size_t i = 0; i < sheet->count; i++)
        if (!sheet->rows[i].is_hidden)
            attack_add_equation(solver, ++rows, &sheet->rows[i],
                is_x ? sheet->rows[i].x : sheet->rows[i].n);
    return solver;
}

double attack_solve(glp_prob *solver, const struct printed *printed, int direction)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    glp_set_obj_dir(solver, direction);
    for (int i = 0; i < COLUMNS; i++)
        glp_set_obj_coef(solver, i + 1, printed->holds[i] ? 1 : 0);
    glp_std_basis(solver);
    assert_int_equal(glp_simplex(solver, &how), 0);
    int status = glp_get_status(solver);
    if (status == GLP_UNBND)
        return INFINITY;
    assert_int_equal(status, GLP_OPT);
    return glp_get_obj_val(solver);
}

int attack_derivable(const struct year *year, bool is_x)
{
    const struct sheet *sheet = &year->sheet;
    glp_prob *solver = attack_set_up(sheet, year, is_x);
    int found = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct printed *printed = &sheet->rows[i];
        if (!printed->is_hidden || printed->is_cover || printed->n == 0)
            continue;
        double least = attack_solve(solver, printed, GLP_MIN);
        double most = attack_solve(solver, printed, GLP_MAX);
        double truth = (double)(is_x ? printed->x : printed->n);
        assert_true(least <= truth + 1e-6 && truth - 1e-6 <= most);
        found += most - least < 0.5;
    }
    glp_delete_prob(solver);
    return found;
}
