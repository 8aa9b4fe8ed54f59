/* mixing_due.c: when a mixing is due, and of which periods.

   What there is now is compared with what there was: of the tables' rows the store keeps
   a mark, of the periods' submissions this process remembers. Who has copies of
   the files from between two mixings sees the group that came between them, so a mixing
   waits until k came or a wave is over. */
#include "db/mixing_parts.h"

#include "db/arrivals.h"

#include <stdlib.h>

static const char setting_name[] = "mixed";

enum status mixing_count_rows(struct store *store, size_t table_count, struct mark *mark)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < table_count; i++)
        rc = sql_step_number(sql_use(sql, mixed_tables[i].count), &mark->rows[i]);
    store_give_reader(store, sql);
    return rc;
}

enum status mixing_count_lying(struct store *store, int64_t *count)
{
    int64_t first = 0;
    int64_t last = 0;
    *count = 0;
    if (store_is_cluster(store))
        return STATUS_OK;
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = arrivals_span(sql, &first, &last);
    store_give_reader(store, sql);
    if (rc == STATUS_OK && first > 0)
        *count = last - first + 1;
    return rc;
}

/* "DAY CODES COMMENTS ROTATING SUBMISSIONS", the last 0 on SQLite; older marks end
   sooner, and what is not there is 0. Never mixed, or not to be read: all zeros. */
enum status mixing_read_mark(struct store *store, struct mark *mark)
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

enum status mixing_write_mark(struct store *store, const struct mark *mark)
{
    enum { MARK_BYTES = 1024 };
    struct arena *arena = arena_new(MARK_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = store_set_setting(store, setting_name,
        text_format(arena, "%lld %lld %lld %lld %lld", (long long)mark->day,
            (long long)mark->rows[TABLE_CODE], (long long)mark->rows[TABLE_COMMENT],
            (long long)mark->rows[TABLE_ROTATING],
            (long long)mark->rows[TABLE_SUBMISSION]));
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

bool mixing_is_due(const struct plans *plans, const struct mark *last,
    const struct mark *now, day_t today)
{
    const struct plan_version *current = plans_current(plans);
    /* Comments of an import that was taken back may have become fewer. */
    int64_t codes = llabs(now->rows[TABLE_CODE] - last->rows[TABLE_CODE]) +
                    llabs(now->rows[TABLE_ROTATING] - last->rows[TABLE_ROTATING]);
    int64_t comments = llabs(now->rows[TABLE_COMMENT] - last->rows[TABLE_COMMENT]);
    int64_t submissions =
        llabs(now->rows[TABLE_SUBMISSION] - last->rows[TABLE_SUBMISSION]);
    if (current == NULL || codes + comments + submissions == 0)
        return false;
    int64_t k = current->plan->k;
    return codes >= k || (codes == 0 && (comments >= k || submissions >= k)) ||
           any_has_closed(plans, (day_t)last->day, today);
}

/* A period's place in the list; NULL without memory. */
static struct period *note_period(struct mixing *mixing, int64_t day)
{
    for (size_t i = 0; i < mixing->period_count; i++)
        if (mixing->periods[i].day == day)
            return &mixing->periods[i];
    if (mixing->period_count == mixing->period_capacity) {
        size_t wanted = mixing->period_capacity * 2 + 64;
        struct period *grown = realloc(mixing->periods, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        mixing->periods = grown;
        mixing->period_capacity = wanted;
    }
    struct period *period = &mixing->periods[mixing->period_count++];
    *period = (struct period){.day = day};
    return period;
}

static int compare_periods(const void *a, const void *b)
{
    const struct period *left = a;
    const struct period *right = b;
    return (left->day > right->day) - (left->day < right->day);
}

/* Which periods got submissions, or lost some, since this process mixed them. */
enum status mixing_find_periods(struct mixing *mixing)
{
    if (mixing->table_count < TABLE_COUNT)
        return STATUS_OK;
    struct sql *sql = store_take_reader(mixing->store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *rows = sql_use(sql, SQL_SET_BY_PERIOD);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct period *period = note_period(mixing, sql_number(rows, 0));
        if (period == NULL)
            break;
        period->count = sql_number(rows, 1);
        period->is_due = period->count != period->mixed;
    }
    sql_reset(rows);
    store_give_reader(mixing->store, sql);
    qsort(
        mixing->periods, mixing->period_count, sizeof *mixing->periods, compare_periods);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : (rc == STATUS_OK ? STATUS_NO_MEMORY : rc);
}

void mixing_note_mixed(struct mixing *mixing)
{
    for (size_t i = 0; i < mixing->period_count; i++) {
        mixing->periods[i].mixed = mixing->periods[i].count;
        mixing->periods[i].is_due = false;
    }
}
