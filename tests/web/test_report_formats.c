/* test_report_formats.c: one store, every format: the figures of text, JSON, CSV, XLSX
   and PDF are compared with each other, each as another program reads it: jq,
   LibreOffice as it shows the cells, pdftotext. */
#include "tests/support/report_fields.h"
#include "tests/support/report_scene.h"
#include "tests/support/temp_store.h"
#include "tests/support/test.h"

#include "db/demo_store.h"
#include "db/report_load.h"
#include "web/shipped_plan.h"

#include <string.h>

/* ---- indicators ---- */

static void compare_json_and_csv(struct formats *formats, size_t json)
{
    static const char *const both[] = {"population", "asked", "received", "n", "x",
        "missing", "rate_bp", "lo_bp", "hi_bp", "answered", "flagged", "without_n",
        "without_x", "without_rate_bp", "without_verdict", "pooled_strata"};
    struct text id = field_of(formats->json, json, "id");
    size_t csv = find_row(formats->csv, "indicator", id);
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        assert_same(field_of(formats->json, json, both[i]),
            field_of(formats->csv, csv, both[i]), both[i], id);
    assert_same(field_of(formats->json, json, "verdict"),
        field_of(formats->csv, csv, "verdict"), "verdict", id);
    assert_same_number(formats, field_of(formats->json, json, "pooled_shift"),
        field_of(formats->csv, csv, "pooled_shift"), "pooled_shift");
}

/* Words of verdicts differ from sheet to file; figures don't. */
static void compare_json_and_sheet(struct formats *formats, size_t json, bool is_hidden)
{
    static const struct {
        const char *json;
        const char *sheet;
        bool can_hide;
    } counts[] = {{"population", "population", false}, {"asked", "asked", false},
        {"received", "received", false}, {"n", "valid", true}, {"x", "satisfied", true},
        {"missing", "left open", true}, {"points_earned", "earned", true}};
    static const char *const rates[][2] = {
        {"rate_bp", "rate"}, {"lo_bp", "interval from"}, {"hi_bp", "interval to"}};
    struct text id = field_of(formats->json, json, "id");
    bool is_score = text_equals(field_of(formats->json, json, "measure"), TEXT("score"));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_same(is_hidden && counts[i].can_hide
                        ? TEXT("＊")
                        : field_of(formats->json, json, counts[i].json),
            field_of(formats->figures, json, counts[i].sheet), counts[i].sheet, id);
    for (size_t i = 0; i < (is_score ? 1 : 3); i++)
        assert_same(is_hidden ? TEXT("＊")
                              : printed_figure(formats,
                                    field_of(formats->json, json, rates[i][0]),
                                    is_score ? "" : "%"),
            field_of(formats->figures, json, rates[i][1]), rates[i][1], id);
}

static void compare_json_and_words(struct formats *formats, size_t json)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    bool is_score = text_equals(field_of(table, json, "measure"), TEXT("score"));
    struct text counts =
        text_format(arena, "Validanswers%.*s,satisfied%.*s,leftopen%.*s.",
            TEXT_ARG(field_of(table, json, "n")), TEXT_ARG(field_of(table, json, "x")),
            TEXT_ARG(field_of(table, json, "missing")));
    struct text people = text_format(arena, "Population%.*s,asked%.*s,received%.*s.",
        TEXT_ARG(or_dash(field_of(table, json, "population"))),
        TEXT_ARG(or_dash(field_of(table, json, "asked"))),
        TEXT_ARG(field_of(table, json, "received")));
    assert_contains(formats->text, counts, "text", id);
    assert_contains(formats->pdf, counts, "PDF", id);
    assert_contains(formats->text, people, "text", id);
    assert_contains(formats->pdf, people, "PDF", id);
    if (is_score || text_equals(field_of(table, json, "n"), TEXT("0")))
        return;
    struct text rate = printed_figure(formats, field_of(table, json, "rate_bp"), "%");
    struct text interval = printed_range(
        formats, field_of(table, json, "lo_bp"), field_of(table, json, "hi_bp"));
    assert_contains(formats->text,
        text_format(arena, "%.*s95%%interval%.*s", TEXT_ARG(rate), TEXT_ARG(interval)),
        "text", id);
    assert_contains(formats->pdf,
        text_format(
            arena, "Actual%.*s,95%%interval%.*s.", TEXT_ARG(rate), TEXT_ARG(interval)),
        "PDF", id);
}

