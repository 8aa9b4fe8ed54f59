/* intake.c: a bounded queue, one writer thread, one commit for all that has queued.

   A waiter is in the queue, then with the writer, then with the teller (teller.h). */
#include "db/intake.h"

#include "db/batch.h"
#include "db/checkpoint.h"
#include "db/teller.h"
#include "db/thread.h"
#include "kiosk/limits.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum {
    LOG_BYTES_MAX = 64 << 20,
    SLOW_COMMIT_US = 500,
    HANDFUL = 8,
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
    size_t handful;   /* of a crowd: the writer is not woken for each */
    struct batch *batch;
    struct arrivals *arrivals; /* NULL: on a server */
    struct batch_item **items; /* those at hand, … */
    size_t count;
    struct waiter *taken; /* … and who waits for them, a list */
    struct waiter **taken_end;
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

/* What has queued joins those at hand. False: nobody, or more than there may be. */
static bool take_all(struct intake *intake)
{
    (void)pthread_mutex_lock(&intake->mutex);
    bool takes = intake->head != NULL &&
                 intake->waiting <= intake->options.queue_max - intake->count;
    if (takes) {
        *intake->taken_end = intake->head;
        for (struct waiter *waiter = intake->head; waiter != NULL; waiter = waiter->next)
            intake->items[intake->count++] = &waiter->item;
        intake->taken_end = &intake->tail->next;
        intake->head = NULL;
        intake->tail = NULL;
        intake->waiting = 0;
    }
    (void)pthread_mutex_unlock(&intake->mutex);
    return takes;
}

static void take_first(struct intake *intake)
{
    intake->count = 0;
    intake->taken = NULL;
    intake->taken_end = &intake->taken;
    (void)take_all(intake);
}

/* Until a handful of those whom the batch still waits for came, or all, or it is so late.
   False: no more are to be waited for. */
static bool wait_for_crowd(struct intake *intake, int64_t end_us)
{
    struct timespec end = {
        .tv_sec = end_us / 1000000, .tv_nsec = end_us % 1000000 * 1000};
    if (intake->count >= intake->crowd)
        return false;
    size_t missing = intake->crowd - intake->count;
    (void)pthread_mutex_lock(&intake->mutex);
    intake->wanted = missing < intake->handful ? missing : intake->handful;
    int error = 0;
    while (!intake->is_closing && intake->waiting < intake->wanted && error == 0)
        error = pthread_cond_timedwait(&intake->changed, &intake->mutex, &end);
    intake->wanted = 1;
    (void)pthread_mutex_unlock(&intake->mutex);
    return true;
}

/* ---- writing ---- */

static enum status answer(
    struct intake *intake, struct batch_item **items, size_t count, enum status rc)
{
    if (rc == STATUS_CLOSED)
        rc = STATUS_BUSY;
    if (rc == STATUS_OK)
        atomic_fetch_add(&intake->commits, 1);
    for (size_t i = 0; i < count; i++)
        items[i]->status = rc;
    return rc;
}

static enum status begin(struct intake *intake, struct sql **out)
{
    int64_t node = 0;
    if (store_begin_intake(intake->store, out, &node) != STATUS_OK)
        return STATUS_BUSY;
    enum status rc = batch_begin(intake->batch, *out, node);
    if (rc == STATUS_OK)
        return rc;
    enum status taken_back = store_end(intake->store, *out, rc);
    (void)taken_back; /* what it says was said */
    *out = NULL;
    return STATUS_BUSY;
}

static enum status end(struct intake *intake, struct sql *sql, enum status so_far)
{
    int64_t start_us = now_us();
    enum status rc = store_end(intake->store, sql, so_far);
    if (rc == STATUS_OK)
        batch_committed(intake->batch);
    int64_t took_us = now_us() - start_us;
    intake->usual_us = took_us < intake->commit_us ? took_us : intake->commit_us;
    intake->commit_us = took_us;
    return rc;
}

