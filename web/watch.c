/* watch.c: a mutex around what the domain remembers. */
#include "web/watch.h"

#include "db/flag_hours.h"
#include "kiosk/stuffing.h"

#include <pthread.h>
#include <stdlib.h>

struct watch {
    pthread_mutex_t mutex;
    struct stuffing stuffing;
    struct stuffing_hours hours;
};

enum status watch_open(struct watch **out)
{
    struct watch *watch = calloc(1, sizeof *watch); /* untouched pages cost no memory */
    if (watch == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&watch->mutex, NULL);
    *out = watch;
    return STATUS_OK;
}

void watch_close(struct watch *watch)
{
    if (watch == NULL)
        return;
    (void)pthread_mutex_destroy(&watch->mutex);
    free(watch);
}

unsigned watch_judge(
    struct watch *watch, const struct plan *plan, const struct stuffing_answer *answer)
{
    (void)pthread_mutex_lock(&watch->mutex);
    unsigned flags = stuffing_judge(&watch->stuffing, plan, answer);
    (void)pthread_mutex_unlock(&watch->mutex);
    return flags;
}

void watch_tell(struct watch *watch, const struct plan *plan,
    const struct stuffing_answer *answer, bool was_stored)
{
    const struct submission *submission = answer->submission;
    if (was_stored && submission->flags == 0)
        return;
    (void)pthread_mutex_lock(&watch->mutex);
    if (was_stored)
        stuffing_hours_add(&watch->hours, plan->year, submission->centre,
            submission->flags, stuffing_hour_at(answer->now));
    else
        stuffing_take_back(&watch->stuffing, answer);
    (void)pthread_mutex_unlock(&watch->mutex);
}

static bool take_group(struct watch *watch, int64_t k, struct stuffing_group *out)
{
    (void)pthread_mutex_lock(&watch->mutex);
    bool is_taken = stuffing_hours_take(&watch->hours, k, out);
    (void)pthread_mutex_unlock(&watch->mutex);
    return is_taken;
}

static void put_back(struct watch *watch, const struct stuffing_group *group)
{
    (void)pthread_mutex_lock(&watch->mutex);
    stuffing_hours_put_back(&watch->hours, group);
    (void)pthread_mutex_unlock(&watch->mutex);
}

enum status watch_keep(struct watch *watch, struct store *store, const struct plan *plan)
{
    struct stuffing_group group;
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK && take_group(watch, plan->k, &group)) {
        rc = flag_hours_add(store, &group);
        if (rc != STATUS_OK)
            put_back(watch, &group);
    }
    return rc;
}
