#pragma once
/* temp_intake.h: an intake over a temporary store, and what must be true of the store
   afterwards; for test_intake*.c. A call that fails where it must not fails the test. */
#include "tests/support/temp_store.h"

#include "db/codes.h"
#include "db/intake.h"

enum { CROWD = 64 }; /* threads that submit at once */

/* With the limits of the program; the caller closes it. */
struct intake *open_intake(struct temp_store *temp);

/* A new slip's code of wave q1 at north, which takes one answer; *out_batch (may be NULL)
   is the batch it is of. */
struct code_grant make_code(struct temp_store *temp, int64_t *out_batch);

/* The number that a query answers with. */
int64_t count_in(struct temp_store *temp, const char *query);

/* Fails unless the store has so many submissions and the tallies are those of its rows.
 */
void check_rows_and_tallies(struct temp_store *temp, int64_t expected);
