#pragma once
/* change.h: whether satisfaction changed from one period to another, and whether there is
   a trend over several. The question is about the service, not about who happened to be
   there, so without a population everybody is one of endlessly many; two counts of
   everybody are compared as facts. Pure; thread-safe. */
#include "kiosk/interval.h"
#include "kiosk/status.h"

#include <stddef.h>

struct change_side {
    int64_t x;          /* satisfied */
    int64_t n;          /* valid answers */
    int64_t population; /* N, if the question is about just these people; else
                           POPULATION_UNKNOWN, also where n > N */
};

enum change_decision {
    CHANGE_NO_DATA, /* one side has no answers */
    CHANGE_IMPROVED,
    CHANGE_DECLINED,
    CHANGE_NO_EVIDENCE,
    CHANGE_HIGHER, /* everybody answered, both times */
    CHANGE_LOWER,
    CHANGE_EQUAL,
    CHANGE_DECISION_COUNT
};

/* The word of files and interfaces, "no_evidence"; static. */
const char *change_word(enum change_decision decision);

struct change {               /* NAN: there is none */
    double difference;        /* of the shares, second less first */
    struct interval interval; /* Newcombe, 1998, of two Wilson intervals */
    double chisq;             /* for information: it decides nothing */
    double p_value;
    enum change_decision decision;
};

/* INVALID: x or n negative, x over n, a number over FIGURE_COUNT_MAX, confidence out of
   5000–9999; out is untouched. */
MUST_CHECK enum status change_compute(const struct change_side *first,
    const struct change_side *second, int confidence_bp, struct change *out);

struct trend {
    double chisq; /* Cochran and Armitage; NAN under two periods with answers */
    double p_value;
    int direction; /* 1 rising, −1 falling, 0 neither */
};

/* Of periods in their order, equally far apart; only x and n are looked at. INVALID as
   above. */
MUST_CHECK enum status trend_compute(
    const struct change_side *periods, size_t count, struct trend *out);
