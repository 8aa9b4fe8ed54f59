#pragma once
/* batch_round.h: inside a batch of arrays: a round, which has of each id and of each code
   one item. batch_arrays.c chooses and writes rounds, batch_arrays_codes.c spends their
   codes. */
#include "db/batch_parts.h"

struct round {
    struct batch *batch;
    struct sql *sql;
    size_t count;       /* of the batch's places */
    size_t coded_count; /* of them have a one-time code, and stand first */
};

/* SUBMISSION_ID_BYTES of the item's submission. */
static inline const unsigned char *id_of(const struct place *place)
{
    return place->item->entry->submission->id.bytes;
}

/* CODE_HASH_BYTES of the item's grant. NULL: none that is spent. */
static inline const unsigned char *code_of(const struct place *place)
{
    const struct code_grant *grant = place->item->entry->grant;
    return grant == NULL || grant->is_open ? NULL : grant->hash.bytes;
}

/* Spends the codes of the items that are STORED so far; the coded places must stand in
   the order of their codes. Whose code could not be spent becomes SPENT or VOID, whose
   submission is there already DUPLICATE; the others stay STORED. NOT_FOUND: a slip's code
   is not in the store. Any other status is the store's; the outcomes then mean nothing.
 */
MUST_CHECK enum status round_spend_codes(const struct round *round);
