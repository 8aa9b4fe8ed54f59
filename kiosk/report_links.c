/* report_links.c: covers hidden things. The equations are brought to the form in which as
   few hidden things as possible stand in each: one that is then alone is a number that
   anybody could compute. */
#include "kiosk/report_links.h"

#include <string.h>

enum { NO_THING = -1 };

static bool is_coverable(const struct thing *thing)
{
    return thing->kind != THING_TOTAL && !thing->is_hidden && thing->n > 0 &&
           thing->terms.count > 0;
}

void links_hide_breakdowns(struct links *links)
{
    for (size_t i = 0; i < links->count; i++) {
        struct thing *thing = &links->list[i];
        if (thing->kind != THING_STRATUM && is_coverable(thing))
            thing->is_hidden = true;
    }
}

/* The equations with a column a thing: hidden ones first. */
struct combining {
    struct residues system;
    size_t *order;  /* the row of each sum */
    size_t *sizes;  /* how many things are in each sum */
    size_t *things; /* of each column */
    size_t hidden;  /* how many columns are */
};

static void place_things(const struct links *links, bool is_hidden, struct combining *out)
{
    for (size_t i = 0; i < links->count; i++)
        if (links->list[i].terms.count > 0 && links->list[i].is_hidden == is_hidden)
            out->things[out->system.columns++] = i;
}

/* The smallest sums first: what one of them gives away is covered within it, not by
   whatever is smallest in the whole year. */
static void order_sums(const struct links *links, struct combining *combining)
{
    size_t *order = combining->order, *sizes = combining->sizes;
    for (size_t i = 0; i < links->count; i++)
        for (size_t j = 0; j < links->list[i].terms.count; j++)
            sizes[links->list[i].terms.list[j].sum]++;
    for (size_t sum = 0; sum < links->sum_count; sum++) {
        size_t row = 0;
        for (size_t other = 0; other < links->sum_count; other++)
            row +=
                sizes[other] < sizes[sum] || (other < sum && sizes[other] == sizes[sum]);
        order[sum] = row;
    }
}

static void fill(const struct links *links, struct combining *combining)
{
    struct residues *system = &combining->system;
    memset(system->cells, 0, system->rows * system->columns * sizeof *system->cells);
    for (size_t i = 0; i < system->columns; i++) {
        const struct terms *terms = &links->list[combining->things[i]].terms;
        for (size_t j = 0; j < terms->count; j++)
            residues_row(system, combining->order[terms->list[j].sum])[i] =
                terms->list[j].factor;
    }
}

/* What a row gives away: one thing alone, or several that are added up and together fewer
   than k. */
struct gift {
    int64_t thing; /* the first; NO_THING: none */
    int64_t n;     /* together */
};

static struct gift given_away(
    const struct links *links, const struct combining *combining, size_t row)
{
    const struct gift none = {NO_THING, 0};
    const uint32_t *factors = residues_row(&combining->system, row);
    struct gift gift = none;
    size_t count = 0;
    for (size_t i = 0; i < combining->hidden; i++) {
        if (factors[i] > 1)
            return none;
        if (factors[i] == 0)
            continue;
        if (count++ == 0)
            gift.thing = (int64_t)combining->things[i];
        gift.n += links->list[combining->things[i]].n;
    }
    return count == 1 || (count > 1 && gift.n < links->k) ? gift : none;
}

/* The smallest shown thing of a row, of the wanted kind if there is one. */
static int64_t smallest(const struct links *links, const struct combining *combining,
    size_t row, enum thing_kind wanted)
{
    const uint32_t *factors = residues_row(&combining->system, row);
    int64_t found = NO_THING;
    for (size_t i = combining->hidden; i < combining->system.columns; i++) {
        const struct thing *thing = &links->list[combining->things[i]];
        if (factors[i] == 0 || !is_coverable(thing))
            continue;
        const struct thing *best = found == NO_THING ? NULL : &links->list[found];
        bool is_better =
            best == NULL || (thing->kind == wanted && best->kind != wanted) ||
            (thing->n < best->n && (thing->kind == wanted) == (best->kind == wanted));
        if (is_better)
            found = (int64_t)combining->things[i];
    }
    return found;
}

/* True if something was hidden; one thing at a time, since it may cover several. A large
   thing that is given away was a cover that does not cover: if that matters, a small one
   is given away too. */
static bool cover_one(struct links *links, const struct combining *combining, size_t rows)
{
    int64_t best = NO_THING, least = INT64_MAX;
    for (size_t row = 0; row < rows; row++) {
        struct gift gift = given_away(links, combining, row);
        if (gift.thing == NO_THING || gift.n >= links->k || gift.n >= least)
            continue;
        int64_t cover = smallest(links, combining, row, links->list[gift.thing].kind);
        if (cover == NO_THING)
            continue;
        best = cover;
        least = gift.n;
    }
    if (best != NO_THING)
        links->list[best].is_hidden = true;
    return best != NO_THING;
}

/* A cover that follows from the total covers nothing. What anybody can compute is shown.
 */
static void show_useless(
    struct links *links, const struct combining *combining, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        struct gift gift = given_away(links, combining, row);
        if (gift.n >= links->k)
            links->list[gift.thing].is_hidden = false;
    }
}

enum status links_cover(struct arena *arena, struct links *links)
{
    size_t rows;
    struct combining combining = {.system.rows = links->sum_count};
    combining.things = arena_take_array(arena, links->count, sizeof *combining.things);
    combining.order = arena_take_array(arena, links->sum_count, sizeof *combining.order);
    combining.sizes = arena_take_array(arena, links->sum_count, sizeof *combining.sizes);
    if (combining.things == NULL || combining.order == NULL || combining.sizes == NULL)
        return STATUS_NO_MEMORY;
    if (links->count > 0 && links->sum_count > RESIDUES_MAX / links->count) {
        links_hide_breakdowns(links);
        return STATUS_OK;
    }
    combining.system.cells = arena_take_array(
        arena, links->sum_count * links->count, sizeof *combining.system.cells);
    if (combining.system.cells == NULL)
        return STATUS_NO_MEMORY;
    order_sums(links, &combining);
    do {
        combining.system.columns = 0;
        place_things(links, true, &combining);
        combining.hidden = combining.system.columns;
        place_things(links, false, &combining);
        fill(links, &combining);
        rows = residues_eliminate(&combining.system, combining.hidden);
    } while (cover_one(links, &combining, rows));
    show_useless(links, &combining, rows);
    return STATUS_OK;
}
