/* demo_waves.c: the numbers of the demonstration. They are chosen so that a report of
   2026-11-22 shows each kind of result once: met, likely, missed, certain, everybody
   answered, too few to show, no population, walk-in answers beside the figure.
   tests/kiosk/test_demo.c holds them to that. */
#include "kiosk/demo_story.h"

#include "kiosk/stuffing.h"

#define SLIPS(slip, paper, phone, poster)                                                \
    {                                                                                    \
        [CHANNEL_SLIP] = (slip), [CHANNEL_PAPER] = (paper), [CHANNEL_PHONE] = (phone),   \
        [CHANNEL_POSTER] = (poster)                                                      \
    }
#define LINKS(link, poster, kiosk)                                                       \
    {                                                                                    \
        [CHANNEL_LINK] = (link), [CHANNEL_POSTER] = (poster), [CHANNEL_KIOSK] = (kiosk)  \
    }

/* clang-format off */
const struct demo_wave demo_waves[] = {
    /* Eight in ten answer; the walk-in answers stand beside the figure. */
    {"new-year", "2026-spring", SLIPS(178, 39, 14, 17), 289,
        5, 13, 34, 88, 4, NULL, "gift", PLAN_NONE},
    /* More than 134 of 157 are satisfied: nobody can change it. */
    {"three-visits", "2026-q1", SLIPS(118, 24, 6, 0), 157,
        2, 5, 20, 55, 1, NULL, "paperwork", PLAN_NONE},
    /* Everybody answered. */
    {"three-visits", "2026-q2", SLIPS(121, 28, 8, 0), 157,
        3, 8, 22, 58, 0, NULL, "paperwork", PLAN_NONE},
    {"three-visits", "2026-q3", SLIPS(96, 27, 8, 5), 157,
        4, 9, 19, 47, 2, "timely", "late", PLAN_NONE},
    /* Still open: likely, not decided. */
    {"three-visits", "2026-q4", SLIPS(44, 10, 4, 0), 157,
        1, 4, 8, 20, 1, NULL, "late", PLAN_NONE},
    {"summer-cooling", "2026-summer", SLIPS(418, 66, 0, 52), 910,
        17, 45, 83, 190, 9, "useful", "gift", PLAN_NONE},
    /* The money came late, and latest at Fangsong: missed. */
    {"double-ninth", "2026-double-ninth", SLIPS(112, 31, 9, 6), 189,
        11, 23, 27, 52, 2, "timely", "late", 2},
    /* Nobody has told how many people these are: beside the figure. */
    {"returned-workers", "2026-spring", SLIPS(0, 10, 12, 22), 0,
        2, 4, 7, 16, 1, "procedure", "paperwork", PLAN_NONE},
    /* Too few to be shown. */
    {"returned-workers", "2026-double-ninth", SLIPS(0, 0, 3, 4), 0,
        0, 1, 1, 3, 0, "procedure", "paperwork", PLAN_NONE},
    {"elder-service", "2026-all-year", LINKS(0, 312, 238), 0,
        5, 11, 48, 186, 8, "convenient", "place", PLAN_NONE},
    /* A little under the target, within sampling error; the last quarter is still open. */
    {"flexible-workers-service", "2026-q1", LINKS(206, 84, 40), 1200,
        9, 27, 66, 122, 7, "records", "unknown-services", PLAN_NONE},
    {"flexible-workers-service", "2026-q2", LINKS(221, 93, 46), 1200,
        12, 28, 70, 131, 9, "records", "unknown-services", PLAN_NONE},
    {"flexible-workers-service", "2026-q3", LINKS(238, 101, 51), 1300,
        11, 28, 73, 147, 8, "records", "hours", PLAN_NONE},
    {"flexible-workers-service", "2026-q4", LINKS(158, 61, 31), 900,
        6, 18, 49, 96, 6, "records", "hours", PLAN_NONE},
    /* The number of unions is not known: pooled, unweighted. */
    {"grassroots-unions", "2026-autumn", LINKS(112, 3, 0), 320,
        2, 5, 17, 41, 1, "procedure", "paperwork", PLAN_NONE},
};
/* clang-format on */
const size_t demo_wave_count = sizeof demo_waves / sizeof *demo_waves;

/* An afternoon with one tablet for a whole meeting, and a link that went round at night.
 */
const struct demo_flagged demo_flagged[] = {
    {"elder-service", "2026-all-year", CHANNEL_POSTER, 0, 14, 1U << STUFFING_BURST, 14},
    {"flexible-workers-service", "2026-q2", CHANNEL_POSTER, 0, 11,
        1U << STUFFING_BURST | 1U << STUFFING_FAST, 19},
};
const size_t demo_flagged_count = sizeof demo_flagged / sizeof *demo_flagged;
