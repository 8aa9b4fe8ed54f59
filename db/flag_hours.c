/* flag_hours.c: counts that only ever grow. */
#include "db/flag_hours.h"

#include "db/sql.h"

static enum status add_hours(struct sql *sql, const struct stuffing_group *group)
{
    enum status rc = STATUS_OK;
    for (int hour = 0; hour < HOURS_OF_DAY && rc == STATUS_OK; hour++) {
        if (group->hours[hour] == 0)
            continue;
        struct sql_statement *add = sql_use(sql, SQL_FLAG_HOUR_ADD);
        sql_bind_number(add, 1, group->year);
        sql_bind_text(add, 2, (struct text){group->centre, group->centre_len});
        sql_bind_number(add, 3, group->flags);
        sql_bind_number(add, 4, hour);
        sql_bind_number(add, 5, group->hours[hour]);
        rc = sql_run(add);
    }
    return rc;
}

enum status flag_hours_add(struct store *store, const struct stuffing_group *group)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(store, &sql);
    return rc == STATUS_OK ? store_end(store, sql, add_hours(sql, group)) : rc;
}

static enum status list_rows(struct sql_statement *rows, struct arena *arena,
    struct flag_hour **out, size_t *count)
{
    size_t capacity = 0;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        if (*count == capacity) {
            size_t wanted = capacity == 0 ? 64 : capacity * 2;
            struct flag_hour *grown =
                arena_grow(arena, *out, capacity * sizeof *grown, wanted * sizeof *grown);
            if (grown == NULL)
                return STATUS_NO_MEMORY;
            *out = grown;
            capacity = wanted;
        }
        struct flag_hour *hour = &(*out)[(*count)++];
        *hour = (struct flag_hour){.centre = text_copy(arena, sql_text(rows, 0)),
            .flags = (unsigned)sql_number(rows, 1),
            .hour = (int)sql_number(rows, 2),
            .count = sql_number(rows, 3)};
        if (hour->centre.ptr == NULL)
            return STATUS_NO_MEMORY;
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status flag_hours_list(struct store *store, struct arena *arena, int year,
    struct flag_hour **out, size_t *count)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    struct sql_statement *rows = sql_use(sql, SQL_FLAG_HOUR_LIST);
    *out = NULL;
    *count = 0;
    sql_bind_number(rows, 1, year);
    enum status rc = list_rows(rows, arena, out, count);
    if (rc != STATUS_OK)
        sql_reset(rows);
    store_give_reader(store, sql);
    return rc;
}
