#pragma once
/* disclosure_year.h: a random year for attackers: how many answers of each wave, centre,
   channel and period, some of them flagged; its report; and what the report prints, each
   row as the answers that it adds up. */
#include "tests/support/random.h"

#include "kiosk/report.h"

enum {
    WAVES = 3, /* of each of two programmes */
    CENTRES = 3,
    CHANNELS = 3,
    PERIODS = 2, /* of each wave */
    ATOMS = 2 * WAVES * CENTRES * CHANNELS * PERIODS,
    COLUMNS = 2 * ATOMS, /* of each place the answers without a flag, then the flagged */
    SHOWN_ROWS_MAX = 128,
    DAYS_OF_WAVE = 50,
    TODAY = 1000
};

/* The answers that stand at one place of every breakdown. */
struct atom {
    int programme;
    int wave;
    int centre;
    int channel;
    int period;
    bool is_possible; /* an attacker can't rule out that there are some */
    int64_t n;
    int64_t x;
    int64_t flagged; /* of the n */
    int64_t flagged_x;
};

/* A printed row: the atoms it adds up, and whether its number is to be read. */
struct printed {
    bool holds[COLUMNS];
    bool is_hidden;
    bool is_cover; /* hidden for others: of k or more, it may be computed */
    int64_t n;
    int64_t x;
};

struct sheet {
    struct printed rows[SHOWN_ROWS_MAX];
    size_t count;
    size_t firsts[8]; /* of each kind of row, and the end */
};

struct year {
    struct arena *arena;
    struct plan_questionnaire questionnaires[2];
    struct plan_item items[2][8];
    struct plan_wave waves[2][WAVES];
    struct plan_programme programmes[2];
    size_t both[2];
    struct plan_indicator indicator;
    struct plan plan;
    struct atom atoms[ATOMS];
    struct tally_cell cells[2][COLUMNS]; /* of the wave slice, of the period slice */
    size_t cell_counts[2];
    struct report report;
    struct sheet sheet;
    struct sheet today; /* beside the one of an earlier day */
};

enum kind { STRATUM, CENTRE, CHANNEL, PERIOD, ITEM, CELL, QUARTER, KINDS };
_Static_assert(KINDS + 1 <= sizeof((struct sheet){0}.firsts) / sizeof(size_t), "room");

/* A year of one or two programmes and its report as of TODAY; the caller frees. The test
   fails where there is no memory. */
struct year *year_make(struct random *random, bool has_flags);
void year_free(struct year *year);
/* Another report of the same answers. Several cells with one key are allowed. */
void year_report(struct year *year, day_t as_of);
/* Fills year->sheet from the report: the figure, what its possible range tells, the rows.
 */
void year_print(struct year *year);
