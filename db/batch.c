/* batch.c: the rows of a batch, then its tallies and its periods' sets: coalesced in
   memory and written in the order of their key, one row a cell or a period, since these
   are what an intake costs most. */
#include "db/batch_parts.h"

#include "db/log.h"
#include "db/screens.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct batch *batch_new(size_t item_max)
{
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return NULL;
    batch->deltas = calloc(item_max * TALLY_SLICE_COUNT, sizeof *batch->deltas);
    batch->digests = calloc(item_max, sizeof *batch->digests);
    batch->places = calloc(item_max, sizeof *batch->places);
    batch->left = calloc(item_max, sizeof *batch->left);
    batch->counted = counted_new();
    if (batch->deltas == NULL || batch->digests == NULL || batch->places == NULL ||
        batch->left == NULL || batch->counted == NULL) {
        batch_free(batch);
        return NULL;
    }
    return batch;
}

void batch_free(struct batch *batch)
{
    if (batch == NULL)
        return;
    free(batch->deltas);
    free(batch->digests);
    free(batch->places);
    free(batch->left);
    counted_free(batch->counted);
    free(batch);
}

void batch_let_lie(struct batch *batch, struct arrivals *arrivals)
{
    batch->arrivals = arrivals;
}

struct counted *batch_counted(const struct batch *batch)
{
    return batch->node == TALLY_NODE ? NULL : batch->counted;
}

/* ---- rows ---- */

/* OK: it is there. NOT_FOUND: not. */
static enum status find_submission(
    const struct batch *batch, struct sql *sql, const struct submission_id *id)
{
    if (batch->arrivals != NULL) {
        enum status rc = arrivals_find(batch->arrivals, sql, id);
        if (rc != STATUS_NOT_FOUND)
            return rc;
    }
    struct sql_statement *has = sql_use(sql, SQL_SUBMISSION_HAS);
    sql_bind_bytes(has, 1, id->bytes, sizeof id->bytes);
    enum status rc = sql_step(has);
    if (rc == STATUS_OK)
        sql_reset(has);
    return rc;
}

/* Why a code could not be spent. */
static enum status explain_code(
    struct sql *sql, const struct code_hash *hash, enum intake_outcome *out)
{
    struct sql_statement *find = sql_use(sql, SQL_CODE_FIND);
    sql_bind_bytes(find, 1, hash->bytes, sizeof hash->bytes);
    enum status rc = sql_step(find);
    if (rc != STATUS_OK)
        return rc;
    *out = sql_number(find, 5) == CODE_VOID ? INTAKE_VOID : INTAKE_SPENT;
    sql_reset(find);
    return STATUS_OK;
}

static enum status spend_rotating(
    struct sql *sql, const struct code_grant *grant, enum intake_outcome *out)
{
    bool is_first = false;
    enum status rc = screen_spend_code(sql, grant, &is_first);
    if (rc == STATUS_OK && !is_first)
        *out = INTAKE_SPENT;
    return rc;
}

static enum status spend_code(
    struct sql *sql, const struct code_grant *grant, enum intake_outcome *out)
{
    if (grant->is_rotating)
        return spend_rotating(sql, grant, out);
    struct sql_statement *spend = sql_use(sql, SQL_CODE_SPEND);
    sql_bind_bytes(spend, 1, grant->hash.bytes, sizeof grant->hash.bytes);
    enum status rc = sql_run(spend);
    if (rc != STATUS_OK)
        return rc;
    return sql_changes(sql) == 1 ? STATUS_OK : explain_code(sql, &grant->hash, out);
}

/* A repeated form must not find its own code spent, so the id is looked for first; where
   rows may lie in two places, always. Else the row itself tells. */
static enum status enter(const struct batch *batch, struct sql *sql,
    const struct intake_entry *entry, enum intake_outcome *out)
{
    const struct code_grant *grant = entry->grant;
    bool spends = grant != NULL && !grant->is_open;
    *out = INTAKE_STORED;
    if (spends || batch->arrivals != NULL) {
        enum status rc = find_submission(batch, sql, &entry->submission->id);
        if (rc == STATUS_OK)
            *out = INTAKE_DUPLICATE;
        if (rc != STATUS_NOT_FOUND)
            return rc;
    }
    return spends ? spend_code(sql, grant, out) : STATUS_OK;
}

