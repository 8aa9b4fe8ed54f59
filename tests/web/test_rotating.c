/* test_rotating.c: the symbol of a tablet's first page, from the screen to the answer:
   what is taken, what is refused, and how long. */
#include "tests/support/temp_app.h"
#include "tests/support/test.h"

#include "db/sql.h"
#include "db/tally_store.h"
#include "db/verify.h"
#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCREEN "/kiosk?centre=north"
enum { PATH_BYTES = 200 };

/* ---- a person in front of a tablet ---- */

/* What stands on a screen: the code and where the tablet asks. */
struct screen {
    char path[PATH_BYTES]; /* "/t/CODE" */
    char ask[PATH_BYTES];
};

static int ask(struct temp_app *app, const char *target, const char *form)
{
    return temp_app_ask(app, target, form)->status;
}

static void assert_has(struct temp_app *app, const char *words)
{
    if (strstr(temp_app_body(app), words) == NULL)
        fail_msg("the page has no \"%s\":\n%s", words, temp_app_body(app));
}

/* What stands between two marks on the page at hand, "&amp;" as "&". */
static void cut(struct temp_app *app, const char *before, const char *after, char *out)
{
    assert_has(app, before);
    const char *at = temp_app_body(app);
    while (strncmp(at, before, strlen(before)) != 0)
        at++;
    at += strlen(before);
    const char *end = strstr(at, after);
    assert_non_null(end);
    assert_true(end - at < PATH_BYTES);
    while (at < end) {
        *out++ = *at;
        at += strncmp(at, "&amp;", 5) == 0 ? 5 : 1;
    }
    *out = '\0';
}

static void read_screen(struct temp_app *app, struct screen *out)
{
    char letters[PATH_BYTES];
    struct code code;
    cut(app, "class=\"letters\">", "<", letters);
    assert_int_equal(code_parse(text_of(letters), &code), STATUS_OK);
    (void)snprintf(out->path, sizeof out->path, "/t/%s", code.letters);
    cut(app, "id=\"ask\" href=\"", "\"", out->ask);
}

static struct screen look(struct temp_app *app)
{
    struct screen screen;
    assert_int_equal(ask(app, SCREEN, NULL), 200);
    read_screen(app, &screen);
    return screen;
}

/* Opens the page of a path; where its form goes. */
static void open_form(struct temp_app *app, const char *path, char action[PATH_BYTES])
{
    assert_int_equal(ask(app, path, NULL), 200);
    cut(app, "<form id=\"form\" method=\"post\" action=\"", "\"", action);
}

static void pass(struct temp_app *app, int64_t seconds)
{
    app->app.clock.begun_s += seconds;
}

/* The process ends and begins again. */
static void restart(struct temp_app *app)
{
    rotation_close(app->app.rotation);
    app->app.rotation = NULL;
    assert_int_equal(
        rotation_open(clock_seconds(&app->app.clock), &app->app.rotation), STATUS_OK);
}

static int64_t count_spent(struct temp_app *app)
{
    int64_t count = -1;
    struct sql *sql = store_take_reader(app->app.store);
    assert_int_equal(
        sql_ask_number(sql, "SELECT COUNT(*) FROM rotating_spent", &count), STATUS_OK);
    store_give_reader(app->app.store, sql);
    return count;
}

static int set_up_with(void **state, const char *plan)
{
    if (temp_app_set_up_with(state, plan) != 0)
        return 1;
    struct temp_app *app = *state;
    pass(app, 7200); /* long after the start */
    return store_set_setting(
               app->app.store, "public_url", TEXT("https://my.sjgh.example")) == STATUS_OK
               ? 0
               : 1;
}

static int set_up(void **state)
{
    return set_up_with(state, temp_store_plan);
}

/* Both programmes can be answered on the tablet. */
static int set_up_two(void **state)
{
    char *plan = strdup(temp_store_plan);
    if (plan == NULL)
        return 1;
    char *only = strstr(plan, "coded_only: true");
    only[0] = '#'; /* a remark: both are open to all */
    int failed = set_up_with(state, plan);
    free(plan);
    return failed;
}

/* ---- once ---- */

