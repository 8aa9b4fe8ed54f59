/* test_reports.c: the pages of reports over a plan with every kind of result: figures are
   the report's, what is hidden is nowhere, whatever a plan says is escaped, and words say
   no more than the data. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"
#include "tests/support/xml.h"

#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"
#include "kiosk/tally.h"
#include "web/pages/reports.html.h"
#include "web/pages/reports_indicator.html.h"
#include "web/pages/reports_view.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 16 };

#define EVIL "<script>alert(1)</script> \\\" ' & \xF0\x9F\x98\x80 ]]> --"

static const char plan_text[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: 测试工会, en: Test union}\n"
    "centres:\n"
    "  - {id: north, name: {zh: \"北 " EVIL "\", en: \"N " EVIL "\"}}\n"
    "questionnaires:\n"
    "  - id: q\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, text: {zh: 总体, en: Overall}}\n"
    "      - {id: timely, kind: rating, supports: \"及时性 " EVIL "\",\n"
    "         text: {zh: \"及时 " EVIL "\", en: \"On time " EVIL "\"}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: \"帮扶 " EVIL "\", en: \"Relief " EVIL
    "\"}, target: 85%,\n"
    "     measure: top3, confidence: 95%, points: 10, programmes: [visits, elders]}\n"
    "  - {id: unions, name: {zh: 基层工会, en: Unions}, target: 90%, measure: top3,\n"
    "     confidence: 95%, points: 10, programmes: [unions]}\n"
    "  - {id: score, name: {zh: 平均分, en: Score}, target: 80%, measure: score,\n"
    "     confidence: 95%, points: 10, programmes: [score]}\n"
    "  - {id: staff, name: {zh: 考评, en: Appraisal}, kind: appraisal, appraisers: 4,\n"
    "     subjects: [{id: one, name: {zh: 岗位, en: Post}}]}\n"
    "programmes:\n"
    "  - id: visits\n"
    "    name: {zh: \"走访 " EVIL "\", en: \"Visits " EVIL "\"}\n"
    "    questionnaire: q\n"
    "    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}\n"
    "      - {id: q2, opens: 2026-04-01, closes: 2026-06-30, population: 150}\n"
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
    "    waves: [{id: all, opens: 2026-01-01, closes: 2026-12-31, population: 300}]\n";

struct scene {
    struct temp_app *app;
    struct arena *arena;
    const struct plan *plan;
    struct tally_cell cells[CELLS_MAX];
    size_t cell_count;
    const char *page;          /* shown last */
    const char *query;         /* of the address that is shown; may be NULL */
    const struct plan *before; /* last year's plan, with the same cells; may be NULL */
};

