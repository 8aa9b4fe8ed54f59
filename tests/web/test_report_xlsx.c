/* test_report_xlsx.c: the workbook of a report, read back: its first sheet is the
   bureau's form, its numbers are the report's, what is hidden is nowhere, and no wording
   of a plan becomes a formula. */
#include "tests/support/report_scene.h"
#include "tests/support/test.h"
#include "tests/support/xlsx.h"

#include "web/render/figures.h"
#include "web/render/report_xlsx.h"
#include "web/tr.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum format { FORMAT_COUNT, FORMAT_DECIMAL, FORMAT_PERCENT };
/* Places of the sheets. */
enum {
    FORM = 1,
    FIGURES,
    CHARTS,
    WAVES,
    CENTRES,
    CHANNELS,
    PERIODS,
    QUESTIONS,
    GROUPS,
    QUARTERS,
    CELLS,
    WEEKS,
    COMMENTS,
    METHOD
};

static struct xlsx write_book(
    struct report_scene *scene, enum language language, struct text only)
{
    struct xlsx xlsx;
    FILE *out = fopen(scene->file, "wb");
    assert_non_null(out);
    assert_int_equal(
        report_xlsx(scene->arena, language, &scene->report, only, out), STATUS_OK);
    assert_true(ftell(out) > 0);
    assert_int_equal(fclose(out), 0);
    xlsx_open(scene->arena, scene->file, &xlsx);
    return xlsx;
}

static struct text sheet_of(const struct xlsx *xlsx, int number)
{
    char name[60];
    (void)snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", number);
    struct text sheet = xlsx_part(xlsx, name);
    assert_true(sheet.len > 0);
    return sheet;
}

/* "B2" of column 1, row 1. */
static struct xlsx_cell cell_at(
    const struct xlsx *xlsx, struct text sheet, int column, size_t row)
{
    char name[16];
    (void)snprintf(name, sizeof name, "%c%zu", 'A' + column, row + 1);
    return xlsx_cell(xlsx, sheet, name);
}

static void is_words(const struct xlsx *xlsx, struct text sheet, int column, size_t row,
    struct text expected)
{
    struct xlsx_cell cell = cell_at(xlsx, sheet, column, row);
    if (expected.len == 0) {
        assert_int_equal(cell.kind, XLSX_EMPTY);
        return;
    }
    assert_int_equal(cell.kind, XLSX_STRING);
    assert_text_equal(cell.string, text_to_string(xlsx->arena, expected));
}

/* A number that is shown with so many decimals and is nothing else behind them. */
static void is_number(const struct xlsx *xlsx, struct text sheet, int column, size_t row,
    int64_t number, enum format format)
{
    static const struct {
        const char *code;
        double unit;
    } formats[] = {[FORMAT_COUNT] = {"0", 1},
        [FORMAT_DECIMAL] = {"0.00", 100},
        [FORMAT_PERCENT] = {"0.00%", 10000}};
    struct xlsx_cell cell = cell_at(xlsx, sheet, column, row);
    if (number == NO_COUNT) {
        assert_int_equal(cell.kind, XLSX_EMPTY);
        return;
    }
    assert_int_equal(cell.kind, XLSX_NUMBER);
    assert_text_equal(cell.format, formats[format].code);
    assert_true(fabs(cell.number * formats[format].unit - (double)number) < 1e-9);
}

/* ---- the bureau's form ---- */

static void the_first_sheet_is_the_bureaus_form_and_nothing_else(void **state)
{
    static const char *const heads[] = {"一级指标", "二级指标", "三级指标", "年度指标值",
        "实际完成值", "分值", "得分", "偏差原因分析及改进措施"};
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    struct text sheet = sheet_of(&xlsx, FORM);
    for (int i = 0; i < 8; i++)
        is_words(&xlsx, sheet, i, 0, text_of(heads[i]));
    is_words(&xlsx, sheet, 0, 1, TEXT("满意度指标"));
    is_words(&xlsx, sheet, 1, 1, TEXT("服务对象满意度指标"));
    is_words(&xlsx, sheet, 2, 1, TEXT("=HYPERLINK(1)"));
    is_words(&xlsx, sheet, 3, 1, TEXT("≥85.00%"));
    is_words(&xlsx, sheet, 7, 1, TEXT(""));
    is_words(&xlsx, sheet, 0, 1 + scene->plan->indicator_count, TEXT(""));
    assert_null(strstr(sheet.ptr, "mergeCell"));
}

