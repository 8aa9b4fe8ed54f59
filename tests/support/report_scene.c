/* report_scene.c: the plan and its counts. */
#include "tests/support/report_scene.h"

#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char report_scene_plan[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: \"=1+1 测试工会\", en: \"=1+1 Test union\"}\n"
    "centres:\n"
    "  - {id: north, name: {zh: \"+北 & <b>\", en: \"+North & <b>\"}}\n"
    "  - {id: south, name: {zh: \"-南\", en: \"-South\"}}\n"
    "questionnaires:\n"
    "  - id: q\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, text: {zh: \"=总体\", en: "
    "\"=Overall\"}}\n"
    "      - {id: timely, kind: rating, supports: \"@及时性\",\n"
    "         text: {zh: \"@SUM(1)\", en: \"@SUM(1) time\"}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: \"=HYPERLINK(1)\", en: \"=HYPERLINK(2)\"}, target: "
    "85%,\n"
    "     measure: top3, confidence: 95%, points: 10, programmes: [visits, elders]}\n"
    "  - {id: unions, name: {zh: \"+基层工会\", en: \"+Unions\"}, target: 90%, measure: "
    "top3,\n"
    "     confidence: 95%, points: 10, programmes: [unions]}\n"
    "  - {id: score, name: {zh: \"-平均分\", en: \"-Score\"}, target: 80%, measure: "
    "score,\n"
    "     confidence: 95%, points: 10, programmes: [score]}\n"
    "  - {id: few, name: {zh: \"@太少\", en: \"@Few\"}, target: 90%, measure: top2,\n"
    "     confidence: 95%, points: 10, programmes: [few]}\n"
    "  - {id: none, name: {zh: 没有, en: None}, target: 100%, measure: top2,\n"
    "     confidence: 95%, points: 10, programmes: [none]}\n"
    "  - {id: staff, name: {zh: 考评, en: Appraisal}, kind: appraisal, appraisers: 4,\n"
    "     subjects: [{id: one, name: {zh: 岗位, en: Post}}]}\n"
    "programmes:\n"
    "  - id: visits\n"
    "    name: {zh: \"=走访\", en: \"=Visits\"}\n"
    "    questionnaire: q\n"
    "    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}\n"
    "      - {id: q2, opens: 2026-04-01, closes: 2026-06-30, population: 150}\n"
    "      - {id: q3, opens: 2026-07-01, closes: 2026-09-30, population: 160}\n"
    "      - {id: q4, opens: 2026-10-01, closes: 2026-12-31, population: 200}\n"
    "  - id: elders\n"
    "    name: {zh: 为老, en: Elders}\n"
    "    questionnaire: q\n"
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31}]\n"
    "  - id: unions\n"
    "    name: {zh: 工会, en: Unions}\n"
    "    questionnaire: q\n"
    "    answers: invited\n"
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31, population: 100}]\n"
    "  - id: score\n"
    "    name: {zh: 打分, en: Scored}\n"
    "    questionnaire: q\n"
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31, population: 300}]\n"
    "  - id: few\n"
    "    name: {zh: 少, en: Few}\n"
    "    questionnaire: q\n"
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31, population: 50}]\n"
    "  - id: none\n"
    "    name: {zh: 无, en: None}\n"
    "    questionnaire: q\n"
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31, population: 50}]\n";

struct count {
    const char *programme;
    const char *wave;
    const char *centre;
    struct date period;
    enum channel channel;
    int satisfied;
    int dissatisfied;
};

