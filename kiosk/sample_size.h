#pragma once
/* sample_size.h: how many must answer so that a rate is known within a margin, and how
   many to invite for that. Pure; thread-safe. */
#include "kiosk/figure.h"
#include "kiosk/status.h"

struct sample_size_input {
    int64_t population; /* N ≥ 1, or POPULATION_UNKNOWN */
    double margin;      /* half the interval's width, over 0, at most 1 */
    double p;           /* the rate that is expected, 0–1; ½ needs the most answers */
    int confidence_bp;  /* 9000, 9500 or 9900; any of 5000–9999 works */
    double expected_share; /* of the invited who will answer, over 0, at most 1 */
};

struct sample_size {
    double n_raw;
    int64_t n;           /* rounded up; 1 to N */
    int64_t invitations; /* at most N */
};

/* INVALID: a number out of its range, or a margin so small that the answers can't be
   counted; out is untouched. */
MUST_CHECK enum status sample_size_compute(
    const struct sample_size_input *input, struct sample_size *out);
