/* test_demo.c: the answers of the demonstration: the same each time, within the plan's
   numbers, and telling what they are there to tell. */
#include "tests/support/test.h"

#include "kiosk/demo.h"
#include "kiosk/plan_yaml.h"
#include "kiosk/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 96 << 20, PLAN_BYTES = 1 << 20 };

struct scene {
    struct arena *arena;
    const struct plan *plan;
    struct demo demo;
    struct report report;
};

/* ---- the scene ---- */

static const struct plan *read_plan(struct arena *arena)
{
    struct problems problems;
    const struct plan *plan = NULL;
    char *text = arena_take(arena, PLAN_BYTES);
    FILE *file = fopen(SOURCE_DIR "/deploy/plan-2026.yaml", "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, PLAN_BYTES, file);
    (void)fclose(file);
    problems_init(&problems, arena);
    assert_int_equal(
        plan_parse(arena, (struct text){text, len}, &problems, &plan), STATUS_OK);
    return plan;
}

/* A cell a group: the report adds cells up, so they need not be the store's. */
static struct tally_cell *count_cells(struct scene *scene)
{
    const struct demo *demo = &scene->demo;
    struct tally_cell *cells =
        arena_take_array(scene->arena, demo->group_count, sizeof *cells);
    for (size_t i = 0; i < demo->group_count; i++) {
        const struct demo_group *group = &demo->groups[i];
        size_t size = tally_size(group->questionnaire);
        cells[i] = (struct tally_cell){.programme = group->programme->id,
            .wave = group->wave->id,
            .period = DAY_NONE,
            .centre = group->centre,
            .channel = group->channel,
            .counters = arena_take_array(scene->arena, size, sizeof(int64_t)),
            .counter_count = size};
        for (size_t j = 0; j < group->count; j++)
            tally_add(group->questionnaire, demo->submissions[group->first + j].answers,
                cells[i].counters);
        cells[i].received = cells[i].counters[0];
    }
    return cells;
}

static int make_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    scene->arena = arena_new(ARENA_BYTES);
    scene->plan = read_plan(scene->arena);
    assert_int_equal(demo_make(scene->arena, scene->plan, 1, &scene->demo), STATUS_OK);
    struct report_input input = {.plan = scene->plan,
        .plan_version = 1,
        .as_of = DEMO_TODAY,
        .is_demo = true,
        .waves = count_cells(scene),
        .wave_count = scene->demo.group_count};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    *state = scene;
    return 0;
}

static int free_scene(void **state)
{
    struct scene *scene = *state;
    arena_free(scene->arena);
    free(scene);
    return 0;
}

static const struct report_indicator *indicator(const struct scene *scene, const char *id)
{
    for (size_t i = 0; i < scene->plan->indicator_count; i++)
        if (text_equals(scene->plan->indicators[i].id, text_of(id)))
            return &scene->report.indicators[i];
    fail_msg("no indicator %s", id);
    return NULL;
}

static const struct report_row *stratum(
    const struct report_indicator *of, const char *programme, const char *wave)
{
    for (size_t i = 0; i < of->strata.count; i++)
        if (text_equals(of->strata.list[i].programme->id, text_of(programme)) &&
            text_equals(of->strata.list[i].wave->id, text_of(wave)))
            return &of->strata.list[i];
    fail_msg("no stratum %s %s", programme, wave);
    return NULL;
}

/* ---- the same each time ---- */

/* FNV-1a, to tell whether anything changed. */
static uint64_t digest_add(uint64_t digest, struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        digest = (digest ^ (unsigned char)text.ptr[i]) * 0x100000001B3U;
    return (digest ^ 0xFFU) * 0x100000001B3U; /* where one text ends */
}

static uint64_t digest_of(const struct demo *demo)
{
    uint64_t digest = 0xCBF29CE484222325U;
    for (size_t i = 0; i < demo->submission_count; i++) {
        const struct submission *one = &demo->submissions[i];
        char id[SUBMISSION_ID_LETTERS + 1];
        submission_id_format(&one->id, id);
        digest = digest_add(digest, text_of(id));
        digest = digest_add(digest, one->programme);
        digest = digest_add(digest, one->wave);
        digest = digest_add(digest, one->centre);
        digest = digest_add(digest, channel_word(one->channel));
        digest = digest_add(digest, mode_word(one->mode));
        digest = digest_add(digest, one->answers);
        for (size_t j = 0; j < one->comment_count; j++)
            digest = digest_add(digest, one->comments[j].text);
    }
    return digest;
}

