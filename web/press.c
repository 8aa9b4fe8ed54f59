/* press.c: one thread and a queue. It is one thread for good: with each new one, pango
   and cairo would read the fonts anew, 20 MB each, and keep them. It is begun by the
   first print, so that a server that prints nothing has none of that. */
#include "web/press.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PRESS_STACK_BYTES = 8 * 1024 * 1024 };

struct print {
    press_work_fn run;
    void *work;
    enum status status;
    bool is_done;
    struct print *next;
};

struct press {
    pthread_mutex_t mutex;
    pthread_cond_t has_work;
    pthread_cond_t has_done;
    pthread_t thread;
    bool has_thread;
    bool is_closing;
    int count; /* of prints in the queue, with the one being made */
    struct print *first;
    struct print **last; /* where the next one is hung */
};

enum status press_open(struct press **out)
{
    struct press *press = calloc(1, sizeof *press);
    if (press == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&press->mutex, NULL);
    (void)pthread_cond_init(&press->has_work, NULL);
    (void)pthread_cond_init(&press->has_done, NULL);
    press->last = &press->first;
    *out = press;
    return STATUS_OK;
}

void press_close(struct press *press)
{
    if (press == NULL)
        return;
    (void)pthread_mutex_lock(&press->mutex);
    press->is_closing = true;
    (void)pthread_cond_signal(&press->has_work);
    (void)pthread_mutex_unlock(&press->mutex);
    if (press->has_thread)
        (void)pthread_join(press->thread, NULL);
    (void)pthread_cond_destroy(&press->has_done);
    (void)pthread_cond_destroy(&press->has_work);
    (void)pthread_mutex_destroy(&press->mutex);
    free(press);
}

/* ---- on the press's thread; the lock is held but while it prints ---- */

static void print_first(struct press *press)
{
    struct print *print = press->first;
    (void)pthread_mutex_unlock(&press->mutex);
    enum status status = print->run(print->work);
    (void)pthread_mutex_lock(&press->mutex);
    press->first = print->next;
    if (press->first == NULL)
        press->last = &press->first;
    press->count--;
    print->status = status;
    print->is_done = true;
    (void)pthread_cond_broadcast(&press->has_done);
}

static void *run_press(void *argument)
{
    struct press *press = argument;
    (void)pthread_mutex_lock(&press->mutex);
    while (!press->is_closing) {
        if (press->first != NULL)
            print_first(press);
        else
            (void)pthread_cond_wait(&press->has_work, &press->mutex);
    }
    (void)pthread_mutex_unlock(&press->mutex);
    return NULL;
}

/* ---- on the threads that wait ---- */

static bool begin_thread(struct press *press)
{
    pthread_attr_t attributes;
    if (press->has_thread)
        return true;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    press->has_thread =
        pthread_attr_setstacksize(&attributes, PRESS_STACK_BYTES) == 0 &&
        pthread_create(&press->thread, &attributes, run_press, press) == 0;
    (void)pthread_attr_destroy(&attributes);
    return press->has_thread;
}

enum status press_run(struct press *press, press_work_fn run, void *work)
{
    struct print print = {.run = run, .work = work, .status = STATUS_BUSY};
    (void)pthread_mutex_lock(&press->mutex);
    if (press->count <= PRESS_QUEUE_MAX && begin_thread(press)) {
        *press->last = &print;
        /* cppcheck-suppress autoVariables ; it is out of the queue before this returns */
        press->last = &print.next;
        press->count++;
        (void)pthread_cond_signal(&press->has_work);
        while (!print.is_done)
            (void)pthread_cond_wait(&press->has_done, &press->mutex);
    }
    (void)pthread_mutex_unlock(&press->mutex);
    return print.status;
}
