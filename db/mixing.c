/* mixing.c: rewrites the tables whose rows are written beside a submission.

   A page of a table tells more than its rows: a new cell goes where there is room, so
   that the places of cells tell the order in which they came. A chunk of neighbours is
   taken out whole (secure_delete leaves zeros) and put back in the order of keys. Chunks
   overlap by more than a page holds: the page at a chunk's end, half of which was left
   where it lay, lies inside the next one. Nothing is remembered of what is new: all rows
   are rewritten, so that what was rewritten tells nothing either. */
#include "db/mixing.h"

#include "db/sql.h"
#include "kiosk/limits.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CHUNK_ROWS = 400,   /* about 3 ms for which submissions wait */
    OVERLAP_ROWS = 180, /* a page of 4096 bytes holds at most 170 rows: 24 bytes each of
                           rotating codes, 30 of others */
    COLUMNS_MAX = 8,
    KEY_BYTES = 16,
    CHUNK_BYTES = 1 << 20, /* of comments; a chunk may end sooner */
    PAUSE_RATIO = 2,       /* others have the store for twice the time a chunk took */
    STEP_US = 500000,
    LOG_BYTES_MAX = 64 << 20,
    LOG_PATIENCE_MS = 20 /* submissions wait meanwhile */
};

static const char setting_name[] = "mixed";

struct mixed_table {
    enum statement count;  /* rows that came with a submission */
    enum statement list;   /* after a key, so many, in its order; the key comes first */
    enum statement remove; /* from a key to a key */
    enum statement add;
    const char *columns; /* b: bytes, t: text, n: number */
};

enum { TABLE_CODE, TABLE_COMMENT, TABLE_ROTATING, TABLE_COUNT };

static const struct mixed_table tables[TABLE_COUNT] = {
    [TABLE_CODE] = {SQL_MIX_CODE_COUNT, SQL_MIX_CODE_LIST, SQL_MIX_CODE_REMOVE,
        SQL_MIX_CODE_ADD, "btttnnnn"},
    [TABLE_COMMENT] = {SQL_MIX_COMMENT_COUNT, SQL_MIX_COMMENT_LIST,
        SQL_MIX_COMMENT_REMOVE, SQL_MIX_COMMENT_ADD, "btttnttn"},
    [TABLE_ROTATING] = {SQL_MIX_ROTATING_COUNT, SQL_MIX_ROTATING_LIST,
        SQL_MIX_ROTATING_REMOVE, SQL_MIX_ROTATING_ADD, "bn"},
};

struct row {
    struct text texts[COLUMNS_MAX];
    int64_t numbers[COLUMNS_MAX];
};

/* What there was at the last mixing, or is now. */
struct mark {
    int64_t day;
    int64_t rows[TABLE_COUNT];
};

struct mixing {
    struct store *store;
    const struct plans *plans;
    struct arena *arena; /* of the chunk */
    struct row rows[CHUNK_ROWS];
    size_t count;
    bool is_last; /* no row came after this chunk */

    bool is_under_way;
    struct mark mark; /* when it began */
    size_t table;
    unsigned char from[KEY_BYTES]; /* rows after this key; all zeros at first */
};