static int set_up(void **state)
{
    void *app = NULL;
    struct scene *scene = calloc(1, sizeof *scene);
    struct problems problems;
    *state = scene;
    if (scene == NULL || temp_app_set_up(&app) != 0)
        return 1;
    scene->app = app;
    temp_app_sign_in(scene->app, "王敏");
    scene->arena = arena_new(REPORT_ARENA_BYTES);
    problems_init(&problems, scene->arena);
    if (plan_parse(scene->arena, text_of(plan_text), &problems, &scene->plan) !=
        STATUS_OK) {
        for (size_t i = 0; i < problems.count; i++)
            print_error("%u: %s\n", problems.list[i].line, problems.list[i].message);
        return 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    void *app = scene->app;
    arena_free(scene->arena);
    free(scene);
    return temp_app_tear_down(&app);
}

/* So many satisfied and dissatisfied answers of a wave, at north. */
static void add(struct scene *scene, const char *programme, const char *wave,
    enum channel channel, int satisfied, int dissatisfied)
{
    const struct plan_questionnaire *q = &scene->plan->questionnaires[0];
    struct tally_cell *cell = &scene->cells[scene->cell_count++];
    size_t size = tally_size(q);
    *cell = (struct tally_cell){.programme = text_of(programme),
        .wave = text_of(wave),
        .period = TEMP_STORE_TODAY,
        .centre = TEXT("north"),
        .channel = channel,
        .counters = arena_take_array(scene->arena, size, sizeof(int64_t)),
        .counter_count = size};
    for (int i = 0; i < satisfied; i++)
        tally_add(q, i % 2 ? TEXT("54") : TEXT("45"), cell->counters);
    for (int i = 0; i < dissatisfied; i++)
        tally_add(q, TEXT("23"), cell->counters);
    cell->received = cell->counters[0];
}

/* Renders the overview (indicator NULL) or an indicator's page on 2026-11-22. */
static void show(struct scene *scene, const char *indicator, enum language language)
{
    struct report report;
    struct buffer out;
    day_t as_of = day_of((struct date){2026, 11, 22});
    struct report_input input = {.plan = scene->plan,
        .plan_version = 3,
        .as_of = as_of,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count};
    assert_int_equal(report_build(scene->arena, &input, &report), STATUS_OK);
    struct report last_year;
    if (scene->before != NULL) {
        input.plan = scene->before;
        assert_int_equal(report_build(scene->arena, &input, &last_year), STATUS_OK);
    }
    struct request request = {.arena = scene->arena,
        .app = &scene->app->app,
        .language = language,
        .query = text_of(scene->query)};
    struct reports_making making = {.arena = scene->arena,
        .language = language,
        .report = &report,
        .as_of_asked = DAY_NONE,
        .last_year = scene->before == NULL ? NULL : &last_year};
    buffer_init(&out, scene->arena, REQUEST_ARENA_BYTES);
    if (indicator == NULL) {
        struct reports_view view;
        assert_int_equal(reports_view_build(&request, &making, &view), STATUS_OK);
        reports_page(&out, &view, language);
    } else {
        struct reports_detail view;
        const struct plan_indicator *of =
            plan_find_indicator(scene->plan, text_of(indicator));
        assert_int_equal(reports_detail_build(&request, &making,
                             &report.indicators[of - scene->plan->indicators], &view),
            STATUS_OK);
        reports_indicator_page(&out, &view, language);
    }
    assert_false(out.is_full);
    scene->page = text_to_string(scene->arena, buffer_text(&out));
    assert_non_null(scene->page);
}

static void has(const struct scene *scene, const char *words)
{
    if (strstr(scene->page, words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, scene->page);
}

static void lacks(const struct scene *scene, const char *words)
{
    if (strstr(scene->page, words) != NULL)
        fail_msg("the page has \"%s\":\n%s", words, scene->page);
}

static void check_drawings(const struct scene *scene, size_t at_least)
{
    size_t count = 0, at;
    for (;; count++) {
        struct text svg = xml_find_svg(text_of(scene->page), count);
        if (svg.len == 0)
            break;
        const char *mistake = xml_mistake(svg, &at);
        if (mistake != NULL)
            fail_msg("%s in %.*s", mistake, TEXT_ARG(svg));
    }
    assert_true(count >= at_least);
}

/* ---- figures ---- */

static void a_certain_result_says_why_nothing_can_change_it(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 91, 2);
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "1 项必然达标");
    has(scene, "<p class=\"value\">97.85<span class=\"unit\">%</span></p>");
    has(scene, "91 份满意，已够所需的 90 份；余下 7 份怎么评都不会变。");
    has(scene, "自评 10.00 / 10.00 分");
    has(scene, "应调查 100，有效 93 份");
}

static void a_census_says_that_everyone_answered(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 80, 20);
    show(scene, "unions", LANGUAGE_EN);
    has(scene, "certainly missed");
    has(scene, "Everyone answered: 80 are satisfied, 90 were needed.");
    lacks(scene, "would make it certain");
}

static void a_likely_result_is_always_within_the_sampling_error(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 38, 5);
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "1 项可能未达标（在抽样误差之内，还不能断定）");
    has(scene, "比 90.00% 低 1.63 个百分点，在抽样误差之内，还不能断定。");
    show(scene, "unions", LANGUAGE_EN);
    has(scene, "likely missed");
    has(scene, "1.63 points below 90.00%, within the sampling error: not settled.");
}

static void a_missed_target_asks_for_reasons(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 30, 20);
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "基层工会：低于目标");
    has(scene, "自评表里要写偏差原因和改进措施");
}

static void no_answers_are_no_data_and_no_figure(void **state)
{
    struct scene *scene = *state;
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "3 项暂无数据，1 项尚未收集");
    has(scene, "还没有计入的答卷。");
    lacks(scene, "class=\"interval\"");
    show(scene, "unions", LANGUAGE_EN);
    has(scene, "No answers that count yet.");
}

static void an_appraisal_is_not_collected_yet(void **state)
{
    struct scene *scene = *state;
    show(scene, "staff", LANGUAGE_ZH);
    has(scene, "尚未收集");
    has(scene, "1 个岗位，邀请 4 人评价");
    lacks(scene, "<table");
    lacks(scene, "达标");
}

static void a_score_is_never_called_a_rate(void **state)
{
    struct scene *scene = *state;
    add(scene, "score", "all", CHANNEL_SLIP, 150, 10);
    show(scene, "score", LANGUAGE_ZH);
    has(scene, "<p class=\"value\">86.25<span class=\"unit\">分</span></p>");
    has(scene, "全体平均分在");
    lacks(scene, "全体满意率");
    lacks(scene, "86.25%");
}

static void more_answers_than_people_are_said(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 100, 10);
    show(scene, "unions", LANGUAGE_ZH);
    has(scene, "答卷比应调查人数多");
    lacks(scene, "必然");
}

