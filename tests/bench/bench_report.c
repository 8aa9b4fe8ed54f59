/* bench_report.c: how long a full year's report takes beyond its queries: three
   indicators of two programmes with monthly waves, twenty centres, four channels; once
   with populations of hundreds, once of a million; once with every cell large, once with
   small ones that must be hidden and covered. Not a test: build and run it by hand,
   `cmake --build build/release --target bench_report`. */
#include "kiosk/report.h"

#include "tests/support/random.h"
#include "tests/support/sample.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

enum {
    INDICATORS = 3,
    PROGRAMMES = 2, /* of each indicator */
    WAVES = 12,
    CENTRES = 20,
    CHANNELS = 4,
    BREAKDOWNS = 4,
    CELLS = INDICATORS * PROGRAMMES * WAVES * CENTRES * CHANNELS,
    ROUNDS = 20,
    ARENA = 1 << 28
};

struct year {
    struct arena *arena;
    struct plan_questionnaire questionnaire;
    struct plan_wave waves[INDICATORS * PROGRAMMES][WAVES];
    struct plan_programme programmes[INDICATORS * PROGRAMMES];
    size_t of_indicator[INDICATORS][PROGRAMMES];
    struct plan_indicator indicators[INDICATORS];
    struct plan plan;
    struct tally_cell waves_slice[CELLS];
    struct tally_cell periods_slice[CELLS];
    size_t cell_count;
};

static struct text name(struct arena *arena, const char *kind, int number)
{
    return text_format(arena, "%s-%d", kind, number);
}

static void make_plan(struct year *year, int64_t population)
{
    year->questionnaire = sample_questionnaire();
    for (int i = 0; i < INDICATORS * PROGRAMMES; i++) {
        for (int j = 0; j < WAVES; j++)
            year->waves[i][j] = (struct plan_wave){.id = name(year->arena, "wave", j),
                .opens = 30 * j,
                .closes = 30 * j + 29,
                .population = population + 7 * j};
        year->programmes[i] =
            (struct plan_programme){.id = name(year->arena, "programme", i),
                .group = TEXT("group"),
                .indicator = (size_t)(i / PROGRAMMES),
                .waves = year->waves[i],
                .wave_count = WAVES};
        year->of_indicator[i / PROGRAMMES][i % PROGRAMMES] = (size_t)i;
    }
    for (int i = 0; i < INDICATORS; i++)
        year->indicators[i] = (struct plan_indicator){.id = name(year->arena, "it", i),
            .target_bp = 9000,
            .confidence_bp = 9500,
            .points_cp = 1000,
            .weights = {100, 80, 60, 30, 0},
            .programmes = year->of_indicator[i],
            .programme_count = PROGRAMMES};
    year->plan = (struct plan){.k = 10,
        .questionnaires = &year->questionnaire,
        .questionnaire_count = 1,
        .programmes = year->programmes,
        .programme_count = INDICATORS * PROGRAMMES,
        .indicators = year->indicators,
        .indicator_count = INDICATORS};
}

/* With small cells, every tenth wave has a handful of answers at one centre. */
static void fill_cells(struct year *year, int64_t answers, bool has_small)
{
    static const enum channel channels[CHANNELS] = {
        CHANNEL_SLIP, CHANNEL_LINK, CHANNEL_PAPER, CHANNEL_PHONE};
    struct random random = {1};
    size_t size = tally_size(&year->questionnaire);
    for (int i = 0; i < CELLS; i++) {
        int channel = i % CHANNELS, centre = i / CHANNELS % CENTRES;
        int wave = i / CHANNELS / CENTRES % WAVES,
            programme = i / CHANNELS / CENTRES / WAVES;
        bool is_small = has_small && (wave + programme) % 10 == 0;
        if (is_small && (centre > 0 || channel > 0))
            continue;
        int64_t n = is_small ? 6 : random_between(&random, answers, 2 * answers);
        struct tally_cell cell = {.programme = year->programmes[programme].id,
            .wave = year->waves[programme][wave].id,
            .period = 30 * wave,
            .centre = name(year->arena, "centre", centre),
            .channel = channels[channel],
            .counters = arena_take_array(year->arena, size, sizeof(int64_t)),
            .counter_count = size};
        assert(cell.counters != NULL);
        cell.counters[0] = n;
        cell.received = n;
        cell.counters[1 + TALLY_LEVEL_1 + 4] = n - n / 12;
        cell.counters[1 + TALLY_LEVEL_1 + 1] = n / 12;
        year->waves_slice[year->cell_count] = cell;
        year->periods_slice[year->cell_count++] = cell;
    }
}

static size_t count_hidden(const struct report *report)
{
    size_t count = 0;
    for (int i = 0; i < INDICATORS; i++) {
        const struct report_rows *const all[BREAKDOWNS] = {&report->indicators[i].strata,
            &report->indicators[i].by_centre, &report->indicators[i].by_channel,
            &report->indicators[i].by_period};
        for (size_t j = 0; j < BREAKDOWNS; j++)
            for (size_t k = 0; k < all[j]->count; k++)
                count += all[j]->list[k].is_hidden;
    }
    return count;
}

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void bench(int64_t population, int64_t answers, bool has_small)
{
    static struct year room; /* too large for a stack */
    struct year *year = &room;
    struct arena *arena = arena_new(ARENA);
    double best = 1e9;
    struct report report = {0};
    *year = (struct year){.arena = arena_new(ARENA)};
    make_plan(year, population);
    fill_cells(year, answers, has_small);
    struct report_input input = {.plan = &year->plan,
        .as_of = 400,
        .waves = year->waves_slice,
        .wave_count = year->cell_count,
        .periods = year->periods_slice,
        .period_count = year->cell_count};
    for (int i = 0; i < ROUNDS; i++) {
        arena_reset(arena);
        double start = now_ms();
        enum status status = report_build(arena, &input, &report);
        double took = now_ms() - start;
        assert(status == STATUS_OK);
        best = took < best ? took : best;
    }
    printf("%zu cells, N %lld a wave, %zu hidden rows: %.2f ms, %zu KB\n",
        year->cell_count, (long long)population, count_hidden(&report), best,
        arena_used(arena) / 1024);
    arena_free(year->arena);
    arena_free(arena);
}

int main(void)
{
    bench(400, 2, false);
    bench(400, 2, true);
    bench(1000000, 4, false);
    bench(1000000, 4, true);
    bench(1000000, 4000, true); /* 34 million answers */
    return 0;
}
