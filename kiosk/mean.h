#pragma once
/* mean.h: the mean score of one population and its net score (satisfied less
   dissatisfied, in points of 100), with Student intervals. A score is never called a
   rate. Pure; thread-safe. */
#include "kiosk/figure.h"
#include "kiosk/plan.h"
#include "kiosk/status.h"

struct mean_input {
    int64_t levels[LEVEL_COUNT]; /* answers of level 5, 4, 3, 2, 1 */
    double weights[LEVEL_COUNT]; /* of the same */
    int64_t population;          /* or POPULATION_UNKNOWN */
    bool is_walk_in;             /* the population bounds nothing: see rate.h */
    int confidence_bp;           /* 9000, 9500 or 9900; any of 5000–9999 works */
    double target;               /* on the scale of the weights */
};

struct mean_figure { /* NAN: there is none */
    double value;
    double se;
    double lo;
    double hi;
};

struct mean {
    int64_t n;
    struct mean_figure score;
    struct mean_figure net;
    double sd;  /* of the score; NAN under two answers */
    int64_t df; /* n − 1; NO_COUNT without answers */
    enum verdict verdict;
    unsigned flags; /* of enum figure_flag */
};

/* INVALID: a count negative or over FIGURE_COUNT_MAX, a weight or the target not finite,
   confidence out of its range; out is untouched. */
MUST_CHECK enum status mean_compute(const struct mean_input *input, struct mean *out);

/* ---- for means of several populations ---- */

int64_t levels_sum(const int64_t levels[LEVEL_COUNT]);
/* How many are satisfied: levels 5 and 4, of MEASURE_TOP3 also 3. */
int64_t levels_top(const int64_t levels[LEVEL_COUNT], enum measure measure);
double levels_mean(const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT]);
/* Sum of squared distances from the mean. */
double levels_squares(
    const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT]);
/* True if two answers differ in weight; exact, no sum is compared with zero. */
bool levels_vary(const int64_t levels[LEVEL_COUNT], const double weights[LEVEL_COUNT]);

struct score_range {
    double least;
    double most;
};
struct score_range weights_range(const double weights[LEVEL_COUNT]);

/* The verdict on a mean that n answers gave; lo and hi NAN where there is no interval. */
enum verdict mean_verdict(
    const struct mean_figure *figure, int64_t n, bool is_census, double target);
