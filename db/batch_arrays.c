/* batch_arrays.c: a batch as arrays: a handful of calls of the server, however many
   items.

   Of two items with one id or one code the first must win, as if they were written one by
   one: a round takes one of each, the rest waits for the next round, which sees what the
   one before did. Between nodes the server's locks decide; all take them in the order of
   keys, codes before submissions. */
#include "db/batch_parts.h"
#include "db/screens.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- a round ---- */

struct round {
    struct batch *batch;
    struct sql *sql;
    size_t count;       /* of the batch's places */
    size_t coded_count; /* of them have a one-time code, and stand first */
};

static const unsigned char *id_of(const struct place *place)
{
    return place->item->entry->submission->id.bytes;
}

/* NULL: none that is spent. */
static const unsigned char *code_of(const struct place *place)
{
    const struct code_grant *grant = place->item->entry->grant;
    return grant == NULL || grant->is_open ? NULL : grant->hash.bytes;
}

static int compare_arrivals(const struct place *a, const struct place *b)
{
    return (a->arrival > b->arrival) - (a->arrival < b->arrival);
}

static int compare_ids(const void *a, const void *b)
{
    int order = memcmp(id_of(a), id_of(b), SUBMISSION_ID_BYTES);
    return order != 0 ? order : compare_arrivals(a, b);
}

/* Those without a code last. */
static int compare_codes(const void *a, const void *b)
{
    const unsigned char *left = code_of(a);
    const unsigned char *right = code_of(b);
    if (left == NULL || right == NULL)
        return left == right ? compare_arrivals(a, b) : (left == NULL) - (right == NULL);
    int order = memcmp(left, right, CODE_HASH_BYTES);
    return order != 0 ? order : compare_arrivals(a, b);
}

static bool is_same_id(const struct place *a, const struct place *b)
{
    return memcmp(id_of(a), id_of(b), SUBMISSION_ID_BYTES) == 0;
}

static bool is_same_code(const struct place *a, const struct place *b)
{
    return code_of(a) != NULL && code_of(b) != NULL &&
           memcmp(code_of(a), code_of(b), CODE_HASH_BYTES) == 0;
}

/* Leaves the first of those that are the same; the others go to the end of what is left.
 */
static void sift(struct round *round, size_t *left_count,
    int (*compare)(const void *, const void *),
    bool (*is_same)(const struct place *, const struct place *))
{
    struct place *places = round->batch->places;
    size_t kept = 0;
    qsort(places, round->count, sizeof *places, compare);
    for (size_t i = 0; i < round->count; i++) {
        if (kept > 0 && is_same(&places[kept - 1], &places[i]))
            round->batch->left[(*left_count)++] = places[i];
        else
            places[kept++] = places[i];
    }
    round->count = kept;
}

/* All that is left, but of each id and of each code one. */
static void choose(struct round *round, size_t *left_count)
{
    struct batch *batch = round->batch;
    memcpy(batch->places, batch->left, *left_count * sizeof *batch->places);
    round->count = *left_count;
    *left_count = 0;
    sift(round, left_count, compare_ids, is_same_id);
    sift(round, left_count, compare_codes, is_same_code);
    round->coded_count = 0;
    while (round->coded_count < round->count &&
           code_of(&batch->places[round->coded_count]) != NULL)
        round->coded_count++;
}

/* ---- codes ---- */

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
static enum status spend_codes(const struct round *round)
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

/* ---- submissions ---- */

static enum status add_submission(
    const struct round *round, struct sql_statement *add, struct place *place)
{
    const struct intake_entry *entry = place->item->entry;
    const struct submission *submission = entry->submission;
    int64_t late = 0;
    enum status rc = batch_find_lateness(round->batch, round->sql, submission, &late);
    if (rc != STATUS_OK)
        return rc;
    *place->digest = batch_digest(place->item, late);
    sql_add_bytes(add, 1, submission->id.bytes, sizeof submission->id.bytes);
    sql_add_text(add, 2, submission->programme);
    sql_add_text(add, 3, submission->wave);
    sql_add_text(add, 4, submission->centre);
    sql_add_number(add, 5, submission->channel);
    sql_add_number(add, 6, submission->mode);
    sql_add_number(add, 7, submission->plan_version);
    sql_add_number(add, 8, submission->period);
    sql_add_text(add, 9, submission->answers);
    sql_add_number(add, 10, entry->import);
    sql_add_number(add, 11, late);
    sql_add_bytes(add, 12, place->digest->bytes, SEAL_ROW_BYTES);
    sql_add_number(add, 13, submission->flags);
    return STATUS_OK;
}

