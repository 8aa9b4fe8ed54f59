#pragma once
/* publishing.h: the deed of publishing, the same from the console and the command line:
   the report of now, what of it is public, and whether it may be published beside the
   ones there are. What is published is Chinese, as the forms are that it goes with. */
#include "db/plans.h"
#include "db/published.h"
#include "kiosk/report.h"
#include "web/render/published_read.h"

struct publishing_draft {
    day_t as_of;
    struct report report;
    struct text json;
    struct seal_digest digest; /* of the JSON */
    struct public_report figures;
};

/* In the arena; REPORT_ARENA_BYTES are enough for two. */
MUST_CHECK enum status publishing_make(struct store *store,
    const struct plan_version *version, day_t as_of, day_t today, struct arena *arena,
    struct publishing_draft *out);

struct publishing_result {
    int64_t number; /* of the new one; CONFLICT: of the same one */
    const struct public_indicator *revealing; /* INVALID: of the draft */
};

/* Publishes the draft. CONFLICT: the very same report is published already. INVALID:
   beside an earlier report of the year this one would tell what fewer than k people said;
   wait for more answers. TOO_LARGE: PUBLISHED_MAX. BUSY: somebody else published just
   now; look again. */
MUST_CHECK enum status publishing_do(struct store *store, struct arena *arena,
    const struct actor *actor, const struct publishing_draft *draft,
    struct publishing_result *out);
