/* sql_postgres_arrays.c: arrays in the server's binary form: dimensions, whether there
   are NULLs, the type, then the length of the one dimension and its lower bound; then
   each value behind its length. */
#include "db/sql_postgres_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 20, COUNT_AT = 12, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_TEXT = 25 };

static void put_number(unsigned char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (24 - 8 * i));
}

static bool make_room(struct pg_array *array, size_t more)
{
    size_t needed = array->len + more;
    if (array->is_short || needed > INT32_MAX)
        array->is_short = true;
    if (array->is_short || needed <= array->capacity)
        return !array->is_short;
    size_t wanted = needed * 2;
    unsigned char *grown = realloc(array->bytes, wanted);
    if (grown == NULL) {
        array->is_short = true;
        return false;
    }
    array->bytes = grown;
    array->capacity = wanted;
    return true;
}

static void begin_array(struct pg_array *array, uint32_t type)
{
    put_number(array->bytes, 1);     /* dimension */
    put_number(array->bytes + 4, 0); /* no NULLs */
    put_number(array->bytes + 8, type);
    put_number(array->bytes + COUNT_AT, 0);
    put_number(array->bytes + 16, 1); /* the lower bound */
    array->len = HEAD_BYTES;
}

static void add(struct sql_statement *base, int parameter, uint32_t type,
    const void *bytes, size_t size)
{
    struct pg_statement *statement = (struct pg_statement *)(void *)base;
    assert(parameter >= 1 && parameter <= statement->parameter_count);
    struct pg_array *array = &statement->arrays[parameter - 1];
    if (!make_room(array, HEAD_BYTES + 4 + size))
        return; /* told when the statement is run */
    if (array->count++ == 0)
        begin_array(array, type);
    put_number(array->bytes + array->len, (uint32_t)size);
    if (size > 0)
        memcpy(array->bytes + array->len + 4, bytes, size);
    array->len += 4 + size;
}

void pg_add_number(struct sql_statement *base, int parameter, int64_t value)
{
    unsigned char bytes[8];
    put_number(bytes, (uint32_t)((uint64_t)value >> 32));
    put_number(bytes + 4, (uint32_t)value);
    add(base, parameter, TYPE_INT8, bytes, sizeof bytes);
}

void pg_add_text(struct sql_statement *base, int parameter, struct text value)
{
    add(base, parameter, TYPE_TEXT, value.ptr, value.len);
}

void pg_add_bytes(
    struct sql_statement *base, int parameter, const void *bytes, size_t size)
{
    add(base, parameter, TYPE_BYTEA, bytes, size);
}

struct sql_statement *pg_use_arrays(struct sql *base, enum array_statement id)
{
    struct sql_statement *used = pg_use_place(pg_of(base), SQL_STATEMENT_COUNT + id);
    struct pg_statement *statement = (struct pg_statement *)(void *)used;
    for (int i = 0; i < statement->parameter_count; i++) {
        statement->arrays[i].len = 0;
        statement->arrays[i].count = 0;
        statement->arrays[i].is_short = false;
    }
    return used;
}

bool pg_finish_arrays(struct pg_statement *statement)
{
    for (int i = 0; i < statement->parameter_count; i++) {
        struct pg_array *array = &statement->arrays[i];
        if (array->is_short)
            return false;
        assert(array->count > 0 && array->count == statement->arrays[0].count);
        put_number(array->bytes + COUNT_AT, (uint32_t)array->count);
        statement->values[i] = (const char *)array->bytes;
        statement->lengths[i] = (int)array->len;
    }
    return true;
}

void pg_free_arrays(struct pg_statement *statement)
{
    for (int i = 0; statement->arrays != NULL && i < statement->parameter_count; i++)
        free(statement->arrays[i].bytes);
    free(statement->arrays);
}
