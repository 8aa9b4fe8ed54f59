/* test_reports_bad.c: plans and answers that go wrong: more answers than people, waves
   with no answer, one, or all, an indicator without any, a target of 100 %. Each gives
   its flag and its sentence, on the page and in every format, and nowhere a number that
   is none. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"
#include "tests/support/xml.h"

#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"
#include "web/pages/reports.html.h"
#include "web/pages/reports_indicator.html.h"
#include "web/pages/reports_view.h"
#include "web/render/report_csv.h"
#include "web/render/report_json.h"
#include "web/render/report_text.h"

#include <stdlib.h>
#include <string.h>

static const char plan_format[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: 测试工会, en: Test union}\n"
    "centres:\n"
    "  - {id: north, name: {zh: 北, en: North}}\n"
    "  - {id: south, name: {zh: 南, en: South}}\n"
    "questionnaires:\n"
    "  - id: q\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, text: {zh: 总体, en: Overall}}\n"
    "      - {id: why, kind: choice, many: true, when: overall <= 2,\n"
    "         text: {zh: 为什么, en: Why}, options: [{id: late, text: {zh: 晚, en: "
    "late}}]}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: 帮扶, en: Relief}, target: %d%%, measure: top2,\n"
    "     confidence: 95%%, points: 10, programmes: [visits, calls]}\n"
    "programmes:\n"
    "  - id: visits\n"
    "    name: {zh: 走访, en: Visits}\n"
    "    questionnaire: q\n"
    "    waves: [{id: q1, opens: 2026-01-01, closes: 2026-03-31, population: %d}]\n"
    "  - id: calls\n"
    "    name: {zh: 电话, en: Calls}\n"
    "    questionnaire: q\n"
    "    grain: week\n"
    "    waves: [{id: q1, opens: 2026-01-01, closes: 2026-03-31, population: %d}]\n";

/* Of each wave: how many people, satisfied, dissatisfied. */
struct bad {
    int target;
    int people[2];
    int satisfied[2];
    int dissatisfied[2];
    const char *verdict;
    const char *flags[4];    /* that JSON has; and no others of those named here */
    const char *sentence[2]; /* of the page, zh and en */
    bool has_figure;
};

struct scene {
    struct temp_app *app;
    struct arena *arena;
    const struct plan *plan;
    struct tally_cell cells[2];
    struct report report;
};

static int set_up(void **state)
{
    void *app = NULL;
    struct scene *scene = calloc(1, sizeof *scene);
    *state = scene;
    if (scene == NULL || temp_app_set_up(&app) != 0)
        return 1;
    scene->app = app;
    temp_app_sign_in(scene->app, "王敏");
    scene->arena = arena_new(REPORT_ARENA_BYTES);
    return scene->arena == NULL;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    void *app = scene->app;
    arena_free(scene->arena);
    free(scene);
    return temp_app_tear_down(&app);
}

static void add(struct scene *scene, size_t wave, const struct bad *bad)
{
    const struct plan_questionnaire *q = &scene->plan->questionnaires[0];
    struct tally_cell *cell = &scene->cells[wave];
    *cell = (struct tally_cell){.programme = scene->plan->programmes[wave].id,
        .wave = TEXT("q1"),
        .period = day_of((struct date){2026, 1, 5}),
        .centre = wave == 0 ? TEXT("north") : TEXT("south"),
        .channel = CHANNEL_SLIP,
        .counter_count = tally_size(q)};
    cell->counters = arena_take_array(scene->arena, cell->counter_count, sizeof(int64_t));
    assert_non_null(cell->counters);
    for (int i = 0; i < bad->satisfied[wave]; i++)
        tally_add(q, TEXT("50"), cell->counters);
    for (int i = 0; i < bad->dissatisfied[wave]; i++)
        tally_add(q, TEXT("21"), cell->counters);
    cell->received = cell->counters[0];
}

static void report(struct scene *scene, const struct bad *bad)
{
    struct problems problems;
    day_t today = day_of((struct date){2026, 11, 22});
    problems_init(&problems, scene->arena);
    struct text text = text_format(
        scene->arena, plan_format, bad->target, bad->people[0], bad->people[1]);
    assert_int_equal(plan_parse(scene->arena, text, &problems, &scene->plan), STATUS_OK);
    add(scene, 0, bad);
    add(scene, 1, bad);
    struct report_input input = {.plan = scene->plan,
        .plan_version = 1,
        .as_of = today,
        .today = today,
        .waves = scene->cells,
        .wave_count = 2,
        .periods = scene->cells,
        .period_count = 2};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
}

/* ---- the formats ---- */

static void has(const char *page, const char *words)
{
    if (strstr(page, words) == NULL)
        fail_msg("there is no \"%s\" in:\n%s", words, page);
}

/* "nan" as a word of its own, "inf" but as JSON's string; no other text has them here. */
static void is_sound(const char *page)
{
    if (strstr(page, "nan") != NULL || strstr(page, "-inf") != NULL ||
        strstr(page, "2147483648") != NULL)
        fail_msg("a number that is none:\n%s", page);
}

static const char *page_of(struct scene *scene, bool is_overview, enum language language)
{
    struct buffer out;
    struct request request = {
        .arena = scene->arena, .app = &scene->app->app, .language = language};
    struct reports_making making = {.arena = scene->arena,
        .language = language,
        .report = &scene->report,
        .as_of_asked = DAY_NONE};
    buffer_init(&out, scene->arena, REQUEST_ARENA_BYTES);
    if (is_overview) {
        struct reports_view view;
        assert_int_equal(reports_view_build(&request, &making, &view), STATUS_OK);
        reports_page(&out, &view, language);
    } else {
        struct reports_detail view;
        assert_int_equal(
            reports_detail_build(&request, &making, &scene->report.indicators[0], &view),
            STATUS_OK);
        reports_indicator_page(&out, &view, language);
    }
    assert_false(out.is_full);
    return text_to_string(scene->arena, buffer_text(&out));
}

