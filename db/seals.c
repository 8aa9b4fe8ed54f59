/* seals.c: finds the periods that are due and links their seals to the chain. Reading
   comes first, and needs no lock; what is due is looked at again under the lock. */
#include "db/seals.h"

#include "db/audit.h"

#include <stdlib.h>
#include <string.h>

static bool digest_from_column(
    struct sql_statement *row, int column, struct seal_digest *out)
{
    struct text bytes = sql_blob(row, column);
    if (bytes.len != sizeof out->bytes)
        return false;
    memcpy(out->bytes, bytes.ptr, bytes.len);
    return true;
}

bool seal_from_row(struct sql_statement *row, struct seal *out)
{
    *out = (struct seal){
        .number = sql_number(row, 0),
        .programme = sql_text(row, 1),
        .wave = sql_text(row, 2),
        .period = (day_t)sql_number(row, 3),
        .count = sql_number(row, 4),
        .late = sql_number(row, 5),
        .sealed_on = (day_t)sql_number(row, 9),
        .is_supplement = sql_number(row, 10) != 0,
    };
    return digest_from_column(row, 6, &out->digest) &&
           digest_from_column(row, 7, &out->previous) &&
           digest_from_column(row, 8, &out->chain);
}

enum status seal_count(struct sql *sql, const struct set_key *key, int64_t *out)
{
    struct sql_statement *count = sql_use(sql, SQL_SEAL_COUNT);
    set_key_bind(count, key);
    enum status rc = sql_step_number(count, out);
    return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
}

/* ---- what is due ---- */

static bool is_due(const struct plans *plans, const struct set_key *key, day_t today)
{
    const struct plan_version *version =
        plans_find_programme(plans, key->programme, key->wave);
    if (version == NULL)
        return false;
    const struct plan_wave *wave = programme_find_wave(
        plan_find_programme(version->plan, key->programme), key->wave);
    return (int64_t)today - wave->closes > version->plan->grace_days;
}

/* ---- a period's seal ---- */

/* This period's next seal, if it needs one: what was found out of it. */
struct finding {
    struct period_set set; /* of all nodes */
    int64_t seals;         /* it has */
    int64_t late;          /* rows that came since the last of them */
    struct seal_digest digest;
    bool needs_seal;
};

