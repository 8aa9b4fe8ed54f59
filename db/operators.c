/* operators.c: reads operators, and takes the right to sign in away. */
#include "db/operators.h"

#include "db/operator_row.h"
#include "kiosk/limits.h"

#include <string.h>

enum operator_state operator_state(const struct operator_account *account, minute_t now)
{
    if (account->is_disabled)
        return OPERATOR_DISABLED;
    if (account->password.len > 0)
        return OPERATOR_ACTIVE;
    return account->link_expires >= now ? OPERATOR_INVITED : OPERATOR_EXPIRED;
}

bool operator_id_parse(struct text text, struct operator_id *out)
{
    struct operator_id id = {{0}};
    if (!text_from_hex(text, id.bytes, sizeof id.bytes))
        return false;
    *out = id;
    return true;
}

struct text operator_id_format(struct arena *arena, const struct operator_id *id)
{
    return text_hex(arena, id->bytes, sizeof id->bytes);
}

enum status operator_from_row(
    struct sql_statement *row, struct arena *arena, struct operator_account *out)
{
    struct text id = sql_blob(row, OPERATOR_ROW_ID);
    struct operator_account account = {
        .name = {text_copy(arena, sql_text(row, OPERATOR_ROW_NAME)),
            text_copy(arena, sql_text(row, OPERATOR_ROW_FOLDED))},
        .password = text_copy(arena, sql_text(row, OPERATOR_ROW_PASSWORD)),
        .duties = sql_number(row, OPERATOR_ROW_DUTIES),
        .is_disabled = sql_number(row, OPERATOR_ROW_IS_DISABLED) != 0,
        .made_on = (day_t)sql_number(row, OPERATOR_ROW_MADE_ON),
        .link_expires = -1,
    };
    if (account.name.shown.ptr == NULL || account.name.folded.ptr == NULL ||
        account.password.ptr == NULL)
        return STATUS_NO_MEMORY;
    if (id.len != OPERATOR_ID_BYTES)
        return STATUS_INTERNAL;
    memcpy(account.id.bytes, id.ptr, id.len);
    *out = account;
    return STATUS_OK;
}

enum status operator_run(
    struct sql *sql, enum statement statement, const struct operator_id *id)
{
    struct sql_statement *use = sql_use(sql, statement);
    sql_bind_bytes(use, 1, id->bytes, sizeof id->bytes);
    return sql_run(use);
}

/* ---- reading ---- */

enum status operators_list(struct store *store, struct arena *arena,
    struct operator_account **out, size_t *count)
{
    struct operator_account *list = arena_take_array(arena, OPERATORS_MAX, sizeof *list);
    if (list == NULL)
        return STATUS_NO_MEMORY;
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *row = sql_use(sql, SQL_OPERATOR_LIST);
    size_t found = 0;
    enum status rc = sql_step(row);
    while (rc == STATUS_OK && found < OPERATORS_MAX) {
        rc = operator_from_row(row, arena, &list[found]);
        list[found++].link_expires = sql_number(row, OPERATOR_ROW_COLUMNS);
        if (rc == STATUS_OK)
            rc = sql_step(row);
    }
    sql_reset(row);
    store_give_reader(store, sql);
    if (rc != STATUS_OK && rc != STATUS_NOT_FOUND)
        return rc;
    *out = list;
    *count = found;
    return STATUS_OK;
}

/* The one row that the statement finds; its first parameter is bound already. */
static enum status read_one(
    struct sql_statement *row, struct arena *arena, struct operator_account *out)
{
    enum status rc = sql_step(row);
    if (rc == STATUS_OK) {
        rc = operator_from_row(row, arena, out);
        sql_reset(row);
    }
    return rc;
}

enum status operators_find(struct store *store, struct text folded, struct arena *arena,
    struct operator_account *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *find = sql_use(sql, SQL_OPERATOR_FIND);
    sql_bind_text(find, 1, folded);
    enum status rc = read_one(find, arena, out);
    store_give_reader(store, sql);
    return rc;
}

enum status operators_get(struct store *store, const struct operator_id *id,
    struct arena *arena, struct operator_account *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *get = sql_use(sql, SQL_OPERATOR_GET);
    sql_bind_bytes(get, 1, id->bytes, sizeof id->bytes);
    enum status rc = read_one(get, arena, out);
    store_give_reader(store, sql);
    return rc;
}

/* ---- disabling ---- */

static enum status disable(
    struct sql *sql, const struct operator_id *id, const struct actor *actor)
{
    enum status rc = operator_run(sql, SQL_OPERATOR_DISABLE, id);
    if (rc == STATUS_OK && sql_changes(sql) == 0)
        return STATUS_NOT_FOUND;
    if (rc == STATUS_OK)
        rc = operator_run(sql, SQL_SESSION_END_OF, id);
    if (rc == STATUS_OK)
        rc = operator_run(sql, SQL_INVITATION_END_OF, id);
    return rc == STATUS_OK ? audit_add_operator(sql, actor, AUDIT_OPERATOR_DISABLE, id)
                           : rc;
}

enum status operators_disable(
    struct store *store, const struct operator_id *id, const struct actor *actor)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    return rc == STATUS_OK ? store_end(store, sql, disable(sql, id, actor)) : rc;
}
