/* test_report_pdf.c: the document of a report, read back by other programs: its words and
   figures are there, its fonts are inside, nothing is cut, and the symbol leads to what
   is published. */
#include "tests/support/report_scene.h"
#include "tests/support/shell.h"
#include "tests/support/test.h"

#include "web/render/figures.h"
#include "web/render/report_pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PUBLIC_URL "https://pj.example.cn"

static enum status write_pdf(
    struct report_scene *scene, enum language language, struct text only)
{
    const struct report_pdf pdf = {language, &scene->report, only, TEXT(PUBLIC_URL)};
    FILE *out = fopen(scene->file, "w+b");
    assert_non_null(out);
    enum status status = report_pdf(scene->arena, &pdf, out);
    assert_int_equal(fclose(out), 0);
    return status;
}

static void print(struct report_scene *scene, enum language language)
{
    assert_int_equal(write_pdf(scene, language, (struct text){0}), STATUS_OK);
}

/* What a program says about the file; %s is its name. */
static const char *ask(struct report_scene *scene, const char *program, int *status)
{
    struct text command = text_format(scene->arena, "%s '%s' 2>&1", program, scene->file);
    return shell_run(scene->arena, text_to_string(scene->arena, command), status).ptr;
}

/* Its words with all blanks taken out: lines break where they break. */
static const char *words_of(struct report_scene *scene)
{
    struct text command =
        text_format(scene->arena, "pdftotext '%s' - | tr -d ' \\n\\f'", scene->file);
    return shell_run(scene->arena, text_to_string(scene->arena, command), NULL).ptr;
}

static void has(const char *words, const char *expected)
{
    if (strstr(words, expected) == NULL)
        fail_msg("there is no \"%s\" in:\n%s", expected, words);
}

static void has_text(struct report_scene *scene, const char *words, struct text expected)
{
    has(words, text_to_string(scene->arena, expected));
}

/* ---- what is in it ---- */

static void it_has_the_words_of_an_official_document(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_ZH);
    const char *words = words_of(scene);
    has(words, "=1+1测试工会");
    has(words, "2026年度服务对象满意度指标完成情况报告");
    has(words, "截至2026年11月22日");
    has(words, "一、结论");
    has(words, "二、分指标情况");
    has(words, "三、方法");
    has(words, "四、局限");
    has(words, "制表");
    has(words, "评价尚未收集。");
}

static void it_has_the_figures_of_each_indicator(void **state)
{
    struct report_scene *scene = *state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        print(scene, (enum language)language);
        const char *words = words_of(scene);
        const struct report_indicator *relief = &scene->report.indicators[0];
        has_text(scene, words, figure_percent(scene->arena, relief->rate_bp));
        has_text(scene, words,
            figure_range(scene->arena, relief->figure.lo_bp, relief->figure.hi_bp));
        has_text(scene, words, figure_possible(scene->arena, relief->figure.bound));
        for (size_t i = 0; i < relief->strata.count; i++)
            if (!relief->strata.list[i].is_hidden)
                has_text(scene, words,
                    figure_percent(scene->arena, relief->strata.list[i].rate.rate_bp));
    }
}

static void it_has_fingerprint_and_seal_whole(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_EN);
    const char *words = words_of(scene);
    has_text(scene, words, plan_fingerprint_text(scene->arena, scene->plan));
    has_text(scene, words, seal_digest_text(scene->arena, &scene->report.seal));
}

static void a_score_is_never_called_a_rate(void **state)
{
    struct report_scene *scene = *state;
    assert_int_equal(write_pdf(scene, LANGUAGE_ZH, TEXT("score")), STATUS_OK);
    const char *words = words_of(scene);
    has(words, "平均分86.25");
    assert_null(strstr(words, "86.25%"));
}

static void what_is_hidden_is_nowhere(void **state)
{
    struct report_scene *scene = *state;
    assert_int_equal(write_pdf(scene, LANGUAGE_ZH, TEXT("few")), STATUS_OK);
    const char *words = words_of(scene);
    has(words, "＊");
    has(words, "不足10份");
    assert_null(strstr(words, "71.4")); /* 5 of 7 */
    assert_null(strstr(words, "其中满意"));
}