static enum status add_up_nodes(
    struct sql *sql, const struct set_key *key, struct period_set *out)
{
    struct sql_statement *rows = sql_use(sql, SQL_SET_OF);
    struct period_set of_node;
    struct set_key ignored;
    enum status rc;
    *out = (struct period_set){0};
    set_key_bind(rows, key);
    while ((rc = sql_step(rows)) == STATUS_OK) {
        if (!set_from_row(rows, &ignored, &of_node)) {
            sql_reset(rows);
            return STATUS_INTERNAL;
        }
        out->count += of_node.count;
        seal_lanes_join(&out->lanes, &of_node.lanes);
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status differs_from_last(
    struct sql *sql, const struct set_key *key, const struct finding *found, bool *out)
{
    struct seal_digest digest;
    struct sql_statement *last = sql_use(sql, SQL_SEAL_LAST_OF);
    set_key_bind(last, key);
    enum status rc = sql_step(last);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    *out = sql_number(last, 0) != found->set.count ||
           !digest_from_column(last, 1, &digest) ||
           !seal_digest_equals(&digest, &found->digest);
    sql_reset(last);
    return STATUS_OK;
}

static enum status count_late(
    struct sql *sql, const struct set_key *key, struct finding *found)
{
    struct sql_statement *late = sql_use(sql, SQL_SUBMISSION_LATE);
    set_key_bind(late, key);
    sql_bind_number(late, 4, found->seals);
    enum status rc = sql_step(late);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    found->late = sql_number(late, 0);
    sql_reset(late);
    return STATUS_OK;
}

static enum status look_at(
    struct sql *sql, const struct set_key *key, struct finding *found)
{
    *found = (struct finding){0};
    enum status rc = add_up_nodes(sql, key, &found->set);
    if (rc == STATUS_OK)
        rc = seal_count(sql, key, &found->seals);
    if (rc != STATUS_OK)
        return rc;
    found->digest = seal_lanes_digest(&found->set.lanes);
    found->needs_seal = found->set.count > 0;
    if (found->seals == 0)
        return STATUS_OK;
    rc = differs_from_last(sql, key, found, &found->needs_seal);
    return rc == STATUS_OK ? count_late(sql, key, found) : rc;
}

/* ---- the periods that are due ---- */

struct sealing {
    struct store *store;
    const struct plans *plans;
    struct actor actor;
    struct arena *arena;
    struct set_key *keys; /* texts in the arena */
    size_t count;
    size_t capacity;
};

static enum status add_key(struct sealing *sealing, const struct set_key *key)
{
    if (sealing->count == sealing->capacity) {
        size_t wanted = sealing->capacity == 0 ? 64 : sealing->capacity * 2;
        struct set_key *grown = arena_grow(sealing->arena, sealing->keys,
            sealing->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return STATUS_NO_MEMORY;
        sealing->keys = grown;
        sealing->capacity = wanted;
    }
    struct set_key copy = {text_copy(sealing->arena, key->programme),
        text_copy(sealing->arena, key->wave), key->period};
    sealing->keys[sealing->count++] = copy;
    return copy.programme.ptr == NULL || copy.wave.ptr == NULL ? STATUS_NO_MEMORY
                                                               : STATUS_OK;
}

static enum status list_due(struct sealing *sealing, struct sql *sql)
{
    struct sql_statement *rows = sql_use(sql, SQL_SET_KEYS);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct set_key key = {sql_text(rows, 0), sql_text(rows, 1), sql_number(rows, 2)};
        rc = is_due(sealing->plans, &key, sealing->actor.today) ? add_key(sealing, &key)
                                                                : STATUS_OK;
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* Leaves the keys of periods that need a seal. */
static enum status sift(struct sealing *sealing, struct sql *sql)
{
    struct finding found;
    size_t kept = 0;
    for (size_t i = 0; i < sealing->count; i++) {
        enum status rc = look_at(sql, &sealing->keys[i], &found);
        if (rc != STATUS_OK)
            return rc;
        if (found.needs_seal)
            sealing->keys[kept++] = sealing->keys[i];
    }
    sealing->count = kept;
    return STATUS_OK;
}

static enum status find_due(struct sealing *sealing)
{
    struct sql *sql = store_take_reader(sealing->store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = list_due(sealing, sql);
    if (rc == STATUS_OK)
        rc = sift(sealing, sql);
    store_give_reader(sealing->store, sql);
    return rc;
}

/* ---- sealing ---- */

/* The end of the chain: number 0 and zeros if there is none. */
static enum status read_last(struct sql *sql, struct seal *next)
{
    struct sql_statement *last = sql_use(sql, SQL_SEAL_LAST);
    enum status rc = sql_step(last);
    next->number = 1;
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    next->number = sql_number(last, 0) + 1;
    bool is_digest = digest_from_column(last, 1, &next->previous);
    sql_reset(last);
    return is_digest ? STATUS_OK : STATUS_INTERNAL;
}

static enum status add_seal(struct sql *sql, const struct seal *seal)
{
    struct sql_statement *add = sql_use(sql, SQL_SEAL_ADD);
    sql_bind_number(add, 1, seal->number);
    sql_bind_text(add, 2, seal->programme);
    sql_bind_text(add, 3, seal->wave);
    sql_bind_number(add, 4, seal->period);
    sql_bind_number(add, 5, seal->count);
    sql_bind_number(add, 6, seal->late);
    sql_bind_bytes(add, 7, seal->digest.bytes, sizeof seal->digest.bytes);
    sql_bind_bytes(add, 8, seal->previous.bytes, sizeof seal->previous.bytes);
    sql_bind_bytes(add, 9, seal->chain.bytes, sizeof seal->chain.bytes);
    sql_bind_number(add, 10, seal->sealed_on);
    sql_bind_number(add, 11, seal->is_supplement);
    return sql_run(add);
}

/* The log says the chain value: a chain that was cut at its end is seen from there. */
static enum status note(struct sealing *sealing, struct sql *sql, const struct seal *seal)
{
    return audit_add_numbered(sql, &sealing->actor, AUDIT_SEAL, "seal", seal->number,
        seal_digest_text(sealing->arena, &seal->chain));
}

static enum status seal_one(
    struct sealing *sealing, struct sql *sql, const struct set_key *key, size_t *made)
{
    struct finding found;
    enum status rc = look_at(sql, key, &found);
    if (rc != STATUS_OK || !found.needs_seal)
        return rc;
    struct seal seal = {
        .programme = key->programme,
        .wave = key->wave,
        .period = (day_t)key->period,
        .count = found.set.count,
        .late = found.late,
        .digest = found.digest,
        .sealed_on = sealing->actor.today,
        .is_supplement = found.seals > 0,
    };
    rc = read_last(sql, &seal);
    if (rc != STATUS_OK)
        return rc;
    seal.chain = seal_chain(&seal);
    rc = add_seal(sql, &seal);
    *made += 1;
    return rc == STATUS_OK ? note(sealing, sql, &seal) : rc;
}

static enum status seal_all(struct sealing *sealing, struct sql *sql, size_t *made)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sealing->count; i++)
        rc = seal_one(sealing, sql, &sealing->keys[i], made);
    return rc;
}

static enum status find_and_seal(struct sealing *sealing, size_t *made)
{
    struct sql *sql = NULL;
    enum status rc = find_due(sealing);
    if (rc != STATUS_OK || sealing->count == 0)
        return rc;
    rc = store_begin(sealing->store, &sql);
    return rc == STATUS_OK ? store_end(sealing->store, sql, seal_all(sealing, sql, made))
                           : rc;
}

enum status seals_make(
    struct store *store, const struct plans *plans, day_t today, size_t *made)
{
    enum { ARENA_BYTES = 32 << 20 }; /* 200 bytes a period of all years */
    size_t count = 0;
    struct sealing sealing = {.store = store,
        .plans = plans,
        .actor = {.today = today},
        .arena = arena_new(ARENA_BYTES)};
    if (sealing.arena == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = find_and_seal(&sealing, &count);
    arena_free(sealing.arena);
    if (rc == STATUS_OK)
        *made = count;
    return rc;
}

/* ---- listing ---- */

static enum status list_rows(
    struct sql_statement *rows, struct arena *arena, struct seal **out, size_t *count)
{
    size_t capacity = 0;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct seal seal;
        if (!seal_from_row(rows, &seal))
            return STATUS_INTERNAL;
        if (*count == capacity) {
            size_t wanted = capacity == 0 ? 16 : capacity * 2;
            struct seal *grown =
                arena_grow(arena, *out, capacity * sizeof seal, wanted * sizeof seal);
            if (grown == NULL)
                return STATUS_NO_MEMORY;
            *out = grown;
            capacity = wanted;
        }
        seal.programme = text_copy(arena, seal.programme);
        seal.wave = text_copy(arena, seal.wave);
        if (seal.wave.ptr == NULL)
            return STATUS_NO_MEMORY;
        (*out)[(*count)++] = seal;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status seals_list(struct sql *sql, struct arena *arena, struct text programme,
    struct seal **out, size_t *out_count)
{
    *out = NULL;
    *out_count = 0;
    struct sql_statement *rows = sql_use(sql, SQL_SEAL_LIST);
    sql_bind_text(rows, 1, programme);
    enum status rc = list_rows(rows, arena, out, out_count);
    sql_reset(rows);
    return rc;
}
