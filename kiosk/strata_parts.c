/* strata_parts.c: merging that is blind to what was answered: it looks at how many
   answered, and at the configured order. */
#include "kiosk/strata_parts.h"

#include <math.h>

static bool is_valid(const struct stratum *stratum)
{
    int64_t sum = 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        if (stratum->levels[i] < 0 || stratum->levels[i] > WAVE_POPULATION_MAX)
            return false;
        sum += stratum->levels[i];
    }
    return sum <= WAVE_POPULATION_MAX && stratum->population >= POPULATION_UNKNOWN &&
           stratum->population <= WAVE_POPULATION_MAX;
}

static struct part part_of(const struct stratum *stratum, enum measure measure)
{
    int64_t n = levels_sum(stratum->levels);
    struct part part = {
        .name = stratum->name,
        .group = stratum->group,
        .people = stratum->population > n ? stratum->population : n,
        .is_bounded = !stratum->is_walk_in && stratum->population >= n,
        .n = n,
        .x = levels_top(stratum->levels, measure),
    };
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        part.levels[i] = stratum->levels[i];
    return part;
}

static void add(struct parts *parts, const struct stratum *stratum, struct part part)
{
    if (part.people == 0)
        return;
    parts->people += part.people;
    parts->n += part.n;
    parts->x += part.x;
    if (part.n == 0) {
        parts->uncovered += part.people;
        parts->flags |= FLAG_EMPTY_STRATUM;
    }
    if (stratum->population < part.n && stratum->population != POPULATION_UNKNOWN)
        parts->flags |= FLAG_POP_LT_N;
    parts->list[parts->count++] = part;
}

/* ---- the pool ---- */

/* The strata to be pooled as one, in the place of the first. Its people are those that
   are stated: raised to the answers of each, they would tell of these. */
static bool make_pool(const struct strata_input *input, struct stratum *out)
{
    bool has_any = false;
    for (size_t i = 0; i < input->count; i++) {
        const struct stratum *stratum = &input->strata[i];
        if (!stratum->is_pooled)
            continue;
        if (!has_any)
            *out = (struct stratum){.name = stratum->name, .group = stratum->group};
        has_any = true;
        out->population += stratum->population > 0 ? stratum->population : 0;
        out->received += stratum->received;
        out->is_walk_in |= stratum->is_walk_in;
        for (size_t level = 0; level < LEVEL_COUNT; level++)
            out->levels[level] += stratum->levels[level];
    }
    return has_any;
}

/* How far the mix of the pool's answers may be from the mix of its people, as the largest
   difference of any group's shares. What is valid of each stratum must not be told, so
   the answers received stand for it, and what of them is not valid comes on top. */
static double mix_shift(
    const struct strata_input *input, const struct stratum *pool, const struct part *part)
{
    double received = (double)pool->received;
    double people = (double)pool->population;
    double apart = 0;
    if (part_is_census(part))
        return 0;
    if (received < (double)part->n || people <= 0)
        return 1;
    for (size_t i = 0; i < input->count; i++) {
        const struct stratum *stratum = &input->strata[i];
        if (stratum->is_pooled && stratum->population >= 0)
            apart += fabs((double)stratum->received / received -
                          (double)stratum->population / people);
    }
    double shift = apart / 2 + 1 - (double)part->n / received;
    double open =
        part->is_bounded ? (double)(part->people - part->n) / (double)part->people : 1;
    return fmin(shift, open);
}

static void add_pool(
    struct parts *parts, const struct strata_input *input, const struct stratum *pool)
{
    struct part part = part_of(pool, input->measure);
    part.is_pool = true;
    part.shift = mix_shift(input, pool, &part);
    add(parts, pool, part);
}

enum status parts_make(
    struct arena *arena, const struct strata_input *input, struct parts *out)
{
    struct parts parts = {0};
    struct stratum pool;
    if (input->count > STRATA_MAX)
        return STATUS_TOO_LARGE;
    for (size_t i = 0; i < input->count; i++)
        if (!is_valid(&input->strata[i]))
            return STATUS_INVALID;
    parts.list = arena_take_array(arena, input->count, sizeof *parts.list);
    if (parts.list == NULL)
        return STATUS_NO_MEMORY;
    bool is_pool_due = make_pool(input, &pool);
    for (size_t i = 0; i < input->count; i++) {
        const struct stratum *stratum = &input->strata[i];
        if (!stratum->is_pooled)
            add(&parts, stratum, part_of(stratum, input->measure));
        else if (is_pool_due)
            add_pool(&parts, input, &pool);
        is_pool_due = is_pool_due && !stratum->is_pooled;
    }
    *out = parts;
    return STATUS_OK;
}

bool part_is_census(const struct part *part)
{
    return part->is_bounded && part->n == part->people;
}

/* ---- merging ---- */

static bool takes(const struct part *part, const struct part *other, bool is_any_group)
{
    return !part->is_gone && part->n > 0 &&
           (is_any_group || text_equals(part->group, other->group));
}

/* Who takes the part in: the nearest before it that has answers, else the nearest after
   it. NULL if there is none. */
static struct part *neighbour(struct parts *parts, size_t at, bool is_any_group)
{
    for (size_t i = at; i-- > 0;)
        if (takes(&parts->list[i], &parts->list[at], is_any_group))
            return &parts->list[i];
    for (size_t i = at + 1; i < parts->count; i++)
        if (takes(&parts->list[i], &parts->list[at], is_any_group))
            return &parts->list[i];
    return NULL;
}

/* An unbounded part stays so: its people are known to be wrong, or a weight only. */
static bool merge(struct arena *arena, struct part *into, struct part *part)
{
    struct text name =
        text_format(arena, "%.*s+%.*s", TEXT_ARG(into->name), TEXT_ARG(part->name));
    if (name.ptr == NULL)
        return false;
    into->name = name;
    into->people += part->people;
    into->is_bounded = into->is_bounded && part->is_bounded;
    into->is_merged = true;
    into->is_pool = into->is_pool || part->is_pool;
    into->shift = fmax(into->shift, part->shift);
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        into->levels[i] += part->levels[i];
    into->n += part->n;
    into->x += part->x;
    part->is_gone = true;
    return true;
}

static bool is_too_small(const struct part *part, int64_t answers)
{
    return !part->is_gone && part->n == answers && !part_is_census(part);
}

/* Merges the parts with so few answers, in configured order. */
static bool merge_those_with(struct arena *arena, struct parts *parts, int64_t answers)
{
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = &parts->list[i];
        if (!is_too_small(part, answers))
            continue;
        struct part *into = neighbour(parts, i, false);
        if (into == NULL)
            into = neighbour(parts, i, true);
        if (into == NULL)
            continue;
        if (!merge(arena, into, part))
            return false;
        parts->flags |= FLAG_COLLAPSED;
    }
    return true;
}

static void drop_gone(struct parts *parts)
{
    size_t kept = 0;
    for (size_t i = 0; i < parts->count; i++)
        if (!parts->list[i].is_gone)
            parts->list[kept++] = parts->list[i];
    parts->count = kept;
}

enum status parts_collapse(struct arena *arena, struct parts *parts)
{
    /* The fewest first: all empty ones go before the first with one answer does, and a
       part that took another in has two answers or more. So two passes are the rule. */
    if (!merge_those_with(arena, parts, 0) || !merge_those_with(arena, parts, 1))
        return STATUS_NO_MEMORY;
    drop_gone(parts);
    return STATUS_OK;
}
