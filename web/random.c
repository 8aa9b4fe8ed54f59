/* random.c: libsodium's generator, seeded by the kernel, asked for many bytes at once: it
   asks the kernel each time whether the process was forked, which costs more than sixteen
   bytes do. */
#include "web/random.h"

#include <sodium.h>
#include <string.h>

enum { POOL_BYTES = 128 }; /* a thread each */

static _Thread_local struct {
    unsigned char bytes[POOL_BYTES];
    size_t left; /* at the beginning; what was given is wiped */
} pool;

void random_fill(void *bytes, size_t size)
{
    if (size > POOL_BYTES) {
        randombytes_buf(bytes, size);
        return;
    }
    if (pool.left < size) {
        randombytes_buf(pool.bytes, POOL_BYTES);
        pool.left = POOL_BYTES;
    }
    pool.left -= size;
    memcpy(bytes, pool.bytes + pool.left, size);
    sodium_memzero(pool.bytes + pool.left, size);
}