static const struct count counts[] = {
    {"visits", "q1", "north", {2026, 1, 1}, CHANNEL_SLIP, 61, 7},
    {"visits", "q1", "south", {2026, 2, 1}, CHANNEL_PAPER, 40, 3},
    {"visits", "q2", "north", {2026, 4, 1}, CHANNEL_SLIP, 50, 15},
    {"visits", "q2", "south", {2026, 5, 1}, CHANNEL_SLIP, 33, 4},
    {"visits", "q3", "south", {2026, 7, 1}, CHANNEL_SLIP, 4, 3},
    {"visits", "q4", "north", {2026, 10, 1}, CHANNEL_PHONE, 71, 4},
    {"elders", "all", "north", {2026, 3, 1}, CHANNEL_POSTER, 30, 12},
    {"unions", "all", "north", {2026, 9, 1}, CHANNEL_LINK, 80, 2},
    {"unions", "all", "north", {2026, 9, 1}, CHANNEL_KIOSK, 11, 4},
    {"score", "all", "north", {2026, 9, 1}, CHANNEL_SLIP, 150, 10},
    {"few", "all", "north", {2026, 9, 1}, CHANNEL_SLIP, 5, 2},
};

/* What is flagged when it is asked for; of few, the rest alone would be too few. */
static const struct count flagged[] = {
    {"visits", "q2", "south", {2026, 5, 1}, CHANNEL_SLIP, 12, 10},
    {"unions", "all", "north", {2026, 9, 1}, CHANNEL_LINK, 2, 11},
    {"score", "all", "north", {2026, 9, 1}, CHANNEL_SLIP, 30, 15},
    {"few", "all", "north", {2026, 9, 1}, CHANNEL_SLIP, 6, 2},
};

static void add(struct report_scene *scene, const struct count *count, unsigned flags)
{
    const struct plan_questionnaire *q = &scene->plan->questionnaires[0];
    struct tally_cell *cell = &scene->cells[scene->cell_count++];
    size_t size = tally_size(q);
    *cell = (struct tally_cell){.programme = text_of(count->programme),
        .wave = text_of(count->wave),
        .period = day_of(count->period),
        .centre = text_of(count->centre),
        .channel = count->channel,
        .flags = flags,
        .counters = arena_take_array(scene->arena, size, sizeof(int64_t)),
        .counter_count = size};
    assert_non_null(cell->counters);
    for (int i = 0; i < count->satisfied; i++)
        tally_add(q, i % 2 ? TEXT("54") : TEXT("45"), cell->counters);
    for (int i = 0; i < count->dissatisfied; i++)
        tally_add(q, TEXT("23"), cell->counters);
}

static int compare_waves(const void *a, const void *b)
{
    const struct report_comment_wave *left = a;
    const struct report_comment_wave *right = b;
    int order = strcmp(left->programme.ptr, right->programme.ptr);
    return order != 0 ? order : strcmp(left->wave.ptr, right->wave.ptr);
}

/* As a store gives them. */
static void sort_waves(struct report_scene *scene)
{
    memcpy(scene->sorted_waves, scene->comment_waves, sizeof scene->sorted_waves);
    qsort(scene->sorted_waves, scene->comment_input.wave_count,
        sizeof *scene->sorted_waves, compare_waves);
    scene->comment_input.waves = scene->sorted_waves;
}

/* Periods have no flags. */
void report_scene_build(struct report_scene *scene)
{
    sort_waves(scene);
    struct tally_cell *periods =
        arena_take_array(scene->arena, scene->cell_count, sizeof *periods);
    assert_non_null(periods);
    for (size_t i = 0; i < scene->cell_count; i++) {
        periods[i] = scene->cells[i];
        periods[i].flags = 0;
    }
    const struct report_input input = {.plan = scene->plan,
        .plan_version = 3,
        .as_of = day_of((struct date){2026, 11, 22}),
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = periods,
        .period_count = scene->cell_count,
        .comments = scene->comment_input.wave_count > 0 ? &scene->comment_input : NULL};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
}

