/* counted.c: tables of cells, whose keys' texts lie in an arena. */
#include "db/counted.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* A key's texts are 120 bytes at most, a cell's counters some 400, a set 2 KiB. */
    COUNTED_BYTES_MAX = 32 << 10,
    NOT_ASKED = -1
};

enum table { CELLS, SETS, SEALS, TABLE_COUNT };

struct counted {
    struct cells *tables[TABLE_COUNT]; /* NULL: nothing is known of it */
    int64_t newest_seal;               /* when those were noted, or NOT_ASKED */
    struct arena *arena;
    bool is_full;
};

struct counted *counted_new(void)
{
    struct counted *counted = calloc(1, sizeof *counted);
    if (counted == NULL)
        return NULL;
    counted->newest_seal = NOT_ASKED;
    counted->arena = arena_new(COUNTED_BYTES_MAX);
    if (counted->arena != NULL)
        return counted;
    free(counted);
    return NULL;
}

static void let_go(struct counted *counted)
{
    for (int i = 0; i < TABLE_COUNT; i++) {
        cells_free(counted->tables[i]);
        counted->tables[i] = NULL;
    }
}

void counted_free(struct counted *counted)
{
    if (counted == NULL)
        return;
    let_go(counted);
    arena_free(counted->arena);
    free(counted);
}

void counted_forget(struct counted *counted)
{
    let_go(counted);
    arena_reset(counted->arena);
    counted->newest_seal = NOT_ASKED;
    counted->is_full = false;
}

void counted_make_room(struct counted *counted)
{
    if (counted->is_full)
        counted_forget(counted);
}

/* ---- what the tables share ---- */

static struct cell *find(
    struct counted *counted, enum table table, const struct tally_key *key)
{
    struct cells *cells = counted->tables[table];
    return cells == NULL ? NULL : cells_find(cells, key);
}

/* The same key for as long as anything is known. False: there is no room for it. */
static bool keep_key(struct counted *counted, struct tally_key *key)
{
    key->programme = text_copy(counted->arena, key->programme);
    key->wave = text_copy(counted->arena, key->wave);
    key->centre = text_copy(counted->arena, key->centre);
    counted->is_full = counted->is_full || key->programme.ptr == NULL ||
                       key->wave.ptr == NULL || key->centre.ptr == NULL;
    return !counted->is_full;
}

/* The cell of that key, to be written; a new one has the counters of a questionnaire.
   NULL: it is a new one, and there is no room for it. */
static struct cell *find_or_add(struct counted *counted, enum table table,
    struct tally_key key, const struct plan_questionnaire *questionnaire)
{
    struct cell *cell = find(counted, table, &key);
    if (cell != NULL)
        return cell;
    struct cells **cells = &counted->tables[table];
    if (*cells == NULL)
        *cells = cells_new();
    if (*cells == NULL || !keep_key(counted, &key))
        return NULL;
    return table == SETS ? cells_add_set(*cells, &key)
                         : cells_add(*cells, &key, questionnaire);
}

static struct tally_key key_of_set(const struct set_key *key)
{
    return cells_set_key(key->programme, key->wave, key->period, 0);
}

/* ---- cells, sets, seals ---- */

const struct cell *counted_cell(struct counted *counted, const struct tally_key *key)
{
    return find(counted, CELLS, key);
}

void counted_note_cell(struct counted *counted, const struct tally_key *key,
    const struct plan_questionnaire *questionnaire, const int64_t *counters)
{
    struct cell *cell = find_or_add(counted, CELLS, *key, questionnaire);
    if (cell != NULL)
        memcpy(cell->counters, counters, cell->counter_count * sizeof *counters);
}

bool counted_set(
    struct counted *counted, const struct set_key *key, struct period_set *out)
{
    const struct tally_key asked = key_of_set(key);
    const struct cell *cell = find(counted, SETS, &asked);
    if (cell != NULL)
        *out = (struct period_set){cell->counters[0], *cell->lanes};
    return cell != NULL;
}

void counted_note_set(
    struct counted *counted, const struct set_key *key, const struct period_set *set)
{
    struct cell *cell = find_or_add(counted, SETS, key_of_set(key), NULL);
    if (cell == NULL)
        return;
    cell->counters[0] = set->count;
    *cell->lanes = set->lanes;
}

bool counted_seals(struct counted *counted, const struct set_key *key, int64_t *out)
{
    const struct tally_key asked = key_of_set(key);
    const struct cell *cell = find(counted, SEALS, &asked);
    if (cell != NULL)
        *out = cell->counters[0];
    return cell != NULL;
}

void counted_note_seals(struct counted *counted, const struct set_key *key, int64_t seals)
{
    static const struct plan_questionnaire without_items; /* one counter */
    struct cell *cell = find_or_add(counted, SEALS, key_of_set(key), &without_items);
    if (cell != NULL)
        cell->counters[0] = seals;
}

bool counted_seals_hold(struct counted *counted, int64_t newest)
{
    if (counted->newest_seal != NOT_ASKED && counted->newest_seal != newest) {
        counted_forget(counted);
        return false;
    }
    counted->newest_seal = newest;
    return true;
}