/* ---- flags and groups ---- */

/* What the figure is without flagged answers; false: it is not shown. */
static bool compare_without(struct formats *formats, size_t json)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text flagged = field_of(table, json, "flagged");
    bool is_score = text_equals(field_of(table, json, "measure"), TEXT("score"));
    bool is_shown = field_of(table, json, "without_verdict").len > 0;
    struct text rate = printed_figure(
        formats, field_of(table, json, "without_rate_bp"), is_score ? "" : "%");
    assert_same(flagged, field_of(formats->figures, json, "flagged"), "flagged", id);
    assert_same(is_shown ? field_of(table, json, "without_n") : TEXT("＊"),
        field_of(formats->figures, json, "valid without flagged"), "without_n", id);
    assert_same(is_shown ? field_of(table, json, "without_x") : TEXT("＊"),
        field_of(formats->figures, json, "satisfied without flagged"), "without_x", id);
    assert_same(is_shown ? rate : TEXT("＊"),
        field_of(formats->figures, json, "rate without flagged"), "without_rate", id);
    if (text_equals(flagged, TEXT("0")))
        return is_shown;
    assert_contains(formats->pdf,
        text_format(arena, "%.*softheanswersthatcountlookunusual", TEXT_ARG(flagged)),
        "PDF", id);
    struct text without = text_format(
        arena, "Without%.*sflaggedanswers:%.*s,", TEXT_ARG(flagged), TEXT_ARG(rate));
    if (!is_shown && field_of(table, json, "n").len > 0)
        assert_contains(
            formats->pdf, TEXT("Whatthefigureiswithoutthemisnotshown"), "PDF", id);
    if (is_shown) {
        assert_contains(formats->text, without, "text", id);
        assert_contains(formats->pdf, without, "PDF", id);
    }
    return is_shown;
}

static void compare_group(
    struct formats *formats, size_t json, const char *group, const char *name, size_t row)
{
    struct arena *arena = formats->arena;
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text field[3];
    static const char *const fields[] = {"received", "n", "bp"};
    for (size_t i = 0; i < 3; i++)
        field[i] = field_of(table, json,
            text_to_string(arena, text_format(arena, "%s_%s", group, fields[i])));
    bool is_hidden = field[1].len == 0;
    struct text n = is_hidden ? TEXT("＊") : field[1];
    struct text rate = is_hidden ? TEXT("＊") : printed_figure(formats, field[2], "%");
    assert_same(field[0], field_of(formats->groups, row, "received"), group, id);
    assert_same(n, field_of(formats->groups, row, "valid"), group, id);
    assert_same(rate, field_of(formats->groups, row, "rate"), group, id);
    if (text_equals(field[0], TEXT("0")))
        return;
    struct text words = text_format(arena, "%s:received%.*s,valid%.*s,rate%.*s.", name,
        TEXT_ARG(field[0]), TEXT_ARG(n), TEXT_ARG(rate));
    assert_contains(formats->text, words, "text", id);
    assert_contains(formats->pdf, words, "PDF", id);
}

static void compare_response(struct formats *formats, size_t json)
{
    const struct table *table = formats->json;
    struct text id = field_of(table, json, "id");
    struct text asked = field_of(table, json, "asked");
    struct text answered = field_of(table, json, "answered");
    struct text rate = printed_figure(formats, field_of(table, json, "response_bp"), "%");
    assert_same(answered, field_of(formats->figures, json, "answered with a code"),
        "answered", id);
    assert_same(rate, field_of(formats->figures, json, "response rate"), "response", id);
    if (rate.len == 0)
        return;
    struct text words =
        text_format(formats->arena, "Of%.*sasked,%.*sansweredwiththeircode:%.*s.",
            TEXT_ARG(asked), TEXT_ARG(answered), TEXT_ARG(rate));
    assert_contains(formats->text, words, "text", id);
    assert_contains(formats->pdf, words, "PDF", id);
}

