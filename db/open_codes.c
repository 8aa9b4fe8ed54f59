/* open_codes.c: open codes of posters and tablets under the key of the store. */
#include "db/open_codes.h"

struct code open_code_derive(const struct code_key *key, const struct open_code *open)
{
    return open->channel == CHANNEL_KIOSK
               ? code_kiosk(key, open->programme, open->centre, open->counter)
               : code_open(key, open->programme, open->centre, open->counter);
}

enum status open_code_add(
    struct sql *sql, const struct code_key *key, const struct open_code *open)
{
    struct code code = open_code_derive(key, open);
    struct code_hash hash = code_hash(key, &code);
    struct sql_statement *add = sql_use(sql, SQL_CODE_ADD);
    sql_bind_bytes(add, 1, hash.bytes, sizeof hash.bytes);
    sql_bind_text(add, 2, open->programme);
    sql_bind_text(add, 3, TEXT(""));
    sql_bind_text(add, 4, open->centre);
    sql_bind_number(add, 5, open->channel);
    sql_bind_number(add, 6, 0);
    sql_bind_number(add, 7, 1);
    return sql_run(add);
}

/* The row's texts live until the next step. */
static struct open_code open_code_from_row(struct sql_statement *row)
{
    return (struct open_code){.programme = sql_text(row, 0),
        .centre = sql_text(row, 1),
        .channel = (enum channel)sql_number(row, 2),
        .counter = (uint32_t)sql_number(row, 3)};
}

/* ---- a store that comes under a key ---- */

static enum status is_kept(
    struct sql *sql, const struct code_key *key, const struct open_code *open)
{
    struct code code = open_code_derive(key, open);
    struct code_hash hash = code_hash(key, &code);
    struct sql_statement *find = sql_use(sql, SQL_CODE_FIND);
    sql_bind_bytes(find, 1, hash.bytes, sizeof hash.bytes);
    enum status rc = sql_step(find);
    if (rc == STATUS_OK)
        sql_reset(find);
    return rc;
}

enum status codes_know_key(struct store *store, bool *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *list = sql_use(sql, SQL_OPEN_CODE_LIST);
    enum status rc = sql_step(list);
    bool has_any = rc == STATUS_OK;
    if (has_any) {
        struct open_code open = open_code_from_row(list);
        rc = is_kept(sql, store_key(store), &open);
        sql_reset(list);
    }
    store_give_reader(store, sql);
    if (rc != STATUS_OK && rc != STATUS_NOT_FOUND)
        return rc;
    *out = !has_any || rc == STATUS_OK;
    return STATUS_OK;
}

static enum status renew(struct sql *sql, const struct code_key *key)
{
    enum status rc = sql_run(sql_use(sql, SQL_CODE_REMOVE_OPEN));
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *list = sql_use(sql, SQL_OPEN_CODE_LIST);
    while ((rc = sql_step(list)) == STATUS_OK) {
        struct open_code open = open_code_from_row(list);
        rc = open_code_add(sql, key, &open);
        if (rc != STATUS_OK) {
            sql_reset(list);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status codes_renew_open(struct store *store)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(store, sql, renew(sql, store_key(store)));
}
