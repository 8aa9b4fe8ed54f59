/* test_comments.c: the page on which comments are read and decided about, and what of
   them the page of an indicator and its JSON show. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/comments.h"
#include "db/imports.h"
#include "db/intake.h"
#include "db/releases.h"
#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { K = 10 };

static bool page_has(struct temp_app *app, const char *words)
{
    return strstr(temp_app_body(app), words) != NULL;
}

static void has(struct temp_app *app, const char *words)
{
    if (!page_has(app, words))
        fail_msg("there is no \"%s\" in:\n%s", words, temp_app_body(app));
}

static void lacks(struct temp_app *app, const char *words)
{
    if (page_has(app, words))
        fail_msg("there is \"%s\" in:\n%s", words, temp_app_body(app));
}

/* True if the page has the one, and not the other before it. */
static bool stands_first(struct temp_app *app, const char *one, const char *other)
{
    const char *page = temp_app_body(app);
    const char *at = strstr(page, one);
    const char *before = strstr(page, other);
    return at != NULL && (before == NULL || at < before);
}

static void look(struct temp_app *app, const char *target)
{
    assert_int_equal(temp_app_ask(app, target, NULL)->status, 200);
}

/* An answer with these words; empty: with none. */
static void answer_with(struct temp_app *app, struct text words)
{
    struct submission submission;
    enum intake_outcome outcome;
    struct comment comment = {TEXT("comment"), words};
    temp_store_submission(app->temp, "430", &submission);
    submission.comments = &comment;
    submission.comment_count = words.len > 0;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = app->temp->questionnaire};
    assert_int_equal(intake_submit(app->app.intake, &entry, &outcome), STATUS_OK);
}

static void answer(struct temp_app *app, const char *words)
{
    answer_with(app, text_of(words));
}

static void answer_many(struct temp_app *app, int count, const char *words)
{
    for (int i = 0; i < count; i++)
        answer(app, words);
}

static void release(struct temp_app *app)
{
    struct sql *sql = NULL;
    assert_int_equal(store_begin(app->temp->store, &sql), STATUS_OK);
    enum status rc = release_wave(sql, TEXT("visits"), TEXT("q1"), TEMP_STORE_TODAY);
    assert_int_equal(store_end(app->temp->store, sql, rc), STATUS_OK);
}

/* K answers, of which the first has these words. */
static void scene(struct temp_app *app, const char *words)
{
    temp_app_sign_in(app, "Li Na");
    answer(app, words);
    answer_many(app, K - 1, "");
    release(app);
}

/* The id of the first comment of the page at hand; in the store's arena. */
static const char *first_id(struct temp_app *app)
{
    static const char opening[] = "name=\"comment\" value=\"";
    const char *at = strstr(temp_app_body(app), opening);
    assert_non_null(at);
    at += strlen(opening);
    return text_to_string(app->temp->arena, (struct text){at, COMMENT_ID_LETTERS});
}

/* Presses a button of the comment, as its form does in that state. */
static int press(struct temp_app *app, const char *id, const char *state, const char *to)
{
    const char *form = text_format(app->temp->arena,
        "programme=visits&wave=q1&state=%s&after=&comment=%s&to=%s", state, id, to)
                           .ptr;
    return temp_app_ask(app, "/comments?lang=en", temp_app_proven(app, form))->status;
}

/* ---- reading ---- */

static void nobody_sees_it_without_signing_in(void **state)
{
    struct temp_app *app = *state;
    assert_int_equal(temp_app_ask(app, "/comments", NULL)->status, 303);
    assert_int_equal(temp_app_ask(app, "/comments", "comment=0&to=shown")->status, 403);
}

static void without_comments_it_says_so(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    look(app, "/comments?lang=en");
    has(app, "There is nothing to be read yet.");
    look(app, "/comments");
    has(app, "现在还没有要看的意见。");
}

static void what_waits_is_there_without_who_where_when_and_what_rating(void **state)
{
    struct temp_app *app = *state;
    scene(app, "The clerk was kind");
    look(app, "/comments?lang=en");
    has(app, "<p class=\"said\" dir=\"auto\">The clerk was kind</p>");
    has(app, "Visits");
    has(app, "waits to be read <span class=\"number\">1</span>");
    lacks(app, "North");
    lacks(app, "value=\"4\"");
}

static void what_is_not_released_is_not_there(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    answer_many(app, K - 1, "early");
    look(app, "/comments?lang=en");
    lacks(app, "early");
    answer(app, "early");
    look(app, "/comments?lang=en"); /* whoever looks has it released */
    has(app, "early");
}

