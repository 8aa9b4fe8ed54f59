/* code.c: short codes: Crockford letters, the check letter in GF(32), keyed hashes
 * (BLAKE2b). */
#include "kiosk/code.h"

#include <sodium.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
    FIELD_SIZE = 32,
    FIELD_POLYNOMIAL = 0x25 /* x^5 + x^2 + 1, primitive over GF(2) */
};

/* Multiplication by the field's generator x. */
static unsigned times_x(unsigned element)
{
    unsigned shifted = element << 1;
    return (shifted & FIELD_SIZE) != 0 ? shifted ^ FIELD_POLYNOMIAL : shifted;
}

/* The sum of x^(11-i) · letter(i) over the first count letters of a code, by Horner's
   rule, as if the rest were 0. A whole code sums to 0. Twelve distinct weights below x's
   order of 31: one wrong letter changes the sum, and so does a swap of any two different
   letters, since (w_i - w_j)(a - b) ≠ 0. */
static unsigned weighted_sum(const unsigned char *values, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < CODE_LETTERS; i++)
        sum = times_x(sum) ^ (i < count ? values[i] : 0);
    return sum;
}

/* The value of a letter as people write and misread it, or -1. */
static int letter_value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const char *at = c == '\0' ? NULL : strchr(alphabet, c);
    return at == NULL ? -1 : (int)(at - alphabet);
}

static bool is_filler(char c)
{
    return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
}

/* What Chinese keyboards make of letters, blanks and dashes: U+FF01 to U+FF5E are ASCII
   in full width, and there are many dashes. Anything else is a '?', which no code has. */
static char narrow(uint32_t point)
{
    if (point >= 0xFF01 && point <= 0xFF5E)
        return (char)(point - 0xFF01 + '!');
    if (point == 0x3000 || point == 0xA0)
        return ' ';
    bool is_dash = (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
    return is_dash ? '-' : '?';
}

/* The character at *at, in ASCII; moves past it. Bytes that are no UTF-8 are '?'. */
static char next_character(struct text typed, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)typed.ptr + *at;
    size_t left = typed.len - *at;
    size_t len = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xE0 ? 3 : 2;
    *at += len < left ? len : left;
    if (len == 1)
        return (char)bytes[0];
    if (len > left || bytes[0] >= 0xF0)
        return '?';
    return narrow(
        len == 2 ? (bytes[0] & 31U) << 6 | (bytes[1] & 63U)
                 : (bytes[0] & 15U) << 12 | (bytes[1] & 63U) << 6 | (bytes[2] & 63U));
}

enum status code_parse(struct text typed, struct code *out)
{
    unsigned char values[CODE_LETTERS];
    size_t count = 0;
    for (size_t at = 0; at < typed.len;) {
        char c = next_character(typed, &at);
        if (is_filler(c))
            continue;
        int value = letter_value(c);
        if (value < 0 || count == CODE_LETTERS)
            return STATUS_INVALID;
        values[count++] = (unsigned char)value;
    }
    if (count != CODE_LETTERS || weighted_sum(values, CODE_LETTERS) != 0)
        return STATUS_INVALID;
    for (size_t i = 0; i < CODE_LETTERS; i++)
        out->letters[i] = alphabet[values[i]];
    out->letters[CODE_LETTERS] = '\0';
    return STATUS_OK;
}

struct code code_make(const unsigned char random[CODE_RANDOM_BYTES])
{
    uint64_t bits = 0; /* 56 random bits, of which eleven letters take 55 */
    for (size_t i = 0; i < CODE_RANDOM_BYTES; i++)
        bits = bits << 8 | random[i];
    return code_of_bits(bits);
}

struct code code_of_bits(uint64_t bits)
{
    unsigned char values[CODE_LETTERS];
    for (size_t i = 0; i < CODE_LETTERS - 1; i++) {
        values[i] = bits & (FIELD_SIZE - 1);
        bits >>= 5;
    }
    /* The last weight is 1: the check letter cancels the sum of the others. */
    values[CODE_LETTERS - 1] = (unsigned char)weighted_sum(values, CODE_LETTERS - 1);
    struct code code = {0};
    for (size_t i = 0; i < CODE_LETTERS; i++)
        code.letters[i] = alphabet[values[i]];
    return code;
}

uint64_t code_bits(const struct code *code)
{
    uint64_t bits = 0;
    for (size_t i = CODE_LETTERS - 1; i-- > 0;)
        bits = bits << 5 | (uint64_t)letter_value(code->letters[i]);
    return bits;
}

uint32_t code_prefix(const struct code *code)
{
    enum { GROUP = 4 };
    uint32_t prefix = 0;
    for (size_t i = 0; i < GROUP; i++)
        prefix = prefix << 5 | (uint32_t)letter_value(code->letters[i]);
    return prefix;
}

/* A length before each part keeps ("ab","c") and ("a","bc") apart. */
static void hash_part(crypto_generichash_state *state, struct text part)
{
    unsigned char length[4];
    for (unsigned i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)(part.len >> (8 * i));
    (void)crypto_generichash_update(state, length, sizeof length);
    if (part.len > 0)
        (void)crypto_generichash_update(state, (const unsigned char *)part.ptr, part.len);
}

/* A code of the digest of a label and what the code is for. */
static struct code derive(const struct code_key *key, struct text label,
    struct text programme, struct text centre, uint32_t counter)
{
    unsigned char number[4];
    for (unsigned i = 0; i < sizeof number; i++)
        number[i] = (unsigned char)(counter >> (8 * i));
    unsigned char digest[crypto_generichash_BYTES_MIN];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof digest);
    hash_part(&state, label);
    hash_part(&state, programme);
    hash_part(&state, centre);
    hash_part(&state, (struct text){(const char *)number, sizeof number});
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    return code_make(digest);
}

struct code code_open(const struct code_key *key, struct text programme,
    struct text centre, uint32_t counter)
{
    return derive(key, TEXT("open code"), programme, centre, counter);
}

struct code code_kiosk(const struct code_key *key, struct text programme,
    struct text centre, uint32_t counter)
{
    return derive(key, TEXT("kiosk code"), programme, centre, counter);
}

struct code_hash code_hash(const struct code_key *key, const struct code *code)
{
    struct code_hash hash;
    crypto_generichash_state state;
    (void)crypto_generichash_init(
        &state, key->bytes, sizeof key->bytes, sizeof hash.bytes);
    hash_part(&state, TEXT("code"));
    hash_part(&state, (struct text){code->letters, CODE_LETTERS});
    (void)crypto_generichash_final(&state, hash.bytes, sizeof hash.bytes);
    return hash;
}

void code_group(const struct code *code, char out[CODE_LETTERS + 3])
{
    size_t len = 0;
    for (size_t i = 0; i < CODE_LETTERS; i++) {
        if (i > 0 && i % 4 == 0)
            out[len++] = '-';
        out[len++] = code->letters[i];
    }
    out[len] = '\0';
}
