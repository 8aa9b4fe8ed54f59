/* plan_spell.c: edit distance with swaps (optimal string alignment), scaled to length. */
#include "kiosk/plan_spell.h"

enum { WORD_MAX = 64 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Row i of the table: how many slips turn i letters of a into the first j of b. */
unsigned spelling_slips(struct text a, struct text b)
{
    unsigned rows[3][WORD_MAX + 1];
    for (unsigned j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            bool is_same = lower(a.ptr[i - 1]) == lower(b.ptr[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !is_same);
            bool is_swap = i > 1 && j > 1 && lower(a.ptr[i - 1]) == lower(b.ptr[j - 2]) &&
                           lower(a.ptr[i - 2]) == lower(b.ptr[j - 1]);
            if (is_swap)
                row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

/* Beyond that most words of that length would be "near". */
static unsigned slips_allowed(size_t len)
{
    if (len <= 2)
        return len == 2 ? 1 : 0;
    return len < 5 ? 1 : len < 9 ? 2 : 3;
}

struct spelling spelling_of(struct text word)
{
    return (struct spelling){.word = word, .best_slips = slips_allowed(word.len) + 1};
}

void spelling_try(struct spelling *spelling, struct text known)
{
    size_t len = spelling->word.len;
    if (len > WORD_MAX || known.len > WORD_MAX)
        return;
    size_t apart = len > known.len ? len - known.len : known.len - len;
    if (apart >= spelling->best_slips)
        return;
    unsigned slips = spelling_slips(spelling->word, known);
    if (slips < spelling->best_slips) {
        spelling->best_slips = slips;
        spelling->best = known;
    }
}
