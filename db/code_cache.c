/* code_cache.c: a table with a place for some codes each. Only codes that are there are
   kept, and nobody can choose those, so none pushes another out on purpose. */
#include "db/code_cache.h"

#include "kiosk/limits.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 256 };

struct place {
    struct code code;
    struct code_grant grant; /* without texts; they are … */
    char programme[ID_BYTES_MAX];
    char centre[ID_BYTES_MAX];
    size_t programme_len;
    size_t centre_len;
    int64_t until_ms; /* 0: empty */
};

struct code_cache {
    pthread_mutex_t mutex;
    struct place places[PLACES];
};

struct code_cache *code_cache_new(void)
{
    struct code_cache *cache = calloc(1, sizeof *cache);
    if (cache != NULL)
        (void)pthread_mutex_init(&cache->mutex, NULL);
    return cache;
}

void code_cache_free(struct code_cache *cache)
{
    if (cache == NULL)
        return;
    (void)pthread_mutex_destroy(&cache->mutex);
    free(cache);
}

static struct place *place_of(struct code_cache *cache, const struct code *code)
{
    unsigned sum = 0;
    for (size_t i = 0; i < CODE_LETTERS; i++)
        sum = sum * 31 + (unsigned char)code->letters[i];
    return &cache->places[sum % PLACES];
}

static enum status copy_out(
    const struct place *place, struct arena *arena, struct code_grant *out)
{
    struct code_grant grant = place->grant;
    grant.programme =
        text_copy(arena, (struct text){place->programme, place->programme_len});
    grant.centre = text_copy(arena, (struct text){place->centre, place->centre_len});
    if (grant.programme.ptr == NULL || grant.centre.ptr == NULL)
        return STATUS_NO_MEMORY;
    *out = grant;
    return STATUS_OK;
}

enum status code_cache_find(struct code_cache *cache, const struct code *code,
    int64_t now_ms, struct arena *arena, struct code_grant *out)
{
    enum status rc = STATUS_NOT_FOUND;
    const struct place *place = place_of(cache, code);
    (void)pthread_mutex_lock(&cache->mutex);
    if (now_ms < place->until_ms &&
        memcmp(place->code.letters, code->letters, CODE_LETTERS) == 0)
        rc = copy_out(place, arena, out);
    (void)pthread_mutex_unlock(&cache->mutex);
    return rc;
}

void code_cache_add(struct code_cache *cache, const struct code *code,
    const struct code_grant *grant, int64_t now_ms)
{
    if (!grant->is_open)
        return;
    assert(grant->programme.len <= ID_BYTES_MAX && grant->centre.len <= ID_BYTES_MAX);
    struct place *place = place_of(cache, code);
    (void)pthread_mutex_lock(&cache->mutex);
    place->code = *code;
    place->grant = *grant;
    place->grant.programme = (struct text){0};
    place->grant.centre = (struct text){0};
    place->grant.wave = (struct text){"", 0}; /* an open code's is empty */
    place->programme_len = grant->programme.len;
    place->centre_len = grant->centre.len;
    memcpy(place->programme, grant->programme.ptr, grant->programme.len);
    memcpy(place->centre, grant->centre.ptr, grant->centre.len);
    place->until_ms = now_ms + OPEN_CODE_MS;
    (void)pthread_mutex_unlock(&cache->mutex);
}

void code_cache_remove(struct code_cache *cache, const struct code_hash *hash)
{
    (void)pthread_mutex_lock(&cache->mutex);
    for (size_t i = 0; i < PLACES; i++) {
        struct place *place = &cache->places[i];
        if (memcmp(place->grant.hash.bytes, hash->bytes, sizeof hash->bytes) == 0)
            place->until_ms = 0;
    }
    (void)pthread_mutex_unlock(&cache->mutex);
}
