#pragma once
/* rate.h: the rate of one population: how many of those who answered are satisfied, what
   that says about all, and whether the target is reached. One rule and one interval, the
   printed one, decide. Comparisons are made on whole numbers. Pure; thread-safe. */
#include "kiosk/figure.h"
#include "kiosk/interval.h"
#include "kiosk/limits.h"
#include "kiosk/status.h"

/* The largest count: all strata of an indicator together. Ten thousand times this, twice,
   stays inside 64 bits. */
#define FIGURE_COUNT_MAX ((int64_t)WAVE_POPULATION_MAX * STRATA_MAX)

struct rate_input {
    int64_t x;          /* satisfied */
    int64_t n;          /* valid answers */
    int64_t population; /* N, or POPULATION_UNKNOWN */
    bool is_walk_in;    /* some answers came from nobody knows whom: N bounds nothing */
    int confidence_bp;  /* 9000, 9500 or 9900; any of 5000–9999 works */
    int target_bp;      /* 1–10000 */
    bool is_row;        /* of a breakdown: p_met, p_missed and prob_ge stay NAN */
};

/* Names are those of the reference tables. NAN or NO_COUNT: there is none. */
struct rate {
    double p;
    double n_eff; /* what the answers are worth; INFINITY in a census */
    struct interval wilson;
    int64_t k_lo; /* exact, people; only with a population */
    int64_t k_hi;
    struct interval exact; /* the interval that is printed and decides */
    struct interval bound; /* the possible: if all others were dissatisfied, satisfied */
    int64_t k_req;         /* satisfied people that meet the target; with a population */
    double p_met;          /* chance of so good a result if the target was just missed */
    double p_missed;       /* chance of so bad a result if it was just met */
    double prob_ge;        /* probability that it is met, for information */
    enum verdict verdict;
    bool certain;    /* met or missed, whatever the others think */
    int64_t rate_bp; /* as printed; NO_COUNT without answers */
    int64_t lo_bp;
    int64_t hi_bp;
    unsigned flags; /* of enum figure_flag */
};

/* INVALID: x or n negative, x over n, a number over FIGURE_COUNT_MAX, confidence or
   target out of their range; nothing is ever cut to fit, out is untouched. */
MUST_CHECK enum status rate_compute(const struct rate_input *input, struct rate *out);
