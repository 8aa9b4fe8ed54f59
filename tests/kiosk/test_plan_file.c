/* test_plan_file.c: a plan file as a whole: signs of a Chinese keyboard, encodings, YAML
   that can't be read, files made to break the reader. */
#include "tests/support/plan_bench.h"

#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>

static void signs_of_a_chinese_keyboard_are_told_and_mended(void **state)
{
    static const char sign[] = "A full-width “{1}”";
    static const struct mistake mistakes[] = {
        {"year: 2026", "year：2026", 2, 5, sign, ":"},
        {"year: 2026", "year ： 2026", 2, 6, sign, ":"},
        {"{zh: 总工会, en", "{zh：总工会, en", 3, 18, sign, ":"},
        {"总工会, en", "总工会，en", 3, 23, sign, ","},
        {"总工会, en", "总工会、 en", 3, 23, sign, ","},
        {"{id: hall, name: {", "{id: hall, name: ｛", 4, 26, sign, "{"},
        {"Hall}}]", "Hall}｝]", 4, 44, sign, "}"},
        {"[new-year, three-visits]", "【new-year, three-visits]", 26, 17, sign, "["},
        {"[new-year, three-visits]", "[new-year, three-visits］", 26, 40, sign, "]"},
        {"[new-year, ", "[new-year，", 26, 26, sign, ","},
        {"Late}}, {", "Late}}；{", 17, 54, sign, ","},
        {"- id: three-visits", "－ id: three-visits", 43, 3, sign, "-"},
        {"year: 2026", "year: 2026\n＃ a comment", 3, 1, sign, "#"},
    };
    EXPECT_ALL(state, mistakes);
}

static void a_quoted_key_may_have_a_full_width_colon_mended(void **state)
{
    static const struct mistake mistakes[] = {
        {"year: 2026", "\"year\"：2026", 2, 7, "A full-width “{1}”", ":"},
        {"year: 2026", "'year'：2026", 2, 7, "A full-width “{1}”", ":"},
    };
    EXPECT_ALL(state, mistakes);
}

static void full_width_signs_inside_texts_are_text(void **state)
{
    static const char *const texts[] = {"您好，请问：满意吗？", "“三走”：好",
        "【重要】请填", "\"甲，en：乙\"", "'a：b，c'", "甲、乙；丙"};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        arena_reset(bench->arena);
        struct text yaml = plan_text_with(bench->arena, "zh: 元旦春节",
            text_to_string(bench->arena, text_format(bench->arena, "zh: %s", texts[i])));
        assert_int_equal(bench_parse(bench, yaml), STATUS_OK);
    }
}

static void a_block_text_is_left_alone(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    const struct plan *plan = plan_text_parse(
        bench->arena, plan_text_with(bench->arena, "name: {zh: 元旦春节, en: New Year}",
                          "name:\n      zh: |\n        甲：乙，丙\n\n        year：丁\n  "
                          "    en: New Year"));
    assert_text_equal(plan->programmes[0].name.in[LANGUAGE_ZH], "甲：乙，丙\n\nyear：丁");
}

static void columns_behind_a_mended_sign_are_those_of_the_file(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    struct text yaml =
        plan_text_with(bench->arena, "{id: q1, opens: 2026-01-01, closes: 2026-03-31",
            "{id：q1，opens：2026-01-01，closes：2026-13-31");

    assert_int_equal(bench_parse(bench, yaml), STATUS_INVALID);
    assert_int_equal(bench->problems.count, 6);
    assert_int_equal(bench->problems.list[5].line, 47);
    assert_int_equal(bench->problems.list[5].column, 40);
}

