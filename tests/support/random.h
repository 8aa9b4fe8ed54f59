#pragma once
/* random.h: inputs for property tests: the same numbers each time, from a seed that is
   printed, and that MANYI_SEED replaces to try others. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct random {
    uint64_t state;
};

/* Prints the seed, so that a failure can be repeated. */
static inline struct random random_start(void)
{
    const char *asked = getenv("MANYI_SEED");
    struct random random = {asked == NULL ? 20260101 : strtoull(asked, NULL, 10)};
    printf("MANYI_SEED=%" PRIu64 "\n", random.state);
    return random;
}

/* SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
static inline uint64_t random_bits(struct random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* least ≤ number ≤ most; what remains of the division is too small to matter here. */
static inline int64_t random_between(struct random *random, int64_t least, int64_t most)
{
    return least + (int64_t)(random_bits(random) % (uint64_t)(most - least + 1));
}
