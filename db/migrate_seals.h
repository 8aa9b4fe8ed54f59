#pragma once
/* migrate_seals.h: the part of 0005_seals.sql that SQL can't compute. */
#include "db/sql.h"

/* Gives every submission its digest and every period its set, inside the migration's
   transaction. */
MUST_CHECK enum status migrate_seals(struct sql *sql);