static void a_scanned_code_takes_one_answer_by_the_tablet(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct tally_cell *cells;
    size_t count;
    char action[PATH_BYTES];
    open_form(app, screen.path, action);

    assert_int_equal(ask(app, action, "overall=2&comment=slow"), 303);
    assert_text_equal(
        app->response.location, "/thanks"); /* a phone's, not the tablet's */
    assert_int_equal(ask(app, action, "overall=5"), 409);
    assert_has(app, "平板上有新码");
    assert_int_equal(ask(app, screen.path, NULL), 409);
    assert_int_equal(ask(app, screen.path, "overall=5"), 409);

    assert_int_equal(tally_list(app->app.store, app->temp->arena, TALLY_BY_WAVE,
                         TEXT("visits"), &cells, &count),
        STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(cells[0].channel, CHANNEL_KIOSK);
    assert_int_equal(cells[0].counters[0], 1);
    assert_int_equal(count_spent(app), 1);
    struct verify_result result;
    assert_int_equal(verify_store(app->app.store, app->app.plans, &app->temp->problems,
                         &result, NULL, NULL),
        STATUS_OK);
}

static void the_page_is_a_phones(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    assert_int_equal(ask(app, screen.path, NULL), 200);
    assert_null(strstr(temp_app_body(app), "kiosk"));
    assert_null(strstr(temp_app_body(app), "countdown"));
}

static void the_same_form_again_is_thanked_again_and_counts_once(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    char action[PATH_BYTES];
    char id[PATH_BYTES];
    open_form(app, screen.path, action);
    cut(app, "name=\"submission\" value=\"", "\"", id);
    const char *form = text_format(app->temp->arena, "overall=4&submission=%s", id).ptr;
    for (int i = 0; i < 3; i++)
        assert_int_equal(ask(app, action, form), 303);
    pass(app, 7200);
    assert_int_equal(ask(app, action, form), 303);
    pass(app, 100000);
    assert_int_equal(ask(app, action, form), 303); /* the code is spent, and by it */
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

static void looking_spends_nothing_however_often(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    for (int i = 0; i < 20; i++)
        assert_int_equal(ask(app, screen.path, NULL), 200);
    assert_int_equal(count_spent(app), 0);
    assert_int_equal(ask(app, screen.path, "overall=5"), 303);
}

static void the_letters_below_the_symbol_can_be_typed(void **state)
{
    struct temp_app *app = *state;
    char letters[PATH_BYTES];
    struct screen screen = look(app);
    cut(app, "class=\"letters\">", "<", letters);
    assert_int_equal(
        ask(app, "/", text_format(app->temp->arena, "code=%s", letters).ptr), 303);
    assert_text_equal(app->response.location, screen.path);
}

/* ---- the screen ---- */

static void a_screen_stays_until_its_code_is_opened(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct screen next;
    assert_int_equal(ask(app, screen.ask, NULL), 200);
    assert_string_equal(temp_app_body(app), "");
    assert_int_equal(ask(app, screen.path, NULL), 200);

    assert_int_equal(ask(app, screen.ask, NULL), 200);
    read_screen(app, &next);
    assert_string_not_equal(next.path, screen.path);
    assert_has(app, "class=\"qr\"");
    assert_int_equal(ask(app, next.ask, NULL), 200);
    assert_string_equal(temp_app_body(app), "");
    assert_int_equal(ask(app, screen.path, "overall=5"), 303); /* the first is good too */
    assert_int_equal(ask(app, next.path, "overall=5"), 303);
}

static void a_screen_stays_no_longer_than_its_minute(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct screen next;
    pass(app, ROTATING_SECONDS);
    assert_int_equal(ask(app, screen.ask, NULL), 200);
    read_screen(app, &next);
    assert_string_not_equal(next.path, screen.path);
}

/* What is asked with carries no code: it may stand in a proxy's log. */
static void asking_tells_no_secret(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    assert_null(strstr(screen.ask, screen.path + strlen("/t/")));
    assert_non_null(strstr(screen.ask, "/kiosk/symbol?centre=north&shown="));
    assert_true(strlen(screen.ask) < 80);
}

static void a_question_that_makes_no_sense_gets_a_new_symbol(void **state)
{
    static const char *const asked[] = {"/kiosk/symbol?centre=north",
        "/kiosk/symbol?centre=north&shown=", "/kiosk/symbol?centre=north&shown=-",
        "/kiosk/symbol?centre=north&shown=1-", "/kiosk/symbol?centre=north&shown=0-0",
        "/kiosk/symbol?centre=north&shown=-1--1",
        "/kiosk/symbol?centre=north&shown=99999999999-3",
        "/kiosk/symbol?centre=north&shown=29510160-256"};
    struct temp_app *app = *state;
    struct screen screen;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        assert_int_equal(ask(app, asked[i], NULL), 200);
        read_screen(app, &screen);
    }
    assert_int_equal(ask(app, "/kiosk/symbol", NULL), 404);
    assert_int_equal(ask(app, "/kiosk/symbol?centre=nowhere&shown=1-1", NULL), 404);
}

static void when_nothing_is_open_any_more_the_tablet_is_told(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    app->app.clock.day += 200;
    pass(app, ROTATING_SECONDS);
    assert_int_equal(ask(app, screen.ask, NULL), 404);
}

static void two_tablets_of_a_centre_leave_each_other_alone(void **state)
{
    struct temp_app *app = *state;
    struct screen left = look(app);
    struct screen right = look(app);
    assert_string_not_equal(left.path, right.path);
    assert_int_equal(ask(app, left.path, "overall=5"), 303);
    assert_int_equal(ask(app, right.ask, NULL), 200);
    assert_string_equal(temp_app_body(app), "");
    assert_int_equal(ask(app, right.path, "overall=4"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 2);
}

/* ---- how long ---- */

static void a_code_is_good_for_ten_minutes_and_then_says_so(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    pass(app, ROTATING_SECONDS + ROTATING_VALID_SECONDS);
    assert_int_equal(ask(app, screen.path, NULL), 200);
    pass(app, ROTATING_SECONDS);
    assert_int_equal(ask(app, screen.path, NULL), 410);
    assert_has(app, "平板上已经换了新码，请再扫一次。");
    assert_int_equal(ask(app, screen.path, "overall=5"), 410);
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

/* Whatever happened meanwhile. */
static void a_photograph_is_worthless_an_hour_later_and_never_unknown(void **state)
{
    static const int64_t later[] = {3600, 86400, 30 * 86400, 300 * 86400};
    struct temp_app *app = *state;
    struct screen screen = look(app);
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        pass(app, later[i]);
        if (i % 2 == 1)
            restart(app);
        assert_int_equal(ask(app, screen.path, NULL), 410);
        assert_int_equal(ask(app, screen.path, "overall=5"), 410);
    }
    assert_int_equal(temp_app_received(app, "visits"), 0);
}

static void a_form_handed_out_in_time_is_taken_for_a_day(void **state)
{
    struct temp_app *app = *state;
    struct screen first = look(app);
    struct screen second = look(app);
    char early[PATH_BYTES];
    char late[PATH_BYTES];
    open_form(app, first.path, early);
    open_form(app, second.path, late);

    pass(app, ROTATING_FORM_SECONDS);
    restart(app);
    assert_int_equal(ask(app, early, "overall=1&comment=written+in+the+evening"), 303);
    assert_int_equal(ask(app, first.path, "overall=1"), 409);
    pass(app, 2 * ROTATING_SECONDS);
    assert_int_equal(ask(app, late, "overall=1"), 410);
    assert_int_equal(temp_app_received(app, "visits"), 1);
}

/* A form that comes back with a question open, and the page in another language. */
static void the_proof_stays_with_the_page(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    char action[PATH_BYTES];
    char other[PATH_BYTES];
    char language[PATH_BYTES];
    open_form(app, screen.path, action);
    cut(app, "href=\"?lang=en&amp;form=", "\"", language);
    pass(app, 3600);
    const char *english =
        text_format(app->temp->arena, "%s?lang=en&form=%s", screen.path, language).ptr;
    open_form(app, english, other);
    assert_int_equal(ask(app, other, "timely=4"), 422);
    cut(app, "<form id=\"form\" method=\"post\" action=\"", "\"", action);
    assert_int_equal(ask(app, action, "overall=3&timely=4"), 303);
}

static void no_proof_but_the_right_one_is_taken(void **state)
{
    static const char *const wrong[] = {"", "0", "0123456789abcdef",
        "0123456789abcdef0123456789abcdef", "%00%00%00%00%00%00%00%00"};
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct screen other = look(app);
    char action[PATH_BYTES];
    open_form(app, other.path, action);
    pass(app, 3600);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *target =
            text_format(app->temp->arena, "%s?form=%s", screen.path, wrong[i]).ptr;
        assert_int_equal(ask(app, target, "overall=5"), 410);
    }
    const char *borrowed = strstr(action, "form=");
    assert_non_null(borrowed);
    assert_int_equal(
        ask(app, text_format(app->temp->arena, "%s?%s", screen.path, borrowed).ptr,
            "overall=5"),
        410);
}

/* ---- when something happens ---- */

static void a_restarted_server_knows_what_is_on_the_screens(void **state)
{
    struct temp_app *app = *state;
    struct screen scanned = look(app);
    struct screen shown = look(app);
    struct screen next;
    char action[PATH_BYTES];
    open_form(app, scanned.path, action);
    restart(app);
    assert_int_equal(ask(app, action, "overall=5"), 303);
    assert_int_equal(ask(app, shown.path, NULL), 200);
    assert_int_equal(ask(app, shown.ask, NULL), 200);
    read_screen(app, &next); /* the tablet goes on by itself */
    assert_int_equal(ask(app, shown.path, "overall=4"), 303);
    assert_int_equal(ask(app, next.path, "overall=3"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 3);
}

static void a_restart_brings_no_spent_code_back(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    assert_int_equal(ask(app, screen.path, "overall=5"), 303);
    restart(app);
    assert_int_equal(ask(app, screen.path, "overall=5"), 409);
    pass(app, 7200);
    assert_int_equal(ask(app, screen.path, NULL), 409);
}

/* It wakes up with a symbol of the morning: that one is old, and is replaced at once. */
static void a_tablet_that_was_asleep_goes_on(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct screen next;
    pass(app, 8 * 3600);
    assert_int_equal(ask(app, screen.path, NULL), 410);
    assert_int_equal(ask(app, screen.ask, NULL), 200);
    read_screen(app, &next);
    assert_int_equal(ask(app, next.path, "overall=5"), 303);
}

static void a_hall_of_250_within_an_hour_answers_at_one_tablet(void **state)
{
    enum { PEOPLE = 250 };
    struct temp_app *app = *state;
    struct screen screen = look(app);
    for (int i = 0; i < PEOPLE; i++) {
        char action[PATH_BYTES];
        open_form(app, screen.path, action);
        assert_int_equal(ask(app, screen.ask, NULL), 200);
        read_screen(app, &screen); /* the next in the queue scans while this one writes */
        pass(app, 14);
        assert_int_equal(ask(app, action, "overall=4&timely=5"), 303);
    }
    assert_int_equal(temp_app_received(app, "visits"), PEOPLE);
    assert_int_equal(count_spent(app), PEOPLE);
}

/* Whoever loads the page in a loop leaves nothing behind, and takes nobody's code. */
static void a_stranger_in_a_loop_disturbs_nobody(void **state)
{
    enum { LOADS = 2000 };
    struct temp_app *app = *state;
    struct screen screen = look(app);
    char action[PATH_BYTES];
    open_form(app, screen.path, action);
    for (int i = 0; i < LOADS; i++)
        assert_int_equal(ask(app, SCREEN, NULL), 200);
    assert_int_equal(count_spent(app), 0);
    assert_int_equal(ask(app, action, "overall=5"), 303);
    screen = look(app);
    assert_int_equal(ask(app, screen.path, "overall=5"), 303);
}

/* Old codes are known ones: they slow nobody down. */
static void old_codes_lock_no_hall(void **state)
{
    struct temp_app *app = *state;
    struct screen old = look(app);
    pass(app, 3600);
    for (int i = 0; i < 1500; i++)
        assert_int_equal(ask(app, old.path, NULL), 410);
    struct screen screen = look(app);
    assert_int_equal(ask(app, screen.path, "overall=5"), 303);
}

/* Whoever guesses all day is slowed; who scans a tablet is not. */
static void guessing_elsewhere_holds_no_tablet_up(void **state)
{
    struct temp_app *app = *state;
    int waits = 0;
    for (uint64_t i = 0; i < 3000; i++) {
        struct code wrong = code_of_bits(i * UINT64_C(2305843009213693951) >> 9);
        waits += ask(app, text_format(app->temp->arena, "/t/%s", wrong.letters).ptr,
                     NULL) == 429;
    }
    assert_true(waits > 500);
    struct screen screen = look(app);
    assert_int_equal(ask(app, screen.path, NULL), 200);
    assert_int_equal(ask(app, screen.path, "overall=2"), 303);
}

/* ---- several programmes ---- */

static void with_several_programmes_the_symbol_opens_their_menu(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    char visits[PATH_BYTES];
    char courses[PATH_BYTES];
    char action[PATH_BYTES];
    assert_int_equal(ask(app, screen.path, NULL), 200);
    assert_has(app, "<h1>北站</h1>");
    cut(app, "href=\"/t/", "\"><span>走访", visits);
    cut(app, "走访</span>", "培训", courses);
    const char *link = strstr(courses, "href=\"/t/");
    assert_non_null(link);
    const char *path =
        text_format(app->temp->arena, "/t/%.*s", (int)strcspn(link + 9, "\""), link + 9)
            .ptr;

    /* Chosen at leisure: also when the menu's own code is over. */
    pass(app, 3600);
    assert_int_equal(ask(app, screen.path, NULL), 410);
    open_form(app, text_format(app->temp->arena, "/t/%s", visits).ptr, action);
    assert_int_equal(ask(app, action, "overall=5"), 303);
    assert_int_equal(ask(app, action, "overall=5"), 409);
    open_form(app, path, action);
    assert_int_equal(ask(app, action, "overall=1"), 303);
    assert_int_equal(temp_app_received(app, "visits"), 1);
    assert_int_equal(temp_app_received(app, "courses"), 1);
}

static void opening_the_menu_brings_the_next_symbol(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    struct screen next;
    assert_int_equal(ask(app, screen.path, NULL), 200);
    assert_int_equal(ask(app, screen.ask, NULL), 200);
    read_screen(app, &next);
    assert_string_not_equal(next.path, screen.path);
}

static void a_menus_symbol_takes_no_form(void **state)
{
    struct temp_app *app = *state;
    struct screen screen = look(app);
    assert_int_equal(ask(app, screen.path, "overall=5"), 405);
}

#define ROTATING_TEST(case)                                                              \
    cmocka_unit_test_setup_teardown(case, set_up, temp_app_tear_down)
#define MENU_TEST(case)                                                                  \
    cmocka_unit_test_setup_teardown(case, set_up_two, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        ROTATING_TEST(a_scanned_code_takes_one_answer_by_the_tablet),
        ROTATING_TEST(the_page_is_a_phones),
        ROTATING_TEST(the_same_form_again_is_thanked_again_and_counts_once),
        ROTATING_TEST(looking_spends_nothing_however_often),
        ROTATING_TEST(the_letters_below_the_symbol_can_be_typed),
        ROTATING_TEST(a_screen_stays_until_its_code_is_opened),
        ROTATING_TEST(a_screen_stays_no_longer_than_its_minute),
        ROTATING_TEST(asking_tells_no_secret),
        ROTATING_TEST(a_question_that_makes_no_sense_gets_a_new_symbol),
        ROTATING_TEST(when_nothing_is_open_any_more_the_tablet_is_told),
        ROTATING_TEST(two_tablets_of_a_centre_leave_each_other_alone),
        ROTATING_TEST(a_code_is_good_for_ten_minutes_and_then_says_so),
        ROTATING_TEST(a_photograph_is_worthless_an_hour_later_and_never_unknown),
        ROTATING_TEST(a_form_handed_out_in_time_is_taken_for_a_day),
        ROTATING_TEST(the_proof_stays_with_the_page),
        ROTATING_TEST(no_proof_but_the_right_one_is_taken),
        ROTATING_TEST(a_restarted_server_knows_what_is_on_the_screens),
        ROTATING_TEST(a_restart_brings_no_spent_code_back),
        ROTATING_TEST(a_tablet_that_was_asleep_goes_on),
        ROTATING_TEST(a_hall_of_250_within_an_hour_answers_at_one_tablet),
        ROTATING_TEST(a_stranger_in_a_loop_disturbs_nobody),
        ROTATING_TEST(old_codes_lock_no_hall),
        ROTATING_TEST(guessing_elsewhere_holds_no_tablet_up),
        MENU_TEST(with_several_programmes_the_symbol_opens_their_menu),
        MENU_TEST(opening_the_menu_brings_the_next_symbol),
        MENU_TEST(a_menus_symbol_takes_no_form),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
