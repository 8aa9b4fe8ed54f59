/* intake.c: a bounded queue, one writer thread, one commit for all that has queued.

   A waiter lives on its thread's stack: it is in the queue, then with the writer, then
   woken; after its semaphore was posted nobody but its own thread may touch it. The
   writer wakes few itself: it ties the answered ones into chains, posts the heads, and
   each woken thread posts the next. Who watches instead of sleeping is told at once: its
   semaphore is posted without a call of the kernel, since nobody sleeps on it. */
#include "db/intake.h"

#include "db/batch.h"
#include "db/checkpoint.h"
#include "kiosk/limits.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum {
    WAKE_CHAINS = 4,
    LOG_BYTES_MAX = 64 << 20,
    SMALL_BACKLOG = 64,      /* the log is started anew when few wait … */
    LOG_PRESSING = 4,        /* … or when it is so many times over its limit */
    RESTART_PATIENCE_MS = 50 /* a long reader (verify, backup) must not stop the intake */
};

struct waiter {
    struct batch_item item;
    struct waiter *next; /* in the queue, then in the wake chain */
    sem_t wake;
};

struct intake {
    struct store *store;
    struct intake_options options;
    struct checkpointer *checkpointer;
    pthread_t thread;

    pthread_mutex_t mutex; /* over the four below */
    pthread_cond_t changed;
    struct waiter *head;
    struct waiter *tail;
    bool is_closing;
    atomic_size_t waiting; /* in the queue; read without the mutex by the metrics */

    atomic_llong commits;
    int64_t next_restart_ms; /* the writer thread's own, as are these: */
    struct batch *batch;
    struct batch_item **items;
    struct waiter **waiters;
};

/* ---- the queue ---- */

static enum status enqueue(struct intake *intake, struct waiter *waiter)
{
    enum status rc = STATUS_BUSY;
    (void)pthread_mutex_lock(&intake->mutex);
    if (!intake->is_closing && intake->waiting < intake->options.queue_max) {
        if (intake->head == NULL)
            intake->head = waiter;
        else
            intake->tail->next = waiter;
        intake->tail = waiter;
        intake->waiting++;
        rc = STATUS_OK;
        (void)pthread_cond_signal(&intake->changed);
    }
    (void)pthread_mutex_unlock(&intake->mutex);
    return rc;
}

/* False when the intake closes and nothing is left. */
static bool wait_for_work(struct intake *intake)
{
    (void)pthread_mutex_lock(&intake->mutex);
    while (intake->head == NULL && !intake->is_closing)
        (void)pthread_cond_wait(&intake->changed, &intake->mutex);
    bool has_work = intake->head != NULL;
    (void)pthread_mutex_unlock(&intake->mutex);
    return has_work;
}

/* The whole queue, into waiters and items. */
static size_t take_all(struct intake *intake)
{
    (void)pthread_mutex_lock(&intake->mutex);
    struct waiter *waiter = intake->head;
    intake->head = NULL;
    intake->tail = NULL;
    intake->waiting = 0;
    (void)pthread_mutex_unlock(&intake->mutex);
    size_t count = 0;
    for (; waiter != NULL; waiter = waiter->next) {
        intake->waiters[count] = waiter;
        intake->items[count++] = &waiter->item;
    }
    return count;
}

static void wake(struct waiter *waiter)
{
    (void)sem_post(&waiter->wake);
}

/* Tells those who watch; the others move to the front. How many they are. */
static size_t tell_watchers(struct waiter **waiters, size_t count)
{
    size_t sleeping = 0;
    for (size_t i = 0; i < count; i++) {
        struct waiter *waiter = waiters[i];
        const struct intake_watch *watch = waiter->item.entry->watch;
        if (watch == NULL) {
            waiters[sleeping++] = waiter;
            continue;
        }
        waiter->next = NULL;
        watch->answered(watch->context, waiter->item.status, waiter->item.outcome);
        wake(waiter);
    }
    return sleeping;
}

static void wake_all(struct intake *intake, size_t answered)
{
    struct waiter **waiters = intake->waiters;
    size_t count = tell_watchers(waiters, answered);
    for (size_t i = 0; i < count; i++)
        waiters[i]->next = i + WAKE_CHAINS < count ? waiters[i + WAKE_CHAINS] : NULL;
    for (size_t i = 0; i < WAKE_CHAINS && i < count; i++)
        wake(waiters[i]);
}

/* ---- writing ---- */

static void answer(struct batch_item **items, size_t count, enum status status)
{
    for (size_t i = 0; i < count; i++)
        items[i]->status = status;
}

/* Ends the transaction that was begun with that status. */
static enum status write_and_end(
    struct intake *intake, struct sql *sql, struct batch_item **items, size_t count)
{
    enum status rc =
        store_end(intake->store, sql, batch_write(intake->batch, sql, items, count));
    if (rc == STATUS_OK)
        atomic_fetch_add(&intake->commits, 1);
    answer(items, count, rc);
    return rc;
}

/* One entry that can't be kept must not fail its neighbours: each in a transaction of its
   own, until the store itself gives up. */
