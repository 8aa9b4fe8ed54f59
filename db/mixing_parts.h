#pragma once
/* mixing_parts.h: inside a mixing: what its files share. mixing.c rewrites the tables,
   mixing_due.c says when and which periods. */
#include "db/mixing.h"
#include "db/sql.h"

enum {
    CHUNK_ROWS = 400, /* about 3 ms for which submissions wait */
    COLUMNS_MAX = 13,
    KEY_BYTES = 16
};

/* Submissions that are settled lie in the order of their ids on SQLite, and are left
   alone. */
enum { TABLE_CODE, TABLE_COMMENT, TABLE_ROTATING, TABLE_SUBMISSION, TABLE_COUNT };

struct mixed_table {
    enum statement count;  /* rows that came with a submission */
    enum statement list;   /* after a key, so many, in its order; the key comes first */
    enum statement remove; /* from a key to a key */
    enum statement add;
    enum array_statement arrays; /* the same for many */
    const char *columns;         /* b: bytes, t: text, n: number */
};

extern const struct mixed_table mixed_tables[TABLE_COUNT];

struct row {
    struct text texts[COLUMNS_MAX];
    int64_t numbers[COLUMNS_MAX];
};

/* What there was at the last mixing, or is now. */
struct mark {
    int64_t day;
    int64_t rows[TABLE_COUNT];
};

/* A period with submissions. */
struct period {
    int64_t day;
    int64_t count; /* of the sets now */
    int64_t mixed; /* … when it was mixed last by this process; 0: never */
    bool is_due;
};

struct mixing {
    struct store *store;
    const struct plans *plans;
    struct arena *arena; /* of the chunk */
    struct row rows[CHUNK_ROWS];
    size_t count;
    bool is_last; /* no row came after this chunk */

    bool is_under_way;
    bool is_whole;            /* not submissions alone: the mark is written at the end */
    struct mark mark;         /* when it began */
    int64_t comments_left;    /* of those, so many at most lie where they came, … */
    int64_t submissions_left; /* … and so many submissions */
    enum status unsettled;    /* why some of them stay where they came; OK: they don't */
    int64_t last_came;        /* the place of the last submission at the last look */
    bool is_crowded;
    size_t table;
    unsigned char from[KEY_BYTES]; /* rows after this key; all zeros at first */

    size_t table_count;     /* 3, or with submissions 4 */
    struct period *periods; /* in their order; what they held when they were mixed */
    size_t period_count;
    size_t period_capacity;
};

/* ---- when ---- */

/* Counts the rows of the first so many tables. BUSY: no reader can be had;
   else the store's. */
MUST_CHECK enum status mixing_count_rows(
    struct store *store, size_t table_count, struct mark *mark);
/* What there was at the last mixing, by whichever process; all zeros if there was none,
   or its mark can't be read. NO_MEMORY, or the store's. */
MUST_CHECK enum status mixing_read_mark(struct store *store, struct mark *mark);
/* Keeps that for the next time. NO_MEMORY, or the store's. */
MUST_CHECK enum status mixing_write_mark(struct store *store, const struct mark *mark);
/* k codes were spent since the last mark (k of the plan in force); or none, and k
   comments or k submissions came or went; or anything did, and a wave has closed since.
   False without a plan. */
bool mixing_is_due(const struct plans *plans, const struct mark *last,
    const struct mark *now, day_t today);

/* How many submissions lie where they came, or a few more; on a server none. Statuses as
   mixing_count_rows. */
MUST_CHECK enum status mixing_count_lying(struct store *store, int64_t *count);

/* ---- periods ---- */

/* Finds the periods that got submissions, or lost some, since this process mixed them:
   those are due. On SQLite there are none. BUSY: no reader can be had; NO_MEMORY;
   else the store's. */
MUST_CHECK enum status mixing_find_periods(struct mixing *mixing);
/* All are mixed, as they were when they were found. */
void mixing_note_mixed(struct mixing *mixing);