/* Change this number only together with the answers: pictures and texts show them. */
static void the_answers_are_the_same_on_every_machine(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(scene->demo.submission_count, 3487);
    assert_int_equal(digest_of(&scene->demo), UINT64_C(0x80ab81650d1aecfe));
}

static void dealing_twice_gives_the_same(void **state)
{
    struct scene *scene = *state;
    struct demo again;
    assert_int_equal(demo_make(scene->arena, scene->plan, 1, &again), STATUS_OK);
    assert_true(digest_of(&again) == digest_of(&scene->demo));
}

static void the_demonstrations_day_is_22_november_2026(void **state)
{
    day_t day = 0;
    (void)state;
    assert_true(day_parse(TEXT("2026-11-22"), &day));
    assert_int_equal(day, DEMO_TODAY);
}

/* ---- within the plan's numbers ---- */

static void every_answer_fits_its_questionnaire_its_wave_and_its_centre(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < scene->demo.group_count; i++) {
        const struct demo_group *group = &scene->demo.groups[i];
        assert_true(programme_has_centre(scene->plan, group->programme, group->centre));
        for (size_t j = 0; j < group->count; j++) {
            const struct submission *one = &scene->demo.submissions[group->first + j];
            assert_true(answers_fit(group->questionnaire, one->answers));
            assert_true(period_fits(group->programme->grain, group->wave->opens,
                group->wave->closes, DEMO_TODAY, one->period));
            assert_int_equal(submission_id_period(&one->id), one->period);
        }
    }
}

static void no_wave_has_more_invited_answers_or_codes_than_people(void **state)
{
    struct scene *scene = *state;
    const struct demo *demo = &scene->demo;
    for (size_t i = 0; i < demo->group_count; i++) {
        const struct plan_wave *wave = demo->groups[i].wave;
        int64_t invited = 0;
        int64_t codes = 0;
        for (size_t j = 0; j < demo->group_count; j++) {
            const struct demo_group *group = &demo->groups[j];
            if (group->wave != wave)
                continue;
            invited += channel_is_invited(group->channel) ? (int64_t)group->count : 0;
            codes += (int64_t)group->code_count;
        }
        assert_true(wave->population < 0 || invited <= wave->population);
        assert_true(wave->population < 0 || codes <= wave->population);
    }
}

static void every_answer_with_a_code_has_one(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < scene->demo.group_count; i++) {
        const struct demo_group *group = &scene->demo.groups[i];
        bool is_once = group->channel == CHANNEL_SLIP || group->channel == CHANNEL_LINK;
        assert_true(is_once ? group->count <= group->code_count : group->code_count == 0);
    }
}

/* ---- what it is there to tell ---- */

static void one_indicator_is_met_and_two_are_likely(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(indicator(scene, "relief")->verdict, VERDICT_MET);
    assert_int_equal(
        indicator(scene, "flexible-workers")->verdict, VERDICT_LIKELY_MISSED);
    assert_int_equal(indicator(scene, "grassroots")->verdict, VERDICT_LIKELY_MET);
}

static void one_programme_misses_the_target(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "double-ninth", "2026-double-ninth");
    assert_int_equal(row->rate.verdict, VERDICT_MISSED);
    assert_int_equal(row->rate.rate_bp, 7800);
}

static void one_wave_is_certain_while_answers_are_still_missing(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "three-visits", "2026-q1");
    assert_true(row->rate.certain && row->n < row->population);
    assert_int_equal(row->rate.verdict, VERDICT_MET);
}

static void of_one_wave_everybody_answered(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "three-visits", "2026-q2");
    assert_int_equal(row->n, row->population);
    assert_int_equal(row->rate.lo_bp, row->rate.hi_bp);
}

static void one_wave_has_too_few_answers_to_be_shown(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "returned-workers", "2026-double-ninth");
    assert_true(row->is_hidden);
    assert_int_equal(row->received, 7);
}

static void a_wave_without_population_stands_beside_the_figure(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "elder-service", "2026-all-year");
    assert_false(row->counts);
    assert_int_equal(row->rate.rate_bp, 9705);
}

static void walk_in_answers_stand_beside_invited_ones(void **state)
{
    const struct report_row *row =
        stratum(indicator(*state, "relief"), "new-year", "2026-spring");
    assert_true(row->received > row->n + 4);
}

