/* arena.c: a bump allocator of fixed capacity; poisoned under AddressSanitizer where
 * free. */
#include "kiosk/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONED 1
#endif
#endif
#ifdef ARENA_POISONED
#include <sanitizer/asan_interface.h>
#define ARENA_GAP                                                                        \
    16 /* a poisoned gap after each piece shows overruns between neighbours */
#else
#define ASAN_POISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#define ARENA_GAP 0
#endif

#define ARENA_ALIGN _Alignof(max_align_t)

struct arena {
    unsigned char *base;
    size_t capacity;
    size_t used;
};

static size_t round_up(size_t size)
{
    return (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

struct arena *arena_new(size_t capacity)
{
    struct arena *arena = malloc(sizeof *arena);
    if (arena == NULL)
        return NULL;
    /* malloc, not calloc: large blocks come as untouched pages, and each piece is zeroed.
     */
    *arena = (struct arena){.base = malloc(capacity), .capacity = capacity};
    if (arena->base == NULL) {
        free(arena);
        return NULL;
    }
    ASAN_POISON_MEMORY_REGION(arena->base, capacity);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    ASAN_UNPOISON_MEMORY_REGION(arena->base, arena->capacity);
    free(arena->base);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    arena->used = 0;
    ASAN_POISON_MEMORY_REGION(arena->base, arena->capacity);
}

void *arena_take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ARENA_GAP - ARENA_ALIGN)
        return NULL;
    size_t need = round_up(size + ARENA_GAP);
    if (need > arena->capacity - arena->used)
        return NULL;
    void *piece = arena->base + arena->used;
    arena->used += need;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    memset(piece, 0, size);
    return piece;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return arena_take(arena, total);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (old == NULL)
        return arena_take(arena, new_size);
    size_t old_need = round_up(old_size + ARENA_GAP);
    bool is_last = (unsigned char *)old + old_need == arena->base + arena->used;
    if (!is_last) {
        void *copy = arena_take(arena, new_size);
        if (copy != NULL)
            memcpy(copy, old, old_size);
        return copy;
    }
    size_t before = arena->used - old_need;
    if (new_size > SIZE_MAX - ARENA_GAP - ARENA_ALIGN ||
        round_up(new_size + ARENA_GAP) > arena->capacity - before)
        return NULL;
    arena->used = before + round_up(new_size + ARENA_GAP);
    ASAN_UNPOISON_MEMORY_REGION(old, new_size);
    memset((unsigned char *)old + old_size, 0, new_size - old_size);
    return old;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
