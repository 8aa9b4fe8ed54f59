/* releases.c: at most one round of releases a minute. */
#include "web/releases.h"

#include "db/releases.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { REST_S = 60 };

struct releasing {
    pthread_mutex_t mutex; /* also: one round at a time */
    int64_t rests_until_s; /* on the monotonic clock */
};

enum status releasing_open(struct releasing **out)
{
    struct releasing *releasing = calloc(1, sizeof *releasing);
    if (releasing == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&releasing->mutex, NULL);
    *out = releasing;
    return STATUS_OK;
}

void releasing_close(struct releasing *releasing)
{
    if (releasing == NULL)
        return;
    (void)pthread_mutex_destroy(&releasing->mutex);
    free(releasing);
}

static int64_t now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static enum status make(const struct app *app, const struct plan *plan)
{
    size_t made = 0;
    enum status rc = releases_make(app->store, plan, clock_today(&app->clock), &made);
    if (made > 0)
        app->releasing->rests_until_s = now_s() + REST_S;
    return rc;
}

enum status releases_refresh(const struct app *app)
{
    const struct plan_version *version = plans_current(app->plans);
    enum status rc = STATUS_OK;
    if (version == NULL)
        return rc;
    (void)pthread_mutex_lock(&app->releasing->mutex);
    if (now_s() >= app->releasing->rests_until_s)
        rc = make(app, version->plan);
    (void)pthread_mutex_unlock(&app->releasing->mutex);
    return rc;
}
