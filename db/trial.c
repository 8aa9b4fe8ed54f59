/* trial.c: a code, a submission, its counts and its set, and a rollback. */
#include "db/trial.h"

#include "db/batch.h"
#include "db/sql.h"

enum { NO_BATCH = 1 }; /* a one-time code names one; which, nobody sees */

static enum status add_code(struct sql *sql, const struct code_grant *grant)
{
    struct sql_statement *add = sql_use(sql, SQL_CODE_ADD);
    sql_bind_bytes(add, 1, grant->hash.bytes, sizeof grant->hash.bytes);
    sql_bind_text(add, 2, grant->programme);
    sql_bind_text(add, 3, grant->wave);
    sql_bind_text(add, 4, grant->centre);
    sql_bind_number(add, 5, grant->channel);
    sql_bind_number(add, 6, NO_BATCH);
    sql_bind_number(add, 7, 0);
    return sql_run(add);
}

static enum status find_submission(struct sql *sql, const struct submission_id *id)
{
    struct sql_statement *has = sql_use(sql, SQL_SUBMISSION_HAS);
    sql_bind_bytes(has, 1, id->bytes, sizeof id->bytes);
    enum status rc = sql_step(has);
    if (rc == STATUS_OK)
        sql_reset(has);
    return rc;
}

static enum status find_spent(struct sql *sql, const struct code_hash *hash)
{
    struct sql_statement *find = sql_use(sql, SQL_CODE_FIND);
    sql_bind_bytes(find, 1, hash->bytes, sizeof hash->bytes);
    enum status rc = sql_step(find);
    if (rc != STATUS_OK)
        return rc;
    bool is_spent = sql_number(find, 5) == CODE_SPENT;
    sql_reset(find);
    return is_spent ? STATUS_OK : STATUS_INTERNAL;
}

static enum status write(
    struct batch *batch, struct sql *sql, const struct intake_entry *entry)
{
    struct batch_item item = {.entry = entry};
    struct batch_item *items[] = {&item};
    enum status rc = add_code(sql, entry->grant);
    if (rc == STATUS_OK)
        rc = batch_write(batch, sql, items, 1);
    if (rc == STATUS_OK && item.outcome != INTAKE_STORED)
        rc = STATUS_INTERNAL;
    if (rc == STATUS_OK)
        rc = find_submission(sql, &entry->submission->id);
    if (rc == STATUS_OK)
        rc = find_spent(sql, &entry->grant->hash);
    return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
}

/* On a connection of its own: while another program holds the store, the intake's must
   not be taken up by a wait that is nobody's. */
enum status trial_write(struct store *store, const struct intake_entry *entry)
{
    struct sql *sql = NULL;
    if (!store_has_room(store))
        return STATUS_BUSY;
    struct batch *batch = batch_new(1);
    enum status rc = batch == NULL ? STATUS_NO_MEMORY
                                   : sql_open(store_database(store), SQL_WRITER, &sql);
    if (rc == STATUS_OK)
        rc = sql_prepare_all(sql);
    if (rc == STATUS_OK)
        rc = sql_begin(sql);
    if (rc == STATUS_OK) {
        rc = write(batch, sql, entry);
        sql_rollback(sql);
    }
    sql_close(sql);
    batch_free(batch);
    return rc;
}
