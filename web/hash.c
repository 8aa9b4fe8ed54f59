/* hash.c: libsodium's short hash. */
#include "web/hash.h"

#include <sodium.h>

_Static_assert(sizeof(struct hash_key) == crypto_shorthash_KEYBYTES &&
                   sizeof(uint64_t) == crypto_shorthash_BYTES,
    "as libsodium has it");

uint64_t hash_keyed(const struct hash_key *key, struct text text)
{
    uint64_t hash;
    (void)crypto_shorthash((unsigned char *)&hash,
        (const unsigned char *)(text.ptr == NULL ? "" : text.ptr), text.len, key->bytes);
    return hash;
}
