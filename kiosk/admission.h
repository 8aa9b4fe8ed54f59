#pragma once
/* admission.h: who may answer: what a code opens on a day, and if nothing, why. */
#include "kiosk/rotating.h"
#include "kiosk/submission.h"

enum code_state { CODE_FRESH, CODE_SPENT, CODE_VOID };

/* What a code was made for. */
struct code_grant {
    struct text programme;
    struct text wave;   /* empty for an open or rotating code: the day decides */
    struct text centre; /* may be empty */
    enum channel channel;
    bool is_open;           /* may be used any number of times */
    bool is_rotating;       /* shown by a tablet for a while, once; never of a batch */
    struct turn turn;       /* of a rotating code: which it is, … */
    uint32_t centre_screen; /* … and the number of its centre's own screen */
    enum code_state state;
    int64_t batch; /* that it was made in; 0 of an open code */
    bool is_test;  /* it is void because it was printed for trying */
    struct code_hash hash;
};

enum admission {
    ADMISSION_OPEN,       /* the questionnaire may be shown and sent */
    ADMISSION_UNKNOWN,    /* the plan does not know what the code was made for */
    ADMISSION_USED,       /* a one-time code that is spent */
    ADMISSION_VOID,       /* taken back by the office, or a poster that was replaced */
    ADMISSION_TEST,       /* printed for trying: it can be read, and counts nothing */
    ADMISSION_NOT_YET,    /* the wave opens later */
    ADMISSION_CLOSED,     /* the wave is over */
    ADMISSION_CODED_ONLY, /* an open code of a programme that takes one-time codes only */
    ADMISSION_EXPIRED,    /* a rotating code that left the screen long ago */
    ADMISSION_WAITS,      /* too many wrong codes just now: it was not even looked for */
    ADMISSION_COUNT
};

/* Whoever is there may answer by it: nobody was given it by name, by hand or by post. */
bool grant_is_walk_in(const struct code_grant *grant);

struct admitted {
    const struct plan_programme *programme; /* NULL if unknown */
    const struct plan_wave *wave; /* NULL if unknown; its dates explain the rest */
};

/* Decides for a day. A spent code says so even when its wave is over: the answer has
 * arrived. */
enum admission admission_decide(const struct plan *plan, const struct code_grant *grant,
    day_t today, struct admitted *out);