/* In a transaction of their own, and in another one where nodes of one database were in
   each other's way. */
static enum status write_items(
    struct intake *intake, struct batch_item **items, size_t count)
{
    enum status rc = STATUS_CLOSED;
    for (int tries = 0; rc == STATUS_CLOSED && tries < TRIES_MAX; tries++) {
        struct sql *sql = NULL;
        rc = begin(intake, &sql);
        if (rc == STATUS_OK)
            rc = batch_add(intake->batch, sql, items, count);
        if (rc == STATUS_OK)
            rc = batch_finish(intake->batch, sql);
        if (sql != NULL)
            rc = end(intake, sql, rc);
    }
    return answer(intake, items, count, rc);
}

/* One entry that can't be kept must not fail its neighbours: each in a transaction of its
   own, until the store itself gives up. */
static void write_singly(struct intake *intake)
{
    (void)answer(intake, intake->items, intake->count, STATUS_BUSY);
    for (size_t i = 0; i < intake->count; i++)
        if (write_items(intake, &intake->items[i], 1) == STATUS_BUSY)
            return;
}

/* Those who were taken, and who comes meanwhile.

   On a slow disk those who came while a commit was under way would make up one batch, and
   those who were in it the next: each waits for two. So the writer waits for all of them,
   no longer than half a commit takes, and writes down who has come already. On a fast
   disk that would gain nothing. */
static enum status write_arrivals(struct intake *intake, struct sql *sql)
{
    bool is_slow = intake->usual_us >= SLOW_COMMIT_US;
    int64_t end_us = is_slow ? now_us() + intake->usual_us / 2 : 0;
    enum status rc = STATUS_OK;
    size_t written = 0;
    do {
        rc = batch_add(
            intake->batch, sql, intake->items + written, intake->count - written);
        written = intake->count;
    } while (
        rc == STATUS_OK && is_slow && wait_for_crowd(intake, end_us) && take_all(intake));
    return rc == STATUS_OK ? batch_finish(intake->batch, sql) : rc;
}

/* The queue is taken once the transaction has begun: whoever came while another process
   wrote is in the same batch. */
static void write_queue(struct intake *intake)
{
    struct sql *sql = NULL;
    enum status rc = store_has_room(intake->store) ? begin(intake, &sql) : STATUS_BUSY;
    take_first(intake);
    if (rc == STATUS_OK)
        rc = end(intake, sql, write_arrivals(intake, sql));
    rc = rc == STATUS_CLOSED ? write_items(intake, intake->items, intake->count)
                             : answer(intake, intake->items, intake->count, rc);
    if (rc != STATUS_OK && rc != STATUS_BUSY && intake->count > 1)
        write_singly(intake);
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
    thread_give_way();
    while (wait_for_work(intake)) {
        thread_pass_on();
        write_queue(intake);
        intake->crowd = intake->count + intake->waiting;
        teller_tell(intake->teller, intake->taken, intake->count);
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
    arrivals_free(intake->arrivals);
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
    if (!store_is_cluster(intake->store)) {
        intake->arrivals = arrivals_new(intake->options.arrivals_max);
        if (intake->arrivals == NULL)
            return STATUS_NO_MEMORY;
        batch_let_lie(intake->batch, intake->arrivals);
    }
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
    intake->handful = options->queue_max < HANDFUL ? options->queue_max : HANDFUL;
    enum status rc = prepare(intake);
    if (rc == STATUS_OK)
        *out = intake;
    else
        free_intake(intake);
    return rc;
}

enum status intake_open(struct store *store, struct intake **out)
{
    static const struct intake_options options = {.queue_max = INTAKE_QUEUE_MAX,
        .log_bytes_max = LOG_BYTES_MAX,
        .arrivals_max = ARRIVALS_MAX};
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
    const struct seal_origin in_time = {.import = entry->import};
    seal_part_of(entry->submission, in_time, &waiter.part);
    waiter.item.part = &waiter.part;
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
