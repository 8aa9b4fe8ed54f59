#pragma once
/* secret.h: what a bearer shows: 32 random bytes in a link or a cookie. The store keeps
   only keyed hashes of them, a different one for each purpose, so that what is read there
   opens nothing. */
#include "kiosk/code.h"
#include "kiosk/status.h"
#include "kiosk/text.h"

enum { SECRET_BYTES = 32, SECRET_LETTERS = 64, SECRET_HASH_BYTES = 32 };

struct secret {
    unsigned char bytes[SECRET_BYTES];
};
struct secret_hash {
    unsigned char bytes[SECRET_HASH_BYTES];
};

enum secret_purpose {
    SECRET_INVITATION, /* found in the store by this hash */
    SECRET_SESSION,    /* the same */
    SECRET_FORM,       /* never kept: forms of a session carry it, so that other sites
                          can't send one */
    SECRET_PURPOSE_COUNT
};

struct secret secret_make(void);
/* SECRET_LETTERS lower-case hexadecimal digits; false for anything else, out untouched.
 */
bool secret_parse(struct text text, struct secret *out);
void secret_format(const struct secret *secret, char out[SECRET_LETTERS + 1]);

/* BLAKE2b-256 under the store's key. */
struct secret_hash secret_hash(
    const struct code_key *key, enum secret_purpose purpose, const struct secret *secret);
/* In constant time. */
bool secret_hash_equals(const struct secret_hash *a, const struct secret_hash *b);
