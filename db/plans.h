#pragma once
/* plans.h: versions of the plan, as stored and as the process holds them. Parsed plans
   are immutable and stay valid until plans_close: a version is small, and forms refer to
   the one they show. */
#include "db/store.h"
#include "kiosk/plan.h"

struct plan_version {
    int64_t version; /* 1, 2, … */
    const struct plan *plan;
    struct text text; /* the YAML as applied */
    day_t applied_on;
};

struct plans; /* all versions of a store, parsed; thread-safe */

/* Reads and parses every version. INTERNAL if a stored text no longer parses. */
MUST_CHECK enum status plans_open(struct store *store, struct plans **out);
void plans_close(struct plans *plans); /* accepts NULL */
/* Looks for newer versions in the store and takes them in; called each second by serve.
 */
MUST_CHECK enum status plans_refresh(struct plans *plans, struct store *store);

/* The version in force, or NULL when no plan was applied yet. */
const struct plan_version *plans_current(const struct plans *plans);
/* That version, or NULL. */
const struct plan_version *plans_find(const struct plans *plans, int64_t version);
/* The newest version that has the programme (and the wave, unless its id is empty), or
   NULL: codes of last year's programmes still get a kind answer. */
const struct plan_version *plans_find_programme(
    const struct plans *plans, struct text programme, struct text wave);

/* Stores yaml as the next version and makes the open code rows of every programme ×
   centre (poster and kiosk) and of every centre, also where the text is in force already.
   *is_new is false if the text is byte for byte the version in force. INVALID: problems
   say what is wrong in the text; CONFLICT: problems name what is frozen. One transaction.
 */
MUST_CHECK enum status plans_apply(struct store *store, struct arena *arena,
    struct text yaml, day_t today, struct problems *problems, int64_t *out_version,
    bool *is_new);
