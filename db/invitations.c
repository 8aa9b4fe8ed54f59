/* invitations.c: links, each a keyed hash with its last minute. */
#include "db/invitations.h"

#include "db/operator_row.h"
#include "kiosk/limits.h"

#include <sodium.h>
#include <string.h>

/* ---- making ---- */

static struct secret_hash hash_of(struct store *store, const struct secret *secret)
{
    return secret_hash(store_key(store), SECRET_INVITATION, secret);
}

static enum status add(struct sql *sql, const struct secret_hash *hash,
    const struct operator_id *id, minute_t expires)
{
    struct sql_statement *add = sql_use(sql, SQL_INVITATION_ADD);
    sql_bind_bytes(add, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_bytes(add, 2, id->bytes, sizeof id->bytes);
    sql_bind_number(add, 3, expires);
    return sql_run(add);
}

static enum status count_operators(struct sql *sql, int64_t *out)
{
    enum status rc = sql_step_number(sql_use(sql, SQL_OPERATOR_COUNT), out);
    return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
}

/* CONFLICT: the name is taken. */
static enum status add_operator(struct sql *sql, const struct operator_name *name,
    struct text password, day_t today, struct operator_id *out)
{
    randombytes_buf(out->bytes, sizeof out->bytes);
    struct sql_statement *add = sql_use(sql, SQL_OPERATOR_ADD);
    sql_bind_bytes(add, 1, out->bytes, sizeof out->bytes);
    sql_bind_text(add, 2, name->shown);
    sql_bind_text(add, 3, name->folded);
    sql_bind_text(add, 4, password);
    sql_bind_number(add, 5, DUTIES_ALL);
    sql_bind_number(add, 6, today);
    return sql_run(add);
}

static enum status make(struct sql *sql, const struct operator_name *name,
    const struct actor *actor, const struct secret_hash *hash, minute_t expires)
{
    int64_t count = 0;
    struct operator_id id;
    enum status rc = count_operators(sql, &count);
    if (rc == STATUS_OK && count >= OPERATORS_MAX)
        return STATUS_TOO_LARGE;
    if (rc == STATUS_OK)
        rc = add_operator(sql, name, TEXT(""), actor->today, &id);
    if (rc == STATUS_OK)
        rc = add(sql, hash, &id, expires);
    if (rc == STATUS_OK)
        rc = sql_run(sql_use(sql, SQL_INVITATION_END_FIRST));
    return rc == STATUS_OK ? audit_add_operator(sql, actor, AUDIT_OPERATOR_INVITE, &id)
                           : rc;
}

enum status invitations_make(struct store *store, const struct operator_name *name,
    const struct actor *actor, minute_t now, struct secret *out)
{
    struct sql *sql = NULL;
    struct secret secret = secret_make();
    struct secret_hash hash = hash_of(store, &secret);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(
            store, sql, make(sql, name, actor, &hash, now + INVITATION_MINUTES));
    if (rc == STATUS_OK)
        *out = secret;
    return rc;
}

static enum status set_password(
    struct sql *sql, const struct operator_id *id, struct text password)
{
    struct sql_statement *set = sql_use(sql, SQL_OPERATOR_SET_PASSWORD);
    sql_bind_bytes(set, 1, id->bytes, sizeof id->bytes);
    sql_bind_text(set, 2, password);
    return sql_run(set);
}

static enum status reset(struct sql *sql, const struct operator_id *id,
    const struct actor *actor, const struct secret_hash *hash, minute_t expires)
{
    static const enum statement parts[] = {
        SQL_OPERATOR_ENABLE, SQL_SESSION_END_OF, SQL_INVITATION_END_OF};
    enum status rc = set_password(sql, id, TEXT(""));
    if (rc == STATUS_OK && sql_changes(sql) == 0)
        return STATUS_NOT_FOUND;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof parts / sizeof *parts; i++)
        rc = operator_run(sql, parts[i], id);
    if (rc == STATUS_OK)
        rc = audit_add_operator(sql, actor, AUDIT_OPERATOR_RESET, id);
    return rc == STATUS_OK ? add(sql, hash, id, expires) : rc;
}

enum status invitations_reset(struct store *store, const struct operator_id *id,
    const struct actor *actor, minute_t now, struct secret *out)
{
    struct sql *sql = NULL;
    struct secret secret = secret_make();
    struct secret_hash hash = hash_of(store, &secret);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc =
            store_end(store, sql, reset(sql, id, actor, &hash, now + INVITATION_MINUTES));
    if (rc == STATUS_OK)
        *out = secret;
    return rc;
}

/* OK: the operator is there and may sign in. */
static enum status check_enabled(struct sql *sql, const struct operator_id *id)
{
    struct sql_statement *get = sql_use(sql, SQL_OPERATOR_GET);
    sql_bind_bytes(get, 1, id->bytes, sizeof id->bytes);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    bool is_disabled = sql_number(get, OPERATOR_ROW_IS_DISABLED) != 0;
    sql_reset(get);
    return is_disabled ? STATUS_NOT_FOUND : STATUS_OK;
}

