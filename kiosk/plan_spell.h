#pragma once
/* plan_spell.h: what was probably meant by a misspelt word: the known word that the
   fewest slips of a finger (a letter too many, missing, wrong, or two swapped) lead to.
 */
#include "kiosk/text.h"

struct spelling {
    struct text word;
    struct text best; /* empty while nothing is near enough */
    unsigned best_slips;
};

/* Words longer than 64 bytes get no suggestion. */
struct spelling spelling_of(struct text word);
/* Weighs one known word; of two that are as near the first one stays. */
void spelling_try(struct spelling *spelling, struct text known);

/* Slips between two words of at most 64 bytes; letters that differ in case only count
 * nothing. */
unsigned spelling_slips(struct text a, struct text b);
