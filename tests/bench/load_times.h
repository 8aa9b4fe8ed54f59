#pragma once
/* load_times.h: how long answers took, counted by the microsecond up to a second, so that
   no figure is interpolated. */
#include <stdint.h>

enum { LOAD_TIMES_MAX_US = 1000000 };

struct load_times {
    uint32_t counts[LOAD_TIMES_MAX_US + 1]; /* the last: a second and more */
    uint64_t count;
    int64_t longest_us;
};

void load_times_add(struct load_times *times, int64_t microseconds);
/* Milliseconds within which so many of a thousand were answered; 0 without any. */
double load_times_share(const struct load_times *times, unsigned per_mille);
