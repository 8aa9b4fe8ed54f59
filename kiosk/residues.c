/* residues.c: Gauss and Jordan's elimination modulo a prime. */
#include "kiosk/residues.h"

uint32_t residue_sum(uint32_t a, uint32_t b)
{
    return residue_of((uint64_t)a + b);
}

uint32_t residue_negative(uint32_t a)
{
    return a == 0 ? 0 : RESIDUES_PRIME - a;
}

uint32_t *residues_row(const struct residues *system, size_t row)
{
    return system->cells + row * system->columns;
}

/* By Fermat's little theorem: to the power of the prime less two. */
uint32_t residue_inverse(uint32_t a)
{
    uint64_t result = 1, base = a;
    for (uint32_t exponent = RESIDUES_PRIME - 2; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0)
            result = residue_of(result * base);
        base = residue_of(base * base);
    }
    return (uint32_t)result;
}

void residues_add(
    uint32_t *restrict to, const uint32_t *restrict from, uint32_t times, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = residue_of(to[i] + (uint64_t)times * from[i]);
}

static void swap_rows(const struct residues *system, size_t a, size_t b)
{
    for (size_t i = 0; i < system->columns; i++) {
        uint32_t kept = residues_row(system, a)[i];
        residues_row(system, a)[i] = residues_row(system, b)[i];
        residues_row(system, b)[i] = kept;
    }
}

static void scale_row(const struct residues *system, size_t row, size_t pivot)
{
    uint32_t *cells = residues_row(system, row);
    uint64_t by = residue_inverse(cells[pivot]);
    for (size_t i = pivot; i < system->columns; i++)
        cells[i] = residue_of(cells[i] * by);
}

static void clear_column(const struct residues *system, size_t row, size_t pivot)
{
    const uint32_t *from = residues_row(system, row);
    for (size_t other = 0; other < system->rows; other++) {
        uint32_t *to = residues_row(system, other);
        uint32_t times = residue_negative(to[pivot]);
        if (other == row || times == 0)
            continue;
        residues_add(to + pivot, from + pivot, times, system->columns - pivot);
    }
}

size_t residues_eliminate(const struct residues *system, size_t columns)
{
    size_t done = 0;
    for (size_t pivot = 0; pivot < columns && done < system->rows; pivot++) {
        size_t row = done;
        while (row < system->rows && residues_row(system, row)[pivot] == 0)
            row++;
        if (row == system->rows)
            continue;
        swap_rows(system, done, row);
        scale_row(system, done, pivot);
        clear_column(system, done, pivot);
        done++;
    }
    return done;
}
