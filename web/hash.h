#pragma once
/* hash.h: hashes that nobody can foretell, for tables in memory, not for anything kept.
 */
#include "kiosk/text.h"

struct hash_key { /* filled by random_fill */
    unsigned char bytes[16];
};

/* 64 bits of SipHash. */
uint64_t hash_keyed(const struct hash_key *key, struct text text);
