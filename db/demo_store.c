/* demo_store.c: the mark of a demonstration, and its answers on their way into the store.
 */
#include "db/demo_store.h"

#include "db/batch.h"
#include "db/codes.h"
#include "db/comments.h"
#include "db/flag_hours.h"
#include "db/releases.h"
#include "db/sql.h"
#include "kiosk/limits.h"

#include <string.h>

#define MARK "demo"
#define MARK_PARTIAL TEXT("0")
#define MARK_READY TEXT("1")

/* ---- the mark ---- */

static enum status read_mark(struct sql *sql, enum demo_state *out)
{
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, TEXT(MARK));
    enum status rc = sql_step(get);
    *out = DEMO_NONE;
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    *out = text_equals(sql_text(get, 0), MARK_READY) ? DEMO_READY : DEMO_PARTIAL;
    sql_reset(get);
    return STATUS_OK;
}

enum status demo_store_copy_mark(struct sql *from, struct sql *to)
{
    struct sql_statement *get = sql_use(from, SQL_SETTING_GET);
    sql_bind_text(get, 1, TEXT(MARK));
    enum status rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    struct sql_statement *set = sql_use(to, SQL_SETTING_SET);
    sql_bind_text(set, 1, TEXT(MARK));
    sql_bind_column(set, 2, get, 0);
    rc = sql_run(set);
    sql_reset(get);
    return rc;
}

enum status demo_store_find(struct store *store, enum demo_state *out)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = read_mark(sql, out);
    store_give_reader(store, sql);
    return rc;
}

/* In the transaction that writes the mark: nobody can have applied a plan in between. */
static enum status check_unused(struct sql *sql)
{
    struct sql_statement *last = sql_use(sql, SQL_PLAN_LAST);
    enum status rc = sql_step(last);
    if (rc == STATUS_OK)
        sql_reset(last);
    if (rc == STATUS_NOT_FOUND)
        return STATUS_OK;
    return rc == STATUS_OK ? STATUS_CONFLICT : rc;
}

enum status demo_store_begin(struct store *store)
{
    struct sql *sql = NULL;
    if (!store_is_new(store))
        return STATUS_CONFLICT;
    enum status rc = store_begin(store, &sql);
    if (rc != STATUS_OK)
        return rc;
    rc = check_unused(sql);
    if (rc == STATUS_OK) {
        struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
        sql_bind_text(set, 1, TEXT(MARK));
        sql_bind_text(set, 2, MARK_PARTIAL);
        rc = sql_run(set);
    }
    return store_end(store, sql, rc);
}

/* ---- the answers ---- */

/* All answers, ready to be taken in. */
struct filling {
    struct store *store;
    struct arena *arena;
    const struct demo *demo;
    struct intake_entry *entries; /* as demo->submissions */
    struct code_grant *grants;    /* the same; of answers without a code unused */
    struct batch *batch;
    struct batch_item items[IMPORT_CHUNK];
    struct batch_item *places[IMPORT_CHUNK];
};

/* Codes of a group: one for each answer and what was handed out besides; or the poster's,
   which all share; or none. */
static enum status make_codes(struct filling *filling, const struct demo_group *group,
    struct code *codes, bool *has_codes)
{
    int64_t batch = 0;
    struct codes_order order = {
        .programme = group->programme->id,
        .wave = group->wave->id,
        .centre = group->centre,
        .channel = group->channel,
        .count = group->code_count,
        .today = group->wave->opens,
    };
    *has_codes = group->code_count > 0 || group->channel == CHANNEL_POSTER;
    if (group->code_count > 0 && group->count > group->code_count)
        return STATUS_INTERNAL;
    if (group->code_count > 0)
        return codes_make(filling->store, &order, codes, &batch);
    if (!*has_codes)
        return STATUS_OK;
    return codes_open(filling->store, group->programme->id, group->centre, codes);
}

/* Finds the codes as a phone's scan does, and gives one to each answer. */
static enum status grant_codes(struct filling *filling, const struct demo_group *group,
    const struct code *codes, bool has_codes)
{
    for (size_t i = 0; i < group->count; i++) {
        size_t place = group->first + i;
        filling->entries[place] = (struct intake_entry){
            .submission = &filling->demo->submissions[place],
            .questionnaire = group->questionnaire,
            .grant = has_codes ? &filling->grants[place] : NULL,
        };
        if (!has_codes)
            continue;
        const struct code *code = group->code_count > 0 ? &codes[i] : codes;
        enum status rc =
            codes_find(filling->store, code, filling->arena, &filling->grants[place]);
        if (rc != STATUS_OK)
            return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    }
    return STATUS_OK;
}

