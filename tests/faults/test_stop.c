/* test_stop.c: stopping and clocks: SIGTERM under load loses nothing, and neither does a
   clock that jumps. */
#include "tests/faults/served.h"
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

enum { CROWD = 32, DAY_SECONDS = 86400 };

static void stopping_under_load_drains_and_loses_nothing(void **state)
{
    struct served *served = *state;
    for (int round = 0; round < in_form(1, 20); round++) {
        served_start(served);
        crowd_start(served, CROWD);
        crowd_wait(served, 300);
        time_t begun = time(NULL);
        int status = served_end(served, SIGTERM);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        assert_true(time(NULL) - begun <= 10);
        crowd_stop(served);
        served_check(served, false);
    }
    served_start(served);
    served_send_again(served);
    (void)served_end(served, SIGKILL);
    served_check(served, true);
}

/* ---- clocks: the wave is open from 2026-01-01 to 2026-03-31 ---- */

static void set_day(struct served *served, day_t day)
{
    long long noon = (long long)day * DAY_SECONDS + 4 * 3600; /* in Shanghai */
    atomic_store(&served->faults->clock_offset_s, noon - (long long)time(NULL));
}

static int status_of_page(const struct served *served, const char *parameters)
{
    static struct http_answer answer;
    char request[200];
    (void)snprintf(request, sizeof request,
        "GET /t/%s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", served->poster.letters,
        parameters);
    http_exchange(served->port, request, &answer);
    return answer.status;
}

static void answers_survive_a_clock_that_jumps(void **state)
{
    static const int jumps[] = {1, -2, 40, -40, 365, -365, 3650, -20000};
    struct served *served = *state;
    served->today = NULL;
    set_day(served, TEMP_STORE_TODAY);
    served_start(served);
    crowd_start(served, CROWD);
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        crowd_wait(served, 50);
        set_day(served, TEMP_STORE_TODAY + jumps[i]);
        sleep_ms(in_form(100, 2500)); /* jobs run in the other time, too */
        set_day(served, TEMP_STORE_TODAY);
    }
    crowd_wait(served, 50);
    crowd_stop(served);
    served_send_again(served); /* who came in a time when the wave was not open */
    (void)served_end(served, SIGKILL);
    served_check(served, true);
}

static void the_days_wave_is_the_clocks(void **state)
{
    struct served *served = *state;
    served->today = NULL;
    set_day(served, TEMP_STORE_TODAY);
    served_start(served);
    assert_int_equal(status_of_page(served, ""), 200);
    set_day(served, TEMP_STORE_TODAY - 40); /* 2025-12-31 */
    assert_int_equal(status_of_page(served, ""), 410);
    set_day(served, TEMP_STORE_TODAY + 1000);
    assert_int_equal(status_of_page(served, ""), 410);
    set_day(served, TEMP_STORE_TODAY);
    assert_int_equal(status_of_page(served, ""), 200);
}

/* Thanked before the jump: the same form afterwards is thanked again, not counted. */
static void a_form_sent_again_after_a_jump_counts_once(void **state)
{
    struct served *served = *state;
    served->today = NULL;
    set_day(served, TEMP_STORE_TODAY);
    served_start(served);
    int connection = -1;
    struct entry *entry = served_next(served, true);
    served_ask(served, &connection, entry);
    assert_int_equal(entry->said, SAID_THANKS);
    static const int jumps[] = {1, 50, -8};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        set_day(served, TEMP_STORE_TODAY + jumps[i]);
        served_ask(served, &connection, entry);
        assert_int_equal(entry->said, SAID_THANKS);
    }
    atomic_store(&served->thanked, 1);
    (void)served_end(served, SIGKILL);
    served_check(served, true);
}

#define SERVED_TEST(case)                                                                \
    cmocka_unit_test_setup_teardown(case, served_set_up, served_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        SERVED_TEST(stopping_under_load_drains_and_loses_nothing),
        SERVED_TEST(the_days_wave_is_the_clocks),
        SERVED_TEST(a_form_sent_again_after_a_jump_counts_once),
        SERVED_TEST(answers_survive_a_clock_that_jumps),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