static void its_figures_and_points_are_the_reports(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_ZH, (struct text){0});
    struct text sheet = sheet_of(&xlsx, FORM);
    size_t shown = 0;
    for (size_t i = 0; i < scene->plan->indicator_count; i++) {
        const struct report_indicator *of = &scene->report.indicators[i];
        if (of->is_hidden) {
            is_words(&xlsx, sheet, 4, i + 1, TEXT("＊"));
            is_words(&xlsx, sheet, 6, i + 1, TEXT(""));
            continue;
        }
        if (of->rate_bp == NO_COUNT || of->indicator->kind == INDICATOR_APPRAISAL) {
            is_words(&xlsx, sheet, 4, i + 1, TEXT("–"));
            continue;
        }
        bool is_score = of->indicator->measure == MEASURE_SCORE;
        is_number(&xlsx, sheet, 4, i + 1, of->rate_bp,
            is_score ? FORMAT_DECIMAL : FORMAT_PERCENT);
        is_number(&xlsx, sheet, 5, i + 1, of->indicator->points_cp, FORMAT_DECIMAL);
        is_number(&xlsx, sheet, 6, i + 1, of->points.score_cp, FORMAT_DECIMAL);
        shown++;
    }
    assert_int_equal(shown, 3);
}

/* ---- figures and breakdowns ---- */

static void the_sheet_of_figures_has_every_figure_as_it_is_printed(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    struct text sheet = sheet_of(&xlsx, FIGURES);
    const struct report_indicator *of = &scene->report.indicators[0];
    is_words(&xlsx, sheet, 0, 1, TEXT("=HYPERLINK(2)"));
    is_number(&xlsx, sheet, 2, 1, 8500, FORMAT_PERCENT);
    is_number(&xlsx, sheet, 3, 1, of->rate_bp, FORMAT_PERCENT);
    is_number(&xlsx, sheet, 4, 1, of->figure.lo_bp, FORMAT_PERCENT);
    is_number(&xlsx, sheet, 5, 1, of->figure.hi_bp, FORMAT_PERCENT);
    is_words(&xlsx, sheet, 6, 1,
        text_of(figure_verdict(LANGUAGE_EN, of->verdict, of->figure.certain)));
    is_number(&xlsx, sheet, 9, 1, of->n, FORMAT_COUNT);
    is_number(&xlsx, sheet, 10, 1, of->x, FORMAT_COUNT);
    is_number(&xlsx, sheet, 11, 1, of->missing, FORMAT_COUNT);
    is_number(&xlsx, sheet, 12, 1, of->population, FORMAT_COUNT);
    is_number(&xlsx, sheet, 14, 1, of->received, FORMAT_COUNT);
    is_number(&xlsx, sheet, 17, 1, of->points.completion_bp, FORMAT_PERCENT);
    /* A mean is a number of points. */
    is_number(&xlsx, sheet, 3, 3, scene->report.indicators[2].rate_bp, FORMAT_DECIMAL);
    is_number(&xlsx, sheet, 2, 3, 8000, FORMAT_DECIMAL);
}