static enum status prepare_group(struct filling *filling, const struct demo_group *group)
{
    bool has_codes = false;
    struct code *codes =
        arena_take_array(filling->arena, group->code_count + 1, sizeof *codes);
    if (codes == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = make_codes(filling, group, codes, &has_codes);
    return rc == STATUS_OK ? grant_codes(filling, group, codes, has_codes) : rc;
}

static enum status write_chunk(struct filling *filling, size_t first, size_t count)
{
    struct sql *sql = NULL;
    for (size_t i = 0; i < count; i++) {
        filling->items[i] = (struct batch_item){.entry = &filling->entries[first + i]};
        filling->places[i] = &filling->items[i];
    }
    enum status rc = store_begin(filling->store, &sql);
    if (rc != STATUS_OK)
        return rc;
    rc = batch_write(filling->batch, sql, filling->places, count);
    for (size_t i = 0; i < count && rc == STATUS_OK; i++)
        if (filling->items[i].outcome != INTAKE_STORED)
            rc = STATUS_INTERNAL;
    return store_end(filling->store, sql, rc);
}

/* Reports show all that was made up. */
static enum status release_all(const struct filling *filling)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(filling->store, &sql);
    if (rc != STATUS_OK)
        return rc;
    for (size_t i = 0; i < filling->demo->group_count && rc == STATUS_OK; i++) {
        const struct demo_group *group = &filling->demo->groups[i];
        rc = release_wave(sql, group->programme->id, group->wave->id, group->wave->opens);
    }
    return store_end(filling->store, sql, rc);
}

/* ---- what was done with them ---- */

static enum status review_wave(
    const struct filling *filling, struct sql *sql, const struct demo_group *group)
{
    const struct actor actor = {.today = group->wave->closes};
    const struct comments_query query = {.programme = group->programme->id,
        .wave = group->wave->id,
        .review = REVIEW_WAITS,
        .limit = group->count + 1};
    struct comment_row *rows;
    size_t count = 0;
    enum status rc = comments_list_within(sql, filling->arena, &query, &rows, &count);
    for (size_t i = 0; i < count && rc == STATUS_OK; i++) {
        const struct comment_decision order = {
            rows[i].id, REVIEW_WAITS, demo_review(group->programme->id, rows[i].text)};
        rc = comments_decide_within(sql, &actor, &order);
    }
    return rc;
}

/* Of waves that are over; what came in those that are open waits. */
static enum status review_all(const struct filling *filling)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(filling->store, &sql);
    if (rc != STATUS_OK)
        return rc;
    for (size_t i = 0; i < filling->demo->group_count && rc == STATUS_OK; i++)
        if (filling->demo->groups[i].wave->closes < DEMO_TODAY)
            rc = review_wave(filling, sql, &filling->demo->groups[i]);
    return store_end(filling->store, sql, rc);
}

static enum status add_hours(const struct filling *filling)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; i < filling->demo->group_count && rc == STATUS_OK; i++) {
        const struct demo_group *group = &filling->demo->groups[i];
        if (group->flagged == 0 || group->centre.len > ID_BYTES_MAX)
            continue;
        struct stuffing_group hours = {.year = day_date(group->wave->opens).year,
            .flags = filling->demo->submissions[group->first].flags,
            .centre_len = group->centre.len,
            .count = (int64_t)group->flagged};
        memcpy(hours.centre, group->centre.ptr, group->centre.len);
        hours.hours[group->flagged_hour] = (int64_t)group->flagged;
        rc = flag_hours_add(filling->store, &hours);
    }
    return rc;
}

static enum status fill(struct filling *filling,
    void (*progress)(void *context, int64_t done, int64_t total), void *context)
{
    enum status rc = STATUS_OK;
    size_t total = filling->demo->submission_count;
    for (size_t i = 0; i < filling->demo->group_count && rc == STATUS_OK; i++)
        rc = prepare_group(filling, &filling->demo->groups[i]);
    for (size_t done = 0; done < total && rc == STATUS_OK;) {
        size_t count = total - done < IMPORT_CHUNK ? total - done : IMPORT_CHUNK;
        rc = write_chunk(filling, done, count);
        done += count;
        if (progress != NULL)
            progress(context, (int64_t)done, (int64_t)total);
    }
    if (rc == STATUS_OK)
        rc = release_all(filling);
    if (rc == STATUS_OK)
        rc = review_all(filling);
    return rc == STATUS_OK ? add_hours(filling) : rc;
}

enum status demo_store_fill(struct store *store, struct arena *arena,
    const struct demo *demo, void (*progress)(void *context, int64_t done, int64_t total),
    void *context)
{
    struct filling *filling = arena_take(arena, sizeof *filling);
    if (filling == NULL)
        return STATUS_NO_MEMORY;
    filling->store = store;
    filling->arena = arena;
    filling->demo = demo;
    size_t count = demo->submission_count;
    filling->entries = arena_take_array(arena, count, sizeof *filling->entries);
    filling->grants = arena_take_array(arena, count, sizeof *filling->grants);
    filling->batch = batch_new(IMPORT_CHUNK);
    enum status rc = STATUS_NO_MEMORY;
    if (filling->entries != NULL && filling->grants != NULL && filling->batch != NULL)
        rc = fill(filling, progress, context);
    batch_free(filling->batch);
    return rc == STATUS_OK ? store_set_setting(store, MARK, MARK_READY) : rc;
}
