/* test_flags.c: the page of flagged answers: counts by rule, wave, centre and hour, and
   what is said beside them. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/flag_hours.h"

#include <string.h>

static void assert_page_has(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(app));
}

static void assert_page_lacks(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) != NULL)
        fail_msg("the page has \"%s\":\n%s", words, temp_app_body(app));
}

static void look(struct temp_app *app, const char *target)
{
    assert_int_equal(temp_app_ask(app, target, NULL)->status, 200);
}

/* So many through the poster at the north. */
static void send_many(struct temp_app *app, int count)
{
    const char *poster = temp_app_poster(app, "visits");
    for (int i = 0; i < count; i++)
        assert_int_equal(
            temp_app_ask(app, poster, i % 2 == 0 ? "overall=5" : "overall=4")->status,
            303);
}

static void without_flags_the_rules_are_explained(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    look(app, "/flags?lang=en");
    assert_page_has(app, "More than 60 answers through one code of a tablet, or 120 "
                         "through one poster, within 10 minutes.");
    assert_page_has(app, "than 1 s for each question answered");
    assert_page_has(app, "Sent outside 00:00–24:00.");
    assert_page_has(app, "Where all are content, all answers are equal.");
    assert_page_has(app, "nobody can remove it");
    assert_page_lacks(app, "By centre");
}

static void flagged_answers_are_counted_by_rule_wave_and_centre(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    send_many(app, 123);
    look(app, "/flags?lang=en");
    assert_page_has(app, "3 of 123 answers of 2026 are flagged");
    assert_page_has(app, "<th scope=\"row\">Visits <span class=\"hint\">q1</span></th>");
    assert_page_has(app, "<th scope=\"row\">North <span");
    assert_page_has(app, "<td class=\"count\" data-head=\"Flagged\">3</td>");
    assert_page_has(app, "<td class=\"count\" data-head=\"Burst\">3</td>");
    assert_page_has(app, "<td class=\"count\" data-head=\"Night\"></td>");
    assert_page_lacks(app, "South");
}

static void hours_stand_by_centre_and_rule(void **state)
{
    struct temp_app *app = *state;
    struct stuffing_group group = {.year = 2026,
        .flags = 9,
        .centre = "south",
        .centre_len = 5,
        .count = 15,
        .hours = {[2] = 11, [23] = 4}};
    temp_app_sign_in(app, "Li Na");
    send_many(app, 121);
    assert_int_equal(flag_hours_add(app->app.store, &group), STATUS_OK);
    look(app, "/flags?lang=en");
    assert_page_has(app, "<h3>South</h3>");
    assert_page_has(app, "02:00–03:00");
    assert_page_has(app, "<td class=\"count\" data-head=\"Night\">11</td>");
    assert_page_has(app, "23:00–24:00");
    assert_page_has(app, "<td class=\"count\" data-head=\"Burst\">4</td>");
    assert_page_has(app, "once 10 answers with the same flags are together");
}

static void the_page_speaks_chinese(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    look(app, "/flags");
    assert_page_has(app, "异常标记");
    assert_page_has(app, "谁也删不了");
}

static void nobody_sees_it_without_signing_in(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(temp_app_ask(app, "/flags", NULL)->status, 303);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(without_flags_the_rules_are_explained),
        with_app(flagged_answers_are_counted_by_rule_wave_and_centre),
        with_app(hours_stand_by_centre_and_rule),
        with_app(the_page_speaks_chinese),
        with_app(nobody_sees_it_without_signing_in),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
