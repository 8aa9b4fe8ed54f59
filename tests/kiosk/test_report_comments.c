/* test_report_comments.c: which comments a report shows, and which it does not, whatever
   was decided about them. In the scene visits has three waves of k answers or more and
   one (q3) of seven; few has seven in all; none has none. */
#include "tests/support/report_scene.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"

#include <stdlib.h>
#include <string.h>

enum { RELIEF = 0, FEW = 3, NONE = 4, K = 10 };

static const struct report_comments *build(struct report_scene *scene, size_t indicator)
{
    report_scene_build(scene);
    return &scene->report.indicators[indicator].comments;
}

static bool shows(const struct report_comments *comments, const char *words)
{
    for (size_t i = 0; i < comments->quote_count; i++)
        if (text_equals(comments->quotes[i].text, text_of(words)))
            return true;
    return false;
}

/* ---- which ---- */

static void comments_stand_under_their_programme_in_the_order_of_ids(void **state)
{
    struct report_scene *scene = *state;
    report_scene_say(scene, "elders", "all", 1, TEXT("e"));
    report_scene_say(scene, "visits", "q1", 9, TEXT("c"));
    report_scene_say(scene, "visits", "q4", 5, TEXT("b"));
    report_scene_say(scene, "visits", "q1", 2, TEXT("a"));
    const struct report_comments *comments = build(scene, RELIEF);
    assert_true(comments->is_told);
    assert_int_equal(comments->quote_count, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_text_equal(comments->quotes[i].programme->id, "visits");
        assert_int_equal(comments->quotes[i].text.ptr[0], "abc"[i]);
    }
    assert_text_equal(comments->quotes[3].programme->id, "elders");
}

static void a_wave_that_is_not_shown_shows_no_comment_and_counts_none(void **state)
{
    struct report_scene *scene = *state;
    report_scene_say(scene, "visits", "q1", 1, TEXT("of many"));
    report_scene_say(scene, "visits", "q3", 2, TEXT("of seven"));
    report_scene_count(scene, "visits", "q3", REVIEW_WAITS, 4);
    const struct report_comments *comments = build(scene, RELIEF);
    assert_true(shows(comments, "of many"));
    assert_false(shows(comments, "of seven"));
    assert_int_equal(comments->received, 1);
    assert_int_equal(comments->waiting, 0);
}

/* A larger wave that is hidden since a small one would follow from it. */
static void nor_does_one_that_is_hidden_for_anothers_sake(void **state)
{
    struct report_scene *scene = *state;
    static const char *const waves[] = {"q1", "q2", "q3", "q4"};
    size_t hidden = 0;
    for (size_t i = 0; i < 4; i++)
        report_scene_say(scene, "visits", waves[i], (unsigned char)i, text_of(waves[i]));
    report_scene_say(scene, "elders", "all", 4, TEXT("all"));
    const struct report_comments *comments = build(scene, RELIEF);
    const struct report_rows *strata = &scene->report.indicators[RELIEF].strata;
    assert_int_equal(strata->count, 5);
    for (size_t i = 0; i < strata->count; i++) {
        const struct report_row *row = &strata->list[i];
        assert_int_equal(shows(comments, text_to_string(scene->arena, row->wave->id)),
            !row->is_hidden);
        hidden += row->is_hidden;
    }
    assert_true(hidden >= 2); /* that of seven, and another one */
}

static void a_wave_of_k_shows_its_comments_and_one_of_k_less_one_does_not(void **state)
{
    struct report_scene *scene = *state;
    report_scene_say(scene, "none", "all", 1, TEXT("x"));
    report_scene_answer(scene, "none", "all", K - 1);
    assert_false(build(scene, NONE)->is_told);
    report_scene_answer(scene, "none", "all", 1);
    const struct report_comments *comments = build(scene, NONE);
    assert_true(comments->is_told);
    assert_true(shows(comments, "x"));
}

static void a_hidden_indicator_tells_nothing_of_comments(void **state)
{
    struct report_scene *scene = *state;
    report_scene_say(scene, "few", "all", 1, TEXT("x"));
    report_scene_count(scene, "few", "all", REVIEW_WAITS, 30);
    const struct report_comments *comments = build(scene, FEW);
    assert_false(comments->is_told);
    assert_int_equal(comments->received, 0);
    assert_int_equal(comments->quote_count, 0);
}

static void where_they_are_not_in_the_file_nothing_is_told(void **state)
{
    struct report_scene *scene = *state;
    assert_false(build(scene, RELIEF)->is_told);
}

static void without_any_there_are_none_which_is_told(void **state)
{
    struct report_scene *scene = *state;
    report_scene_count(scene, "unions", "all", REVIEW_WAITS, 1);
    const struct report_comments *comments = build(scene, RELIEF);
    assert_true(comments->is_told);
    assert_int_equal(comments->received, 0);
}

/* ---- how many ---- */