/* The places are sorted by it. */
static struct place *find_id(const struct round *round, struct text id)
{
    size_t low = 0;
    size_t high = round->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct place *place = &round->batch->places[middle];
        int order = memcmp(id_of(place), id.ptr, SUBMISSION_ID_BYTES);
        if (order == 0)
            return place;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static size_t count_stored(const struct round *round, bool with_code)
{
    size_t count = 0;
    for (size_t i = 0; i < round->count; i++) {
        const struct place *place = &round->batch->places[i];
        if (place->item->outcome == INTAKE_STORED &&
            (code_of(place) != NULL || !with_code))
            count++;
    }
    return count;
}

/* What is given back was added, the rest was there. CLOSED: for one of those a code was
   spent just now, so that another node took the same form in meanwhile; the next try sees
   it. */
static enum status take_added(const struct round *round, struct sql_statement *add)
{
    size_t spent = count_stored(round, true);
    enum status rc;
    for (size_t i = 0; i < round->count; i++)
        if (round->batch->places[i].item->outcome == INTAKE_STORED)
            round->batch->places[i].item->outcome = INTAKE_DUPLICATE;
    while ((rc = sql_step(add)) == STATUS_OK) {
        struct place *place = find_id(round, sql_blob(add, 0));
        if (place != NULL)
            place->item->outcome = INTAKE_STORED;
    }
    if (rc != STATUS_NOT_FOUND)
        return rc;
    return count_stored(round, true) == spent ? STATUS_OK : STATUS_CLOSED;
}

/* How many seals there are is what a node remembers of its periods, so it asks with the
   rows whether anybody has sealed since; nobody does in the same moment. CLOSED: somebody
   has, and the next try asks. */
static enum status add_unless_sealed(const struct round *round, struct sql_statement *add)
{
    struct counted *counted = batch_counted(round->batch);
    if (counted == NULL)
        return take_added(round, add);
    struct sql_statement *newest = sql_use(round->sql, SQL_SEAL_LAST);
    enum status rc = sql_ask_ahead(newest);
    if (rc == STATUS_OK)
        rc = take_added(round, add);
    enum status found = rc == STATUS_OK ? sql_step(newest) : rc;
    int64_t number = found == STATUS_OK ? sql_number(newest, 0) : 0;
    sql_reset(newest);
    if (found != STATUS_OK && found != STATUS_NOT_FOUND)
        return found;
    return counted_seals_hold(counted, number) ? STATUS_OK : STATUS_CLOSED;
}

static enum status add_submissions(const struct round *round)
{
    struct place *places = round->batch->places;
    if (count_stored(round, false) == 0)
        return STATUS_OK;
    qsort(places, round->count, sizeof *places, compare_ids);
    struct sql_statement *add = sql_use_arrays(round->sql, SQL_SUBMISSIONS_ADD);
    for (size_t i = 0; i < round->count; i++) {
        enum status rc = places[i].item->outcome == INTAKE_STORED
                             ? add_submission(round, add, &places[i])
                             : STATUS_OK;
        if (rc != STATUS_OK)
            return rc;
    }
    return add_unless_sealed(round, add);
}

static void add_comment(struct sql_statement *add, const struct intake_entry *entry,
    const struct comment *comment)
{
    const struct submission *submission = entry->submission;
    unsigned char id[SUBMISSION_ID_BYTES];
    randombytes_buf(id, sizeof id);
    sql_add_bytes(add, 1, id, sizeof id);
    sql_add_text(add, 2, submission->programme);
    sql_add_text(add, 3, submission->wave);
    sql_add_text(add, 4, submission->centre);
    sql_add_number(add, 5, submission->overall);
    sql_add_text(add, 6, comment->item);
    sql_add_text(add, 7, comment->text);
    sql_add_number(add, 8, entry->import);
}

static enum status add_comments(const struct round *round)
{
    struct sql_statement *add = sql_use_arrays(round->sql, SQL_COMMENTS_ADD);
    bool has_any = false;
    for (size_t i = 0; i < round->count; i++) {
        const struct batch_item *item = round->batch->places[i].item;
        const struct submission *submission = item->entry->submission;
        if (item->outcome != INTAKE_STORED)
            continue;
        for (size_t k = 0; k < submission->comment_count; k++)
            add_comment(add, item->entry, &submission->comments[k]);
        has_any = has_any || submission->comment_count > 0;
    }
    return has_any ? sql_run_later(add) : STATUS_OK;
}

/* ---- the whole ---- */

static enum status write_round(const struct round *round)
{
    struct batch *batch = round->batch;
    for (size_t i = 0; i < round->count; i++)
        batch->places[i].item->outcome = INTAKE_STORED;
    enum status rc = spend_codes(round);
    if (rc == STATUS_OK)
        rc = add_submissions(round);
    if (rc == STATUS_OK)
        rc = add_comments(round);
    for (size_t i = 0; rc == STATUS_OK && i < round->count; i++) {
        const struct place *place = &batch->places[i];
        if (place->item->outcome == INTAKE_STORED)
            batch_add_deltas(batch, place->item, place->digest);
    }
    return rc;
}

void arrays_add(struct batch *batch, struct batch_item *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = batch->count++;
        batch->left[at] = (struct place){items[i], at, &batch->digests[at]};
    }
}

