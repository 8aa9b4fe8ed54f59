#pragma once
/* report_links.h: inside the report: the same answers stand in several breakdowns, so
   what one hides another may tell. Every row that is printed is a thing; sums are the
   equations between them that any reader can set up: these strata together are these
   centres together. Hides what it takes that no equation gives a hidden thing back. */
#include "kiosk/report_sum.h"
#include "kiosk/residues.h"

enum thing_kind {
    THING_TOTAL, /* the indicator's own figure */
    THING_STRATUM,
    THING_CENTRE,
    THING_CHANNEL,
    THING_PERIOD,
    THING_ITEM
};

/* In that equation, so many times; factors are residues. */
struct term {
    size_t sum;
    uint32_t factor;
};

struct terms {
    struct term *list;
    size_t count;
};

struct thing {
    enum thing_kind kind;
    struct report_row *row; /* NULL: the total */
    int64_t n;
    bool is_hidden;
    struct terms terms; /* of the equations that it stands in; each gives 0 */
};

struct links {
    struct thing *list;
    size_t count;
    size_t sum_count;
    int64_t k;
};

/* Hides more things until no combination of equations leaves a hidden thing alone, or
   adds up hidden ones that are fewer than k: of what was shown in it the smallest goes,
   if possible of the same kind. The total is never hidden here. Where the equations are
   too many to be combined (over RESIDUES_MAX), every thing but strata goes. NO_MEMORY. */
MUST_CHECK enum status links_cover(struct arena *arena, struct links *links);

/* Every thing that can be hidden and is in an equation, but strata. */
void links_hide_breakdowns(struct links *links);
