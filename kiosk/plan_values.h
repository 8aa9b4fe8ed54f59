#pragma once
/* plan_values.h: the values of a plan file, each with its place and whether it is there
   and right, so that later checks can point at it and can leave alone what was reported
   before. A const table of keys (struct plan_key) says which values an entry has.
   Reading a single value is here; entries and lists are in plan_walk.h. */
#include "kiosk/calendar.h"
#include "kiosk/plan_source.h"

enum value_state { VALUE_ABSENT, VALUE_WRONG, VALUE_GOOD };

/* Every value, and every entry, begins with this. */
struct value {
    enum value_state state;
    struct place at;
};

struct text_value {
    struct value is;
    struct text text;
};

struct number_value { /* also days, basis points, flags, and the index of a word */
    struct value is;
    int64_t number;
};

struct when_value {
    struct value is;
    struct text item;
    int level;
};

struct hours_value { /* minutes of the day, from < to ≤ 1440 */
    struct value is;
    int from;
    int to;
};

struct list_value {
    struct value is;
    void *entries; /* of the kind or the shape that the key says */
    size_t count;
};

enum value_kind {
    KIND_TEXT,      /* text_value: a wording, min to max characters */
    KIND_ID,        /* text_value */
    KIND_ITEM_ID,   /* text_value: begins with a letter, no reserved word */
    KIND_REFERENCE, /* text_value: an id that stands elsewhere */
    KIND_NUMBER,    /* number_value: min to max */
    KIND_TARGET,    /* number_value: basis points of a percentage */
    KIND_CONFIDENCE,
    KIND_POINTS, /* number_value: hundredths, min to max */
    KIND_DATE,   /* number_value: a day_t */
    KIND_FLAG,   /* number_value: 0 or 1 */
    KIND_WORD,   /* number_value: which of words */
    KIND_WHEN,   /* when_value */
    KIND_HOURS,  /* hours_value */
    KIND_ENTRY,  /* of a shape */
    KIND_LIST    /* list_value of `of`, at most max */
};

struct plan_shape;

struct plan_key {
    const char *name;
    enum value_kind kind;
    bool is_needed;
    size_t offset; /* of its value in the entry */
    int64_t min;
    int64_t max;
    const char *const *words;       /* NULL at the end */
    const struct plan_shape *shape; /* of an entry, or of a list's entries */
    enum value_kind of;             /* a list's entries */
};

struct plan_shape {
    size_t size; /* of the struct, which begins with struct value */
    const struct plan_key *keys;
    size_t key_count; /* at most PLAN_KEYS_MAX */
};

enum { PLAN_KEYS_MAX = 16 };

struct scalar {
    struct text text;
    struct place at;
    bool is_plain; /* without quotes */
};

struct value_reader {
    struct arena *arena;       /* where good texts are copied to */
    struct problems *problems; /* with an arena of their own, for arguments */
    bool is_full;              /* the arena was too small */
};

/* Reads a scalar of a kind up to KIND_HOURS into *value, which gets its state and place.
 */
void value_read(struct value_reader *reader, const struct plan_key *key,
    struct scalar scalar, void *value);

/* A copy for an argument: short, on one line, without control characters. */
struct text value_excerpt(struct arena *arena, struct text text);
