#pragma once
/* sessions.h: browsers that are signed in. A session ends SESSION_IDLE_MINUTES after it
   was seen last and SESSION_MINUTES_MAX after it began, by the minute; or with its
   operator's. */
#include "db/operators.h"
#include "db/secret.h"

/* Begins one for an operator whose password was right: it must still be the same, and the
   operator not disabled, else NOT_FOUND. The session that the browser had before, if any,
   ends. */
MUST_CHECK enum status sessions_begin(struct store *store,
    const struct operator_account *account, const struct secret *before, minute_t now,
    struct secret *out);

/* Whose it is; it counts as seen now. NOT_FOUND: ended, expired, or never begun. */
MUST_CHECK enum status sessions_find(struct store *store, const struct secret *secret,
    minute_t now, struct arena *arena, struct operator_account *out);

/* OK also if there is none. */
MUST_CHECK enum status sessions_end(struct store *store, const struct secret *secret);

/* Removes the rows of sessions and links that are over. */
MUST_CHECK enum status sessions_sweep(struct store *store, minute_t now);
