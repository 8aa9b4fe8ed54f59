#pragma once
/* published.h: reports that were published: kept whole, never changed, told of in the
   log. What a report says is not this file's business: it keeps the bytes. */
#include "db/audit.h"
#include "db/store.h"

struct published {
    int64_t number; /* from 1, in the order of publishing */
    day_t published_on;
    struct text operator_id; /* hexadecimal digits; empty: the command line */
    int64_t plan_version;
    int64_t year;
    day_t as_of;
    struct seal_digest seal;
    struct seal_digest digest; /* BLAKE2b of the report */
    struct text report;        /* the JSON; not in lists */
};

/* The digest of a report's bytes. */
struct seal_digest published_digest(struct text report);

/* Keeps *order (its day, operator and digest are set here). Its number is the one that it
   must get, the next after the newest; 0: any, then it is set. CONFLICT: the very same
   report was published before; its number is in it. TOO_LARGE: there are PUBLISHED_MAX
   already. BUSY: also if the number is another one's by now. */
MUST_CHECK enum status published_add(
    struct store *store, const struct actor *actor, struct published *order);

/* The newest first, without reports, in the arena. */
MUST_CHECK enum status published_list(
    struct store *store, struct arena *arena, struct published **out, size_t *count);
/* With its report, in the arena. NOT_FOUND. */
MUST_CHECK enum status published_get(
    struct store *store, struct arena *arena, int64_t number, struct published *out);
