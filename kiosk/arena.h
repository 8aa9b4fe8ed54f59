#pragma once
/* arena.h: memory of fixed capacity that dies all at once. One request, one command or
   one parsed plan owns one arena; nothing in it is freed by hand. Not thread-safe: one
   thread at a time. */
#include <stddef.h>

struct arena;

/* NULL if the system has no memory. The caller frees with arena_free. */
struct arena *arena_new(size_t capacity);
void arena_free(struct arena *arena); /* accepts NULL */

/* Forgets everything taken; pointers into the arena are dead afterwards. */
void arena_reset(struct arena *arena);

/* size bytes, zeroed, aligned for any type; NULL when full. Size 0 gives a valid pointer.
 */
void *arena_take(struct arena *arena, size_t size);

/* count × size bytes, zeroed; NULL when full or when the product overflows. */
void *arena_take_array(struct arena *arena, size_t count, size_t size);

/* Gives old (of old_size bytes, from this arena, or NULL) new_size ≥ old_size bytes: in
   place if it was taken last, else as a copy. New bytes are zeroed. NULL when full; old
   stays valid. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);

size_t arena_used(const struct arena *arena);