/* The rows of one breakdown of all indicators, whose numbers begin at a column. */
static size_t check_rows(const struct xlsx *xlsx, const struct report_scene *scene,
    int sheet_number, size_t rows_at, int received_at)
{
    struct text sheet = sheet_of(xlsx, sheet_number);
    size_t line = 1, hidden = 0;
    for (size_t i = 0; i < scene->plan->indicator_count; i++) {
        const struct report_rows *rows = (const struct report_rows *)(const void
                *)((const char *)&scene->report.indicators[i] + rows_at);
        for (size_t j = 0; j < rows->count; j++, line++) {
            const struct report_row *row = &rows->list[j];
            is_number(xlsx, sheet, received_at, line, row->received, FORMAT_COUNT);
            if (row->is_hidden) {
                for (int c = 1; c <= 5; c++)
                    is_words(xlsx, sheet, received_at + c, line, TEXT("＊"));
                hidden++;
                continue;
            }
            is_number(xlsx, sheet, received_at + 1, line, row->n, FORMAT_COUNT);
            is_number(xlsx, sheet, received_at + 2, line, row->x, FORMAT_COUNT);
            is_number(
                xlsx, sheet, received_at + 3, line, row->rate.rate_bp, FORMAT_PERCENT);
            is_number(
                xlsx, sheet, received_at + 4, line, row->rate.lo_bp, FORMAT_PERCENT);
            is_number(
                xlsx, sheet, received_at + 5, line, row->rate.hi_bp, FORMAT_PERCENT);
        }
    }
    assert_true(line > 1);
    return hidden;
}

static void every_row_of_every_breakdown_is_there_and_hidden_ones_are_stars(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_ZH, (struct text){0});
    size_t hidden = 0;
    hidden +=
        check_rows(&xlsx, scene, WAVES, offsetof(struct report_indicator, strata), 7);
    hidden += check_rows(
        &xlsx, scene, CENTRES, offsetof(struct report_indicator, by_centre), 2);
    hidden += check_rows(
        &xlsx, scene, CHANNELS, offsetof(struct report_indicator, by_channel), 4);
    hidden += check_rows(
        &xlsx, scene, PERIODS, offsetof(struct report_indicator, by_period), 2);
    hidden +=
        check_rows(&xlsx, scene, QUESTIONS, offsetof(struct report_indicator, items), 3);
    hidden += check_rows(
        &xlsx, scene, QUARTERS, offsetof(struct report_indicator, by_quarter), 2);
    assert_true(hidden >= 3);
}

static void centres_by_programme_have_no_more_than_the_other_formats(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_ZH, (struct text){0});
    struct text sheet = sheet_of(&xlsx, CELLS);
    size_t line = 1;
    for (size_t i = 0; i < scene->plan->indicator_count; i++)
        for (size_t j = 0; j < scene->report.indicators[i].cells.count; j++, line++) {
            const struct report_row *row = &scene->report.indicators[i].cells.list[j];
            if (row->is_hidden) {
                for (int column = 3; column <= 5; column++)
                    is_words(&xlsx, sheet, column, line, TEXT("＊"));
                continue;
            }
            is_number(&xlsx, sheet, 3, line, row->n, FORMAT_COUNT);
            is_number(&xlsx, sheet, 4, line, row->x, FORMAT_COUNT);
            is_number(&xlsx, sheet, 5, line, row->rate.rate_bp, FORMAT_PERCENT);
        }
    assert_true(line > 2);
    is_words(&xlsx, sheet, 6, 0, (struct text){0});
}

static void weeks_have_their_lines_and_hidden_ones_are_stars(void **state)
{
    struct report_scene *scene = *state;
    report_scene_weeks(scene);
    const struct pchart *chart = &scene->report.indicators[0].weeks[0].chart;
    struct xlsx xlsx = write_book(scene, LANGUAGE_ZH, (struct text){0});
    struct text sheet = sheet_of(&xlsx, WEEKS);
    for (size_t i = 0; i < chart->count; i++) {
        const struct pchart_point *point = &chart->points[i];
        is_number(&xlsx, sheet, 3, i + 1, point->n, FORMAT_COUNT);
        is_number(&xlsx, sheet, 4, i + 1, point->x, FORMAT_COUNT);
        is_number(&xlsx, sheet, 5, i + 1, llround(point->p * 10000), FORMAT_PERCENT);
        is_number(&xlsx, sheet, 6, i + 1, llround(point->lower * 10000), FORMAT_PERCENT);
    }
    is_words(&xlsx, sheet, 8, chart->count, TEXT("明显偏低"));
    for (int column = 2; column <= 8; column++)
        is_words(&xlsx, sheet, column, chart->count + 1, TEXT("＊"));
}

