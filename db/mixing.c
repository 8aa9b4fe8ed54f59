/* mixing.c: rewrites the tables whose rows are written beside a submission.

   A page of a table tells more than its rows: a new cell goes where there is room, so
   that the places of cells tell the order in which they came. A chunk of neighbours is
   taken out whole (secure_delete leaves zeros) and put back in the order of keys. Chunks
   overlap by more than a page holds: the page at a chunk's end, half of which was left
   where it lay, lies inside the next one. Nothing is remembered of what is new: all rows
   are rewritten, so that what was rewritten tells nothing either.

   Before that, what lies where it came is settled: comments (db/comments.h), and on a
   file submissions (db/arrivals.h).

   PostgreSQL keeps rows in the order of arrival, whatever their key, and each with the
   number of the transaction that wrote it. There submissions are rewritten too, those of
   the periods that got any; chunks need not overlap, and at the end what the rows were
   before is vacuumed away. */
#include "db/mixing_parts.h"

#include "db/arrivals.h"
#include "db/comments.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SETTLED_ROWS = 100, /* at once: each goes to pages of its own, and until they are
                           there the engine keeps these in memory as they were */
    OVERLAP_ROWS = 180, /* a page of 4096 bytes holds at most 170 rows: 24 bytes each of
                           rotating codes, 30 of others */
    PERIOD_BYTES = 4,   /* of an id: the days of its period */
    CHUNK_BYTES = 1 << 20, /* of comments; a chunk may end sooner */
    PAUSE_RATIO = 2,  /* others have the store for twice the time a chunk took, … */
    CROWD_RATIO = 30, /* … and for so many times while a crowd answers */
    STEP_US = 500000,
    LOG_PATIENCE_MS = 20 /* submissions wait meanwhile */
};

const struct mixed_table mixed_tables[TABLE_COUNT] = {
    [TABLE_CODE] = {SQL_MIX_CODE_COUNT, SQL_MIX_CODE_LIST, SQL_MIX_CODE_REMOVE,
        SQL_MIX_CODE_ADD, SQL_CODES_ADD, "btttnnnn"},
    [TABLE_COMMENT] = {SQL_MIX_COMMENT_COUNT, SQL_MIX_COMMENT_LIST,
        SQL_MIX_COMMENT_REMOVE, SQL_MIX_COMMENT_ADD, SQL_COMMENTS_PUT, "btttnttnn"},
    [TABLE_ROTATING] = {SQL_MIX_ROTATING_COUNT, SQL_MIX_ROTATING_LIST,
        SQL_MIX_ROTATING_REMOVE, SQL_MIX_ROTATING_ADD, SQL_ROTATING_SPEND_MANY, "bn"},
    [TABLE_SUBMISSION] = {SQL_MIX_SUBMISSION_COUNT, SQL_MIX_SUBMISSION_LIST,
        SQL_MIX_SUBMISSION_REMOVE, SQL_SUBMISSION_ADD, SQL_SUBMISSIONS_ADD,
        "btttnnnntnnbn"},
};

struct mixing *mixing_new(struct store *store, const struct plans *plans)
{
    struct mixing *mixing = calloc(1, sizeof *mixing);
    if (mixing == NULL)
        return NULL;
    mixing->store = store;
    mixing->plans = plans;
    mixing->table_count = store_is_cluster(store) ? TABLE_COUNT : TABLE_SUBMISSION;
    mixing->arena = arena_new(CHUNK_BYTES);
    if (mixing->arena != NULL)
        return mixing;
    free(mixing);
    return NULL;
}

void mixing_free(struct mixing *mixing)
{
    if (mixing == NULL)
        return;
    arena_free(mixing->arena);
    free(mixing->periods);
    free(mixing);
}

/* ---- a chunk ---- */

/* False when the arena is full. */
static bool take_row(struct mixing *mixing, const struct mixed_table *table,
    struct sql_statement *list, struct row *row)
{
    for (int i = 0; table->columns[i] != '\0'; i++) {
        if (table->columns[i] == 'n') {
            row->numbers[i] = sql_number(list, i);
            continue;
        }
        struct text value =
            table->columns[i] == 'b' ? sql_blob(list, i) : sql_text(list, i);
        row->texts[i] = text_copy(mixing->arena, value);
        if (row->texts[i].ptr == NULL)
            return false;
    }
    return true;
}

