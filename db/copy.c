/* copy.c: tables as a table: which statement lists a table and which adds its rows, in
   the order in which they refer to each other. A test holds it against the tables there
   are. */
#include "db/copy.h"

#include "db/plans.h"
#include "db/sql.h"
#include "kiosk/language.h"
#include "kiosk/submission.h"

#include <string.h>

enum { PART_ROWS = 2000, PROGRESS_ROWS = 4096, NO_ARRAYS = SQL_ARRAYS_COUNT };

static const struct {
    enum statement list;
    enum statement add;
    int columns;
    int arrays; /* how many rows are added at once, where the engine takes arrays */
} tables[] = {
    {SQL_SETTING_COPY, SQL_SETTING_SET, 2, NO_ARRAYS},
    {SQL_PLAN_COPY, SQL_PLAN_ADD, 4, NO_ARRAYS},
    {SQL_OPERATOR_COPY, SQL_OPERATOR_PASTE, 7, NO_ARRAYS},
    {SQL_INVITATION_COPY, SQL_INVITATION_PASTE, 3, NO_ARRAYS},
    {SQL_SESSION_COPY, SQL_SESSION_PASTE, 4, NO_ARRAYS},
    {SQL_OPEN_CODE_LIST, SQL_OPEN_CODE_PASTE, 4, NO_ARRAYS},
    {SQL_BATCH_COPY_WHOLE, SQL_BATCH_PASTE_WHOLE, 12, NO_ARRAYS},
    {SQL_HANDOUT_COPY, SQL_HANDOUT_SET, 4, NO_ARRAYS},
    {SQL_CODE_COPY, SQL_MIX_CODE_ADD, 8, SQL_CODES_ADD},
    {SQL_IMPORT_COPY, SQL_IMPORT_PASTE, 7, NO_ARRAYS},
    {SQL_SCREEN_COPY, SQL_SCREEN_PASTE, 3, NO_ARRAYS},
    {SQL_ROTATING_COPY, SQL_MIX_ROTATING_ADD, 2, SQL_ROTATING_SPEND_MANY},
    {SQL_SUBMISSION_RANGE, SQL_SUBMISSION_ADD, 13, SQL_SUBMISSIONS_ADD},
    {SQL_COMMENT_COPY, SQL_MIX_COMMENT_ADD, 9, SQL_COMMENTS_PUT},
    {SQL_COMMENT_ARRIVAL_COPY, SQL_COMMENT_ADD, 8, SQL_COMMENTS_ADD},
    {SQL_COMMENT_COUNT, SQL_COMMENT_COUNT_ADD, 4, NO_ARRAYS},
    {SQL_TALLY_AUDIT, SQL_TALLY_PASTE, 11, NO_ARRAYS},
    {SQL_RELEASE_COPY, SQL_RELEASE_SET, 3, NO_ARRAYS},
    {SQL_FLAG_HOUR_COPY, SQL_FLAG_HOUR_ADD, 5, NO_ARRAYS},
    {SQL_SET_AUDIT, SQL_SET_PUT, 6, NO_ARRAYS},
    {SQL_SEAL_AUDIT, SQL_SEAL_ADD, 11, NO_ARRAYS},
    {SQL_WITHDRAWN_AUDIT, SQL_WITHDRAWN_ADD, 8, NO_ARRAYS},
    {SQL_AUDIT_AUDIT, SQL_AUDIT_ADD, 7, NO_ARRAYS},
    {SQL_PUBLISHED_AUDIT, SQL_PUBLISHED_ADD, 9, NO_ARRAYS},
};
enum { TABLE_COUNT = sizeof tables / sizeof *tables };

struct copying {
    const struct copy_order *order;
    struct problems *problems;
    struct store *from;
    struct store *to;
    struct sql *reader;
    struct sql *writer;
    int64_t total; /* about: the submissions */
    struct copy_result result;
};

static enum status tell(struct copying *copying, enum status rc, const char *message)
{
    struct arena *arena = copying->problems->arena;
    problems_add(
        copying->problems, (struct problem){.message = message,
                               .argument = {store_name(arena, copying->order->from),
                                   store_name(arena, copying->order->to)}});
    return rc;
}

/* ---- rows ---- */

static struct sql_statement *list_of(struct sql *sql, enum statement list)
{
    static const struct submission_id first = {{0}};
    static const struct submission_id last = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    struct sql_statement *rows = sql_use(sql, list);
    if (list == SQL_SUBMISSION_RANGE) {
        sql_bind_bytes(rows, 1, first.bytes, sizeof first.bytes);
        sql_bind_bytes(rows, 2, last.bytes, sizeof last.bytes);
    }
    return rows;
}

static void note_row(struct copying *copying)
{
    const struct backup_listener *listener = &copying->order->listener;
    int64_t rows = ++copying->result.rows;
    if (rows % PROGRESS_ROWS == 0 && listener->progress != NULL)
        listener->progress(
            listener->context, rows, rows > copying->total ? rows : copying->total);
}

static enum status add_row(
    struct copying *copying, struct sql_statement *row, enum statement add, int columns)
{
    struct sql_statement *copy = sql_use(copying->writer, add);
    for (int i = 0; i < columns; i++)
        sql_bind_column(copy, i + 1, row, i);
    note_row(copying);
    return sql_run(copy);
}

