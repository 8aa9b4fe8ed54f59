/* counted.c: counts as cells, cells as a report. */
#include "tests/support/counted.h"

#include "tests/support/sample.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

int counted_set_up(void **state)
{
    struct counted *scene = calloc(1, sizeof *scene);
    scene->arena = arena_new(1 << 20);
    scene->questionnaire = sample_questionnaire();
    scene->quarters[0] = (struct plan_wave){TEXT("q1"), 100, 199, 157};
    scene->quarters[1] = (struct plan_wave){TEXT("q2"), 300, 399, 150};
    scene->year[0] = (struct plan_wave){TEXT("2026"), 0, 364, -1};
    scene->hundred[0] = (struct plan_wave){TEXT("2026"), 0, 364, 100};
    scene->programmes[0] = (struct plan_programme){.id = TEXT("visits"),
        .group = TEXT("relief"),
        .waves = scene->quarters,
        .wave_count = 2};
    scene->programmes[1] = (struct plan_programme){.id = TEXT("elders"),
        .group = TEXT("relief"),
        .waves = scene->year,
        .wave_count = 1};
    scene->programmes[2] = (struct plan_programme){.id = TEXT("unions"),
        .group = TEXT("unions"),
        .indicator = 1,
        .answers = ANSWERS_INVITED,
        .waves = scene->hundred,
        .wave_count = 1};
    scene->of_relief[0] = 1; /* the indicator's order, not the plan's */
    scene->of_relief[1] = 0;
    scene->of_unions[0] = 2;
    const struct plan_indicator rated = {.target_bp = 9000,
        .measure = MEASURE_TOP3,
        .confidence_bp = 9500,
        .points_cp = 1000,
        .weights = {100, 80, 60, 30, 0}};
    scene->indicators[0] = scene->indicators[1] = rated;
    scene->indicators[0].id = TEXT("relief");
    scene->indicators[0].programmes = scene->of_relief;
    scene->indicators[0].programme_count = 2;
    scene->indicators[1].id = TEXT("unions");
    scene->indicators[1].programmes = scene->of_unions;
    scene->indicators[1].programme_count = 1;
    scene->indicators[2] =
        (struct plan_indicator){.id = TEXT("staff"), .kind = INDICATOR_APPRAISAL};
    scene->plan = (struct plan){.k = 10,
        .questionnaires = &scene->questionnaire,
        .questionnaire_count = 1,
        .programmes = scene->programmes,
        .programme_count = 3,
        .indicators = scene->indicators,
        .indicator_count = 3};
    *state = scene;
    return 0;
}

int counted_tear_down(void **state)
{
    struct counted *scene = *state;
    arena_free(scene->arena);
    free(scene);
    return 0;
}

/* NOLINTNEXTLINE(readability-function-size): answers in a row read best */
void counted_add(struct counted *scene, const char *programme, const char *wave,
    enum channel channel, int satisfied, int dissatisfied, int open)
{
    struct tally_cell *cell = &scene->cells[scene->cell_count++];
    size_t size = tally_size(&scene->questionnaire);
    *cell = (struct tally_cell){.programme = text_of(programme),
        .wave = text_of(wave),
        .period = 100,
        .centre = TEXT("north"),
        .channel = channel,
        .counters = arena_take_array(scene->arena, size, sizeof(int64_t)),
        .counter_count = size};
    for (int i = 0; i < satisfied; i++)
        tally_add(&scene->questionnaire, TEXT("55000"), cell->counters);
    for (int i = 0; i < dissatisfied; i++)
        tally_add(&scene->questionnaire, TEXT("2-100"), cell->counters);
    for (int i = 0; i < open; i++)
        tally_add(&scene->questionnaire, TEXT("-5000"), cell->counters);
    cell->received = cell->counters[0];
}

const struct report_indicator *counted_build(
    struct counted *scene, int indicator, day_t as_of)
{
    struct report_input input = {.plan = &scene->plan,
        .plan_version = 1,
        .as_of = as_of,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count,
        .asked = scene->asked,
        .asked_count = 1};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    return &scene->report.indicators[indicator];
}

bool counted_has_notice(const struct report_indicator *of, const char *start)
{
    for (size_t i = 0; i < of->notice_count; i++)
        if (strncmp(of->notices[i].message, start, strlen(start)) == 0)
            return true;
    return false;
}

void counted_add_flagged(struct counted *scene, enum channel channel, int satisfied,
    int dissatisfied, unsigned flags)
{
    counted_add(scene, "visits", "q1", channel, satisfied, dissatisfied, 0);
    scene->cells[scene->cell_count - 1].flags = flags;
}