/* How many figures without flagged answers are shown. */
static size_t compare_flags_and_groups(struct formats *formats)
{
    size_t row = 1, shown = 0;
    for (size_t i = 1; i < formats->json->count; i++) {
        if (!text_equals(field_of(formats->json, i, "kind"), TEXT("rating")))
            continue;
        compare_response(formats, i);
        compare_group(formats, i, "invited", "Invited", row++);
        compare_group(formats, i, "walk_in", "Walk-in", row++);
        shown += compare_without(formats, i);
    }
    assert_int_equal(row, formats->groups->count);
    return shown;
}

static size_t compare_indicators(struct formats *formats)
{
    size_t compared = 0;
    assert_int_equal(formats->json->count, formats->figures->count);
    assert_rows_are_whole(formats->csv);
    for (size_t i = 1; i < formats->json->count; i++) {
        if (!text_equals(field_of(formats->json, i, "kind"), TEXT("rating")))
            continue;
        bool is_hidden = field_of(formats->json, i, "n").len == 0;
        compare_json_and_csv(formats, i);
        compare_json_and_sheet(formats, i, is_hidden);
        if (!is_hidden)
            compare_json_and_words(formats, i);
        compared += !is_hidden;
    }
    return compared;
}

/* ---- waves ---- */

static void compare_wave_and_sheet(struct formats *formats, size_t csv, size_t sheet)
{
    static const char *const counts[][2] = {
        {"population", "population"}, {"asked", "asked"}, {"received", "received"}};
    static const char *const hiding[][2] = {{"n", "valid"}, {"x", "satisfied"}};
    static const char *const rates[][2] = {
        {"rate_bp", "rate"}, {"lo_bp", "interval from"}, {"hi_bp", "interval to"}};
    struct text wave = field_of(formats->csv, csv, "wave");
    bool is_hidden = text_equals(field_of(formats->csv, csv, "hidden"), TEXT("1"));
    assert_same(wave, field_of(formats->waves, sheet, "wave"), "wave", wave);
    for (size_t i = 0; i < 3; i++)
        assert_same(field_of(formats->csv, csv, counts[i][0]),
            field_of(formats->waves, sheet, counts[i][1]), counts[i][0], wave);
    for (size_t i = 0; i < 2; i++)
        assert_same(is_hidden ? TEXT("＊") : field_of(formats->csv, csv, hiding[i][0]),
            field_of(formats->waves, sheet, hiding[i][1]), hiding[i][0], wave);
    for (size_t i = 0; i < 3; i++)
        assert_same(is_hidden ? TEXT("＊")
                              : printed_figure(formats,
                                    field_of(formats->csv, csv, rates[i][0]), "%"),
            field_of(formats->waves, sheet, rates[i][1]), rates[i][0], wave);
}

/* The numbers of a row stand behind each other in both. */
static void compare_wave_and_words(struct formats *formats, size_t csv)
{
    const struct table *table = formats->csv;
    struct text wave = field_of(table, csv, "wave");
    struct text rate = printed_figure(formats, field_of(table, csv, "rate_bp"), "%");
    struct text interval = printed_range(
        formats, field_of(table, csv, "lo_bp"), field_of(table, csv, "hi_bp"));
    struct text population = or_dash(field_of(table, csv, "population"));
    if (field_of(table, csv, "rate_bp").len == 0)
        return;
    assert_contains(formats->text,
        text_format(formats->arena, "%.*s%.*s%.*s%.*s%.*s%.*s%.*s", TEXT_ARG(wave),
            TEXT_ARG(population), TEXT_ARG(or_dash(field_of(table, csv, "asked"))),
            TEXT_ARG(field_of(table, csv, "received")),
            TEXT_ARG(field_of(table, csv, "n")), TEXT_ARG(rate), TEXT_ARG(interval)),
        "text", wave);
    assert_contains(formats->pdf,
        text_format(formats->arena, "%.*s%s%.*s%.*s%.*s%.*s%.*s%.*s", TEXT_ARG(wave),
            text_equals(field_of(table, csv, "counts"), TEXT("1")) ? "" : "(notcounted)",
            TEXT_ARG(population), TEXT_ARG(field_of(table, csv, "received")),
            TEXT_ARG(field_of(table, csv, "n")), TEXT_ARG(field_of(table, csv, "x")),
            TEXT_ARG(rate), TEXT_ARG(interval)),
        "PDF", wave);
}