static void waves_without_a_population_are_named_and_do_not_count(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 5);
    add(scene, "elders", "all", CHANNEL_POSTER, 30, 1);
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "1 个批次没填应调查人数");
    has(scene, "为老 all。在年度方案里填上应调查人数");
    has(scene, "<span class=\"tag\">不计入</span>");
    has(scene, "未填");
}

static void walk_in_answers_beside_an_invited_figure_are_told_apart(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 40, 2);
    add(scene, "unions", "all", CHANNEL_KIOSK, 11, 4);
    show(scene, "unions", LANGUAGE_ZH);
    has(scene, "<span class=\"name\">平板</span>");
    has(scene, "<span class=\"tag\">不计入</span>");
    has(scene, "现场自填");
    has(scene, "有 15 份现场自填的答卷不计入");
}

/* ---- what is hidden ---- */

static void a_hidden_figure_is_nowhere_on_the_page(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 7, 2); /* 77.78 % */
    show(scene, NULL, LANGUAGE_ZH);
    has(scene, "不足 10 份，数字不显示");
    lacks(scene, "77.7");
    lacks(scene, "有效 9");
    lacks(scene, ">7<");
    show(scene, "unions", LANGUAGE_ZH);
    has(scene, "不显示");
    lacks(scene, "77.7");
    lacks(scene, ">7<");
    lacks(scene, "自评 ");
}

static void a_hidden_row_is_hatched_and_has_stars(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 5);
    add(scene, "visits", "q2", CHANNEL_SLIP, 4, 3); /* 57.14 % */
    for (int page = 0; page < 2; page++) {
        show(scene, page == 0 ? NULL : "relief", LANGUAGE_ZH);
        has(scene, "＊");
        has(scene, "不显示");
        lacks(scene, "57.1");
        lacks(scene, ">4<");
    }
}

/* ---- words of a plan ---- */

static void whatever_a_plan_says_is_escaped_in_pages_and_drawings(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 5);
    add(scene, "visits", "q2", CHANNEL_SLIP, 60, 20);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        show(scene, NULL, (enum language)language);
        lacks(scene, "<script");
        lacks(scene, " style=");
        has(scene, "&lt;script&gt;alert(1)&lt;/script&gt;");
        check_drawings(scene, 10);
        show(scene, "relief", (enum language)language);
        lacks(scene, "<script");
        lacks(scene, " style=");
        has(scene, "\xF0\x9F\x98\x80");
        check_drawings(scene, 6);
    }
}

static void pages_speak_one_language(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "all", CHANNEL_SLIP, 60, 5);
    show(scene, "unions", LANGUAGE_EN);
    has(scene, "<html lang=\"en\">");
    has(scene, "By programme and wave");
    lacks(scene, "达标");
    lacks(scene, "服务点");
    show(scene, "unions", LANGUAGE_ZH);
    has(scene, "<html lang=\"zh-CN\">");
    lacks(scene, "answers");
}

static void no_number_on_a_page_is_not_a_number(void **state)
{
    struct scene *scene = *state;
    for (int round = 0; round < 2; round++) {
        show(scene, "relief", LANGUAGE_ZH);
        lacks(scene, "nan");
        lacks(scene, "inf");
        add(scene, "visits", "q1", CHANNEL_SLIP, 157, 0);
    }
}

static void the_foot_names_plan_and_day(void **state)
{
    struct scene *scene = *state;
    show(scene, "unions", LANGUAGE_ZH);
    has(scene, "截至 2026-11-22 · 方案第 3 版 · 指纹 ");
    has(scene, "不足 10 份的分项不显示；能用来推算出它们的其他分项也不显示。");
}

/* ---- through the table of routes ---- */

static void ask(struct scene *scene, const char *target, int status)
{
    int got = temp_app_ask(scene->app, target, NULL)->status;
    if (got != status)
        fail_msg("%s answers %d, not %d", target, got, status);
    scene->page = temp_app_body(scene->app);
}

static void the_routes_show_what_the_store_has(void **state)
{
    struct scene *scene = *state;
    const char *poster = temp_app_poster(scene->app, "visits");
    for (int i = 0; i < 12; i++)
        assert_int_equal(temp_app_ask(scene->app, poster, "overall=5")->status, 303);
    ask(scene, "/reports", 200);
    has(scene, "<a href=\"/reports/relief\">帮扶满意度</a>");
    has(scene, "100.00<span");
    ask(scene, "/reports/relief?lang=en", 200);
    has(scene, "href=\"/reports?lang=en\"");
    ask(scene, "/reports/nothing", 404);
}

static void who_is_not_signed_in_is_led_to_the_door(void **state)
{
    struct scene *scene = *state;
    static const char *const pages[] = {
        "/reports", "/reports/relief", "/reports.json", "/reports.csv"};
    scene->app->cookie = (struct text){NULL, 0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        ask(scene, pages[i], 303);
        assert_true(text_starts_with(scene->app->response.location, TEXT("/signin")));
        assert_string_equal(scene->page, "");
    }
}

