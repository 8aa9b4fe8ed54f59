/* random.c: libsodium's generator, seeded by the kernel, and its short hash. */
#include "web/random.h"

#include <sodium.h>

_Static_assert(sizeof(struct hash_key) == crypto_shorthash_KEYBYTES &&
                   sizeof(uint64_t) == crypto_shorthash_BYTES,
    "as libsodium has it");

void random_fill(void *bytes, size_t size)
{
    randombytes_buf(bytes, size);
}

uint64_t hash_keyed(const struct hash_key *key, struct text text)
{
    uint64_t hash;
    (void)crypto_shorthash((unsigned char *)&hash,
        (const unsigned char *)(text.ptr == NULL ? "" : text.ptr), text.len, key->bytes);
    return hash;
}