static void check_drawings(const char *page)
{
    size_t at;
    for (size_t i = 0;; i++) {
        struct text svg = xml_find_svg(text_of(page), i);
        if (svg.len == 0)
            break;
        assert_null(xml_mistake(svg, &at));
        assert_true(memchr(svg.ptr, '/', svg.len) != NULL); /* something is in it */
    }
}

static void check_pages(struct scene *scene, const struct bad *bad)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int overview = 0; overview < 2; overview++) {
            const char *page = page_of(scene, overview == 1, (enum language)language);
            is_sound(page);
            check_drawings(page);
            has(page, bad->sentence[language == LANGUAGE_EN]);
        }
}

/* The first member of that name has that value. */
static bool has_member(const char *json, const char *name, const char *value)
{
    const char *at = strstr(json, name);
    return at != NULL && strncmp(at + strlen(name), value, strlen(value)) == 0;
}

static void check_json(struct scene *scene, const struct bad *bad)
{
    struct text text =
        report_json(scene->arena, LANGUAGE_EN, &scene->report, (struct text){0});
    assert_true(text.len > 0);
    char *json = text_to_string(scene->arena, text);
    is_sound(json);
    char *strata = strstr(json, "\"strata\": ["); /* what is before is the figure's */
    assert_non_null(strata);
    *strata = '\0';
    assert_true(has_member(json, "\"verdict\": \"", bad->verdict));
    for (size_t i = 0; i < 4 && bad->flags[i] != NULL; i++)
        has(json, text_to_string(
                      scene->arena, text_format(scene->arena, "\"%s\"", bad->flags[i])));
    assert_int_equal(!has_member(json, "\"rate\": ", "null"), bad->has_figure);
}

static void check(void **state, const struct bad *bad)
{
    struct scene *scene = *state;
    report(scene, bad);
    check_pages(scene, bad);
    check_json(scene, bad);
    struct text csv = report_csv(scene->arena, &scene->report, (struct text){0});
    struct text text =
        report_text(scene->arena, LANGUAGE_EN, &scene->report, (struct text){0});
    assert_true(csv.len > 0 && text.len > 0);
    is_sound(text_to_string(scene->arena, csv));
    has(text_to_string(scene->arena, csv), bad->verdict);
    is_sound(text_to_string(scene->arena, text));
}

/* ---- what goes wrong ---- */

static void more_answers_than_people(void **state)
{
    check(state, &(const struct bad){85, {20, 100}, {25, 40}, {2, 3}, "met", {"POP_LT_N"},
                     {"答卷比应调查人数多，请改正人数。",
                         "There are more answers than people. Please correct the "
                         "population."},
                     true});
}

static void a_wave_without_an_answer(void **state)
{
    check(state, &(const struct bad){50, {100, 60}, {40, 0}, {2, 0}, "likely_met",
                     {"EMPTY_STRATUM", "COLLAPSED", "LOW_COVERAGE", "SINGLE_EXACT"},
                     {"两成以上的人所在的批次还没有答卷，所以不能断定。",
                         "Over a fifth of the people are in waves without any answer, so "
                         "nothing is proven."},
                     true});
}

static void a_wave_with_one_answer(void **state)
{
    check(state, &(const struct bad){50, {100, 60}, {40, 1}, {2, 0}, "met", {NULL},
                     {"有 2 个批次不单独显示", "2 waves that are not shown are put "
                                               "together"},
                     true});
}

static void waves_in_which_all_answered(void **state)
{
    check(state, &(const struct bad){85, {30, 20}, {29, 19}, {1, 1}, "met", {"CENSUS"},
                     {"必然达标", "ertainly met"}, true});
}

static void an_indicator_without_an_answer(void **state)
{
    check(state, &(const struct bad){85, {30, 20}, {0, 0}, {0, 0}, "no_data", {"NO_DATA"},
                     {"暂无数据", "no data yet"}, false});
}

static void an_indicator_with_one_answer(void **state)
{
    check(state,
        &(const struct bad){85, {30, 20}, {1, 0}, {0, 0}, "insufficient", {"SMALL_N"},
            {"不足 10 份，数字不显示", "Fewer than 10 answers: the figure is "
                                       "not shown"},
            false});
}

static void a_target_of_all_that_is_reached_so_far(void **state)
{
    check(state, &(const struct bad){100, {100, 80}, {40, 30}, {0, 0}, "likely_met",
                     {NULL}, {"可能达标", "ikely met"}, true});
}

static void a_target_of_all_that_one_person_missed(void **state)
{
    check(state, &(const struct bad){100, {100, 80}, {39, 30}, {1, 0}, "missed", {NULL},
                     {"必然未达标", "ertainly missed"}, true});
}

static void a_target_of_all_in_a_census(void **state)
{
    check(state, &(const struct bad){100, {40, 30}, {40, 30}, {0, 0}, "met", {"CENSUS"},
                     {"必然达标", "ertainly met"}, true});
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(more_answers_than_people),
        CASE(a_wave_without_an_answer),
        CASE(a_wave_with_one_answer),
        CASE(waves_in_which_all_answered),
        CASE(an_indicator_without_an_answer),
        CASE(an_indicator_with_one_answer),
        CASE(a_target_of_all_that_is_reached_so_far),
        CASE(a_target_of_all_that_one_person_missed),
        CASE(a_target_of_all_in_a_census),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
