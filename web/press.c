/* press.c: a lock for the turn and a thread a print. What a print took, fonts above all,
   is given back with its thread. */
#include "web/press.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PRESS_STACK_BYTES = 8 * 1024 * 1024 };

struct press {
    pthread_mutex_t turn;    /* held while one prints */
    pthread_mutex_t counter; /* of waiting */
    int waiting;
};

struct print {
    press_work_fn run;
    void *work;
    enum status status;
};

enum status press_open(struct press **out)
{
    struct press *press = calloc(1, sizeof *press);
    if (press == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&press->turn, NULL);
    (void)pthread_mutex_init(&press->counter, NULL);
    *out = press;
    return STATUS_OK;
}

void press_close(struct press *press)
{
    if (press == NULL)
        return;
    (void)pthread_mutex_destroy(&press->turn);
    (void)pthread_mutex_destroy(&press->counter);
    free(press);
}

static void *run_print(void *argument)
{
    struct print *print = argument;
    print->status = print->run(print->work);
    return NULL;
}

static enum status print_on_thread(struct print *print)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0)
        return STATUS_BUSY;
    int failure = pthread_attr_setstacksize(&attributes, PRESS_STACK_BYTES);
    if (failure == 0)
        failure = pthread_create(&thread, &attributes, run_print, print);
    (void)pthread_attr_destroy(&attributes);
    if (failure != 0)
        return STATUS_BUSY;
    (void)pthread_join(thread, NULL);
    return print->status;
}

static bool enter(struct press *press)
{
    (void)pthread_mutex_lock(&press->counter);
    bool has_room = press->waiting <= PRESS_QUEUE_MAX;
    press->waiting += has_room ? 1 : 0;
    (void)pthread_mutex_unlock(&press->counter);
    return has_room;
}

enum status press_run(struct press *press, press_work_fn run, void *work)
{
    struct print print = {.run = run, .work = work};
    if (!enter(press))
        return STATUS_BUSY;
    (void)pthread_mutex_lock(&press->turn);
    enum status status = print_on_thread(&print);
    (void)pthread_mutex_unlock(&press->turn);
    (void)pthread_mutex_lock(&press->counter);
    press->waiting--;
    (void)pthread_mutex_unlock(&press->counter);
    return status;
}
