/* cells.c: an open-addressing table of indices over a growing array of cells. */
#include "db/cells.h"

#include <assert.h>
#include <stdlib.h>

enum { PLACES_AT_FIRST = 256 }; /* a power of two, as always */

struct cells {
    struct cell *list;
    size_t count;
    size_t capacity;
    size_t *places; /* 0: free, else 1 + the index of a cell; at most half are taken */
    size_t place_count;
};

struct cells *cells_new(void)
{
    struct cells *cells = calloc(1, sizeof *cells);
    if (cells == NULL)
        return NULL;
    cells->place_count = PLACES_AT_FIRST;
    cells->places = calloc(cells->place_count, sizeof *cells->places);
    if (cells->places == NULL) {
        free(cells);
        return NULL;
    }
    return cells;
}

void cells_free(struct cells *cells)
{
    if (cells == NULL)
        return;
    for (size_t i = 0; i < cells->count; i++) {
        free(cells->list[i].counters);
        free(cells->list[i].lanes);
    }
    free(cells->list);
    free(cells->places);
    free(cells);
}

/* FNV-1a, but numbers whole: few bits differ and the multiplication spreads them. */
static uint64_t mix(uint64_t hash, int64_t number)
{
    return (hash ^ (uint64_t)number) * 1099511628211U;
}

static uint64_t mix_text(uint64_t hash, struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = mix(hash, (unsigned char)text.ptr[i]);
    return hash;
}

static uint64_t hash_key(const struct tally_key *key)
{
    uint64_t hash = mix(14695981039346656037U, key->slice);
    hash = mix(hash, key->period);
    hash = mix(hash, key->channel);
    hash = mix(hash, key->mode);
    hash = mix(hash, key->flags);
    hash = mix_text(hash, key->programme);
    hash = mix_text(hash, key->wave);
    hash = mix_text(hash, key->centre);
    return hash ^ (hash >> 32);
}

/* The place that holds the key, or the free one where it belongs. */
static size_t *place_of(struct cells *cells, const struct tally_key *key)
{
    size_t mask = cells->place_count - 1;
    size_t at = hash_key(key) & mask;
    while (cells->places[at] != 0 &&
           tally_key_compare(&cells->list[cells->places[at] - 1].key, key) != 0)
        at = (at + 1) & mask;
    return &cells->places[at];
}

static bool widen_places(struct cells *cells)
{
    if (cells->count < cells->place_count / 2)
        return true;
    assert(cells->count == 0 || cells->list != NULL);
    size_t *wider = calloc(cells->place_count * 2, sizeof *wider);
    if (wider == NULL)
        return false;
    free(cells->places);
    cells->places = wider;
    cells->place_count *= 2;
    for (size_t i = 0; i < cells->count; i++)
        *place_of(cells, &cells->list[i].key) = i + 1;
    return true;
}

static bool lengthen_list(struct cells *cells)
{
    if (cells->count < cells->capacity)
        return true;
    size_t wanted = cells->capacity == 0 ? 64 : cells->capacity * 2;
    struct cell *longer = realloc(cells->list, wanted * sizeof *longer);
    if (longer == NULL)
        return false;
    cells->list = longer;
    cells->capacity = wanted;
    return true;
}

struct cell *cells_find(struct cells *cells, const struct tally_key *key)
{
    size_t place = *place_of(cells, key);
    return place == 0 ? NULL : &cells->list[place - 1];
}

/* A new cell of so many counters; has_lanes: a set. */
static struct cell *append(struct cells *cells, const struct tally_key *key,
    size_t counter_count, bool has_lanes)
{
    if (!widen_places(cells) || !lengthen_list(cells))
        return NULL;
    struct cell cell = {.key = *key,
        .counters = calloc(counter_count, sizeof(int64_t)),
        .counter_count = counter_count,
        .lanes = has_lanes ? calloc(1, sizeof *cell.lanes) : NULL};
    if (cell.counters == NULL || (has_lanes && cell.lanes == NULL)) {
        free(cell.counters);
        free(cell.lanes);
        return NULL;
    }
    assert(cells->list != NULL);
    cells->list[cells->count++] = cell;
    *place_of(cells, key) = cells->count;
    return &cells->list[cells->count - 1];
}

struct cell *cells_add(struct cells *cells, const struct tally_key *key,
    const struct plan_questionnaire *questionnaire)
{
    struct cell *cell = cells_find(cells, key);
    if (cell != NULL)
        return cell;
    cell = append(cells, key, tally_size(questionnaire), false);
    if (cell != NULL)
        cell->questionnaire = questionnaire;
    return cell;
}

struct tally_key cells_set_key(
    struct text programme, struct text wave, int64_t period, int64_t late)
{
    return (struct tally_key){.slice = TALLY_BY_PERIOD,
        .programme = programme,
        .wave = wave,
        .period = period,
        .channel = late};
}

struct cell *cells_add_set(struct cells *cells, const struct tally_key *key)
{
    struct cell *cell = cells_find(cells, key);
    return cell != NULL ? cell : append(cells, key, 1, true);
}

bool cells_join(struct cells *cells, const struct cell *other)
{
    struct cell *cell = cells_find(cells, &other->key);
    if (cell == NULL)
        cell = append(cells, &other->key, other->counter_count, other->lanes != NULL);
    if (cell == NULL)
        return false;
    if (cell->questionnaire == NULL)
        cell->questionnaire = other->questionnaire;
    for (size_t i = 0; i < cell->counter_count && i < other->counter_count; i++)
        cell->counters[i] += other->counters[i];
    if (cell->lanes != NULL && other->lanes != NULL)
        seal_lanes_join(cell->lanes, other->lanes);
    return true;
}

size_t cells_count(const struct cells *cells)
{
    return cells->count;
}

struct cell *cells_get(struct cells *cells, size_t index)
{
    return &cells->list[index];
}
