/* batch_arrays.c: a batch as arrays: a handful of calls of the server, however many
   items.

   Of two items with one id or one code the first must win, as if they were written one by
   one: a round takes one of each, the rest waits for the next round, which sees what the
   one before did. Between nodes the server's locks decide; all take them in the order of
   keys, codes before submissions. */
#include "db/batch_round.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- a round ---- */

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
    enum status rc = round_spend_codes(round);
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
