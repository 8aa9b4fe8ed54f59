/* migrate_seals.c: digests for the rows that were stored before rows had any. A store
   that is new has none. */
#include "db/migrate_seals.h"

#include "db/log.h"
#include "db/rows.h"
#include "db/sets.h"

#include <string.h>

/* Of the tables as 0005 leaves them. If a later migration changes what these read or
   write, this needs texts of its own. */
static const enum statement needed[] = {
    SQL_SUBMISSION_BEFORE_FLAGS, SQL_SUBMISSION_SET_DIGEST, SQL_SET_GET, SQL_SET_PUT};

/* The next id in order; false after the last one there can be. */
static bool advance(struct submission_id *id)
{
    for (size_t i = sizeof id->bytes; i-- > 0;)
        if (++id->bytes[i] != 0)
            return true;
    return false;
}

static enum status set_digest(
    struct sql *sql, const struct submission_id *id, const struct seal_digest *digest)
{
    struct sql_statement *set = sql_use(sql, SQL_SUBMISSION_SET_DIGEST);
    sql_bind_bytes(set, 1, id->bytes, sizeof id->bytes);
    sql_bind_bytes(set, 2, digest->bytes, SEAL_ROW_BYTES);
    return sql_run(set);
}

/* Reading ends before the row is written: a table is not changed under a reader. The
   row's set is written at once; neighbours are of one period, and a store of this age is
   small. NOT_FOUND: no row from *from on. */
static enum status take_row(struct sql *sql, struct submission_id *from)
{
    static const struct submission_id last = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    struct submission submission;
    struct period_set one = {.count = 1};
    struct sql_statement *row = sql_use(sql, SQL_SUBMISSION_BEFORE_FLAGS);
    sql_bind_bytes(row, 1, from->bytes, sizeof from->bytes);
    sql_bind_bytes(row, 2, last.bytes, sizeof last.bytes);
    enum status rc = sql_step(row);
    if (rc != STATUS_OK)
        return rc;
    if (!submission_from_row(row, &submission)) {
        log_line(LOG_LEVEL_ERROR, "row.unreadable", TEXT("id"));
        sql_reset(row);
        return STATUS_INTERNAL;
    }
    struct seal_digest digest = seal_row(&submission, origin_from_row(row));
    seal_lanes_add(&one.lanes, &digest);
    const struct set_key key = {submission.programme, submission.wave, submission.period};
    rc = set_join(sql, &key, &one); /* the texts are the row's, so it is still open */
    sql_reset(row);
    *from = submission.id;
    return rc == STATUS_OK ? set_digest(sql, from, &digest) : rc;
}

enum status migrate_seals(struct sql *sql)
{
    struct submission_id from = {{0}};
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof needed / sizeof *needed; i++)
        rc = sql_prepare(sql, needed[i]);
    while (rc == STATUS_OK) {
        rc = take_row(sql, &from);
        if (rc == STATUS_OK && !advance(&from))
            break;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}
