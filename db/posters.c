/* posters.c: the old code is voided and the new one added together: there is never none,
   and never two. */
#include "db/posters.h"

#include "db/sql.h"
#include "kiosk/submission.h"

struct rotation {
    const struct code_key *key;
    struct sql *sql;
    struct text programme;
    struct text centre;
};

static void bind_poster(struct sql_statement *statement, const struct rotation *rotation)
{
    sql_bind_text(statement, 1, rotation->programme);
    sql_bind_text(statement, 2, rotation->centre);
    sql_bind_number(statement, 3, CHANNEL_POSTER);
}

static enum status get_counter(const struct rotation *rotation, uint32_t *out)
{
    struct sql_statement *get = sql_use(rotation->sql, SQL_OPEN_CODE_GET);
    bind_poster(get, rotation);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    *out = (uint32_t)sql_number(get, 0);
    sql_reset(get);
    return STATUS_OK;
}

static struct code_hash hash_of(const struct rotation *rotation, uint32_t counter)
{
    struct code code =
        code_open(rotation->key, rotation->programme, rotation->centre, counter);
    return code_hash(rotation->key, &code);
}

static enum status void_code(const struct rotation *rotation, uint32_t counter)
{
    struct code_hash hash = hash_of(rotation, counter);
    struct sql_statement *end = sql_use(rotation->sql, SQL_CODE_VOID_OPEN);
    sql_bind_bytes(end, 1, hash.bytes, sizeof hash.bytes);
    return sql_run(end);
}

static enum status add_code(const struct rotation *rotation, uint32_t counter)
{
    struct code_hash hash = hash_of(rotation, counter);
    struct sql_statement *add = sql_use(rotation->sql, SQL_CODE_ADD);
    sql_bind_bytes(add, 1, hash.bytes, sizeof hash.bytes);
    sql_bind_text(add, 2, rotation->programme);
    sql_bind_text(add, 3, TEXT(""));
    sql_bind_text(add, 4, rotation->centre);
    sql_bind_number(add, 5, CHANNEL_POSTER);
    sql_bind_number(add, 6, 0);
    sql_bind_number(add, 7, 1);
    return sql_run(add);
}

static enum status raise_counter(const struct rotation *rotation)
{
    struct sql_statement *up = sql_use(rotation->sql, SQL_OPEN_CODE_RAISE);
    bind_poster(up, rotation);
    return sql_run(up);
}

static enum status rotate(const struct rotation *rotation)
{
    uint32_t counter = 0;
    enum status rc = get_counter(rotation, &counter);
    if (rc == STATUS_OK)
        rc = void_code(rotation, counter);
    if (rc == STATUS_OK)
        rc = add_code(rotation, counter + 1);
    return rc == STATUS_OK ? raise_counter(rotation) : rc;
}

enum status posters_rotate(struct store *store, struct text programme, struct text centre)
{
    struct rotation rotation = {
        .key = store_key(store), .programme = programme, .centre = centre};
    enum status rc = store_begin(store, &rotation.sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(store, rotation.sql, rotate(&rotation));
}
