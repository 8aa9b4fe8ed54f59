/* screens.c: numbers of screens, and what is left of the codes they showed. */
#include "db/screens.h"

#include "db/sql.h"
#include "kiosk/calendar.h"
#include "kiosk/limits.h"

enum status screens_number(
    struct store *store, struct text programme, struct text centre, uint32_t *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *ask = sql_use(sql, SQL_SCREEN_NUMBER);
    sql_bind_text(ask, 1, programme);
    sql_bind_text(ask, 2, centre);
    enum status rc = sql_step(ask);
    if (rc == STATUS_OK) {
        *out = (uint32_t)sql_number(ask, 0);
        sql_reset(ask);
    }
    store_give_reader(store, sql);
    return rc;
}

enum status screen_ensure(struct sql *sql, struct text programme, struct text centre)
{
    struct sql_statement *add = sql_use(sql, SQL_SCREEN_ADD);
    sql_bind_text(add, 1, programme);
    sql_bind_text(add, 2, centre);
    return sql_run(add);
}

static enum status find_screen(
    struct sql *sql, struct arena *arena, struct code_grant *grant)
{
    struct sql_statement *find = sql_use(sql, SQL_SCREEN_FIND);
    sql_bind_number(find, 1, grant->turn.screen);
    enum status rc = sql_step(find);
    if (rc != STATUS_OK)
        return rc;
    grant->programme = text_copy(arena, sql_text(find, 0));
    grant->centre = text_copy(arena, sql_text(find, 1));
    grant->centre_screen = (uint32_t)sql_number(find, 2);
    sql_reset(find);
    bool is_whole = grant->programme.ptr != NULL && grant->centre.ptr != NULL;
    return is_whole ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status find_spent(struct sql *sql, struct code_grant *grant)
{
    struct sql_statement *ask = sql_use(sql, SQL_ROTATING_IS_SPENT);
    sql_bind_bytes(ask, 1, grant->hash.bytes, sizeof grant->hash.bytes);
    enum status rc = sql_step(ask);
    if (rc == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (rc != STATUS_OK)
        return rc;
    grant->state = CODE_SPENT;
    sql_reset(ask);
    return STATUS_OK;
}

enum status screen_find_code(struct sql *sql, const struct code_key *key,
    const struct code *code, struct arena *arena, struct code_grant *out)
{
    struct code_grant grant = {.wave = TEXT(""),
        .channel = CHANNEL_KIOSK,
        .is_rotating = true,
        .state = CODE_FRESH,
        .hash = code_hash(key, code)};
    if (!rotating_turn(key, code, &grant.turn))
        return STATUS_NOT_FOUND;
    enum status rc = find_screen(sql, arena, &grant);
    if (rc == STATUS_OK)
        rc = find_spent(sql, &grant);
    if (rc == STATUS_OK)
        *out = grant;
    return rc;
}

day_t screen_day(const struct code_grant *grant)
{
    return day_at((int64_t)grant->turn.slot * ROTATING_SECONDS);
}

enum status screen_spend_code(
    struct sql *sql, const struct code_grant *grant, bool *is_first)
{
    struct sql_statement *spend = sql_use(sql, SQL_ROTATING_SPEND);
    sql_bind_bytes(spend, 1, grant->hash.bytes, sizeof grant->hash.bytes);
    sql_bind_number(spend, 2, screen_day(grant));
    enum status rc = sql_run(spend);
    if (rc == STATUS_OK)
        *is_first = sql_changes(sql) == 1;
    return rc;
}
