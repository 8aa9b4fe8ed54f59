/* batch_arrays_codes.c: the codes of a round are spent together.

   What the server gives back is spent; what it leaves out was spent before, is void, or
   belongs to a submission that is there already. */
#include "db/batch_round.h"
#include "db/screens.h"

#include <string.h>

/* The coded places are sorted by it. */
static struct place *find_code(const struct round *round, struct text hash)
{
    size_t low = 0;
    size_t high = round->coded_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct place *place = &round->batch->places[middle];
        int order = memcmp(code_of(place), hash.ptr, CODE_HASH_BYTES);
        if (order == 0)
            return place;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Slips' codes are rows that are spent, tablets' become rows. */
enum code_kind { CODE_OF_SLIP, CODE_OF_TABLET };

static enum code_kind kind_of(const struct place *place)
{
    return place->item->entry->grant->is_rotating ? CODE_OF_TABLET : CODE_OF_SLIP;
}

/* The codes of that kind of the places with that outcome as the statement's arrays.
   False: there are none. */
static bool add_codes(const struct round *round, struct sql_statement *statement,
    enum code_kind kind, enum intake_outcome only)
{
    bool has_any = false;
    for (size_t i = 0; i < round->coded_count; i++) {
        const struct place *place = &round->batch->places[i];
        if (place->item->outcome != only || kind_of(place) != kind)
            continue;
        sql_add_bytes(statement, 1, code_of(place), CODE_HASH_BYTES);
        if (kind == CODE_OF_TABLET)
            sql_add_number(statement, 2, screen_day(place->item->entry->grant));
        has_any = true;
    }
    return has_any;
}

/* Coded places with that outcome whose submission is there already become duplicates. A
   repeated form must not find its own code spent. */
static enum status mark_duplicates(const struct round *round, enum intake_outcome only)
{
    struct sql_statement *have = sql_use_arrays(round->sql, SQL_SUBMISSIONS_HAVE);
    bool has_any = false;
    for (size_t i = 0; i < round->coded_count; i++) {
        const struct place *place = &round->batch->places[i];
        if (place->item->outcome != only)
            continue;
        sql_add_bytes(have, 1, id_of(place), SUBMISSION_ID_BYTES);
        has_any = true;
    }
    enum status rc = has_any ? STATUS_OK : STATUS_NOT_FOUND;
    while (rc == STATUS_OK && (rc = sql_step(have)) == STATUS_OK) {
        struct text id = sql_blob(have, 0);
        for (size_t i = 0; i < round->coded_count; i++)
            if (memcmp(id_of(&round->batch->places[i]), id.ptr, id.len) == 0)
                round->batch->places[i].item->outcome = INTAKE_DUPLICATE;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* What is spent by this stays STORED, else it is SPENT for now. */
static enum status spend(const struct round *round, enum code_kind kind)
{
    struct sql_statement *codes = sql_use_arrays(
        round->sql, kind == CODE_OF_SLIP ? SQL_CODES_SPEND : SQL_ROTATING_SPEND_MANY);
    enum status rc =
        add_codes(round, codes, kind, INTAKE_STORED) ? STATUS_OK : STATUS_NOT_FOUND;
    for (size_t i = 0; i < round->coded_count; i++) {
        const struct place *place = &round->batch->places[i];
        if (place->item->outcome == INTAKE_STORED && kind_of(place) == kind)
            place->item->outcome = INTAKE_SPENT;
    }
    while (rc == STATUS_OK && (rc = sql_step(codes)) == STATUS_OK) {
        struct place *place = find_code(round, sql_blob(codes, 0));
        if (place != NULL)
            place->item->outcome = INTAKE_STORED;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static size_t count_slips(const struct round *round, enum intake_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < round->coded_count; i++) {
        const struct place *place = &round->batch->places[i];
        count += place->item->outcome == outcome && kind_of(place) == CODE_OF_SLIP;
    }
    return count;
}

/* Why slips' codes could not be spent. NOT_FOUND: one is not in the store. */
static enum status explain(const struct round *round)
{
    size_t found = 0;
    size_t unspent = count_slips(round, INTAKE_SPENT);
    struct sql_statement *codes = sql_use_arrays(round->sql, SQL_CODES_STATE);
    if (!add_codes(round, codes, CODE_OF_SLIP, INTAKE_SPENT))
        return STATUS_OK;
    enum status rc;
    while ((rc = sql_step(codes)) == STATUS_OK) {
        struct place *place = find_code(round, sql_blob(codes, 0));
        if (place != NULL && sql_number(codes, 1) == CODE_VOID)
            place->item->outcome = INTAKE_VOID;
        found++;
    }
    if (rc != STATUS_NOT_FOUND)
        return rc;
    return found == unspent ? STATUS_OK : STATUS_NOT_FOUND;
}

/* Looked for twice: the same form may have come to another node, which held the code. */
enum status round_spend_codes(const struct round *round)
{
    enum status rc = mark_duplicates(round, INTAKE_STORED);
    if (rc == STATUS_OK)
        rc = spend(round, CODE_OF_SLIP);
    if (rc == STATUS_OK)
        rc = spend(round, CODE_OF_TABLET);
    if (rc == STATUS_OK)
        rc = mark_duplicates(round, INTAKE_SPENT);
    return rc == STATUS_OK ? explain(round) : rc;
}
