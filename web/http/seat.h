#pragma once
/* seat.h: what a request needs while it is served, lent from a pool: its arena and the
   place for its answer's head. Made on demand, kept until the pool is freed, at most
   WORKER_THREADS; the seat used last is lent first, so that few become large. */
#include "kiosk/arena.h"
#include "kiosk/status.h"

#include <stdbool.h>
#include <time.h>

enum { SEAT_HEAD_BYTES = 4096, SEAT_DATE_BYTES = 30 };

struct seat {
    struct arena *arena;        /* of REQUEST_ARENA_BYTES, empty when lent */
    time_t second;              /* that date is for */
    char date[SEAT_DATE_BYTES]; /* "Sun, 06 Nov 1994 08:49:37 GMT" */
    char head[SEAT_HEAD_BYTES]; /* status line and headers */
    struct seat *next;
};

struct seat_pool;

/* NULL if the system has no memory. The caller frees with seat_pool_free. */
struct seat_pool *seat_pool_new(void);
/* All seats must have been given back. Accepts NULL. */
void seat_pool_free(struct seat_pool *pool);

/* NULL if all are lent or the system has no memory. Any thread. */
struct seat *seat_take(struct seat_pool *pool);
/* Empties the arena. */
void seat_give_back(struct seat_pool *pool, struct seat *seat);