static void write_singly(struct intake *intake, size_t count)
{
    answer(intake->items, count, STATUS_BUSY);
    for (size_t i = 0; i < count; i++) {
        struct sql *sql = NULL;
        if (store_begin(intake->store, &sql) != STATUS_OK)
            return;
        if (write_and_end(intake, sql, &intake->items[i], 1) == STATUS_BUSY)
            return;
    }
}

/* The queue is taken once the transaction has begun: whoever came while another process
   wrote is in the same batch. */
static size_t write_queue(struct intake *intake)
{
    struct sql *sql = NULL;
    enum status rc = STATUS_BUSY;
    if (store_has_room(intake->store))
        rc = store_begin(intake->store, &sql);
    size_t count = take_all(intake);
    if (rc != STATUS_OK) {
        answer(intake->items, count, STATUS_BUSY);
        return count;
    }
    rc = write_and_end(intake, sql, intake->items, count);
    if (rc != STATUS_OK && rc != STATUS_BUSY && count > 1)
        write_singly(intake, count);
    return count;
}

/* ---- the log ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The checkpointer never catches up with a busy writer, and the log would grow for ever:
   between two batches the writer itself copies the rest and starts it anew. */
static void restart_log(struct intake *intake)
{
    enum { RETRY_MS = 1000 };
    int64_t bytes = store_log_bytes(intake->store);
    int64_t limit = intake->options.log_bytes_max;
    bool presses = bytes > limit * LOG_PRESSING;
    bool is_due = presses || (bytes > limit && intake->waiting < SMALL_BACKLOG);
    if (!is_due || now_ms() < intake->next_restart_ms ||
        !checkpointer_pause(intake->checkpointer, presses))
        return;
    if (store_restart_log(intake->store, RESTART_PATIENCE_MS) != STATUS_OK)
        intake->next_restart_ms = now_ms() + RETRY_MS;
    checkpointer_resume(intake->checkpointer);
}

static void *run(void *context)
{
    struct intake *intake = context;
    while (wait_for_work(intake)) {
        wake_all(intake, write_queue(intake));
        restart_log(intake);
    }
    return NULL;
}

/* ---- life ---- */

static void free_intake(struct intake *intake)
{
    checkpointer_close(intake->checkpointer);
    batch_free(intake->batch);
    free(intake->items);
    free(intake->waiters);
    (void)pthread_mutex_destroy(&intake->mutex);
    (void)pthread_cond_destroy(&intake->changed);
    free(intake);
}

static enum status prepare(struct intake *intake)
{
    size_t max = intake->options.queue_max;
    intake->batch = batch_new(max);
    intake->items = calloc(max, sizeof(struct batch_item *));
    intake->waiters = calloc(max, sizeof(struct waiter *));
    if (intake->batch == NULL || intake->items == NULL || intake->waiters == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = checkpointer_open(intake->store, &intake->checkpointer);
    if (rc != STATUS_OK)
        return rc;
    return pthread_create(&intake->thread, NULL, run, intake) == 0 ? STATUS_OK
                                                                   : STATUS_INTERNAL;
}

enum status intake_open_with(
    struct store *store, const struct intake_options *options, struct intake **out)
{
    struct intake *intake = calloc(1, sizeof *intake);
    if (intake == NULL)
        return STATUS_NO_MEMORY;
    intake->store = store;
    intake->options = *options;
    (void)pthread_mutex_init(&intake->mutex, NULL);
    (void)pthread_cond_init(&intake->changed, NULL);
    enum status rc = prepare(intake);
    if (rc == STATUS_OK)
        *out = intake;
    else
        free_intake(intake);
    return rc;
}

enum status intake_open(struct store *store, struct intake **out)
{
    static const struct intake_options options = {
        .queue_max = INTAKE_QUEUE_MAX, .log_bytes_max = LOG_BYTES_MAX};
    return intake_open_with(store, &options, out);
}

void intake_close(struct intake *intake)
{
    if (intake == NULL)
        return;
    (void)pthread_mutex_lock(&intake->mutex);
    intake->is_closing = true;
    (void)pthread_cond_signal(&intake->changed);
    (void)pthread_mutex_unlock(&intake->mutex);
    (void)pthread_join(intake->thread, NULL);
    free_intake(intake);
}

enum status intake_submit(
    struct intake *intake, const struct intake_entry *entry, enum intake_outcome *out)
{
    struct waiter waiter = {.item = {.entry = entry, .status = STATUS_INTERNAL}};
    if (sem_init(&waiter.wake, 0, 0) != 0)
        return STATUS_INTERNAL;
    enum status rc = enqueue(intake, &waiter);
    if (rc == STATUS_OK) {
        if (entry->watch != NULL)
            entry->watch->wait(entry->watch->context);
        while (sem_wait(&waiter.wake) != 0 && errno == EINTR)
            continue;
        if (waiter.next != NULL)
            wake(waiter.next);
        rc = waiter.item.status;
        if (rc == STATUS_OK)
            *out = waiter.item.outcome;
    }
    (void)sem_destroy(&waiter.wake);
    return rc;
}

size_t intake_waiting(const struct intake *intake)
{
    return atomic_load(&intake->waiting);
}

int64_t intake_commits(const struct intake *intake)
{
    return atomic_load(&intake->commits);
}
