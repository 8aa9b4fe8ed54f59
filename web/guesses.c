/* guesses.c: a counter for each first group, one account for all, and the codes found
   lately. */
#include "web/guesses.h"

#include "kiosk/limits.h"
#include "web/hash.h"
#include "web/random.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    FOUND_KEPT = 65536, /* a place each by hash; a clash costs only its privilege */
    COUNT_BITS = 3,     /* of a counter: up to GUESSES_PREFIX_MAX */
    COUNT_MASK = (1 << COUNT_BITS) - 1
};
_Static_assert((int)GUESSES_PREFIX_MAX <= (int)COUNT_MASK, "fits in its bits");

/* What one wrong code costs, in milliseconds of the account. */
enum { COST_MS = 1000 / GUESSES_SECOND_MAX };

struct guesses {
    pthread_mutex_t mutex;
    struct hash_key key;
    int64_t begun_ms;
    int64_t paid_until_ms;      /* the account: how far in the future it is used up */
    uint64_t found[FOUND_KEPT]; /* hashes; 0: none */
    uint32_t prefixes[CODE_PREFIXES]; /* the second of the first wrong one, and a count;
                                         untouched pages cost no memory */
};

enum status guesses_open(struct guesses **out)
{
    struct guesses *guesses = calloc(1, sizeof *guesses);
    if (guesses == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&guesses->mutex, NULL);
    random_fill(&guesses->key, sizeof guesses->key);
    guesses->begun_ms = INT64_MIN;
    *out = guesses;
    return STATUS_OK;
}

void guesses_close(struct guesses *guesses)
{
    if (guesses == NULL)
        return;
    (void)pthread_mutex_destroy(&guesses->mutex);
    free(guesses);
}

static uint64_t hash_of(const struct guesses *guesses, const struct code *code)
{
    uint64_t hash = hash_keyed(&guesses->key, (struct text){code->letters, CODE_LETTERS});
    return hash == 0 ? 1 : hash;
}

/* Seconds since the first question; a counter's bits hold a decade and a half of them. */
static uint32_t second_of(struct guesses *guesses, int64_t now_ms)
{
    if (guesses->begun_ms == INT64_MIN)
        guesses->begun_ms = now_ms;
    return (uint32_t)((now_ms - guesses->begun_ms) / 1000);
}

/* The wrong ones of a first group in its running minute, 0 when that is over. */
static uint32_t count_of(uint32_t counter, uint32_t second)
{
    uint32_t begun = counter >> COUNT_BITS;
    return second - begun < GUESSES_PREFIX_SECONDS ? counter & COUNT_MASK : 0;
}

bool guesses_may(struct guesses *guesses, const struct code *code, int64_t now_ms)
{
    uint64_t hash = hash_of(guesses, code);
    (void)pthread_mutex_lock(&guesses->mutex);
    uint32_t second = second_of(guesses, now_ms);
    bool was_found = guesses->found[hash % FOUND_KEPT] == hash;
    bool is_prefix_quiet =
        count_of(guesses->prefixes[code_prefix(code)], second) < GUESSES_PREFIX_MAX;
    bool is_quiet =
        guesses->paid_until_ms - now_ms < (int64_t)GUESSES_BURST_MAX * COST_MS;
    (void)pthread_mutex_unlock(&guesses->mutex);
    return was_found || (is_prefix_quiet && is_quiet);
}

static void count_wrong(struct guesses *guesses, const struct code *code, int64_t now_ms)
{
    uint32_t second = second_of(guesses, now_ms);
    uint32_t *counter = &guesses->prefixes[code_prefix(code)];
    uint32_t count = count_of(*counter, second);
    uint32_t begun = count == 0 ? second : *counter >> COUNT_BITS;
    if (count < GUESSES_PREFIX_MAX)
        *counter = begun << COUNT_BITS | (count + 1);
    if (guesses->paid_until_ms < now_ms)
        guesses->paid_until_ms = now_ms;
    guesses->paid_until_ms += COST_MS;
}

void guesses_tell(
    struct guesses *guesses, const struct code *code, bool was_found, int64_t now_ms)
{
    uint64_t hash = hash_of(guesses, code);
    (void)pthread_mutex_lock(&guesses->mutex);
    if (was_found)
        guesses->found[hash % FOUND_KEPT] = hash;
    else
        count_wrong(guesses, code, now_ms);
    (void)pthread_mutex_unlock(&guesses->mutex);
}
