/* report_span.c: Gauss over residues, one direction at a time. */
#include "kiosk/report_span.h"

enum status span_make(struct arena *arena, size_t vectors, struct span *out)
{
    if (vectors > SPAN_VECTORS_MAX)
        return STATUS_TOO_LARGE;
    *out = (struct span){.width = vectors + 1};
    out->basis = arena_take_array(arena, vectors * out->width, sizeof *out->basis);
    out->guarded = arena_take_array(arena, vectors * out->width, sizeof *out->guarded);
    out->leads = arena_take_array(arena, vectors, sizeof *out->leads);
    bool is_made = out->basis != NULL && out->guarded != NULL && out->leads != NULL;
    return is_made ? STATUS_OK : STATUS_NO_MEMORY;
}

/* SplitMix64 (G. Steele, D. Lea, C. Flood, 2014) of the place and the column: the same on
   every machine, and no order of places matters. */
static uint32_t residue_at(size_t place, size_t column)
{
    uint64_t z =
        ((uint64_t)place << 20 | (uint64_t)column) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    uint32_t residue = (uint32_t)((z ^ (z >> 31)) >> 33);
    return residue == RESIDUES_PRIME ? 0 : residue;
}

void span_place(const struct span *span, size_t place, uint32_t *out)
{
    for (size_t i = 0; i < span->width; i++)
        out[i] = residue_at(place, i);
}

void span_add(const struct span *span, const uint32_t *place, uint32_t *direction)
{
    residues_add(direction, place, 1, span->width);
}

void span_negate(const struct span *span, uint32_t *place)
{
    for (size_t i = 0; i < span->width; i++)
        place[i] = residue_negative(place[i]);
}

static uint32_t product(uint32_t a, uint32_t b)
{
    return residue_of((uint64_t)a * b);
}

/* Takes the row, which leads with a 1 at the column, so often that it is 0 there. */
static void take_off(
    const struct span *span, const uint32_t *row, size_t lead, uint32_t *direction)
{
    uint32_t times = residue_negative(direction[lead]);
    if (times != 0)
        residues_add(direction + lead, row + lead, times, span->width - lead);
}

/* What is left of it beside the basis; where it leads, or the width if nothing is left.
   Rows stand in the order in which they came: each is 0 at the leads of those before it.
 */
static size_t reduce(const struct span *span, uint32_t *direction)
{
    size_t lead = 0;
    for (size_t i = 0; i < span->basis_count; i++)
        take_off(span, &span->basis[i * span->width], span->leads[i], direction);
    while (lead < span->width && direction[lead] == 0)
        lead++;
    return lead;
}

static bool is_empty(const struct span *span, const uint32_t *direction)
{
    for (size_t i = 0; i < span->width; i++)
        if (direction[i] != 0)
            return false;
    return true;
}

static void lead_with_one(const struct span *span, size_t lead, uint32_t *direction)
{
    uint32_t factor = residue_inverse(direction[lead]);
    for (size_t i = lead; i < span->width; i++)
        direction[i] = product(direction[i], factor);
}

/* It is reduced, and leads with a 1. */
static void keep(struct span *span, size_t lead, const uint32_t *direction)
{
    uint32_t *row = &span->basis[span->basis_count * span->width];
    for (size_t i = 0; i < span->width; i++)
        row[i] = direction[i];
    span->leads[span->basis_count++] = lead;
    for (size_t i = 0; i < span->guarded_count; i++)
        take_off(span, row, lead, &span->guarded[i * span->width]);
}

void span_show(struct span *span, uint32_t *direction)
{
    size_t lead = reduce(span, direction);
    if (lead == span->width)
        return;
    lead_with_one(span, lead, direction);
    keep(span, lead, direction);
}

void span_guard(struct span *span, uint32_t *direction)
{
    if (reduce(span, direction) == span->width)
        return;
    uint32_t *row = &span->guarded[span->guarded_count++ * span->width];
    for (size_t i = 0; i < span->width; i++)
        row[i] = direction[i];
}

/* True if what is left of a guarded one is a multiple of it. */
static bool gives_away(
    const struct span *span, size_t lead, const uint32_t *direction, size_t guarded)
{
    const uint32_t *row = &span->guarded[guarded * span->width];
    uint32_t times = row[lead];
    if (times == 0)
        return false;
    for (size_t i = 0; i < span->width; i++)
        if (row[i] != product(direction[i], times))
            return false;
    return true;
}

bool span_admit(struct span *span, uint32_t *direction)
{
    size_t lead = reduce(span, direction);
    if (lead == span->width)
        return true;
    lead_with_one(span, lead, direction);
    for (size_t i = 0; i < span->guarded_count; i++)
        if (!is_empty(span, &span->guarded[i * span->width]) &&
            gives_away(span, lead, direction, i))
            return false;
    keep(span, lead, direction);
    return true;
}

bool span_follows(const struct span *span, uint32_t *direction)
{
    return reduce(span, direction) == span->width;
}
