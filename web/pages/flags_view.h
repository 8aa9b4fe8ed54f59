#pragma once
/* flags_view.h: what was flagged, in words: by rule, by wave, by centre, by hour. */
#include "web/pages/console_frame.h"

#include "kiosk/stuffing.h"

struct flags_rule {
    struct text name;
    struct text meaning;    /* with the plan's thresholds */
    struct text not_proven; /* what else it may be */
    struct text count;      /* answers with this flag */
};

/* A wave or a centre. */
struct flags_row {
    struct text name;
    struct text detail;
    struct text received;
    struct text flagged;
    struct text rules[STUFFING_RULE_COUNT];
};

/* An hour of the day at a centre. */
struct flags_hour {
    struct text hour; /* "14:00–15:00" */
    struct text rules[STUFFING_RULE_COUNT];
};
struct flags_hours {
    struct text centre;
    struct flags_hour hours[24];
    size_t hour_count;
};

struct flags_view {
    struct console_frame frame;
    struct text year;
    struct text received; /* of the plan's programmes */
    struct text flagged;
    bool has_flagged;
    struct flags_rule rules[STUFFING_RULE_COUNT];
    struct text wave_head; /* of the column of names */
    struct text centre_head;
    struct flags_row *waves; /* those with flagged answers */
    size_t wave_count;
    struct flags_row *centres;
    size_t centre_count;
    struct flags_hours *hours; /* a centre each */
    size_t hours_count;
    struct text hours_note;
};