/* The mean level of an item where the overall level is as given. */
static double mean_beside(const struct scene *scene, int overall)
{
    double sum = 0;
    double count = 0;
    for (size_t i = 0; i < scene->demo.group_count; i++) {
        const struct demo_group *group = &scene->demo.groups[i];
        for (size_t j = 0; j < group->count; j++) {
            const struct submission *one = &scene->demo.submissions[group->first + j];
            int level = answers_level(group->questionnaire, one->answers, 1);
            if (one->overall != overall || level < LEVEL_MIN)
                continue;
            sum += level;
            count++;
        }
    }
    return sum / count;
}

static void items_follow_the_overall_rating(void **state)
{
    for (int level = LEVEL_MIN; level < LEVEL_MAX; level++)
        assert_true(mean_beside(*state, level) + 0.5 < mean_beside(*state, level + 1));
}

static void every_low_rating_gives_a_reason_and_no_other_does(void **state)
{
    struct scene *scene = *state;
    for (size_t i = 0; i < scene->demo.group_count; i++) {
        const struct demo_group *group = &scene->demo.groups[i];
        size_t reasons = questionnaire_find_item(group->questionnaire, TEXT("reasons"));
        for (size_t j = 0; j < group->count; j++) {
            const struct submission *one = &scene->demo.submissions[group->first + j];
            bool is_low = one->overall == 1 || one->overall == 2;
            assert_true(is_low == (answers_options(group->questionnaire, one->answers,
                                       reasons) != 0));
        }
    }
}

static void words_are_there_and_none_twice_in_a_wave(void **state)
{
    struct scene *scene = *state;
    const struct submission *all = scene->demo.submissions;
    size_t count = 0;
    for (size_t i = 0; i < scene->demo.submission_count; i++) {
        if (all[i].comment_count == 0)
            continue;
        count++;
        for (size_t j = 0; j < i; j++)
            assert_false(all[j].comment_count > 0 &&
                         text_equals(all[i].programme, all[j].programme) &&
                         text_equals(all[i].wave, all[j].wave) &&
                         text_equals(all[i].comments[0].text, all[j].comments[0].text));
    }
    assert_true(count >= 80);
}

static void a_report_of_made_up_answers_says_so(void **state)
{
    struct scene *scene = *state;
    assert_true(scene->report.is_demo);
}

/* ---- another plan ---- */

static void a_plan_without_the_programmes_is_refused(void **state)
{
    struct scene *scene = *state;
    struct plan other = *scene->plan;
    struct demo demo;
    other.programme_count--;
    assert_int_equal(demo_make(scene->arena, &other, 1, &demo), STATUS_INVALID);
}

static void an_arena_too_small_is_told(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct arena *small = arena_new(1 << 20);
    assert_int_equal(demo_make(small, scene->plan, 1, &demo), STATUS_NO_MEMORY);
    arena_free(small);
}

static void eight_mebibytes_are_enough(void **state)
{
    struct scene *scene = *state;
    struct demo demo;
    struct arena *stated = arena_new(8 << 20);
    assert_int_equal(demo_make(stated, scene->plan, 1, &demo), STATUS_OK);
    arena_free(stated);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_answers_are_the_same_on_every_machine),
        cmocka_unit_test(dealing_twice_gives_the_same),
        cmocka_unit_test(the_demonstrations_day_is_22_november_2026),
        cmocka_unit_test(every_answer_fits_its_questionnaire_its_wave_and_its_centre),
        cmocka_unit_test(no_wave_has_more_invited_answers_or_codes_than_people),
        cmocka_unit_test(every_answer_with_a_code_has_one),
        cmocka_unit_test(one_indicator_is_met_and_two_are_likely),
        cmocka_unit_test(one_programme_misses_the_target),
        cmocka_unit_test(one_wave_is_certain_while_answers_are_still_missing),
        cmocka_unit_test(of_one_wave_everybody_answered),
        cmocka_unit_test(one_wave_has_too_few_answers_to_be_shown),
        cmocka_unit_test(a_wave_without_population_stands_beside_the_figure),
        cmocka_unit_test(walk_in_answers_stand_beside_invited_ones),
        cmocka_unit_test(items_follow_the_overall_rating),
        cmocka_unit_test(every_low_rating_gives_a_reason_and_no_other_does),
        cmocka_unit_test(words_are_there_and_none_twice_in_a_wave),
        cmocka_unit_test(a_report_of_made_up_answers_says_so),
        cmocka_unit_test(a_plan_without_the_programmes_is_refused),
        cmocka_unit_test(an_arena_too_small_is_told),
        cmocka_unit_test(eight_mebibytes_are_enough),
    };
    return cmocka_run_group_tests(cases, make_scene, free_scene);
}
