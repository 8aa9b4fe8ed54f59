/* tries.c: the last tries in a table. It holds more than can be made while they count
   (each costs a hash), so nobody can wash theirs away with tries of other names. */
#include "web/tries.h"

#include "kiosk/limits.h"
#include "web/hash.h"
#include "web/random.h"

#include <pthread.h>
#include <stdlib.h>

struct one_try {
    uint64_t name;
    minute_t minute;
    bool counts;
};

struct tries {
    pthread_mutex_t mutex;
    struct hash_key key;
    size_t
        next; /* where the search for room begins: of tries as old, each has its turn */
    struct one_try table[SIGNIN_TRIES_KEPT];
};

enum status tries_open(struct tries **out)
{
    struct tries *tries = calloc(1, sizeof *tries);
    if (tries == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&tries->mutex, NULL);
    random_fill(&tries->key, sizeof tries->key);
    *out = tries;
    return STATUS_OK;
}

void tries_close(struct tries *tries)
{
    if (tries == NULL)
        return;
    (void)pthread_mutex_destroy(&tries->mutex);
    free(tries);
}

static bool is_of(const struct one_try *one, uint64_t name)
{
    return one->counts && one->name == name;
}

/* What a look over the table finds. */
struct found {
    int count;            /* of the name, recent enough to count */
    minute_t oldest;      /* of those */
    struct one_try *room; /* one that counts no more, else the oldest of all */
};

static struct found look(struct tries *tries, uint64_t name, minute_t now)
{
    struct found found = {.oldest = now, .room = &tries->table[tries->next]};
    for (size_t i = 0; i < SIGNIN_TRIES_KEPT; i++) {
        struct one_try *one = &tries->table[(tries->next + i) % SIGNIN_TRIES_KEPT];
        if (one->counts && now - one->minute >= SIGNIN_TRIES_MINUTES)
            one->counts = false;
        if (found.room->counts && (!one->counts || one->minute < found.room->minute))
            found.room = one;
        if (!is_of(one, name))
            continue;
        found.count++;
        if (one->minute < found.oldest)
            found.oldest = one->minute;
    }
    return found;
}

int tries_begin(struct tries *tries, struct text folded, minute_t now)
{
    uint64_t name = hash_keyed(&tries->key, folded);
    int wait = 0;
    (void)pthread_mutex_lock(&tries->mutex);
    struct found found = look(tries, name, now);
    if (found.count >= SIGNIN_TRIES_MAX) {
        wait = (int)(found.oldest + SIGNIN_TRIES_MINUTES - now);
    } else {
        *found.room = (struct one_try){name, now, true};
        tries->next = ((size_t)(found.room - tries->table) + 1) % SIGNIN_TRIES_KEPT;
    }
    (void)pthread_mutex_unlock(&tries->mutex);
    return wait;
}

/* Lets at most so many tries of the name count no more, the newest first. */
static void drop(struct tries *tries, struct text folded, int most)
{
    uint64_t name = hash_keyed(&tries->key, folded);
    (void)pthread_mutex_lock(&tries->mutex);
    for (; most > 0; most--) {
        struct one_try *newest = NULL;
        for (size_t i = 0; i < SIGNIN_TRIES_KEPT; i++) {
            struct one_try *one = &tries->table[i];
            if (is_of(one, name) && (newest == NULL || one->minute > newest->minute))
                newest = one;
        }
        if (newest == NULL)
            break;
        newest->counts = false;
    }
    (void)pthread_mutex_unlock(&tries->mutex);
}

void tries_forget(struct tries *tries, struct text folded)
{
    drop(tries, folded, SIGNIN_TRIES_MAX);
}

void tries_take_back(struct tries *tries, struct text folded)
{
    drop(tries, folded, 1);
}