static void no_comment_leaves_its_place(void **state)
{
    struct temp_app *app = *state;
    scene(app, "</p><script>alert(1)</script>\"'&lt;{{1}}");
    look(app, "/comments");
    lacks(app, "<script>alert");
    has(app, "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"'&amp;lt;{{1}}</p>");
    assert_int_equal(press(app, first_id(app), "waiting", "shown"), 303);
    look(app, "/reports/relief");
    lacks(app, "<script>alert");
    has(app, "&lt;script&gt;alert(1)&lt;/script&gt;");
}

static void twenty_stand_on_a_page_and_one_more_on_the_next(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    answer_many(app, COMMENTS_PAGE_MAX, "word");
    release(app);
    look(app, "/comments?lang=en");
    has(app, "Comment 20");
    lacks(app, "read on");
    answer(app, "word");
    release(app);
    look(app, "/comments?lang=en");
    lacks(app, "Comment 21");
    has(app, "read on");
    const char *at = strstr(temp_app_body(app), "after=");
    assert_non_null(at);
    struct text after = {at + strlen("after="), COMMENT_ID_LETTERS};
    look(
        app, text_format(app->temp->arena,
                 "/comments?lang=en&programme=visits&wave=q1&after=%.*s", TEXT_ARG(after))
                 .ptr);
    has(app, "Comment 1\"");
    lacks(app, "Comment 2\"");
    has(app, "From the beginning");
}

static void whatever_the_address_asks_for_there_is_a_page(void **state)
{
    static const char *const targets[] = {"/comments?programme=x&wave=%3Cb%3E",
        "/comments?programme=visits&wave=q1&state=new",
        "/comments?programme=visits&wave=q1&state=%FF&after=zz",
        "/comments?programme=visits&wave=q1&after=0123"};
    struct temp_app *app = *state;
    scene(app, "word");
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        look(app, targets[i]);
        has(app, "word");
    }
}

/* ---- deciding ---- */

static void one_tap_shows_it_and_another_takes_that_back(void **state)
{
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments?lang=en");
    const char *id = first_id(app);
    assert_int_equal(press(app, id, "waiting", "shown"), 303);
    assert_text_equal(app->response.location,
        "/comments?lang=en&programme=visits&wave=q1&state=waiting");
    look(app, "/comments?lang=en");
    has(app, "Everything here has been read.");
    look(app, "/comments?lang=en&programme=visits&wave=q1&state=shown");
    has(app, "word");
    assert_int_equal(press(app, id, "shown", "waiting"), 303);
    look(app, "/comments?lang=en");
    has(app, "word");
}

static void each_reason_holds_it_back(void **state)
{
    static const char *const reasons[] = {"names", "insult", "empty", "other"};
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments");
    const char *id = first_id(app);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        assert_int_equal(press(app, id, "waiting", reasons[i]), 303);
        look(app, text_format(app->temp->arena,
                      "/comments?programme=visits&wave=q1&state=%s", reasons[i])
                      .ptr);
        has(app, "word");
        assert_int_equal(press(app, id, reasons[i], "waiting"), 303);
    }
}

static void whoever_comes_second_is_told_and_changes_nothing(void **state)
{
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments");
    const char *id = first_id(app);
    assert_int_equal(press(app, id, "waiting", "insult"), 303);
    assert_int_equal(press(app, id, "waiting", "shown"), 409);
    has(app, "Somebody else decided about that comment in the meantime.");
    look(app, "/comments?programme=visits&wave=q1&state=insult");
    has(app, "word");
}

static void the_same_tap_twice_is_one(void **state)
{
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments");
    const char *id = first_id(app);
    assert_int_equal(press(app, id, "waiting", "shown"), 303);
    assert_int_equal(press(app, id, "waiting", "shown"), 303);
}

static void one_that_is_gone_is_told_of_kindly(void **state)
{
    struct temp_app *app = *state;
    scene(app, "word");
    assert_int_equal(
        press(app, "00112233445566778899aabbccddeeff", "waiting", "shown"), 404);
    has(app, "That comment is not here any more");
    has(app, "word");
}

static void a_form_that_is_none_of_ours_changes_nothing(void **state)
{
    static const char *const to[] = {"", "new", "Shown", "%00", "deleted"};
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments");
    const char *id = first_id(app);
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        assert_int_equal(press(app, id, "waiting", to[i]), 422);
    assert_int_equal(press(app, id, "new", "shown"), 422);
    assert_int_equal(press(app, "zz", "waiting", "shown"), 422);
    has(app, "That is not possible here. Nothing was changed.");
    has(app, "word");
}

static void without_its_proof_a_form_is_refused(void **state)
{
    struct temp_app *app = *state;
    scene(app, "word");
    look(app, "/comments");
    const char *form = text_format(app->temp->arena,
        "programme=visits&wave=q1&state=waiting&comment=%s&to=shown", first_id(app))
                           .ptr;
    assert_int_equal(temp_app_ask(app, "/comments", form)->status, 403);
    look(app, "/comments");
    has(app, "word");
}

/* ---- in reports ---- */

static void the_page_of_the_indicator_shows_what_may_be_shown(void **state)
{
    struct temp_app *app = *state;
    scene(app, "The clerk was kind");
    answer(app, "Not to be seen");
    release(app);
    look(app, "/reports/relief?lang=en");
    has(app, "Comments in the waves that are shown: 2. Of these may be shown: 0;");
    lacks(app, "The clerk was kind");
    has(app, "href=\"/comments?lang=en\"");
    look(app, "/comments");
    const char *id = first_id(app);
    bool is_kind = stands_first(app, "kind", "seen");
    assert_int_equal(press(app, id, "waiting", "shown"), 303);
    look(app, "/reports/relief?lang=en");
    has(app, is_kind ? "The clerk was kind" : "Not to be seen");
    lacks(app, is_kind ? "Not to be seen" : "The clerk was kind");
    has(app, "<h3>Visits</h3>");
}

