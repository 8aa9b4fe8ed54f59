/* codes.c: one-time codes by the batch, open codes by the counter. A hash never leads
   back to the letters, so what codes_make hands out can't be printed a second time. */
#include "db/codes.h"

#include "db/audit.h"
#include "db/code_cache.h"
#include "db/open_codes.h"
#include "db/screens.h"
#include "db/operators.h"
#include "db/sql.h"
#include "kiosk/limits.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- finding ---- */

static enum status grant_from_row(
    struct sql_statement *row, struct arena *arena, struct code_grant *out)
{
    struct code_grant grant = {
        .programme = text_copy(arena, sql_text(row, 0)),
        .wave = text_copy(arena, sql_text(row, 1)),
        .centre = text_copy(arena, sql_text(row, 2)),
        .channel = (enum channel)sql_number(row, 3),
        .is_open = sql_number(row, 4) != 0,
        .state = (enum code_state)sql_number(row, 5),
        .batch = sql_number(row, 6),
    };
    if (grant.programme.ptr == NULL || grant.wave.ptr == NULL || grant.centre.ptr == NULL)
        return STATUS_NO_MEMORY;
    *out = grant;
    return STATUS_OK;
}

/* Only of a void code does it matter why it is void. */
static enum status find_test(struct sql *sql, struct code_grant *grant)
{
    if (grant->state != CODE_VOID || grant->is_open)
        return STATUS_OK;
    struct sql_statement *ask = sql_use(sql, SQL_BATCH_IS_TEST);
    sql_bind_number(ask, 1, grant->batch);
    enum status rc = sql_step(ask);
    if (rc == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (rc != STATUS_OK)
        return rc;
    grant->is_test = sql_number(ask, 0) != 0;
    sql_reset(ask);
    return STATUS_OK;
}

static enum status read_row(struct sql *sql, const struct code_hash *hash,
    struct arena *arena, struct code_grant *out)
{
    struct sql_statement *find = sql_use(sql, SQL_CODE_FIND);
    sql_bind_bytes(find, 1, hash->bytes, sizeof hash->bytes);
    enum status rc = sql_step(find);
    if (rc == STATUS_OK) {
        rc = grant_from_row(find, arena, out);
        sql_reset(find);
    }
    if (rc == STATUS_OK)
        rc = find_test(sql, out);
    if (rc == STATUS_OK)
        out->hash = *hash;
    return rc;
}

/* What has no row may still be a code that a tablet showed. */
static enum status read_code(struct store *store, const struct code *code,
    const struct code_hash *hash, struct arena *arena, struct code_grant *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = read_row(sql, hash, arena, out);
    if (rc == STATUS_NOT_FOUND)
        rc = screen_find_code(sql, store_key(store), code, arena, out);
    store_give_reader(store, sql);
    return rc;
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum status codes_find(struct store *store, const struct code *code, struct arena *arena,
    struct code_grant *out)
{
    struct code_cache *cache = store_code_cache(store);
    int64_t now = now_ms();
    enum status rc = code_cache_find(cache, code, now, arena, out);
    if (rc != STATUS_NOT_FOUND)
        return rc;
    struct code_hash hash = code_hash(store_key(store), code);
    rc = read_code(store, code, &hash, arena, out);
    if (rc == STATUS_OK)
        code_cache_add(cache, code, out, now);
    return rc;
}

/* ---- making ---- */

/* One code of a batch on its way into the table. */
struct fresh {
    struct code_hash hash;
    size_t index; /* in the codes handed out */
    bool is_added;
};

static void make_fresh(
    const struct code_key *key, size_t index, struct code *codes, struct fresh *out)
{
    unsigned char random[CODE_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    codes[index] = code_make(random);
    *out = (struct fresh){.hash = code_hash(key, &codes[index]), .index = index};
    sodium_memzero(random, sizeof random);
}

static int compare_hashes(const void *a, const void *b)
{
    const struct fresh *left = a;
    const struct fresh *right = b;
    return memcmp(left->hash.bytes, right->hash.bytes, CODE_HASH_BYTES);
}

static enum status add_batch(
    struct sql *sql, const struct codes_order *order, int64_t *out_batch)
{
    struct sql_statement *add = sql_use(sql, SQL_BATCH_ADD);
    sql_bind_text(add, 1, order->programme);
    sql_bind_text(add, 2, order->wave);
    sql_bind_text(add, 3, order->centre);
    sql_bind_number(add, 4, order->channel);
    sql_bind_number(add, 5, (int64_t)order->count);
    sql_bind_number(add, 6, order->today);
    sql_bind_number(add, 7, order->is_test);
    if (order->by != NULL)
        sql_bind_bytes(add, 8, order->by->bytes, sizeof order->by->bytes);
    enum status rc = sql_step_number(add, out_batch);
    return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
}

/* "visits q1 north slip 157": what the batch is for, none of its letters. */
static enum status note_batch(
    struct sql *sql, const struct codes_order *order, int64_t batch)
{
    enum { DETAIL_BYTES = 3 * ID_BYTES_MAX + 60 };
    char detail[DETAIL_BYTES];
    (void)snprintf(detail, sizeof detail, "%.*s %.*s %.*s %.*s %zu",
        TEXT_ARG(order->programme), TEXT_ARG(order->wave),
        TEXT_ARG(order->centre.len == 0 ? TEXT("-") : order->centre),
        TEXT_ARG(channel_word(order->channel)), order->count);
    const struct actor actor = {order->today, order->by};
    return audit_add_numbered(
        sql, &actor, AUDIT_CODES_MAKE, "batch", batch, text_of(detail));
}

static enum status add_code(struct sql *sql, const struct codes_order *order,
    int64_t batch, const struct code_hash *hash)
{
    struct sql_statement *add = sql_use(sql, SQL_CODE_ADD);
    sql_bind_bytes(add, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_text(add, 2, order->programme);
    sql_bind_text(add, 3, order->wave);
    sql_bind_text(add, 4, order->centre);
    sql_bind_number(add, 5, order->channel);
    sql_bind_number(add, 6, batch);
    sql_bind_number(add, 7, 0);
    return sql_run(add);
}

/* Of 55 random bits one is taken now and then in a store of a billion codes: that one is
   drawn again. */
static enum status add_codes(struct sql *sql, const struct code_key *key,
    const struct codes_order *order, int64_t batch, struct code *codes,
    struct fresh *fresh)
{
    for (size_t i = 0; i < order->count;) {
        if (fresh[i].is_added) {
            i++;
            continue;
        }
        enum status rc = add_code(sql, order, batch, &fresh[i].hash);
        if (rc != STATUS_OK)
            return rc;
        if (sql_changes(sql) == 1)
            i++;
        else
            make_fresh(key, fresh[i].index, codes, &fresh[i]);
    }
    return STATUS_OK;
}

/* Those that were not taken, at once. */
static enum status add_part(struct sql *sql, const struct codes_order *order,
    int64_t batch, struct fresh *fresh, size_t count)
{
    struct sql_statement *add = sql_use_arrays(sql, SQL_CODES_ADD);
    for (size_t i = 0; i < count; i++) {
        sql_add_bytes(add, 1, fresh[i].hash.bytes, sizeof fresh[i].hash.bytes);
        sql_add_text(add, 2, order->programme);
        sql_add_text(add, 3, order->wave);
        sql_add_text(add, 4, order->centre);
        sql_add_number(add, 5, order->channel);
        sql_add_number(add, 6, batch);
        sql_add_number(add, 7, 0);
        sql_add_number(add, 8, CODE_FRESH);
    }
    enum status rc;
    while ((rc = sql_step(add)) == STATUS_OK) {
        struct fresh wanted = {0};
        memcpy(wanted.hash.bytes, sql_blob(add, 0).ptr, CODE_HASH_BYTES);
        struct fresh *found =
            bsearch(&wanted, fresh, count, sizeof *fresh, compare_hashes);
        if (found != NULL)
            found->is_added = true;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status add_parts(
    struct sql *sql, const struct codes_order *order, int64_t batch, struct fresh *fresh)
{
    enum { PART = 5000 };
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && sql_takes_arrays(sql) && i < order->count;
         i += PART)
        rc = add_part(sql, order, batch, fresh + i,
            order->count - i < PART ? order->count - i : PART);
    return rc;
}

/* OK: the batch is there and was not voided. */
static enum status check_unvoided(struct sql *sql, int64_t batch)
{
    struct sql_statement *get = sql_use(sql, SQL_BATCH_GET);
    sql_bind_number(get, 1, batch);
    int64_t is_voided = 0;
    enum status rc = sql_step_number(get, &is_voided);
    return rc == STATUS_OK && is_voided != 0 ? STATUS_CONFLICT : rc;
}

static enum status void_batch(struct sql *sql, int64_t batch, struct text reason,
    const struct actor *actor, int64_t *voided)
{
    enum status rc = check_unvoided(sql, batch);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *codes = sql_use(sql, SQL_CODE_VOID_BATCH);
    sql_bind_number(codes, 1, batch);
    rc = sql_run(codes);
    if (rc != STATUS_OK)
        return rc;
    *voided = sql_changes(sql);
    struct sql_statement *record = sql_use(sql, SQL_BATCH_VOID);
    sql_bind_number(record, 1, batch);
    sql_bind_number(record, 2, actor->today);
    sql_bind_text(record, 3, reason);
    sql_bind_number(record, 4, *voided);
    rc = sql_run(record);
    return rc == STATUS_OK
               ? audit_add_numbered(sql, actor, AUDIT_CODES_VOID, "batch", batch, reason)
               : rc;
}

/* A print for trying is taken back before anybody could use it. */
static enum status end_test(
    struct sql *sql, const struct codes_order *order, int64_t batch)
{
    const struct actor actor = {order->today, order->by};
    int64_t voided = 0;
    return order->is_test ? void_batch(sql, batch, TEXT("test print"), &actor, &voided)
                          : STATUS_OK;
}

enum status codes_make(struct store *store, const struct codes_order *order,
    struct code *codes, int64_t *out_batch)
{
    if (order->count > CODES_BATCH_MAX)
        return STATUS_TOO_LARGE;
    if (order->count == 0)
        return STATUS_INVALID;
    struct fresh *fresh = calloc(order->count, sizeof *fresh);
    if (fresh == NULL)
        return STATUS_NO_MEMORY;
    const struct code_key *key = store_key(store);
    for (size_t i = 0; i < order->count; i++)
        make_fresh(key, i, codes, &fresh[i]);
    /* In the order of the hash: the pages are filled from left to right, and the log
       tells no order of making either. */
    qsort(fresh, order->count, sizeof *fresh, compare_hashes);

    struct sql *sql = NULL;
    int64_t batch = 0;
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK) {
        rc = add_batch(sql, order, &batch);
        if (rc == STATUS_OK)
            rc = add_parts(sql, order, batch, fresh);
        if (rc == STATUS_OK)
            rc = add_codes(sql, key, order, batch, codes, fresh);
        if (rc == STATUS_OK)
            rc = note_batch(sql, order, batch);
        if (rc == STATUS_OK)
            rc = end_test(sql, order, batch);
        rc = store_end(store, sql, rc);
    }
    free(fresh);
    if (rc == STATUS_OK)
        *out_batch = batch;
    else
        sodium_memzero(codes, order->count * sizeof *codes);
    return rc;
}

/* ---- voiding ---- */

enum status codes_void_by(struct store *store, int64_t batch, struct text reason,
    const struct actor *actor, int64_t *voided)
{
    struct sql *sql = NULL;
    int64_t count = 0;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    rc = store_end(store, sql, void_batch(sql, batch, reason, actor, &count));
    if (rc == STATUS_OK)
        *voided = count;
    return rc;
}

enum status codes_void(
    struct store *store, int64_t batch, struct text reason, day_t today, int64_t *voided)
{
    return codes_void_by(store, batch, reason, &(struct actor){.today = today}, voided);
}

/* ---- what posters and reports ask ---- */

static enum status find_open(struct store *store, enum channel channel,
    struct text programme, struct text centre, struct code *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *get = sql_use(sql, SQL_OPEN_CODE_GET);
    sql_bind_text(get, 1, programme);
    sql_bind_text(get, 2, centre);
    sql_bind_number(get, 3, channel);
    enum status rc = sql_step(get);
    if (rc == STATUS_OK) {
        struct open_code open = {
            programme, centre, channel, (uint32_t)sql_number(get, 0)};
        *out = open_code_derive(store_key(store), &open);
        sql_reset(get);
    }
    store_give_reader(store, sql);
    return rc;
}

enum status codes_open(
    struct store *store, struct text programme, struct text centre, struct code *out)
{
    return find_open(store, CHANNEL_POSTER, programme, centre, out);
}

enum status codes_kiosk(
    struct store *store, struct text programme, struct text centre, struct code *out)
{
    return find_open(store, CHANNEL_KIOSK, programme, centre, out);
}

static enum status ask_number(struct sql *sql, enum statement statement,
    struct text programme, struct text wave, int64_t *out)
{
    struct sql_statement *ask = sql_use(sql, statement);
    sql_bind_text(ask, 1, programme);
    sql_bind_text(ask, 2, wave);
    return sql_step_number(ask, out);
}

enum status codes_asked(
    struct store *store, struct text programme, struct text wave, int64_t *out)
{
    int64_t handed_out = 0;
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = ask_number(sql, SQL_HANDOUT_GET, programme, wave, &handed_out);
    if (rc == STATUS_OK && handed_out > 0)
        *out = handed_out;
    else if (rc == STATUS_OK || rc == STATUS_NOT_FOUND)
        rc = ask_number(sql, SQL_BATCH_ASKED, programme, wave, out);
    store_give_reader(store, sql);
    return rc;
}
