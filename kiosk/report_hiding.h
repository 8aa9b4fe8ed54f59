#pragma once
/* report_hiding.h: inside the report: one indicator while its rows are being hidden.
   report_hide.c looks at each breakdown by itself, report_parts.c at which answers the
   breakdowns share, report_equations.c writes down what follows; report_links.h solves.
 */
#include "kiosk/report_links.h"

/* Things by breakdown, in the order of enum thing_kind; firsts[kind] is where they begin.
 */
struct hiding {
    struct arena *arena;
    const struct report_input *input;
    struct report_indicator *of;
    struct links links;
    size_t firsts[THING_ITEM + 2];
    size_t *parts; /* of each thing: another one of its part, nearer to the first; the
                      first points at itself */
};

/* A wave at a centre: where its answers stand in the other breakdowns, one thing of each;
   0 (the total) if nowhere. */
struct block {
    size_t stratum;
    size_t centre;
    size_t channel;
    size_t period;
};

/* The blocks of all cells with answers that count, by stratum and centre, in the arena;
   and joins the rows of a breakdown that no sum could tell apart. NO_MEMORY. */
MUST_CHECK enum status hiding_list_blocks(
    struct hiding *hiding, struct block **out_blocks, size_t *out_count);
/* The first thing of the part that the thing is of. */
size_t hiding_part_of(const struct hiding *hiding, size_t thing);

/* Gives all things their terms. NO_MEMORY. */
MUST_CHECK enum status hiding_find_sums(
    struct hiding *hiding, const struct block *blocks, size_t count);
