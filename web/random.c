/* random.c: libsodium's generator, seeded by the kernel. */
#include "web/random.h"

#include <sodium.h>

void random_fill(void *bytes, size_t size)
{
    randombytes_buf(bytes, size);
}
