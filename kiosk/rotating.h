#pragma once
/* rotating.h: the one-time codes that a tablet shows one after another. Nothing is kept
   of a code until it is spent: it says itself whose screen it was on and when, under the
   key. 54 bits (screen, slot, number) and a zero bit in front are enciphered as a whole
   (a permutation of the 55 bits of a code), so that without the key one code tells
   nothing of the next, and with it any process knows a code again, also long after it
   expired and after a restart. */
#include "kiosk/code.h"

enum {
    ROTATING_SCREEN_MAX = (1 << 20) - 1, /* a number for each programme at a centre */
    ROTATING_SLOT_MAX = (1 << 26) - 1,   /* of ROTATING_SECONDS since 1970: 127 years */
    ROTATING_NUMBERS = 1 << 8,           /* codes that a centre can show in a slot */
    ROTATING_PROOF_BYTES = 8
};

/* What a rotating code is. */
struct turn {
    uint32_t screen; /* 1–ROTATING_SCREEN_MAX: what it opens */
    uint32_t slot;   /* when it was shown first */
    uint32_t number; /* which of its slot; below ROTATING_NUMBERS */
};

/* The slot of a moment in seconds since 1970; the first or last one outside. */
uint32_t rotating_slot(int64_t seconds);

struct code rotating_code(const struct code_key *key, const struct turn *turn);
/* False: no rotating code under this key. Of other codes one in two still looks like one,
   of a screen of which a store has a few in a million. */
bool rotating_turn(const struct code_key *key, const struct code *code, struct turn *out);

/* What a form carries that was handed out while its code was good, so that it can be sent
   after that: 64 bits that nobody can make without the key. */
struct rotating_proof {
    char letters[2 * ROTATING_PROOF_BYTES + 1];
};
struct rotating_proof rotating_proof(const struct code_key *key, const struct code *code);
/* In constant time. */
bool rotating_proof_holds(
    const struct code_key *key, const struct code *code, struct text given);
