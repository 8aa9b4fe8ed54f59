/* stats_strata.c: the table of strata: the rows of one case, in their order, make one
   figure, printed where the case first stands. */
#include "web/command/stats.h"

#include "kiosk/strata.h"

#include <string.h>

enum {
    STRATA_CASE,
    STRATA_NAME,
    STRATA_GROUP,
    STRATA_POPULATION,
    STRATA_WALK_IN,
    STRATA_LEVELS,
    STRATA_MEASURE = STRATA_LEVELS + LEVEL_COUNT,
    STRATA_CONF,
    STRATA_TARGET,
    STRATA_COLUMNS
};

static const struct stats_column strata_columns[STRATA_COLUMNS] = {
    {"case", "id", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    {"stratum", NULL, CELL_TEXT, NEEDED, 0, 0},
    {"group", NULL, CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    {"N", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, WAVE_POPULATION_MAX},
    {"walk_in", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, 1},
    {"c5", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
    {"c4", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
    {"c3", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
    {"c2", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
    {"c1", NULL, CELL_COUNT, NEEDED, 0, WAVE_POPULATION_MAX},
    [STRATA_MEASURE] = {"top", "measure", CELL_MEASURE, MAY_BE_EMPTY, 0, 0},
    [STRATA_CONF] = {"conf", "confidence", CELL_CONFIDENCE, MAY_BE_EMPTY, 0, 0},
    [STRATA_TARGET] = {"target_bp", NULL, CELL_COUNT, MAY_BE_EMPTY, 1, 10000},
};

/* A row; the rows of a case are a chain. */
struct row {
    struct stratum stratum;
    struct row *next;
};

struct strata_case {
    struct text id;
    unsigned line;
    int64_t measure;
    int64_t confidence_bp;
    int64_t target_bp;
    struct row *first;
    struct row *last;
    size_t count;
};

struct strata_cases {
    struct strata_case *list;
    size_t count;
    size_t capacity;
};

/* ---- rows ---- */

static struct strata_case *add_case(struct stats *stats, struct strata_cases *cases)
{
    struct arena *arena = stats->call->arena;
    if (cases->count == cases->capacity) {
        size_t wanted = cases->capacity == 0 ? 64 : cases->capacity * 2;
        struct strata_case *grown = arena_grow(
            arena, cases->list, cases->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL)
            return NULL;
        cases->list = grown;
        cases->capacity = wanted;
    }
    return &cases->list[cases->count++];
}

/* From the last case back: rows of a case mostly stand together. */
static struct strata_case *find_case(struct strata_cases *cases, struct text id)
{
    for (size_t i = cases->count; i-- > 0;)
        if (text_equals(cases->list[i].id, id))
            return &cases->list[i];
    return NULL;
}

static struct strata_cases *cases_of(struct stats *stats)
{
    if (stats->rows == NULL)
        stats->rows = arena_take(stats->call->arena, sizeof(struct strata_cases));
    return stats->rows;
}

/* The case that a row belongs to, new or known; NULL after a problem. */
static struct strata_case *case_of(struct stats *stats, const struct stats_value *values)
{
    struct strata_cases *cases = cases_of(stats);
    struct text id = values[STRATA_CASE].text;
    struct strata_case wanted = {
        .line = stats->line,
        .measure = stats_count_or(&values[STRATA_MEASURE], (int64_t)stats->measure),
        .confidence_bp = stats_count_or(&values[STRATA_CONF], stats->confidence_bp),
        .target_bp = stats_count_or(&values[STRATA_TARGET], stats->target_bp),
    };
    struct strata_case *known = cases == NULL ? NULL : find_case(cases, id);
    if (known == NULL && cases != NULL) {
        wanted.id = text_copy(stats->call->arena, id);
        known = add_case(stats, cases);
        if (known != NULL)
            *known = wanted;
    }
    if (known == NULL) {
        stats_no_room(stats);
        return NULL;
    }
    if (known->measure != wanted.measure || known->target_bp != wanted.target_bp ||
        known->confidence_bp != wanted.confidence_bp) {
        stats_complain(stats,
            N_("Measure, confidence and target differ within the case \"{1}\"."), id,
            TEXT(""));
        return NULL;
    }
    return known;
}

static bool sum_fits(struct stats *stats, const struct stratum *stratum)
{
    if (levels_sum(stratum->levels) <= WAVE_POPULATION_MAX)
        return true;
    stats_complain_counts(stats, N_("{1} answers are more than the allowed {2}."),
        levels_sum(stratum->levels), WAVE_POPULATION_MAX);
    return false;
}

static void strata_row(struct stats *stats, const struct stats_value *values)
{
    struct arena *arena = stats->call->arena;
    struct strata_case *of = case_of(stats, values);
    if (of == NULL)
        return;
    struct row *row = arena_take(arena, sizeof *row);
    if (row == NULL || of->count == STRATA_MAX) {
        stats_no_room(stats);
        return;
    }
    row->stratum = (struct stratum){
        .name = text_copy(arena, values[STRATA_NAME].text),
        .group = text_copy(arena, values[STRATA_GROUP].text),
        .population = stats_count_or(&values[STRATA_POPULATION], POPULATION_UNKNOWN),
        .is_walk_in = values[STRATA_WALK_IN].count != 0,
    };
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        row->stratum.levels[i] = values[STRATA_LEVELS + i].count;
    if (!sum_fits(stats, &row->stratum))
        return;
    *(of->count == 0 ? &of->first : &of->last->next) = row;
    of->last = row;
    of->count++;
}

/* ---- figures ---- */

static void put_settings(struct stats *stats, const struct strata_case *of)
{
    struct stats_value name = {.is_given = of->id.len > 0, .text = of->id};
    stats->line = of->line;
    stats_put_name(stats, &name);
    stats_put_text(
        stats, of->measure == (int64_t)MEASURE_TOP3 ? TEXT("top3") : TEXT("top2"));
    stats_put_number(stats, (double)of->confidence_bp / 10000);
    stats_put_count(stats, of->target_bp);
}

static void put_strata(struct stats *stats, const struct strata *strata)
{
    stats_put_count(stats, (int64_t)strata->used);
    stats_put_text(stats, strata->collapsed);
    stats_put_count(stats, strata->population);
    stats_put_count(stats, strata->n);
    stats_put_number(stats, strata->p);
    stats_put_number(stats, strata->se);
    stats_put_number(stats, strata->n_eff);
    stats_put_number(stats, strata->interval.lo);
    stats_put_number(stats, strata->interval.hi);
    stats_put_number(stats, strata->mean.value);
    stats_put_number(stats, strata->mean.se);
    stats_put_number(stats, strata->mean.lo);
    stats_put_number(stats, strata->mean.hi);
    stats_put_text(stats, text_of(verdict_word(strata->verdict)));
    stats_put_number(stats, strata->p_pooled);
    stats_put_number(stats, strata->deff_kish);
    stats_put_number(stats, strata->uncovered);
    stats_put_flags(stats, strata->flags);
    stats_end_row(stats);
}

/* The chain as an array; NULL when the scratch arena is full. */
static struct stratum *strata_of(struct stats *stats, const struct strata_case *of)
{
    struct stratum *strata = arena_take_array(stats->scratch, of->count, sizeof *strata);
    struct stratum *at = strata;
    if (strata == NULL)
        return NULL;
    for (const struct row *row = of->first; row != NULL; row = row->next)
        *at++ = row->stratum;
    return strata;
}

static void compute_case(struct stats *stats, const struct strata_case *of)
{
    struct strata strata;
    struct strata_input input = {
        .strata = strata_of(stats, of),
        .count = of->count,
        .measure = (enum measure)of->measure,
        .confidence_bp = (int)of->confidence_bp,
        .target_bp = (int)of->target_bp,
        .weights = {100, 80, 60, 30, 0},
        .target_mean = (double)of->target_bp / 100,
    };
    if (input.strata == NULL ||
        strata_compute(stats->scratch, &input, &strata) != STATUS_OK) {
        stats_no_room(stats);
        return;
    }
    if (stats->is_explained) {
        struct stats_value name = {.is_given = of->id.len > 0, .text = of->id};
        stats->line = of->line;
        stats_explain_strata(stats, &name, &input, &strata);
        return;
    }
    put_settings(stats, of);
    put_strata(stats, &strata);
}

static void strata_finish(struct stats *stats)
{
    const struct strata_cases *cases = cases_of(stats);
    if (cases == NULL) {
        stats_no_room(stats);
        return;
    }
    for (size_t i = 0; i < cases->count; i++) {
        arena_reset(stats->scratch);
        compute_case(stats, &cases->list[i]);
    }
}

const struct stats_table stats_strata = {"strata", strata_columns, STRATA_COLUMNS,
    "id,top,conf,target_bp,strata_used,collapsed,N,n,p,se,n_eff,lo,hi,mean,mean_se,"
    "mean_lo,mean_hi,verdict,p_pooled,deff_kish,uncovered,flags",
    strata_row, strata_finish};
