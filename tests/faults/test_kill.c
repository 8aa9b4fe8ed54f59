/* test_kill.c: the server is killed under load, again and again, on a disk that loses
   whatever was not synced: nobody who was thanked is lost, nobody counts twice. */
#include "tests/faults/served.h"
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

enum { CROWD = 16, MIXING_STARTS_MS = 2200 };

/* Some rounds last until the jobs are at work as well. */
static void kill_one(struct served *served, int round)
{
    served_start(served);
    crowd_start(served, CROWD);
    crowd_wait(served, 100 + (size_t)round * 37 % 300);
    if (round % 10 == 3)
        sleep_ms(MIXING_STARTS_MS + round % 7 * 10);
    int status = served_end(served, SIGKILL);
    assert_true(WIFSIGNALED(status));
    crowd_stop(served);
}

static void nobody_who_was_thanked_is_lost_or_counted_twice_by_kills(void **state)
{
    struct served *served = *state;
    int rounds = in_form(5, 100);
    atomic_store(&served->faults->is_lossy, 1);
    for (int round = 0; round < rounds; round++) {
        kill_one(served, round);
        served_check(served, false);
    }
    assert_true(atomic_load(&served->faults->syncs) > rounds);

    /* Those who got no answer send the same form again. */
    served_start(served);
    served_send_again(served);
    int status = served_end(served, SIGTERM);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    served_check(served, true);
    printf("%d kills, %zu thanked, 0 lost, 0 doubled\n", rounds,
        (size_t)atomic_load(&served->thanked));
}

/* The check can fail: a disk that says it has synced and has not. */
static void a_disk_that_lies_loses_those_who_were_thanked(void **state)
{
    struct served *served = *state;
    atomic_store(&served->faults->is_lossy, 1);
    served_start(served);
    atomic_store(&served->faults->lies, 1);
    crowd_start(served, CROWD);
    crowd_wait(served, 100);
    (void)served_end(served, SIGKILL);
    crowd_stop(served);
    assert_true(served_lost(served) >= 100);
}

#define SERVED_TEST(case)                                                                \
    cmocka_unit_test_setup_teardown(case, served_set_up, served_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        SERVED_TEST(a_disk_that_lies_loses_those_who_were_thanked),
        SERVED_TEST(nobody_who_was_thanked_is_lost_or_counted_twice_by_kills),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
