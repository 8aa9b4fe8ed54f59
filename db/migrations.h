#pragma once
/* migrations.h: brings a store's tables to the newest form. */
#include "db/sql.h"

/* Runs what is missing, a transaction each; does nothing where nothing is. INVALID: the
   store is newer than this program. *found: the version that was there, 0 for none. */
MUST_CHECK enum status migrations_run(struct sql *sql, int64_t *found);

/* The version that is there, 0 for none. */
MUST_CHECK enum status migrations_find(struct sql *sql, int64_t *found);
/* The version this program knows. */
int64_t migrations_newest(void);
/* Runs what is missing up to that version and no further: a store as a program of that
   time left it. For tests of what came after. */
MUST_CHECK enum status migrations_run_to(struct sql *sql, int64_t last);