static enum status copy_by_rows(struct copying *copying, size_t table)
{
    struct sql_statement *rows = list_of(copying->reader, tables[table].list);
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK && (rc = sql_step(rows)) == STATUS_OK)
        rc = add_row(copying, rows, tables[table].add, tables[table].columns);
    sql_reset(rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* So many rows into the arrays; what the last step said. */
static enum status gather(struct copying *copying, struct sql_statement *rows,
    struct sql_statement *arrays, int columns, int *count)
{
    enum status rc = STATUS_OK;
    *count = 0;
    while (*count < PART_ROWS && (rc = sql_step(rows)) == STATUS_OK) {
        for (int i = 0; i < columns; i++)
            sql_add_column(arrays, i + 1, rows, i);
        note_row(copying);
        *count += 1;
    }
    return rc;
}

static enum status copy_by_arrays(struct copying *copying, size_t table)
{
    struct sql_statement *rows = list_of(copying->reader, tables[table].list);
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK) {
        int count = 0;
        struct sql_statement *arrays =
            sql_use_arrays(copying->writer, (enum array_statement)tables[table].arrays);
        rc = gather(copying, rows, arrays, tables[table].columns, &count);
        if (count > 0 && (rc == STATUS_OK || rc == STATUS_NOT_FOUND)) {
            enum status added = sql_run(arrays);
            rc = added == STATUS_OK ? rc : added;
        }
    }
    sql_reset(rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status copy_table(struct copying *copying, size_t table)
{
    return tables[table].arrays != NO_ARRAYS && sql_takes_arrays(copying->writer)
               ? copy_by_arrays(copying, table)
               : copy_by_rows(copying, table);
}

/* ---- the transaction ---- */

/* Settings are there from the beginning: what the key is checked by. */
static enum status check_empty(struct copying *copying)
{
    for (size_t i = 1; i < TABLE_COUNT; i++) {
        struct sql_statement *rows = list_of(copying->writer, tables[i].list);
        enum status rc = sql_step(rows);
        sql_reset(rows);
        if (rc == STATUS_OK)
            return tell(copying, STATUS_CONFLICT,
                N_("There is something at {2} already, and a copy overwrites nothing. "
                   "Choose another place."));
        if (rc != STATUS_NOT_FOUND)
            return rc;
    }
    return STATUS_OK;
}

static enum status count_rows(struct copying *copying)
{
    struct sql_statement *periods = sql_use(copying->reader, SQL_SET_BY_PERIOD);
    enum status rc;
    while ((rc = sql_step(periods)) == STATUS_OK)
        copying->total += sql_number(periods, 1);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status copy_tables(struct copying *copying)
{
    enum status rc = check_empty(copying);
    if (rc == STATUS_OK)
        rc = sql_begin_read(copying->reader);
    if (rc == STATUS_OK)
        rc = count_rows(copying);
    for (size_t i = 0; rc == STATUS_OK && i < TABLE_COUNT; i++)
        rc = copy_table(copying, i);
    sql_rollback(copying->reader); /* ends the view */
    return rc;
}

static enum status copy_all(struct copying *copying)
{
    copying->reader = store_take_reader(copying->from);
    if (copying->reader == NULL)
        return STATUS_BUSY;
    enum status rc = store_begin(copying->to, &copying->writer);
    if (rc == STATUS_OK)
        rc = store_end(copying->to, copying->writer, copy_tables(copying));
    store_give_reader(copying->from, copying->reader);
    if (rc != STATUS_OK && copying->problems->count == 0)
        return tell(copying, rc,
            N_("The copy of {1} to {2} was not finished, and nothing is there of it; the "
               "line above says why. Try again."));
    return rc;
}

/* ---- whether it holds ---- */

static enum status verify_copy(struct copying *copying)
{
    const struct backup_listener *listener = &copying->order->listener;
    struct plans *plans = NULL;
    enum status rc = plans_open(copying->to, &plans);
    if (rc == STATUS_OK)
        rc = verify_store(copying->to, plans, copying->problems,
            &copying->result.verified, listener->progress, listener->context);
    plans_close(plans);
    return rc == STATUS_OK
               ? rc
               : tell(copying, rc,
                     N_("What was copied to {2} does not fit together; look at "
                        "{1} with verify before anything else. Don't serve "
                        "the copy."));
}

/* ---- the two stores ---- */

static enum status open_from(struct copying *copying)
{
    enum status rc =
        store_open(copying->order->from, STORE_READ, copying->problems, &copying->from);
    if (rc != STATUS_OK || !store_is_served(copying->from))
        return rc;
    return tell(copying, STATUS_CONFLICT,
        N_("A server runs on {1}: answers that come meanwhile would stay behind. Stop it "
           "first."));
}

static enum status open_to(struct copying *copying)
{
    const struct code_key *key = store_key(copying->from);
    enum status rc = store_open_with_key(
        copying->order->to, STORE_MAKE, key, copying->problems, &copying->to);
    if (rc != STATUS_OK)
        return rc;
    if (memcmp(key->bytes, store_key(copying->to)->bytes, sizeof key->bytes) == 0)
        return STATUS_OK;
    return tell(copying, STATUS_INVALID,
        N_("{2} has another key than {1}: no code printed so far would be known there. "
           "Give it the key file of {1}, and an empty place."));
}

typedef enum status (*step_fn)(struct copying *copying);

enum status copy_store(
    const struct copy_order *order, struct problems *problems, struct copy_result *out)
{
    static const step_fn steps[] = {open_from, open_to, copy_all, verify_copy};
    struct copying copying = {.order = order, .problems = problems};
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof steps / sizeof *steps; i++)
        rc = steps[i](&copying);
    store_close(copying.to);
    store_close(copying.from);
    if (rc == STATUS_OK)
        *out = copying.result;
    return rc;
}
