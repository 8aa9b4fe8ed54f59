#pragma once
/* pchart.h: a control chart of weekly rates: when is a bad week more than chance. The
   first weeks are the baseline. Lines are drawn by the usual formula, but alerts come
   from the exact chance of so few satisfied. Only bad news alerts. Pure; thread-safe. */
#include "kiosk/arena.h"
#include "kiosk/status.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PCHART_BASELINE_MIN = 8,
    PCHART_BASELINE = 20, /* weeks, if nothing says */
    PCHART_LEAST = 5,     /* answers of a point, if nothing says */
    PCHART_WEEKS_MAX = 10000
};

struct pchart_week {
    int64_t x; /* satisfied */
    int64_t n; /* valid answers */
};

enum pchart_rule {
    PCHART_FAR,   /* a chance under 0.00135: three standard deviations */
    PCHART_TWICE, /* under 0.02275, and one of the two points before as well */
    PCHART_RUN,   /* the eighth point in a row under the centre */
    PCHART_RULE_COUNT
};

enum pchart_alert { PCHART_NONE, PCHART_AMBER, PCHART_RED, PCHART_OPEN };

/* The word of files and interfaces, "amber"; static. */
const char *pchart_word(enum pchart_alert alert);

struct pchart_point { /* one week, or several that are too small by themselves */
    size_t last_week; /* its last one, counted from 0 */
    int64_t x;
    int64_t n;
    bool is_baseline;
    double lower; /* the lines; NAN while the baseline is not complete */
    double upper;
    double p;
    double tail; /* the chance of so few satisfied; NAN likewise */
    bool rules[PCHART_RULE_COUNT];
    enum pchart_alert alert; /* OPEN: the last point waits for more answers */
};

struct pchart {
    double center; /* of the baseline; NAN while it is not complete or has no answers */
    struct pchart_point *points; /* in the arena */
    size_t count;
};

/* Weeks are merged forward until a point has so many answers; the baseline's end closes a
   point. INVALID: x over n, a negative or too large count, a baseline under
   PCHART_BASELINE_MIN, least under 1. TOO_LARGE: over PCHART_WEEKS_MAX. NO_MEMORY. */
MUST_CHECK enum status pchart_compute(struct arena *arena,
    const struct pchart_week *weeks, size_t count, size_t baseline, int64_t least,
    struct pchart *out);
