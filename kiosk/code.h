#pragma once
/* code.h: the short code, the right to answer. Twelve letters of Crockford's 32: eleven
   random (55 bits) and a check letter, a weighted sum in GF(32) that catches any one
   wrong letter and any two swapped ones. Printed in three groups of four, in addresses
   without dashes. The store keeps only keyed hashes. */
#include "kiosk/status.h"
#include "kiosk/text.h"

enum {
    CODE_LETTERS = 12,
    CODE_HASH_BYTES = 16,
    CODE_KEY_BYTES = 32,
    CODE_RANDOM_BYTES = 7,
    CODE_RANDOM_BITS = 55,  /* of which so many are used */
    CODE_PREFIXES = 1 << 20 /* four letters of five bits */
};

struct code {
    char letters[CODE_LETTERS + 1]; /* canonical: upper case, terminated */
};
struct code_hash {
    unsigned char bytes[CODE_HASH_BYTES];
};
struct code_key {
    unsigned char bytes[CODE_KEY_BYTES];
};

/* What a person typed or a scanner read: any case, also in full width, spaces and dashes
   of any kind ignored, O as 0, I and L as 1. INVALID: not twelve letters of the alphabet,
   or the check letter does not match. */
MUST_CHECK enum status code_parse(struct text typed, struct code *out);

/* A code of 55 of the given random bits. */
struct code code_make(const unsigned char random[CODE_RANDOM_BYTES]);

/* The same of a number below 2^55, and that number of a code. */
struct code code_of_bits(uint64_t bits);
uint64_t code_bits(const struct code *code);

/* The open code that a poster carries: derived from the key, so that it can be printed
   again; raising the counter makes another. */
struct code code_open(const struct code_key *key, struct text programme,
    struct text centre, uint32_t counter);

/* The same for the tablet of a centre: what comes through it is told apart. */
struct code code_kiosk(const struct code_key *key, struct text programme,
    struct text centre, uint32_t counter);

/* The first group as a number below CODE_PREFIXES: what tries are counted by. */
uint32_t code_prefix(const struct code *code);

/* What the store keeps: BLAKE2b-128 of the letters under the key. */
struct code_hash code_hash(const struct code_key *key, const struct code *code);

/* "ABCD-EFGH-JKMN", for print; the array is the caller's. */
void code_group(const struct code *code, char out[CODE_LETTERS + 3]);
