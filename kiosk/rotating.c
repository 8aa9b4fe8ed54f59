/* rotating.c: a Feistel permutation of the 55 bits of a code, in halves of 28 and 27
   bits, with rounds of BLAKE2b under the key. Four rounds of a good function make it look
   random to whoever has no key; ten leave room. */
#include "kiosk/rotating.h"

#include "kiosk/limits.h"

#include <sodium.h>
#include <string.h>

enum { HIGH_BITS = 28, LOW_BITS = 27, ROUNDS = 10, SLOT_BITS = 26, NUMBER_BITS = 8 };
_Static_assert(HIGH_BITS + LOW_BITS == CODE_RANDOM_BITS, "the bits of a code");

/* Whether a keyed hash is a round's or a proof's. */
enum purpose { PURPOSE_PROOF = ROUNDS };

static void keyed(const struct code_key *key, int purpose, uint64_t value,
    unsigned char out[crypto_generichash_BYTES_MIN])
{
    static const char label[] = "rotating code";
    unsigned char input[sizeof label + 1 + sizeof value];
    memcpy(input, label, sizeof label);
    input[sizeof label] = (unsigned char)purpose;
    for (unsigned i = 0; i < sizeof value; i++)
        input[sizeof label + 1 + i] = (unsigned char)(value >> (8 * i));
    (void)crypto_generichash(out, crypto_generichash_BYTES_MIN, input, sizeof input,
        key->bytes, sizeof key->bytes);
}

static uint32_t round_of(
    const struct code_key *key, int round, uint32_t half, unsigned bits)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    keyed(key, round, half, digest);
    uint32_t word = (uint32_t)digest[0] | (uint32_t)digest[1] << 8 |
                    (uint32_t)digest[2] << 16 | (uint32_t)digest[3] << 24;
    return word & ((UINT32_C(1) << bits) - 1);
}

/* Even rounds change the high half by the low one, odd rounds the other way round. */
static void run_round(
    const struct code_key *key, int round, uint32_t *high, uint32_t *low)
{
    if (round % 2 == 0)
        *high ^= round_of(key, round, *low, HIGH_BITS);
    else
        *low ^= round_of(key, round, *high, LOW_BITS);
}

static uint64_t encipher(const struct code_key *key, uint64_t plain)
{
    uint32_t high = (uint32_t)(plain >> LOW_BITS);
    uint32_t low = (uint32_t)plain & ((UINT32_C(1) << LOW_BITS) - 1);
    for (int round = 0; round < ROUNDS; round++)
        run_round(key, round, &high, &low);
    return (uint64_t)high << LOW_BITS | low;
}

static uint64_t decipher(const struct code_key *key, uint64_t sealed)
{
    uint32_t high = (uint32_t)(sealed >> LOW_BITS);
    uint32_t low = (uint32_t)sealed & ((UINT32_C(1) << LOW_BITS) - 1);
    for (int round = ROUNDS - 1; round >= 0; round--)
        run_round(key, round, &high, &low);
    return (uint64_t)high << LOW_BITS | low;
}

uint32_t rotating_slot(int64_t seconds)
{
    int64_t slot = seconds / ROTATING_SECONDS;
    if (slot < 0)
        return 0;
    return slot > ROTATING_SLOT_MAX ? ROTATING_SLOT_MAX : (uint32_t)slot;
}

struct code rotating_code(const struct code_key *key, const struct turn *turn)
{
    uint64_t plain = (uint64_t)turn->screen << (SLOT_BITS + NUMBER_BITS) |
                     (uint64_t)turn->slot << NUMBER_BITS | turn->number;
    return code_of_bits(encipher(key, plain));
}

bool rotating_turn(const struct code_key *key, const struct code *code, struct turn *out)
{
    uint64_t plain = decipher(key, code_bits(code));
    struct turn turn = {
        .screen = (uint32_t)(plain >> (SLOT_BITS + NUMBER_BITS)),
        .slot = (uint32_t)(plain >> NUMBER_BITS) & ROTATING_SLOT_MAX,
        .number = (uint32_t)plain & (ROTATING_NUMBERS - 1),
    };
    if (turn.screen == 0 || turn.screen > ROTATING_SCREEN_MAX)
        return false;
    *out = turn;
    return true;
}

struct rotating_proof rotating_proof(const struct code_key *key, const struct code *code)
{
    struct rotating_proof proof;
    unsigned char digest[crypto_generichash_BYTES_MIN];
    keyed(key, PURPOSE_PROOF, code_bits(code), digest);
    (void)sodium_bin2hex(
        proof.letters, sizeof proof.letters, digest, ROTATING_PROOF_BYTES);
    return proof;
}

bool rotating_proof_holds(
    const struct code_key *key, const struct code *code, struct text given)
{
    struct rotating_proof proof = rotating_proof(key, code);
    return given.len == sizeof proof.letters - 1 &&
           sodium_memcmp(given.ptr, proof.letters, given.len) == 0;
}
