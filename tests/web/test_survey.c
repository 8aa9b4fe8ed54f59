/* test_survey.c: the questionnaire shown, filled in and taken, and what is kept of it. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/tally_store.h"
#include "kiosk/shown.h"
#include "kiosk/stuffing.h"
#include "web/pages/survey_shelf.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

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

/* The id that the page's form carries, with "submission=" before it and "&" behind, in
   the store's arena: the page is gone with the next call. */
static const char *shown_id(struct temp_app *app)
{
    static const char before[] = "<input type=\"hidden\" name=\"submission\" value=\"";
    const char *at = strstr(temp_app_body(app), before);
    assert_non_null(at);
    return text_format(app->temp->arena, "submission=%.36s&", at + sizeof before - 1).ptr;
}

static const char *form_with(struct temp_app *app, const char *id, const char *rest)
{
    return text_format(app->temp->arena, "%s%s", id, rest).ptr;
}

/* ---- showing ---- */

static void the_page_asks_every_question_with_nothing_chosen(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "<html lang=\"zh-CN\"");
    assert_page_has(*state, "<h1>走访</h1>");
    assert_page_has(*state, "您总体满意吗？");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"5\"");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"1\"");
    assert_page_has(*state, "<input type=\"radio\" name=\"overall\" value=\"unknown\"");
    assert_page_has(*state, "<input type=\"checkbox\" name=\"reasons\" value=\"late\"");
    assert_page_has(*state, "<textarea id=\"f-comment\" name=\"comment\"");
    assert_page_has(*state, "共 3 题");
    assert_page_lacks(*state, "checked");
    assert_page_lacks(*state, "<script>");
    assert_page_lacks(*state, "timely\" value=\"unknown");
}

/* The letters behind a mark are blotted out. */
static void blot(char *page, const char *mark, size_t letters)
{
    char *at = strstr(page, mark);
    assert_non_null(at);
    memset(at + strlen(mark), 'x', letters);
}

/* The page, but for what each copy has of its own: the id, and when it was shown. */
static char *page_without_id(struct temp_app *app, const char *target)
{
    temp_app_ask(app, target, NULL);
    struct text body = buffer_text(&app->response.body);
    char *page = text_to_string(app->temp->arena, body);
    assert_non_null(page);
    blot(page, "name=\"submission\" value=\"", SUBMISSION_ID_LETTERS);
    blot(page, "name=\"shown_at\" value=\"", SHOWN_LETTERS);
    return page;
}

static void a_posters_page_is_the_same_each_time_but_for_its_id(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *first = page_without_id(app, poster);
    char *one = text_to_string(app->temp->arena, buffer_text(&app->response.body));
    assert_string_equal(page_without_id(app, poster), first);
    assert_string_not_equal(temp_app_body(app), one);
}

static void each_language_setting_and_poster_has_a_page_of_its_own(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *const queries[] = {"", "?lang=en", "?size=large", "?contrast=high"};
    const char *pages[5];
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 4; i++)
            pages[i] = page_without_id(
                app, text_format(app->temp->arena, "%s%s", poster, queries[i]).ptr);
        pages[4] = page_without_id(app, temp_app_kiosk(app, "visits"));
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(pages[i], pages[j]);
    }
}

static void the_page_speaks_english_when_asked(void **state)
{
    struct temp_app *app = *state;
    const char *target =
        text_format(app->temp->arena, "%s?lang=en&utm=1", temp_app_poster(app, "visits"))
            .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "<html lang=\"en\"");
    assert_page_has(app, "Were you satisfied?");
    assert_page_has(app, "Very satisfied");
    assert_page_has(app, "lang=en&amp;plan=1\"");
    assert_page_lacks(app, "非常满意");
}

static void reasons_wait_for_the_ratings_that_call_for_them(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "name=\"overall\" value=\"2\" class=\"opens-1\"");
    assert_page_has(*state, "name=\"overall\" value=\"1\" class=\"opens-1\"");
    assert_page_lacks(*state, "name=\"overall\" value=\"3\" class=\"opens-1\"");
    assert_page_has(*state, "class=\"item when-1\" id=\"q-reasons\"");
}

static void a_set_calendar_is_written_on_the_page(void **state)
{
    assert_answer(*state, temp_app_poster(*state, "visits"), NULL, 200);
    assert_page_has(*state, "日历定在 2026-02-09");
}

static void looking_spends_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    for (int i = 0; i < 3; i++)
        assert_answer(app, slip, NULL, 200);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

