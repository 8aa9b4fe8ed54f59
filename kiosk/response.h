#pragma once
/* response.h: how many of those on the list were reached and answered: the outcome rates
   of the American Association for Public Opinion Research, by its names. Pure;
   thread-safe. */
#include "kiosk/figure.h"
#include "kiosk/status.h"

struct response_input {
    int64_t complete;   /* I */
    int64_t partial;    /* P */
    int64_t refused;    /* R */
    int64_t missed;     /* NC: not contacted */
    int64_t other;      /* O */
    int64_t unknown;    /* U: nobody knows whether they belong on the list */
    int64_t ineligible; /* NE */
    int64_t population; /* or POPULATION_UNKNOWN */
    int64_t valid;      /* answers to the question that counts, or NO_COUNT */
};

struct response {         /* NAN: there is none */
    double eligible;      /* e: the share of the unknown taken to belong on the list */
    double rr[6];         /* RR1 to RR6 */
    double coop[2];       /* COOP1, COOP2: of those who were contacted */
    double refusal;       /* REF1 */
    double contact;       /* CON1 */
    double participation; /* valid answers of the population */
    double item_valid;    /* valid answers of the filled questionnaires */
};

/* INVALID: a count negative or over FIGURE_COUNT_MAX, or more valid answers than filled
   questionnaires; out is untouched. */
MUST_CHECK enum status response_compute(
    const struct response_input *input, struct response *out);
