/* imports.c: an import's row, its chunks through the intake's own batch, and the way
   back: what is taken out is counted into cells and sets first, as verify does it, and
   each stored one is lowered by its counts. */
#include "db/imports.h"

#include "db/arrivals.h"
#include "db/audit.h"
#include "db/batch.h"
#include "db/comments.h"
#include "db/log.h"
#include "db/releases.h"
#include "db/rows.h"
#include "db/seals.h"
#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- beginning ---- */

/* "1000 rows, " and the file's digest. */
static enum status note_import(
    struct sql *sql, const struct import_file *file, int64_t id)
{
    char detail[40 + 2 * sizeof file->digest.bytes];
    int len = snprintf(detail, sizeof detail, "%zu rows, ", file->row_count);
    for (size_t i = 0; i < sizeof file->digest.bytes; i++)
        len += snprintf(
            detail + len, sizeof detail - (size_t)len, "%02x", file->digest.bytes[i]);
    const struct actor actor = {file->today, file->by};
    return audit_add_numbered(sql, &actor, AUDIT_IMPORT, "import", id, text_of(detail));
}

static enum status add_import(
    struct sql *sql, const struct import_file *file, int64_t *out_id)
{
    enum status rc = sql_step_number(sql_use(sql, SQL_IMPORT_NEXT), out_id);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    struct sql_statement *add = sql_use(sql, SQL_IMPORT_ADD);
    sql_bind_number(add, 1, *out_id);
    sql_bind_bytes(add, 2, file->digest.bytes, sizeof file->digest.bytes);
    sql_bind_number(add, 3, (int64_t)file->row_count);
    sql_bind_number(add, 4, file->today);
    rc = sql_run(add);
    return rc == STATUS_OK ? note_import(sql, file, *out_id) : rc;
}

enum status import_begin(
    struct store *store, const struct import_file *file, int64_t *out_id)
{
    struct sql *sql = NULL;
    int64_t id = 0;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *find = sql_use(sql, SQL_IMPORT_IN_FORCE);
    sql_bind_bytes(find, 1, file->digest.bytes, sizeof file->digest.bytes);
    rc = sql_step_number(find, &id);
    if (rc == STATUS_NOT_FOUND)
        rc = add_import(sql, file, &id);
    rc = store_end(store, sql, rc);
    if (rc == STATUS_OK)
        *out_id = id;
    return rc;
}

/* ---- chunks ---- */

/* OK: the import is there and was not withdrawn. */
static enum status check_in_force(struct sql *sql, int64_t id)
{
    int64_t is_withdrawn = 0;
    struct sql_statement *get = sql_use(sql, SQL_IMPORT_GET);
    sql_bind_number(get, 1, id);
    enum status rc = sql_step_number(get, &is_withdrawn);
    return rc == STATUS_OK && is_withdrawn != 0 ? STATUS_CONFLICT : rc;
}

static enum status count_stored(struct sql *sql, int64_t id, int64_t stored)
{
    if (stored == 0)
        return STATUS_OK;
    struct sql_statement *count = sql_use(sql, SQL_IMPORT_COUNT);
    sql_bind_number(count, 1, id);
    sql_bind_number(count, 2, stored);
    return sql_run(count);
}

/* A chunk in memory: what the batch is given. */
struct chunk {
    struct batch *batch;
    struct batch_item items[IMPORT_CHUNK];
    struct batch_item *pointers[IMPORT_CHUNK];
    size_t count;
};

static int64_t stored_of(const struct chunk *chunk)
{
    int64_t stored = 0;
    for (size_t i = 0; i < chunk->count; i++)
        stored += chunk->items[i].outcome == INTAKE_STORED;
    return stored;
}

/* What an import brought is known to whoever brought it. Rows of one wave mostly stand
   together. */
static enum status release_chunk(struct sql *sql, const struct chunk *chunk, day_t today)
{
    const struct submission *last = NULL;
    enum status rc = STATUS_OK;
    for (size_t i = 0; i < chunk->count && rc == STATUS_OK; i++) {
        const struct submission *submission = chunk->items[i].entry->submission;
        if (last != NULL && text_equals(last->programme, submission->programme) &&
            text_equals(last->wave, submission->wave))
            continue;
        rc = release_wave(sql, submission->programme, submission->wave, today);
        last = submission;
    }
    return rc;
}

static enum status write_chunk(
    struct store *store, int64_t id, day_t today, struct chunk *chunk, int64_t *stored)
{
    struct sql *sql = NULL;
    int64_t ignored = 0;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    rc = check_in_force(sql, id);
    if (rc == STATUS_OK)
        rc = arrivals_settle(sql, INT64_MAX, &ignored);
    if (rc == STATUS_OK)
        rc = batch_write(chunk->batch, sql, chunk->pointers, chunk->count);
    *stored = stored_of(chunk);
    if (rc == STATUS_OK)
        rc = count_stored(sql, id, *stored);
    if (rc == STATUS_OK && *stored > 0)
        rc = release_chunk(sql, chunk, today);
    return store_end(store, sql, rc);
}

