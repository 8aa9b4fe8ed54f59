/* bench_statistics.c: how long a figure takes. Not a test: build and run it by hand,
   `cmake --build build/release --target bench_statistics`. */
#include "kiosk/strata.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { YEAR_STRATA = 60 }; /* five programmes of monthly waves */

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void bench_rate(int64_t x, int64_t n, int64_t population, int rounds)
{
    struct rate_input input = {.x = x,
        .n = n,
        .population = population,
        .confidence_bp = 9500,
        .target_bp = 9000};
    struct rate rate;
    double start = now_us();
    for (int i = 0; i < rounds; i++)
        if (rate_compute(&input, &rate) != STATUS_OK)
            exit(EXIT_FAILURE);
    double whole = (now_us() - start) / rounds;
    start = now_us();
    for (int i = 0; i < rounds; i++)
        rate.k_lo = draw_interval(x, n, population, 9500).lo;
    double exact = (now_us() - start) / rounds;
    printf("rate      n %10lld of %10lld  %9.1f us, of it the exact interval %9.1f us\n",
        (long long)n, (long long)population, whole, exact);
}

static void bench_strata(int rounds)
{
    struct stratum strata[YEAR_STRATA];
    struct strata out;
    struct arena *arena = arena_new(1048576);
    for (int i = 0; i < YEAR_STRATA; i++)
        strata[i] = (struct stratum){.name = TEXT("s"),
            .group = TEXT("g"),
            .population = 157 + i,
            .levels = {90, i % 40, 5, i % 3, 1}};
    struct strata_input input = {.strata = strata,
        .count = YEAR_STRATA,
        .measure = MEASURE_TOP2,
        .confidence_bp = 9500,
        .target_bp = 9000,
        .weights = {100, 80, 60, 30, 0},
        .target_mean = 90};
    double start = now_us();
    for (int i = 0; i < rounds; i++) {
        arena_reset(arena);
        if (strata_compute(arena, &input, &out) != STATUS_OK)
            exit(EXIT_FAILURE);
    }
    printf("strata    %d of a full year            %9.1f us\n", YEAR_STRATA,
        (now_us() - start) / rounds);
    arena_free(arena);
}

int main(void)
{
    bench_rate(140, 150, 157, 2000);
    bench_rate(355, 380, 8500, 2000);
    bench_rate(930, 1000, 1000000, 500);
    bench_rate(270300, 300000, 1000000, 200);
    bench_rate(930, 1000, WAVE_POPULATION_MAX, 200);
    bench_rate(270000000, 300000000, WAVE_POPULATION_MAX, 5);
    bench_strata(2000);
    return EXIT_SUCCESS;
}
