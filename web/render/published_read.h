#pragma once
/* published_read.h: what a published report says, read back from its JSON: the part that
   is public. Breakdowns, notices and points stay where they are. Figures are taken as
   they stand; nothing is computed again. */
#include "kiosk/figure.h"
#include "kiosk/plan.h"
#include "kiosk/status.h"

struct public_indicator {
    struct text id;
    struct wording name;
    bool is_rated; /* else an appraisal, and nothing below has a meaning */
    int64_t target_bp;
    enum measure measure;
    int64_t confidence_bp;
    int64_t population; /* NO_COUNT: unknown */
    int64_t received;
    bool is_hidden; /* too few answers: n and what follows is NO_COUNT */
    int64_t n;
    int64_t rate_bp; /* of a score, its hundredths */
    int64_t lo_bp;   /* of a score NO_COUNT */
    int64_t hi_bp;
    enum verdict verdict;
    bool is_certain;
};

struct public_report {
    struct wording organisation;
    int64_t year;
    struct text as_of; /* YYYY-MM-DD */
    bool is_demo;
    int64_t plan_version;
    struct text fingerprint;
    struct text seal;
    struct public_indicator *indicators; /* in the report's order */
    size_t indicator_count;
};

/* Everything lives in the arena. INVALID: no report as this program writes it. */
MUST_CHECK enum status published_read(
    struct arena *arena, struct text json, struct public_report *out);

/* The first indicator of now of which the two reports together would tell what fewer than
   k people said: it has so few answers more, or less. NULL: none. */
const struct public_indicator *public_report_reveals(
    const struct public_report *then, const struct public_report *now, int64_t k);

/* The indicator of that id, or NULL. */
const struct public_indicator *public_report_find(
    const struct public_report *report, struct text id);
