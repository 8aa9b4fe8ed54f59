#pragma once
/* invitations.h: links that let their bearer choose a password, once and in time. The
   secret is handed out when it is made and never again. */
#include "db/operators.h"
#include "db/secret.h"

/* Adds an operator without a password, and a link for them of INVITATION_MINUTES. From
   then on the link for the first operator works no more. CONFLICT: the name is taken.
   TOO_LARGE: there are OPERATORS_MAX already. */
MUST_CHECK enum status invitations_make(struct store *store,
    const struct operator_name *name, const struct actor *actor, minute_t now,
    struct secret *out);

/* Takes the password, the sessions and the other links of an operator away, lets a
   disabled one in again, and makes a link of INVITATION_MINUTES. NOT_FOUND. */
MUST_CHECK enum status invitations_reset(struct store *store,
    const struct operator_id *id, const struct actor *actor, minute_t now,
    struct secret *out);

/* A link of so many minutes for an operator who keeps the password until it is used.
   NOT_FOUND, also if disabled. */
MUST_CHECK enum status invitations_renew(struct store *store,
    const struct operator_id *id, minute_t now, int minutes, struct secret *out);

/* The link that makes the first operator, for FIRST_LINK_MINUTES; one made before works
   no more. CONFLICT: there is an operator. */
MUST_CHECK enum status invitations_first(
    struct store *store, minute_t now, struct secret *out);
MUST_CHECK enum status invitations_end_first(struct store *store);

struct invitation {
    bool is_first;                   /* nobody yet: the bearer chooses the name as well */
    struct operator_account account; /* else for whom */
};

/* NOT_FOUND: used, expired, or never made. */
MUST_CHECK enum status invitations_find(struct store *store, const struct secret *secret,
    minute_t now, struct arena *arena, struct invitation *out);

/* What the bearer chose. */
struct invitation_answer {
    const struct secret *secret;
    struct operator_name name; /* looked at for the first operator only */
    struct text password;      /* hashed */
    day_t today;
    minute_t now;
};

/* Uses the link up: adds the first operator, or sets the password; ends the operator's
   sessions and begins one. NOT_FOUND as above. */
MUST_CHECK enum status invitations_use(struct store *store,
    const struct invitation_answer *answer, struct secret *out_session);
