#pragma once
/* plan_json.h: a plan's check and a stored plan, as JSON for programs. Results live in
   the arena; ptr NULL when it is full. */
#include "db/plans.h"

/* {"file", "ok", "problems": [{"line", "column", "message", "did_you_mean"}]} */
struct text plan_check_json(struct arena *arena, enum language language, const char *file,
    const struct problems *problems);
/* {"version", "fingerprint", "applied_on", "text"} */
struct text plan_show_json(struct arena *arena, const struct plan_version *version);
