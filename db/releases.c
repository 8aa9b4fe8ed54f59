/* releases.c: reads how many have come and how many are released, and copies the cells of
   the waves that are due. */
#include "db/releases.h"

#include "db/comments.h"
#include "db/sql.h"
#include "db/tally_key.h"
#include "kiosk/release.h"

/* A wave that may be due. */
struct candidate {
    struct text programme; /* the plan's */
    const struct plan_wave *wave;
    struct release_state state;
};

enum status release_wave(
    struct sql *sql, struct text programme, struct text wave, day_t today)
{
    for (int slice = 0; slice < TALLY_SLICE_COUNT; slice++) {
        struct sql_statement *copy = sql_use(sql, SQL_TALLY_RELEASE);
        sql_bind_number(copy, 1, slice);
        sql_bind_text(copy, 2, programme);
        sql_bind_text(copy, 3, wave);
        enum status rc = sql_run(copy);
        if (rc != STATUS_OK)
            return rc;
    }
    enum status rc = comments_release(sql, programme, wave);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *note = sql_use(sql, SQL_RELEASE_SET);
    sql_bind_text(note, 1, programme);
    sql_bind_text(note, 2, wave);
    sql_bind_number(note, 3, today);
    return sql_run(note);
}

/* ---- which are due ---- */

/* Adds up the cells of the wave slice, which has each submission once. */
static enum status count_wave(struct sql *sql, struct candidate *candidate)
{
    struct sql_statement *rows = sql_use(sql, SQL_RELEASE_COUNTS);
    enum status rc;
    sql_bind_number(rows, 1, TALLY_BY_WAVE);
    sql_bind_text(rows, 2, candidate->programme);
    sql_bind_text(rows, 3, candidate->wave->id);
    while ((rc = sql_step(rows)) == STATUS_OK) {
        candidate->state.received += tally_received(sql_blob(rows, 0));
        candidate->state.released += tally_received(sql_blob(rows, 1));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status find_day(struct sql *sql, struct candidate *candidate)
{
    struct sql_statement *find = sql_use(sql, SQL_RELEASE_GET);
    sql_bind_text(find, 1, candidate->programme);
    sql_bind_text(find, 2, candidate->wave->id);
    enum status rc = sql_step(find);
    if (rc == STATUS_OK) {
        candidate->state.made_on = (day_t)sql_number(find, 0);
        sql_reset(find);
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status look_at(struct store *store, const struct plan *plan,
    struct candidate *candidate, day_t today, bool *is_due)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = count_wave(sql, candidate);
    bool has_more = candidate->state.received != candidate->state.released;
    if (rc == STATUS_OK && has_more)
        rc = find_day(sql, candidate);
    store_give_reader(store, sql);
    *is_due = rc == STATUS_OK &&
              release_is_due(plan, candidate->wave, &candidate->state, today);
    return rc;
}

static enum status make(
    struct store *store, const struct candidate *candidate, day_t today)
{
    struct sql *sql = NULL;
    comments_settle_most(store); /* the transaction has only the last few to settle */
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    return store_end(
        store, sql, release_wave(sql, candidate->programme, candidate->wave->id, today));
}

enum status releases_make(
    struct store *store, const struct plan *plan, day_t today, size_t *made)
{
    enum status rc = STATUS_OK;
    *made = 0;
    for (size_t i = 0; i < plan->programme_count && rc == STATUS_OK; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t j = 0; j < programme->wave_count && rc == STATUS_OK; j++) {
            bool is_due = false;
            struct candidate candidate = {.programme = programme->id,
                .wave = &programme->waves[j],
                .state.made_on = DAY_NONE};
            rc = look_at(store, plan, &candidate, today, &is_due);
            if (rc != STATUS_OK || !is_due)
                continue;
            rc = make(store, &candidate, today);
            *made += rc == STATUS_OK;
        }
    }
    return rc;
}
