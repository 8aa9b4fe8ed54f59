/* shown.c: a second and a keyed digest of it and of the submission's id. */
#include "kiosk/shown.h"

#include <sodium.h>
#include <string.h>

enum { SECOND_BYTES = 4, PROOF_BYTES = 8, STAMP_BYTES = SECOND_BYTES + PROOF_BYTES };
_Static_assert((int)SHOWN_LETTERS == 2 * (int)STAMP_BYTES, "two digits a byte");

static void make_stamp(const struct code_key *key, const struct submission_id *id,
    uint32_t second, unsigned char out[STAMP_BYTES])
{
    static const char purpose[] = "shown"; /* codes are hashed under the same key */
    unsigned char input[sizeof purpose + SUBMISSION_ID_BYTES + SECOND_BYTES];
    unsigned char proof[crypto_generichash_BYTES_MIN];
    for (unsigned i = 0; i < SECOND_BYTES; i++)
        out[i] = (unsigned char)(second >> (8 * (SECOND_BYTES - 1 - i)));
    memcpy(input, purpose, sizeof purpose);
    memcpy(input + sizeof purpose, id->bytes, SUBMISSION_ID_BYTES);
    memcpy(input + sizeof purpose + SUBMISSION_ID_BYTES, out, SECOND_BYTES);
    (void)crypto_generichash(
        proof, sizeof proof, input, sizeof input, key->bytes, sizeof key->bytes);
    memcpy(out + SECOND_BYTES, proof, PROOF_BYTES);
}

void shown_format(const struct code_key *key, const struct submission_id *id,
    int64_t second, char out[SHOWN_LETTERS + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char stamp[STAMP_BYTES];
    make_stamp(key, id, (uint32_t)second, stamp);
    for (size_t i = 0; i < STAMP_BYTES; i++) {
        out[2 * i] = digits[stamp[i] >> 4];
        out[2 * i + 1] = digits[stamp[i] & 15];
    }
    out[SHOWN_LETTERS] = '\0';
}

bool shown_parse(const struct code_key *key, const struct submission_id *id,
    struct text stamp, int64_t *second)
{
    unsigned char given[STAMP_BYTES] = {0};
    unsigned char right[STAMP_BYTES];
    uint32_t number = 0;
    if (stamp.len != SHOWN_LETTERS)
        return false;
    for (size_t i = 0; i < SHOWN_LETTERS; i++) {
        int digit = text_hex_digit(stamp.ptr[i]);
        if (digit < 0)
            return false;
        given[i / 2] = (unsigned char)(given[i / 2] << 4 | digit);
    }
    for (size_t i = 0; i < SECOND_BYTES; i++)
        number = number << 8 | given[i];
    make_stamp(key, id, number, right);
    if (sodium_memcmp(given, right, sizeof right) != 0)
        return false;
    *second = number;
    return true;
}
