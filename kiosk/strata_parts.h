#pragma once
/* strata_parts.h: strata as they are computed with: what has no people dropped, what has
   too few answers merged. Only strata.c includes it. */
#include "kiosk/strata.h"

/* One stratum, or several that were merged. */
struct part {
    struct text name;
    struct text group;
    int64_t people;  /* its weight: at least n */
    bool is_bounded; /* answers were drawn from its people: no walk-ins, n ≤ N */
    bool is_merged;
    bool is_gone; /* merged into another */
    bool is_pool;
    double shift; /* of the pool: how far its rate may be from its people's by the mix */
    int64_t levels[LEVEL_COUNT];
    int64_t n;
    int64_t x;
};

struct parts {
    struct part *list; /* in configured order */
    size_t count;
    int64_t people; /* sums over all */
    int64_t uncovered;
    int64_t n;
    int64_t x;
    unsigned flags; /* POP_LT_N, EMPTY_STRATUM, COLLAPSED */
};

/* Makes parts in the arena. The same statuses as strata_compute. */
MUST_CHECK enum status parts_make(
    struct arena *arena, const struct strata_input *input, struct parts *out);
/* Merges until every part has two answers, or is a whole census, or is alone; then drops
   what is gone. NO_MEMORY: no room for the joined names. */
MUST_CHECK enum status parts_collapse(struct arena *arena, struct parts *parts);

bool part_is_census(const struct part *part);