/* ---- taking ---- */

static void a_filled_form_is_kept_and_thanked_for(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, "overall=5&timely=4&comment=%E8%B0%A2%E8%B0%A2&&", 303);
    assert_text_equal(app->response.location, "/thanks");
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void the_thanks_are_in_the_persons_language(void **state)
{
    struct temp_app *app = *state;
    const char *target =
        text_format(app->temp->arena, "%s?lang=en", temp_app_poster(app, "visits")).ptr;
    assert_answer(app, target, "overall=5", 303);
    assert_text_equal(app->response.location, "/thanks?lang=en");
    assert_answer(app, "/thanks?lang=en", NULL, 200);
    assert_page_has(app, "We have your answers.");
}

static void a_missing_answer_is_marked_and_the_rest_is_kept(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *id = shown_id(app);

    assert_answer(
        app, poster, form_with(app, id, "timely=4&reasons=late&comment=a%3Cb"), 422);

    assert_page_has(app, "还有 1 题没有选");
    assert_page_has(app, "href=\"#q-overall\"");
    assert_page_has(app, "class=\"item wrong\" id=\"q-overall\"");
    assert_page_has(app, "name=\"timely\" value=\"4\" class=\"\" checked");
    assert_page_has(app, "name=\"reasons\" value=\"late\" checked");
    assert_page_has(app, ">a&lt;b</textarea>");
    assert_string_equal(shown_id(app), id);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void an_answered_question_comes_back_folded(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_poster(app, "visits"), "timely=4", 422);
    assert_page_has(app, "<details class=\"done\">");
    assert_page_has(app, "改一改");
    assert_page_has(app, "去看第 1 题");
    assert_page_has(app, "请点一项，点“说不清”也行。");
}

static void settings_are_carried_by_every_address_of_a_page(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *target = text_format(
        app->temp->arena, "%s?lang=en&size=large&contrast=high&size=huge", poster)
                             .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "<html lang=\"en\" class=\"large contrast\">");
    assert_page_has(app, "?lang=en&amp;plan=1&amp;size=large&amp;contrast=high\"");
    assert_page_has(app, "href=\"?size=large&amp;contrast=high\"");
    assert_page_has(app, "href=\"?lang=en&amp;contrast=high\"");
    assert_page_has(app, "href=\"?lang=en&amp;size=large\"");
    assert_answer(app, target, "overall=5", 303);
    assert_text_equal(app->response.location, "/thanks?lang=en&size=large&contrast=high");
}

static void other_values_of_the_settings_mean_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *target = text_format(app->temp->arena,
        "%s?size=LARGE&contrast=1&sizes=", temp_app_poster(app, "visits"))
                             .ptr;
    assert_answer(app, target, NULL, 200);
    assert_page_has(app, "class=\"\"><head>");
}

