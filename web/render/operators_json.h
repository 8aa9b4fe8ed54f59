#pragma once
/* operators_json.h: what `operator list --format json` says. */
#include "db/operators.h"

/* {"operators": [{"name", "state": active | invited | expired | disabled, "added_on",
   "invited_until": "YYYY-MM-DD HH:MM" or null}]}, in the arena; ptr NULL when full. */
struct text operators_json(struct arena *arena, const struct operator_account *accounts,
    size_t count, minute_t now);
