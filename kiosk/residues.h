#pragma once
/* residues.h: systems of linear equations over whole numbers, solved exactly: all
   reckoning is modulo a prime so large that small factors can't meet by chance. Pure;
   thread-safe. */
#include <stddef.h>
#include <stdint.h>

enum {
    RESIDUES_PRIME = 2147483647, /* a product of two residues fits into 64 bits */
    RESIDUES_MAX = 131072        /* cells of a system: half a megabyte, some 50 ms */
};

struct residues {
    uint32_t *cells; /* row by row; 0 to RESIDUES_PRIME − 1 */
    size_t rows;
    size_t columns;
};

/* Of a number under the prime squared: the prime is 2^31 − 1, so the digits above its own
   count as ones. */
static inline uint32_t residue_of(uint64_t number)
{
    uint32_t folded = (uint32_t)(number & RESIDUES_PRIME) + (uint32_t)(number >> 31);
    uint32_t less = folded - RESIDUES_PRIME; /* its top bit is set if that was too much */
    return less + (RESIDUES_PRIME & (0 - (less >> 31)));
}

/* a + b, and −a, and what a is to be multiplied by for 1 (a ≠ 0). */
uint32_t residue_sum(uint32_t a, uint32_t b);
uint32_t residue_negative(uint32_t a);
uint32_t residue_inverse(uint32_t a);

/* to + times × from, so many residues each; they do not overlap. */
void residues_add(
    uint32_t *restrict to, const uint32_t *restrict from, uint32_t times, size_t count);

uint32_t *residues_row(const struct residues *system, size_t row);

/* Brings the first so many columns to the form in which each row leads with a 1 that is
   alone in its column; the other columns follow. Returns how many rows lead. */
size_t residues_eliminate(const struct residues *system, size_t columns);
