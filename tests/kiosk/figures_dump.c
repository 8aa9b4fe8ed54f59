/* figures_dump.c: prints every figure of many inputs to its last bit. Not a test by
   itself: flags.sh builds it with one compiler's flags and another's, and compares. */
#include "tests/support/random.h"

#include "kiosk/change.h"
#include "kiosk/pchart.h"
#include "kiosk/response.h"
#include "kiosk/sample_size.h"
#include "kiosk/strata.h"

#include <assert.h>
#include <stdio.h>

enum { ROUNDS = 400, STRATA = 5, WEEKS = 40 };

/* A status that is not OK is a figure too. */
static void put(const char *name, enum status status, const double *numbers, size_t count)
{
    printf("%s %d", name, (int)status);
    for (size_t i = 0; i < count; i++)
        printf(" %a", numbers[i]);
    putchar('\n');
}

static struct rate_input any_rate(struct random *random)
{
    int64_t population = random_between(random, 1, 3000);
    int64_t n = random_between(random, 1, population);
    return (struct rate_input){.x = random_between(random, n / 2, n),
        .n = n,
        .population = random_between(random, 0, 3) == 0 ? POPULATION_UNKNOWN : population,
        .confidence_bp = 9500,
        .target_bp = (int)random_between(random, 5000, 9900)};
}

static void put_rate(struct random *random)
{
    struct rate rate = {0};
    struct rate_input input = any_rate(random);
    enum status status = rate_compute(&input, &rate);
    const double numbers[] = {rate.p, rate.n_eff, rate.wilson.lo, rate.wilson.hi,
        rate.exact.lo, rate.exact.hi, rate.bound.lo, rate.bound.hi, rate.p_met,
        rate.p_missed, rate.prob_ge, (double)rate.lo_bp, (double)rate.hi_bp};
    put("rate", status, numbers, sizeof numbers / sizeof *numbers);
}

static void put_mean(struct random *random)
{
    struct mean mean = {0};
    struct mean_input input = {.weights = {100, 80, 60, 30, 0},
        .population = random_between(random, 2000, 5000),
        .confidence_bp = 9900,
        .target = 85};
    for (int i = 0; i < LEVEL_COUNT; i++)
        input.levels[i] = random_between(random, 0, 300);
    enum status status = mean_compute(&input, &mean);
    const double numbers[] = {mean.score.value, mean.score.se, mean.score.lo,
        mean.score.hi, mean.net.value, mean.net.se, mean.net.lo, mean.net.hi, mean.sd};
    put("mean", status, numbers, sizeof numbers / sizeof *numbers);
}

static void put_strata(struct random *random, struct arena *arena)
{
    struct stratum list[STRATA];
    struct strata strata = {0};
    for (int i = 0; i < STRATA; i++) {
        list[i] = (struct stratum){
            .name = TEXT("s"), .group = TEXT("g"), .population = 2000 + 100 * i};
        for (int level = 0; level < LEVEL_COUNT; level++)
            list[i].levels[level] = random_between(random, 0, 200 >> level);
    }
    struct strata_input input = {.strata = list,
        .count = STRATA,
        .measure = MEASURE_TOP3,
        .confidence_bp = 9500,
        .target_bp = 9000,
        .weights = {100, 80, 60, 30, 0},
        .target_mean = 90};
    enum status status = strata_compute(arena, &input, &strata);
    const double numbers[] = {strata.p, strata.se, strata.n_eff, strata.interval.lo,
        strata.interval.hi, strata.mean.value, strata.mean.se, strata.mean.lo,
        strata.mean.hi, strata.deff_kish};
    put("strata", status, numbers, sizeof numbers / sizeof *numbers);
}

static void put_change(struct random *random)
{
    struct change change = {0};
    struct trend trend = {0};
    struct change_side sides[4];
    for (int i = 0; i < 4; i++) {
        struct rate_input input = any_rate(random);
        sides[i] = (struct change_side){input.x, input.n, input.population};
    }
    enum status status = change_compute(&sides[0], &sides[1], 9500, &change);
    enum status other = trend_compute(sides, 4, &trend);
    const double numbers[] = {change.difference, change.interval.lo, change.interval.hi,
        change.chisq, change.p_value, trend.chisq, trend.p_value};
    put("change", status == STATUS_OK ? other : status, numbers,
        sizeof numbers / sizeof *numbers);
}

static void put_asking(struct random *random)
{
    struct sample_size size = {0};
    struct response response = {0};
    struct sample_size_input asked = {.population = random_between(random, 1, 9000),
        .margin = (double)random_between(random, 1, 200) / 1000,
        .p = (double)random_between(random, 1, 99) / 100,
        .confidence_bp = 9500,
        .expected_share = (double)random_between(random, 1, 100) / 100};
    struct response_input input = {.complete = random_between(random, 1, 900),
        .partial = random_between(random, 0, 90),
        .refused = random_between(random, 0, 90),
        .missed = random_between(random, 0, 900),
        .unknown = random_between(random, 0, 900),
        .ineligible = random_between(random, 0, 90),
        .population = POPULATION_UNKNOWN,
        .valid = NO_COUNT};
    enum status status = sample_size_compute(&asked, &size);
    enum status other = response_compute(&input, &response);
    const double numbers[] = {size.n_raw, (double)size.n, (double)size.invitations,
        response.eligible, response.rr[2], response.rr[3], response.contact};
    put("asking", status == STATUS_OK ? other : status, numbers,
        sizeof numbers / sizeof *numbers);
}

static void put_chart(struct random *random, struct arena *arena)
{
    struct pchart_week weeks[WEEKS];
    struct pchart chart = {0};
    double numbers[3 * WEEKS];
    size_t count = 0;
    for (int i = 0; i < WEEKS; i++) {
        weeks[i].n = random_between(random, 0, 60);
        weeks[i].x = random_between(random, weeks[i].n / 2, weeks[i].n);
    }
    enum status status =
        pchart_compute(arena, weeks, WEEKS, PCHART_BASELINE, PCHART_LEAST, &chart);
    for (size_t i = 0; i < chart.count; i++) {
        numbers[count++] = chart.points[i].lower;
        numbers[count++] = chart.points[i].upper;
        numbers[count++] = chart.points[i].tail;
    }
    put("chart", status, numbers, count);
}

int main(void)
{
    struct random random = {20260101};
    struct arena *arena = arena_new(1 << 20);
    assert(arena != NULL);
    for (int i = 0; i < ROUNDS; i++) {
        arena_reset(arena);
        put_rate(&random);
        put_mean(&random);
        put_strata(&random, arena);
        put_change(&random);
        put_asking(&random);
        put_chart(&random, arena);
    }
    arena_free(arena);
    return 0;
}
