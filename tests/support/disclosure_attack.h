#pragma once
/* disclosure_attack.h: an attacker with a linear programme: what is printed becomes
   equations over the answers of a year, and the least and the most that a row could be is
   solved for. */
#include "tests/support/disclosure_year.h"

#include <glpk.h>

/* A programme of COLUMNS unknowns with an equation for each row that is shown; is_x: of
   the satisfied, else of all answers. The caller deletes it. */
glp_prob *attack_set_up(const struct sheet *sheet, const struct year *year, bool is_x);
/* Row row of the programme says that the printed row's answers add up to a number. */
void attack_add_equation(
    glp_prob *solver, int row, const struct printed *printed, int64_t number);
/* The least (GLP_MIN) or the most that a row can be; INFINITY if nothing bounds it. */
double attack_solve(glp_prob *solver, const struct printed *printed, int direction);
/* How many hidden rows of the year's sheet the printed ones pin down. */
int attack_derivable(const struct year *year, bool is_x);
