/* teller.c: the teller wakes few itself: it ties those who sleep into chains, posts the
   heads, and each woken thread posts the next. Who watches instead of sleeping is told at
   once: its semaphore is posted without a call of the kernel, since nobody sleeps on it.
 */
#include "db/teller.h"

#include "db/intake.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    WAKE_CHAINS = 4,
    TOLD_AT_ONCE_MAX = 4 /* handing over costs a wake and a change of threads */
};

struct teller {
    pthread_t thread;
    pthread_mutex_t mutex; /* over those below */
    pthread_cond_t changed;
    struct waiter *head;
    struct waiter *tail;
    bool is_closing;
};

static void wake(struct waiter *waiter)
{
    (void)sem_post(&waiter->wake);
}

static void tell_watcher(struct waiter *waiter)
{
    const struct intake_watch *watch = waiter->item.entry->watch;
    watch->answered(watch->context, waiter->item.status, waiter->item.outcome);
    wake(waiter);
}

static void tell_all(struct waiter *first)
{
    struct waiter *heads[WAKE_CHAINS] = {NULL};
    struct waiter *tails[WAKE_CHAINS] = {NULL};
    size_t sleeping = 0;
    for (struct waiter *next, *waiter = first; waiter != NULL; waiter = next) {
        next = waiter->next;
        waiter->next = NULL;
        if (waiter->item.entry->watch != NULL) {
            tell_watcher(waiter);
            continue;
        }
        size_t chain = sleeping++ % WAKE_CHAINS;
        if (heads[chain] == NULL)
            heads[chain] = waiter;
        else
            tails[chain]->next = waiter;
        tails[chain] = waiter;
    }
    for (size_t i = 0; i < WAKE_CHAINS && heads[i] != NULL; i++)
        wake(heads[i]);
}

void teller_pass_on(struct waiter *waiter)
{
    if (waiter->next != NULL)
        wake(waiter->next);
}

static void hand_over(struct teller *teller, struct waiter *first)
{
    struct waiter *last = first;
    while (last->next != NULL)
        last = last->next;
    (void)pthread_mutex_lock(&teller->mutex);
    if (teller->head == NULL)
        teller->head = first;
    else
        teller->tail->next = first;
    teller->tail = last;
    (void)pthread_cond_signal(&teller->changed);
    (void)pthread_mutex_unlock(&teller->mutex);
}

void teller_tell(struct teller *teller, struct waiter *first, size_t count)
{
    if (count <= TOLD_AT_ONCE_MAX)
        tell_all(first);
    else
        hand_over(teller, first);
}

/* NULL when the teller closes and nobody is left. */
static struct waiter *take_all(struct teller *teller)
{
    (void)pthread_mutex_lock(&teller->mutex);
    while (teller->head == NULL && !teller->is_closing)
        (void)pthread_cond_wait(&teller->changed, &teller->mutex);
    struct waiter *first = teller->head;
    teller->head = NULL;
    (void)pthread_mutex_unlock(&teller->mutex);
    return first;
}

static void *run(void *context)
{
    for (struct waiter *first; (first = take_all(context)) != NULL;)
        tell_all(first);
    return NULL;
}

static void free_teller(struct teller *teller)
{
    (void)pthread_mutex_destroy(&teller->mutex);
    (void)pthread_cond_destroy(&teller->changed);
    free(teller);
}

enum status teller_open(struct teller **out)
{
    struct teller *teller = calloc(1, sizeof *teller);
    if (teller == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&teller->mutex, NULL);
    (void)pthread_cond_init(&teller->changed, NULL);
    if (pthread_create(&teller->thread, NULL, run, teller) != 0) {
        free_teller(teller);
        return STATUS_INTERNAL;
    }
    *out = teller;
    return STATUS_OK;
}

void teller_close(struct teller *teller)
{
    if (teller == NULL)
        return;
    (void)pthread_mutex_lock(&teller->mutex);
    teller->is_closing = true;
    (void)pthread_cond_signal(&teller->changed);
    (void)pthread_mutex_unlock(&teller->mutex);
    (void)pthread_join(teller->thread, NULL);
    free_teller(teller);
}
