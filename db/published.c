/* published.c: rows of published reports. */
#include "db/published.h"

#include "db/operators.h"
#include "db/sql.h"
#include "kiosk/limits.h"

#include <sodium.h>
#include <string.h>

struct seal_digest published_digest(struct text report)
{
    struct seal_digest out;
    (void)crypto_generichash(out.bytes, sizeof out.bytes,
        (const unsigned char *)report.ptr, report.len, NULL, 0);
    return out;
}

static bool read_digest(struct sql_statement *row, int column, struct seal_digest *out)
{
    struct text bytes = sql_blob(row, column);
    if (bytes.len != sizeof out->bytes)
        return false;
    memcpy(out->bytes, bytes.ptr, bytes.len);
    return true;
}

/* False if the arena is full or the row is none of ours. */
static bool from_row(
    struct sql_statement *row, struct arena *arena, struct published *out)
{
    *out = (struct published){
        .number = sql_number(row, 0),
        .published_on = (day_t)sql_number(row, 1),
        .operator_id = text_copy(arena, sql_text(row, 2)),
        .plan_version = sql_number(row, 3),
        .year = sql_number(row, 4),
        .as_of = (day_t)sql_number(row, 5),
    };
    return out->operator_id.ptr != NULL && read_digest(row, 6, &out->seal) &&
           read_digest(row, 7, &out->digest);
}

/* ---- adding ---- */

/* CONFLICT with the number of the one that has this digest. */
static enum status check_new(struct sql *sql, struct published *order)
{
    struct sql_statement *same = sql_use(sql, SQL_PUBLISHED_OF_DIGEST);
    sql_bind_bytes(same, 1, order->digest.bytes, sizeof order->digest.bytes);
    enum status rc = sql_step_number(same, &order->number);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    return STATUS_CONFLICT;
}

static enum status take_number(struct sql *sql, struct published *order)
{
    int64_t number = 0;
    enum status rc = sql_step_number(sql_use(sql, SQL_PUBLISHED_NEXT), &number);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    if (order->number != 0 && order->number != number)
        return STATUS_BUSY;
    order->number = number;
    return number > PUBLISHED_MAX ? STATUS_TOO_LARGE : STATUS_OK;
}

static enum status add_row(
    struct sql *sql, const struct actor *actor, const struct published *order)
{
    char digits[OPERATOR_ID_LETTERS + 1] = "";
    struct sql_statement *add = sql_use(sql, SQL_PUBLISHED_ADD);
    if (actor->by != NULL)
        (void)sodium_bin2hex(
            digits, sizeof digits, actor->by->bytes, sizeof actor->by->bytes);
    sql_bind_number(add, 1, order->number);
    sql_bind_number(add, 2, actor->today);
    sql_bind_text(add, 3, text_of(digits));
    sql_bind_number(add, 4, order->plan_version);
    sql_bind_number(add, 5, order->year);
    sql_bind_number(add, 6, order->as_of);
    sql_bind_bytes(add, 7, order->seal.bytes, sizeof order->seal.bytes);
    sql_bind_bytes(add, 8, order->digest.bytes, sizeof order->digest.bytes);
    sql_bind_text(add, 9, order->report);
    return sql_run(add);
}

static enum status log_it(
    struct sql *sql, const struct actor *actor, const struct published *order)
{
    char digits[2 * sizeof order->digest.bytes + 1];
    (void)sodium_bin2hex(
        digits, sizeof digits, order->digest.bytes, sizeof order->digest.bytes);
    return audit_add_numbered(
        sql, actor, AUDIT_REPORT_PUBLISH, "published", order->number, text_of(digits));
}

enum status published_add(
    struct store *store, const struct actor *actor, struct published *order)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    order->digest = published_digest(order->report);
    order->published_on = actor->today;
    rc = check_new(sql, order);
    if (rc == STATUS_OK)
        rc = take_number(sql, order);
    if (rc == STATUS_OK)
        rc = add_row(sql, actor, order);
    if (rc == STATUS_OK)
        rc = log_it(sql, actor, order);
    return store_end(store, sql, rc);
}

/* ---- reading ---- */

static enum status read_list(
    struct sql *sql, struct arena *arena, struct published *list, size_t *count)
{
    struct sql_statement *rows = sql_use(sql, SQL_PUBLISHED_LIST);
    enum status rc;
    *count = 0;
    while ((rc = sql_step(rows)) == STATUS_OK && *count < PUBLISHED_MAX)
        if (!from_row(rows, arena, &list[(*count)++])) {
            sql_reset(rows);
            return STATUS_NO_MEMORY;
        }
    if (rc == STATUS_OK)
        sql_reset(rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status published_list(
    struct store *store, struct arena *arena, struct published **out, size_t *count)
{
    *out = arena_take_array(arena, PUBLISHED_MAX, sizeof **out);
    struct sql *sql = *out == NULL ? NULL : store_take_reader(store);
    if (sql == NULL)
        return *out == NULL ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    enum status rc = read_list(sql, arena, *out, count);
    store_give_reader(store, sql);
    return rc;
}

static enum status read_one(
    struct sql *sql, struct arena *arena, int64_t number, struct published *out)
{
    struct sql_statement *get = sql_use(sql, SQL_PUBLISHED_GET);
    sql_bind_number(get, 1, number);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    bool is_read = from_row(get, arena, out);
    out->report = text_copy(arena, sql_text(get, 8));
    sql_reset(get);
    return is_read && out->report.ptr != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status published_get(
    struct store *store, struct arena *arena, int64_t number, struct published *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = read_one(sql, arena, number, out);
    store_give_reader(store, sql);
    return rc;
}
