#pragma once
/* operators.h: who may see the console (工作人员), as kept. An operator chooses the
   password through a link (invitations.h); hashing it is not this folder's work. */
#include "db/audit.h"
#include "db/store.h"
#include "kiosk/calendar.h"
#include "kiosk/operator.h"

enum { OPERATOR_ID_BYTES = 16, OPERATOR_ID_LETTERS = 32 };

struct operator_id {
    unsigned char bytes[OPERATOR_ID_BYTES];
};

struct operator_account {
    struct operator_id id;
    struct operator_name name;
    struct text password; /* as hashed; empty until one was chosen */
    int64_t duties;       /* bits; DUTIES_ALL */
    bool is_disabled;
    day_t made_on;
    minute_t link_expires; /* operators_list: the last minute of a link; -1: none */
};

enum operator_state {
    OPERATOR_ACTIVE,   /* can sign in */
    OPERATOR_INVITED,  /* has a link, and no password yet */
    OPERATOR_EXPIRED,  /* no password, and no link that still works */
    OPERATOR_DISABLED, /* can't sign in until reset */
    OPERATOR_STATE_COUNT
};

/* Of an operator from operators_list. */
enum operator_state operator_state(const struct operator_account *account, minute_t now);

/* OPERATOR_ID_LETTERS hexadecimal digits. False for anything else, out untouched. */
bool operator_id_parse(struct text text, struct operator_id *out);
struct text operator_id_format(struct arena *arena, const struct operator_id *id);

/* All, by name, in the arena. */
MUST_CHECK enum status operators_list(struct store *store, struct arena *arena,
    struct operator_account **out, size_t *count);
/* By the name as compared. NOT_FOUND. */
MUST_CHECK enum status operators_find(struct store *store, struct text folded,
    struct arena *arena, struct operator_account *out);
/* NOT_FOUND. */
MUST_CHECK enum status operators_get(struct store *store, const struct operator_id *id,
    struct arena *arena, struct operator_account *out);

/* Ends what the operator has open: sessions and links. NOT_FOUND. */
MUST_CHECK enum status operators_disable(
    struct store *store, const struct operator_id *id, const struct actor *actor);