/* Every comment of the JSON stands in each other format but the CSV, which has none; how
   many there are. */
static size_t compare_comments(struct formats *formats)
{
    struct arena *arena = formats->arena;
    const char *texts = formats_run(formats,
        "jq -r '.indicators[].comments | select(. != null) | .texts[].text | "
        "gsub(\"[ \\n]\"; \"\")' r.json");
    const char *sheet = formats_run(formats, "tr -d ' ' <r-Comments.csv");
    const char *table = formats_run(formats, "tr -d ' \\n' <r.csv");
    size_t count = 0;
    for (const char *at = texts; *at != '\0'; count++) {
        struct text words = {at, strcspn(at, "\n")};
        assert_contains(formats->text, words, "text", words);
        assert_contains(formats->pdf, words, "PDF", words);
        assert_contains(sheet, words, "XLSX", words);
        assert_null(strstr(table, text_to_string(arena, words)));
        at += words.len + (at[words.len] == '\n');
    }
    return count;
}

static size_t compare_waves(struct formats *formats)
{
    size_t sheet = 1;
    for (size_t i = 1; i < formats->csv->count; i++) {
        if (!text_equals(field_of(formats->csv, i, "row"), TEXT("stratum")))
            continue;
        compare_wave_and_sheet(formats, i, sheet++);
        compare_wave_and_words(formats, i);
    }
    assert_int_equal(sheet, formats->waves->count);
    return sheet - 1;
}

/* ---- cases ---- */

static void all_formats_of_a_store_have_the_same_figures(void **state)
{
    struct report_scene *scene = *state;
    struct demo demo;
    struct formats formats;
    struct report report;
    struct store *store = NULL;
    struct plans *plans = NULL;
    char folder[40];
    int64_t version;
    bool is_new;
    struct problems problems;
    problems_init(&problems, scene->arena);
    assert_true(temp_folder_make(folder));
    assert_int_equal(store_open(folder, STORE_MAKE, &problems, &store), STATUS_OK);
    assert_int_equal(demo_store_begin(store), STATUS_OK);
    assert_int_equal(plans_apply(store, scene->arena, shipped_plan(), DEMO_TODAY,
                         &problems, &version, &is_new),
        STATUS_OK);
    assert_int_equal(plans_open(store, &plans), STATUS_OK);
    assert_int_equal(
        demo_make(scene->arena, plans_current(plans)->plan, 1, &demo), STATUS_OK);
    assert_int_equal(demo_store_fill(store, scene->arena, &demo, NULL, NULL), STATUS_OK);
    assert_int_equal(report_load(store, scene->arena, plans_current(plans), DEMO_TODAY,
                         DEMO_TODAY, &report),
        STATUS_OK);

    formats_make(&formats, scene->arena, &report);

    assert_int_equal(compare_indicators(&formats), 3);
    assert_true(compare_waves(&formats) >= 15);
    assert_int_equal(compare_flags_and_groups(&formats), 3);
    assert_true(compare_comments(&formats) >= 40);
    formats_drop(&formats);
    plans_close(plans);
    store_close(store);
    temp_folder_remove(folder);
}

static void all_formats_agree_on_scores_hidden_figures_and_no_answers(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;

    formats_make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_indicators(&formats), 4); /* none: no answers is a figure */
    assert_int_equal(compare_waves(&formats), 9);
    (void)compare_flags_and_groups(&formats);
    formats_drop(&formats);
}

static void all_formats_agree_on_the_figures_without_flagged_answers(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;
    report_scene_flag(scene);

    formats_make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_indicators(&formats), 5);
    assert_int_equal(compare_flags_and_groups(&formats), 4); /* not of few */
    formats_drop(&formats);
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(all_formats_of_a_store_have_the_same_figures),
        WITH_SCENE(all_formats_agree_on_scores_hidden_figures_and_no_answers),
        WITH_SCENE(all_formats_agree_on_the_figures_without_flagged_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
