#pragma once
/* strata.h: one figure of several populations, each a programme's wave: every stratum
   weighs as much as it has people. Small and empty strata are merged first, by a rule
   that does not look at what was answered. With one stratum left it is the exact figure
   of rate.h. Strata that a report hides can be pooled: then nothing here depends on more
   of them than their sums. Pure; thread-safe. */
#include "kiosk/mean.h"
#include "kiosk/rate.h"

struct stratum {
    struct text name;
    struct text group;  /* strata are merged within a group where they can */
    int64_t population; /* at most WAVE_POPULATION_MAX, or POPULATION_UNKNOWN */
    bool is_walk_in;    /* some answers came from nobody knows whom: N is a weight only */
    int64_t levels[LEVEL_COUNT]; /* answers of level 5, 4, 3, 2, 1 */
    bool is_pooled;   /* all that are make one stratum, before anything is merged */
    int64_t received; /* of a pooled one: what came in, valid or not; known to readers */
};

struct strata_input {
    const struct stratum *strata; /* in configured order */
    size_t count;                 /* at most STRATA_MAX */
    enum measure measure;         /* what counts as satisfied; score counts as top2 */
    int confidence_bp;
    int target_bp;               /* of the rate */
    double weights[LEVEL_COUNT]; /* of the mean score */
    double target_mean;          /* of the mean score, on the scale of the weights */
};

/* Names are those of the reference tables. NAN or NO_COUNT: there is none. */
struct strata {
    int64_t population; /* NO_COUNT if one is unknown */
    int64_t n;
    int64_t x;
    size_t used;           /* strata left after merging; 0 without answers */
    struct text collapsed; /* "A+B;C+D", in the arena */
    double p;
    double se; /* for print; it never makes the interval */
    double n_eff;
    struct interval interval; /* printed, decides */
    struct interval bound;
    int64_t rate_bp;
    int64_t lo_bp;
    int64_t hi_bp;
    enum verdict verdict;
    bool certain;
    struct mean_figure mean;
    enum verdict mean_verdict;
    double p_pooled;  /* without weights */
    double deff_kish; /* how many answers the weights cost: n/n_eff of equal strata */
    double uncovered; /* share of the people whose stratum has no answer */
    unsigned flags;   /* of enum figure_flag */
    double shift;     /* what pooling may shift the rate by, at most: the intervals are as
                         much wider on both sides, within what is possible; 0: no pool */
    bool is_single;   /* one population (or pooled without weights): … */
    struct rate single; /* … its figures, with k_req, p_met and prob_ge */
};

/* INVALID: as rate_compute, or a population or count of a stratum over
   WAVE_POPULATION_MAX. TOO_LARGE: over STRATA_MAX strata. NO_MEMORY: the arena is full;
   200 bytes a stratum and the names are enough. */
MUST_CHECK enum status strata_compute(
    struct arena *arena, const struct strata_input *input, struct strata *out);
