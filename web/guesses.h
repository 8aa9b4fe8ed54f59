#pragma once
/* guesses.h: slows whoever guesses codes, and nobody else. After GUESSES_PREFIX_MAX wrong
 * codes with one first group, codes with that group wait a minute. After
 * GUESSES_BURST_MAX wrong codes of all, and then more than GUESSES_SECOND_MAX a second,
 * only codes go on that were found before. No address of a client counts: a hall shares
 * one. Right codes count nothing, so a hall full of people with slips is never held up.
 * Nothing is written to the disk, and of a code that was found only a keyed hash is kept.
 * Thread-safe. */
#include "kiosk/code.h"

struct guesses;

MUST_CHECK enum status guesses_open(struct guesses **out);
void guesses_close(struct guesses *guesses); /* accepts NULL */

/* True if the code may be looked for now. */
bool guesses_may(struct guesses *guesses, const struct code *code, int64_t now_ms);
/* What came of looking for it. */
void guesses_tell(
    struct guesses *guesses, const struct code *code, bool was_found, int64_t now_ms);