static void files_are_those_of_the_command(void **state)
{
    struct scene *scene = *state;
    ask(scene, "/reports.json", 200);
    has(scene, "\"plan_fingerprint\"");
    assert_string_equal(
        scene->app->response.content_type, "application/json; charset=utf-8");
    ask(scene, "/reports.csv", 200);
    has(scene, "row,indicator,programme");
    assert_string_equal(scene->app->response.content_type, "text/csv; charset=utf-8");
}

static void as_of_is_a_day_or_a_mistake(void **state)
{
    struct scene *scene = *state;
    static const char *const bad[] = {
        "x", "2026-02-30", "2026-2-1", "20260201", "2026-02-09x", "%00", "1899-12-31"};
    ask(scene, "/reports?as_of=2026-04-01", 200);
    has(scene, "截至 2026-04-01");
    has(scene, "q2");
    has(scene, "/reports/relief?as_of=2026-04-01");
    ask(scene, "/reports?as_of=2026-03-31", 200);
    lacks(scene, "q2");
    ask(scene, "/reports?as_of=", 200);
    has(scene, "截至 2026-02-09");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask(scene, text_format(scene->arena, "/reports/relief?as_of=%s", bad[i]).ptr,
            422);
        has(scene, "这不是一个日期");
    }
    ask(scene, "/reports.json?as_of=yesterday", 422);
}

/* ---- choosing, years ---- */

static void what_is_shown_can_be_chosen_and_nothing_else(void **state)
{
    struct scene *scene = *state;
    static const char *const not_shown[] = {"wave=visits%2Fq2", "wave=visits%2Fq9",
        "centre=nowhere", "period=2026-13-01", "centre=%00"};
    add(scene, "visits", "q1", CHANNEL_SLIP, 25, 15);
    add(scene, "visits", "q2", CHANNEL_SLIP, 7, 0);
    add(scene, "elders", "all", CHANNEL_SLIP, 20, 20);
    scene->query = "wave=elders%2Fall&centre=";
    show(scene, "relief", LANGUAGE_EN);
    has(scene, "<option value=\"elders/all\" selected>");
    has(scene, "Rows of the tables below");
    lacks(scene, "<option value=\"visits/q2\"");
    for (size_t i = 0; i < sizeof not_shown / sizeof *not_shown; i++) {
        scene->query = not_shown[i];
        show(scene, "relief", LANGUAGE_EN);
        has(scene, "What the address asks for is not among the rows that are shown.");
    }
}

static void two_years_differ_only_where_their_intervals_do_not_meet(void **state)
{
    struct scene *scene = *state;
    struct plan before = *scene->plan;
    struct plan_indicator *indicators =
        arena_take_array(scene->arena, before.indicator_count, sizeof *indicators);
    assert_non_null(indicators);
    memcpy(indicators, before.indicators, before.indicator_count * sizeof *indicators);
    add(scene, "unions", "all", CHANNEL_SLIP, 91, 2);
    before.year--;
    scene->before = &before;
    show(scene, "unions", LANGUAGE_EN);
    has(scene, "Beside last year");
    has(scene, "No change since last year is proven: the intervals meet.");
    before.indicators = indicators;
    indicators[1].measure = MEASURE_TOP2; /* another question: nothing to compare */
    show(scene, "unions", LANGUAGE_EN);
    lacks(scene, "Beside last year");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_certain_result_says_why_nothing_can_change_it),
        CASE(a_census_says_that_everyone_answered),
        CASE(a_likely_result_is_always_within_the_sampling_error),
        CASE(a_missed_target_asks_for_reasons),
        CASE(no_answers_are_no_data_and_no_figure),
        CASE(an_appraisal_is_not_collected_yet),
        CASE(a_score_is_never_called_a_rate),
        CASE(more_answers_than_people_are_said),
        CASE(waves_without_a_population_are_named_and_do_not_count),
        CASE(walk_in_answers_beside_an_invited_figure_are_told_apart),
        CASE(a_hidden_figure_is_nowhere_on_the_page),
        CASE(a_hidden_row_is_hatched_and_has_stars),
        CASE(whatever_a_plan_says_is_escaped_in_pages_and_drawings),
        CASE(pages_speak_one_language),
        CASE(no_number_on_a_page_is_not_a_number),
        CASE(the_foot_names_plan_and_day),
        CASE(the_routes_show_what_the_store_has),
        CASE(who_is_not_signed_in_is_led_to_the_door),
        CASE(files_are_those_of_the_command),
        CASE(as_of_is_a_day_or_a_mistake),
        CASE(what_is_shown_can_be_chosen_and_nothing_else),
        CASE(two_years_differ_only_where_their_intervals_do_not_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
