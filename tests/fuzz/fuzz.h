#pragma once
/* fuzz.h: what a target shares: its one function, which libFuzzer or replay.c calls with
   bytes nobody chose. A target fails by assert, which stays in every build. */
#include "kiosk/text.h"

#include <assert.h>

/* data is a block of exactly that size, so that the address sanitizer sees a step
   outside; NULL or not if size is 0. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct text fuzz_text(const uint8_t *data, size_t size)
{
    return (struct text){(const char *)data, size};
}

/* Takes the first byte off, to choose something with; 0 if there is none. */
static inline unsigned fuzz_take_byte(struct text *input)
{
    if (input->len == 0)
        return 0;
    unsigned byte = (unsigned char)input->ptr[0];
    *input = (struct text){input->ptr + 1, input->len - 1};
    return byte;
}

static inline struct arena *fuzz_arena(size_t capacity)
{
    struct arena *arena = arena_new(capacity);
    assert(arena != NULL);
    return arena;
}