enum status import_add_chunk(struct store *store, int64_t id, day_t today,
    struct intake_entry *entries, size_t count, struct import_counts *counts)
{
    if (count > IMPORT_CHUNK)
        return STATUS_TOO_LARGE;
    struct chunk *chunk = calloc(1, sizeof *chunk);
    if (chunk == NULL)
        return STATUS_NO_MEMORY;
    chunk->batch = batch_new(IMPORT_CHUNK);
    chunk->count = count;
    for (size_t i = 0; i < count; i++) {
        entries[i].import = id;
        chunk->items[i] = (struct batch_item){.entry = &entries[i]};
        chunk->pointers[i] = &chunk->items[i];
    }
    int64_t stored = 0;
    /* A row may be one that lies where it came, which is found only among the others, and
       the waves' comments are to be read. The transaction settles the last few. */
    arrivals_settle_most(store);
    comments_settle_most(store);
    enum status rc = STATUS_NO_MEMORY;
    if (chunk->batch != NULL)
        rc = write_chunk(store, id, today, chunk, &stored);
    batch_free(chunk->batch);
    free(chunk);
    if (rc != STATUS_OK)
        return rc;
    counts->stored += stored;
    counts->present += (int64_t)count - stored;
    store_keep_log_short(store);
    return STATUS_OK;
}

/* ---- taking back ---- */

/* An import on its way out. */
struct withdrawal {
    struct sql *sql;
    const struct plans *plans;
    int64_t id;
    int64_t submissions;
    struct cells *cells;
    struct cells *sets;
    int64_t counters[TALLY_COUNTERS_MAX]; /* of the cell at hand */
    unsigned char bytes[TALLY_CELL_BYTES_MAX];
};

static enum status mismatch(const struct withdrawal *withdrawal)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)withdrawal->id);
    log_line(LOG_LEVEL_ERROR, "import.mismatch", text_of(id));
    return STATUS_INTERNAL;
}

static enum status count_row(struct withdrawal *withdrawal, struct sql_statement *row)
{
    struct submission submission;
    struct row_reference reference;
    withdrawal->submissions++;
    if (!submission_from_row(row, &submission) ||
        row_find_reference(withdrawal->plans, &submission, &reference) != NULL ||
        row_check(&submission, &reference) != NULL)
        return mismatch(withdrawal);
    struct seal_origin origin = origin_from_row(row);
    struct seal_digest digest = seal_row(&submission, origin);
    enum status rc = row_count(withdrawal->cells, &submission, &reference);
    if (rc != STATUS_OK)
        return rc;
    return row_join_set(withdrawal->sets, &submission, &reference, origin.late, &digest);
}

static enum status count_rows(struct withdrawal *withdrawal)
{
    struct sql_statement *rows = sql_use(withdrawal->sql, SQL_IMPORT_SUBMISSIONS);
    enum status rc;
    sql_bind_number(rows, 1, withdrawal->id);
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = count_row(withdrawal, rows);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* The stored cell into counters. */
static enum status get_cell(struct withdrawal *withdrawal, const struct cell *cell)
{
    size_t count = 0;
    struct sql_statement *get = sql_use(withdrawal->sql, SQL_TALLY_GET);
    tally_key_bind(get, &cell->key, TALLY_NODE);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? mismatch(withdrawal) : rc;
    bool fits = tally_cell_from_row(get, 0, withdrawal->counters, &count) &&
                count == cell->counter_count;
    sql_reset(get);
    return fits ? STATUS_OK : mismatch(withdrawal);
}

/* A cell that counts nothing any more is taken out: it was not there before. */
static enum status put_cell(struct withdrawal *withdrawal, const struct cell *cell)
{
    bool is_empty = withdrawal->counters[0] == 0;
    struct sql_statement *put =
        sql_use(withdrawal->sql, is_empty ? SQL_TALLY_REMOVE : SQL_TALLY_SET);
    tally_key_bind(put, &cell->key, TALLY_NODE);
    if (!is_empty)
        sql_bind_bytes(put, 10, withdrawal->bytes, 4 * cell->counter_count);
    return sql_run(put);
}

static enum status lower_cell(struct withdrawal *withdrawal, const struct cell *cell)
{
    enum status rc = get_cell(withdrawal, cell);
    if (rc != STATUS_OK)
        return rc;
    for (size_t i = 0; i < cell->counter_count; i++)
        withdrawal->counters[i] -= cell->counters[i];
    /* Fails if a counter is below zero. */
    if (!tally_pack(withdrawal->counters, cell->counter_count, withdrawal->bytes))
        return mismatch(withdrawal);
    return put_cell(withdrawal, cell);
}

static enum status lower_tallies(struct withdrawal *withdrawal)
{
    for (size_t i = 0; i < cells_count(withdrawal->cells); i++) {
        enum status rc = lower_cell(withdrawal, cells_get(withdrawal->cells, i));
        if (rc != STATUS_OK)
            return rc;
    }
    return STATUS_OK;
}

static enum status release_cells(struct withdrawal *withdrawal, day_t today)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; i < cells_count(withdrawal->sets) && rc == STATUS_OK; i++) {
        const struct tally_key *key = &cells_get(withdrawal->sets, i)->key;
        rc = release_wave(withdrawal->sql, key->programme, key->wave, today);
    }
    return rc;
}

