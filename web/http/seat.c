/* seat.c: the pool of arenas. */
#include "web/http/seat.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdlib.h>

struct seat_pool {
    pthread_mutex_t lock;
    struct seat *free; /* the one used last first */
    int made;
};

struct seat_pool *seat_pool_new(void)
{
    struct seat_pool *pool = calloc(1, sizeof *pool);
    if (pool != NULL)
        pthread_mutex_init(&pool->lock, NULL); /* cannot fail on Linux */
    return pool;
}

static void seat_free(struct seat *seat)
{
    if (seat == NULL)
        return;
    arena_free(seat->arena);
    free(seat);
}

void seat_pool_free(struct seat_pool *pool)
{
    if (pool == NULL)
        return;
    while (pool->free != NULL) {
        struct seat *next = pool->free->next;
        seat_free(pool->free);
        pool->free = next;
    }
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

static struct seat *seat_new(void)
{
    struct seat *seat = calloc(1, sizeof *seat);
    if (seat == NULL)
        return NULL;
    seat->second = (time_t)-1;
    seat->arena = arena_new(REQUEST_ARENA_BYTES);
    if (seat->arena == NULL) {
        free(seat);
        return NULL;
    }
    return seat;
}

struct seat *seat_take(struct seat_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    struct seat *seat = pool->free;
    bool may_make = seat == NULL && pool->made < WORKER_THREADS;
    if (seat != NULL)
        pool->free = seat->next;
    if (may_make)
        pool->made++;
    pthread_mutex_unlock(&pool->lock);
    if (!may_make)
        return seat;

    seat = seat_new();
    if (seat == NULL) {
        pthread_mutex_lock(&pool->lock);
        pool->made--;
        pthread_mutex_unlock(&pool->lock);
    }
    return seat;
}

void seat_give_back(struct seat_pool *pool, struct seat *seat)
{
    arena_reset(seat->arena);
    pthread_mutex_lock(&pool->lock);
    seat->next = pool->free;
    pool->free = seat;
    pthread_mutex_unlock(&pool->lock);
}
