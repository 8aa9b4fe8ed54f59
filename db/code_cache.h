#pragma once
/* code_cache.h: open codes found lately. A hall's poster is asked for again and again,
   and what it opens hardly ever changes: within OPEN_CODE_MS it is answered from memory,
   so that no connection, no lock of the file, no page and no hash is needed. One-time
   codes are never kept: whether they are spent must be read, and their letters are
   nobody's business. Safe from any thread. */
#include "kiosk/admission.h"
#include "kiosk/status.h"

struct code_cache;

/* NULL without memory. The caller frees. */
struct code_cache *code_cache_new(void);
void code_cache_free(struct code_cache *cache); /* accepts NULL */

/* What the code opens, its texts in the arena. NOT_FOUND: not kept, or for too long.
   NO_MEMORY: the arena is full. now_ms: of any clock that does not jump. */
MUST_CHECK enum status code_cache_find(struct code_cache *cache, const struct code *code,
    int64_t now_ms, struct arena *arena, struct code_grant *out);
/* Keeps an open code, in the place of another if need be; leaves others alone. */
void code_cache_add(struct code_cache *cache, const struct code *code,
    const struct code_grant *grant, int64_t now_ms);
/* Forgets the code of that hash, if it is kept: it opens nothing any more. */
void code_cache_remove(struct code_cache *cache, const struct code_hash *hash);