enum status batch_find_lateness(struct batch *batch, struct sql *sql,
    const struct submission *submission, int64_t *out)
{
    const struct set_key key = {
        submission->programme, submission->wave, submission->period};
    size_t kept =
        batch->lateness_count < LATENESS_KEPT ? batch->lateness_count : LATENESS_KEPT;
    for (size_t i = 0; i < kept; i++) {
        if (set_key_compare(&batch->lateness[i].key, &key) == 0) {
            *out = batch->lateness[i].seals;
            return STATUS_OK;
        }
    }
    struct counted *counted = batch_counted(batch);
    bool is_known = counted != NULL && counted_seals(counted, &key, out);
    enum status rc = is_known ? STATUS_OK : seal_count(sql, &key, out);
    if (rc != STATUS_OK)
        return rc;
    if (counted != NULL && !is_known)
        counted_note_seals(counted, &key, *out);
    batch->lateness[batch->lateness_count++ % LATENESS_KEPT] =
        (struct lateness){key, *out};
    return STATUS_OK;
}

struct seal_digest batch_digest(const struct batch_item *item, int64_t late)
{
    const struct seal_origin origin = {.import = item->entry->import, .late = late};
    return item->part != NULL && late == 0 ? item->part->digest
                                           : seal_row(item->entry->submission, origin);
}

/* Where it came; 0: it goes where it stays. */
static int64_t find_place(
    const struct batch *batch, const struct intake_entry *entry, int64_t late)
{
    if (batch->arrivals == NULL || late > 0 || entry->import > 0)
        return 0;
    return arrivals_take_place(batch->arrivals, &entry->submission->id);
}

static enum status add_submission(struct batch *batch, struct sql *sql,
    struct batch_item *item, struct seal_digest *digest)
{
    const struct submission *submission = item->entry->submission;
    int64_t late = 0;
    enum status rc = batch_find_lateness(batch, sql, submission, &late);
    if (rc != STATUS_OK)
        return rc;
    *digest = batch_digest(item, late);
    int64_t place = find_place(batch, item->entry, late);
    struct sql_statement *add =
        sql_use(sql, place == 0 ? SQL_SUBMISSION_ADD : SQL_ARRIVAL_ADD);
    sql_bind_bytes(add, 1, submission->id.bytes, sizeof submission->id.bytes);
    sql_bind_text(add, 2, submission->programme);
    sql_bind_text(add, 3, submission->wave);
    sql_bind_text(add, 4, submission->centre);
    sql_bind_number(add, 5, submission->channel);
    sql_bind_number(add, 6, submission->mode);
    sql_bind_number(add, 7, submission->plan_version);
    sql_bind_number(add, 8, submission->period);
    sql_bind_text(add, 9, submission->answers);
    sql_bind_number(add, 10, item->entry->import);
    sql_bind_number(add, 11, late);
    sql_bind_bytes(add, 12, digest->bytes, SEAL_ROW_BYTES);
    sql_bind_number(add, 13, submission->flags);
    if (place != 0)
        sql_bind_number(add, 14, place);
    rc = sql_run(add);
    if (rc == STATUS_OK)
        item->outcome = sql_changes(sql) == 1 ? INTAKE_STORED : INTAKE_DUPLICATE;
    return rc;
}

static enum status add_comment(
    struct sql *sql, const struct intake_entry *entry, const struct comment *comment)
{
    const struct submission *submission = entry->submission;
    unsigned char id[SUBMISSION_ID_BYTES];
    randombytes_buf(id, sizeof id);
    struct sql_statement *add = sql_use(sql, SQL_COMMENT_ADD);
    sql_bind_bytes(add, 1, id, sizeof id);
    sql_bind_text(add, 2, submission->programme);
    sql_bind_text(add, 3, submission->wave);
    sql_bind_text(add, 4, submission->centre);
    sql_bind_number(add, 5, submission->overall);
    sql_bind_text(add, 6, comment->item);
    sql_bind_text(add, 7, comment->text);
    sql_bind_number(add, 8, entry->import);
    return sql_run(add);
}

static enum status write_item(struct batch *batch, struct sql *sql,
    struct batch_item *item, struct seal_digest *digest)
{
    const struct submission *submission = item->entry->submission;
    enum status rc = enter(batch, sql, item->entry, &item->outcome);
    if (rc == STATUS_OK && item->outcome == INTAKE_STORED)
        rc = add_submission(batch, sql, item, digest);
    if (item->outcome != INTAKE_STORED)
        return rc;
    for (size_t i = 0; rc == STATUS_OK && i < submission->comment_count; i++)
        rc = add_comment(sql, item->entry, &submission->comments[i]);
    return rc;
}

/* ---- tallies ---- */

void batch_add_deltas(
    struct batch *batch, const struct batch_item *item, const struct seal_digest *digest)
{
    for (int slice = 0; slice < TALLY_SLICE_COUNT; slice++)
        batch->deltas[batch->delta_count++] = (struct delta){
            .key = tally_key_of((enum tally_slice)slice, item->entry->submission),
            .item = item,
            .digest = digest,
        };
}

