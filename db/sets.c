/* sets.c: reads and writes a period's set. */
#include "db/sets.h"

#include "db/log.h"
#include "db/tally_key.h"

int set_key_compare(const struct set_key *a, const struct set_key *b)
{
    int order = text_compare(a->programme, b->programme);
    if (order == 0)
        order = text_compare(a->wave, b->wave);
    return order != 0 ? order : (a->period > b->period) - (a->period < b->period);
}

void set_key_bind(struct sql_statement *statement, const struct set_key *key)
{
    sql_bind_text(statement, 1, key->programme);
    sql_bind_text(statement, 2, key->wave);
    sql_bind_number(statement, 3, key->period);
}

static bool read_set(struct sql_statement *row, int column, struct period_set *out)
{
    struct text bytes = sql_blob(row, column + 1);
    out->count = sql_number(row, column);
    return seal_lanes_unpack((const unsigned char *)bytes.ptr, bytes.len, &out->lanes);
}

bool set_from_row(struct sql_statement *row, struct set_key *key, struct period_set *out)
{
    *key = (struct set_key){sql_text(row, 0), sql_text(row, 1), sql_number(row, 2)};
    return read_set(row, 4, out);
}

/* ---- one ---- */

enum status set_read(struct sql_statement *row, int column, const struct set_key *key,
    struct period_set *out)
{
    if (read_set(row, column, out))
        return STATUS_OK;
    log_line(LOG_LEVEL_ERROR, "set.misfit", key->programme);
    return STATUS_INTERNAL;
}

enum status set_ask(
    struct sql *sql, const struct set_key *key, int64_t node, struct sql_statement **out)
{
    *out = sql_use(sql, SQL_SET_GET);
    set_key_bind(*out, key);
    sql_bind_number(*out, 4, node);
    return sql_ask_ahead(*out);
}

enum status set_take(
    struct sql_statement *asked, const struct set_key *key, struct period_set *out)
{
    enum status rc = sql_step(asked);
    if (rc == STATUS_NOT_FOUND) {
        *out = (struct period_set){0};
        return STATUS_OK;
    }
    if (rc != STATUS_OK)
        return rc;
    rc = set_read(asked, 0, key, out);
    sql_reset(asked);
    return rc;
}

enum status set_get(
    struct sql *sql, const struct set_key *key, int64_t node, struct period_set *out)
{
    struct sql_statement *asked = NULL;
    enum status rc = set_ask(sql, key, node, &asked);
    return rc == STATUS_OK ? set_take(asked, key, out) : rc;
}

enum status set_put(struct sql *sql, const struct set_key *key, int64_t node,
    const struct period_set *set)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    if (set->count < 0) {
        log_line(LOG_LEVEL_ERROR, "set.mismatch", key->programme);
        return STATUS_INTERNAL;
    }
    struct sql_statement *put = sql_use(sql, SQL_SET_PUT);
    set_key_bind(put, key);
    sql_bind_number(put, 4, node);
    seal_lanes_pack(&set->lanes, bytes);
    sql_bind_number(put, 5, set->count);
    sql_bind_bytes(put, 6, bytes, sizeof bytes);
    return sql_run_later(put);
}

enum status set_join(
    struct sql *sql, const struct set_key *key, const struct period_set *other)
{
    struct period_set set;
    enum status rc = set_get(sql, key, TALLY_NODE, &set);
    if (rc != STATUS_OK)
        return rc;
    set.count += other->count;
    seal_lanes_join(&set.lanes, &other->lanes);
    return set_put(sql, key, TALLY_NODE, &set);
}

enum status set_part(
    struct sql *sql, const struct set_key *key, const struct period_set *other)
{
    struct period_set set;
    enum status rc = set_get(sql, key, TALLY_NODE, &set);
    if (rc != STATUS_OK)
        return rc;
    set.count -= other->count;
    seal_lanes_part(&set.lanes, &other->lanes);
    return set_put(sql, key, TALLY_NODE, &set);
}

/* ---- a programme's ---- */

/* The set at hand, added up over its nodes, and what is finished. */
struct listing {
    struct arena *arena;
    struct seal_period *list;
    size_t count;
    size_t capacity;
    struct set_key key; /* texts in the arena */
    struct period_set sum;
};

static enum status finish_period(struct listing *listing)
{
    if (listing->sum.count == 0)
        return STATUS_OK;
    if (listing->count == listing->capacity) {
        size_t wanted = listing->capacity == 0 ? 16 : listing->capacity * 2;
        struct seal_period *grown = arena_grow(listing->arena, listing->list,
            listing->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return STATUS_NO_MEMORY;
        listing->list = grown;
        listing->capacity = wanted;
    }
    listing->list[listing->count++] = (struct seal_period){
        .programme = listing->key.programme,
        .wave = listing->key.wave,
        .period = (day_t)listing->key.period,
        .count = listing->sum.count,
        .digest = seal_lanes_digest(&listing->sum.lanes),
    };
    return STATUS_OK;
}

static enum status take_set(struct listing *listing, struct sql_statement *row)
{
    struct set_key key;
    struct period_set set;
    if (!set_from_row(row, &key, &set))
        return STATUS_INTERNAL;
    if (listing->sum.count > 0 && set_key_compare(&key, &listing->key) == 0) {
        listing->sum.count += set.count;
        seal_lanes_join(&listing->sum.lanes, &set.lanes);
        return STATUS_OK;
    }
    enum status rc = finish_period(listing);
    listing->key = (struct set_key){text_copy(listing->arena, key.programme),
        text_copy(listing->arena, key.wave), key.period};
    listing->sum = set;
    if (listing->key.programme.ptr == NULL || listing->key.wave.ptr == NULL)
        return STATUS_NO_MEMORY;
    return rc;
}

static enum status list_sets(struct listing *listing, struct sql_statement *rows)
{
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = take_set(listing, rows);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? finish_period(listing) : rc;
}

enum status sets_list(struct sql *sql, struct arena *arena, struct text programme,
    struct seal_period **out, size_t *out_count)
{
    struct listing *listing = arena_take(arena, sizeof *listing);
    if (listing == NULL)
        return STATUS_NO_MEMORY;
    listing->arena = arena;
    struct sql_statement *rows = sql_use(sql, SQL_SET_LIST);
    sql_bind_text(rows, 1, programme);
    enum status rc = list_sets(listing, rows);
    if (rc != STATUS_OK)
        return rc;
    *out = listing->list;
    *out_count = listing->count;
    return STATUS_OK;
}
