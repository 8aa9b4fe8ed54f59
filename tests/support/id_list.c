/* id_list.c: ids in their order, as the store lists them. */
#include "tests/support/id_list.h"

#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

struct id_list {
    size_t count;
    size_t capacity;
    struct submission_id *ids;
};

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, SUBMISSION_ID_BYTES);
}

static void add_id(struct id_list *list, struct text id)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 1024;
        list->ids = realloc(list->ids, list->capacity * sizeof *list->ids);
        assert_non_null(list->ids);
    }
    assert_int_equal(id.len, SUBMISSION_ID_BYTES);
    memcpy(list->ids[list->count++].bytes, id.ptr, id.len);
}

struct id_list *id_list_new(struct sql *sql)
{
    struct submission_id first = {{0}};
    struct submission_id last;
    struct id_list *list = calloc(1, sizeof *list);
    assert_non_null(list);
    memset(last.bytes, 0xff, sizeof last.bytes);
    struct sql_statement *rows = sql_use(sql, SQL_SUBMISSION_RANGE);
    sql_bind_bytes(rows, 1, first.bytes, sizeof first.bytes);
    sql_bind_bytes(rows, 2, last.bytes, sizeof last.bytes);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        add_id(list, sql_blob(rows, 0));
    assert_int_equal(rc, STATUS_NOT_FOUND);
    return list;
}

void id_list_free(struct id_list *list)
{
    free(list->ids);
    free(list);
}

bool id_list_has(const struct id_list *list, const struct submission_id *id)
{
    return list->count > 0 &&
           bsearch(id, list->ids, list->count, sizeof *list->ids, compare_ids) != NULL;
}