/* Of a sealed period it is kept what was taken out, so that its seals still add up. */
static enum status keep_trace(struct withdrawal *withdrawal, const struct cell *cell,
    int64_t seals, const struct period_set *set)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    struct sql_statement *add = sql_use(withdrawal->sql, SQL_WITHDRAWN_ADD);
    seal_lanes_pack(&set->lanes, bytes);
    sql_bind_number(add, 1, withdrawal->id);
    sql_bind_text(add, 2, cell->key.programme);
    sql_bind_text(add, 3, cell->key.wave);
    sql_bind_number(add, 4, cell->key.period);
    sql_bind_number(add, 5, cell->key.channel); /* the place of late */
    sql_bind_number(add, 6, seals);
    sql_bind_number(add, 7, set->count);
    sql_bind_bytes(add, 8, bytes, sizeof bytes);
    return sql_run(add);
}

static enum status lower_set(struct withdrawal *withdrawal, const struct cell *cell)
{
    const struct set_key key = {cell->key.programme, cell->key.wave, cell->key.period};
    const struct period_set taken = {cell->counters[0], *cell->lanes};
    int64_t seals = 0;
    enum status rc = set_part(withdrawal->sql, &key, &taken);
    if (rc == STATUS_OK)
        rc = seal_count(withdrawal->sql, &key, &seals);
    if (rc != STATUS_OK || seals <= cell->key.channel)
        return rc; /* no seal has seen these rows */
    return keep_trace(withdrawal, cell, seals, &taken);
}

static enum status lower_sets(struct withdrawal *withdrawal)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < cells_count(withdrawal->sets); i++)
        rc = lower_set(withdrawal, cells_get(withdrawal->sets, i));
    return rc;
}

static enum status remove_rows(struct withdrawal *withdrawal)
{
    static const enum statement removals[] = {SQL_IMPORT_REMOVE_SUBMISSIONS,
        SQL_IMPORT_UNCOUNT_COMMENTS, SQL_IMPORT_REMOVE_COMMENTS};
    for (size_t i = 0; i < sizeof removals / sizeof *removals; i++) {
        struct sql_statement *remove = sql_use(withdrawal->sql, removals[i]);
        sql_bind_number(remove, 1, withdrawal->id);
        enum status rc = sql_run(remove);
        if (rc != STATUS_OK)
            return rc;
    }
    return STATUS_OK;
}

static enum status record(
    const struct withdrawal *withdrawal, struct text reason, day_t today)
{
    struct sql_statement *record = sql_use(withdrawal->sql, SQL_IMPORT_WITHDRAW);
    sql_bind_number(record, 1, withdrawal->id);
    sql_bind_number(record, 2, today);
    sql_bind_text(record, 3, reason);
    return sql_run(record);
}

static enum status withdraw(
    struct withdrawal *withdrawal, struct text reason, day_t today)
{
    enum status rc = check_in_force(withdrawal->sql, withdrawal->id);
    if (rc == STATUS_OK)
        rc = count_rows(withdrawal);
    if (rc == STATUS_OK)
        rc = lower_tallies(withdrawal);
    if (rc == STATUS_OK)
        rc = release_cells(withdrawal, today);
    if (rc == STATUS_OK)
        rc = lower_sets(withdrawal);
    if (rc == STATUS_OK)
        rc = remove_rows(withdrawal);
    if (rc == STATUS_OK)
        rc = record(withdrawal, reason, today);
    const struct actor actor = {.today = today};
    return rc == STATUS_OK ? audit_add_numbered(withdrawal->sql, &actor,
                                 AUDIT_IMPORT_WITHDRAW, "import", withdrawal->id, reason)
                           : rc;
}

enum status import_withdraw(struct store *store, const struct plans *plans, int64_t id,
    struct text reason, day_t today, int64_t *withdrawn)
{
    struct withdrawal *withdrawal = calloc(1, sizeof *withdrawal);
    if (withdrawal == NULL)
        return STATUS_NO_MEMORY;
    withdrawal->plans = plans;
    withdrawal->id = id;
    withdrawal->cells = cells_new();
    withdrawal->sets = cells_new();
    enum status rc = withdrawal->cells == NULL || withdrawal->sets == NULL
                         ? STATUS_NO_MEMORY
                         : store_begin(store, &withdrawal->sql);
    if (rc == STATUS_OK)
        rc = store_end(store, withdrawal->sql, withdraw(withdrawal, reason, today));
    if (rc == STATUS_OK)
        *withdrawn = withdrawal->submissions;
    cells_free(withdrawal->cells);
    cells_free(withdrawal->sets);
    free(withdrawal);
    return rc;
}
