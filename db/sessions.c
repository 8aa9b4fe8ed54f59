/* sessions.c: begins, finds and ends sessions. */
#include "db/sessions.h"

#include "db/operator_row.h"
#include "kiosk/limits.h"

static struct secret_hash hash_of(struct store *store, const struct secret *secret)
{
    return secret_hash(store_key(store), SECRET_SESSION, secret);
}

enum status session_add(struct sql *sql, const struct secret_hash *hash,
    const struct operator_id *id, minute_t now)
{
    struct sql_statement *add = sql_use(sql, SQL_SESSION_ADD);
    sql_bind_bytes(add, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_bytes(add, 2, id->bytes, sizeof id->bytes);
    sql_bind_number(add, 3, now);
    return sql_run(add);
}

static enum status end(struct sql *sql, const struct secret_hash *hash)
{
    struct sql_statement *end = sql_use(sql, SQL_SESSION_END);
    sql_bind_bytes(end, 1, hash->bytes, sizeof hash->bytes);
    return sql_run(end);
}

/* Between the check of the password and now it may have been taken away. */
static enum status check_unchanged(
    struct sql *sql, const struct operator_account *account)
{
    struct sql_statement *get = sql_use(sql, SQL_OPERATOR_GET);
    sql_bind_bytes(get, 1, account->id.bytes, sizeof account->id.bytes);
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc;
    bool may_sign_in =
        account->password.len > 0 &&
        text_equals(sql_text(get, OPERATOR_ROW_PASSWORD), account->password) &&
        sql_number(get, OPERATOR_ROW_IS_DISABLED) == 0;
    sql_reset(get);
    return may_sign_in ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status begin(struct sql *sql, const struct operator_account *account,
    const struct secret_hash *before, const struct secret_hash *hash, minute_t now)
{
    enum status rc = check_unchanged(sql, account);
    if (rc == STATUS_OK && before != NULL)
        rc = end(sql, before);
    return rc == STATUS_OK ? session_add(sql, hash, &account->id, now) : rc;
}

enum status sessions_begin(struct store *store, const struct operator_account *account,
    const struct secret *before, minute_t now, struct secret *out)
{
    struct sql *sql = NULL;
    struct secret_hash before_hash;
    struct secret secret = secret_make();
    struct secret_hash hash = hash_of(store, &secret);
    if (before != NULL)
        before_hash = hash_of(store, before);
    enum status rc = store_begin(store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(store, sql,
            begin(sql, account, before == NULL ? NULL : &before_hash, &hash, now));
    if (rc == STATUS_OK)
        *out = secret;
    return rc;
}

/* *seen: when it was seen last. */
static enum status find(struct sql *sql, const struct secret_hash *hash, minute_t now,
    struct arena *arena, struct operator_account *out, minute_t *seen)
{
    struct sql_statement *row = sql_use(sql, SQL_SESSION_FIND);
    sql_bind_bytes(row, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_number(row, 2, now - SESSION_IDLE_MINUTES);
    sql_bind_number(row, 3, now - SESSION_MINUTES_MAX);
    enum status rc = sql_step(row);
    if (rc != STATUS_OK)
        return rc;
    rc = operator_from_row(row, arena, out);
    *seen = sql_number(row, OPERATOR_ROW_COLUMNS + 1);
    sql_reset(row);
    return rc;
}

static enum status touch(
    struct store *store, const struct secret_hash *hash, minute_t now)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *touch = sql_use(sql, SQL_SESSION_TOUCH);
    sql_bind_bytes(touch, 1, hash->bytes, sizeof hash->bytes);
    sql_bind_number(touch, 2, now);
    return store_end(store, sql, sql_run(touch));
}

enum status sessions_find(struct store *store, const struct secret *secret, minute_t now,
    struct arena *arena, struct operator_account *out)
{
    minute_t seen = 0;
    struct secret_hash hash = hash_of(store, secret);
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = find(sql, &hash, now, arena, out, &seen);
    store_give_reader(store, sql);
    if (rc == STATUS_OK && seen < now) {
        /* Once a minute at most. If it can't be written, reports can still be read. */
        enum status ignored = touch(store, &hash, now);
        (void)ignored;
    }
    return rc;
}

enum status sessions_end(struct store *store, const struct secret *secret)
{
    struct sql *sql = NULL;
    struct secret_hash hash = hash_of(store, secret);
    enum status rc = store_begin(store, &sql);
    return rc == STATUS_OK ? store_end(store, sql, end(sql, &hash)) : rc;
}

static enum status sweep(struct sql *sql, minute_t now)
{
    struct sql_statement *sessions = sql_use(sql, SQL_SESSION_SWEEP);
    sql_bind_number(sessions, 1, now - SESSION_IDLE_MINUTES);
    sql_bind_number(sessions, 2, now - SESSION_MINUTES_MAX);
    enum status rc = sql_run(sessions);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *links = sql_use(sql, SQL_INVITATION_SWEEP);
    sql_bind_number(links, 1, now);
    return sql_run(links);
}

enum status sessions_sweep(struct store *store, minute_t now)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    return rc == STATUS_OK ? store_end(store, sql, sweep(sql, now)) : rc;
}
