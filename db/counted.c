/* counted.c: tables of cells, whose keys' texts lie in an arena. */
#include "db/counted.h"

#include <stdlib.h>
#include <string.h>

/* A key's texts are 120 bytes at most, a cell's counters some 400, a set 2 KiB. */
enum { COUNTED_BYTES_MAX = 32 << 10 };

enum { NOT_ASKED = -1 };

struct counted {
    struct cells *cells;
    struct cells *sets;
    struct cells *seals;
    int64_t newest_seal; /* when those were noted, or NOT_ASKED */
    struct arena *arena;
    bool is_full;
};

static void let_go(struct counted *counted)
{
    cells_free(counted->cells);
    cells_free(counted->sets);
    cells_free(counted->seals);
    counted->cells = NULL;
    counted->sets = NULL;
    counted->seals = NULL;
    counted->newest_seal = NOT_ASKED;
}

/* Without memory nothing is known, and nothing noted. */
static bool has_tables(struct counted *counted)
{
    if (counted->cells == NULL)
        counted->cells = cells_new();
    if (counted->sets == NULL)
        counted->sets = cells_new();
    if (counted->seals == NULL)
        counted->seals = cells_new();
    return counted->cells != NULL && counted->sets != NULL && counted->seals != NULL;
}

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
    counted->is_full = false;
}

void counted_make_room(struct counted *counted)
{
    if (counted->is_full)
        counted_forget(counted);
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

const struct cell *counted_cell(struct counted *counted, const struct tally_key *key)
{
    return counted->cells == NULL ? NULL : cells_find(counted->cells, key);
}

void counted_note_cell(struct counted *counted, const struct tally_key *key,
    const struct plan_questionnaire *questionnaire, const int64_t *counters)
{
    struct tally_key kept = *key;
    if (!has_tables(counted))
        return;
    struct cell *cell = cells_find(counted->cells, key);
    if (cell == NULL && keep_key(counted, &kept))
        cell = cells_add(counted->cells, &kept, questionnaire);
    if (cell != NULL)
        memcpy(cell->counters, counters, cell->counter_count * sizeof *counters);
}

static struct tally_key key_of_set(const struct set_key *key)
{
    return cells_set_key(key->programme, key->wave, key->period, 0);
}

bool counted_set(
    struct counted *counted, const struct set_key *key, struct period_set *out)
{
    const struct tally_key asked = key_of_set(key);
    const struct cell *cell =
        counted->sets == NULL ? NULL : cells_find(counted->sets, &asked);
    if (cell != NULL)
        *out = (struct period_set){cell->counters[0], *cell->lanes};
    return cell != NULL;
}

void counted_note_set(
    struct counted *counted, const struct set_key *key, const struct period_set *set)
{
    struct tally_key kept = key_of_set(key);
    if (!has_tables(counted))
        return;
    struct cell *cell = cells_find(counted->sets, &kept);
    if (cell == NULL && keep_key(counted, &kept))
        cell = cells_add_set(counted->sets, &kept);
    if (cell == NULL)
        return;
    cell->counters[0] = set->count;
    *cell->lanes = set->lanes;
}

bool counted_seals(struct counted *counted, const struct set_key *key, int64_t *out)
{
    const struct tally_key asked = key_of_set(key);
    const struct cell *cell =
        counted->seals == NULL ? NULL : cells_find(counted->seals, &asked);
    if (cell != NULL)
        *out = cell->counters[0];
    return cell != NULL;
}

void counted_note_seals(struct counted *counted, const struct set_key *key, int64_t seals)
{
    static const struct plan_questionnaire one_counter = {.item_count = 0};
    struct tally_key kept = key_of_set(key);
    if (!has_tables(counted))
        return;
    struct cell *cell = cells_find(counted->seals, &kept);
    if (cell == NULL && keep_key(counted, &kept))
        cell = cells_add(counted->seals, &kept, &one_counter);
    if (cell != NULL)
        cell->counters[0] = seals;
}

bool counted_seals_hold(struct counted *counted, int64_t newest)
{
    bool hold = counted->newest_seal == NOT_ASKED || counted->newest_seal == newest;
    if (!hold)
        counted_forget(counted);
    else
        counted->newest_seal = newest;
    return hold;
}