/* ---- drawings with their tables ---- */

static void quarters_and_cells_stand_in_tables_under_their_drawings(void **state)
{
    struct report_scene *scene = *state;
    const struct report_indicator *relief = &scene->report.indicators[0];
    assert_int_equal(write_pdf(scene, LANGUAGE_ZH, TEXT("relief")), STATUS_OK);
    const char *words = words_of(scene);
    assert_true(relief->by_quarter.count > 1);
    has(words, "分季度");
    for (size_t i = 0; i < relief->by_quarter.count; i++)
        if (!relief->by_quarter.list[i].is_hidden)
            has_text(scene, words,
                figure_percent(scene->arena, relief->by_quarter.list[i].rate.rate_bp));
    assert_true(relief->cells.count > 1);
    has(words, "分服务点、分项目");
    for (size_t i = 0; i < relief->cells.count; i++)
        if (!relief->cells.list[i].is_hidden && relief->cells.list[i].n > 0)
            has_text(scene, words,
                figure_percent(scene->arena, relief->cells.list[i].rate.rate_bp));
}

static void weeks_have_their_drawing_and_their_table(void **state)
{
    struct report_scene *scene = *state;
    report_scene_weeks(scene);
    assert_int_equal(write_pdf(scene, LANGUAGE_ZH, TEXT("relief")), STATUS_OK);
    const char *words = words_of(scene);
    has(words, "逐周");
    has(words, "5月4日");
    has(words, "36.59%"); /* 15 of 41 in the last one */
    has(words, "明显偏低");
}

static void weeks_that_are_not_shown_say_so(void **state)
{
    struct report_scene *scene = *state;
    struct report_weeks weeks = {
        .programme = &scene->plan->programmes[0], .is_hidden = true};
    scene->report.indicators[0].weeks = &weeks;
    scene->report.indicators[0].weeks_count = 1;
    assert_int_equal(write_pdf(scene, LANGUAGE_EN, TEXT("relief")), STATUS_OK);
    has(words_of(scene), "weekbyweek:notshown");
}

static void one_indicator_alone_can_be_had(void **state)
{
    struct report_scene *scene = *state;
    assert_int_equal(write_pdf(scene, LANGUAGE_EN, TEXT("unions")), STATUS_OK);
    const char *words = words_of(scene);
    has(words, "+Unions");
    assert_null(strstr(words, "HYPERLINK"));
}

static void a_demonstration_says_so_on_every_page(void **state)
{
    struct report_scene *scene = *state;
    scene->report.is_demo = true;
    print(scene, LANGUAGE_ZH);
    const char *info = ask(scene, "pdfinfo", NULL);
    const char *pages = strstr(info, "Pages:");
    assert_non_null(pages);
    long count = strtol(pages + 6, NULL, 10);
    const char *words = words_of(scene);
    long marks = 0;
    for (const char *at = words; (at = strstr(at, "演示数据")) != NULL; at++)
        marks++;
    assert_true(count > 1);
    assert_int_equal(marks, count);
}

static void nothing_is_cut_however_long_a_name_is(void **state)
{
    struct report_scene *scene = *state;
    struct buffer name;
    buffer_init(&name, scene->arena, 4096);
    for (int i = 0; i < 60; i++)
        buffer_add_string(&name, "帮扶慰问对象");
    buffer_add_string(&name, "止");
    scene->plan->indicators[0].name.in[LANGUAGE_ZH] = buffer_text(&name);
    print(scene, LANGUAGE_ZH);
    const char *words = words_of(scene);
    size_t ends = 0;
    for (const char *at = words; (at = strstr(at, "对象止")) != NULL; at++)
        ends++;
    assert_int_equal(ends, 2); /* in the table, and as a heading */
}

/* ---- how it is made ---- */

