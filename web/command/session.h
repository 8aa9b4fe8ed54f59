#pragma once
/* session.h: what most commands need: the day, the store and its plans, opened and closed
 * together. */
#include "web/clock.h"
#include "web/command/command.h"

#include "db/plans.h"
#include "db/store.h"

struct session {
    struct clock clock;
    day_t today;
    bool is_demo; /* the store holds made-up answers; the calendar is theirs */
    struct store *store;
    struct plans *plans;
};

/* Opens the store named by --store. On failure the reasons are printed; nothing is left
 * open. */
MUST_CHECK enum status session_open(
    const struct invocation *call, enum store_use use, struct session *out);
/* What a session is in whose store a demonstration was just made. */
void session_become_demo(struct session *session);
void session_close(struct session *session);

/* The store as it may be shown: without the password of its address. */
const char *session_store_name(const struct invocation *call);

/* The plan in force, or NULL after saying that none is applied yet. */
const struct plan_version *session_plan(
    const struct invocation *call, const struct session *session);
/* The address that links begin with: --public-url, else the recorded one, else the
   default one. Without a slash at its end; in the call's arena. */
struct text session_public_url(
    const struct invocation *call, const struct session *session);
/* Takes what has come into the figures; where the store can't be written to, they stay
   those released before. */
void session_release(const struct session *session, const struct plan *plan);
/* Today, or --as-of. False after a message. */
bool session_as_of(
    const struct invocation *call, const struct session *session, day_t *out);