static enum status renew(struct sql *sql, const struct operator_id *id,
    const struct secret_hash *hash, minute_t expires)
{
    enum status rc = check_enabled(sql, id);
    if (rc == STATUS_OK)
        rc = operator_run(sql, SQL_INVITATION_END_OF, id);
    return rc == STATUS_OK ? add(sql, hash, id, expires) : rc;
}

enum status invitations_renew(struct store *store, const struct operator_id *id,
    minute_t now, int minutes, struct secret *out)
{
    struct sql *sql = NULL;
    struct secret secret = secret_make();
    struct secret_hash hash = hash_of(store, &secret);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(store, sql, renew(sql, id, &hash, now + minutes));
    if (rc == STATUS_OK)
        *out = secret;
    return rc;
}

/* ---- the first operator's ---- */

static enum status make_first(
    struct sql *sql, const struct secret_hash *hash, minute_t expires)
{
    int64_t count = 0;
    enum status rc = count_operators(sql, &count);
    if (rc == STATUS_OK)
        rc = sql_run(sql_use(sql, SQL_INVITATION_END_FIRST));
    if (rc == STATUS_OK && count > 0)
        return STATUS_CONFLICT;
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *add = sql_use(sql, SQL_INVITATION_ADD_FIRST);
    sql_bind_bytes(add, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_number(add, 2, expires);
    return sql_run(add);
}

enum status invitations_first(struct store *store, minute_t now, struct secret *out)
{
    struct sql *sql = NULL;
    struct secret secret = secret_make();
    struct secret_hash hash = hash_of(store, &secret);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(store, sql, make_first(sql, &hash, now + FIRST_LINK_MINUTES));
    if (rc == STATUS_OK)
        *out = secret;
    return rc;
}

enum status invitations_end_first(struct store *store)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(store, sql, sql_run(sql_use(sql, SQL_INVITATION_END_FIRST)));
}

/* ---- using ---- */

static enum status find(struct sql *sql, const struct secret_hash *hash, minute_t now,
    struct arena *arena, struct invitation *out)
{
    struct sql_statement *row = sql_use(sql, SQL_INVITATION_FIND);
    sql_bind_bytes(row, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_number(row, 2, now);
    enum status rc = sql_step(row);
    if (rc != STATUS_OK)
        return rc;
    *out = (struct invitation){.is_first = sql_number(row, OPERATOR_ROW_COLUMNS) != 0};
    rc = out->is_first ? STATUS_OK : operator_from_row(row, arena, &out->account);
    sql_reset(row);
    return rc;
}

enum status invitations_find(struct store *store, const struct secret *secret,
    minute_t now, struct arena *arena, struct invitation *out)
{
    struct secret_hash hash = hash_of(store, secret);
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = find(sql, &hash, now, arena, out);
    store_give_reader(store, sql);
    return rc;
}

/* Whose link it is, read past any arena. */
static enum status read_bearer(struct sql *sql, const struct secret_hash *hash,
    minute_t now, bool *is_first, struct operator_id *id)
{
    struct sql_statement *row = sql_use(sql, SQL_INVITATION_FIND);
    sql_bind_bytes(row, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_number(row, 2, now);
    enum status rc = sql_step(row);
    if (rc != STATUS_OK)
        return rc;
    struct text bytes = sql_blob(row, OPERATOR_ROW_ID);
    *is_first = sql_number(row, OPERATOR_ROW_COLUMNS) != 0;
    if (!*is_first && bytes.len == sizeof id->bytes)
        memcpy(id->bytes, bytes.ptr, bytes.len);
    sql_reset(row);
    return STATUS_OK;
}

/* The link's row goes with the others of its operator. */
static enum status use(struct sql *sql, const struct secret_hash *hash,
    const struct invitation_answer *answer, const struct secret_hash *session)
{
    bool is_first = false;
    struct operator_id id = {{0}};
    enum status rc = read_bearer(sql, hash, answer->now, &is_first, &id);
    if (rc == STATUS_OK && is_first) {
        const struct actor first = {answer->today, &id}; /* known once it is added */
        rc = sql_run(sql_use(sql, SQL_INVITATION_END_FIRST));
        if (rc == STATUS_OK)
            rc = add_operator(sql, &answer->name, answer->password, answer->today, &id);
        if (rc == STATUS_OK)
            rc = audit_add_operator(sql, &first, AUDIT_OPERATOR_ADD, &id);
    } else if (rc == STATUS_OK) {
        rc = operator_run(sql, SQL_INVITATION_END_OF, &id);
        if (rc == STATUS_OK)
            rc = set_password(sql, &id, answer->password);
    }
    if (rc == STATUS_OK)
        rc = operator_run(sql, SQL_SESSION_END_OF, &id);
    return rc == STATUS_OK ? session_add(sql, session, &id, answer->now) : rc;
}

enum status invitations_use(struct store *store, const struct invitation_answer *answer,
    struct secret *out_session)
{
    struct sql *sql = NULL;
    struct secret session = secret_make();
    struct secret_hash hash = hash_of(store, answer->secret);
    struct secret_hash session_hash =
        secret_hash(store_key(store), SECRET_SESSION, &session);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(store, sql, use(sql, &hash, answer, &session_hash));
    if (rc == STATUS_OK)
        *out_session = session;
    return rc;
}