static void a_chart_draws_a_hidden_wave_as_a_gap_and_not_as_zero(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    struct text sheet = sheet_of(&xlsx, CHARTS);
    size_t hidden = 0;
    for (size_t i = 0; i < scene->report.indicators[0].strata.count; i++) {
        const struct report_row *row = &scene->report.indicators[0].strata.list[i];
        for (int column = 1; column <= 3; column++)
            if (row->is_hidden)
                is_words(&xlsx, sheet, column, 2 + i, TEXT(""));
        hidden += row->is_hidden;
    }
    assert_true(hidden > 0);
    struct text chart = xlsx_part(&xlsx, "xl/charts/chart1.xml");
    assert_null(strstr(chart.ptr, "<c:dispBlanksAs")); /* a gap, unless it says else */
}

/* ---- formulas ---- */

static void no_wording_of_a_plan_becomes_a_formula(void **state)
{
    struct report_scene *scene = *state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct xlsx xlsx = write_book(scene, (enum language)language, (struct text){0});
        for (int number = FORM; number <= METHOD; number++) {
            struct text sheet = sheet_of(&xlsx, number);
            assert_null(strstr(sheet.ptr, "<f>"));
            assert_null(strstr(sheet.ptr, "t=\"str\""));
            assert_null(strstr(sheet.ptr, "<hyperlink"));
        }
    }
}

/* Charts and conditional formats have formulas: ours, of places alone. */
static void charts_refer_to_cells_of_their_sheet_alone(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    size_t formulas = 0;
    for (int number = 1;; number++) {
        char name[40];
        (void)snprintf(name, sizeof name, "xl/charts/chart%d.xml", number);
        struct text chart = xlsx_part(&xlsx, name);
        if (chart.len == 0)
            break;
        for (const char *at = chart.ptr; (at = strstr(at, "<c:f>")) != NULL; at++) {
            assert_int_equal(strncmp(at, "<c:f>Charts!$", 13), 0);
            formulas++;
        }
    }
    assert_true(formulas >= 12);
}

static void words_stay_words_when_somebody_edits_them(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_ZH, (struct text){0});
    assert_text_equal(cell_at(&xlsx, sheet_of(&xlsx, FORM), 2, 1).format, "@");
    assert_text_equal(cell_at(&xlsx, sheet_of(&xlsx, WAVES), 1, 1).format, "@");
}

/* ---- the rest ---- */

static void the_method_has_fingerprint_and_seal(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    struct text sheet = sheet_of(&xlsx, METHOD);
    is_words(&xlsx, sheet, 0, 0, TEXT("Organisation"));
    is_words(&xlsx, sheet, 1, 0, TEXT("=1+1 Test union"));
    is_words(&xlsx, sheet, 1, 2, TEXT("2026-11-22"));
    is_words(&xlsx, sheet, 1, 4, plan_fingerprint_text(scene->arena, scene->plan));
    is_words(&xlsx, sheet, 1, 5, seal_digest_text(scene->arena, &scene->report.seal));
}

static void one_indicator_alone_can_be_had(void **state)
{
    struct report_scene *scene = *state;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, TEXT("unions"));
    struct text sheet = sheet_of(&xlsx, FORM);
    is_words(&xlsx, sheet, 2, 1, TEXT("+基层工会"));
    is_words(&xlsx, sheet, 2, 2, TEXT(""));
}

static void a_demonstration_says_so_on_every_sheet(void **state)
{
    struct report_scene *scene = *state;
    scene->report.is_demo = true;
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    for (int number = FORM; number <= METHOD; number++)
        assert_non_null(strstr(sheet_of(&xlsx, number).ptr, "Demo data"));
}

static struct text read_file(struct report_scene *scene)
{
    struct buffer out;
    char chunk[4096];
    size_t len;
    buffer_init(&out, scene->arena, 1048576);
    FILE *file = fopen(scene->file, "rb");
    assert_non_null(file);
    while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
        buffer_add(&out, chunk, len);
    (void)fclose(file);
    assert_false(out.is_full);
    return buffer_text(&out);
}