static void spaces_are_told_and_mended(void **state)
{
    static const char space[] = "A full-width space";
    static const char none[] = "There must be a space";
    static const char tabs[] = "Tabs or full-width spaces";
    static const struct mistake mistakes[] = {
        {"year: 2026", "year:2026", 2, 5, none, NULL},
        {"{id: hall", "{id:hall", 4, 12, none, NULL},
        {"year: 2026", "year:　2026", 2, 6, space, NULL},
        {"[new-year, three", "[new-year,　three", 26, 27, space, NULL},
        {"    target: 85.00%", "\t\ttarget: 85.00%", 22, 1, tabs, NULL},
        {"    target: 85.00%", "\ttarget: 85.00%", 22, 1, tabs, NULL},
        {"    target: 85.00%\n    measure: top3", "\ttarget: 85.00%\n\tmeasure: top3", 22,
            1, tabs, NULL},
        {"  - id: three-visits", "\t- id: three-visits", 43, 1, tabs, NULL},
        {"  - id: three-visits", "  -\tid: three-visits", 43, 4, tabs, NULL},
        {"    target: 85.00%", "　　target: 85.00%", 22, 1, tabs, NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void blanks_that_mean_nothing_are_no_mistake(void **state)
{
    static const char *const blanks[][2] = {
        {"year: 2026", "year: 2026\n\t\n \t # note\n"}, {"year: 2026", "year:\t2026"},
        {"[new-year, three", "[new-year,\n\t\tthree"}, {"year: 2026", "year: 2026\r\n"},
        {"zh: 元旦春节", "zh: https://a"}};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        arena_reset(bench->arena);
        assert_int_equal(
            bench_parse(bench, plan_text_with(bench->arena, blanks[i][0], blanks[i][1])),
            STATUS_OK);
    }
}

static void yaml_that_cannot_be_read_is_told_in_plain_words(void **state)
{
    static const char indented[] = "This line is not indented like";
    static const struct mistake mistakes[] = {
        {"zh: 元旦春节", "zh: 元: 旦: 春节", 34, 17, "A comma or “}” is missing", NULL},
        {"measure: top3", "measure: top: 3", 23, 17, "A second colon on one line", NULL},
        {"    measure: top3", "    measure", 23, 5, "There is no colon behind", NULL},
        {"measure: top3", "measure: @top3", 23, 14, "A value cannot begin with", NULL},
        {"measure: top3", "measure: %top3", 23, 14, "A value cannot begin with", NULL},
        {"measure: top3", "measure: & top3", 23, 14, "A value cannot begin with", NULL},
        {"岳阳, en: Yueyang}}", "岳阳, en: Yueyang}", 6, 5, "A comma or “}” is missing",
            NULL},
        {"[yueyang]", "[yueyang", 37, 14, "A comma or “]” is missing", NULL},
        {"    measure: top3", "   measure: top3", 23, 4, indented, NULL},
        {"  - id: three-visits", "  id: three-visits", 43, 3, indented, NULL},
        {"centres: [yueyang]", "centres: - yueyang", 37, 14, "A list cannot begin here",
            NULL},
        {"zh: 元旦春节", "zh: \"元旦春节", 34, 16, "The quotation mark that stands here",
            NULL},
        {"zh: 元旦春节", "zh: \"\n---\n", 34, 16, "The quotation mark that stands here",
            NULL},
        {"zh: 元旦春节", "zh: \"\\q\"", 34, 17, "A backslash inside double quotes", NULL},
        {"zh: 元旦春节", "zh: \"\\uq\"", 34, 19, "A backslash inside double quotes",
            NULL},
        {"[yueyang]", "[yueyang, }", 37, 24, "A value is missing here", NULL},
        {"measure: top3", "measure: |x", 23, 15, "This cannot be read as YAML", NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void what_plans_do_not_have_is_refused(void **state)
{
    static const char reference[] = "Plans have no references";
    static const struct mistake mistakes[] = {
        {"measure: top3", "measure: &m top3", 23, 14, reference, NULL},
        {"measure: top3", "measure: *m", 23, 14, reference, NULL},
        {"measure: top3", "measure: !!str top3", 23, 14, "Plans have no tags", NULL},
        {"manyi: 1", "%YAML 1.1\n---\nmanyi: 1", 1, 1, "Plans have no lines that begin",
            NULL},
        {"manyi: 1", "%TAG ! !x\n---\nmanyi: 1", 1, 1, "Plans have no lines that begin",
            NULL},
    };
    EXPECT_ALL(state, mistakes);
}

static void expect_text(
    void **state, struct text yaml, unsigned line, unsigned column, const char *message)
{
    struct mistake mistake = {"", "", line, column, message, NULL};
    assert_true(bench_is_expected(*state, yaml, &mistake));
}

static struct text joined(struct arena *arena, const char *before, const char *after)
{
    return text_format(arena, "%s%s%s", before, plan_text_base, after);
}

static void a_second_document_is_refused(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    expect_text(
        state, joined(arena, "", "---\nyear: 2027\n"), 49, 1, "A second document");
    assert_int_equal(bench_parse(*state, joined(arena, "---\n", "...\n")), STATUS_OK);
}

static void files_with_nothing_in_them_are_told_apart(void **state)
{
    arena_reset(((struct bench *)*state)->arena);
    expect_text(state, TEXT(""), 1, 1, "The file is empty");
    expect_text(state, TEXT(" \n\n"), 1, 1, "The file is empty");
    expect_text(state, TEXT("# a\n\n# b"), 1, 1, "The file has only comments");
    expect_text(state, TEXT("\xEF\xBB\xBF"), 1, 1, "The file is empty");
}

static void a_root_that_is_no_mapping_is_told(void **state)
{
    arena_reset(((struct bench *)*state)->arena);
    expect_text(state, TEXT("hello"), 1, 1, "An entry with keys is needed");
    expect_text(state, TEXT("- a\n- b\n"), 1, 1, "An entry with keys is needed");
}

static void encodings_are_recognised(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    expect_text(
        state, (struct text){"\xFF\xFEm\0a\0", 6}, 1, 1, "This file is saved as UTF-16");
    expect_text(state, (struct text){"\0m\0a", 4}, 1, 1, "This file is saved as UTF-16");
    expect_text(state, TEXT("manyi: 1\nname: \xC2\xFA\xD2\xE2\n"), 2, 7,
        "This file looks like GBK");
    expect_text(state, joined(arena, "# \xE6\xBB\xA1\xFF\n", ""), 1, 4,
        "A character here is not UTF-8");
    expect_text(
        state, joined(arena, "# a\x07\n", ""), 1, 4, "An invisible control character");
    expect_text(state, joined(arena, "# a\xE2\x80\xA8\n", ""), 1, 4,
        "An invisible control character");
    expect_text(state, joined(arena, "# a\xE2\x80\xAE\n", ""), 1, 4,
        "An invisible control character");
}

static void a_byte_order_mark_and_windows_line_ends_are_accepted(void **state)
{
    struct arena *arena = ((struct bench *)*state)->arena;
    arena_reset(arena);
    struct buffer buffer;
    buffer_init(&buffer, arena, 65536);
    buffer_add_string(&buffer, "\xEF\xBB\xBF");
    for (const char *at = plan_text_base; *at != 0; at++)
        buffer_add_string(&buffer, *at == '\n' ? "\r\n" : (char[]){*at, 0});
    assert_int_equal(bench_parse(*state, buffer_text(&buffer)), STATUS_OK);
}

/* ---- limits, and files that mean harm ---- */

static void nesting_is_bounded(void **state)
{
    struct bench *bench = *state;
    char deep[2000] = "a: ";
    memset(deep + 3, '[', 1000);
    arena_reset(bench->arena);
    expect_text(state, text_of(deep), 1, 35, "Lists and entries are nested too deep");
}

static void a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    char *large = arena_take(bench->arena, PLAN_BYTES_MAX + 1);
    size_t base = strlen(plan_text_base);
    memcpy(large, plan_text_base, base);
    memset(large + base, '#', PLAN_BYTES_MAX + 1 - base);

    assert_int_equal(bench_parse(bench, (struct text){large, PLAN_BYTES_MAX}), STATUS_OK);
    assert_int_equal(
        bench_parse(bench, (struct text){large, PLAN_BYTES_MAX + 1}), STATUS_TOO_LARGE);
}

static void hostile_files_are_refused_within_the_memory_that_was_promised(void **state)
{
    static const char *const pieces[] = {"[", "- ", "? ", "，", "a：1\n", "\ta: 1\n",
        "[【，", "{},", "k: 1\n", "\xE3\x80\x80", "\"", "\a", "- {id: \"\xFF\"}\n", "&a ",
        "*a "};
    (void)state;
    struct arena *arena = arena_new(9 * 1048576);
    struct arena *notes = arena_new(524288);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]);
        char *file = malloc(PLAN_BYTES_MAX);
        assert_non_null(file);
        for (size_t at = 0; at < PLAN_BYTES_MAX; at++)
            file[at] = pieces[i][at % len];
        struct problems problems;
        const struct plan *plan = NULL;
        arena_reset(arena);
        arena_reset(notes);
        problems_init(&problems, notes);
        assert_int_equal(
            plan_parse(arena, (struct text){file, PLAN_BYTES_MAX}, &problems, &plan),
            STATUS_INVALID);
        assert_true(problems.count >= 1 && problems.count <= PROBLEMS_MAX);
        free(file);
    }
    arena_free(notes);
    arena_free(arena);
}

static void an_arena_that_is_too_small_is_told_and_nothing_breaks(void **state)
{
    (void)state;
    struct arena *notes = arena_new(1048576);
    for (size_t capacity = 1024; capacity < 90000; capacity += 512) {
        struct arena *small = arena_new(capacity);
        struct problems problems;
        const struct plan *plan = NULL;
        problems_init(&problems, notes);
        enum status status = plan_parse(small, text_of(plan_text_base), &problems, &plan);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true((plan != NULL) == (status == STATUS_OK));
        arena_free(small);
    }
    arena_free(notes);
}

static void many_mistakes_are_all_told_in_order(void **state)
{
    struct bench *bench = *state;
    arena_reset(bench->arena);
    struct text yaml = TEXT("manyi：1\nyear: 20 26\ncentres: []\nquestionaires: {}\n"
                            "indicators:\n  - {id: A, target: 105%}\n");

    assert_int_equal(bench_parse(bench, yaml), STATUS_INVALID);
    assert_true(bench->problems.count >= 10);
    for (size_t i = 1; i < bench->problems.count; i++)
        assert_true(bench->problems.list[i - 1].line <= bench->problems.list[i].line);
}

/* ---- every message was seen ---- */

static void every_message_about_files_was_seen(void **state)
{
    static const char *const sources[] = {"plan_encoding.c", "plan_indent.c",
        "plan_repair.c", "plan_syntax.c", "plan_yaml.c"};
    bench_expect_seen(*state, sources, sizeof sources / sizeof *sources);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(signs_of_a_chinese_keyboard_are_told_and_mended),
        cmocka_unit_test(a_quoted_key_may_have_a_full_width_colon_mended),
        cmocka_unit_test(full_width_signs_inside_texts_are_text),
        cmocka_unit_test(a_block_text_is_left_alone),
        cmocka_unit_test(columns_behind_a_mended_sign_are_those_of_the_file),
        cmocka_unit_test(spaces_are_told_and_mended),
        cmocka_unit_test(blanks_that_mean_nothing_are_no_mistake),
        cmocka_unit_test(yaml_that_cannot_be_read_is_told_in_plain_words),
        cmocka_unit_test(what_plans_do_not_have_is_refused),
        cmocka_unit_test(a_second_document_is_refused),
        cmocka_unit_test(files_with_nothing_in_them_are_told_apart),
        cmocka_unit_test(a_root_that_is_no_mapping_is_told),
        cmocka_unit_test(encodings_are_recognised),
        cmocka_unit_test(a_byte_order_mark_and_windows_line_ends_are_accepted),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(a_file_of_the_largest_size_is_read_and_a_larger_one_is_not),
        cmocka_unit_test(hostile_files_are_refused_within_the_memory_that_was_promised),
        cmocka_unit_test(an_arena_that_is_too_small_is_told_and_nothing_breaks),
        cmocka_unit_test(many_mistakes_are_all_told_in_order),
        cmocka_unit_test(every_message_about_files_was_seen),
    };
    return cmocka_run_group_tests(cases, bench_make, bench_free);
}
