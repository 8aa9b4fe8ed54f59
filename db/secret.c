/* secret.c: libsodium's random numbers and keyed hashes. */
#include "db/secret.h"

#include <sodium.h>

struct secret secret_make(void)
{
    struct secret secret;
    randombytes_buf(secret.bytes, sizeof secret.bytes);
    return secret;
}

bool secret_parse(struct text text, struct secret *out)
{
    struct secret secret = {{0}};
    if (!text_from_hex(text, secret.bytes, sizeof secret.bytes))
        return false;
    *out = secret;
    return true;
}

void secret_format(const struct secret *secret, char out[SECRET_LETTERS + 1])
{
    (void)sodium_bin2hex(out, SECRET_LETTERS + 1, secret->bytes, sizeof secret->bytes);
}

struct secret_hash secret_hash(
    const struct code_key *key, enum secret_purpose purpose, const struct secret *secret)
{
    static const char *const names[SECRET_PURPOSE_COUNT] = {
        [SECRET_INVITATION] = "invitation",
        [SECRET_SESSION] = "session",
        [SECRET_FORM] = "form",
    };
    struct secret_hash hash;
    crypto_generichash_state state;
    struct text name = text_of(names[purpose]);
    (void)crypto_generichash_init(
        &state, key->bytes, sizeof key->bytes, sizeof hash.bytes);
    (void)crypto_generichash_update(&state, secret->bytes, sizeof secret->bytes);
    (void)crypto_generichash_update(&state, (const unsigned char *)name.ptr, name.len);
    (void)crypto_generichash_final(&state, hash.bytes, sizeof hash.bytes);
    return hash;
}

bool secret_hash_equals(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
