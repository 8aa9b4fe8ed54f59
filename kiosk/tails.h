#pragma once
/* tails.h: how likely a result at least as good, or as bad, is: x satisfied among n
   asked, drawn from a population (hypergeometric) or from an unknown one (binomial).
   Relative errors stay under 1e-12. Pure; thread-safe. */
#include <stdbool.h>
#include <stdint.h>

/* N people of whom K are satisfied; n of them answer. 0 ≤ K, n ≤ N. */
struct draw {
    int64_t population; /* N */
    int64_t satisfied;  /* K */
    int64_t answers;    /* n */
};

/* P(X ≥ x) and P(X ≤ x) for X satisfied among the answers; any x. */
double draw_at_least(const struct draw *draw, int64_t x);
double draw_at_most(const struct draw *draw, int64_t x);

/* The same for n independent answers, each satisfied with probability p; 0 ≤ x ≤ n, n ≥
   1, 0 ≤ p ≤ 1. */
double binomial_at_least(int64_t x, int64_t n, double p);
double binomial_at_most(int64_t x, int64_t n, double p);

/* True if the tail exceeds the limit; equal up to rounding (1e-12) counts as equal. So a
   tail of exactly 1/40 does not exceed 2.5 %, on every machine. */
bool tail_exceeds(double tail, double limit);
