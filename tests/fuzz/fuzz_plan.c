/* fuzz_plan.c: the plan's YAML: mistakes are told with a place in the file, and what is
   taken holds together. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/plan_yaml.h"

static void check_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        assert(problem->message != NULL);
        for (size_t k = 0; k < PROBLEM_ARGUMENTS_MAX; k++)
            assert(text_is_utf8(problem->argument[k]));
    }
}

static void check_plan(const struct plan *plan)
{
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        assert(plan_find_programme(plan, programme->id) == programme);
        for (size_t k = 0; k < programme->wave_count; k++) {
            const struct plan_wave *wave = &programme->waves[k];
            assert(wave->opens <= wave->closes);
            assert(programme_find_wave(programme, wave->id) == wave);
        }
        for (size_t k = 0; k < programme->centre_count; k++)
            assert(programme->centres[k] < plan->centre_count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena(8 * size + 1048576);
    struct arena *notes = fuzz_arena(1048576);
    struct problems problems;
    const struct plan *plan = NULL;
    problems_init(&problems, notes);
    enum status rc = plan_parse(arena, fuzz_text(data, size), &problems, &plan);
    assert((rc == STATUS_OK) == (plan != NULL));
    assert(rc != STATUS_INVALID || problems.count > 0 || problems.is_incomplete);
    check_problems(&problems);
    if (plan != NULL)
        check_plan(plan);
    arena_free(notes);
    arena_free(arena);
    return 0;
}