enum status arrays_write_rows(struct batch *batch, struct sql *sql)
{
    struct round round = {.batch = batch, .sql = sql};
    size_t left_count = batch->count;
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK && left_count > 0) {
        choose(&round, &left_count);
        rc = write_round(&round);
    }
    return rc;
}

/* ---- tallies ---- */

static void add_key(
    struct sql_statement *statement, const struct tally_key *key, int64_t node)
{
    sql_add_number(statement, 1, key->slice);
    sql_add_text(statement, 2, key->programme);
    sql_add_text(statement, 3, key->wave);
    sql_add_number(statement, 4, key->period);
    sql_add_text(statement, 5, key->centre);
    sql_add_number(statement, 6, key->channel);
    sql_add_number(statement, 7, key->mode);
    sql_add_number(statement, 8, key->flags);
    sql_add_number(statement, 9, node);
}

/* Asks for the stored cells of all deltas, but those that are known. False: for none. */
static bool ask_for_cells(const struct batch *batch, struct sql_statement *get)
{
    const struct delta *deltas = batch->deltas;
    struct counted *counted = batch_counted(batch);
    bool asks = false;
    for (size_t i = 0; i < batch->delta_count; i++) {
        const struct tally_key *key = &deltas[i].key;
        if (i > 0 && tally_key_compare(key, &deltas[i - 1].key) == 0)
            continue;
        if (counted != NULL && counted_cell(counted, key) != NULL)
            continue;
        add_key(get, key, batch->node);
        asks = true;
    }
    return asks;
}

/* The answer to that: cells come in the order of the deltas, those that are there. */
struct asked_cells {
    struct sql_statement *get;
    int64_t asked; /* how many of those asked for were looked for */
    int64_t place; /* of the one at hand among them, from 1; 0: there is none any more */
};

static enum status next_cell(struct asked_cells *cells)
{
    enum status rc = sql_step(cells->get);
    cells->place = rc == STATUS_OK ? sql_number(cells->get, 0) : 0;
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* What the node has counted in a cell so far, on top of the counters. */
static enum status add_so_far(struct batch *batch, struct asked_cells *cells,
    const struct tally_key *key, size_t count)
{
    struct counted *counted = batch_counted(batch);
    const struct cell *cell = counted == NULL ? NULL : counted_cell(counted, key);
    if (cell != NULL)
        return batch_add_known(batch, cell, count);
    if (cells->place != ++cells->asked)
        return STATUS_OK;
    enum status rc = batch_add_stored(batch, cells->get, 1, key, count);
    return rc == STATUS_OK ? next_cell(cells) : rc;
}

static enum status raise_cells(
    struct batch *batch, struct asked_cells *cells, struct sql_statement *set)
{
    struct counted *counted = batch_counted(batch);
    enum status rc = STATUS_OK;
    for (size_t at = 0; rc == STATUS_OK && at < batch->delta_count;) {
        size_t count = 0;
        const struct delta *delta = &batch->deltas[at];
        batch_count_cell(batch, at, &count, &at);
        rc = add_so_far(batch, cells, &delta->key, count);
        if (rc == STATUS_OK)
            rc = batch_pack(batch, &delta->key, count);
        if (rc == STATUS_OK && counted != NULL)
            counted_note_cell(
                counted, &delta->key, delta->item->entry->questionnaire, batch->counters);
        add_key(set, &delta->key, batch->node);
        sql_add_bytes(set, 10, batch->bytes, 4 * count);
    }
    return rc;
}

enum status arrays_write_tallies(struct batch *batch, struct sql *sql)
{
    if (batch->delta_count == 0)
        return STATUS_OK;
    struct asked_cells cells = {.get = sql_use_arrays(sql, SQL_TALLIES_GET)};
    struct sql_statement *set = sql_use_arrays(sql, SQL_TALLIES_SET);
    enum status rc = ask_for_cells(batch, cells.get) ? next_cell(&cells) : STATUS_OK;
    if (rc == STATUS_OK)
        rc = raise_cells(batch, &cells, set);
    sql_reset(cells.get);
    return rc == STATUS_OK ? sql_run_later(set) : rc;
}