static void every_font_is_inside(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_ZH);
    const char *fonts = ask(scene, "pdffonts", NULL);
    size_t lines = 0, embedded = 0;
    for (const char *at = fonts; (at = strstr(at, "Identity-H")) != NULL; at++, lines++)
        embedded += strncmp(at + 17, "yes yes yes", 11) == 0;
    assert_true(lines >= 3);
    assert_int_equal(embedded, lines);
    assert_non_null(strstr(fonts, "NotoSerifCJK"));
}

static void other_programs_find_no_mistake_in_it(void **state)
{
    struct report_scene *scene = *state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        int status = -1;
        print(scene, (enum language)language);
        has(ask(scene, "qpdf --check", &status), "No syntax or stream encoding errors");
        assert_int_equal(status, 0);
    }
}

static void it_tells_its_title_language_and_parts(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_ZH);
    const char *info = ask(scene, "pdfinfo", NULL);
    has(info, "2026 年度服务对象满意度指标完成情况报告");
    has(info, "Tagged:          yes");
    has(ask(scene, "grep -a Lang", NULL), "/Lang (zh-CN)");
    has(ask(scene, "pdfinfo -struct", NULL), "Table");
    has(ask(scene, "pdfinfo -struct", NULL), "H1");
    print(scene, LANGUAGE_EN);
    has(ask(scene, "grep -a Lang", NULL), "/Lang (en)");
}

static void the_symbol_leads_to_what_is_published(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_ZH);
    struct text command = text_format(scene->arena,
        "pdftoppm -r 200 -png '%s' '%s' && for page in '%s'-*.png; do zbarimg --nodbus "
        "--quiet --raw -Sdisable -Sqrcode.enable \"$page\"; done; rm -f '%s'-*.png",
        scene->file, scene->file, scene->file, scene->file);
    const char *said =
        shell_run(scene->arena, text_to_string(scene->arena, command), NULL).ptr;
    struct text seal = seal_digest_text(scene->arena, &scene->report.seal);
    has_text(scene, said,
        text_format(scene->arena, PUBLIC_URL "/published?seal=%.16s", seal.ptr));
}

static struct text read_file(struct report_scene *scene)
{
    struct text command = text_format(scene->arena, "md5sum <'%s'", scene->file);
    return shell_run(scene->arena, text_to_string(scene->arena, command), NULL);
}

static void the_same_report_is_the_same_file(void **state)
{
    struct report_scene *scene = *state;
    print(scene, LANGUAGE_ZH);
    struct text first = read_file(scene);
    print(scene, LANGUAGE_ZH);
    assert_true(text_equals(first, read_file(scene)));
}

static void a_character_that_no_font_has_is_told(void **state)
{
    struct report_scene *scene = *state;
    scene->plan->indicators[0].name.in[LANGUAGE_ZH] = TEXT("\xF3\xB0\x80\x80");
    assert_int_equal(write_pdf(scene, LANGUAGE_ZH, (struct text){0}), STATUS_INVALID);
}

/* ---- what people wrote ---- */

static void say(struct report_scene *scene, const char *words)
{
    report_scene_say(scene, "visits", "q1", 1, text_of(words));
    report_scene_build(scene);
}

static void comments_stand_under_their_programme(void **state)
{
    struct report_scene *scene = *state;
    say(scene, "=1+1 <b>谢谢</b>");
    report_scene_count(scene, "visits", "q1", REVIEW_WAITS, 4);
    report_scene_build(scene);
    print(scene, LANGUAGE_ZH);
    const char *words = words_of(scene);
    has(words, "大家写下的话");
    has(words, "所显示的批次共有意见5条：可以公开1条，没有公开0条，等人看4条。");
    has(words, "=走访=1+1<b>谢谢</b>");
}

static void a_character_of_a_comment_that_no_font_has_becomes_a_box(void **state)
{
    struct report_scene *scene = *state;
    say(scene, "前\xF3\xB0\x80\x80后");
    print(scene, LANGUAGE_ZH);
    has(words_of(scene), "前□后");
}