static void the_same_report_is_the_same_file(void **state)
{
    struct report_scene *scene = *state;
    (void)write_book(scene, LANGUAGE_ZH, (struct text){0});
    struct text first = read_file(scene);
    (void)write_book(scene, LANGUAGE_ZH, (struct text){0});
    assert_true(text_equals(first, read_file(scene)));
}

static void a_full_disk_is_told(void **state)
{
    struct report_scene *scene = *state;
    FILE *full = fopen("/dev/full", "wb");
    assert_non_null(full);
    assert_int_equal(
        report_xlsx(scene->arena, LANGUAGE_ZH, &scene->report, (struct text){0}, full),
        STATUS_INTERNAL);
    (void)fclose(full);
}

static void no_comment_becomes_a_formula(void **state)
{
    static const char *const words[] = {"=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(1)",
        "\t=1", "'=1", "谢谢 <b>&</b>"};
    enum { WORDS = sizeof words / sizeof *words };
    struct report_scene *scene = *state;
    for (int i = 0; i < WORDS; i++)
        report_scene_say(
            scene, "visits", "q1", (unsigned char)(i + 1), text_of(words[i]));
    report_scene_count(scene, "visits", "q4", REVIEW_INSULT, 11);
    report_scene_build(scene);
    struct xlsx xlsx = write_book(scene, LANGUAGE_EN, (struct text){0});
    struct text sheet = sheet_of(&xlsx, COMMENTS);
    for (int i = 0; i < WORDS; i++) {
        is_words(&xlsx, sheet, 1, (size_t)i + 1, TEXT("=Visits"));
        is_words(&xlsx, sheet, 2, (size_t)i + 1, text_of(words[i]));
        assert_text_equal(cell_at(&xlsx, sheet, 2, (size_t)i + 1).format, "@");
    }
    is_words(&xlsx, sheet, 0, WORDS + 3,
        TEXT("Comments in the waves that are shown: 18. Of these may be shown: 7; held "
             "back: 11; waiting to be read: 0."));
    is_words(&xlsx, sheet, 0, WORDS + 4, TEXT("Held back because: insults 11."));
    assert_null(strstr(sheet.ptr, "<f>"));
    assert_null(strstr(sheet.ptr, "hyperlink"));
}

static void sheets_have_names_that_every_program_takes(void **state)
{
    static const char *const names[] = {"Self-evaluation form", "Figures", "Charts",
        "Waves", "Centres", "Ways of answering", "Periods", "Questions",
        "Invited and walk-in", "Quarters", "Centres by programme", "Weeks", "Comments",
        "Method and seal"};
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const char *name = tr((enum language)language, names[i]);
            assert_true(text_count_characters(text_of(name)) <= 31);
            assert_null(strpbrk(name, "[]:*?/\\'"));
        }
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(the_first_sheet_is_the_bureaus_form_and_nothing_else),
        WITH_SCENE(its_figures_and_points_are_the_reports),
        WITH_SCENE(the_sheet_of_figures_has_every_figure_as_it_is_printed),
        WITH_SCENE(every_row_of_every_breakdown_is_there_and_hidden_ones_are_stars),
        WITH_SCENE(centres_by_programme_have_no_more_than_the_other_formats),
        WITH_SCENE(weeks_have_their_lines_and_hidden_ones_are_stars),
        WITH_SCENE(a_chart_draws_a_hidden_wave_as_a_gap_and_not_as_zero),
        WITH_SCENE(no_wording_of_a_plan_becomes_a_formula),
        WITH_SCENE(no_comment_becomes_a_formula),
        WITH_SCENE(charts_refer_to_cells_of_their_sheet_alone),
        WITH_SCENE(words_stay_words_when_somebody_edits_them),
        WITH_SCENE(the_method_has_fingerprint_and_seal),
        WITH_SCENE(one_indicator_alone_can_be_had),
        WITH_SCENE(a_demonstration_says_so_on_every_sheet),
        WITH_SCENE(the_same_report_is_the_same_file),
        WITH_SCENE(a_full_disk_is_told),
        cmocka_unit_test(sheets_have_names_that_every_program_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
