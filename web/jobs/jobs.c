/* jobs.c: a thread that runs the rows of a table when they are due. */
#include "web/jobs/jobs.h"

#include "web/app.h"
#include "web/releases.h"

#include "db/log.h"
#include "db/mixing.h"
#include "db/seals.h"
#include "db/sessions.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, JOBS_MAX = 16 };

struct job {
    const char *name;
    int64_t every_ms;
    int64_t soon_ms; /* instead, after a failure, or while *more is there to do */
    bool is_alone;   /* of several servers of one store, one does it */
    enum status (*run)(struct jobs *jobs, bool *more);
};

struct jobs {
    struct app *app;
    struct mixing *mixing;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake; /* on the monotonic clock */
    bool is_closing;
    int64_t due_ms[JOBS_MAX]; /* of each row of the table */
    int failures[JOBS_MAX];   /* one after another */
};

static enum status take_in_new_plans(struct jobs *jobs, bool *more)
{
    *more = false;
    return plans_refresh(jobs->app->plans, jobs->app->store);
}

static enum status mix(struct jobs *jobs, bool *more)
{
    return mixing_step(jobs->mixing, clock_today(&jobs->app->clock), more);
}

static enum status seal_what_is_due(struct jobs *jobs, bool *more)
{
    size_t made;
    *more = false;
    return seals_make(
        jobs->app->store, jobs->app->plans, clock_today(&jobs->app->clock), &made);
}

static enum status release(struct jobs *jobs, bool *more)
{
    *more = false;
    return releases_refresh(jobs->app);
}

static enum status forget_what_is_over(struct jobs *jobs, bool *more)
{
    *more = false;
    return sessions_sweep(jobs->app->store, clock_minute());
}

/* By the k of the plan in force. */
static enum status keep_hours_of_flags(struct jobs *jobs, bool *more)
{
    const struct plan_version *version = plans_current(jobs->app->plans);
    *more = false;
    if (version == NULL)
        return STATUS_OK;
    return watch_keep(jobs->app->watch, jobs->app->store, version->plan);
}

static const struct job table[] = {
    {"plans", SECOND, SECOND, false, take_in_new_plans},
    {"mixing", 10 * MINUTE, 2 * SECOND, true, mix},
    {"flags", 10 * MINUTE, MINUTE, false, keep_hours_of_flags},
    {"releases", MINUTE, 10 * SECOND, true, release},
    {"seals", 60 * MINUTE, MINUTE, true, seal_what_is_due},
    {"sessions", 60 * MINUTE, MINUTE, true, forget_what_is_over},
};
enum { JOB_COUNT = sizeof table / sizeof *table };
_Static_assert(sizeof table / sizeof *table <= JOBS_MAX, "a row more needs room");

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Told at the fourth failure in a row (a lock or a checkpoint in the way passes sooner),
   at the eighth, the sixteenth …: some dozen lines a day. */
static void note_failure(struct jobs *jobs, size_t i)
{
    enum { FEW = 4 };
    int failures = ++jobs->failures[i];
    if (failures >= FEW && (failures & (failures - 1)) == 0)
        log_line(LOG_LEVEL_WARNING, "job.failed", text_of(table[i].name));
}

static void run_due(struct jobs *jobs)
{
    for (size_t i = 0; i < JOB_COUNT; i++) {
        bool more = false;
        if (now_ms() < jobs->due_ms[i])
            continue;
        bool is_ours = !table[i].is_alone || store_leads(jobs->app->store);
        enum status rc = is_ours ? table[i].run(jobs, &more) : STATUS_OK;
        bool is_soon = more || rc != STATUS_OK;
        jobs->due_ms[i] = now_ms() + (is_soon ? table[i].soon_ms : table[i].every_ms);
        if (rc == STATUS_OK)
            jobs->failures[i] = 0;
        else
            note_failure(jobs, i);
    }
}

static struct timespec next_due(const struct jobs *jobs)
{
    int64_t due = jobs->due_ms[0];
    for (size_t i = 1; i < JOB_COUNT; i++)
        due = jobs->due_ms[i] < due ? jobs->due_ms[i] : due;
    return (struct timespec){.tv_sec = due / 1000, .tv_nsec = due % 1000 * 1000000};
}

static void *work(void *argument)
{
    struct jobs *jobs = argument;
    (void)pthread_mutex_lock(&jobs->mutex);
    while (!jobs->is_closing) {
        struct timespec until = next_due(jobs);
        (void)pthread_cond_timedwait(&jobs->wake, &jobs->mutex, &until);
        if (jobs->is_closing)
            break;
        (void)pthread_mutex_unlock(&jobs->mutex);
        run_due(jobs);
        (void)pthread_mutex_lock(&jobs->mutex);
    }
    (void)pthread_mutex_unlock(&jobs->mutex);
    return NULL;
}

static void free_jobs(struct jobs *jobs)
{
    (void)pthread_cond_destroy(&jobs->wake);
    (void)pthread_mutex_destroy(&jobs->mutex);
    mixing_free(jobs->mixing);
    free(jobs);
}

static void init_locks(struct jobs *jobs)
{
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&jobs->wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&jobs->mutex, NULL);
}

static enum status start(struct jobs *jobs)
{
    jobs->mixing = mixing_new(jobs->app->store, jobs->app->plans);
    if (jobs->mixing == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < JOB_COUNT; i++)
        jobs->due_ms[i] = now_ms() + table[i].soon_ms;
    return pthread_create(&jobs->thread, NULL, work, jobs) == 0 ? STATUS_OK
                                                                : STATUS_INTERNAL;
}

enum status jobs_open(struct app *app, struct jobs **out)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (jobs == NULL)
        return STATUS_NO_MEMORY;
    jobs->app = app;
    init_locks(jobs);
    enum status rc = start(jobs);
    if (rc == STATUS_OK)
        *out = jobs;
    else
        free_jobs(jobs);
    return rc;
}

void jobs_close(struct jobs *jobs)
{
    if (jobs == NULL)
        return;
    (void)pthread_mutex_lock(&jobs->mutex);
    jobs->is_closing = true;
    (void)pthread_cond_signal(&jobs->wake);
    (void)pthread_mutex_unlock(&jobs->mutex);
    (void)pthread_join(jobs->thread, NULL);
    free_jobs(jobs);
}
