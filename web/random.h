#pragma once
/* random.h: what the faces need of cryptography: unpredictable bytes, and hashes that
   nobody can foretell. */
#include "kiosk/text.h"

void random_fill(void *bytes, size_t size);

struct hash_key { /* filled by random_fill */
    unsigned char bytes[16];
};

/* 64 bits of SipHash: for tables in memory, not for anything kept. */
uint64_t hash_keyed(const struct hash_key *key, struct text text);
