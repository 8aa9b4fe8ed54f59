/* mo.c: the .mo format: a header of seven numbers, two tables of (length, offset), and
   strings that end with NUL. */
#include "web/mo.h"

#include <string.h>

enum { HEADER_BYTES = 28, PAIR_BYTES = 8 };
#define MAGIC 0x950412deu

/* The caller has checked that four bytes are there. */
static uint32_t number_at(struct text file, uint32_t offset)
{
    const unsigned char *at = (const unsigned char *)file.ptr + offset;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static bool is_inside(struct text file, uint64_t offset, uint64_t bytes)
{
    return offset + bytes <= file.len; /* both below 2^36: no overflow */
}

bool mo_open(struct text file, struct mo *out)
{
    if (file.len < HEADER_BYTES || file.len > UINT32_MAX || number_at(file, 0) != MAGIC ||
        number_at(file, 4) >> 16 != 0)
        return false;
    struct mo mo = {
        .file = file,
        .count = number_at(file, 8),
        .keys = number_at(file, 12),
        .values = number_at(file, 16),
    };
    uint64_t table_bytes = (uint64_t)mo.count * PAIR_BYTES;
    if (!is_inside(file, mo.keys, table_bytes) ||
        !is_inside(file, mo.values, table_bytes))
        return false;
    *out = mo;
    return true;
}

/* The nth string of a table; NULL where it is not inside the file or does not end. */
static const char *string_at(const struct mo *mo, uint32_t table, uint32_t n)
{
    uint32_t len = number_at(mo->file, table + n * PAIR_BYTES);
    uint32_t offset = number_at(mo->file, table + n * PAIR_BYTES + 4);
    if (!is_inside(mo->file, offset, (uint64_t)len + 1) ||
        mo->file.ptr[(size_t)offset + len] != '\0')
        return NULL;
    return mo->file.ptr + offset;
}

const char *mo_find(const struct mo *mo, const char *original)
{
    uint32_t low = 0;
    uint32_t high = *original == '\0' ? 0 : mo->count; /* "" is the file's header */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *key = string_at(mo, mo->keys, middle);
        if (key == NULL)
            return NULL;
        int order = strcmp(original, key);
        if (order == 0) {
            const char *value = string_at(mo, mo->values, middle);
            return value == NULL || *value == '\0' ? NULL : value;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool mo_pair(
    const struct mo *mo, uint32_t n, const char **original, const char **translation)
{
    const char *key = n < mo->count ? string_at(mo, mo->keys, n) : NULL;
    const char *value = key == NULL ? NULL : string_at(mo, mo->values, n);
    if (value == NULL)
        return false;
    *original = key;
    *translation = value;
    return true;
}
