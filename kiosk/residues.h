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

/* a + b, and −a. */
uint32_t residue_sum(uint32_t a, uint32_t b);
uint32_t residue_negative(uint32_t a);

uint32_t *residues_row(const struct residues *system, size_t row);

/* Brings the first so many columns to the form in which each row leads with a 1 that is
   alone in its column; the other columns follow. Returns how many rows lead. */
size_t residues_eliminate(const struct residues *system, size_t columns);