static void json_has_counts_and_texts_and_no_reason_of_a_few(void **state)
{
    struct temp_app *app = *state;
    scene(app, "=1+1 \"quoted\"");
    answer(app, "Wang Min, Room 5");
    release(app);
    for (int i = 0; i < 2; i++) {
        look(app, "/comments");
        const char *id = first_id(app);
        bool is_named = stands_first(app, "Wang Min,", "quoted");
        assert_int_equal(press(app, id, "waiting", is_named ? "names" : "shown"), 303);
    }
    look(app, "/reports.json");
    has(app, "\"comments\": {");
    has(app, "\"text\": \"=1+1 \\\"quoted\\\"\"");
    has(app, "\"held_back\": 1");
    has(app, "\"names\": null");
    lacks(app, "Room 5");
}

static void a_wave_of_too_few_tells_nothing_of_its_comments(void **state)
{
    struct temp_app *app = *state;
    temp_app_sign_in(app, "Li Na");
    answer_many(app, K - 1, "traceable");
    release(app);
    look(app, "/comments");
    const char *id = first_id(app);
    assert_int_equal(press(app, id, "waiting", "shown"), 303);
    look(app, "/reports/relief?lang=en");
    lacks(app, "traceable");
    lacks(app, "What people wrote");
    look(app, "/reports.json");
    has(app, "\"comments\": null");
}

static void the_longest_comments_fit_on_their_pages(void **state)
{
    struct temp_app *app = *state;
    char *longest = malloc(3 * (size_t)ITEM_TEXT_MAX);
    assert_non_null(longest);
    for (size_t i = 0; i < ITEM_TEXT_MAX; i++)
        memcpy(longest + 3 * i, "\xE9\x95\xBF", 3);
    temp_app_sign_in(app, "Li Na");
    for (int i = 0; i < COMMENTS_PAGE_MAX; i++)
        answer_with(app, (struct text){longest, 3 * (size_t)ITEM_TEXT_MAX});
    release(app);
    for (int i = 0; i < COMMENTS_PAGE_MAX; i++) {
        look(app, "/comments");
        assert_int_equal(press(app, first_id(app), "waiting", "shown"), 303);
    }
    look(app, "/comments?programme=visits&wave=q1&state=shown");
    look(app, "/reports/relief?lang=en");
    has(app, "Here are 16 of the 20 that may be shown, chosen at random.");
    look(app, "/reports.json");
    free(longest);
}

static void the_public_pages_show_no_comment(void **state)
{
    struct temp_app *app = *state;
    scene(app, "The clerk was kind");
    look(app, "/comments");
    assert_int_equal(press(app, first_id(app), "waiting", "shown"), 303);
    look(app, "/publish?lang=en");
    static const char opening[] = "name=\"digest\" value=\"";
    const char *at = strstr(temp_app_body(app), opening);
    assert_non_null(at);
    at += strlen(opening);
    const char *form = text_format(
        app->temp->arena, "as_of=2026-02-09&digest=%.*s", (int)strcspn(at, "\""), at)
                           .ptr;
    assert_int_equal(
        temp_app_ask(app, "/publish", temp_app_proven(app, form))->status, 303);
    look(app, "/publish/1/report.json");
    has(app, "The clerk was kind"); /* whole, for whoever is signed in */
    app->cookie = (struct text){0};
    look(app, "/published?lang=en");
    lacks(app, "kind");
    look(app, "/published/1?lang=en");
    lacks(app, "kind");
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(nobody_sees_it_without_signing_in),
        with_app(without_comments_it_says_so),
        with_app(what_waits_is_there_without_who_where_when_and_what_rating),
        with_app(what_is_not_released_is_not_there),
        with_app(no_comment_leaves_its_place),
        with_app(twenty_stand_on_a_page_and_one_more_on_the_next),
        with_app(whatever_the_address_asks_for_there_is_a_page),
        with_app(one_tap_shows_it_and_another_takes_that_back),
        with_app(each_reason_holds_it_back),
        with_app(whoever_comes_second_is_told_and_changes_nothing),
        with_app(the_same_tap_twice_is_one),
        with_app(one_that_is_gone_is_told_of_kindly),
        with_app(a_form_that_is_none_of_ours_changes_nothing),
        with_app(without_its_proof_a_form_is_refused),
        with_app(the_page_of_the_indicator_shows_what_may_be_shown),
        with_app(json_has_counts_and_texts_and_no_reason_of_a_few),
        with_app(a_wave_of_too_few_tells_nothing_of_its_comments),
        with_app(the_longest_comments_fit_on_their_pages),
        with_app(the_public_pages_show_no_comment),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
