#pragma once
/* report.h: what the answers say, built from tally cells alone. So far the counts of what
   was received and asked; rates, intervals and verdicts are built on them. Faces only
   render it. */
#include "kiosk/plan.h"
#include "kiosk/status.h"
#include "kiosk/tally.h"

/* Codes made for a wave, less those voided. */
struct report_asked {
    struct text programme;
    struct text wave;
    int64_t asked; /* -1: no codes were made */
};

struct report_input {
    const struct plan *plan;
    int64_t plan_version;
    day_t as_of;
    const struct tally_cell *cells; /* the wave slice of all programmes */
    size_t cell_count;
    const struct report_asked *asked;
    size_t asked_count;
};

/* A programme × wave that has opened by the report's date. */
struct report_stratum {
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    int64_t asked; /* -1: no codes */
    int64_t received;
};

struct report_indicator {
    const struct plan_indicator *indicator;
    int64_t population; /* sum over the strata that state one; -1: none does */
    int64_t asked;      /* sum over the strata with codes; -1: none */
    int64_t received;   /* every stored submission of its programmes, all channels */
    struct report_stratum *strata; /* in the indicator's programme order, then by wave */
    size_t stratum_count;
};

struct report {
    const struct plan *plan;
    int64_t plan_version;
    day_t as_of;
    struct report_indicator *indicators; /* in the plan's order, plan->indicator_count */
};

/* Everything lives in the arena; the plan is borrowed. NO_MEMORY when the arena is full.
 */
MUST_CHECK enum status report_build(
    struct arena *arena, const struct report_input *input, struct report *out);
