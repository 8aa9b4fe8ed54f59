#pragma once
/* codes.h: the right to answer, as kept: a row a code, found by its keyed hash and
 * nothing else. */
#include "db/store.h"
#include "kiosk/admission.h"

struct actor;
struct operator_id;

/* NOT_FOUND: no such code. BUSY: the store can't be read now. What an open code opens may
   be OPEN_CODE_MS old. A rotating code is found however old it is: whether it is good
   still, its turn says. */
MUST_CHECK enum status codes_find(struct store *store, const struct code *code,
    struct arena *arena, struct code_grant *out);

struct codes_order {
    struct text programme;
    struct text wave;
    struct text centre;   /* may be empty */
    enum channel channel; /* slip or link */
    size_t count;         /* 1–CODES_BATCH_MAX */
    day_t today;
    const struct operator_id *by; /* NULL: the command line */
    bool is_test;                 /* the codes are void from the beginning, and say why */
};

/* Makes a batch of one-time codes in one transaction, stored as hashes in no order of
   making. codes has room for order->count and is the only place where the letters ever
   stand. */
MUST_CHECK enum status codes_make(struct store *store, const struct codes_order *order,
    struct code *codes, int64_t *out_batch);

/* Voids what is unspent of a batch, with a reason, on record. *voided is how many.
   NOT_FOUND: no such batch. CONFLICT: it was voided before. */
MUST_CHECK enum status codes_void(
    struct store *store, int64_t batch, struct text reason, day_t today, int64_t *voided);
/* The same by an operator. */
MUST_CHECK enum status codes_void_by(struct store *store, int64_t batch,
    struct text reason, const struct actor *actor, int64_t *voided);

/* The open code of a programme at a centre, as posters carry it now; with an empty
   programme the centre's own, which opens the menu of its programmes. NOT_FOUND: the plan
   has none such. */
MUST_CHECK enum status codes_open(
    struct store *store, struct text programme, struct text centre, struct code *out);
/* The open code by which the tablet of a centre answers for a programme. NOT_FOUND. */
MUST_CHECK enum status codes_kiosk(
    struct store *store, struct text programme, struct text centre, struct code *out);

/* Whether the store's open codes were made with its key; *out is true as well for a store
   without any, of which nobody can tell. */
MUST_CHECK enum status codes_know_key(struct store *store, bool *out);
/* Makes all open codes anew with the store's key, which is not the one they had: posters
   and tablets must be printed and set up again. Unspent one-time codes are known no more;
   they still count as asked. */
MUST_CHECK enum status codes_renew_open(struct store *store);

/* How many were asked in a wave: those who were handed a slip, if staff recorded that;
   else the one-time codes made, less those voided; -1 if there was neither. (`asked`) */
MUST_CHECK enum status codes_asked(
    struct store *store, struct text programme, struct text wave, int64_t *out);
