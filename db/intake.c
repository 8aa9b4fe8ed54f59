/* intake.c: a bounded queue, one writer thread, one commit for all that has queued.

   A waiter is in the queue, then with the writer, then with the teller (teller.h). */
#include "db/intake.h"

#include "db/batch.h"
#include "db/checkpoint.h"
#include "db/teller.h"
#include "kiosk/limits.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum {
    LOG_BYTES_MAX = 64 << 20,
    SLOW_COMMIT_US = 500,
    TRIES_MAX = 5,           /* of a batch, when nodes get into each other's way */
    SMALL_BACKLOG = 64,      /* the log is started anew when few wait … */
    LOG_PRESSING = 4,        /* … or when it is so many times over its limit */
    RESTART_PATIENCE_MS = 50 /* a long reader (verify, backup) must not stop the intake */
};

struct intake {
    struct store *store;
    struct intake_options options;
    struct checkpointer *checkpointer;
    struct teller *teller;
    pthread_t thread;

    pthread_mutex_t mutex; /* over the five below */
    pthread_cond_t changed;
    size_t wanted; /* how many the writer waits for */
    struct waiter *head;
    struct waiter *tail;
    bool is_closing;
    atomic_size_t waiting; /* in the queue; read without the mutex by the metrics */

    atomic_llong commits;
    int64_t next_restart_us; /* the writer thread's own, as are these: */
    int64_t commit_us;       /* how long the last commit took */
    int64_t usual_us; /* … the shorter of the last two: one that stalled is no rule */
    size_t crowd;     /* who was in it, and who waited at its end */
    struct batch *batch;
    struct batch_item **items;
    struct waiter *taken; /* those whose items these are */
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
        if (intake->waiting >= intake->wanted)
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

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* On a slow disk those who came while a commit was under way would make up one batch, and
   those who were in it the next: each waits for two. So the writer waits for all of them,
   no longer than half a commit takes. On a fast disk that would gain nothing. */
static void wait_for_crowd(struct intake *intake)
{
    if (intake->usual_us < SLOW_COMMIT_US)
        return;
    int64_t end_us = now_us() + intake->usual_us / 2;
    struct timespec end = {
        .tv_sec = end_us / 1000000, .tv_nsec = end_us % 1000000 * 1000};
    (void)pthread_mutex_lock(&intake->mutex);
    intake->wanted = intake->crowd < intake->options.queue_max
                         ? intake->crowd
                         : intake->options.queue_max; /* nobody is refused for it */
    int error = 0;
    while (!intake->is_closing && intake->waiting < intake->wanted && error == 0)
        error = pthread_cond_timedwait(&intake->changed, &intake->mutex, &end);
    intake->wanted = 1;
    (void)pthread_mutex_unlock(&intake->mutex);
}

/* The whole queue. */
static size_t take_all(struct intake *intake)
{
    (void)pthread_mutex_lock(&intake->mutex);
    intake->taken = intake->head;
    intake->head = NULL;
    intake->tail = NULL;
    intake->waiting = 0;
    (void)pthread_mutex_unlock(&intake->mutex);
    size_t count = 0;
    for (struct waiter *waiter = intake->taken; waiter != NULL; waiter = waiter->next)
        intake->items[count++] = &waiter->item;
    return count;
}

/* ---- writing ---- */

static void answer(struct batch_item **items, size_t count, enum status status)
{
    for (size_t i = 0; i < count; i++)
        items[i]->status = status;
}

static enum status write_and_end(struct intake *intake, struct sql *sql, int64_t node,
    struct batch_item **items, size_t count)
{
    batch_be_node(intake->batch, node);
    enum status rc = batch_write(intake->batch, sql, items, count);
    int64_t start_us = now_us();
    rc = store_end(intake->store, sql, rc);
    int64_t took_us = now_us() - start_us;
    intake->usual_us = took_us < intake->commit_us ? took_us : intake->commit_us;
    intake->commit_us = took_us;
    return rc;
}

/* In a transaction that was begun; and in another one, where nodes of one database were
   in each other's way. */
static enum status write_items(struct intake *intake, struct sql *sql, int64_t node,
    struct batch_item **items, size_t count)
{
    enum status rc = write_and_end(intake, sql, node, items, count);
    for (int tries = 1; rc == STATUS_CLOSED && tries < TRIES_MAX; tries++) {
        rc = store_begin_intake(intake->store, &sql, &node);
        if (rc == STATUS_OK)
            rc = write_and_end(intake, sql, node, items, count);
    }
    if (rc == STATUS_CLOSED)
        rc = STATUS_BUSY;
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
        int64_t node = 0;
        if (store_begin_intake(intake->store, &sql, &node) != STATUS_OK)
            return;
        if (write_items(intake, sql, node, &intake->items[i], 1) == STATUS_BUSY)
            return;
    }
}

/* The queue is taken once the transaction has begun: whoever came while another process
   wrote is in the same batch. */
static size_t write_queue(struct intake *intake)
{
    struct sql *sql = NULL;
    int64_t node = 0;
    enum status rc = STATUS_BUSY;
    if (store_has_room(intake->store))
        rc = store_begin_intake(intake->store, &sql, &node);
    size_t count = take_all(intake);
    if (rc != STATUS_OK) {
        answer(intake->items, count, STATUS_BUSY);
        return count;
    }
    rc = write_items(intake, sql, node, intake->items, count);
    if (rc != STATUS_OK && rc != STATUS_BUSY && count > 1)
        write_singly(intake, count);
    return count;
}

/* ---- the log ---- */

/* The checkpointer never catches up with a busy writer, and the log would grow for ever:
   between two batches the writer itself copies the rest and starts it anew. */
static void restart_log(struct intake *intake)
{
    enum { RETRY_US = 1000000 };
    int64_t bytes = store_log_bytes(intake->store);
    int64_t limit = intake->options.log_bytes_max;
    bool presses = bytes > limit * LOG_PRESSING;
    bool is_due = presses || (bytes > limit && intake->waiting < SMALL_BACKLOG);
    if (!is_due || now_us() < intake->next_restart_us ||
        !checkpointer_pause(intake->checkpointer, presses))
        return;
    if (store_restart_log(intake->store, RESTART_PATIENCE_MS) != STATUS_OK)
        intake->next_restart_us = now_us() + RETRY_US;
    checkpointer_resume(intake->checkpointer);
}

static void *run(void *context)
{
    struct intake *intake = context;
    while (wait_for_work(intake)) {
        wait_for_crowd(intake);
        size_t count = write_queue(intake);
        intake->crowd = count + intake->waiting;
        teller_tell(intake->teller, intake->taken, count);
        restart_log(intake);
    }
    return NULL;
}

/* ---- life ---- */

static void free_intake(struct intake *intake)
{
    teller_close(intake->teller);
    checkpointer_close(intake->checkpointer);
    batch_free(intake->batch);
    free(intake->items);
    (void)pthread_mutex_destroy(&intake->mutex);
    (void)pthread_cond_destroy(&intake->changed);
    free(intake);
}

static enum status prepare(struct intake *intake)
{
    size_t max = intake->options.queue_max;
    intake->batch = batch_new(max);
    intake->items = calloc(max, sizeof(struct batch_item *));
    if (intake->batch == NULL || intake->items == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = checkpointer_open(intake->store, &intake->checkpointer);
    if (rc == STATUS_OK)
        rc = teller_open(&intake->teller);
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
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&intake->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    intake->wanted = 1;
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
        teller_pass_on(&waiter);
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