static void all_that_came_wait_are_shown_or_held_back(void **state)
{
    struct report_scene *scene = *state;
    report_scene_count(scene, "visits", "q1", REVIEW_NEW, 50);
    report_scene_count(scene, "visits", "q1", REVIEW_WAITS, 5);
    report_scene_count(scene, "visits", "q4", REVIEW_WAITS, 2);
    report_scene_count(scene, "visits", "q1", REVIEW_SHOWN, 3);
    report_scene_count(scene, "visits", "q1", REVIEW_INSULT, 12);
    report_scene_count(scene, "elders", "all", REVIEW_EMPTY, 10);
    const struct report_comments *comments = build(scene, RELIEF);
    assert_int_equal(comments->received, 32);
    assert_int_equal(comments->waiting, 7);
    assert_int_equal(comments->shown, 3);
    assert_int_equal(comments->held, 22);
    assert_int_equal(comments->reasons[REVIEW_NAMES - REVIEW_NAMES], 0);
    assert_int_equal(comments->reasons[REVIEW_INSULT - REVIEW_NAMES], 12);
    assert_int_equal(comments->reasons[REVIEW_EMPTY - REVIEW_NAMES], 10);
}

static void reasons_are_not_told_where_one_of_them_is_of_fewer_than_k(void **state)
{
    struct report_scene *scene = *state;
    report_scene_count(scene, "visits", "q1", REVIEW_INSULT, 12);
    report_scene_count(scene, "visits", "q1", REVIEW_EMPTY, K - 1);
    const struct report_comments *comments = build(scene, RELIEF);
    assert_int_equal(comments->held, 12 + K - 1);
    for (int i = 0; i < REVIEW_REASONS; i++)
        assert_int_equal(comments->reasons[i], NO_COUNT);
}

static void of_a_programme_the_first_twenty_are_shown(void **state)
{
    struct report_scene *scene = *state;
    for (int i = 0; i < REPORT_COMMENTS_MAX + 1; i++)
        report_scene_say(scene, "visits", i % 2 == 0 ? "q1" : "q4",
            (unsigned char)(200 - i), text_of(i == 0 ? "last" : "x"));
    report_scene_say(scene, "elders", "all", 3, TEXT("other"));
    const struct report_comments *comments = build(scene, RELIEF);
    assert_int_equal(comments->shown, REPORT_COMMENTS_MAX + 2);
    assert_int_equal(comments->quote_count, REPORT_COMMENTS_MAX + 1);
    assert_false(shows(comments, "last"));
    assert_true(shows(comments, "other"));
}

/* Five rated indicators share the bytes. */
static void those_that_would_take_too_many_bytes_are_left_out(void **state)
{
    struct report_scene *scene = *state;
    size_t share = REPORT_COMMENT_BYTES_MAX / 5;
    char *bytes = malloc(share);
    assert_non_null(bytes);
    memset(bytes, 'x', share);
    report_scene_say(scene, "visits", "q1", 1, (struct text){bytes, share - 1});
    report_scene_say(scene, "visits", "q1", 2, TEXT("1"));
    assert_int_equal(build(scene, RELIEF)->quote_count, 2);
    report_scene_say(scene, "visits", "q1", 3, TEXT("2"));
    const struct report_comments *comments = build(scene, RELIEF);
    assert_int_equal(comments->quote_count, 2);
    assert_int_equal(comments->shown, 3);
    free(bytes);
}

/* ---- words ---- */

static void each_state_has_a_word_that_is_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < REVIEW_COUNT; i++) {
        enum review review;
        assert_true(review_parse(review_word((enum review)i), &review));
        assert_int_equal(review, i);
        assert_int_equal(review_is_decision(review), i != REVIEW_NEW);
    }
    enum review review = REVIEW_SHOWN;
    assert_false(review_parse(TEXT("Shown"), &review));
    assert_false(review_parse(TEXT(""), &review));
}

#define with_scene(f)                                                                    \
    cmocka_unit_test_setup_teardown(f, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_scene(comments_stand_under_their_programme_in_the_order_of_ids),
        with_scene(a_wave_that_is_not_shown_shows_no_comment_and_counts_none),
        with_scene(nor_does_one_that_is_hidden_for_anothers_sake),
        with_scene(a_wave_of_k_shows_its_comments_and_one_of_k_less_one_does_not),
        with_scene(a_hidden_indicator_tells_nothing_of_comments),
        with_scene(where_they_are_not_in_the_file_nothing_is_told),
        with_scene(without_any_there_are_none_which_is_told),
        with_scene(all_that_came_wait_are_shown_or_held_back),
        with_scene(reasons_are_not_told_where_one_of_them_is_of_fewer_than_k),
        with_scene(of_a_programme_the_first_twenty_are_shown),
        with_scene(those_that_would_take_too_many_bytes_are_left_out),
        cmocka_unit_test(each_state_has_a_word_that_is_read_back),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
