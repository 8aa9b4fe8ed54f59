/* test_report_formats_weeks.c: control charts of a report as files: each week and its
   lines are the same in JSON and CSV. */
#include "tests/support/report_fields.h"
#include "tests/support/report_scene.h"
#include "tests/support/test.h"

/* Points of control charts with their lines; the second line of the table is a filler. */
static size_t compare_weeks(struct formats *formats)
{
    static const char *const words[] = {
        "indicator", "programme", "period", "n", "x", "baseline", "alert", "hidden"};
    static const char *const numbers[] = {"rate", "center", "lower", "upper", "tail"};
    size_t json = 2;
    for (size_t i = 1; i < formats->csv->count; i++) {
        if (!text_equals(field_of(formats->csv, i, "row"), TEXT("week")))
            continue;
        assert_true(json < formats->json_weeks->count);
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            assert_same(field_of(formats->json_weeks, json, words[j]),
                field_of(formats->csv, i, words[j]), words[j], TEXT("a week"));
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            assert_same_number(formats, field_of(formats->json_weeks, json, numbers[j]),
                field_of(formats->csv, i, numbers[j]), numbers[j]);
        json++;
    }
    assert_int_equal(json, formats->json_weeks->count);
    return json - 2;
}

static void json_and_csv_have_the_same_weeks_and_lines(void **state)
{
    struct report_scene *scene = *state;
    struct formats formats;
    report_scene_weeks(scene);

    formats_make(&formats, scene->arena, &scene->report);

    assert_int_equal(compare_weeks(&formats), SCENE_WEEKS + 1);
    assert_rows_are_whole(formats.csv);
    formats_drop(&formats);
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(json_and_csv_have_the_same_weeks_and_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
