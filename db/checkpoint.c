/* checkpoint.c: PASSIVE checkpoints, which wait for nobody and hold nobody up. */
#include "db/checkpoint.h"

#include "db/sql.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* At 1 s the log of a busy hour reached 300 MB; at 20 ms the disk has no rest. */
enum { PAUSE_MS = 100 };

struct checkpointer {
    struct store *store;
    struct sql *sql; /* its own connection; NULL while it can't be opened */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t closing;
    bool is_closing;
    int64_t seen_commits;
    pthread_mutex_t at_work; /* held during each checkpoint */
};

/* False once the checkpointer closes. */
static bool pause_between(struct checkpointer *checkpointer)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += PAUSE_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    (void)pthread_mutex_lock(&checkpointer->mutex);
    int error = 0;
    while (!checkpointer->is_closing && error == 0)
        error =
            pthread_cond_timedwait(&checkpointer->closing, &checkpointer->mutex, &until);
    bool goes_on = !checkpointer->is_closing;
    (void)pthread_mutex_unlock(&checkpointer->mutex);
    return goes_on;
}

static bool has_connection(struct checkpointer *checkpointer)
{
    if (checkpointer->sql != NULL && sql_is_broken(checkpointer->sql)) {
        sql_close(checkpointer->sql);
        checkpointer->sql = NULL;
    }
    if (checkpointer->sql == NULL && sql_open(store_database(checkpointer->store),
                                         SQL_WRITER, &checkpointer->sql) != STATUS_OK)
        checkpointer->sql = NULL;
    return checkpointer->sql != NULL;
}

static void copy_log(struct checkpointer *checkpointer)
{
    int64_t commits = store_commits(checkpointer->store);
    if (store_is_cluster(checkpointer->store))
        return; /* its log is the server's business */
    if (commits == checkpointer->seen_commits || !has_connection(checkpointer))
        return;
    (void)pthread_mutex_lock(&checkpointer->at_work);
    enum status rc = sql_checkpoint(checkpointer->sql, SQL_CHECKPOINT_PASSIVE, 0);
    (void)pthread_mutex_unlock(&checkpointer->at_work);
    if (rc == STATUS_OK)
        checkpointer->seen_commits = commits;
    /* Else another one is at it, or the disk fails: again after the pause. */
}

static void *run(void *context)
{
    struct checkpointer *checkpointer = context;
    while (pause_between(checkpointer))
        copy_log(checkpointer);
    return NULL;
}

static void init_locks(struct checkpointer *checkpointer)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&checkpointer->mutex, NULL);
    (void)pthread_mutex_init(&checkpointer->at_work, NULL);
    (void)pthread_cond_init(&checkpointer->closing, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

enum status checkpointer_open(struct store *store, struct checkpointer **out)
{
    struct checkpointer *checkpointer = calloc(1, sizeof *checkpointer);
    if (checkpointer == NULL)
        return STATUS_NO_MEMORY;
    checkpointer->store = store;
    init_locks(checkpointer);
    if (pthread_create(&checkpointer->thread, NULL, run, checkpointer) != 0) {
        free(checkpointer);
        return STATUS_INTERNAL;
    }
    *out = checkpointer;
    return STATUS_OK;
}

void checkpointer_close(struct checkpointer *checkpointer)
{
    if (checkpointer == NULL)
        return;
    (void)pthread_mutex_lock(&checkpointer->mutex);
    checkpointer->is_closing = true;
    (void)pthread_cond_signal(&checkpointer->closing);
    (void)pthread_mutex_unlock(&checkpointer->mutex);
    (void)pthread_join(checkpointer->thread, NULL);
    sql_close(checkpointer->sql);
    (void)pthread_mutex_destroy(&checkpointer->mutex);
    (void)pthread_mutex_destroy(&checkpointer->at_work);
    (void)pthread_cond_destroy(&checkpointer->closing);
    free(checkpointer);
}

bool checkpointer_pause(struct checkpointer *checkpointer, bool waits)
{
    return (waits ? pthread_mutex_lock(&checkpointer->at_work)
                  : pthread_mutex_trylock(&checkpointer->at_work)) == 0;
}

void checkpointer_resume(struct checkpointer *checkpointer)
{
    (void)pthread_mutex_unlock(&checkpointer->at_work);
}