static int compare_deltas(const void *a, const void *b)
{
    const struct delta *left = a;
    const struct delta *right = b;
    return tally_key_compare(&left->key, &right->key);
}

static enum status add_counters(struct batch *batch, const int64_t *counters, bool fits,
    const struct tally_key *key, size_t count)
{
    if (!fits) {
        log_line(LOG_LEVEL_ERROR, "tally.misfit", key->programme);
        return STATUS_INTERNAL;
    }
    for (size_t i = 0; i < count; i++)
        batch->counters[i] += counters[i];
    return STATUS_OK;
}

enum status batch_add_stored(struct batch *batch, struct sql_statement *row, int column,
    const struct tally_key *key, size_t count)
{
    size_t stored_count = 0;
    bool fits = tally_cell_from_row(row, column, batch->stored, &stored_count) &&
                stored_count == count;
    return add_counters(batch, batch->stored, fits, key, count);
}

enum status batch_add_known(struct batch *batch, const struct cell *cell, size_t count)
{
    return add_counters(
        batch, cell->counters, cell->counter_count == count, &cell->key, count);
}

enum status batch_pack(struct batch *batch, const struct tally_key *key, size_t count)
{
    if (tally_pack(batch->counters, count, batch->bytes))
        return STATUS_OK;
    log_line(LOG_LEVEL_ERROR, "tally.full", key->programme);
    return STATUS_INTERNAL;
}

static enum status add_stored(
    struct batch *batch, struct sql *sql, const struct tally_key *key, size_t count)
{
    struct sql_statement *get = sql_use(sql, SQL_TALLY_GET);
    tally_key_bind(get, key, batch->node);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    rc = batch_add_stored(batch, get, 0, key, count);
    sql_reset(get);
    return rc;
}

static enum status write_cell(
    struct batch *batch, struct sql *sql, const struct tally_key *key, size_t count)
{
    enum status rc = add_stored(batch, sql, key, count);
    if (rc == STATUS_OK)
        rc = batch_pack(batch, key, count);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *set = sql_use(sql, SQL_TALLY_SET);
    tally_key_bind(set, key, batch->node);
    sql_bind_bytes(set, 10, batch->bytes, 4 * count);
    return sql_run(set);
}

void batch_count_cell(struct batch *batch, size_t first, size_t *count, size_t *end)
{
    const struct delta *deltas = batch->deltas;
    *count = tally_size(deltas[first].item->entry->questionnaire);
    memset(batch->counters, 0, *count * sizeof *batch->counters);
    size_t at = first;
    do {
        const struct intake_entry *entry = deltas[at].item->entry;
        tally_add(entry->questionnaire, entry->submission->answers, batch->counters);
        at++;
    } while (at < batch->delta_count &&
             tally_key_compare(&deltas[at].key, &deltas[first].key) == 0);
    *end = at;
}

static enum status write_tallies(struct batch *batch, struct sql *sql)
{
    for (size_t at = 0; at < batch->delta_count;) {
        size_t count = 0;
        const struct tally_key *key = &batch->deltas[at].key;
        batch_count_cell(batch, at, &count, &at);
        enum status rc = write_cell(batch, sql, key, count);
        if (rc != STATUS_OK)
            return rc;
    }
    return STATUS_OK;
}

/* ---- sets ---- */

static struct set_key set_key_of(const struct delta *delta)
{
    return (struct set_key){delta->key.programme, delta->key.wave, delta->key.period};
}

/* NULL: it is in batch->set, and nobody need ask. */
static enum status ask_for_set(
    struct batch *batch, struct sql *sql, size_t at, struct sql_statement **out)
{
    const struct set_key key = set_key_of(&batch->deltas[at]);
    struct counted *counted = batch_counted(batch);
    *out = NULL;
    if (counted != NULL && counted_set(counted, &key, &batch->set))
        return STATUS_OK;
    return set_ask(sql, &key, batch->node, out);
}

static enum status put_set(
    struct batch *batch, struct sql *sql, const struct set_key *key)
{
    struct counted *counted = batch_counted(batch);
    if (counted != NULL)
        counted_note_set(counted, key, &batch->set);
    return set_put(sql, key, batch->node, &batch->set);
}

/* What the item brings along is its row's only if it came in time. */
static void add_to_set(struct seal_lanes *lanes, const struct delta *delta)
{
    const struct seal_part *part = delta->item->part;
    if (part != NULL && seal_digest_equals(&part->digest, delta->digest))
        seal_lanes_join(lanes, &part->lanes);
    else
        seal_lanes_add(lanes, delta->digest);
}