static void what_is_no_answer_is_refused_and_nothing_is_kept(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *bad[] = {"", "overall=", "overall=6", "overall=0", "overall=-1",
        "overall=5&overall=5", "overall=5&overall=1", "overall=5&name=Li", "overall=5&=x",
        "overall=1&reasons=nobody", "overall=5&timely=unknown", "overall=5&comment=%FF",
        "overall=5&comment=a%00b", "overall=5&comment=%E2%80%AEa",
        "overall=5&comment=a&comment=b", "overall=5&submission=1",
        "overall=5&submission=000050f6-ffff-4fff-bfff-ffffffffffff",
        "overall=5&submission=00000000-0000-8000-8000-000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_answer(app, poster, bad[i], 422);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_comment_of_two_hundred_characters_passes_and_one_more_does_not(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    struct buffer form;
    buffer_init(&form, app->temp->arena, 4096);
    buffer_add_string(&form, "overall=5&comment=");
    for (int i = 0; i < 200; i++)
        buffer_add_string(&form, "%E5%A5%BD");
    assert_answer(app, poster, text_to_string(app->temp->arena, buffer_text(&form)), 303);
    buffer_add_string(&form, "x");
    assert_answer(app, poster, text_to_string(app->temp->arena, buffer_text(&form)), 422);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void the_same_form_sent_twice_counts_once_a_new_form_again(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    assert_answer(app, poster, form, 303);
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);

    assert_answer(app, poster, NULL, 200);
    assert_answer(app, poster, form_with(app, shown_id(app), "overall=5"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 2);
}

static void a_slip_takes_one_answer_and_its_own_form_again(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    assert_answer(app, slip, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=1&reasons=late");
    assert_answer(app, slip, form, 303);
    assert_answer(app, slip, form, 303);
    assert_answer(app, slip, "overall=5", 409);
    assert_answer(app, slip, NULL, 409);
    assert_page_has(app, "这张码已经用过了");
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void another_persons_form_on_a_spent_slip_is_refused(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    assert_answer(app, slip, NULL, 200);
    const char *first = form_with(app, shown_id(app), "overall=5");
    assert_answer(app, slip, NULL, 200);
    const char *second = form_with(app, shown_id(app), "overall=1");
    assert_answer(app, slip, first, 303);
    assert_answer(app, slip, second, 409);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void a_form_that_was_open_since_another_month_still_counts(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    app->app.clock.day += 30;
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void a_form_kept_open_into_the_next_wave_is_shown_again(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *old = shown_id(app);
    app->app.clock.day += 60;
    assert_answer(app, poster, form_with(app, old, "overall=5"), 422);
    assert_page_has(app, "这一页打开太久了");
    assert_page_has(app, "value=\"5\" class=\"\" checked");
    const char *fresh = shown_id(app);
    assert_string_not_equal(fresh, old);
    assert_answer(app, poster, form_with(app, fresh, "overall=5"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

/* ---- codes that open nothing ---- */

static void a_code_that_is_not_ours_is_not_found(void **state)
{
    assert_answer(*state, "/t/000000000000", NULL, 404);
    assert_page_has(*state, "没找到这个短码");
    assert_answer(*state, "/t/hello", NULL, 404);
    assert_answer(*state, "/t/000000000000", "overall=5", 404);
    assert_answer(*state, "/T/000000000000?lang=en", NULL, 404);
    assert_page_has(*state, "We cannot find that code");
}

static void a_wave_that_has_not_opened_says_when_it_does(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q2");
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "4 月 1 日开始。");
    assert_answer(app, slip, "overall=5", 410);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_wave_that_has_closed_says_so(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    app->app.clock.day += 51;
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "3 月 31 日结束的。");
    assert_answer(app, slip, "overall=5", 410);
    app->app.clock.day -= 1;
    assert_answer(app, slip, "overall=5", 303);
}

static void a_slip_that_was_taken_back_says_so(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    int64_t voided;
    assert_int_equal(
        codes_void(app->app.store, 1, TEXT("misprint"), TEMP_STORE_TODAY, &voided),
        STATUS_OK);
    assert_int_equal(voided, 1);
    assert_answer(app, slip, NULL, 410);
    assert_page_has(app, "这张码不再使用了");
    assert_answer(app, slip, "overall=5", 410);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_poster_of_a_coded_programme_asks_for_a_slip(void **state)
{
    struct temp_app *app = *state;
    assert_answer(app, temp_app_poster(app, "courses"), NULL, 410);
    assert_page_has(app, "这次评价要用纸条上的短码");
    assert_answer(app, temp_app_slip(app, "courses", "q1"), "overall=5", 303);
}

/* ---- typing a code ---- */

static void a_typed_code_leads_to_its_survey(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    const char *typed = text_format(
        app->temp->arena, "code=%.4s-%.4s+%.4s", poster + 3, poster + 7, poster + 11)
                            .ptr;
    assert_answer(app, "/", typed, 303);
    assert_text_equal(app->response.location, poster);
}

static void a_mistyped_code_is_shown_again(void **state)
{
    assert_answer(*state, "/?lang=en", "code=%22%3E%3Cb%3EABCD", 422);
    assert_page_has(*state, "value=\"&#34;&gt;&lt;b&gt;ABCD\"");
    assert_answer(*state, "/", "", 422);
    assert_answer(*state, "/", NULL, 200);
}

/* ---- more than can wait ---- */

static void *send_one(void *context)
{
    struct temp_app *app = context;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(app->temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = app->temp->questionnaire};
    enum status rc = intake_submit(app->app.intake, &entry, &outcome);
    return rc == STATUS_OK ? context : NULL;
}

/* A queue of one, and the writer does not get to it. */
static void a_full_queue_is_a_503_with_the_form_as_it_was(void **state)
{
    struct temp_app *app = *state;
    const struct intake_options options = {.queue_max = 1, .log_bytes_max = 1 << 26};
    const char *poster = temp_app_poster(app, "visits");
    pthread_t thread;
    void *stored = NULL;
    intake_close(app->app.intake);
    assert_int_equal(
        intake_open_with(app->app.store, &options, &app->app.intake), STATUS_OK);
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=2&reasons=late&comment=x1");
    struct sql *writer = store_take_writer(app->app.store);
    assert_int_equal(pthread_create(&thread, NULL, send_one, app), 0);
    while (intake_waiting(app->app.intake) < 1)
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);

    assert_answer(app, poster, form, 503);
    assert_true(app->response.retry_after > 0);
    assert_page_has(app, "这会儿人多，还没交上。");
    assert_page_has(app, "name=\"overall\" value=\"2\" class=\"opens-1\" checked");
    assert_page_has(app, "name=\"reasons\" value=\"late\" checked");
    assert_page_has(app, ">x1</textarea>");

    store_give_writer(app->app.store, writer);
    assert_int_equal(pthread_join(thread, &stored), 0);
    assert_non_null(stored);
    assert_answer(app, poster, form, 303);
    assert_int_equal(temp_app_received(app, "visits"), 2);
}

/* ---- flags ---- */

/* The form of the page at hand: its id, and when it was shown. */
static struct submission_id form_of(struct temp_app *app, int64_t *shown)
{
    static const char name[] = "name=\"submission\" value=\"";
    static const char other[] = "\"><input type=\"hidden\" name=\"shown_at\" value=\"";
    struct submission_id id = {{0}};
    const char *at = strstr(temp_app_body(app), name);
    assert_non_null(at);
    at += sizeof name - 1;
    assert_int_equal(
        submission_id_parse((struct text){at, SUBMISSION_ID_LETTERS}, &id), STATUS_OK);
    at += SUBMISSION_ID_LETTERS;
    assert_memory_equal(at, other, sizeof other - 1);
    *shown = STUFFING_NOT_SHOWN;
    (void)shown_parse(store_key(app->app.store), &id,
        (struct text){at + sizeof other - 1, SHOWN_LETTERS}, shown);
    return id;
}

/* Sends two answers with an id of its own and that stamp; "": none. */
static void send_stamped(
    struct temp_app *app, const char *target, int64_t second, bool is_forged)
{
    char letters[SUBMISSION_ID_LETTERS + 1], stamp[SHOWN_LETTERS + 1];
    int64_t ignored;
    assert_answer(app, target, NULL, 200);
    struct submission_id id = form_of(app, &ignored);
    submission_id_format(&id, letters);
    if (is_forged)
        id.bytes[15] ^= 1;
    shown_format(store_key(app->app.store), &id, second, stamp);
    assert_answer(app, target,
        text_format(app->temp->arena, "submission=%s&shown_at=%s&overall=5&timely=5",
            letters, second == 0 ? "" : stamp)
            .ptr,
        303);
}

/* Submissions with exactly these flags. */
static int64_t count_flagged(struct temp_app *app, unsigned flags)
{
    struct tally_cell *cells;
    size_t count;
    int64_t found = 0;
    assert_int_equal(tally_list(app->app.store, app->temp->arena, TALLY_BY_WAVE,
                         TEXT("visits"), &cells, &count),
        STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found += cells[i].flags == flags ? cells[i].counters[0] : 0;
    return found;
}

static void every_copy_of_a_form_says_when_it_was_shown(void **state)
{
    struct temp_app *app = *state;
    const char *const targets[] = {
        temp_app_poster(app, "visits"), temp_app_slip(app, "visits", "q1")};
    for (size_t i = 0; i < 4; i++) {
        int64_t shown, before = clock_seconds(&app->app.clock);
        assert_answer(app, targets[i % 2], NULL, 200);
        (void)form_of(app, &shown);
        assert_true(shown >= before && shown <= clock_seconds(&app->app.clock));
    }
}

/* The common page is kept: a stamp that stands nowhere in it would keep none. */
static void the_shelf_keeps_a_page_with_its_stamp(void **state)
{
    struct temp_app *app = *state;
    struct survey_shelf *empty = app->app.shelf;
    assert_answer(app, temp_app_poster(app, "visits"), NULL, 200);

    struct text name = text_format(app->temp->arena, "%s q1 1 1 000",
        temp_app_poster(app, "visits") + strlen("/t/"));
    struct stamped *page = survey_shelf_take(empty, name);

    assert_non_null(page);
    stamped_release(page);
}

static void a_form_sent_sooner_than_it_is_read_is_flagged(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    send_stamped(app, poster, clock_seconds(&app->app.clock), false);
    assert_int_equal(count_flagged(app, 1 << STUFFING_FAST), 1);
    send_stamped(app, poster, clock_seconds(&app->app.clock) - 3, false);
    assert_int_equal(count_flagged(app, 0), 1);
    send_stamped(
        app, temp_app_slip(app, "visits", "q1"), clock_seconds(&app->app.clock), false);
    assert_int_equal(count_flagged(app, 1 << STUFFING_FAST), 2);
}

static void a_stamp_that_is_missing_or_forged_flags_nothing(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    send_stamped(app, poster, 0, false);
    send_stamped(app, poster, clock_seconds(&app->app.clock), true);
    assert_int_equal(count_flagged(app, 0), 2);
}

static void a_form_shown_again_keeps_its_stamp(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    char letters[SUBMISSION_ID_LETTERS + 1], stamp[SHOWN_LETTERS + 1];
    int64_t shown, then = clock_seconds(&app->app.clock) - 100;
    assert_answer(app, poster, NULL, 200);
    struct submission_id id = form_of(app, &shown);
    submission_id_format(&id, letters);
    shown_format(store_key(app->app.store), &id, then, stamp);

    assert_answer(app, poster,
        text_format(
            app->temp->arena, "submission=%s&shown_at=%s&timely=5", letters, stamp)
            .ptr,
        422);

    (void)form_of(app, &shown);
    assert_int_equal(shown, then);
}

static void a_burst_through_a_poster_is_flagged_from_there_on(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    for (int i = 0; i < 121; i++)
        assert_answer(app, poster, i % 2 == 0 ? "overall=5" : "overall=4", 303);
    assert_int_equal(count_flagged(app, 0), 120);
    assert_int_equal(count_flagged(app, 1 << STUFFING_BURST), 1);
}

static void the_same_form_sent_again_and_again_is_no_burst(void **state)
{
    struct temp_app *app = *state;
    const char *poster = temp_app_poster(app, "visits");
    assert_answer(app, poster, NULL, 200);
    const char *form = form_with(app, shown_id(app), "overall=5");
    for (int i = 0; i < 130; i++)
        assert_answer(app, poster, form, 303);

    assert_answer(app, poster, "overall=5", 303);

    assert_int_equal(count_flagged(app, 0), 2);
}

#define with_app(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_app(the_page_asks_every_question_with_nothing_chosen),
        with_app(a_posters_page_is_the_same_each_time_but_for_its_id),
        with_app(each_language_setting_and_poster_has_a_page_of_its_own),
        with_app(the_page_speaks_english_when_asked),
        with_app(reasons_wait_for_the_ratings_that_call_for_them),
        with_app(a_set_calendar_is_written_on_the_page),
        with_app(looking_spends_nothing),
        with_app(a_filled_form_is_kept_and_thanked_for),
        with_app(the_thanks_are_in_the_persons_language),
        with_app(a_missing_answer_is_marked_and_the_rest_is_kept),
        with_app(an_answered_question_comes_back_folded),
        with_app(settings_are_carried_by_every_address_of_a_page),
        with_app(other_values_of_the_settings_mean_nothing),
        with_app(what_is_no_answer_is_refused_and_nothing_is_kept),
        with_app(a_comment_of_two_hundred_characters_passes_and_one_more_does_not),
        with_app(the_same_form_sent_twice_counts_once_a_new_form_again),
        with_app(a_slip_takes_one_answer_and_its_own_form_again),
        with_app(another_persons_form_on_a_spent_slip_is_refused),
        with_app(a_form_that_was_open_since_another_month_still_counts),
        with_app(a_form_kept_open_into_the_next_wave_is_shown_again),
        with_app(a_code_that_is_not_ours_is_not_found),
        with_app(a_wave_that_has_not_opened_says_when_it_does),
        with_app(a_wave_that_has_closed_says_so),
        with_app(a_slip_that_was_taken_back_says_so),
        with_app(a_poster_of_a_coded_programme_asks_for_a_slip),
        with_app(a_typed_code_leads_to_its_survey),
        with_app(a_mistyped_code_is_shown_again),
        with_app(every_copy_of_a_form_says_when_it_was_shown),
        with_app(the_shelf_keeps_a_page_with_its_stamp),
        with_app(a_form_sent_sooner_than_it_is_read_is_flagged),
        with_app(a_stamp_that_is_missing_or_forged_flags_nothing),
        with_app(a_form_shown_again_keeps_its_stamp),
        with_app(a_burst_through_a_poster_is_flagged_from_there_on),
        with_app(the_same_form_sent_again_and_again_is_no_burst),
        with_app(a_full_queue_is_a_503_with_the_form_as_it_was),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
