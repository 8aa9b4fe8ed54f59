#pragma once
/* figure.h: what all figures share: verdicts, flags, and how a share is printed in basis
   points. Every word stands here once. Pure; thread-safe. */
#include "kiosk/text.h"

#define POPULATION_UNKNOWN (-1)

/* A figure that does not exist is NAN (isnan tells) or, where it is a whole number, this;
   faces print it as null. */
#define NO_COUNT (-1)

/* From worst to best, so that they can be compared; no data stands apart. */
enum verdict {
    VERDICT_NO_DATA,
    VERDICT_MISSED,
    VERDICT_LIKELY_MISSED,
    VERDICT_INSUFFICIENT,
    VERDICT_LIKELY_MET,
    VERDICT_MET,
    VERDICT_COUNT
};

/* The word of files and interfaces, "met"; static. */
const char *verdict_word(enum verdict verdict);
/* A msgid for people, "met", or where nothing that the others think could change it
   "certainly met"; static. */
const char *verdict_phrase(enum verdict verdict, bool is_certain);
/* The verdict when too many people were not covered: nothing is sure. */
enum verdict verdict_weakened(enum verdict verdict);

enum figure_flag {
    FLAG_CENSUS = 1 << 0,          /* every member answered */
    FLAG_POP_UNKNOWN = 1 << 1,     /* no population */
    FLAG_POP_LT_N = 1 << 2,        /* more answers than the population */
    FLAG_NO_DATA = 1 << 3,         /* n = 0 */
    FLAG_SMALL_N = 1 << 4,         /* 0 < n < 10 and no census */
    FLAG_DEGENERATE = 1 << 5,      /* all answers equal: the mean's fallback interval */
    FLAG_NET_DEGENERATE = 1 << 6,  /* the same for the net score */
    FLAG_NO_VARIANCE = 1 << 7,     /* n = 1: no interval of the mean */
    FLAG_COLLAPSED = 1 << 8,       /* strata were merged */
    FLAG_EMPTY_STRATUM = 1 << 9,   /* a stratum with people had no answer */
    FLAG_SINGLE_EXACT = 1 << 10,   /* one stratum was left: exact interval */
    FLAG_LOW_COVERAGE = 1 << 11,   /* over 20 % of the people are in empty strata */
    FLAG_UNWEIGHTED = 1 << 12,     /* a population was unknown: pooled */
    FLAG_MEAN_DEGENERATE = 1 << 13 /* no interval of the stratified mean */
};
enum { FLAG_COUNT = 14 };

/* The word of flag number index (0 ≤ index < FLAG_COUNT), "CENSUS"; static. */
const char *figure_flag_word(size_t index);
/* All words of the set, joined by |, in the arena; ptr NULL when full. */
struct text figure_flags_text(struct arena *arena, unsigned flags);

/* −1, 0 or 1: x/n is less than y/m, equal or greater, exactly; x, y ≥ 0; n, m ≥ 1. */
int shares_compare(int64_t x, int64_t n, int64_t y, int64_t m);

enum { FIGURE_SMALL = 10 }; /* fewer answers than this decide nothing */

/* value ≥ target, for computed doubles: what rounding alone (1e-12) parts is equal. */
bool figure_reaches(double value, double target);

/* A share that is printed: basis points, half up; but what lies under the target is never
   printed as if it reached it. n ≥ 1; target_bp 1–10000. */
int64_t printed_share(int64_t x, int64_t n, int target_bp);
int64_t printed_rate(double share, int target_bp);
/* The ends of an interval: outwards. */
int64_t printed_low(double share);
int64_t printed_high(double share);
int64_t printed_low_share(int64_t x, int64_t n);
int64_t printed_high_share(int64_t x, int64_t n);