/* The deltas of the slice by period are sorted by programme, wave and period first. */
static enum status add_up_set(struct batch *batch, struct sql *sql,
    struct sql_statement *asked, size_t first, size_t *end)
{
    const struct set_key key = set_key_of(&batch->deltas[first]);
    struct set_key next = key;
    size_t at = first;
    enum status rc = asked == NULL ? STATUS_OK : set_take(asked, &key, &batch->set);
    if (rc != STATUS_OK)
        return rc;
    do {
        batch->set.count++;
        add_to_set(&batch->set.lanes, &batch->deltas[at]);
        if (++at < batch->delta_count)
            next = set_key_of(&batch->deltas[at]);
    } while (at < batch->delta_count && set_key_compare(&next, &key) == 0);
    *end = at;
    return put_set(batch, sql, &key);
}

/* Where the deltas by period begin: they are the last. */
static size_t find_sets(const struct batch *batch)
{
    size_t at = 0;
    while (at < batch->delta_count && batch->deltas[at].key.slice != TALLY_BY_PERIOD)
        at++;
    return at;
}

/* The first set is asked for before the tallies: a server then answers both at once. */
static enum status write_counts(struct batch *batch, struct sql *sql, bool as_arrays)
{
    struct sql_statement *asked = NULL;
    size_t at = find_sets(batch);
    if (at == batch->delta_count)
        return STATUS_OK;
    enum status rc = ask_for_set(batch, sql, at, &asked);
    if (rc == STATUS_OK)
        rc = as_arrays ? arrays_write_tallies(batch, sql) : write_tallies(batch, sql);
    while (rc == STATUS_OK) {
        rc = add_up_set(batch, sql, asked, at, &at);
        if (at == batch->delta_count)
            break;
        if (rc == STATUS_OK)
            rc = ask_for_set(batch, sql, at, &asked);
    }
    return rc;
}

/* ---- the whole ---- */

static enum status write_rows(
    struct batch *batch, struct sql *sql, struct batch_item *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct seal_digest *digest = &batch->digests[batch->count++];
        enum status rc = write_item(batch, sql, items[i], digest);
        if (rc != STATUS_OK)
            return rc;
        if (items[i]->outcome == INTAKE_STORED)
            batch_add_deltas(batch, items[i], digest);
    }
    return STATUS_OK;
}

/* CLOSED where the same again may succeed. */
static enum status status_of(const struct sql *sql, enum status rc)
{
    return rc != STATUS_OK && sql_wants_again(sql) ? STATUS_CLOSED : rc;
}

/* A number may be another's as soon as its connection is gone. */
enum status batch_begin(struct batch *batch, struct sql *sql, int64_t node)
{
    if (!batch->is_committed || batch->serial != sql_serial(sql) || batch->node != node)
        counted_forget(batch->counted);
    counted_make_room(batch->counted);
    batch->node = node;
    batch->serial = sql_serial(sql);
    batch->is_committed = false;
    batch->count = 0;
    batch->delta_count = 0;
    batch->lateness_count = 0;
    return batch->arrivals == NULL ? STATUS_OK : arrivals_begin(batch->arrivals, sql);
}

enum status batch_add(
    struct batch *batch, struct sql *sql, struct batch_item *const *items, size_t count)
{
    if (!sql_takes_arrays(sql))
        return status_of(sql, write_rows(batch, sql, items, count));
    arrays_add(batch, items, count);
    return STATUS_OK;
}

enum status batch_finish(struct batch *batch, struct sql *sql)
{
    _Static_assert(TALLY_BY_PERIOD == TALLY_SLICE_COUNT - 1, "the last in key order");
    bool as_arrays = sql_takes_arrays(sql);
    enum status rc = as_arrays ? arrays_write_rows(batch, sql) : STATUS_OK;
    qsort(batch->deltas, batch->delta_count, sizeof *batch->deltas, compare_deltas);
    if (rc == STATUS_OK)
        rc = write_counts(batch, sql, as_arrays);
    return status_of(sql, rc);
}

void batch_committed(struct batch *batch)
{
    batch->is_committed = true;
}

enum status batch_write(
    struct batch *batch, struct sql *sql, struct batch_item *const *items, size_t count)
{
    enum status rc = batch_begin(batch, sql, TALLY_NODE);
    if (rc == STATUS_OK)
        rc = batch_add(batch, sql, items, count);
    return rc == STATUS_OK ? batch_finish(batch, sql) : rc;
}