static enum status read_chunk(
    struct mixing *mixing, const struct mixed_table *table, struct sql *sql)
{
    struct sql_statement *list = sql_use(sql, table->list);
    sql_bind_bytes(list, 1, mixing->from, KEY_BYTES);
    sql_bind_number(list, 2, CHUNK_ROWS);
    arena_reset(mixing->arena);
    mixing->count = 0;
    enum status rc = STATUS_OK;
    while ((rc = sql_step(list)) == STATUS_OK) {
        if (!take_row(mixing, table, list, &mixing->rows[mixing->count]))
            break;
        mixing->count++;
    }
    sql_reset(list);
    mixing->is_last = rc == STATUS_NOT_FOUND && mixing->count < CHUNK_ROWS;
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status add_row(
    const struct mixed_table *table, struct sql *sql, const struct row *row)
{
    struct sql_statement *add = sql_use(sql, table->add);
    for (int i = 0; table->columns[i] != '\0'; i++) {
        if (table->columns[i] == 'n')
            sql_bind_number(add, i + 1, row->numbers[i]);
        else if (table->columns[i] == 'b')
            sql_bind_bytes(add, i + 1, row->texts[i].ptr, row->texts[i].len);
        else
            sql_bind_text(add, i + 1, row->texts[i]);
    }
    return sql_run(add);
}

static enum status add_rows(
    struct mixing *mixing, const struct mixed_table *table, struct sql *sql)
{
    struct sql_statement *add = sql_use_arrays(sql, table->arrays);
    for (size_t i = 0; i < mixing->count; i++) {
        const struct row *row = &mixing->rows[i];
        for (int k = 0; table->columns[k] != '\0'; k++) {
            if (table->columns[k] == 'n')
                sql_add_number(add, k + 1, row->numbers[k]);
            else if (table->columns[k] == 'b')
                sql_add_bytes(add, k + 1, row->texts[k].ptr, row->texts[k].len);
            else
                sql_add_text(add, k + 1, row->texts[k]);
        }
    }
    return sql_run(add);
}

static enum status rewrite_chunk(
    struct mixing *mixing, const struct mixed_table *table, struct sql *sql)
{
    enum status rc = read_chunk(mixing, table, sql);
    if (rc != STATUS_OK || mixing->count == 0)
        return rc;
    struct sql_statement *remove = sql_use(sql, table->remove);
    sql_bind_bytes(remove, 1, mixing->rows[0].texts[0].ptr, KEY_BYTES);
    sql_bind_bytes(remove, 2, mixing->rows[mixing->count - 1].texts[0].ptr, KEY_BYTES);
    rc = sql_run(remove);
    if (rc == STATUS_OK && sql_takes_arrays(sql))
        return add_rows(mixing, table, sql);
    for (size_t i = 0; rc == STATUS_OK && i < mixing->count; i++)
        rc = add_row(table, sql, &mixing->rows[i]);
    return rc;
}

/* ---- a table ---- */

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A crowd: since the chunk before, more came to lie where they came than a chunk settles.
   What it leaves behind is settled when it has gone. */
static void look_for_crowd(struct mixing *mixing, struct sql *sql)
{
    int64_t first = 0;
    int64_t last = 0;
    if (store_is_cluster(mixing->store) || arrivals_span(sql, &first, &last) != STATUS_OK)
        return;
    mixing->is_crowded = mixing->last_came > 0 && last - mixing->last_came > SETTLED_ROWS;
    mixing->last_came = last;
}

static void pause_after(const struct mixing *mixing, int64_t took_us)
{
    int64_t us = took_us * (mixing->is_crowded ? CROWD_RATIO : PAUSE_RATIO);
    struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    (void)nanosleep(&pause, NULL);
}

/* The next chunk begins inside this one, where pages are of neighbours. */
static void go_on(struct mixing *mixing)
{
    size_t overlap = mixing->count > 2 * OVERLAP_ROWS ? OVERLAP_ROWS : mixing->count / 2;
    if (store_is_cluster(mixing->store))
        overlap = 0;
    size_t last_done = mixing->count - overlap - 1;
    memcpy(mixing->from, mixing->rows[last_done].texts[0].ptr, KEY_BYTES);
}

static int64_t period_of(const unsigned char *key)
{
    int64_t day = 0;
    for (int i = 0; i < PERIOD_BYTES; i++)
        day = day << 8 | key[i];
    return day;
}

/* The ids behind the last chunk, or those of the next period that is due. False: there is
   none. */
static bool find_submissions(struct mixing *mixing)
{
    int64_t day = period_of(mixing->from);
    for (size_t i = 0; i < mixing->period_count; i++) {
        const struct period *period = &mixing->periods[i];
        if (!period->is_due || period->day < day)
            continue;
        if (period->day > day) {
            memset(mixing->from, 0, sizeof mixing->from);
            for (int k = 0; k < PERIOD_BYTES; k++)
                mixing->from[k] = (unsigned char)(period->day >> (24 - 8 * k));
        }
        return true;
    }
    return false;
}

static enum status mix_chunk(struct mixing *mixing, const struct mixed_table *table)
{
    struct sql *sql = NULL;
    int64_t begun = now_us();
    enum status rc = store_begin(mixing->store, &sql);
    if (rc == STATUS_OK) {
        look_for_crowd(mixing, sql);
        rc = store_end(mixing->store, sql, rewrite_chunk(mixing, table, sql));
    }
    if (rc == STATUS_OK)
        store_keep_log_short(mixing->store);
    pause_after(mixing, now_us() - begun);
    return rc;
}

typedef enum status settle_fn(struct sql *sql, int64_t max, int64_t *settled);

/* A chunk of what lies where it came; so many are left of what is to be settled. */
static enum status settle_some(struct mixing *mixing, settle_fn *settle, int64_t *left)
{
    struct sql *sql = NULL;
    int64_t count = 0;
    int64_t begun = now_us();
    enum status rc = store_begin(mixing->store, &sql);
    if (rc == STATUS_OK) {
        look_for_crowd(mixing, sql);
        rc = store_end(mixing->store, sql, settle(sql, SETTLED_ROWS, &count));
    }
    if (rc == STATUS_OK)
        *left = count < SETTLED_ROWS ? 0 : *left - count;
    pause_after(mixing, now_us() - begun);
    return rc;
}

/* A row that can't be settled, which only somebody who changed the file can have put
   there, lies where it is until it is mended. The rest is mixed all the same. */
static enum status settle_until(
    struct mixing *mixing, settle_fn *settle, int64_t *left, int64_t until)
{
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK && *left > 0 && now_us() < until)
        rc = settle_some(mixing, settle, left);
    if (rc != STATUS_CONFLICT && rc != STATUS_INTERNAL)
        return rc;
    mixing->unsettled = rc;
    *left = 0;
    return STATUS_OK;
}

