#pragma once
/* posters.h: a new code for a poster whose link has leaked. */
#include "db/audit.h"
#include "db/store.h"

/* Raises the counter of a programme's poster at a centre (with an empty programme: of the
   centre's own): the code that hangs there opens nothing from now on and says so, and
   codes_open gives another. One transaction. NOT_FOUND: there is no such code. */
MUST_CHECK enum status posters_renew(struct store *store, struct text programme,
    struct text centre, const struct actor *actor);
