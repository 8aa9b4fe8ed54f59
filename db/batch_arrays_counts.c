/* batch_arrays_counts.c: the tallies of a batch as arrays: all stored cells that aren't
   known are asked for at once, all are written at once, in the order of their keys. */
#include "db/batch_parts.h"

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
