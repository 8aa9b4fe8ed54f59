#pragma once
/* screens.h: which programme at which centre a rotating code was shown for: a number
   each, given once and for ever, so that codes on screens outlive the process that showed
   them. */
#include "db/store.h"
#include "kiosk/admission.h"

struct sql;

/* The number of a programme's screen at a centre; with an empty programme of the centre's
   own, whose codes open the menu. NOT_FOUND: the plan has none such. */
MUST_CHECK enum status screens_number(
    struct store *store, struct text programme, struct text centre, uint32_t *out);

/* Gives it a number if it has none; within a transaction. */
MUST_CHECK enum status screen_ensure(
    struct sql *sql, struct text programme, struct text centre);

/* What a rotating code was shown for, and whether it is spent; when it is good for is the
   caller's. Within a read. NOT_FOUND: it is none, or of no screen. NO_MEMORY. */
MUST_CHECK enum status screen_find_code(struct sql *sql, const struct code_key *key,
    const struct code *code, struct arena *arena, struct code_grant *out);

/* The day on which the code of the grant was shown. */
day_t screen_day(const struct code_grant *grant);

/* Spends a rotating code in the transaction of its submission; *is_first: nobody had. */
MUST_CHECK enum status screen_spend_code(
    struct sql *sql, const struct code_grant *grant, bool *is_first);