static void begin_table(struct mixing *mixing, size_t table)
{
    mixing->table = table;
    memset(mixing->from, 0, sizeof mixing->from);
}

/* Chunk by chunk through all tables, until all is done or the time is over. */
static enum status mix(struct mixing *mixing)
{
    int64_t until = now_us() + STEP_US;
    enum status rc = settle_until(mixing, comments_settle, &mixing->comments_left, until);
    if (rc == STATUS_OK)
        rc = settle_until(mixing, arrivals_settle, &mixing->submissions_left, until);
    if (rc != STATUS_OK)
        return rc;
    while (mixing->table < mixing->table_count && now_us() < until) {
        if (mixing->table == TABLE_SUBMISSION && !find_submissions(mixing)) {
            begin_table(mixing, mixing->table + 1);
            break;
        }
        rc = mix_chunk(mixing, &mixed_tables[mixing->table]);
        if (rc != STATUS_OK)
            return rc;
        if (mixing->is_last)
            begin_table(mixing, mixing->table + 1);
        else
            go_on(mixing);
    }
    return STATUS_OK;
}

/* ---- when ---- */

static enum status begin_all(struct mixing *mixing, const struct mark *now)
{
    mixing->mark = *now;
    mixing->comments_left = now->rows[TABLE_COMMENT];
    begin_table(mixing, 0);
    return mixing_find_periods(mixing);
}

/* Submissions are settled however few they are: settled or not, whoever has the file sees
   that they are there, and until then also in what order they came. */
static enum status begin_if_due(struct mixing *mixing, day_t today)
{
    struct mark last;
    struct mark now = {.day = today};
    mixing->unsettled = STATUS_OK;
    enum status rc = mixing_read_mark(mixing->store, &last);
    if (rc == STATUS_OK)
        rc = mixing_count_rows(mixing->store, mixing->table_count, &now);
    if (rc == STATUS_OK)
        rc = mixing_count_lying(mixing->store, &mixing->submissions_left);
    if (rc != STATUS_OK)
        return rc;
    mixing->is_whole = mixing_is_due(mixing->plans, &last, &now, today);
    if (mixing->is_whole)
        rc = begin_all(mixing, &now);
    else
        begin_table(mixing, mixing->table_count);
    mixing->is_under_way =
        rc == STATUS_OK && (mixing->is_whole || mixing->submissions_left > 0);
    return rc;
}

enum status mixing_step(struct mixing *mixing, day_t today, bool *more)
{
    enum status rc = STATUS_OK;
    if (!mixing->is_under_way)
        rc = begin_if_due(mixing, today);
    if (rc == STATUS_OK && mixing->is_under_way)
        rc = mix(mixing);
    *more = mixing->is_under_way &&
            (mixing->table < mixing->table_count || mixing->submissions_left > 0);
    if (rc != STATUS_OK || *more)
        return rc;
    if (mixing->is_under_way && mixing->is_whole) {
        mixing_note_mixed(mixing);
        rc = mixing_write_mark(mixing->store, &mixing->mark);
    }
    mixing->is_under_way = mixing->is_under_way && rc != STATUS_OK;
    if (rc == STATUS_OK)
        rc = store_empty_log(mixing->store, LOG_PATIENCE_MS);
    return rc == STATUS_OK ? mixing->unsettled : rc;
}
