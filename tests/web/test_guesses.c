/* test_guesses.c: guessing codes is slow, and nobody who has a code notices. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "kiosk/limits.h"
#include "tests/support/temp_app.h"
#include "web/guesses.h"

#include <math.h>
#include <string.h>

static int set_up(void **state)
{
    struct guesses *guesses = NULL;
    enum status status = guesses_open(&guesses);
    *state = guesses;
    return status == STATUS_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    guesses_close(*state);
    return 0;
}

/* A code of that first group, one of many. */
static struct code code_of(uint32_t group, unsigned number)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct code code = {"000000000000"};
    for (int i = 0; i < 4; i++)
        code.letters[i] = letters[group >> (15 - 5 * i) & 31];
    for (int i = 11; i >= 4; i--, number >>= 5)
        code.letters[i] = letters[number & 31];
    return code;
}

static bool guess(struct guesses *guesses, uint32_t group, unsigned number, int64_t now)
{
    struct code code = code_of(group, number);
    if (!guesses_may(guesses, &code, now))
        return false;
    guesses_tell(guesses, &code, false, now);
    return true;
}

static void the_first_group_is_a_number_of_twenty_bits(void **state)
{
    (void)state;
    struct code last = code_of(CODE_PREFIXES - 1, 0);
    struct code one = code_of(1, 7);
    assert_int_equal(code_prefix(&last), CODE_PREFIXES - 1);
    assert_int_equal(code_prefix(&one), 1);
    assert_memory_equal(last.letters, "ZZZZ", 4);
}

static void five_wrong_codes_of_a_group_a_minute_and_no_sixth(void **state)
{
    struct guesses *guesses = *state;
    for (unsigned i = 0; i < GUESSES_PREFIX_MAX; i++)
        assert_true(guess(guesses, 9, i, 1000 * i));

    assert_false(guess(guesses, 9, 99, 5000));
    assert_false(guess(guesses, 9, 99, 59999));
    assert_true(guess(guesses, 9, 99, 60000));
}

static void other_groups_are_not_held_up(void **state)
{
    struct guesses *guesses = *state;
    for (unsigned i = 0; i < GUESSES_PREFIX_MAX; i++)
        assert_true(guess(guesses, 9, i, 0));

    assert_false(guess(guesses, 9, 99, 0));
    assert_true(guess(guesses, 10, 99, 0));
}

static void right_codes_count_nothing(void **state)
{
    struct guesses *guesses = *state;
    for (unsigned i = 0; i < 100000; i++) {
        struct code code = code_of(i % 7, i);
        assert_true(guesses_may(guesses, &code, 0));
        guesses_tell(guesses, &code, true, 0);
    }
    assert_true(guess(guesses, 3, 1 << 20, 0));
}

/* Everybody guesses with a first group of their own. */
static int count_of_guesses(struct guesses *guesses, int64_t milliseconds)
{
    int made = 0;
    uint32_t group = 0;
    for (int64_t now = 0; now < milliseconds; now++)
        for (int i = 0; i < 3; i++)
            made += guess(guesses, group++ % CODE_PREFIXES, (unsigned)now, now) ? 1 : 0;
    return made;
}

static void however_many_guess_a_hundred_a_second_get_through(void **state)
{
    struct guesses *guesses = *state;
    int made = count_of_guesses(guesses, 100000);

    assert_in_range(
        made, 100 * GUESSES_SECOND_MAX, 100 * GUESSES_SECOND_MAX + GUESSES_BURST_MAX);
}

static void who_was_let_in_stays_in_while_others_guess(void **state)
{
    struct guesses *guesses = *state;
    struct code mine = code_of(5, 5);
    struct code new = code_of(6, 6);
    assert_true(guesses_may(guesses, &mine, 0));
    guesses_tell(guesses, &mine, true, 0);
    (void)count_of_guesses(guesses, 20000);

    assert_true(guesses_may(guesses, &mine, 20000));
    assert_false(guesses_may(guesses, &new, 20000));
    assert_true(guesses_may(guesses, &new, 31000));
}

