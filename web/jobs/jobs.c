/* jobs.c: a thread that runs the rows of a table when they are due. */
#include "web/jobs/jobs.h"

#include "web/app.h"

#include "db/log.h"
#include "db/sessions.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

struct job {
    const char *name;
    int64_t every_ms;
    enum status (*run)(struct app *app);
};

static enum status take_in_new_plans(struct app *app)
{
    return plans_refresh(app->plans, app->store);
}

static enum status forget_what_is_over(struct app *app)
{
    return sessions_sweep(app->store, clock_minute());
}

static const struct job table[] = {
    {"plans", 1000, take_in_new_plans},
    {"sessions", 3600000, forget_what_is_over},
};
enum { JOB_COUNT = sizeof table / sizeof *table };

struct jobs {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake; /* on the monotonic clock */
    bool is_closing;
    int64_t due_ms[JOB_COUNT];
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void run_due(struct jobs *jobs)
{
    for (size_t i = 0; i < JOB_COUNT; i++) {
        if (now_ms() < jobs->due_ms[i])
            continue;
        if (table[i].run(jobs->app) != STATUS_OK)
            log_line(LOG_LEVEL_WARNING, "job.failed", text_of(table[i].name));
        jobs->due_ms[i] = now_ms() + table[i].every_ms;
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

enum status jobs_open(struct app *app, struct jobs **out)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (jobs == NULL)
        return STATUS_NO_MEMORY;
    jobs->app = app;
    for (size_t i = 0; i < JOB_COUNT; i++)
        jobs->due_ms[i] = now_ms() + table[i].every_ms;
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&jobs->wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&jobs->mutex, NULL);
    if (pthread_create(&jobs->thread, NULL, work, jobs) != 0) {
        (void)pthread_cond_destroy(&jobs->wake);
        (void)pthread_mutex_destroy(&jobs->mutex);
        free(jobs);
        return STATUS_INTERNAL;
    }
    *out = jobs;
    return STATUS_OK;
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
    (void)pthread_cond_destroy(&jobs->wake);
    (void)pthread_mutex_destroy(&jobs->mutex);
    free(jobs);
}