int report_scene_set_up(void **state)
{
    struct report_scene *scene = calloc(1, sizeof *scene);
    struct problems problems;
    *state = scene;
    if (scene == NULL)
        return 1;
    scene->arena = arena_new(REPORT_ARENA_BYTES);
    if (scene->arena == NULL)
        return 1;
    problems_init(&problems, scene->arena);
    if (plan_parse(scene->arena, text_of(report_scene_plan), &problems, &scene->plan) !=
        STATUS_OK) {
        for (size_t i = 0; i < problems.count; i++)
            print_error("%u: %s\n", problems.list[i].line, problems.list[i].message);
        return 1;
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        add(scene, &counts[i], 0);
    report_scene_build(scene);
    (void)snprintf(scene->file, sizeof scene->file, "/tmp/manyi-report-XXXXXX");
    int file = mkstemp(scene->file);
    return file >= 0 && close(file) == 0 ? 0 : 1;
}

void report_scene_flag(struct report_scene *scene)
{
    for (size_t i = 0; i < sizeof flagged / sizeof *flagged; i++)
        add(scene, &flagged[i], 1);
    report_scene_build(scene);
}

/* ---- comments ---- */

static struct report_comment_wave *comment_wave(
    struct report_scene *scene, const char *programme, const char *wave)
{
    struct report_comments_input *input = &scene->comment_input;
    size_t at = 0;
    while (at < input->wave_count &&
           !(text_equals(scene->comment_waves[at].programme, text_of(programme)) &&
               text_equals(scene->comment_waves[at].wave, text_of(wave))))
        at++;
    assert_true(at < SCENE_COMMENTS_MAX);
    if (at == input->wave_count) {
        scene->comment_waves[at] = (struct report_comment_wave){
            .programme = text_of(programme), .wave = text_of(wave)};
        scene->comment_waves[at].texts = scene->comments[at];
        input->wave_count++;
    }
    return &scene->comment_waves[at];
}

void report_scene_count(struct report_scene *scene, const char *programme,
    const char *wave, enum review review, int64_t count)
{
    comment_wave(scene, programme, wave)->counts[review] += count;
}

void report_scene_say(struct report_scene *scene, const char *programme, const char *wave,
    unsigned char first, struct text text)
{
    struct report_comment_wave *of = comment_wave(scene, programme, wave);
    struct report_comment *texts = scene->comments[of - scene->comment_waves];
    assert_true(of->text_count < SCENE_COMMENTS_MAX);
    texts[of->text_count++] = (struct report_comment){{first}, text};
    of->counts[REVIEW_SHOWN]++;
}

void report_scene_answer(
    struct report_scene *scene, const char *programme, const char *wave, int count)
{
    const struct count more = {
        programme, wave, "north", {2026, 9, 1}, CHANNEL_SLIP, count, 0};
    add(scene, &more, 0);
}

void report_scene_weeks(struct report_scene *scene)
{
    struct pchart_week weeks[SCENE_WEEKS];
    struct report_weeks *of = arena_take_array(scene->arena, 2, sizeof *of);
    day_t *days = arena_take_array(scene->arena, SCENE_WEEKS, sizeof *days);
    assert_non_null(of);
    assert_non_null(days);
    for (int64_t i = 0; i < SCENE_WEEKS; i++) {
        int64_t satisfied = i == SCENE_WEEKS - 1 ? 15 : 38 - i * 7 % 5;
        weeks[i] = (struct pchart_week){satisfied, 41};
        days[i] = day_of((struct date){2026, 1, 5}) + (day_t)(7 * i);
    }
    of[0] = (struct report_weeks){.programme = &scene->plan->programmes[0],
        .baseline = PCHART_BASELINE,
        .days = days};
    assert_int_equal(pchart_compute(scene->arena, weeks, SCENE_WEEKS, PCHART_BASELINE, 10,
                         &of[0].chart),
        STATUS_OK);
    of[1] = (struct report_weeks){
        .programme = &scene->plan->programmes[1], .is_hidden = true};
    scene->report.indicators[0].weeks = of;
    scene->report.indicators[0].weeks_count = 2;
}

int report_scene_tear_down(void **state)
{
    struct report_scene *scene = *state;
    (void)unlink(scene->file);
    arena_free(scene->arena);
    free(scene);
    return 0;
}