/* 10,000 live codes, all that the limit lets through for a year, no luck: the promise of
   three groups of four. Eleven of the letters are free; a guesser knows the check. */
static void a_year_of_guessing_finds_one_of_ten_thousand_in_less_than_a_thousandth(
    void **state)
{
    (void)state;
    const double codes = pow(32, CODE_LETTERS - 1);
    const double guesses = 100.0 * 365 * 24 * 3600;
    const double live = 10000;
    assert_int_equal(GUESSES_SECOND_MAX, 100);

    double none = exp(guesses * log1p(-live / codes));

    assert_true(1 - none > 8e-4);
    assert_true(1 - none < 1e-3);
    /* With one letter less it would not hold. */
    assert_true(1 - exp(guesses * log1p(-live / (codes / 32))) > 1e-3);
}

/* ---- on the pages ---- */

static void the_sixth_wrong_code_is_asked_to_wait_and_a_good_one_is_not(void **state)
{
    struct temp_app *app = *state;
    const char *slip = temp_app_slip(app, "visits", "q1");
    int asked_to_wait = 0;
    for (unsigned char i = 0; i < 6; i++) {
        /* The first group is of the lowest twenty bits. */
        struct code code = code_make((const unsigned char[7]){i, 2, 3, 0, 0, 0, 0});
        const char *path = text_format(app->temp->arena, "/t/%s", code.letters).ptr;
        int status = temp_app_ask(app, path, NULL)->status;
        asked_to_wait += status == 429 ? 1 : 0;
        assert_int_equal(status, i < 5 ? 404 : 429);
    }
    assert_int_equal(asked_to_wait, 1);
    assert_true(app->response.retry_after > 0);

    assert_int_equal(temp_app_ask(app, slip, NULL)->status, 200);
    assert_int_equal(temp_app_ask(app, slip, "overall=5")->status, 303);
}

static void a_mistyped_code_is_told_before_anything_is_looked_for(void **state)
{
    struct temp_app *app = *state;
    for (int i = 0; i < 20; i++)
        assert_int_equal(temp_app_ask(app, "/", "code=0000-0000-0001")->status, 422);
    assert_int_equal(temp_app_ask(app, "/t/000000000001", NULL)->status, 404);
}

static void a_code_may_be_typed_as_people_write(void **state)
{
    struct temp_app *app = *state;
    struct code code;
    assert_int_equal(
        codes_open(app->app.store, TEXT("visits"), TEXT("north"), &code), STATUS_OK);
    char typed[40];
    size_t len = 0;
    for (size_t i = 0; i < CODE_LETTERS; i++) {
        char c = code.letters[i];
        c = c == '0' ? 'o' : c == '1' ? 'l' : c;
        typed[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (i % 4 == 3)
            typed[len++] = i == 3 ? '-' : '+';
    }
    typed[len] = '\0';

    const char *form = text_format(app->temp->arena, "code=++%s", typed).ptr;

    assert_int_equal(temp_app_ask(app, "/", form)->status, 303);
    const char *location = text_format(app->temp->arena, "/t/%s", code.letters).ptr;
    assert_text_equal(app->response.location, location);
}

#define GUESSES_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)
#define PAGE_TEST(case)                                                                  \
    cmocka_unit_test_setup_teardown(case, temp_app_set_up, temp_app_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_first_group_is_a_number_of_twenty_bits),
        GUESSES_TEST(five_wrong_codes_of_a_group_a_minute_and_no_sixth),
        GUESSES_TEST(other_groups_are_not_held_up),
        GUESSES_TEST(right_codes_count_nothing),
        GUESSES_TEST(however_many_guess_a_hundred_a_second_get_through),
        GUESSES_TEST(who_was_let_in_stays_in_while_others_guess),
        cmocka_unit_test(
            a_year_of_guessing_finds_one_of_ten_thousand_in_less_than_a_thousandth),
        PAGE_TEST(the_sixth_wrong_code_is_asked_to_wait_and_a_good_one_is_not),
        PAGE_TEST(a_mistyped_code_is_told_before_anything_is_looked_for),
        PAGE_TEST(a_code_may_be_typed_as_people_write),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
