#pragma once
/* seal.h: what shows later that answers are still the ones that were given: the digest of
   a row, the digest of a set of rows that knows no order, and chains of lines. Pure, and
   the same on every machine, so that anyone with the rows can compute it again.

   A digest is BLAKE2b-256 of fields, each as its length in four bytes, little end first,
   and then its bytes; a number is its decimal digits. The first field says what is
   digested:
     "row"     id (16 bytes), programme, wave, centre, channel, mode, plan version,
               period, answers, import, late; behind these, if it has any, flags

     "seal"    the chain value before (32 bytes), number, programme, wave, period, count,
               late, digest of the set (32 bytes), day it was sealed, supplement: 0 or 1

     "audit"   the chain value before (32 bytes), number, day, operator, action, subject,
               detail

     "report"  of each period, by programme, wave and first day: programme, wave, period,
               count, digest of the set (32 bytes)

   Channel and mode are the numbers of submission.h, days are counted from 1970-01-01.
   Flags are the sum of the bits of stuffing.h: a row that has none, as most, has the
   digest that it had before there were flags.

   A set is the sum of its rows (LtHash): each row's digest is the key of a ChaCha20
   stream (nonce 0, from block 0) of 2048 bytes, which are 1024 numbers of 16 bits, little
   end first; these are added lane by lane, modulo 2^16. The digest of the set is
   BLAKE2b-256 of the lanes, as bytes of the same order. Rows can be added and taken out
   in any order, and two sets have the same digest only if they are the same. */
#include "kiosk/submission.h"

enum {
    SEAL_DIGEST_BYTES = 32,
    SEAL_ROW_BYTES = 16, /* of a row's digest are kept beside it, to name a changed one */
    SEAL_LANE_COUNT = 1024,
    SEAL_LANES_BYTES = 2 * SEAL_LANE_COUNT
};

struct seal_digest {
    unsigned char bytes[SEAL_DIGEST_BYTES];
};

struct seal_lanes {
    uint16_t lane[SEAL_LANE_COUNT];
};

/* How a row came in, beside what it says. */
struct seal_origin {
    int64_t import; /* 0: none */
    int64_t late;   /* how many seals its period had when it arrived; 0: in time */
};

bool seal_digest_equals(const struct seal_digest *a, const struct seal_digest *b);

struct seal_digest seal_row(
    const struct submission *submission, struct seal_origin origin);

/* ---- sets; one that holds nothing has all lanes 0 ---- */

/* A row's digest, and the set that holds this row alone, for joining it to others. */
struct seal_part {
    struct seal_digest digest;
    struct seal_lanes lanes;
};
void seal_part_of(const struct submission *submission, struct seal_origin origin,
    struct seal_part *out);

void seal_lanes_add(struct seal_lanes *lanes, const struct seal_digest *row);
void seal_lanes_remove(struct seal_lanes *lanes, const struct seal_digest *row);
/* All that is in other as well; the same rows may not be in both. */
void seal_lanes_join(struct seal_lanes *lanes, const struct seal_lanes *other);
void seal_lanes_part(struct seal_lanes *lanes, const struct seal_lanes *other);
struct seal_digest seal_lanes_digest(const struct seal_lanes *lanes);
/* As stored. */
void seal_lanes_pack(
    const struct seal_lanes *lanes, unsigned char bytes[SEAL_LANES_BYTES]);
/* False if size is another. */
bool seal_lanes_unpack(const unsigned char *bytes, size_t size, struct seal_lanes *lanes);

/* ---- chains ---- */

/* One period's set as it was on a day. */
struct seal {
    int64_t number; /* 1, 2, … */
    struct text programme;
    struct text wave;
    day_t period;
    int64_t count; /* submissions in the set */
    int64_t late;  /* of these, how many came since the period's seal before */
    struct seal_digest digest;
    struct seal_digest previous; /* the chain value of the seal before; first: zeros */
    struct seal_digest chain;
    day_t sealed_on;
    bool is_supplement; /* the period had a seal before */
};

/* What the chain value of a seal must be. */
struct seal_digest seal_chain(const struct seal *seal);

/* What somebody did. No time of day, no answer, no code. */
struct audit_line {
    int64_t number;
    day_t day;
    struct text operator_id; /* as hexadecimal digits; empty: the command line or a job */
    struct text action;      /* "plan.apply" */
    struct text subject;     /* "plan 3" */
    struct text detail;
};

struct seal_digest audit_chain(
    const struct seal_digest *previous, const struct audit_line *line);

/* ---- a report ---- */

struct seal_period {
    struct text programme;
    struct text wave;
    day_t period;
    int64_t count;
    struct seal_digest digest;
};

/* The one value that stands on a report for all answers in it. Sorts the periods. */
struct seal_digest seal_report(struct seal_period *periods, size_t count);

/* 64 hexadecimal digits in the arena; ptr NULL when full. */
struct text seal_digest_text(struct arena *arena, const struct seal_digest *digest);
