#pragma once
/* plan.h: the year's plan as the process holds it: parsed, checked, immutable. Everything
   lives in one arena and refers to each other by index. Read from YAML by plan_yaml.h;
   what may change while a wave is open is in plan_change.h. */
#include "kiosk/calendar.h"
#include "kiosk/language.h"

enum item_kind { ITEM_RATING, ITEM_CHOICE, ITEM_TEXT };
enum measure { MEASURE_TOP2, MEASURE_TOP3, MEASURE_SCORE };
enum indicator_kind { INDICATOR_RATING, INDICATOR_APPRAISAL };
enum answers { ANSWERS_ALL, ANSWERS_INVITED }; /* which channels count in the figure */

enum { LEVEL_MIN = 1, LEVEL_MAX = 5, LEVEL_COUNT = 5 };
#define PLAN_NONE SIZE_MAX /* an index that points nowhere */

struct plan_centre {
    struct text id;
    struct wording name;
};

struct plan_unit { /* the federation's own units; programmes and subjects belong to one */
    struct text id;
    struct wording name;
};

struct plan_option {
    struct text id;
    struct wording text;
};

struct plan_item {
    struct text id;
    enum item_kind kind;
    struct wording text;
    bool counts;   /* the rating that makes the figure; one a questionnaire */
    bool required; /* default: true for the item that counts, else false */
    bool unknown;  /* rating: offers 说不清, which is stored as 0 and never in n */
    bool many;     /* choice: several options may be ticked */
    unsigned max;  /* text: characters, 1–ITEM_TEXT_MAX, default 200 */
    struct text
        supports;     /* the declaration line this item is evidence for; may be empty */
    size_t when_item; /* shown and kept only if this rating … or PLAN_NONE */
    int when_level;   /* … was answered with this level or a lower one (1–4) */
    struct plan_option *options; /* choice: 1–ITEM_OPTIONS_MAX */
    size_t option_count;
};

struct plan_questionnaire {
    struct text id;
    struct plan_item *items;
    size_t item_count;
    size_t overall; /* index of the item that counts */
};

struct plan_wave {
    struct text id;
    day_t opens;
    day_t closes;       /* includes its day */
    int64_t population; /* people who should be asked; -1: unknown */
};

struct plan_programme {
    struct text id;
    struct wording name;
    size_t questionnaire;
    size_t indicator;
    size_t unit; /* or PLAN_NONE */
    struct text
        group; /* strata are collapsed within a group; default: its indicator's id */
    enum grain grain;
    enum answers answers;
    bool coded_only;         /* open codes answer 410 */
    struct plan_wave *waves; /* in order of opening, not overlapping */
    size_t wave_count;
    size_t *centres; /* indices; all of the plan's unless the programme names its own */
    size_t centre_count;
};

struct plan_subject { /* one post that is appraised; never a person's name */
    struct text id;
    struct wording name;
    size_t unit; /* or PLAN_NONE */
};

struct plan_indicator {
    struct text id;
    struct wording name;
    enum indicator_kind kind;
    int target_bp; /* basis points, 1–10000; appraisal: 0, none */
    enum measure measure;
    int confidence_bp;        /* 9000, 9500 or 9900 */
    int points_cp;            /* hundredths of a point; default 1000 */
    int weights[LEVEL_COUNT]; /* of levels 5, 4, 3, 2, 1; default 100 80 60 30 0 */
    size_t *programmes;       /* indices, in the indicator's order */
    size_t programme_count;
    struct plan_subject *subjects; /* appraisal */
    size_t subject_count;
    int64_t appraisers; /* appraisal: how many are invited */
};

/* When a submission is flagged (stuffing.h). */
struct plan_flags {
    int tablet;  /* more answers through one code of a tablet … */
    int poster;  /* … or of a poster within so many minutes are a burst; */
    int minutes; /* default 60 and 120 within 10 */
    int fast;    /* seconds a question, under which nobody reads; default 1; 0: never */
    int streak;  /* so many equal ones in a row; default 100 */
};

struct plan_hours { /* outside it is night: minutes of the day, until before `to` */
    int from;       /* default 05:00 */
    int to;         /* default 24:00 */
};

enum { PLAN_FINGERPRINT_BYTES = 32 };

struct plan {
    int year;
    struct wording organisation;
    int grace_days; /* a period is sealed so many days after its wave closes; default 14
                     */
    int k;          /* smallest group whose figures are shown; default 10, at least 5 */
    struct plan_flags flags;
    struct plan_hours hours;
    struct plan_unit *units;
    size_t unit_count;
    struct plan_centre *centres;
    size_t centre_count;
    struct plan_questionnaire *questionnaires;
    size_t questionnaire_count;
    struct plan_indicator *indicators;
    size_t indicator_count;
    struct plan_programme *programmes;
    size_t programme_count;
    unsigned char
        fingerprint[PLAN_FINGERPRINT_BYTES]; /* BLAKE2b-256 of the text as given */
};

/* Finders return what lives in the plan, or NULL. */
const struct plan_programme *plan_find_programme(const struct plan *plan, struct text id);
const struct plan_centre *plan_find_centre(const struct plan *plan, struct text id);
const struct plan_indicator *plan_find_indicator(const struct plan *plan, struct text id);
const struct plan_wave *programme_find_wave(
    const struct plan_programme *programme, struct text id);
/* The index of the item, or PLAN_NONE. */
size_t questionnaire_find_item(
    const struct plan_questionnaire *questionnaire, struct text id);
bool programme_has_centre(
    const struct plan *plan, const struct plan_programme *programme, struct text centre);

/* The waves of all programmes. */
size_t plan_count_waves(const struct plan *plan);

const struct plan_questionnaire *programme_questionnaire(
    const struct plan *plan, const struct plan_programme *programme);

/* The wave open on that day; else NULL. */
const struct plan_wave *programme_wave_open(
    const struct plan_programme *programme, day_t today);
/* The wave a poster stands for that day: the open one, else the next, else the last. */
const struct plan_wave *programme_wave_nearest(
    const struct plan_programme *programme, day_t today);

/* Lower-case hexadecimal of the fingerprint, in the arena; ptr NULL when full. */
struct text plan_fingerprint_text(struct arena *arena, const struct plan *plan);
