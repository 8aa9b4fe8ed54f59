#pragma once
/* interval.h: between which limits the satisfaction of all lies. The exact interval of a
   known population is the one that is printed and decides; Clopper and Pearson's takes
   its place where the population is unknown; Wilson's combines strata. Pure; thread-safe.
 */
#include <stdint.h>

struct interval { /* shares, 0 to 1 */
    double lo;
    double hi;
};

struct whole_interval { /* people */
    int64_t lo;
    int64_t hi;
};

/* The error that an interval allows at each of its ends: 9500 gives 0.025. */
double confidence_tail(int confidence_bp);

/* Exact, equal-tailed hypergeometric: the numbers of satisfied people among N that do not
   contradict x of n. 0 ≤ x ≤ n ≤ N. */
struct whole_interval draw_interval(
    int64_t x, int64_t n, int64_t population, int confidence_bp);

/* Clopper and Pearson, 1934; 0 ≤ x ≤ n, n ≥ 1. */
struct interval binomial_interval(int64_t x, int64_t n, int confidence_bp);

/* Wilson, 1927, for a share p of n_eff answers (a real number > 0, infinite in a census);
   lo ≤ p ≤ hi. */
struct interval wilson_interval(double p, double n_eff, int confidence_bp);

/* What a sample of n from N is worth in independent answers: n(N−1)/(N−n), infinite if
   all answered. */
double draw_effective(int64_t n, int64_t population);

/* inner, cut down to outer. */
struct interval interval_clip(struct interval inner, struct interval outer);