static void a_comment_of_two_thousand_characters_is_there_whole(void **state)
{
    enum { CHARACTERS = 2000, PLACES = 3 * CHARACTERS };
    struct report_scene *scene = *state;
    char *longest = arena_take(scene->arena, PLACES + 1);
    assert_non_null(longest);
    for (int i = 0; i < CHARACTERS; i++)
        memcpy(longest + 3 * i, i % 100 == 99 ? "。" : "长", 3);
    say(scene, longest);
    print(scene, LANGUAGE_ZH);
    int count = 0;
    const char *words = words_of(scene);
    for (const char *at = words; (at = strstr(at, "长")) != NULL; at += 3)
        count++;
    assert_int_equal(count, CHARACTERS - CHARACTERS / 100);
    assert_non_null(strstr(words, "长。长"));
}

static long pages_of(struct report_scene *scene)
{
    int status = 0;
    long pages = strtol(ask(scene, "qpdf --show-npages", &status), NULL, 10);
    assert_true(pages > 0);
    return pages;
}

static void a_comment_of_many_lines_takes_no_more_room_than_its_words(void **state)
{
    struct report_scene *scene = *state;
    char lines[2001];
    memset(lines, '\n', sizeof lines - 1);
    memcpy(lines, "begin", 5);
    memcpy(lines + sizeof lines - 4, "end", 4);
    report_scene_build(scene);
    print(scene, LANGUAGE_EN);
    long before = pages_of(scene);
    say(scene, lines);
    print(scene, LANGUAGE_EN);
    has(words_of(scene), "beginend");
    assert_true(pages_of(scene) <= before + 2);
}

static void an_address_too_long_for_a_symbol_is_told(void **state)
{
    struct report_scene *scene = *state;
    struct buffer url;
    buffer_init(&url, scene->arena, 8192);
    for (int i = 0; i < 400; i++)
        buffer_add_string(&url, "https://a/");
    const struct report_pdf pdf = {
        LANGUAGE_ZH, &scene->report, (struct text){0}, buffer_text(&url)};
    FILE *out = fopen(scene->file, "w+b");
    assert_non_null(out);
    assert_int_equal(report_pdf(scene->arena, &pdf, out), STATUS_TOO_LARGE);
    (void)fclose(out);
}

static void a_full_disk_is_told(void **state)
{
    struct report_scene *scene = *state;
    const struct report_pdf pdf = {
        LANGUAGE_ZH, &scene->report, (struct text){0}, TEXT(PUBLIC_URL)};
    FILE *full = fopen("/dev/full", "w+b");
    assert_non_null(full);
    assert_int_equal(report_pdf(scene->arena, &pdf, full), STATUS_INTERNAL);
    (void)fclose(full);
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(it_has_the_words_of_an_official_document),
        WITH_SCENE(it_has_the_figures_of_each_indicator),
        WITH_SCENE(it_has_fingerprint_and_seal_whole),
        WITH_SCENE(a_score_is_never_called_a_rate),
        WITH_SCENE(what_is_hidden_is_nowhere),
        WITH_SCENE(quarters_and_cells_stand_in_tables_under_their_drawings),
        WITH_SCENE(weeks_have_their_drawing_and_their_table),
        WITH_SCENE(weeks_that_are_not_shown_say_so),
        WITH_SCENE(one_indicator_alone_can_be_had),
        WITH_SCENE(a_demonstration_says_so_on_every_page),
        WITH_SCENE(nothing_is_cut_however_long_a_name_is),
        WITH_SCENE(every_font_is_inside),
        WITH_SCENE(other_programs_find_no_mistake_in_it),
        WITH_SCENE(it_tells_its_title_language_and_parts),
        WITH_SCENE(the_symbol_leads_to_what_is_published),
        WITH_SCENE(the_same_report_is_the_same_file),
        WITH_SCENE(a_character_that_no_font_has_is_told),
        WITH_SCENE(comments_stand_under_their_programme),
        WITH_SCENE(a_character_of_a_comment_that_no_font_has_becomes_a_box),
        WITH_SCENE(a_comment_of_two_thousand_characters_is_there_whole),
        WITH_SCENE(a_comment_of_many_lines_takes_no_more_room_than_its_words),
        WITH_SCENE(an_address_too_long_for_a_symbol_is_told),
        WITH_SCENE(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
