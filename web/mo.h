#pragma once
/* mo.h: reads GNU gettext's .mo files from memory. Every offset is checked against the
   file's size, so that a damaged file gives no translation instead of a crash. */
#include "kiosk/text.h"

struct mo {
    struct text file;
    uint32_t count;
    uint32_t keys;   /* offset of the table of originals, sorted */
    uint32_t values; /* offset of the table of translations */
};

/* Borrows the bytes. False unless they begin with the header of a little-endian .mo file
   of major revision 0 whose tables lie inside. */
bool mo_open(struct text file, struct mo *out);

/* The translation of an original; of a plural, its first form. Terminated, borrowed from
   the file; NULL when there is none or it is empty. "" has none. */
const char *mo_find(const struct mo *mo, const char *original);

/* The nth pair, from 0, in the order of the file; of a plural the first forms. False past
   the end or where the file is damaged. */
bool mo_pair(
    const struct mo *mo, uint32_t n, const char **original, const char **translation);
