/* load_times.c: a histogram of microseconds. */
#include "tests/bench/load_times.h"

void load_times_add(struct load_times *times, int64_t microseconds)
{
    int64_t slot = microseconds < 0 ? 0 : microseconds;
    if (slot > times->longest_us)
        times->longest_us = slot;
    times->counts[slot < LOAD_TIMES_MAX_US ? slot : LOAD_TIMES_MAX_US]++;
    times->count++;
}

double load_times_share(const struct load_times *times, unsigned per_mille)
{
    uint64_t wanted = (times->count * per_mille + 999) / 1000;
    uint64_t seen = 0;
    for (int64_t us = 0; us <= LOAD_TIMES_MAX_US; us++) {
        seen += times->counts[us];
        if (seen >= wanted && wanted > 0)
            return (double)us / 1000.0;
    }
    return 0.0;
}
