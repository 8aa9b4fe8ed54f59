/* posters.c: the old code is voided and the new one added together: there is never none,
   and never two. */
#include "db/posters.h"

#include "db/code_cache.h"
#include "db/open_codes.h"
#include "kiosk/limits.h"
#include "kiosk/submission.h"

#include <stdio.h>

enum { DETAIL_BYTES = 2 * ID_BYTES_MAX + 4 };

struct renewal {
    const struct code_key *key;
    const struct actor *actor;
    struct sql *sql;
    struct text programme;
    struct text centre;
    struct code_hash ended; /* the code that hung there */
};

static void bind_poster(struct sql_statement *statement, const struct renewal *renewal)
{
    sql_bind_text(statement, 1, renewal->programme);
    sql_bind_text(statement, 2, renewal->centre);
    sql_bind_number(statement, 3, CHANNEL_POSTER);
}

static enum status get_counter(const struct renewal *renewal, uint32_t *out)
{
    struct sql_statement *get = sql_use(renewal->sql, SQL_OPEN_CODE_GET);
    bind_poster(get, renewal);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    *out = (uint32_t)sql_number(get, 0);
    sql_reset(get);
    return STATUS_OK;
}

static struct open_code poster_of(const struct renewal *renewal, uint32_t counter)
{
    return (struct open_code){
        renewal->programme, renewal->centre, CHANNEL_POSTER, counter};
}

static enum status void_code(struct renewal *renewal, uint32_t counter)
{
    struct open_code poster = poster_of(renewal, counter);
    struct code code = open_code_derive(renewal->key, &poster);
    renewal->ended = code_hash(renewal->key, &code);
    struct sql_statement *end = sql_use(renewal->sql, SQL_CODE_VOID_OPEN);
    sql_bind_bytes(end, 1, renewal->ended.bytes, sizeof renewal->ended.bytes);
    return sql_run(end);
}

static enum status add_code(const struct renewal *renewal, uint32_t counter)
{
    struct open_code poster = poster_of(renewal, counter);
    return open_code_add(renewal->sql, renewal->key, &poster);
}

static enum status raise_counter(const struct renewal *renewal)
{
    struct sql_statement *up = sql_use(renewal->sql, SQL_OPEN_CODE_RAISE);
    bind_poster(up, renewal);
    return sql_run(up);
}

static enum status note(const struct renewal *renewal)
{
    char detail[DETAIL_BYTES];
    (void)snprintf(detail, sizeof detail, "%.*s %.*s",
        TEXT_ARG(renewal->programme.len == 0 ? TEXT("-") : renewal->programme),
        TEXT_ARG(renewal->centre));
    return audit_add(renewal->sql, renewal->actor, AUDIT_POSTER_RENEW, TEXT("poster"),
        text_of(detail));
}

static enum status renew(struct renewal *renewal)
{
    uint32_t counter = 0;
    enum status rc = get_counter(renewal, &counter);
    if (rc == STATUS_OK)
        rc = void_code(renewal, counter);
    if (rc == STATUS_OK)
        rc = add_code(renewal, counter + 1);
    if (rc == STATUS_OK)
        rc = raise_counter(renewal);
    return rc == STATUS_OK ? note(renewal) : rc;
}

enum status posters_renew(struct store *store, struct text programme, struct text centre,
    const struct actor *actor)
{
    struct renewal renewal = {.key = store_key(store),
        .actor = actor,
        .programme = programme,
        .centre = centre};
    enum status rc = store_begin(store, &renewal.sql);
    if (rc != STATUS_OK)
        return rc;
    rc = store_end(store, renewal.sql, renew(&renewal));
    if (rc == STATUS_OK)
        code_cache_remove(store_code_cache(store), &renewal.ended);
    return rc;
}
