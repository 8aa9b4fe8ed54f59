/* arrivals.c: a table of keyed hashes of ids, each with a place in the file, where the id
   itself is looked up. Ids come from clients: without a key somebody could choose ones
   that all fall together. */
#include "db/arrivals.h"

#include "db/settling.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 1024 }; /* a power of two, as all numbers of slots */

struct slot {
    uint32_t print; /* of the id; 0: empty */
    uint32_t place; /* the lower half of it */
};

struct arrivals {
    struct slot *slots;
    size_t slot_count;
    size_t count;
    size_t max;
    bool is_known; /* what lies there was read */
    int64_t next;  /* place */
    int64_t swept; /* what lay before this place is forgotten */
    unsigned char key[crypto_shorthash_KEYBYTES];
};

struct arrivals *arrivals_new(size_t max)
{
    struct arrivals *arrivals = calloc(1, sizeof *arrivals);
    if (arrivals == NULL)
        return NULL;
    arrivals->max = max;
    randombytes_buf(arrivals->key, sizeof arrivals->key);
    return arrivals;
}

void arrivals_free(struct arrivals *arrivals)
{
    if (arrivals == NULL)
        return;
    free(arrivals->slots);
    free(arrivals);
}

/* ---- the table ---- */

static uint32_t print_of(const struct arrivals *arrivals, const unsigned char *id)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t print;
    (void)crypto_shorthash(hash, id, SUBMISSION_ID_BYTES, arrivals->key);
    memcpy(&print, hash, sizeof print);
    return print == 0 ? 1 : print;
}

/* All places that are known are among the last 2^32. */
static int64_t place_of(const struct arrivals *arrivals, const struct slot *slot)
{
    return arrivals->next - (uint32_t)((uint32_t)arrivals->next - slot->place);
}

static void put(struct slot *slots, size_t slot_count, struct slot slot)
{
    size_t at = slot.print & (slot_count - 1);
    while (slots[at].print != 0)
        at = (at + 1) & (slot_count - 1);
    slots[at] = slot;
}

/* Into a table of so many slots, but for what lay before that place. False without
   memory: it is as it was. */
static bool move(struct arrivals *arrivals, size_t slot_count, int64_t from)
{
    struct slot *slots = calloc(slot_count, sizeof *slots);
    size_t count = 0;
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < arrivals->slot_count; i++) {
        const struct slot *slot = &arrivals->slots[i];
        if (slot->print == 0 || place_of(arrivals, slot) < from)
            continue;
        put(slots, slot_count, *slot);
        count++;
    }
    free(arrivals->slots);
    arrivals->slots = slots;
    arrivals->slot_count = slot_count;
    arrivals->count = count;
    return true;
}

/* A quarter of the slots stays empty, so that what is not there is soon not found. */
static bool is_full(const struct arrivals *arrivals)
{
    return arrivals->count >= arrivals->slot_count / 4 * 3;
}

static bool has_room(struct arrivals *arrivals)
{
    return !is_full(arrivals) || move(arrivals, arrivals->slot_count * 2, 0);
}

static void note(struct arrivals *arrivals, const unsigned char *id, int64_t place)
{
    const struct slot slot = {print_of(arrivals, id), (uint32_t)place};
    put(arrivals->slots, arrivals->slot_count, slot);
    arrivals->count++;
}

/* ---- what lies there ---- */

enum status arrivals_span(struct sql *sql, int64_t *first, int64_t *last)
{
    enum status rc = sql_step_number(sql_use(sql, SQL_ARRIVAL_FIRST), first);
    return rc == STATUS_OK ? sql_step_number(sql_use(sql, SQL_ARRIVAL_LAST), last) : rc;
}

static enum status note_row(struct arrivals *arrivals, struct sql_statement *row)
{
    int64_t place = sql_number(row, 0);
    struct text id = sql_blob(row, 1);
    if (!has_room(arrivals))
        return STATUS_NO_MEMORY;
    if (id.len == SUBMISSION_ID_BYTES)
        note(arrivals, (const unsigned char *)id.ptr, place);
    arrivals->next = place + 1;
    return STATUS_OK;
}

/* Whatever their number: each of them must be known. */
static enum status read_all(struct arrivals *arrivals, struct sql *sql)
{
    struct sql_statement *rows = sql_use(sql, SQL_ARRIVAL_IDS);
    enum status rc;
    if (!move(arrivals, SLOTS_MIN, INT64_MAX))
        return STATUS_NO_MEMORY;
    arrivals->next = 1;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = note_row(arrivals, rows);
        if (rc != STATUS_OK)
            break;
    }
    sql_reset(rows);
    arrivals->is_known = rc == STATUS_NOT_FOUND;
    return arrivals->is_known ? STATUS_OK : rc;
}

/* Worth it if an eighth of them was settled. */
static enum status sweep(struct arrivals *arrivals, struct sql *sql)
{
    int64_t first = 0;
    enum status rc = sql_step_number(sql_use(sql, SQL_ARRIVAL_FIRST), &first);
    if (rc != STATUS_OK)
        return rc;
    if (first == 0)
        first = arrivals->next;
    if (first - arrivals->swept >= (int64_t)(arrivals->count / 8) &&
        move(arrivals, arrivals->slot_count, first))
        arrivals->swept = first;
    return STATUS_OK;
}

enum status arrivals_begin(struct arrivals *arrivals, struct sql *sql)
{
    enum status rc = arrivals->is_known ? STATUS_OK : read_all(arrivals, sql);
    if (rc == STATUS_OK && (is_full(arrivals) || arrivals->count >= arrivals->max))
        rc = sweep(arrivals, sql);
    return rc;
}

static enum status look_up(struct sql *sql, int64_t place, const struct submission_id *id)
{
    struct sql_statement *has = sql_use(sql, SQL_ARRIVAL_HAS);
    sql_bind_number(has, 1, place);
    sql_bind_bytes(has, 2, id->bytes, sizeof id->bytes);
    enum status rc = sql_step(has);
    if (rc == STATUS_OK)
        sql_reset(has);
    return rc;
}

enum status arrivals_find(
    struct arrivals *arrivals, struct sql *sql, const struct submission_id *id)
{
    uint32_t print = print_of(arrivals, id->bytes);
    size_t mask = arrivals->slot_count - 1;
    for (size_t at = print & mask; arrivals->slots[at].print != 0; at = (at + 1) & mask) {
        const struct slot *slot = &arrivals->slots[at];
        enum status rc = slot->print == print ? look_up(sql, place_of(arrivals, slot), id)
                                              : STATUS_NOT_FOUND;
        if (rc != STATUS_NOT_FOUND)
            return rc;
    }
    return STATUS_NOT_FOUND;
}

int64_t arrivals_take_place(struct arrivals *arrivals, const struct submission_id *id)
{
    if (arrivals->count >= arrivals->max || !has_room(arrivals))
        return 0;
    int64_t place = arrivals->next++;
    note(arrivals, id->bytes, place);
    return place;
}

static const struct settling settling = {.settle = SQL_ARRIVAL_SETTLE,
    .forget = SQL_ARRIVAL_FORGET,
    .chunk = SQL_ARRIVAL_CHUNK,
    .newest = SQL_ARRIVAL_LAST};

enum status arrivals_settle(struct sql *sql, int64_t max, int64_t *settled)
{
    return settle_chunk(sql, &settling, max, settled);
}

void arrivals_settle_most(struct store *store)
{
    settle_most(store, &settling);
}
