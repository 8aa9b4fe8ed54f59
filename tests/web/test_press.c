/* test_press.c: prints one after the other, on a thread that is not the asker's. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/press.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <time.h>

static int set_up(void **state)
{
    struct press *press = NULL;
    enum status status = press_open(&press);
    *state = press;
    return status == STATUS_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    press_close(*state);
    return 0;
}

static enum status tell_thread(void *work)
{
    *(pthread_t *)work = pthread_self();
    return STATUS_CONFLICT;
}

static void a_print_is_made_on_one_other_thread_and_says_how_it_went(void **state)
{
    pthread_t first = pthread_self();
    pthread_t second = pthread_self();

    assert_int_equal(press_run(*state, tell_thread, &first), STATUS_CONFLICT);
    assert_int_equal(press_run(*state, tell_thread, &second), STATUS_CONFLICT);

    assert_false(pthread_equal(first, pthread_self()));
    assert_true(pthread_equal(first, second));
}

/* Seven kilobytes a step: a hundred are more than a server thread has. */
static enum status use_much_stack(void *work)
{
    volatile char much[7000];
    int depth = *(int *)work - 1;
    for (size_t i = 0; i < sizeof much; i++)
        much[i] = (char)depth;
    enum status status = depth == 0 ? STATUS_OK : use_much_stack(&depth);
    return much[0] == (char)depth ? status : STATUS_INTERNAL;
}

static void a_print_has_the_stack_that_drawing_needs(void **state)
{
    int depth = 100;
    assert_int_equal(press_run(*state, use_much_stack, &depth), STATUS_OK);
}

/* ---- the queue ---- */

struct jam {
    struct press *press;
    sem_t has_begun;
    sem_t may_end;
};

static enum status wait_for_leave(void *work)
{
    struct jam *jam = work;
    (void)sem_post(&jam->has_begun);
    while (sem_wait(&jam->may_end) != 0) {
    }
    return STATUS_OK;
}

static void *ask_long(void *argument)
{
    struct jam *jam = argument;
    return press_run(jam->press, wait_for_leave, jam) == STATUS_OK ? argument : NULL;
}

/* One prints, PRESS_QUEUE_MAX wait, and of two more neither gets in: whichever come last.
   They are back before anybody may end. */
static void whoever_finds_the_queue_full_is_told_at_once(void **state)
{
    enum { ASKERS = PRESS_QUEUE_MAX + 3, REFUSED = 2 };
    struct jam jam = {.press = *state};
    pthread_t askers[ASKERS];
    int printed = 0;
    (void)sem_init(&jam.has_begun, 0, 0);
    (void)sem_init(&jam.may_end, 0, 0);
    for (int i = 0; i < ASKERS; i++)
        assert_int_equal(pthread_create(&askers[i], NULL, ask_long, &jam), 0);
    /* Only when all have asked may the first one end, else a place would be free again:
       the first begins at once, so a second that begins comes of an end. */
    while (sem_wait(&jam.has_begun) != 0) {
    }
    (void)nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
    for (int i = 0; i < ASKERS; i++)
        (void)sem_post(&jam.may_end);
    for (int i = 0; i < ASKERS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(askers[i], &result), 0);
        printed += result != NULL ? 1 : 0;
    }

    assert_int_equal(ASKERS - printed, REFUSED);
    (void)sem_destroy(&jam.has_begun);
    (void)sem_destroy(&jam.may_end);
}

static void a_press_that_printed_nothing_closes(void **state)
{
    (void)state;
    struct press *press = NULL;
    assert_int_equal(press_open(&press), STATUS_OK);
    press_close(press);
    press_close(NULL);
}

#define PRESS_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        PRESS_TEST(a_print_is_made_on_one_other_thread_and_says_how_it_went),
        PRESS_TEST(a_print_has_the_stack_that_drawing_needs),
        PRESS_TEST(whoever_finds_the_queue_full_is_told_at_once),
        cmocka_unit_test(a_press_that_printed_nothing_closes),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
