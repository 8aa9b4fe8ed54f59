#pragma once
/* posterior.h: the probability that the target is met, given the answers: Jeffreys'
   prior, the unseen follow a beta-binomial distribution. It is printed and decides
   nothing: with the rate exactly on target it can be under one half. Pure; thread-safe.
 */
#include <stdint.h>

/* P(K ≥ needed) for K satisfied among the population, after x of n; 0 ≤ x ≤ n ≤ N,
   n ≥ 1. In a census 0 or 1. */
double posterior_reaches(int64_t x, int64_t n, int64_t population, int64_t needed);

/* P(share ≥ target) for an unknown population; 0 < target ≤ 1, n ≥ 1. */
double posterior_share_reaches(int64_t x, int64_t n, double target);