struct mixing *mixing_new(struct store *store, const struct plans *plans)
{
    struct mixing *mixing = calloc(1, sizeof *mixing);
    if (mixing == NULL)
        return NULL;
    mixing->store = store;
    mixing->plans = plans;
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

static void pause_after(int64_t took_us)
{
    int64_t us = took_us * PAUSE_RATIO;
    struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    (void)nanosleep(&pause, NULL);
}

/* The next chunk begins inside this one. */
static void go_on(struct mixing *mixing)
{
    size_t overlap = mixing->count > 2 * OVERLAP_ROWS ? OVERLAP_ROWS : mixing->count / 2;
    size_t last_done = mixing->count - overlap - 1;
    memcpy(mixing->from, mixing->rows[last_done].texts[0].ptr, KEY_BYTES);
}

static enum status mix_chunk(struct mixing *mixing, const struct mixed_table *table)
{
    struct sql *sql = NULL;
    int64_t begun = now_us();
    enum status rc = store_begin(mixing->store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(mixing->store, sql, rewrite_chunk(mixing, table, sql));
    if (rc == STATUS_OK && store_log_bytes(mixing->store) > LOG_BYTES_MAX) {
        enum status ignored = store_restart_log(mixing->store, LOG_PATIENCE_MS);
        (void)ignored; /* a reader holds it up; it is emptied in the end */
    }
    pause_after(now_us() - begun);
    return rc;
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
    while (mixing->table < TABLE_COUNT && now_us() < until) {
        enum status rc = mix_chunk(mixing, &tables[mixing->table]);
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

static enum status count_rows(struct store *store, struct mark *mark)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_INTERNAL;
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < TABLE_COUNT; i++) {
        struct sql_statement *count = sql_use(sql, tables[i].count);
        rc = sql_step(count);
        if (rc == STATUS_OK) {
            mark->rows[i] = sql_number(count, 0);
            sql_reset(count);
        }
    }
    store_give_reader(store, sql);
    return rc;
}

/* "DAY CODES COMMENTS ROTATING"; before there were rotating codes the last was not
   written, and is 0. Never mixed, or not to be read: all zeros. */
static enum status read_mark(struct store *store, struct mark *mark)
{
    enum { MARK_BYTES = 1024 };
    struct arena *arena = arena_new(MARK_BYTES);
    struct text value = {0};
    struct mark read = {0};
    *mark = read;
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = store_get_setting(store, setting_name, arena, &value);
    char *at = rc == STATUS_OK ? text_to_string(arena, value) : NULL;
    if (at != NULL) {
        read.day = strtoll(at, &at, 10);
        for (size_t i = 0; i < TABLE_COUNT; i++)
            read.rows[i] = strtoll(at, &at, 10);
        if (*at == '\0')
            *mark = read;
    }
    arena_free(arena);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status write_mark(struct store *store, const struct mark *mark)
{
    enum { MARK_BYTES = 1024 };
    struct arena *arena = arena_new(MARK_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = store_set_setting(store, setting_name,
        text_format(arena, "%lld %lld %lld %lld", (long long)mark->day,
            (long long)mark->rows[TABLE_CODE], (long long)mark->rows[TABLE_COMMENT],
            (long long)mark->rows[TABLE_ROTATING]));
    arena_free(arena);
    return rc;
}

static bool has_closed(const struct plan *plan, day_t since, day_t today)
{
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t k = 0; k < programme->wave_count; k++)
            if (programme->waves[k].closes >= since && programme->waves[k].closes < today)
                return true;
    }
    return false;
}

static bool any_has_closed(const struct plans *plans, day_t since, day_t today)
{
    const struct plan_version *version;
    for (int64_t i = 1; (version = plans_find(plans, i)) != NULL; i++)
        if (has_closed(version->plan, since, today))
            return true;
    return false;
}

static bool is_due(const struct plans *plans, const struct mark *last,
    const struct mark *now, day_t today)
{
    const struct plan_version *current = plans_current(plans);
    /* Comments of an import that was taken back may have become fewer. */
    int64_t codes = llabs(now->rows[TABLE_CODE] - last->rows[TABLE_CODE]) +
                    llabs(now->rows[TABLE_ROTATING] - last->rows[TABLE_ROTATING]);
    int64_t comments = llabs(now->rows[TABLE_COMMENT] - last->rows[TABLE_COMMENT]);
    if (current == NULL || codes + comments == 0)
        return false;
    int64_t k = current->plan->k;
    return codes >= k || (codes == 0 && comments >= k) ||
           any_has_closed(plans, (day_t)last->day, today);
}

static enum status begin_if_due(struct mixing *mixing, day_t today)
{
    struct mark last;
    struct mark now = {.day = today};
    enum status rc = read_mark(mixing->store, &last);
    if (rc == STATUS_OK)
        rc = count_rows(mixing->store, &now);
    if (rc != STATUS_OK || !is_due(mixing->plans, &last, &now, today))
        return rc;
    mixing->is_under_way = true;
    mixing->mark = now;
    begin_table(mixing, 0);
    return STATUS_OK;
}

enum status mixing_step(struct mixing *mixing, day_t today, bool *more)
{
    enum status rc = STATUS_OK;
    if (!mixing->is_under_way)
        rc = begin_if_due(mixing, today);
    if (rc == STATUS_OK && mixing->is_under_way)
        rc = mix(mixing);
    *more = mixing->is_under_way && mixing->table < TABLE_COUNT;
    if (rc != STATUS_OK || *more)
        return rc;
    if (mixing->is_under_way)
        rc = write_mark(mixing->store, &mixing->mark);
    mixing->is_under_way = mixing->is_under_way && rc != STATUS_OK;
    return rc == STATUS_OK ? store_empty_log(mixing->store, LOG_PATIENCE_MS) : rc;
}
